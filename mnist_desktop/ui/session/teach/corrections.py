"""What a person teaches is kept in the library, and forgotten when it is undone."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from PySide6.QtCore import QObject, Signal, Slot

from mnist_desktop.ink.correction import Correction
from mnist_desktop.library import taught
from mnist_desktop.library.database import Library, LibraryError
from mnist_desktop.library.profiles import GONE
from mnist_desktop.ui.session.teach.people import People
from mnist_desktop.ui.session.work import Job, Jobs


class Corrections(QObject):
    """Writes what a person says of what was read, in the background.

    One piece of work at a time, so that a correction is in the library before it is undone there.
    A drawing that is cleared away keeps its corrections; only what is undone itself goes. What has
    no lesson for a network is not kept. What the library could not take, as on a full disk, is
    tried again with the next one, and at the end.

    Each belongs to the person who was in use when it was made, whoever is so when it is written, or
    done again.

    Args:
        people: of whom the one in use is the one who writes.

    Signals:
        changed(): there are more, or fewer.
    """

    changed = Signal()

    def __init__(
        self, people: People, library: Library, jobs: Jobs, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._people = people
        self._library = library
        self._jobs = jobs
        self._job: Job | None = None
        self._ids: dict[Correction, int] = {}
        self._owners: dict[Correction, int] = {}
        self._new: list[Correction] = []
        self._old: list[Correction] = []
        self._waits = False

    def finish(self) -> None:
        """Write what is not written yet, when nothing goes on in the background any more."""
        while self._new or self._old:
            with suppress(LibraryError):  # nobody is there any more to hear of it
                self._write(*self._next())

    @Slot(object, object)
    def change(self, new: Sequence[Correction], old: Sequence[Correction]) -> None:
        """Keep these, and forget those, which hold no more."""
        new, old = _with_lesson(new), _with_lesson(old)
        # What was taken back before it was written was never there.
        self._old += [one for one in old if one not in self._new]
        self._new = [one for one in self._new if one not in old]
        for one in new:
            self._owners.setdefault(one, self._people.current.id)
            if one in self._old:
                self._old.remove(one)
            else:
                self._new.append(one)
        self._waits = False
        self._begin()

    @Slot()
    def _begin(self) -> None:
        if self._job in self._jobs.running or self._waits or not (self._new or self._old):
            return
        new, old, profile = self._next()
        self._job = self._jobs.begin(
            self.tr("Keeping the correction"),
            lambda _: self._write(new, old, profile),
            lambda _: self.changed.emit(),
            lambda fault: self._on_failed(fault, new, old),
            is_lasting=True,
        )
        self._job.ended.connect(self._begin)

    def _next(self) -> tuple[list[Correction], list[Correction], int]:
        """What is written in one go: new ones of one person, of whom, and all that is to go."""
        old, self._old = self._old, []
        profile = self._owners[self._new[0]] if self._new else self._people.current.id
        new = [one for one in self._new if self._owners[one] == profile]
        self._new = [one for one in self._new if self._owners[one] != profile]
        return new, old, profile

    def _write(self, new: list[Correction], old: list[Correction], profile: int) -> None:
        """Also in a thread, of which there is one at a time."""
        gone = [self._ids[one] for one in old if one in self._ids]
        ids = taught.keep(self._library, new, gone, profile)
        self._ids |= dict(zip(new, ids, strict=True))
        for one in old:
            self._ids.pop(one, None)

    def _on_failed(
        self, fault: Exception, new: Sequence[Correction], old: Sequence[Correction]
    ) -> None:
        is_gone = isinstance(fault, LibraryError) and fault.template == GONE
        if isinstance(fault, LibraryError) and not is_gone:
            new, old = [*new, *self._new], [*old, *self._old]
            # What was taken back meanwhile, or said again, is as it was.
            self._new = [one for one in new if one not in old]
            self._old = [one for one in old if one not in new]
            self._waits = True
        self._jobs.failed.emit(fault)
        if is_gone:  # in another window: who writes is somebody else now
            self._people.read()


def _with_lesson(corrections: Sequence[Correction]) -> list[Correction]:
    return [one for one in corrections if one.lesson is not None]
