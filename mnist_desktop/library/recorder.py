"""A run is written down while it goes on, one transaction an epoch."""

from __future__ import annotations

import json
import os
import sqlite3
from dataclasses import replace

from mnist_desktop.learning.config import TrainingConfig
from mnist_desktop.learning.events import BatchDone, Change, EpochDone, Event, RunDone, Steered
from mnist_desktop.learning.splits import Splits
from mnist_desktop.library import writing
from mnist_desktop.library.claims import Claim, is_held
from mnist_desktop.library.database import DAMAGED, Library, LibraryError, transaction
from mnist_desktop.library.runs import gone, parsed_config, row_of
from mnist_desktop.library.schema import APPENDED
from mnist_desktop.library.writing import About, EpochRow

Rows = dict[str, list[tuple[object, ...]]]


class RunGoneError(LibraryError):
    """The library no longer holds the run, or the whole of it was removed or replaced."""


class RunRecorder:
    """Takes the events of a run, in any thread, but in one at a time.

    Made by ``begin`` or ``go_on``. To be closed; a run that has not ended can then be gone on with.

    What could not be written is kept and tried again with the next epoch or by ``flush``, or
    written elsewhere by a ``copy``. So a ``LibraryError`` is no reason to end a training.
    """

    def __init__(self, library: Library, so_far: _SoFar, run_id: int | None = None) -> None:
        self.library = library
        self._so_far = so_far
        self._run_id = run_id
        self._written = dict.fromkeys(APPENDED, 0)
        self._written_weights: object = None
        self._claim: Claim | None = None
        self._connection: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None = None

    @classmethod
    def begin(
        cls, library: Library, config: TrainingConfig, splits: Splits, name: str = ""
    ) -> RunRecorder:
        """A new run.

        Raises:
            LibraryError: it cannot be written. Nothing is left open.
        """
        recorder = cls.unattached(library, config, splits, name)
        recorder.flush()
        return recorder

    @classmethod
    def unattached(
        cls, library: Library, config: TrainingConfig, splits: Splits, name: str = ""
    ) -> RunRecorder:
        """A new run that is written with ``flush`` or its first epoch only."""
        about = About(name, config, splits.name, splits.train.sha256, splits.test.sha256)
        return cls(library, _SoFar(about))

    @classmethod
    def go_on(
        cls, library: Library, run_id: int, splits: Splits, config: TrainingConfig | None = None
    ) -> RunRecorder:
        """A run that was interrupted or has ended, to be trained on from its ``latest_state``.

        Args:
            config: what it goes on with, such as more epochs; None leaves it.

        Raises:
            LibraryError: the run is gone, another window trains it, it was trained on other
                pictures, or nothing can be written. Nothing is left open.
        """
        with library.reading() as connection:
            row = row_of(library, connection, run_id)
            state = connection.execute(
                "SELECT epoch, content FROM states WHERE run = ?", (run_id,)
            ).fetchone()
            rows = writing.read_rows(connection, run_id, state["epoch"] if state else 0)
        if row["train_sha256"] != splits.train.sha256:
            raise LibraryError(
                library.path,
                "the run was trained on other pictures; open its data set, {dataset}, first",
                dataset=row["dataset"],
            )
        about = About(
            row["name"],
            config or parsed_config(row["config"]),
            row["dataset"],
            row["train_sha256"],
            row["test_sha256"],
            row["note"],
            row["created"],
        )
        so_far = _SoFar(about, rows, tuple(state) if state else None)
        recorder = cls(library, so_far, run_id)
        recorder._written = {table: len(found) for table, found in rows.items()}
        recorder._written_weights = so_far.weights
        recorder.flush()
        return recorder

    def copy(self, library: Library) -> RunRecorder:
        """A recorder of the same run, in another library or once more in the same one.

        To be flushed, which writes all but the timeline's earlier weights. Each event is taken by
        one of the two; the other needs but be flushed.
        """
        return RunRecorder(library, self._so_far)

    @property
    def run_id(self) -> int:
        """The run's number in the library.

        Raises:
            LibraryError: it could not be written yet.
        """
        if self._run_id is None:
            raise LibraryError(self.library.path, "the run could not be written yet")
        return self._run_id

    def record(self, event: Event) -> None:
        """Take the next event. Batches and changes are written with their epoch.

        Raises:
            LibraryError: it could not be written; see above.
        """
        self.take(event)
        if isinstance(event, EpochDone | RunDone):
            self.flush()

    def take(self, event: Event) -> None:
        """Take the next event, and write it with the next ``flush``."""
        self._so_far.add(event)

    def log(self, text: str) -> None:
        """Put a line into the run's log, with the next epoch or the end of the run."""
        self._so_far.log(text)

    def change(self, change: Change, config: TrainingConfig) -> None:
        """Note a setting that was changed, with the next epoch or the end of the run.

        Args:
            config: all settings, as they are from now on.
        """
        self._so_far.change(change, config)

    def flush(self) -> None:
        """Write all that is finished and not written yet.

        Raises:
            LibraryError: it could not be written; see above.
            RunGoneError: the run is not there any more.
        """
        if self._claim is None or self._connection is None:
            self._attach()
        else:
            self._check_name()
            with transaction(self._connection, self.library.path):
                self._write(self._connection, self.run_id, self._claim.token)
            self._check_name()
        self._written = {table: len(rows) for table, rows in self._so_far.rows.items()}
        self._written_weights = self._so_far.weights

    def check(self) -> None:
        """Read all of the run, once it is flushed, as another window would.

        Raises:
            LibraryError: it is not what was written.
        """
        run = self._so_far
        with self.library.reading() as connection:
            if not writing.is_as_written(connection, self.run_id, run.rows, run.weights, run.done):
                raise LibraryError(self.library.path, DAMAGED)

    def close(self) -> None:
        """Write no more; a second time does nothing."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if self._claim is not None:
            self._claim.release()
            self._claim = None

    def _attach(self) -> None:
        """Open the library, make the run this recorder's own and write what there is of it."""
        try:
            self._connection = self.library.open()
            self._claim = Claim(self.library.path)
            self._file = _identity(self.library)
            with transaction(self._connection, self.library.path):
                if self._run_id is None:
                    about = self._so_far.about
                    run_id = writing.insert_run(self._connection, about, self._claim.token)
                else:
                    run_id = self._run_id
                    self._take_over(self._connection, run_id, self._claim.token)
                self._write(self._connection, run_id, self._claim.token)
            self._check_name()
            self._run_id = run_id
        except BaseException:
            self.close()
            raise

    def _take_over(self, connection: sqlite3.Connection, run_id: int, token: str) -> None:
        if is_held(self.library.path, row_of(self.library, connection, run_id)["owner"]):
            raise LibraryError(self.library.path, "another window is training this run")
        known = self._so_far.rows["epochs"][: self._written["epochs"]]
        if writing.state_epoch(connection, run_id) != (known[-1][0] if known else 0):
            raise LibraryError(self.library.path, "another window has trained this run; try again")
        writing.reopen_run(connection, run_id, self._so_far.about.config, token)

    def _write(self, connection: sqlite3.Connection, run_id: int, token: str) -> None:
        run = self._so_far
        if not writing.update_run(connection, run_id, token, run.about.config, run.epochs):
            raise _gone(self.library)
        for table, rows in run.rows.items():
            writing.append_rows(connection, table, run_id, rows[self._written[table] :])
        if self._written_weights is not run.weights:
            if isinstance(run.weights, EpochDone):
                writing.write_weights(connection, run_id, run.weights)
            elif run.weights is not None:
                writing.write_state(connection, run_id, *run.weights)
        if run.done is not None:
            writing.write_end(connection, run_id, run.done)

    def _check_name(self) -> None:
        """What goes into a file that has lost its name is not kept."""
        if self._file is None or self._file != _identity(self.library):
            raise _gone(self.library)


