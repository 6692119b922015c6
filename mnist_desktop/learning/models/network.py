"""The multilayer perceptron."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from mnist_desktop.learning.settings.config import NetworkConfig
from mnist_desktop.learning.settings.training_settings import Activation

ACTIVATIONS: dict[Activation, Callable[[Tensor], Tensor]] = {
    "relu": torch.relu,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "gelu": F.gelu,
    "leaky_relu": F.leaky_relu,
    "elu": F.elu,
    "selu": F.selu,
    "silu": F.silu,
    "identity": lambda sums: sums,
}
"""Each as torch has it by default: leaky ReLU with a slope of 0.01 below zero."""


class LayerOutput(NamedTuple):
    """What a layer makes of n pictures.

    Attributes:
        sums: (n, outputs) float32, before the activation; of the last layer, the logits.
        values: (n, outputs) float32, what it hands on: after activation and dropout.
        mask: (n, outputs) float32, what dropout has multiplied with; None where nothing is dropped.
    """

    sums: Tensor
    values: Tensor
    mask: Tensor | None = None


class MLP(nn.Module):
    """784 → hidden layers → 10.

    Its state dict has the keys ``hidden1.weight``, ``hidden1.bias``, …, ``out.bias``, as the
    tutorial's network has.

    Args:
        config: its shape.
        seed: of the first weights and of dropout. The process's own random state has no part in
            them, and stays as it was.

    Attributes:
        layers: from the input on.
    """

    def __init__(self, config: NetworkConfig, seed: int = 0) -> None:
        super().__init__()
        self.config = config
        random = torch.Generator().manual_seed(seed)
        self.layers = [
            _Linear(size.inputs, size.outputs, config.activation, random) for size in config.layers
        ]
        for size, layer in zip(config.layers, self.layers, strict=True):
            self.add_module(size.name, layer)
        self.dropout = Dropout(config.dropout, seed)

    def forward(self, pictures: Tensor) -> Tensor:
        """(n, 784) float32, 0 to 1 → (n, 10): logits, or their log-softmax if so configured."""
        for output in self.outputs(pictures):
            scores = output.values
        return scores

    def outputs(self, pictures: Tensor) -> Iterator[LayerOutput]:
        """What each layer makes of (n, 784) float32, 0 to 1, from the first layer to the last."""
        *hidden, out = self.layers
        activation = ACTIVATIONS[self.config.activation]
        values = pictures
        for layer in hidden:
            sums = layer(values)
            values = activation(sums)
            mask = self.dropout.mask(values) if self.training else None
            if mask is not None:
                values = values * mask
            yield LayerOutput(sums, values, mask)
        logits = out(values)
        is_softmax = self.config.output == "log_softmax"
        yield LayerOutput(logits, F.log_softmax(logits, dim=1) if is_softmax else logits)


class _Linear(nn.Linear):
    """A layer whose weights are drawn from a generator and whose biases are 0.

    From a normal distribution that keeps the size of the signals from layer to layer: He et al.
    2015, "Delving deep into rectifiers", for ReLU and its kin; Glorot and Bengio 2010 for those
    that are as good as linear around zero. It brings the tutorial's network 0.1 % more than torch's
    own narrower one.
    """

    def __init__(
        self, inputs: int, outputs: int, activation: Activation, random: torch.Generator
    ) -> None:
        super().__init__(inputs, outputs)
        with torch.no_grad():
            # As torch's own layer draws before it is drawn anew: so a seed's weights stay the same.
            self.weight.uniform_(generator=random)
            self.bias.uniform_(generator=random)
        if activation in {"relu", "gelu", "leaky_relu", "silu"}:
            nn.init.kaiming_normal_(self.weight, nonlinearity="relu", generator=random)
        else:
            nn.init.xavier_normal_(self.weight, generator=random)
        nn.init.zeros_(self.bias)

    def reset_parameters(self) -> None:
        """Nothing, where torch's own layer would draw from the process's random numbers."""


class Dropout:
    """Inverted dropout (Srivastava et al. 2014) with random numbers of its own.

    ``nn.Dropout`` draws from the process's global generator, so anything else that draws from it
    would change the curve.

    Attributes:
        share: of the values that is dropped, 0 to 0.9.
        random: what is drawn from; None before the first mask.
    """

    def __init__(self, share: float, seed: int) -> None:
        self.share = share
        self.seed = seed
        self.random: torch.Generator | None = None

    def mask(self, values: Tensor) -> Tensor | None:
        """What to multiply values with; None where nothing is dropped."""
        if self.share == 0.0:
            return None
        if self.random is None or self.random.device != values.device:
            self.random = torch.Generator(values.device).manual_seed(self.seed)
        kept = torch.empty_like(values).bernoulli_(1.0 - self.share, generator=self.random)
        return kept.div_(1.0 - self.share)

    def restore(self, random_state: Tensor, device: torch.device) -> None:
        """Go on from where the random numbers were."""
        self.random = torch.Generator(device)
        self.random.set_state(random_state)


def to_input(pictures: Tensor, device: torch.device | None = None) -> Tensor:
    """(n, 784) or (n, 28, 28) uint8, 0 to 255 → (n, 784) float32, 0 to 1, on ``device``."""
    return pictures.to(device).flatten(1).float().div_(255.0)


def copy_state(network: MLP) -> dict[str, Tensor]:
    """The weights as they are now, on the CPU; later steps do not change them."""
    return {
        name: tensor.detach().to("cpu", copy=True) for name, tensor in network.state_dict().items()
    }


def join_parameters(network: MLP) -> tuple[Tensor, Tensor]:
    """All parameters in one piece of memory, and their gradient, at first 0, in another.

    So an optimiser need not go from tensor to tensor. The network's parameters become views of
    the one, and the ``grad`` of each a view of the other; both are (parameters,) float32.
    """
    parameters = list(network.parameters())
    weights = torch.cat([parameter.detach().flatten() for parameter in parameters])
    gradient = torch.zeros_like(weights)
    sizes = [parameter.numel() for parameter in parameters]
    parts = zip(parameters, weights.split(sizes), gradient.split(sizes), strict=True)
    for parameter, weights_part, gradient_part in parts:
        parameter.data = weights_part.view_as(parameter)
        parameter.grad = gradient_part.view_as(parameter)
    return weights, gradient
