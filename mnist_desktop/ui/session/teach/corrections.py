"""What a person teaches is kept in the library, and forgotten when it is undone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from mnist_desktop.ink.correction import Correction
from mnist_desktop.library import taught
from mnist_desktop.ui.session.write_queue import WriteQueue

if TYPE_CHECKING:
    from mnist_desktop.ui.session.session import Session


class Corrections(QObject):
    """Writes what a person says of what was read, in the background.

    A drawing that is cleared away keeps its corrections; only what is undone itself goes. What has
    no lesson for a network is not kept.

    Each belongs to the person who was in use when it was made, whoever is so when it is written, or
    done again.

    Attributes:
        writes: what is still to be written.

    Signals:
        changed(): there are more, or fewer.
    """

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._people = session.people
        self._library = session.library
        self._ids: dict[Correction, int] = {}
        self._owners: dict[Correction, int] = {}
        self.writes = WriteQueue(session.jobs, self, tries_again=True)
        self.writes.written.connect(self.changed)

    @Slot(object, object)
    def change(self, new: Sequence[Correction], old: Sequence[Correction]) -> None:
        """Keep these, and forget those, which hold no more."""
        gone = _with_lesson(old)
        who_writes = self._people.current.id
        kept: dict[int, list[Correction]] = {}
        for one in _with_lesson(new):
            kept.setdefault(self._owners.setdefault(one, who_writes), []).append(one)
        if gone and not kept:
            kept[who_writes] = []
        for owner, those in kept.items():
            write = partial(self._write, those, gone, owner)
            self.writes.add(self.tr("Keeping the correction"), write)
            gone = []

    def _write(self, new: list[Correction], old: list[Correction], profile: int) -> None:
        """In a thread, one at a time."""
        gone = [self._ids[one] for one in old if one in self._ids]
        ids = taught.keep(self._library, new, gone, profile)
        self._ids |= dict(zip(new, ids, strict=True))
        for one in old:
            self._ids.pop(one, None)


def _with_lesson(corrections: Sequence[Correction]) -> list[Correction]:
    return [one for one in corrections if one.lesson is not None]
