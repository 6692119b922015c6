"""What is practised along while a model is taught something new, so that it does not forget.

Rehearsal (Robins 1995, "Catastrophic forgetting, rehearsal and pseudorehearsal"): some of MNIST,
digits that other people wrote with pens, and letters and scribbles that are no digit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import torch
from numpy.typing import NDArray

from mnist_desktop.ink.normalise import normalise
from mnist_desktop.ink.real import real_digits, real_letters
from mnist_desktop.ink.strokes import LabelledDrawing
from mnist_desktop.ink.synthetic.scribbles import scribble
from mnist_desktop.learning.data.splits import Split, Splits, joined
from mnist_desktop.learning.models.network import to_input
from mnist_desktop.learning.settings.config import NO_DIGIT
from mnist_desktop.learning.train.augment import Distortion

MNIST, DIGITS, LETTERS, SCRIBBLES = 1000, 1500, 1000, 500
"""How many of each are practised."""

COPIES = 2
"""Letters and scribbles are practised once as they are, and so often distorted: drawing others
would take longer."""


@dataclass(frozen=True, eq=False)
class Replay:
    """What is practised.

    Attributes:
        digits: of MNIST and of people with pens.
        others: what is no digit.
    """

    digits: Split
    others: Split


@lru_cache(maxsize=1)
def replayed(splits: Splits) -> Replay:
    """What comes with the program for it, made once in a process: it takes a few seconds."""
    return replay_of(splits, real_digits(), real_letters())


def replay_of(
    splits: Splits, digits: Sequence[LabelledDrawing], letters: Sequence[LabelledDrawing]
) -> Replay:
    """Some pictures of a data set and of drawings, always the same ones.

    Args:
        digits: single ones.
        letters: what is no digit.
    """
    random = np.random.default_rng(0)
    chosen = random.permutation(len(splits.train))[:MNIST]
    drawn = [digits[index] for index in random.permutation(len(digits))[:DIGITS]]
    labels = np.array([int(one.digits or NO_DIGIT) for one in drawn], dtype=np.uint8)
    others = [letters[index] for index in random.permutation(len(letters))[:LETTERS]]
    return Replay(
        joined([splits.train.some(chosen), Split(_pictures(drawn), labels)]),
        _no_digits(_pictures([*others, *scribble(SCRIBBLES, random)])),
    )


def _pictures(drawings: Sequence[LabelledDrawing]) -> NDArray[np.uint8]:
    return np.stack([normalise(one.drawing) for one in drawings])


def _no_digits(pictures: NDArray[np.uint8]) -> Split:
    """These and their distorted copies."""
    inputs = to_input(torch.from_numpy(pictures))
    distortion = Distortion(1.0, torch.Generator().manual_seed(0))
    copies = [distortion(inputs).mul(255).round().byte().numpy() for _ in range(COPIES)]
    everything = np.concatenate([pictures, *(one.reshape(pictures.shape) for one in copies)])
    return Split(everything, np.full(len(everything), NO_DIGIT, dtype=np.uint8))
