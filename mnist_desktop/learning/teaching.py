"""Teaching a model somebody's handwriting: a copy of it learns a few of their drawings.

``teach`` is a generator of events, as a training is: it knows no thread and no callback, and
closing it calls it off. The model that it is given stays as it was.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.errors import UserError
from mnist_desktop.ink.normalise import SIDE, normalise
from mnist_desktop.ink.strokes import Drawing
from mnist_desktop.learning.config import CLASSES, NO_DIGIT
from mnist_desktop.learning.judging import ALLOWED_LOSS, FOLDS, folds, right
from mnist_desktop.learning.measures import score
from mnist_desktop.learning.model import Lesson, Model
from mnist_desktop.learning.records import Score
from mnist_desktop.learning.splits import Splits
from mnist_desktop.learning.threads import one_thread
from mnist_desktop.learning.tuning import Prepared, Pupil, prepare
from mnist_desktop.texts import QT_TRANSLATE_NOOP

READS_WORSE = QT_TRANSLATE_NOOP("core", "it would read these drawings worse than before")
FORGETS = QT_TRANSLATE_NOOP("core", "it would read other people’s digits worse than before")


@dataclass(frozen=True, eq=False)
class Example:
    """A piece of ink with what is meant by it.

    Attributes:
        label: 0 to 9, or ``config.NO_DIGIT``.
        ink: strokes; or (28, 28) uint8, what the network saw.

    Raises:
        ValueError: another label or shape, or a drawing without strokes.
    """

    label: int
    ink: Drawing | NDArray[np.uint8]

    def __post_init__(self) -> None:
        if not 0 <= self.label <= NO_DIGIT:
            raise ValueError(f"a label is a digit, or {NO_DIGIT} for none, not {self.label}")
        if isinstance(self.ink, Drawing):
            if not self.ink:
                raise ValueError("a drawing needs strokes")
        elif self.ink.shape != (SIDE, SIDE) or self.ink.dtype != np.uint8:
            raise ValueError(f"a picture is {SIDE}×{SIDE} bytes")

    @property
    def picture(self) -> NDArray[np.uint8]:
        """(28, 28) uint8, what the network sees."""
        return normalise(self.ink) if isinstance(self.ink, Drawing) else self.ink


@dataclass(frozen=True, slots=True)
class TeachingProgress:
    """So much is done.

    Attributes:
        share: 0 to 1.
    """

    share: float


@dataclass(frozen=True, eq=False)
class TeachingDone:
    """How it ended.

    Attributes:
        model: the better one: the taught copy, or the very one that was given.
        is_taught: whether it is the taught copy.
        kept_because: why it is not, a template for translation; None where it is.
        taught: examples that were learned from.
        seconds: of the learning and judging, without the scores on MNIST's test set.
        before, after: how many of the person's own were read rightly, each by a copy that had not
            learned from it: of what is no digit, how many were declined. None of a single example.
        mnist_before, mnist_after: on the test split, of which nothing is chosen by.
    """

    model: Model
    is_taught: bool
    kept_because: str | None
    taught: int
    seconds: float
    before: Score | None
    after: Score | None
    mnist_before: Score
    mnist_after: Score


Events = Iterator[TeachingProgress | TeachingDone]


def teach(
    model: Model,
    examples: Sequence[Example],
    splits: Splits,
    seed: int = 0,
    prepared: Prepared | None = None,
) -> Events:
    """Teach a copy of the model; the last event is a ``TeachingDone``.

    Args:
        examples: what to learn from.
        splits: what is practised along, so that it is not forgotten, and what tells whether it is.
        seed: the same one gives the same model.
        prepared: ``prepare(model, splits)``, where that was done before; it takes a few seconds.

    Raises:
        UserError: there are no examples.
    """
    if not examples:
        raise UserError(QT_TRANSLATE_NOOP("core", "There is nothing to learn from: no drawings."))
    return _events(model, examples, splits, seed, prepared)


def _events(
    model: Model,
    examples: Sequence[Example],
    splits: Splits,
    seed: int,
    prepared: Prepared | None,
) -> Events:
    with one_thread():
        yield TeachingProgress(0.0)
        prepared = prepared or prepare(model, splits)
        started = time.perf_counter()
        pupil = Pupil(prepared, examples, seed)
        labels = np.array([one.label for one in examples])
        parts = folds(labels, FOLDS, seed)
        rounds = len(parts) + 1
        before = right(prepared.model, pupil.pictures, labels)
        after = np.zeros_like(before)
        done = 0
        for part in parts:
            rest = np.setdiff1d(np.arange(len(labels)), part)
            for share in pupil.learn(rest):
                yield TeachingProgress((done + share) / rounds)
            after[part] = right(pupil.model(), pupil.pictures[part], labels[part])
            done += 1
        for share in pupil.learn(np.arange(len(labels))):
            yield TeachingProgress((done + share) / rounds)
        taught = pupil.model()
        kept_because = None
        if parts and after.sum() < before.sum():
            kept_because = READS_WORSE
        elif prepared.lost(taught) > ALLOWED_LOSS:
            kept_because = FORGETS
        seconds = time.perf_counter() - started
        own_before = score(int(before.sum()), len(before)) if parts else None
        own_after = score(int(after.sum()), len(after)) if parts else None
        mnist_after = prepared.tested(taught)
        yield TeachingProgress(1.0)
        if kept_because is None:
            lesson = Lesson(
                tuple(int((labels == digit).sum()) for digit in range(CLASSES + 1)),
                model.sha256,
                own_before,
                own_after,
            )
            taught = replace(
                taught,
                lessons=(*model.lessons, lesson),
                measurements=(prepared.measured(mnist_after),),
            )
        yield TeachingDone(
            model=taught if kept_because is None else model,
            is_taught=kept_because is None,
            kept_because=kept_because,
            taught=len(examples),
            seconds=seconds,
            before=own_before,
            after=own_after,
            mnist_before=prepared.test_score,
            mnist_after=mnist_after,
        )
