"""Measures the model that reads, or two side by side, on what one asks for."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from mnist_desktop.errors import UserError
from mnist_desktop.ink.strokes_file import read_strokes
from mnist_desktop.library.database import Library
from mnist_desktop.progress import Progress, share_of
from mnist_desktop.texts import QT_TRANSLATE_NOOP
from mnist_desktop.ui.session.data.data_set import class_names, own_split
from mnist_desktop.ui.session.evaluate.evaluation import Load, Result, Target, evaluate
from mnist_desktop.ui.session.shelf import Entry
from mnist_desktop.ui.session.work import Latest

if TYPE_CHECKING:
    from mnist_desktop.ink.strokes import LabelledDrawing
    from mnist_desktop.learning.data.splits import Split
    from mnist_desktop.learning.evaluate.robustness import RobustnessCurve
    from mnist_desktop.ui.session.session import Session

NOTHING_TAUGHT = QT_TRANSLATE_NOOP("core", "You have taught no digit yet.")
NOTHING_TO_DISTURB = QT_TRANSLATE_NOOP("core", "There is no single digit to try it with.")


class Evaluator(QObject):
    """One evaluation at a time; the latest wish wins.

    Attributes:
        results: of the last one, for each model; none before the first.
        robustness: of each of these models, once it was tried.

    Signals:
        changed(): ``results`` are others.
        robustness_changed(): ``robustness`` is another one, or ``is_trying``.
    """

    changed = Signal()
    robustness_changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.results: tuple[Result, ...] = ()
        self.robustness: tuple[tuple[RobustnessCurve, ...], ...] = ()
        self._session = session
        self._library = session.library
        self._evaluating = Latest(session.jobs)
        self._trying = Latest(session.jobs)

    @property
    def result(self) -> Result | None:
        """Of the model that read; None before the first evaluation."""
        return self.results[0] if self.results else None

    def evaluate(self, target: Target, rival: Entry | None = None) -> None:
        """Measure the model that reads.

        Args:
            rival: another one to be measured beside it.
        """
        entry = self._session.shelf.current
        load = self._load(target)
        if entry is None or load is None:
            return
        strictness = self._session.reader.strictness
        models = [(one.name, one.recognizer) for one in (entry, rival) if one is not None]
        self._evaluating.begin(
            self.tr("Evaluating {name}").format(name=entry.name),
            partial(evaluate, models, target, load, strictness, names=self._names(target)),
            self._on_evaluated,
        )

    def try_robustness(self) -> None:
        """Have the models of ``results`` read the same pictures, disturbed in many ways."""
        if self.results:
            self._trying.begin(
                self.tr("Disturbing pictures"),
                partial(_robustness, self.results),
                self._on_tried,
            )
            self.robustness_changed.emit()

    @property
    def is_trying(self) -> bool:
        """Whether ``robustness`` is on its way."""
        return self._trying.is_busy

    def _names(self, target: Target) -> tuple[str, ...]:
        """What people draw are digits, whatever the data set is of."""
        is_of_data = target in ("test", "validation")
        return class_names(self._session.data_set.splits if is_of_data else None)

    def _load(self, target: Target) -> Load | None:
        """What fetches a target; None where there is no data set that it could be of."""
        splits = self._session.data_set.splits
        if isinstance(target, Path):
            return partial(_drawings, target)
        if target == "mine":
            return partial(_own, self._library, self._session.people.current.id)
        if splits is None:
            return None
        split = splits.test if target == "test" else splits.validation
        return lambda _progress: split

    def _on_evaluated(self, results: tuple[Result, ...]) -> None:
        self._trying.cancel()
        self.results, self.robustness = results, ()
        self.changed.emit()

    def _on_tried(self, robustness: tuple[tuple[RobustnessCurve, ...], ...]) -> None:
        self.robustness = robustness
        self.robustness_changed.emit()


def _drawings(path: Path, progress: Progress) -> list[LabelledDrawing]:
    return read_strokes(path, lambda _done: progress(0.0))  # to read them is what takes long


def _own(library: Library, profile: int, _progress: Progress) -> Split:
    """What a person has taught."""
    own = own_split(library, profile)
    if not len(own):
        raise UserError(NOTHING_TAUGHT)
    return own


def _robustness(
    results: tuple[Result, ...], progress: Progress
) -> tuple[tuple[RobustnessCurve, ...], ...]:
    from mnist_desktop.learning.evaluate.robustness import robustness

    curves = []
    for number, result in enumerate(results):
        digits = result.digits
        if not len(digits):
            raise UserError(NOTHING_TO_DISTURB)
        watch = share_of(progress, number, len(results))
        curves.append(robustness(result.recognizer.network, digits, watch))
    return tuple(curves)
