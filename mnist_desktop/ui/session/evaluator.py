"""Measures the model that reads, on what one asks for."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from mnist_desktop.errors import UserError
from mnist_desktop.library.database import Library
from mnist_desktop.progress import Progress
from mnist_desktop.texts import QT_TRANSLATE_NOOP
from mnist_desktop.ui.session.data_set import DataSet, own_split
from mnist_desktop.ui.session.evaluation import Result, Target, evaluate_split, evaluate_strokes
from mnist_desktop.ui.session.people import People
from mnist_desktop.ui.session.reader import Reader
from mnist_desktop.ui.session.shelf import Shelf
from mnist_desktop.ui.session.work import Jobs, Latest

if TYPE_CHECKING:
    from mnist_desktop.learning.recognizer import Recognizer

NOTHING_TAUGHT = QT_TRANSLATE_NOOP("core", "You have taught no digit yet.")


class Evaluator(QObject):
    """One evaluation at a time; the latest wish wins.

    Args:
        people: of whom the one in use has the own digits.
        library: where these are.
        jobs: where the work goes on.

    Attributes:
        result: of the last one; None before the first.

    Signals:
        changed(): ``result`` is another one.
        failed(object): the exception that ended an evaluation.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(
        self,
        parent: QObject,
        *,
        shelf: Shelf,
        reader: Reader,
        data_set: DataSet,
        people: People,
        library: Library,
        jobs: Jobs,
    ) -> None:
        super().__init__(parent)
        self.result: Result | None = None
        self._shelf = shelf
        self._reader = reader
        self._data_set = data_set
        self._people = people
        self._library = library
        self._evaluating = Latest(jobs)

    def evaluate(self, target: Target) -> None:
        """Measure the model that reads."""
        entry, splits = self._shelf.current, self._data_set.splits
        if entry is None:
            return
        name, recognizer = entry.name, entry.recognizer
        person = self._people.current.id
        if isinstance(target, Path):
            work = partial(evaluate_strokes, name, recognizer, target, self._reader.strictness)
        elif target == "mine":
            work = partial(_evaluate_own, name, recognizer, self._library, person)
        elif splits is None:
            return
        else:
            split = splits.test if target == "test" else splits.validation
            work = partial(evaluate_split, name, recognizer, target, split)
        self._evaluating.begin(
            self.tr("Evaluating {name}").format(name=name),
            work,
            self._on_evaluated,
            self.failed.emit,
        )

    def _on_evaluated(self, result: Result) -> None:
        self.result = result
        self.changed.emit()


def _evaluate_own(
    name: str, recognizer: Recognizer, library: Library, profile: int, progress: Progress
) -> Result:
    """Read what a person has taught."""
    own = own_split(library, profile)
    if not len(own):
        raise UserError(NOTHING_TAUGHT)
    return evaluate_split(name, recognizer, "mine", own, progress)
