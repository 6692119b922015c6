"""Finding out how a network reads, by trying what is usual on digits whose labels are known.

All ways to give it a picture that are tried multiply each pixel with a number, add one, or exchange
rows and columns. So each can be folded into the first layer's weights, and nothing but the weights
has to be kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import get_args

import torch
import torch.nn.functional as F
from torch import Tensor

from mnist_desktop.ink import SIDE
from mnist_desktop.learning.data.idx import MNIST, read_idx_files
from mnist_desktop.learning.data.splits import Split
from mnist_desktop.learning.models.foreign_layers import Layer
from mnist_desktop.learning.models.interpretation import InputFormat, PixelRange, Wish
from mnist_desktop.learning.models.network import ACTIVATIONS, to_input
from mnist_desktop.learning.settings.config import PIXELS
from mnist_desktop.learning.settings.training_settings import Activation
from mnist_desktop.paths import bundled

FEWEST, FEW, MANY = 40, 400, 5000
"""Digits that are tried on: by networks too large for more, in the first round, in the second."""

FINALISTS = 16
"""Ways that come to the second round."""

OPERATIONS = 2e10
"""Multiplications that either round may take, about a second's: large networks get fewer digits."""

STANDARD_ERRORS = 2.0
"""By so many must ways differ to be told apart."""

MARGIN = 1.05
"""What is more usual may have so much more cross-entropy: GELU and ReLU are nearly the same."""

BELIEVABLE = 0.3
"""What the best way must read. The best of some hundred ways to read with a network that knows
nothing reads a fifth."""

ONE_AXIS_SWAPPED = torch.arange(PIXELS).view(SIDE, SIDE).t().flatten()


@dataclass(frozen=True, eq=False)
class Way:
    """One way to take the weights.

    Attributes:
        layers: whose first takes pixels as the network was given them in training.
    """

    layers: Sequence[Layer]
    activation: Activation
    input: InputFormat

    def folded(self) -> list[Layer]:
        """The layers, whose first takes MNIST's pictures, pixels from 0 to 1."""
        first, *others = self.layers
        if self.input.transposed:
            first = Layer(first.weight[:, ONE_AXIS_SWAPPED], first.bias)
        return [first.before(*self.input.scale), *others]


@dataclass(frozen=True, eq=False)
class Trial:
    """What came out.

    Attributes:
        accuracy, total: of so many digits.
    """

    way: Way
    accuracy: float
    total: int


@dataclass(frozen=True, eq=False)
class _Result:
    """Of each digit, whether it was read rightly, and the cross-entropy, both (n,) float32."""

    way: Way
    right: Tensor
    losses: Tensor

    @property
    def rank(self) -> tuple[float, float]:
        """The higher, the better."""
        return float(self.right.sum()), -float(self.losses.sum())


def try_out(arrangements: Sequence[Sequence[Layer]], wish: Wish) -> Trial:
    """The way in which a network reads best; the first of all where it reads hardly better than by
    chance in any.

    Of ways that read as many digits rightly, as far as can be told, those with the least
    cross-entropy are taken, since a network is sure of what it was trained on; and of these the
    most usual.

    Args:
        arrangements: networks that the weights can be.
        wish: what need not be found out.
    """
    ways = list(_ways(arrangements, wish))
    order = {id(way): place for place, way in enumerate(ways)}
    usual = ways[:1]
    size = sum(layer.weight.numel() for layer in arrangements[0])
    digits = _digits()
    if len(ways) > FINALISTS:
        # The first layer's products are the same for all formats of one arrangement.
        rest = size - arrangements[0][0].weight.numel()
        few = digits.first(_affordable(FEW, len(ways) * (rest + PIXELS)))
        ways = [one.way for one in _ranked(_results(ways, few))[:FINALISTS]]
    many = digits.first(_affordable(MANY, len(ways) * size))
    results = _ranked(_results(ways, many))
    if results[0].right.mean() < BELIEVABLE:
        best = next(_results(usual, many))
    else:
        most = results[0].right
        good = [one for one in results if not _is_higher(most, one.right)]
        least = min(good, key=lambda one: float(one.losses.sum())).losses
        sure = [one for one in good if not _is_higher(one.losses, least * MARGIN)]
        best = min(sure, key=lambda one: order[id(one.way)])
    return Trial(best.way, float(best.right.mean()), len(many))


def _ways(arrangements: Sequence[Sequence[Layer]], wish: Wish) -> Iterator[Way]:
    """The most usual first."""
    activations = (wish.activation,) if wish.activation else get_args(Activation)
    formats = (
        (wish.input,)
        if wish.input
        else [
            InputFormat(pixel_range, white_paper, transposed)
            for transposed, white_paper in product((False, True), repeat=2)
            for pixel_range in get_args(PixelRange)
        ]
    )
    for layers in arrangements:
        for picture_format in formats:
            for activation in activations[: None if len(layers) > 1 else 1]:
                yield Way(layers, activation, picture_format)


@lru_cache(maxsize=1)
def _digits() -> Split:
    """Of the validation split, which no weights are learned from."""
    few = read_idx_files(bundled(MNIST)).validation.first(MANY)
    return Split(few.pictures.copy(), few.labels.copy())  # or all of MNIST would stay in memory


def _affordable(most: int, size: int) -> int:
    return int(min(most, max(FEWEST, OPERATIONS / size)))


@torch.inference_mode()
def _results(ways: Sequence[Way], digits: Split) -> Iterator[_Result]:
    pictures = to_input(torch.from_numpy(digits.pictures))
    labels = torch.from_numpy(digits.labels).long()
    products: dict[tuple[int, bool], Tensor] = {}
    for way in ways:
        first, *others = way.layers
        which = id(first), way.input.transposed
        if which not in products:
            seen = pictures[:, ONE_AXIS_SWAPPED] if way.input.transposed else pictures
            products[which] = seen @ first.weight.t()
        factor, shift = way.input.scale
        values = products[which] * factor + (first.weight.sum(dim=1) * shift + first.bias)
        for layer in others:
            values = F.linear(ACTIVATIONS[way.activation](values), layer.weight, layer.bias)
        losses = F.cross_entropy(values, labels, reduction="none").nan_to_num(1e9)
        yield _Result(way, (values.argmax(dim=1) == labels).float(), losses)


def _ranked(results: Iterator[_Result]) -> list[_Result]:
    return sorted(results, key=lambda one: one.rank, reverse=True)


def _is_higher(one: Tensor, other: Tensor) -> bool:
    """Whether figures of the same digits are higher on average, by more than chance makes them."""
    difference = one - other
    return bool(difference.mean() > STANDARD_ERRORS * difference.std() / len(difference) ** 0.5)
