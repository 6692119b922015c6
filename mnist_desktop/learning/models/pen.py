"""How people's pens go when they write digits: a small network that reads the way, not the ink.

The network of a model sees a picture. Whether a loop that is not quite closed was meant as a 0 or a
6 is often told by where the pen began and which way it went: of people whom neither network has
seen, both together read a quarter less wrongly than the picture alone, and answer half as many
letters, as ``tests/benchmarks/left_out_sources.py`` measures (combining what is read online and
offline: Alimoglu and Alpaydin 1997, "Combining multiple representations and classifiers for
pen-based handwritten digit recognition"). A photo has no such way.

The weights come with the program; ``tests/benchmarks/pen_fitting.py`` has made them. Needs no
torch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import safetensors.numpy
from numpy.typing import NDArray
from safetensors import SafetensorError

from mnist_desktop.errors import FileError
from mnist_desktop.ink.strokes import Drawing
from mnist_desktop.ink.trajectory import pen_features
from mnist_desktop.learning.settings.config import CLASSES, NO_DIGIT, TrainingConfig
from mnist_desktop.paths import bundled
from mnist_desktop.texts import QT_TRANSLATE_NOOP

WEIGHT = 1.0
"""What the logarithm of a digit's probability by the pen's way counts beside that by its look."""

BENEFIT = 3.0
"""Added to the log odds that a way is a digit's; these say how much it counts which digit's it is.
Of what is gone over twice, or drawn as nobody does, the way says nothing, and the look decides."""

LEAST_LOG = -8.0
"""Of that logarithm: no way of the pen rules out a digit."""

BY_ANSWER, BY_WAY, BIAS = 0.6, 0.5, -1.3
"""By which it is told whether something is a digit at all: the log odds of the most probable digit,
which are high of hardly anything else, and those that it is one by the pen's way, which are low of
some digits, too, of people who write in a style of their own. A logistic regression on strangers'
digits and letters; only the bias is higher, since few write letters here."""

MOST_SURE = 10.0
"""The log odds that say no more: networks are too sure."""

Array = NDArray[np.float32]


class Judgement(NamedTuple):
    """What the way the pen went says of n drawings, as one digit each.

    Attributes:
        support: (n, 10) float32, at least 0: what it adds to the scores of the ten digits.
        odds: (n,) float32, the log odds that it is a digit at all; infinite where that is out of
            the question.
    """

    support: Array
    odds: Array


@dataclass(frozen=True, eq=False)
class PenNetwork:
    """Several multilayer perceptrons of the same shape, side by side; what they say is averaged.

    Attributes:
        weights: (networks, inputs, outputs) float32 of each layer, from ``FEATURES`` inputs to
            eleven outputs, the digits and what is none.
        biases: (networks, 1, outputs) float32 of each layer.
    """

    weights: tuple[Array, ...]
    biases: tuple[Array, ...]

    def log_probabilities(self, features: Array) -> Array:
        """(n, FEATURES) float32 → (n, 11) float32, of the networks' geometric mean."""
        values = features[None]
        for layer, (weights, biases) in enumerate(zip(self.weights, self.biases, strict=True)):
            values = (np.maximum(values, 0) if layer else values) @ weights + biases
        return _log_softmax(_log_softmax(values).mean(axis=0))

    def judge(self, drawings: Sequence[Drawing | None]) -> Judgement:
        """Nothing speaks for or against None, which has no way."""
        support = np.zeros((len(drawings), CLASSES), np.float32)
        odds = np.full(len(drawings), np.inf, np.float32)
        drawn = [place for place, one in enumerate(drawings) if one is not None]
        if drawn:
            features = [pen_features(one) for one in drawings if one is not None]
            logs = self.log_probabilities(np.stack(features))
            of_digits = np.maximum(_log_softmax(logs[:, :CLASSES]), LEAST_LOG)
            odds[drawn] = _log_odds(-np.expm1(logs[:, NO_DIGIT]))
            counts = WEIGHT / (1 + np.exp(-odds[drawn, None] - BENEFIT))
            support[drawn] = counts * (of_digits - of_digits.min(axis=1, keepdims=True))
        return Judgement(support, odds)


def heard(seen: Array, judgement: Judgement) -> tuple[Array, Array]:
    """(n, 10) probabilities of the digits, with what the pen says beside what is seen; and (n,) how
    believable it is that each is a digit at all.
    """
    probabilities = with_support(seen, judgement.support)
    return probabilities, belief_of(probabilities, judgement.odds)


def with_support(
    probabilities: NDArray[np.float32], support: NDArray[np.float32]
) -> NDArray[np.float32]:
    """(…, 10): the softmax of scores to which the support is added, from that without."""
    weighed = probabilities * np.exp(support)
    found: NDArray[np.float32] = weighed / weighed.sum(axis=-1, keepdims=True)
    return found


def belief_of(probabilities: Array, odds: Array) -> Array:
    """(n,) 0 to 1: how believable it is that something is a digit at all.

    Args:
        probabilities: (n, 10) of the digits, with all that speaks for each.
        odds: of its ``Judgement``.
    """
    said = BY_ANSWER * _log_odds(probabilities.max(axis=1)) + BY_WAY * odds + BIAS
    belief: Array = np.reciprocal(1 + np.exp(-said))
    return belief


def _log_odds(probabilities: Array) -> Array:
    with np.errstate(divide="ignore"):
        odds = np.log(probabilities) - np.log1p(-probabilities)
    found: Array = np.clip(odds, -MOST_SURE, MOST_SURE)
    return found


def _log_softmax(scores: Array) -> Array:
    highest = scores - scores.max(axis=-1, keepdims=True)
    found: Array = highest - np.log(np.exp(highest).sum(axis=-1, keepdims=True))
    return found


FILE = bundled("resources/models/pen.safetensors")


def save_pen(network: PenNetwork, path: Path = FILE) -> None:
    """Write it in half precision, which is as good."""
    tensors = {}
    for layer, (weights, biases) in enumerate(zip(network.weights, network.biases, strict=True)):
        tensors[f"{layer}.weights"] = weights.astype(np.float16)
        tensors[f"{layer}.biases"] = biases.astype(np.float16)
    safetensors.numpy.save_file(tensors, path)


def open_pen(path: Path = FILE) -> PenNetwork:
    """What ``save_pen`` has written.

    Raises:
        FileError: it is not there, or damaged.
    """
    try:
        tensors = safetensors.numpy.load_file(path)
        layers = range(len(tensors) // 2)
        return PenNetwork(
            tuple(tensors[f"{layer}.weights"].astype(np.float32) for layer in layers),
            tuple(tensors[f"{layer}.biases"].astype(np.float32) for layer in layers),
        )
    except (OSError, SafetensorError, KeyError) as fault:
        raise FileError(
            path, QT_TRANSLATE_NOOP("core", "is missing or damaged; install the program again")
        ) from fault


peoples_pen = cache(open_pen)
"""The one that comes with the program, opened once."""


def pen_of(config: TrainingConfig | None) -> PenNetwork | None:
    """What a model hears that was trained like this: the pen, if it has learned from people's.

    Raises:
        FileError: the file that came with the program is not there, or damaged.
    """
    return peoples_pen() if config is not None and config.real_digits else None