class _SoFar:
    """What a run has come to, as rows; which of them are written where is each recorder's matter.

    Attributes:
        about: with the settings as they are now.
        weights: the newest epoch, or the number and state of the one that was gone on from.
    """

    def __init__(
        self, about: About, rows: Rows | None = None, state: tuple[int, bytes] | None = None
    ) -> None:
        self.about = about
        self.rows = rows or {table: [] for table in APPENDED}
        self.epochs = [EpochRow(*row) for row in self.rows["epochs"]]  # type: ignore[arg-type]
        self.weights: EpochDone | tuple[int, bytes] | None = state
        self.done: RunDone | None = None
        self._batches: list[BatchDone] = []

    def add(self, event: Event) -> None:
        """Take the next event."""
        if isinstance(event, BatchDone):
            self._batches.append(event)
        elif isinstance(event, EpochDone):
            self._pack_batches()
            self.epochs.append(EpochRow.of(event))
            self.rows["epochs"].append(self.epochs[-1])
            self.weights = event
        elif isinstance(event, RunDone):
            self._pack_batches()
            self.done = event
        elif isinstance(event, Steered):
            for change in event.changes:
                self.change(change, event.config)

    def log(self, text: str) -> None:
        """Of the epoch that goes on, or of the last one."""
        epoch = self.epochs[-1].epoch if self.epochs else 0
        self.rows["log"].append((self._batches[-1].epoch if self._batches else epoch, text))

    def change(self, change: Change, config: TrainingConfig) -> None:
        """Of a setting."""
        old, new = json.dumps(change.old), json.dumps(change.new)
        self.rows["changes"].append((change.epoch, change.batch, change.field, old, new))
        self.about = replace(self.about, config=config)

    def _pack_batches(self) -> None:
        if self._batches:
            self.rows["batches"].append(writing.batch_row(self._batches))
            self._batches = []


def _gone(library: Library) -> RunGoneError:
    return RunGoneError(library.path, gone(library).template)


def _identity(library: Library) -> tuple[int, int] | None:
    """Which file has the library's name now."""
    try:
        found = os.stat(library.path)  # noqa: PTH116
    except OSError:
        return None
    return found.st_dev, found.st_ino
