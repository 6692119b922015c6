"""Corrections are kept in the library, and forgotten when they are undone."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from PySide6.QtCore import QObject, Signal, Slot

from mnist_desktop.ink.correction import Correction
from mnist_desktop.library import taught
from mnist_desktop.library.database import Library, LibraryError
from mnist_desktop.progress import Progress
from mnist_desktop.ui.session.work import Job, Jobs


class Corrections(QObject):
    """Writes what a person says of what was read, in the background.

    One piece of work at a time, so that a correction is in the library before it is undone there.
    A drawing that is cleared away keeps its corrections; only what is undone itself goes. What has
    no lesson for a network is not kept.

    Args:
        library: where they are kept.
        jobs: where the work goes on.

    Attributes:
        count: how many are kept, of all days; None until one has been.

    Signals:
        changed(): there are more, or fewer.
        failed(object): the exception because of which one could not be kept.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(self, library: Library, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.count: int | None = None
        self._library = library
        self._jobs = jobs
        self._job: Job | None = None
        self._ids: dict[Correction, int] = {}
        self._new: list[Correction] = []
        self._old: list[Correction] = []

    def finish(self) -> None:
        """Write what is not written yet, when nothing goes on in the background any more."""
        new, old = self._new, self._old
        self._new, self._old = [], []
        if new or old:
            with suppress(LibraryError):  # nobody is there any more to hear of it
                self._write(new, old)

    @Slot(object, object)
    def change(self, new: Sequence[Correction], old: Sequence[Correction]) -> None:
        """Keep these, and forget those, which hold no more."""
        new, old = _with_lesson(new), _with_lesson(old)
        # What was taken back before it was written was never there.
        self._old += [one for one in old if one not in self._new]
        self._new = [one for one in self._new if one not in old]
        for one in new:
            if one in self._old:
                self._old.remove(one)
            else:
                self._new.append(one)
        self._begin()

    def _begin(self) -> None:
        if self._job is not None or not (self._new or self._old):
            return
        new, old = self._new, self._old
        self._new, self._old = [], []

        def work(_progress: Progress) -> int:
            return self._write(new, old)

        self._job = self._jobs.begin(
            self.tr("Keeping the correction"),
            work,
            self._on_kept,
            self.failed.emit,
            is_lasting=True,
        )
        self._job.ended.connect(self._on_ended)

    def _write(self, new: list[Correction], old: list[Correction]) -> int:
        """Also in a thread, of which there is one at a time."""
        gone = [self._ids[one] for one in old if one in self._ids]
        ids = taught.keep(self._library, new, gone)
        self._ids |= dict(zip(new, ids, strict=True))
        for one in old:
            self._ids.pop(one, None)
        return taught.count(self._library)

    def _on_kept(self, count: int) -> None:
        self.count = count
        self.changed.emit()

    @Slot()
    def _on_ended(self) -> None:
        self._job = None
        self._begin()


def _with_lesson(corrections: Sequence[Correction]) -> list[Correction]:
    return [one for one in corrections if one.lesson is not None]
