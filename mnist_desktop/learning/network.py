"""The multilayer perceptron."""

from __future__ import annotations

from collections.abc import Callable

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
        seed: of the first weights and of dropout. The process's own random state stays as it was.
    """

    def __init__(self, config: NetworkConfig, seed: int = 0) -> None:
        super().__init__()
        self.config = config
        with torch.random.fork_rng(devices=[]):
            torch.default_generator.manual_seed(seed)
            self._layers = [
                first_weights(nn.Linear(size.inputs, size.outputs), config)
                for size in config.layers
            ]
        for size, layer in zip(config.layers, self._layers, strict=True):
            self.add_module(size.name, layer)
        self.activation = ACTIVATIONS[config.activation]
        self.dropout = Dropout(config.dropout, seed)

    def forward(self, pictures: Tensor) -> Tensor:
        """(n, 784) float32, 0 to 1 → (n, 10): logits, or their log-softmax if so configured."""
        *hidden, out = self._layers
        values = pictures
        for layer in hidden:
            values = self.dropout(self.activation(layer(values)))
        scores: Tensor = out(values)
        return F.log_softmax(scores, dim=1) if self.config.output == "log_softmax" else scores


def first_weights(layer: nn.Linear, config: NetworkConfig) -> nn.Linear:
    """The layer, its weights drawn and its biases 0.

    From a normal distribution that keeps the size of the signals from layer to layer: He et al.
    2015, "Delving deep into rectifiers", for ReLU and GELU; Glorot and Bengio 2010 for tanh and
    sigmoid. It brings the tutorial's network 0.1 % more than torch's own narrower one.
    """
    if config.activation in {"relu", "gelu"}:
        nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
    else:
        nn.init.xavier_normal_(layer.weight)
    nn.init.zeros_(layer.bias)
    return layer


class Dropout(nn.Module):
    """Inverted dropout (Srivastava et al. 2014) with random numbers of its own.

    ``nn.Dropout`` draws from the process's global generator, so anything else that draws from it
    would change the curve.
    """

    def __init__(self, share: float, seed: int) -> None:
        super().__init__()
        self.share = share
        self.seed = seed
        self.random: torch.Generator | None = None

    def forward(self, values: Tensor) -> Tensor:
        mask = self.mask(values)
        return values if mask is None else values * mask

    def mask(self, values: Tensor) -> Tensor | None:
        """What to multiply values with; None where nothing is dropped."""
        if not self.training or self.share == 0.0:
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
