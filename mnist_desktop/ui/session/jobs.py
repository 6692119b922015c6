"""The pieces of work that go on in the background."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from mnist_desktop.ui.session.background import Task, Work


class Job(QObject):
    """One piece of work with a name that people read.

    Attributes:
        title: what is being done, as in "Opening mnist.pkl.gz".
        done: the part that is done, 0 to 1.
    """

    progressed = Signal()
    ended = Signal(object)

    def __init__(
        self,
        title: str,
        work: Work,
        on_success: Callable[[Any], None],
        on_failure: Callable[[Exception], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.title = title
        self.done = 0.0
        self._began = time.monotonic()
        self._on_success = on_success
        self._on_failure = on_failure
        self._task = Task(work, self)
        self._task.progressed.connect(self._on_progressed)
        self._task.succeeded.connect(self._on_succeeded)
        self._task.failed.connect(self._on_failed)
        self._task.finished.connect(self._on_finished)
        self._task.start()

    @property
    def seconds_left(self) -> float | None:
        """At the present pace; None while there is none yet."""
        seconds = time.monotonic() - self._began
        return seconds * (1 - self.done) / self.done if self.done > 0 and seconds > 0.5 else None

    def cancel(self) -> None:
        """Nothing more is heard of the work, which ends when it next reports."""
        self._task.cancel()
        self._let_go()

    def wait(self) -> None:
        """Return when the work has ended."""
        self._task.wait()

    @Slot(float)
    def _on_progressed(self, done: float) -> None:
        self.done = done
        self.progressed.emit()

    @Slot(object)
    def _on_succeeded(self, result: object) -> None:
        self._on_success(result)

    @Slot(object)
    def _on_failed(self, fault: Exception) -> None:
        self._on_failure(fault)

    @Slot()
    def _on_finished(self) -> None:
        self._let_go()
        self.ended.emit(self)

    def _let_go(self) -> None:
        """Forget who asked for the work.

        That may be the job's own owner. If this were the last reference to it, the end of the job
        would destroy the owner, and the owner the job.
        """
        self._on_success = self._on_failure = _ignore


def _ignore(_result: object) -> None:
    pass


class Jobs(QObject):
    """All that is going on, the newest last.

    Signals:
        changed(): a job has begun, has ended, or has come further.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.running: list[Job] = []

    def begin(
        self,
        title: str,
        work: Work,
        on_success: Callable[[Any], None],
        on_failure: Callable[[Exception], None],
    ) -> Job:
        """Start work in a thread; one of the two callables gets what comes of it, in this one.

        Neither is called if the job is cancelled.
        """
        job = Job(title, work, on_success, on_failure, self)
        job.progressed.connect(self.changed)
        job.ended.connect(self._on_ended)
        self.running.append(job)
        self.changed.emit()
        return job

    def cancel(self, job: Job | None) -> None:
        """Cancel a job, if it has not ended yet."""
        if job in self.running:
            job.cancel()

    def cancel_all(self) -> None:
        """End everything. Returns when the threads have ended."""
        for job in self.running:
            job.cancel()
        for job in self.running:
            job.wait()

    @Slot(object)
    def _on_ended(self, job: Job) -> None:
        self.running.remove(job)
        job.deleteLater()
        self.changed.emit()
