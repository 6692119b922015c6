"""What is inside a network while it is trained: weights, gradients, neurons that do nothing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from mnist_desktop.ink import SIDE
from mnist_desktop.learning.data.splits import Split
from mnist_desktop.learning.models.network import MLP, join_parameters, to_input
from mnist_desktop.learning.settings.config import LayerSize

BINS = 48
MOST_VALUES = 20_000
"""Of a layer's, evenly chosen: the histogram looks the same, and a large layer has millions."""

MOST_NEURONS = 64
"""Whose weights are shown as pictures."""

PROBE_PICTURES = 512
"""That a neuron may answer to before it counts as dead."""

SAME = 1e-6
"""Outputs that differ by no more than this are the same."""


@dataclass(frozen=True, slots=True, eq=False)
class Histogram:
    """How often values are how large.

    Attributes:
        counts: (BINS,) int64, in bins of one width from ``-reach`` to ``reach``.
        reach: the largest value, of either sign.
    """

    counts: NDArray[np.int64]
    reach: float


@dataclass(frozen=True, slots=True, eq=False)
class LayerInspection:
    """One layer.

    Attributes:
        name: as in the state dict.
        weights, gradients: of its weights and biases.
        gradient_norm: Euclidean length of its gradient.
        dead: share, 0 to 1, of its neurons whose output is the same for all probe pictures: a ReLU
            that is always 0, a sigmoid that is always at its end. None for the last layer.
    """

    name: str
    weights: Histogram
    gradients: Histogram
    gradient_norm: float
    dead: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Inspection:
    """The whole network, after a step and with the gradient of its batch.

    Attributes:
        layers: from the input on.
        gradient_norm: Euclidean length of the whole gradient.
        pictures, gradient_pictures: (n, 28, 28) float32: the weights with which each of the first
            neurons of the first layer looks at the picture, and their gradients.
    """

    layers: tuple[LayerInspection, ...]
    gradient_norm: float
    pictures: NDArray[np.float32]
    gradient_pictures: NDArray[np.float32]


@torch.no_grad()
def inspect(network: MLP, weights: Tensor, gradient: Tensor, probe: Tensor) -> Inspection:
    """Look inside; nothing is changed, and no random number is drawn.

    Args:
        weights, gradient: of its parameters, as of ``join_parameters``.
        probe: (n, 784) float32, 0 to 1: what neurons are tried with.
    """
    sizes = network.config.layers
    counts = [size.parameters for size in sizes]
    dead = _dead_shares(network, probe)
    layers = [
        LayerInspection(
            size.name,
            _histogram(its_weights),
            _histogram(its_gradient),
            float(its_gradient.norm()),
            dead.get(size.name),
        )
        for size, its_weights, its_gradient in zip(
            sizes, weights.split(counts), gradient.split(counts), strict=True
        )
    ]
    return Inspection(
        tuple(layers),
        float(gradient.norm()),
        _pictures(weights, sizes[0]),
        _pictures(gradient, sizes[0]),
    )


def inspect_at_rest(network: MLP, split: Split) -> Inspection:
    """Look inside a network that nobody trains: with the gradient of the first pictures of a split.

    The network stays as it is.
    """
    copied = MLP(network.config)
    copied.load_state_dict(network.state_dict())
    weights, gradient = join_parameters(copied)
    some = split.first(PROBE_PICTURES)
    pictures = to_input(torch.from_numpy(np.array(some.pictures)))
    *_, output = copied.eval().outputs(pictures)
    F.cross_entropy(output.sums, torch.from_numpy(some.labels).long()).backward()
    return inspect(copied, weights, gradient, pictures)


def _dead_shares(network: MLP, probe: Tensor) -> dict[str, float]:
    was_training = network.training
    network.eval()
    shares = {}
    for size, output in zip(network.config.layers[:-1], network.outputs(probe), strict=False):
        low, high = output.values.aminmax(dim=0)
        shares[size.name] = float((high - low <= SAME).float().mean())
    network.train(was_training)
    return shares


def _histogram(values: Tensor) -> Histogram:
    step = max(1, len(values) // MOST_VALUES)
    chosen = values[::step].to("cpu")
    # A training that has just diverged can be looked into as well.
    chosen = chosen[chosen.isfinite()]
    reach = float(chosen.abs().max()) if len(chosen) else 0.0
    # Of a range that is empty torch would choose another one by itself.
    counts = torch.histc(chosen, BINS, -(reach or 1.0), reach or 1.0)
    return Histogram(counts.long().numpy(), reach)


def _pictures(values: Tensor, first: LayerSize) -> NDArray[np.float32]:
    shape = (first.outputs, SIDE, SIDE)
    pictures = values[: first.inputs * first.outputs].view(shape)[:MOST_NEURONS]
    copied: NDArray[np.float32] = pictures.to("cpu", copy=True).numpy()
    return copied
