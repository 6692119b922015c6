"""Training pictures that a program has drawn: digits in styles that MNIST lacks, and scribbles."""

from __future__ import annotations

from collections.abc import Generator

import numpy as np

from mnist_desktop.ink.normalise import SIDE, normalise
from mnist_desktop.ink.synthetic.scribbles import scribble
from mnist_desktop.ink.synthetic.styles import write_digits
from mnist_desktop.learning.config import NO_DIGIT, TrainingConfig
from mnist_desktop.learning.events import Preparing
from mnist_desktop.learning.splits import Split

AT_ONCE = 500
"""Drawings that are made together. Another number would give others."""

BETWEEN_REPORTS = 100
"""Drawings: a tenth of a second or less, so that a stop is heard."""


def with_synthetic(split: Split, config: TrainingConfig) -> Generator[Preparing, None, Split]:
    """The split, and behind it the drawings that the configuration asks for.

    They are drawn with the configuration's seed; drawings that are no digit are labelled
    ``NO_DIGIT``.
    """
    count = config.synthetic_digits + config.scribbles
    if count == 0:
        return split
    pictures = np.empty((len(split) + count, SIDE, SIDE), dtype=np.uint8)
    labels = np.full(len(split) + count, NO_DIGIT, dtype=np.uint8)
    pictures[: len(split)], labels[: len(split)] = split.pictures, split.labels
    random = np.random.default_rng(config.seed)
    place = len(split)
    for kind, wanted in ((write_digits, config.synthetic_digits), (scribble, config.scribbles)):
        for start in range(0, wanted, AT_ONCE):
            for number, drawn in enumerate(kind(min(AT_ONCE, wanted - start), random)):
                if number % BETWEEN_REPORTS == 0:
                    yield Preparing((place - len(split)) / count)
                pictures[place] = normalise(drawn.drawing)
                if drawn.digits is not None:
                    labels[place] = int(drawn.digits)
                place += 1
    return Split(pictures, labels)
