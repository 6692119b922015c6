"""What is practised along while a model is taught something new, so that it does not forget.

Rehearsal (Robins 1995, "Catastrophic forgetting, rehearsal and pseudorehearsal"): some of MNIST,
digits of other people with pens, and letters and scribbles that are no digit.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from mnist_desktop.ink.normalise import normalise
from mnist_desktop.ink.real import real_digits, real_letters
from mnist_desktop.ink.strokes import LabelledDrawing
from mnist_desktop.ink.synthetic.scribbles import scribble
from mnist_desktop.learning.config import NO_DIGIT
from mnist_desktop.learning.splits import Source, Split, Splits, joined

SEED = 0

MNIST, DIGITS, LETTERS, SCRIBBLES = 2000, 1000, 800, 400
"""How many of each are practised."""


@lru_cache(maxsize=1)
def replayed(splits: Splits) -> Split:
    """What is practised along, made once in a process; it takes a few seconds.

    Returns:
        Pictures with labels 0 to 9, or ``NO_DIGIT``.
    """
    return replay_of(splits, real_digits(), real_letters())


def replay_of(
    splits: Splits, digits: Sequence[LabelledDrawing], letters: Sequence[LabelledDrawing]
) -> Split:
    """The same, of these drawings.

    Args:
        digits, letters: that some are chosen of.
    """
    random = np.random.default_rng(SEED)
    chosen = random.permutation(len(splits.train))[:MNIST]
    mnist = Split(splits.train.pictures[chosen], splits.train.labels[chosen])
    drawn = [
        *(digits[index] for index in random.permutation(len(digits))[:DIGITS]),
        *(letters[index] for index in random.permutation(len(letters))[:LETTERS]),
        *scribble(SCRIBBLES, random),
    ]
    labels = [NO_DIGIT if one.digits is None else int(one.digits) for one in drawn]
    pictures = np.stack([normalise(one.drawing) for one in drawn])
    return joined([Source(mnist), Source(Split(pictures, np.array(labels, dtype=np.uint8)))])
