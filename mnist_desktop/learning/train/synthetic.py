"""Training pictures of drawings: what a program draws, and what people wrote on tablets."""

from __future__ import annotations

from collections.abc import Callable, Generator
from functools import partial

import numpy as np

from mnist_desktop.ink import SIDE
from mnist_desktop.ink.normalise import normalise
from mnist_desktop.ink.real import real_digits, real_letters, write_again
from mnist_desktop.ink.strokes import LabelledDrawing
from mnist_desktop.ink.synthetic.scribbles import scribble
from mnist_desktop.ink.synthetic.styles import write_digits
from mnist_desktop.learning.data.splits import Split
from mnist_desktop.learning.settings.config import NO_DIGIT, TrainingConfig
from mnist_desktop.learning.train.events import Preparing

AT_ONCE = 500
"""Drawings that are made together. Another number would give others."""

BETWEEN_REPORTS = 100
"""Drawings: a tenth of a second or less, so that a stop is heard."""

Draw = Callable[[int, np.random.Generator], list[LabelledDrawing]]


def with_synthetic(split: Split, config: TrainingConfig) -> Generator[Preparing, None, Split]:
    """The split, and behind it the drawings that the configuration asks for.

    They are drawn with the configuration's seed; drawings that are no digit are labelled
    ``NO_DIGIT``.
    """
    kinds = _kinds(config)
    count = sum(wanted for _, wanted in kinds)
    if count == 0:
        return split
    pictures = np.empty((len(split) + count, SIDE, SIDE), dtype=np.uint8)
    labels = np.full(len(split) + count, NO_DIGIT, dtype=np.uint8)
    pictures[: len(split)], labels[: len(split)] = split.pictures, split.labels
    random = np.random.default_rng(config.seed)
    place = len(split)
    for draw, wanted in kinds:
        for start in range(0, wanted, AT_ONCE):
            for number, drawn in enumerate(draw(min(AT_ONCE, wanted - start), random)):
                if number % BETWEEN_REPORTS == 0:
                    yield Preparing((place - len(split)) / count)
                pictures[place] = normalise(drawn.drawing)
                if drawn.digits is not None:
                    labels[place] = int(drawn.digits)
                place += 1
    return Split(pictures, labels)


def _kinds(config: TrainingConfig) -> list[tuple[Draw, int]]:
    """What draws, and how much of it. What people wrote is read only if it is wanted."""
    kinds: list[tuple[Draw, int]] = [
        (write_digits, config.synthetic_digits),
        (scribble, config.scribbles),
    ]
    if config.real_digits:
        kinds.append((partial(write_again, real_digits()), config.real_digits))
    if config.real_letters:
        kinds.append((partial(write_again, real_letters()), config.real_letters))
    return kinds
