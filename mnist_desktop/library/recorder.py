"""A run is kept, whatever happens to the library, and its training never ends for that."""

from __future__ import annotations

import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path

from mnist_desktop.errors import UserError
from mnist_desktop.learning.data.splits import Splits
from mnist_desktop.learning.settings.config import TrainingConfig
from mnist_desktop.learning.train.events import EpochDone, Event, RunDone
from mnist_desktop.library.database import BUSY, Library, as_library_error
from mnist_desktop.library.recovery import discard, fallback_files
from mnist_desktop.library.run_record import RunRecord
from mnist_desktop.library.run_store import LibraryStore, RunGoneError, RunStore
from mnist_desktop.texts import QT_TRANSLATE_NOOP, Translate, joined, untranslated

KEPT_ELSEWHERE = QT_TRANSLATE_NOOP("core", "Meanwhile the run is kept in {folder}.")
IN_MEMORY = QT_TRANSLATE_NOOP(
    "core", "Meanwhile the run is kept in memory only: save the model before you close the window."
)
WRITTEN_ANEW = QT_TRANSLATE_NOOP("core", "All of the run was written there once more.")
WELL_AGAIN = QT_TRANSLATE_NOOP(
    "core", "The library can be written again, and all of the run is in it."
)

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

    def text(self, translate: Translate = untranslated) -> str:
        """Both, for a person; their templates passed through ``translate``."""
        remedy = self.remedy.text(translate)
        if self.fault is None:
            return remedy
        fault = translate("core", "{fault}.").format(fault=self.fault.text(translate).rstrip(".。"))
        return joined(fault, remedy, translate)


class RunRecorder:
    """Takes the events of a run, in any thread, but in one at a time. To be closed; a run that has
    not ended can then be resumed.

    The run goes into its library, one transaction an epoch. While that cannot be written, it goes
    into a run file elsewhere; while that cannot be written either, it stays in memory. At each
    later epoch both are tried again.

    Attributes:
        run: what it has come to.
        is_kept: all up to the last finished epoch is written somewhere.
    """

    def __init__(self, run: RunRecord, home: LibraryStore) -> None:
        self.run = run
        self.is_kept = True
        self._home = home
        self._fallback: RunStore | None = None
        self._fault: UserError | None = None
        self._report: KeepingProblem | None = None
        self._circumstances: tuple[str, Path | None] | None = None
        self._next_try = 0.0

    @classmethod
    def begin(
        cls, library: Library, config: TrainingConfig, splits: Splits, name: str = ""
    ) -> RunRecorder:
        """A new run. What is wrong with the library, the first ``take`` reports."""
        recorder = cls(RunRecord.begin(name, config, splits), LibraryStore(library))
        recorder._report = recorder.retry()
        return recorder

    @classmethod
    def resume(
        cls, library: Library, run_id: int, splits: Splits, more_epochs: int = 0
    ) -> RunRecorder:
        """A run that was interrupted or has ended, to be trained on from its checkpoint.

        Args:
            more_epochs: so many after the last finished one; 0 leaves it at what was asked for
                before.

        Raises:
            LibraryError: the run is gone or damaged, another window trains it, it was trained on
                other pictures, or the library cannot be written.
        """
        try:
            home, run = LibraryStore.resume(library, run_id, splits, more_epochs)
        except (sqlite3.Error, OSError) as fault:
            raise as_library_error(library.path, fault) from fault
        return cls(run, home)

    @property
    def run_id(self) -> int | None:
        """The run's number in the library; None while not all of it is there."""
        return None if self._fault else self._home.run_id

    @property
    def path(self) -> Path | None:
        """The file in which all of the run is; None while it is in memory only."""
        if self._fault is None:
            return self._home.path
        return self._fallback.path if self._fallback and self.is_kept else None

    def take(self, event: Event) -> KeepingProblem | None:
        """The next event, and what a person should know: only when it is not as it was before."""
        self.run.add(event)
        if isinstance(event, EpochDone | RunDone):
            self._report = self._keep(is_due=isinstance(event, RunDone)) or self._report
        report, self._report = self._report, None
        return report

    def retry(self) -> KeepingProblem | None:
        """Try to write what is not written yet, without waiting for the next epoch."""
        return self._keep(is_due=True)

    def close(self) -> None:
        """Write no more; a second time does nothing."""
        self._home.close()
        if self._fallback is not None:
            self._fallback.close()

    def _keep(self, *, is_due: bool) -> KeepingProblem | None:
        """Write what there is, and tell what is not as it was before.

        Args:
            is_due: whatever has failed is tried again, though that may take long.
        """
        began = time.monotonic()
        is_due = is_due or self._fault is None or began >= self._next_try
        gone = self._write_home() if is_due else None
        if self._fault is None:
            self._leave_fallback()
            self.is_kept = True
        elif is_due or self.is_kept:
            self.is_kept = self._write_elsewhere()
            if is_due and self._home.patience:  # else the wait was for another window, once
                self._next_try = time.monotonic() + REST * (time.monotonic() - began)
        return self._news(gone)

    def _write_home(self) -> UserError | None:
        """The fault of a run that was no longer there, and is there once more."""
        self._fault = gone = self._fault_of(self._home)
        if not isinstance(gone, RunGoneError):
            return None
        self._home.close()
        self._home = LibraryStore(self._home.library)
        self._fault = self._fault_of(self._home)
        return gone if self._fault is None else None

    def _write_elsewhere(self) -> bool:
        """Whether there is a place that takes all of the run."""
        if self._fallback is not None and self._fault_of(self._fallback) is None:
            return True
        for path in fallback_files(self._home.path):
            store = RunStore(path)
            if self._fault_of(store) is None:
                self._leave_fallback()
                self._fallback = store
                return True
            store.close()
            discard(path)
        return False

    def _leave_fallback(self) -> None:
        if self._fallback is not None:
            self._fallback.close()
            discard(self._fallback.path)
            self._fallback = None

    def _fault_of(self, store: RunStore) -> UserError | None:
        """What keeps the run from being written there, after another try."""
        try:
            store.write(self.run)
            if self.run.outcome is not None and isinstance(store, LibraryStore):
                store.check(self.run)
        except UNWRITTEN as fault:
            error = as_library_error(store.path, fault)
            if error.template == BUSY and isinstance(store, LibraryStore):
                store.patience = 0.0  # a wait does not come again
            return error
        return None

    def _news(self, gone: UserError | None) -> KeepingProblem | None:
        before, self._circumstances = self._circumstances, None
        if self._fault is None:
            if gone is not None:
                return KeepingProblem(gone, UserError(WRITTEN_ANEW))
            return KeepingProblem(None, UserError(WELL_AGAIN)) if before else None
        folder = self.path.parent if self.path else None
        self._circumstances = self._fault.template, folder
        if self._circumstances == before:
            return None
        remedy = UserError(KEPT_ELSEWHERE, folder=folder) if folder else UserError(IN_MEMORY)
        return KeepingProblem(self._fault, remedy)
