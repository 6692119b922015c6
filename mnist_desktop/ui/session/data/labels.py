"""What a person says that pictures of the data set show: beside the data set, never in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from mnist_desktop.learning.data.splits import Split
from mnist_desktop.library.labels import keep_labels, read_labels
from mnist_desktop.progress import Progress
from mnist_desktop.ui.session.data.specimen import SPLITS
from mnist_desktop.ui.session.work import Latest
from mnist_desktop.ui.session.write_queue import WriteQueue

if TYPE_CHECKING:
    from mnist_desktop.ui.session.session import Session

Corrected = dict[str, dict[int, int]]
"""Labels by the names of splits, and by the indices of pictures in them."""


class Labels(QObject):
    """Corrected labels of the data set. They hold at once, and are written in the background.

    Attributes:
        corrected: those that differ from what the data set says. Empty until ``read``.
        writes: what is still to be written.

    Signals:
        changed(): ``corrected`` is another one.
    """

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.corrected: Corrected = {}
        self.writes = WriteQueue(session.jobs, self, tries_again=True)
        self._data_set = session.data_set
        self._library = session.library
        self._reading = Latest(session.jobs)
        self._is_read = False
        self._undoes: list[tuple[str, int, int | None]] = []
        self._data_set.changed.connect(self._on_other_data)

    @property
    def can_undo(self) -> bool:
        """Whether there is a correction of this data set to be taken back."""
        return bool(self._undoes)

    @property
    def count(self) -> int:
        """How many pictures are corrected."""
        return sum(map(len, self.corrected.values()))

    def read(self) -> None:
        """See which there are, if that is not known yet."""
        splits = self._data_set.splits
        if self._is_read or splits is None:
            return
        self._is_read = True

        def work(progress: Progress) -> Corrected:
            found = {}
            for done, name in enumerate(SPLITS):
                progress(done / len(SPLITS))
                found[name] = read_labels(self._library, getattr(splits, name).sha256)
            return found

        self._reading.begin(self.tr("Reading corrected labels"), work, self._on_read)

    def correct(self, split: str, index: int, label: int | None) -> None:
        """Say what a picture shows, 0 to 9; None, or what the data set says, for that again."""
        before = self.corrected.get(split, {}).get(index)
        if self._set(split, index, label):
            self._undoes.append((split, index, before))
            self.changed.emit()

    def undo(self) -> None:
        """Take the last correction back."""
        if self._undoes:
            self._set(*self._undoes.pop())
            self.changed.emit()

    def _set(self, split: str, index: int, label: int | None) -> bool:
        """Whether that was something new."""
        splits = self._data_set.splits
        if splits is None:
            return False
        part: Split = getattr(splits, split)
        if label == part.labels[index]:
            label = None
        corrected = self.corrected.setdefault(split, {})
        if corrected.get(index) == label:
            return False
        if label is None:
            del corrected[index]
        else:
            corrected[index] = label
        self.writes.add(
            self.tr("Keeping the label"),
            lambda: keep_labels(self._library, part.sha256, {index: label}),
        )
        return True

    def _on_read(self, found: Corrected) -> None:
        # What was said in the meantime is newer.
        for split, labels in self.corrected.items():
            found[split] |= labels
        self.corrected = found
        self.changed.emit()

    @Slot()
    def _on_other_data(self) -> None:
        self.corrected = {}
        self._undoes.clear()
        self.changed.emit()
        if self._is_read:  # somebody looks at them
            self._is_read = False
            self.read()
