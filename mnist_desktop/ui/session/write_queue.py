"""What a person changes is written to the library in the background, one change after the other."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from mnist_desktop.library.database import LibraryError
from mnist_desktop.library.profiles import GONE
from mnist_desktop.ui.session.work import Job, Jobs


class WriteQueue(QObject):
    """Makes changes in the order in which they were asked for, however fast that is.

    Args:
        tries_again: what the library could not take, as on a full disk, is tried again with the
            next change, and at the end; else it is given up. It is told in any case.

    Signals:
        written(): a change has been made.
        failed(): one could not be made; why is told by then.
    """

    written = Signal()
    failed = Signal()

    def __init__(self, jobs: Jobs, parent: QObject, *, tries_again: bool) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._tries_again = tries_again
        self._changes: deque[tuple[str, Callable[[], object]]] = deque()
        self._job: Job | None = None
        self._waits = False

    @property
    def is_busy(self) -> bool:
        """Whether a change is being made; those that were asked for since come after it."""
        return self._job in self._jobs.running

    def add(self, title: str, change: Callable[[], object]) -> None:
        """Make a change, in a thread, as soon as those before it are made."""
        self._changes.append((title, change))
        self._waits = False
        self._begin()

    def finish(self) -> None:
        """Make what is not made yet, when nothing goes on in the background any more."""
        while self._changes:
            try:
                self._make_next()
            except LibraryError as fault:  # nobody is there any more to hear of it
                if self._is_kept(fault):
                    return

    @Slot()
    def _begin(self) -> None:
        if self._changes and not self._waits and not self.is_busy:
            self._job = self._jobs.begin(
                self._changes[0][0],
                lambda _: self._make_next(),
                lambda _: self.written.emit(),
                self._on_failed,
                is_lasting=True,
                can_be_cancelled=False,
            )
            self._job.ended.connect(self._begin)

    def _make_next(self) -> None:
        """Also in a thread, of which there is one at a time."""
        title, change = self._changes.popleft()
        try:
            change()
        except LibraryError as fault:
            if self._is_kept(fault):
                self._changes.appendleft((title, change))
            raise

    def _is_kept(self, fault: Exception) -> bool:
        """Whether what has failed so is tried again."""
        # For a person who has been deleted, in another window, nothing can be written ever.
        return self._tries_again and isinstance(fault, LibraryError) and fault.template != GONE

    def _on_failed(self, fault: Exception) -> None:
        self._waits = self._is_kept(fault)
        self._jobs.failed.emit(fault)
        self.failed.emit()
