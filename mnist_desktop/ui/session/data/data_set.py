"""The data set: the one that was opened, with or without one's own digits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
from PySide6.QtCore import QObject, Signal

from mnist_desktop.ink import SIDE
from mnist_desktop.learning.data.own_digits import with_own
from mnist_desktop.learning.data.splits import DIGIT_NAMES, Split
from mnist_desktop.library.database import Library
from mnist_desktop.library.taught import read_taught
from mnist_desktop.ui.session.teach.my_digits import picture_of
from mnist_desktop.ui.session.work import Latest

if TYPE_CHECKING:
    from mnist_desktop.learning.data.splits import Splits
    from mnist_desktop.ui.session.session import Session

Own = Literal["none", "join", "alone"]


class DataSet(QObject):
    """What is trained, shown and evaluated on.

    Attributes:
        splits: None until there are some.
        own: whether the digits that the person in use has taught are not in it, join it, or are all
            there is in it.

    Signals:
        changed(): there is another one.
        settled(): what was asked for is there, or has failed, or was cancelled.
    """

    changed = Signal()
    settled = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.splits: Splits | None = None
        self.own: Own = "none"
        self._opened: Splits | None = None
        self._people = session.people
        self._library = session.library
        self._making = Latest(session.jobs)

    def take(self, splits: Splits) -> None:
        """Use another one, without one's own digits."""
        self._making.cancel()
        self._opened = splits
        self._show(splits, "none")

    def use_own(self, own: Own) -> None:
        """Use it with one's own digits, as they are now; or without."""
        opened, person = self._opened, self._people.current.id
        if opened is None:
            return
        if own == "none":
            self.take(opened)
            return

        job = self._making.begin(
            self.tr("Taking your digits"),
            lambda _: with_own(opened, own_split(self._library, person), own),
            lambda splits: self._show(splits, own),
        )
        job.ended.connect(self.settled)

    def _show(self, splits: Splits, own: Own) -> None:
        self.splits, self.own = splits, own
        self.changed.emit()


def class_names(splits: Splits | None) -> tuple[str, ...]:
    """What the labels 0 to 9 of a data set stand for; the digits where there is none."""
    return DIGIT_NAMES if splits is None else splits.class_names


def own_split(library: Library, profile: int) -> Split:
    """The digits from 0 to 9 that a person has taught.

    Raises:
        LibraryError: the library cannot be read.
    """
    digits = [one for one in read_taught(library, profile) if one.label]
    pictures = np.array([picture_of(one) for one in digits], dtype=np.uint8)
    labels = np.array([int(one.label) for one in digits], dtype=np.uint8)
    return Split(pictures.reshape(-1, SIDE, SIDE), labels)
