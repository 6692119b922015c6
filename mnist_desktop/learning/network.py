"""The multilayer perceptron."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from mnist_desktop.learning.config import Activation, NetworkConfig

ACTIVATIONS: dict[Activation, Callable[[Tensor], Tensor]] = {
    "relu": torch.relu,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "gelu": F.gelu,
}


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
        for values in self.outputs(pictures):
            scores = values
        return scores

    def outputs(self, pictures: Tensor) -> Iterator[Tensor]:
        """What each layer makes of the pictures and hands on, from the first to the last.

        Args:
            pictures: (n, 784) float32, 0 to 1.

        Yields:
            (n, outputs) float32: of a hidden layer, after its activation and dropout; of the last
            one, what ``forward`` gives.
        """
        *hidden, out = self.layers
        activation = ACTIVATIONS[self.config.activation]
        values = pictures
        for layer in hidden:
            values = activation(layer(values))
            if self.training:
                values = self.dropout(values)
            yield values
        logits: Tensor = out(values)
        yield F.log_softmax(logits, dim=1) if self.config.output == "log_softmax" else logits


class _Linear(nn.Linear):
    """A layer whose weights are drawn from a generator and whose biases are 0.

    From a normal distribution that keeps the size of the signals from layer to layer: He et al.
    2015, "Delving deep into rectifiers", for ReLU and GELU; Glorot and Bengio 2010 for tanh and
    sigmoid. It brings the tutorial's network 0.1 % more than torch's own narrower one.
    """

    def __init__(
        self, inputs: int, outputs: int, activation: Activation, random: torch.Generator
    ) -> None:
        super().__init__(inputs, outputs)
        with torch.no_grad():
            # As torch's own layer draws before it is drawn anew: so a seed's weights stay the same.
            self.weight.uniform_(generator=random)
            self.bias.uniform_(generator=random)
        if activation in {"relu", "gelu"}:
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

    def __call__(self, values: Tensor) -> Tensor:
        """The values, some of them 0 and the others larger to make up for it."""
        if self.share == 0.0:
            return values
        if self.random is None or self.random.device != values.device:
            self.random = torch.Generator(values.device).manual_seed(self.seed)
        kept = torch.empty_like(values).bernoulli_(1.0 - self.share, generator=self.random)
        return values * kept.div_(1.0 - self.share)

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


def flat(tensors: Iterable[Tensor]) -> Tensor:
    """A copy of their numbers, one tensor's behind the other's, as one vector."""
    return torch.cat([tensor.detach().flatten() for tensor in tensors])


def gradients(parameters: Iterable[Tensor]) -> list[Tensor]:
    """Of each, in their order; none before the backward pass."""
    return [one.grad for one in parameters if one.grad is not None]


def gradient_norm(parameters: Iterable[Tensor]) -> float:
    """Euclidean length of the gradient by all of them; 0 where there is none."""
    return math.hypot(*(float(gradient.norm()) for gradient in gradients(parameters)))
