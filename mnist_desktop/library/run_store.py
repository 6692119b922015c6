"""Where a run is written while it goes on: its library, or a run file of its own elsewhere."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import replace
from pathlib import Path

from mnist_desktop.files import identity
from mnist_desktop.learning.data.splits import Splits
from mnist_desktop.learning.settings.config import TrainingConfig
from mnist_desktop.library import rows
from mnist_desktop.library.checks import DamagedRunError
from mnist_desktop.library.database import BUSY_SECONDS, DAMAGED, Library, LibraryError, transaction
from mnist_desktop.library.foreign_file import new_file
from mnist_desktop.library.rows import Written
from mnist_desktop.library.run_locks import RunLock, is_recorded, lock_path
from mnist_desktop.library.run_record import RunRecord
from mnist_desktop.library.runs import GONE, damaged, read_run, record_of
from mnist_desktop.library.schema import RUN_FILE
from mnist_desktop.texts import QT_TRANSLATE_NOOP


class RunGoneError(LibraryError):
    """The file no longer holds the run, or the whole of it was removed or replaced."""


class RunStore:
    """A run in a run file of its own, as while its library cannot be written. Writes what is not
    written yet. To be closed, which lets others have the run.

    Attributes:
        path: of the file.
        run_id: the run's number in it; None before it is written for the first time.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.run_id: int | None = None
        self._connection: sqlite3.Connection | None = None
        self._lock: RunLock | None = None
        self._file: tuple[int, int] | None = None
        self._written = Written()

    def write(self, run: RunRecord) -> None:
        """Bring the file up to what the run is now, in one transaction.

        Raises:
            LibraryError: it could not be done; nothing has changed.
            RunGoneError: the run is not there any more.
        """
        if self._connection is None:
            self._attach(run)
        else:
            self._check_name()
            with transaction(self._connection, self.path):
                self._append(self._connection, run)
            self._check_name()
        self._written = Written(run.epoch, len(run.changes))

    def close(self) -> None:
        """Write no more; a second time does nothing."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _open(self) -> sqlite3.Connection:
        """The file, made if need be."""
        return new_file(self.path, RUN_FILE)

    def _lock_path(self) -> Path:
        return self.path.with_suffix(".lock")

    def _insert(self, connection: sqlite3.Connection, run: RunRecord) -> int:
        return rows.insert(connection, run)

    def _append(self, connection: sqlite3.Connection, run: RunRecord) -> None:
        assert self.run_id is not None
        rows.append(connection, self.run_id, run, self._written)

    def _attach(self, run: RunRecord) -> None:
        """Open the file, and write all there is of the run as a new one."""
        try:
            connection = self._connect()
            with transaction(connection, self.path):
                run_id = self._insert(connection, run)
            self._check_name()
            self.run_id = run_id
        except BaseException:
            self.close()
            raise

    def _connect(self) -> sqlite3.Connection:
        """Open the file, as the one that records the run."""
        self._connection = connection = self._open()
        self._lock = RunLock(self._lock_path())
        self._file = identity(self.path)
        return connection

    def _check_name(self) -> None:
        """What goes into a file that has lost its name is not kept."""
        if self._file is None or self._file != identity(self.path):
            raise RunGoneError(self.path, GONE)


class LibraryStore(RunStore):
    """A run in its library.

    Attributes:
        patience: seconds that a transaction waits for other windows.
    """

    def __init__(self, library: Library) -> None:
        super().__init__(library.path)
        self.library = library
        self.patience = BUSY_SECONDS
        self._token = os.urandom(8).hex()

    @classmethod
    def resume(
        cls, library: Library, run_id: int, splits: Splits, more_epochs: int
    ) -> tuple[LibraryStore, RunRecord]:
        """A run that was interrupted or has ended, cut back to its checkpoint.

        Raises:
            LibraryError: the run is gone or damaged, another window trains it, it was trained on
                other pictures, or nothing can be written. Nothing is left open then.
        """
        store = cls(library)
        try:
            return store, store._take_over(run_id, splits, more_epochs)
        except BaseException:
            store.close()
            raise

    def write(self, run: RunRecord) -> None:
        if self._connection is not None:
            self._connection.execute(f"PRAGMA busy_timeout = {round(1000 * self.patience)}")
        super().write(run)
        self.patience = BUSY_SECONDS

    def check(self, run: RunRecord) -> None:
        """Read the run as another window would.

        Raises:
            LibraryError: it is not what was written: something else has written over the file.
        """
        assert self.run_id is not None
        found = read_run(self.library, self.run_id)
        if replace(found, name=run.name, note=run.note) != run:
            raise LibraryError(self.path, DAMAGED)

    def _take_over(self, run_id: int, splits: Splits, more_epochs: int) -> RunRecord:
        from mnist_desktop.library.weights import check_weights  # loads torch

        connection = self._connect()
        with transaction(connection, self.path):
            run = record_of(self.library, connection, run_id)
            row = connection.execute("SELECT lock FROM runs WHERE id = ?", (run_id,)).fetchone()
            if is_recorded(self.path, row["lock"]):
                raise LibraryError(
                    self.path, QT_TRANSLATE_NOOP("core", "another window is training this run")
                )
            if run.train_sha256 != splits.train.sha256:
                raise LibraryError(
                    self.path,
                    QT_TRANSLATE_NOOP(
                        "core",
                        "the run was trained on other pictures; open their data set, {dataset}",
                    ),
                    dataset=run.dataset,
                )
            try:
                check_weights(run)
            except DamagedRunError as fault:
                raise damaged(self.library, connection, run_id) from fault
            run.resume(resumed_config(run, more_epochs))
            rows.replace(connection, run_id, run)
            # Whoever has deleted it in another window meanwhile did not know that it is wanted.
            connection.execute(
                "UPDATE runs SET lock = ?, deleted = NULL WHERE id = ?", (self._token, run_id)
            )
        self.run_id, self._written = run_id, Written(run.epoch, len(run.changes))
        return run

    def _open(self) -> sqlite3.Connection:
        return self.library.open(self.patience)

    def _lock_path(self) -> Path:
        return lock_path(self.path, self._token)

    def _insert(self, connection: sqlite3.Connection, run: RunRecord) -> int:
        run_id = super()._insert(connection, run)
        connection.execute("UPDATE runs SET lock = ? WHERE id = ?", (self._token, run_id))
        return run_id

    def _append(self, connection: sqlite3.Connection, run: RunRecord) -> None:
        found = connection.execute(
            "SELECT 1 FROM runs WHERE id = ? AND lock = ?", (self.run_id, self._token)
        ).fetchone()
        if found is None:
            raise RunGoneError(self.path, GONE)
        super()._append(connection, run)


def resumed_config(run: RunRecord, more_epochs: int) -> TrainingConfig:
    """What a run is resumed with.

    Args:
        more_epochs: so many after the last finished one; 0 leaves it at what was asked for before.
    """
    if not more_epochs:
        return run.config
    # Patience that has run out would end it again at once.
    patience = None if run.outcome == "stopped early" else run.config.patience
    epoch = run.checkpoint[0] if run.checkpoint else 0
    return replace(run.config, epochs=epoch + more_epochs, patience=patience)
