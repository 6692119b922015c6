"""One step of the training: what the tutorial does for each batch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor

from mnist_desktop.ink.normalise import SIDE
from mnist_desktop.learning.augment import Distortion
from mnist_desktop.learning.backpropagation import Backpropagation
from mnist_desktop.learning.config import CLASSES, TrainingConfig
from mnist_desktop.learning.events import Phase, Sample
from mnist_desktop.learning.inspection import Inspection, inspect
from mnist_desktop.learning.network import MLP, to_input
from mnist_desktop.learning.optimizers import Optimizer
from mnist_desktop.learning.written import NO_DIGIT

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
        self._backpropagation = Backpropagation(network)
        self._weights = self._backpropagation.weights
        self._optimizer = Optimizer(config, self._weights, self._backpropagation.gradient)
        device = self._weights.device
        random = torch.Generator(device).manual_seed(config.seed)
        self._distortion = Distortion(config.distortion, random)
        self._target_of = targets_by_label(config.label_smoothing).to(device)
        self._inputs: Tensor
        self._labels: Tensor
        self._scores: Tensor
        self._loss: Tensor

    def __call__(self, pictures: Tensor, labels: Tensor, rate: float) -> StepResult:
        """All parts at once.

        Args:
            pictures: (n, 28, 28) uint8.
            labels: (n,) int64, 0 to 9 or ``NO_DIGIT``.
            rate: the learning rate.
        """
        for _ in self.parts(pictures, labels, rate):
            pass
        return self.result

    def parts(self, pictures: Tensor, labels: Tensor, rate: float) -> Iterator[Phase]:
        """One part after the other, each named when it is done.

        Nothing need be set to zero: the gradients are written over.
        """
        device = self._weights.device
        inputs, self._labels = to_input(pictures, device), labels.to(device)
        targets = self._target_of.index_select(0, self._labels)
        self._inputs = self._distortion(inputs)
        self._scores = self._backpropagation.forward(self._inputs)
        yield "forward"
        self._loss = self._backpropagation.loss(targets)
        yield "loss"
        self._backpropagation.backward(targets)
        yield "backward"
        self._optimizer.step(rate)
        yield "step"

    @property
    def result(self) -> StepResult:
        """Of the step that was done last."""
        correct, digits = self._scores.argmax(dim=1) == self._labels, self._labels != NO_DIGIT
        return StepResult(self._loss.item(), int(correct.sum()), int(digits.sum()))

    def steer(self, config: TrainingConfig) -> None:
        """Go on with another dropout and distortion."""
        self._network.dropout.share = config.network.dropout
        self._distortion.strength = config.distortion

    def zero_grad(self) -> None:
        """What the tutorial does after each step, and what is done here to be seen only."""
        self._backpropagation.gradient.zero_()

    def weights(self) -> Tensor:
        """(parameters,) float32, a private copy."""
        return self._weights.clone()

    def figures(self, phase: Phase, rate: float, before: Tensor) -> dict[str, float]:
        """What a part that is just done has come to; see ``PhaseDone``.

        Args:
            before: the weights before the step.
        """
        network, gradient = self._backpropagation, self._backpropagation.gradient
        match phase:
            case "forward":
                correct = self._scores.argmax(dim=1) == self._labels
                return {
                    "pictures": len(self._labels),
                    "digits": int((self._labels != NO_DIGIT).sum()),
                    "right": int(correct.sum()),
                }
            case "loss":
                return {"loss": self._loss.item()}
            case "backward":
                layers = zip(self._network.config.layers, network.parts, strict=True)
                norms = {size.name: float(part.norm()) for size, (_, part) in layers}
                return {"gradient": float(gradient.norm()), **norms}
            case "step":
                return {
                    "learning_rate": rate,
                    "weights": float(self._weights.norm()),
                    "moved": float((self._weights - before).norm()),
                }
            case "zero grad":
                return {"gradient": float(gradient.norm())}

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
        """What is inside the network now, with the gradient of the last batch.

        Args:
            probe: (n, 28, 28) uint8: pictures that neurons are tried with.
        """
        return inspect(self._network, self._backpropagation, to_input(probe, self._weights.device))

    def tensors(self) -> dict[str, Tensor]:
        """Private copies, on the CPU, of all that a step changes but the weights."""
        optimizer = self._optimizer
        tensors = {
            "exp_avg": optimizer.exp_avg,
            "exp_avg_sq": optimizer.exp_avg_sq,
            "step": optimizer.steps,
            "distortion": self._distortion.random.get_state(),
        }
        if self._network.dropout.random is not None:
            tensors["dropout"] = self._network.dropout.random.get_state()
        return {name: tensor.to("cpu", copy=True) for name, tensor in tensors.items()}

    def restore(self, tensors: dict[str, Tensor]) -> None:
        """Put them back.

        Raises:
            KeyError, RuntimeError: they are not those of such a step.
        """
        self._optimizer.exp_avg.copy_(tensors["exp_avg"])
        self._optimizer.exp_avg_sq.copy_(tensors["exp_avg_sq"])
        self._optimizer.steps.copy_(tensors["step"])
        self._distortion.random.set_state(tensors["distortion"])
        if "dropout" in tensors:
            self._network.dropout.restore(tensors["dropout"], self._weights.device)

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
