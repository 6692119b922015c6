"""A run is written down while it goes on, one transaction an epoch."""

from __future__ import annotations

import json
import os
import sqlite3
from dataclasses import replace

from mnist_desktop.learning.config import TrainingConfig
from mnist_desktop.learning.events import BatchDone, EpochDone, Event, RunDone
from mnist_desktop.learning.splits import Splits
from mnist_desktop.library import writing
from mnist_desktop.library.claims import Claim, is_held
from mnist_desktop.library.database import Library, LibraryError, transaction
from mnist_desktop.library.runs import Change, gone, parsed_config, row_of
from mnist_desktop.library.schema import APPENDED
from mnist_desktop.library.writing import About, EpochRow


class RunRecorder:
    """Takes the events of a run, in any thread, but in one at a time.

    Made by ``begin`` or ``go_on``. To be closed; a run that has not ended can then be gone on with.

    What could not be written is kept and tried again with the next epoch or by ``flush``, or
    written elsewhere by ``move``. So a ``LibraryError`` is no reason to end a training.

    Attributes:
        library: where the run is.
        run_id: its number there.
    """

    def __init__(self, library: Library, about: About, run_id: int | None = None) -> None:
        self.library = library
        self._about = about
        self._run_id = run_id
        self._rows: dict[str, list[tuple[object, ...]]] = {table: [] for table in APPENDED}
        self._written = dict.fromkeys(APPENDED, 0)
        self._epochs: list[EpochRow] = []
        self._batches: list[BatchDone] = []
        self._latest: EpochDone | None = None
        self._latest_is_written = True
        self._done: RunDone | None = None
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
        """A new run that is written with its first epoch only, or moved before, where ``begin``
        has failed.
        """
        about = About(name, config, splits.name, splits.train.sha256, splits.test.sha256)
        return cls(library, about)

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
            rows = writing.read_rows(connection, run_id, writing.state_epoch(connection, run_id))
        if row["train_sha256"] != splits.train.sha256:
            raise LibraryError(
                library.path,
                "the run was trained on other pictures; open its data set, {dataset}, first",
                dataset=row["dataset"],
            )
        config = config or parsed_config(row["config"])
        about = About(row["name"], config, row["dataset"], row["train_sha256"], row["test_sha256"])
        recorder = cls(library, about, run_id)
        recorder._rows = rows
        recorder._written = {table: len(found) for table, found in rows.items()}
        recorder._epochs = [EpochRow(*found) for found in rows["epochs"]]  # type: ignore[arg-type]
        recorder.flush()
        return recorder

    @property
    def run_id(self) -> int:
        if self._run_id is None:
            raise LibraryError(self.library.path, "the run could not be written yet")
        return self._run_id

    def record(self, event: Event) -> None:
        """Take the next event. Batches are written with their epoch.

        Raises:
            LibraryError: it could not be written; see above.
        """
        if isinstance(event, BatchDone):
            self._batches.append(event)
        elif isinstance(event, EpochDone):
            self._pack_batches()
            self._epochs.append(EpochRow.of(event))
            self._rows["epochs"].append(self._epochs[-1])
            self._latest, self._latest_is_written = event, False
            self.flush()
        elif isinstance(event, RunDone):
            self._pack_batches()
            self._done = event
            self.flush()

    def log(self, text: str) -> None:
        """Put a line into the run's log, with the next epoch or the end of the run."""
        self._rows["log"].append((self._epoch, text))

    def change(self, change: Change, config: TrainingConfig) -> None:
        """Note a setting that was changed, with the next epoch or the end of the run.

        Args:
            config: all settings, as they are from now on.
        """
        old, new = json.dumps(change.old), json.dumps(change.new)
        self._rows["changes"].append((change.epoch, change.batch, change.field, old, new))
        self._about = replace(self._about, config=config)

    def flush(self) -> None:
        """Write all that is finished and not written yet.

        Raises:
            LibraryError: it could not be written; see above.
        """
        if self._claim is None or self._connection is None:
            self._attach()
            return
        if self._file != _identity(self.library):
            raise gone(self.library)
        with transaction(self._connection, self.library.path):
            self._write(self._connection, self.run_id, self._claim.token)
        self._all_is_written()

    def move(self, library: Library) -> None:
        """Go on in another library, with all of the run but earlier weights of the timeline.

        Raises:
            LibraryError: that cannot be written either.
        """
        self.close()
        self.library = library
        self._run_id = None
        self._written = dict.fromkeys(APPENDED, 0)
        self._latest_is_written = self._latest is None
        self.flush()

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
                    run_id = writing.insert_run(self._connection, self._about, self._claim.token)
                else:
                    run_id = self._run_id
                    self._take_over(self._connection, run_id, self._claim.token)
                self._write(self._connection, run_id, self._claim.token)
            self._run_id = run_id
        except BaseException:
            self.close()
            raise
        self._all_is_written()

    def _take_over(self, connection: sqlite3.Connection, run_id: int, token: str) -> None:
        if is_held(self.library.path, row_of(self.library, connection, run_id)["owner"]):
            raise LibraryError(self.library.path, "another window is training this run")
        known = self._rows["epochs"][: self._written["epochs"]]
        if writing.state_epoch(connection, run_id) != (known[-1][0] if known else 0):
            raise LibraryError(self.library.path, "another window has trained this run; try again")
        writing.reopen_run(connection, run_id, self._about.config, token)

    def _write(self, connection: sqlite3.Connection, run_id: int, token: str) -> None:
        if not writing.update_run(connection, run_id, token, self._about.config, self._epochs):
            raise gone(self.library)
        for table, rows in self._rows.items():
            writing.append_rows(connection, table, run_id, rows[self._written[table] :])
        if self._latest is not None and not self._latest_is_written:
            writing.write_weights(connection, run_id, self._latest)
        if self._done is not None:
            writing.write_end(connection, run_id, self._done)

    def _all_is_written(self) -> None:
        self._written = {table: len(rows) for table, rows in self._rows.items()}
        self._latest_is_written = True

    def _pack_batches(self) -> None:
        if self._batches:
            self._rows["batches"].append(writing.batch_row(self._batches))
            self._batches = []

    @property
    def _epoch(self) -> int:
        """The one that goes on, or the last one."""
        if self._batches:
            return self._batches[-1].epoch
        return self._epochs[-1].epoch if self._epochs else 0


def _identity(library: Library) -> tuple[int, int] | None:
    """Which file has the library's name now."""
    try:
        found = os.stat(library.path)  # noqa: PTH116
    except OSError:
        return None
    return found.st_dev, found.st_ino
