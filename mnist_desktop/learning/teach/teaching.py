"""Teaching a model somebody's handwriting: a copy of it learns a few of their drawings.

``teach`` is a generator of events, as a training is: it knows no thread and no callback, and
closing it calls it off. The model that it is given stays as it was.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from mnist_desktop.errors import UserError
from mnist_desktop.learning.data.splits import Splits
from mnist_desktop.learning.evaluate.calibration import fitted_temperature
from mnist_desktop.learning.evaluate.measures import score
from mnist_desktop.learning.models.model import Lesson, Measurement, Model
from mnist_desktop.learning.models.pen import Array
from mnist_desktop.learning.models.templates import Templates
from mnist_desktop.learning.records import Score
from mnist_desktop.learning.settings.config import CLASSES, NO_DIGIT
from mnist_desktop.learning.teach.examples import Example
from mnist_desktop.learning.teach.judging import FOLDS, folds, right, share_kept
from mnist_desktop.learning.teach.neurons import Neurons, with_neurons
from mnist_desktop.learning.teach.preparation import Prepared, prepare, score_of
from mnist_desktop.learning.teach.tuning import Pupil
from mnist_desktop.learning.threads import one_thread
from mnist_desktop.texts import QT_TRANSLATE_NOOP

READS_WORSE = QT_TRANSLATE_NOOP("core", "it would read these drawings worse than before")
FORGETS = QT_TRANSLATE_NOOP("core", "it would read other people’s digits worse than before")


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
        kept_because: why it is the given one, a template for translation; None where it is not.
        taught: examples that were learned from.
        seconds: that it took, without the preparation.
        before, after: how many of the person's own were read rightly, each by a copy that had not
            learned from it: of what is no digit, how many were declined. None of a single example.
        mnist_before, mnist_after: on the data set's test split, which nothing is chosen by.
    """

    model: Model
    kept_because: str | None
    taught: int
    seconds: float
    before: Score | None
    after: Score | None
    mnist_before: Score
    mnist_after: Score

    @property
    def is_taught(self) -> bool:
        """Whether the model is the taught copy."""
        return self.kept_because is None


def teach(
    model: Model,
    examples: Sequence[Example],
    splits: Splits,
    seed: int = 0,
    prepared: Prepared | None = None,
) -> Generator[TeachingProgress | TeachingDone, None, None]:
    """Teach a copy of the model; the last event is a ``TeachingDone``.

    A model that was taught before can be taught more. But one that is taught everything anew learns
    it better than one that is taught what is new alone, and takes hardly longer.

    Args:
        examples: what to learn from.
        splits: what is practised along, so that it is not forgotten, and what tells whether it is.
        seed: the same one gives the same model.
        prepared: ``prepare(model, splits)``, where that was done before; it takes a few seconds.

    Raises:
        UserError: there are no examples, or the network has no hidden layer.
    """
    if not examples:
        raise UserError(QT_TRANSLATE_NOOP("core", "There is nothing to learn from: no drawings."))
    with one_thread():
        yield TeachingProgress(0.0)
        if prepared is None or prepared.model is not model:
            prepared = prepare(model, splits)
        started = time.perf_counter()
        pupil = Pupil(prepared, examples, seed)
        own = pupil.examples
        labels = own.labels.numpy()
        before = right(*_scores(model, own.logits, examples), own.labels)
        after = np.zeros_like(before)
        everything = np.arange(len(labels))
        parts = folds(labels, FOLDS, seed)
        learned = yield from _progress(pupil.learn(everything), 0, len(parts) + 1)
        share = share_kept(learned, prepared.validation)
        for number, part in enumerate(parts, start=1):
            learning = pupil.learn(np.setdiff1d(everything, part))
            others = yield from _progress(learning, number, len(parts) + 1)
            aside = own.some(torch.from_numpy(part))
            logits = others.softer(share).logits(aside)
            templates = templates_of(model, [examples[i] for i in np.setdiff1d(everything, part)])
            taught = replace(model, templates=templates)
            scores = _scores(taught, logits, [examples[index] for index in part])
            after[part] = right(*scores, aside.labels)
        kept_because = None
        if share == 0:
            kept_because = FORGETS
        elif parts and after.sum() < before.sum():
            kept_because = READS_WORSE
        neurons = learned.softer(share)
        test, validation = prepared.test, prepared.validation
        mnist_before = score_of(test.logits, test)
        mnist_after = score_of(neurons.logits(test), test)
        own_before = score(int(before.sum()), len(before)) if parts else None
        own_after = score(int(after.sum()), len(after)) if parts else None
        if kept_because is None:
            counts = np.bincount(labels, minlength=CLASSES + 1).tolist()
            lesson = Lesson(tuple(counts), model.sha256, own_before, own_after)
            measured = Measurement(splits.name, "test", splits.test.sha256, mnist_after)
            said = F.softmax(neurons.logits(validation), dim=1).numpy()
            model = replace(
                with_neurons(model, neurons),
                measurements=(measured,),
                temperature=fitted_temperature(said, validation.labels.numpy()),
                lessons=(*model.lessons, lesson),
                templates=templates_of(model, examples),
            )
        yield TeachingProgress(1.0)
        yield TeachingDone(
            model=model,
            kept_because=kept_because,
            taught=len(examples),
            seconds=time.perf_counter() - started,
            before=own_before,
            after=own_after,
            mnist_before=mnist_before,
            mnist_after=mnist_after,
        )


def templates_of(model: Model, examples: Sequence[Example]) -> Templates:
    """What the model knows of its writer, and the examples that were drawn."""
    digits = [(one.drawing, one.label) for one in examples if one.label != NO_DIGIT]
    return model.templates.with_drawings(
        [(drawing, label) for drawing, label in digits if drawing is not None]
    )


def _scores(model: Model, logits: Tensor, examples: Sequence[Example]) -> tuple[Tensor, Array]:
    """(n, 10), calibrated, of examples as they will be read; (n,) log odds that each is a digit."""
    support, odds = model.judge([one.drawing for one in examples])
    return logits / model.temperature + torch.from_numpy(support), odds


def _progress(
    learning: Generator[float, None, Neurons], number: int, rounds: int
) -> Generator[TeachingProgress, None, Neurons]:
    """Hand on how much is done, as a part of all rounds."""
    while True:
        try:
            share = next(learning)
        except StopIteration as end:
            neurons: Neurons = end.value
            return neurons
        yield TeachingProgress((number + share) / rounds)
