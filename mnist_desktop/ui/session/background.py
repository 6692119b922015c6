"""Work that would hold up the window, in a thread of its own, with progress and a way to cancel."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QThread, Signal, Slot

from mnist_desktop.progress import Cancelled, Progress

Work = Callable[[Progress], Any]
"""Does something long; it calls the progress now and then, which raises ``Cancelled``."""

REPORT_SECONDS = 1 / 20


class Task(QObject):
    """One piece of work. Its signals arrive in the thread in which it was made.

    After ``cancel`` none of them comes any more, even if the work was just done.

    Signals:
        progressed(float): the part that is done, 0 to 1; at most 20 times a second.
        succeeded(object): what the work returned.
        failed(object): the exception that ended it.
        finished(): the thread is at its end, however it came to it.
    """

    progressed = Signal(float)
    succeeded = Signal(object)
    failed = Signal(object)
    finished = Signal()

    def __init__(self, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cancelled = False
        self._thread = _WorkThread(work, self)
        self._thread.progressed.connect(self._on_progressed)
        self._thread.succeeded.connect(self._on_succeeded)
        self._thread.failed.connect(self._on_failed)
        self._thread.finished.connect(self.finished)

    def start(self) -> None:
        """Begin."""
        self._thread.start(QThread.Priority.LowPriority)

    def cancel(self) -> None:
        """Ask the work to end at its next report; nothing more is heard of it."""
        self._cancelled = True
        self._thread.requestInterruption()

    def wait(self) -> None:
        """Return when the thread has ended."""
        self._thread.wait()

    # These run in the receiver's thread, where a signal that was already under way when the task
    # was cancelled can still be held back.
    @Slot(float)
    def _on_progressed(self, done: float) -> None:
        if not self._cancelled:
            self.progressed.emit(done)

    @Slot(object)
    def _on_succeeded(self, result: object) -> None:
        if not self._cancelled:
            self.succeeded.emit(result)

    @Slot(object)
    def _on_failed(self, fault: object) -> None:
        if not self._cancelled:
            self.failed.emit(fault)


class _WorkThread(QThread):
    progressed = Signal(float)
    succeeded = Signal(object)
    failed = Signal(object)

    def __init__(self, work: Work, parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._reported = 0.0

    def run(self) -> None:
        try:
            result = self._work(self._report)
        except Cancelled:
            return
        except Exception as fault:  # noqa: BLE001 - handed to the GUI thread, which shows or logs it
            self.failed.emit(fault)
        else:
            self.succeeded.emit(result)

    def _report(self, done: float) -> None:
        if self.isInterruptionRequested():
            raise Cancelled
        now = time.monotonic()
        if now - self._reported >= REPORT_SECONDS:
            self._reported = now
            self.progressed.emit(done)
