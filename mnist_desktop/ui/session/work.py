"""Work that would hold up the window: each piece in a thread, with progress and a way to cancel."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QThread, Signal, Slot

from mnist_desktop.progress import Cancelled, Progress

Work = Callable[[Progress], Any]
"""Does something long; it calls the progress now and then, which raises ``Cancelled``."""

REPORT_SECONDS = 1 / 20


def ignore(_result: object) -> None:
    """Do nothing with what comes of a job, be it a result or a fault."""


class Job(QThread):
    """One piece of work, in a thread of its own, with a name that people read.

    Attributes:
        title: what is being done, as in "Opening mnist.pkl.gz".
        done: the part that is done, 0 to 1.
        is_cancelled: it is to end; nothing more is heard of it, unless it is a lasting one.
        is_over: what comes of it has come, though its thread may not have ended.
        can_be_cancelled: whether a person may do so; not where nothing would come instead of it.

    Signals:
        progressed(): ``done`` has grown, at most 20 times a second; or it was cancelled.
        ended(object): the job; its thread is at its end, however it came to it.
    """

    progressed = Signal()
    ended = Signal(object)
    _reported = Signal(float)
    _came = Signal(bool, object)

    def __init__(
        self,
        title: str,
        work: Work,
        on_success: Callable[[Any], None],
        on_failure: Callable[[Exception], None],
        parent: QObject,
        *,
        is_lasting: bool,
        can_be_cancelled: bool,
    ) -> None:
        super().__init__(parent)
        self.title = title
        self.can_be_cancelled = can_be_cancelled
        self.done = 0.0
        self.is_cancelled = False
        self.is_over = False
        self._is_lasting = is_lasting
        self._began = time.monotonic()
        self._last_report = 0.0
        self._work = work
        self._on_success = on_success
        self._on_failure = on_failure
        self._reported.connect(self._on_reported)
        self._came.connect(self._on_came)
        self.finished.connect(self._on_finished)

    @property
    def seconds_left(self) -> float | None:
        """At the present pace; None while there is none yet."""
        seconds = time.monotonic() - self._began
        return seconds * (1 - self.done) / self.done if self.done > 0 and seconds > 0.5 else None

    def cancel(self) -> None:
        """Ask the work to end at its next report, and hear nothing more of it.

        What a lasting job has done by then stays done, and is heard of.
        """
        self.is_cancelled = True
        self.requestInterruption()
        if not self._is_lasting:
            self._let_go()
        self.progressed.emit()

    def run(self) -> None:
        """What the thread does."""
        try:
            result = self._work(self._report)
        except Cancelled:
            return
        except Exception as fault:  # noqa: BLE001 - handed to the GUI thread, which shows or logs it
            self._came.emit(False, fault)
        else:
            self._came.emit(True, result)

    def _report(self, done: float) -> None:
        if self.isInterruptionRequested():
            raise Cancelled
        now = time.monotonic()
        if now - self._last_report >= REPORT_SECONDS:
            self._last_report = now
            self._reported.emit(done)

    @Slot(float)
    def _on_reported(self, done: float) -> None:
        if not self.is_cancelled:
            self.done = done
            self.progressed.emit()

    # A result that was on its way when the job was cancelled finds that nobody asks for it.

    @Slot(bool, object)
    def _on_came(self, is_result: bool, what: Any) -> None:
        self.is_over = True
        (self._on_success if is_result else self._on_failure)(what)

    @Slot()
    def _on_finished(self) -> None:
        self.is_over = True
        self._let_go()
        self._work = ignore  # which knows who asked for it, too
        self.ended.emit(self)

    def _let_go(self) -> None:
        """Forget who asked for the work.

        That may be the job's own owner. If this were the last reference to it, the end of the job
        would destroy the owner, and the owner the job.
        """
        self._on_success = self._on_failure = ignore


class Jobs(QObject):
    """All that is going on, the newest last.

    Signals:
        changed(): a job has begun, has ended, was cancelled, or has come further.
        failed(object): an exception that a person should hear of: what ended a job that has no
            ``on_failure``, or why another thing could not be done.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.running: list[Job] = []
        self._is_over = False

    @property
    def newest(self) -> Job | None:
        """Of those that were not cancelled; None where there is none."""
        return next((job for job in reversed(self.running) if not job.is_cancelled), None)

    def begin(
        self,
        title: str,
        work: Work,
        on_success: Callable[[Any], None] = ignore,
        on_failure: Callable[[Exception], None] | None = None,
        *,
        is_lasting: bool = False,
        can_be_cancelled: bool = True,
    ) -> Job:
        """Start work in a thread; one of the two callables gets what comes of it, in this one.

        Neither is called if the job is cancelled, but for one that is lasting: what that has
        changed by then stays changed, so its result is handed over. After ``shut_down`` nothing
        begins any more, and the job is one that was cancelled.

        Args:
            on_failure: instead of ``failed``, which tells people.
        """
        job = Job(
            title,
            work,
            on_success,
            on_failure or self.failed.emit,
            self,
            is_lasting=is_lasting,
            can_be_cancelled=can_be_cancelled,
        )
        if self._is_over:
            job.cancel()
            return job
        job.progressed.connect(self.changed)
        job.ended.connect(self._on_ended)
        self.running.append(job)
        job.start(QThread.Priority.LowPriority)
        self.changed.emit()
        return job

    def shut_down(self) -> None:
        """End everything. Returns when the threads have ended.

        What is still on its way to the session's parts may make them ask for more.
        """
        self._is_over = True
        for job in self.running:
            job.cancel()
        for job in self.running:
            job.wait()

    @Slot(object)
    def _on_ended(self, job: Job) -> None:
        self.running.remove(job)
        job.deleteLater()
        self.changed.emit()


class Latest:
    """A place for one piece of work, where the latest wish takes the place of the one before."""

    def __init__(self, jobs: Jobs) -> None:
        self._jobs = jobs
        self._job: Job | None = None

    @property
    def is_busy(self) -> bool:
        """Whether something is still to come of it."""
        return self._job is not None and not (self._job.is_cancelled or self._job.is_over)

    def begin(
        self,
        title: str,
        work: Work,
        on_success: Callable[[Any], None] = ignore,
        on_failure: Callable[[Exception], None] | None = None,
        *,
        can_be_cancelled: bool = True,
    ) -> Job:
        """Start work, as ``Jobs.begin`` does; nothing more is heard of what was begun before."""
        self.cancel()
        self._job = self._jobs.begin(
            title, work, on_success, on_failure, can_be_cancelled=can_be_cancelled
        )
        return self._job

    def cancel(self) -> None:
        """Hear nothing more of what was begun."""
        if self._job is not None and self.is_busy:
            self._job.cancel()
        self._job = None
