"""One step of the training: what the tutorial does for each batch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from mnist_desktop.ink import SIDE
from mnist_desktop.learning.models.network import MLP, LayerOutput, join_parameters, to_input
from mnist_desktop.learning.settings.config import CLASSES, NO_DIGIT, TrainingConfig
from mnist_desktop.learning.train.augment import Distortion
from mnist_desktop.learning.train.backpropagation import backward, cross_entropy
from mnist_desktop.learning.train.events import Phase, Sample
from mnist_desktop.learning.train.inspection import Inspection, inspect
from mnist_desktop.learning.train.optimizers import Optimizer

SAMPLE_PICTURES = 8


class StepResult(NamedTuple):
    """The loss before the step, how many digits were read rightly, and how many there were."""

    loss: float
    correct: int
    digits: int


class Step:
    """Takes a network from batch to batch."""

    def __init__(self, config: TrainingConfig, network: MLP) -> None:
        self._network = network
        self._weights, self._gradient = join_parameters(network)
        self._optimizer = Optimizer(config, self._weights, self._gradient)
        self._device = self._weights.device
        random = torch.Generator(self._device).manual_seed(config.seed)
        self._distortion = Distortion(config.distortion, random)
        self._target_of = targets_by_label(config.label_smoothing).to(self._device)
        self._inputs: Tensor
        self._labels: Tensor
        self._digits: int
        self._outputs: list[LayerOutput]
        self._loss: Tensor

    def parts(self, pictures: Tensor, labels: Tensor, rate: float) -> Iterator[Phase]:
        """One part after the other, each named when it is done.

        Args:
            pictures: (n, 28, 28) uint8.
            labels: (n,) int64, 0 to 9 or ``NO_DIGIT``.
            rate: the learning rate.
        """
        self._digits = int(np.count_nonzero(labels.numpy() != NO_DIGIT))
        self._labels = labels.to(self._device)
        self._inputs = self._distortion(to_input(pictures, self._device))
        with torch.no_grad():
            self._outputs = list(self._network.outputs(self._inputs))
        yield "forward"
        targets = self._target_of.index_select(0, self._labels)
        log_probabilities = F.log_softmax(self._scores, dim=1)
        self._loss = cross_entropy(log_probabilities, targets)
        yield "loss"
        backward(self._network, self._inputs, self._outputs, log_probabilities, targets)
        yield "backward"
        self._optimizer.step(rate)
        yield "step"
        self._gradient.zero_()
        yield "zero grad"

    @property
    def _scores(self) -> Tensor:
        """(n, 10) the logits of the batch that was seen last."""
        return self._outputs[-1].sums

    @property
    def result(self) -> StepResult:
        """Of the step that was done last."""
        return StepResult(self._loss.item(), *self._counts())

    def _counts(self) -> tuple[int, int]:
        """How many digits are read rightly, and how many there are."""
        correct = self._scores.argmax(dim=1) == self._labels
        return int(np.count_nonzero(correct.cpu().numpy())), self._digits

    def steer(self, config: TrainingConfig) -> None:
        """Go on with another dropout and distortion."""
        self._network.dropout.share = config.network.dropout
        self._distortion.strength = config.distortion

    def weights(self) -> Tensor:
        """(parameters,) float32, a private copy."""
        return self._weights.clone()

    def figures(self, phase: Phase, rate: float, before: Tensor) -> dict[str, float]:
        """What a part that is just done has come to; see ``PhaseDone``.

        Args:
            before: the weights before the step.
        """
        match phase:
            case "forward":
                correct, digits = self._counts()
                return {"pictures": len(self._labels), "digits": digits, "right": correct}
            case "loss":
                return {"loss": self._loss.item()}
            case "backward":
                layers = self._network.config.layers
                parts = self._gradient.split([layer.parameters for layer in layers])
                norms = {
                    layer.name: float(part.norm())
                    for layer, part in zip(layers, parts, strict=True)
                }
                return {"gradient": float(self._gradient.norm()), **norms}
            case "step":
                return {
                    "learning_rate": rate,
                    "weights": float(self._weights.norm()),
                    "moved": float((self._weights - before).norm()),
                }
            case "zero grad":
                return {"gradient": float(self._gradient.norm())}

    @property
    def sample(self) -> Sample:
        """Of the batch that was seen last."""
        pictures = self._inputs[:SAMPLE_PICTURES].to("cpu").mul(255).round().byte()
        probabilities = F.softmax(self._scores[:SAMPLE_PICTURES], dim=1)
        return Sample(
            pictures.view(-1, SIDE, SIDE).numpy(),
            self._labels[:SAMPLE_PICTURES].to("cpu", copy=True).numpy(),
            probabilities.to("cpu").numpy(),
        )

    def inspect(self, probe: Tensor) -> Inspection:
        """What is inside the network, before the gradient is zero again.

        Args:
            probe: (n, 28, 28) uint8: pictures that neurons are tried with.
        """
        inputs = to_input(probe, self._device)
        return inspect(self._network, self._weights, self._gradient, inputs)

    def tensors(self) -> dict[str, Tensor]:
        """Private copies, on the CPU, of all that a step changes but the weights."""
        tensors = {**self._optimizer.state, "distortion": self._distortion.random.get_state()}
        if self._network.dropout.random is not None:
            tensors["dropout"] = self._network.dropout.random.get_state()
        return {name: tensor.to("cpu", copy=True) for name, tensor in tensors.items()}

    def restore(self, tensors: dict[str, Tensor]) -> None:
        """Put them back.

        Raises:
            KeyError, RuntimeError: they are not those of such a step.
        """
        for name, tensor in self._optimizer.state.items():
            tensor.copy_(tensors[name])
        self._distortion.random.set_state(tensors["distortion"])
        if "dropout" in tensors:
            self._network.dropout.restore(tensors["dropout"], self._device)

    @property
    def is_finite(self) -> bool:
        """Whether all weights are numbers."""
        return bool(self._weights.isfinite().all())


def targets_by_label(smoothing: float) -> Tensor:
    """(11, 10) float32: for each digit, and for ``NO_DIGIT``, how likely each digit should be."""
    targets = torch.full((CLASSES + 1, CLASSES), smoothing / CLASSES)
    targets[:CLASSES].fill_diagonal_(1.0 - smoothing + smoothing / CLASSES)
    targets[NO_DIGIT] = 1.0 / CLASSES
    return targets
