"""A run is kept, whatever happens to the library, and its training never ends for that."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from mnist_desktop.errors import UserError
from mnist_desktop.learning.config import TrainingConfig
from mnist_desktop.learning.events import Change, EpochDone, Event, RunDone
from mnist_desktop.learning.splits import Splits
from mnist_desktop.library.database import BUSY, BUSY_SECONDS, Library, LibraryError
from mnist_desktop.library.recorder import RunGoneError, RunRecorder
from mnist_desktop.library.rescue import as_library_error, discard, rescue_libraries

KEPT_ELSEWHERE = "Until then the run is kept in {folder}."
IN_MEMORY = "Until then the run is kept in memory only: save the model before you close the window."
WRITTEN_ANEW = "All of the run was written there once more."
WELL_AGAIN = "The library can be written again, and all of the run is in it."

UNWRITTEN = (UserError, sqlite3.Error, OSError, MemoryError)
"""What a library that cannot be written comes up with."""

REST = 20
"""After tries that failed, so many times as long as they took goes by before the next ones."""


@dataclass(frozen=True)
class KeepingProblem:
    """Something else holds now for where a run is kept.

    Attributes:
        fault: what happened; None when all is well again.
        remedy: what was done about it, and what is left to do.
    """

    fault: UserError | None
    remedy: UserError

    def text(self, translate: Callable[[str], str] = str) -> str:
        """Both, for a person; their templates passed through ``translate``."""
        parts = [self.fault.text(translate).rstrip(".") + "."] if self.fault else []
        return " ".join([*parts, self.remedy.text(translate)])


class Keeper:
    """Takes the events of a run, in any thread, but in one at a time. To be closed.

    While the run's library cannot be written, the run goes into a rescue library; while that cannot
    be written either, it stays in memory. At each later epoch both are tried again.

    Attributes:
        is_kept: all up to the last finished epoch is written somewhere.
        library: where the run is, or was last written.
    """

    def __init__(self, recorder: RunRecorder) -> None:
        self._home = recorder
        self._rescue: RunRecorder | None = None
        self._latest = recorder
        self._fault: UserError | None = None
        self._report: KeepingProblem | None = None
        self._circumstances: tuple[str, Path | None] | None = None
        self._may_wait = True
        self._next_try = 0.0
        self._is_over = False
        self.is_kept = True

    @classmethod
    def begin(
        cls, library: Library, config: TrainingConfig, splits: Splits, name: str = ""
    ) -> Keeper:
        """A new run. What is wrong with the library, the first ``take`` reports."""
        keeper = cls(RunRecorder.unattached(library, config, splits, name))
        keeper._report = keeper.retry()
        return keeper

    @classmethod
    def go_on(
        cls, library: Library, run_id: int, splits: Splits, config: TrainingConfig | None = None
    ) -> Keeper:
        """A run that was interrupted or has ended, to be trained on from its ``latest_state``.

        Raises:
            LibraryError: the run is gone, another window trains it, it was trained on other
                pictures, or the library cannot be written.
        """
        try:
            return cls(RunRecorder.go_on(library, run_id, splits, config))
        except (sqlite3.Error, OSError) as fault:
            raise as_library_error(library, fault) from fault

    @property
    def library(self) -> Library:
        return self._latest.library

    @property
    def run_id(self) -> int | None:
        """The run's number in that library; None before it is written for the first time."""
        try:
            return self._latest.run_id
        except LibraryError:
            return None

    def take(self, event: Event) -> KeepingProblem | None:
        """The next event, and what a person should know: only when it is not as it was before."""
        self._home.take(event)
        if isinstance(event, EpochDone | RunDone):
            self._is_over = isinstance(event, RunDone)
            self._report = self._keep(is_due=self._is_over) or self._report
        report, self._report = self._report, None
        return report

    def log(self, text: str) -> None:
        """Put a line into the run's log, with the next epoch or the end of the run."""
        self._home.log(text)

    def change(self, change: Change, config: TrainingConfig) -> None:
        """Note a setting that was changed, with the next epoch or the end of the run."""
        self._home.change(change, config)

    def retry(self) -> KeepingProblem | None:
        """Try to write what is not written yet, without waiting for the next epoch."""
        return self._keep(is_due=True)

    def close(self) -> None:
        """Write no more; a second time does nothing."""
        self._home.close()
        if self._rescue is not None:
            self._rescue.close()

    def _keep(self, *, is_due: bool) -> KeepingProblem | None:
        """Write what there is, and tell what is not as it was before.

        Args:
            is_due: whatever has failed is tried again, though that may take long.
        """
        began, could_wait = time.monotonic(), self._may_wait
        is_due = is_due or self._fault is None or began >= self._next_try
        gone = None
        if is_due:
            gone = self._write_home()
        if self._fault is None:
            self._leave_rescue()
            self.is_kept = self._may_wait = True
        else:
            self.is_kept = self._write_elsewhere(is_due=is_due)
            if is_due and self._may_wait == could_wait:  # a wait does not come again
                self._next_try = time.monotonic() + REST * (time.monotonic() - began)
        return self._news(gone)

    def _write_home(self) -> RunGoneError | None:
        """The fault of a run that was no longer there, and is there once more."""
        self._fault = self._fault_of(self._home)
        gone = self._fault
        if isinstance(gone, RunGoneError):
            self._home.close()
            self._home = self._home.copy(self._home.library)
            self._fault = self._fault_of(self._home)
        if self._fault is not None:
            return None
        self._latest = self._home
        return gone if isinstance(gone, RunGoneError) else None

    def _write_elsewhere(self, *, is_due: bool) -> bool:
        """Whether there is a place that takes all of the run."""
        if not is_due and not self.is_kept:
            return False
        if self._rescue is not None and self._fault_of(self._rescue) is None:
            self._latest = self._rescue
            return True
        for library in rescue_libraries(self._home.library):
            recorder = self._home.copy(library)
            if self._fault_of(recorder) is None:
                self._leave_rescue()
                self._rescue = self._latest = recorder
                return True
            recorder.close()
            discard(library)
        return False

    def _leave_rescue(self) -> None:
        if self._rescue is not None:
            self._rescue.close()
            discard(self._rescue.library)
            self._rescue = None

    def _fault_of(self, recorder: RunRecorder) -> UserError | None:
        """What keeps the run from being written there, after another try."""
        library = recorder.library
        try:
            if not self._may_wait and _is_locked(library):
                return LibraryError(library.path, BUSY, seconds=BUSY_SECONDS)
            recorder.flush()
            if self._is_over:
                recorder.check()
        except UNWRITTEN as fault:
            error = as_library_error(library, fault)
            if error.template == BUSY:
                self._may_wait = False
            return error
        return None

    def _news(self, gone: RunGoneError | None) -> KeepingProblem | None:
        before, self._circumstances = self._circumstances, None
        if self._fault is None:
            if gone is not None:
                return KeepingProblem(gone, UserError(WRITTEN_ANEW))
            return KeepingProblem(None, UserError(WELL_AGAIN)) if before else None
        folder = self.library.path.parent if self.is_kept else None
        self._circumstances = self._fault.template, folder
        if self._circumstances == before:
            return None
        remedy = UserError(KEPT_ELSEWHERE, folder=folder) if folder else UserError(IN_MEMORY)
        return KeepingProblem(self._fault, remedy)


def _is_locked(library: Library) -> bool:
    """Whether something else keeps a library from being written at this moment."""
    address = f"{library.path.absolute().as_uri()}?mode=rw"
    try:
        with closing(
            sqlite3.connect(address, timeout=0, isolation_level=None, uri=True)
        ) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
    except sqlite3.Error as fault:
        return "locked" in str(fault)
    return False
