"""The runs in a library: listed, looked at, renamed, deleted. Needs no torch."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.errors import UserError
from mnist_desktop.learning.config import TrainingConfig, training_from_json
from mnist_desktop.learning.events import Change, EpochDone, Outcome, Score
from mnist_desktop.library.claims import is_held
from mnist_desktop.library.database import Library, LibraryError, translated

OUTCOMES: tuple[str, ...] = get_args(Outcome)


@dataclass(frozen=True, slots=True)
class Run:
    """One run, without its curves and weights.

    Attributes:
        created: seconds since 1970.
        config_json: the text of ``config``.
        network, parameters: as "784-128-256-10", and how many.
        dataset, train_sha256: the data set's name, and the sum of its training split.
        outcome: None while it goes on, or where it was interrupted.
        is_held: it is being recorded right now, in this window or another.
        epoch: the last finished one.
        best_epoch, best_accuracy: on the validation split; 0 and None before the first epoch.
        score: of the best epoch on the official test set, once the run has ended.
        seconds: of all epochs together.
        deleted: when, in seconds since 1970; None if it is not.
    """

    id: int
    name: str
    note: str
    created: float
    config_json: str
    network: str
    parameters: int
    dataset: str
    train_sha256: str
    outcome: str | None
    is_held: bool
    epoch: int
    best_epoch: int
    best_accuracy: float | None
    score: Score | None
    seconds: float
    deleted: float | None

    @property
    def config(self) -> TrainingConfig:
        """As of the last finished epoch: what it goes on with."""
        return parsed_config(self.config_json)

    @property
    def is_interrupted(self) -> bool:
        """It has not ended, and nobody trains it."""
        return self.outcome is None and not self.is_held


@dataclass(frozen=True, slots=True, eq=False)
class Curves:
    """What a run has reported.

    Attributes:
        batch_position: (n,) float64: where each batch ends, in epochs, as in ``History``.
        batch_loss, batch_accuracy: (n,) float64.
        epochs: without their weights.
    """

    batch_position: NDArray[np.float64]
    batch_loss: NDArray[np.float64]
    batch_accuracy: NDArray[np.float64]
    epochs: tuple[EpochDone, ...]
    changes: tuple[Change, ...]
    log: tuple[str, ...]


def list_runs(library: Library, *, deleted: bool = False) -> list[Run]:
    """All runs, the newest first; or all that are deleted and not yet purged."""
    wanted = "IS NOT NULL" if deleted else "IS NULL"
    with library.reading() as connection:
        rows = connection.execute(
            f"SELECT * FROM runs WHERE deleted {wanted} ORDER BY id DESC"  # noqa: S608
        ).fetchall()
    return [_run(library, row) for row in rows]


def run_of(library: Library, run_id: int) -> Run:
    """One run, deleted or not.

    Raises:
        LibraryError: it is no longer there.
    """
    with library.reading() as connection:
        return _run(library, row_of(library, connection, run_id))


def curves_of(library: Library, run_id: int) -> Curves:
    """The curves of a run; empty where nothing is finished yet."""
    with library.reading() as connection:
        epochs = connection.execute(
            "SELECT * FROM epochs WHERE run = ? ORDER BY epoch", (run_id,)
        ).fetchall()
        blobs = connection.execute(
            "SELECT figures FROM batches WHERE run = ? ORDER BY epoch", (run_id,)
        ).fetchall()
        changes = connection.execute(
            "SELECT * FROM changes WHERE run = ? ORDER BY rowid", (run_id,)
        ).fetchall()
        log = connection.execute(
            "SELECT text FROM log WHERE run = ? ORDER BY rowid", (run_id,)
        ).fetchall()
    parts = [np.frombuffer(blob, "<f4").reshape(3, -1) for (blob,) in blobs]
    figures = np.concatenate(parts or [np.empty((3, 0))], axis=1).astype(np.float64)
    return Curves(
        batch_position=figures[0],
        batch_loss=figures[1],
        batch_accuracy=figures[2],
        epochs=tuple(_epoch(row) for row in epochs),
        changes=tuple(_change(row) for row in changes),
        log=tuple(text for (text,) in log),
    )


def log_of(library: Library, run_id: int, most: int) -> list[str]:
    """The last so many lines of a run's log."""
    with library.reading() as connection:
        rows = connection.execute(
            "SELECT text FROM log WHERE run = ? ORDER BY rowid DESC LIMIT ?", (run_id, most)
        ).fetchall()
    return [text for (text,) in reversed(rows)]


def rename(library: Library, run_id: int, name: str) -> None:
    """Give a run another name."""
    _update(library, run_id, "name = ?", name)


def set_note(library: Library, run_id: int, note: str) -> None:
    """Put a note on a run, in place of the one it has."""
    _update(library, run_id, "note = ?", note)


def delete(library: Library, run_ids: Iterable[int]) -> list[int]:
    """Take runs out of the list, but for those that are being recorded. ``undelete`` undoes it,
    ``purge`` makes it final.

    Returns:
        the numbers of those that it was done to.
    """
    done = []
    with library.writing() as connection:
        for run_id in run_ids:
            row = connection.execute("SELECT owner FROM runs WHERE id = ?", (run_id,)).fetchone()
            if row and not is_held(library.path, row[0]):
                connection.execute(
                    "UPDATE runs SET deleted = ? WHERE id = ?", (time.time(), run_id)
                )
                done.append(run_id)
    return done


def undelete(library: Library, run_ids: Iterable[int]) -> None:
    """Put deleted runs back into the list."""
    with library.writing() as connection:
        connection.executemany(
            "UPDATE runs SET deleted = NULL WHERE id = ?", [(run_id,) for run_id in run_ids]
        )


def purge(library: Library, run_ids: Iterable[int]) -> None:
    """Remove runs for good, those that are deleted and that nobody records, and make the file
    smaller by what they took.
    """
    with library.writing() as connection:
        for run_id in run_ids:
            row = connection.execute(
                "SELECT owner FROM runs WHERE id = ? AND deleted IS NOT NULL", (run_id,)
            ).fetchone()
            if row and not is_held(library.path, row[0]):
                connection.execute("DELETE FROM runs WHERE id = ?", (run_id,))
    connection = library.open()
    try:
        with translated(library.path):
            # A step frees one page, and ``execute`` takes one step only.
            connection.executescript("PRAGMA incremental_vacuum")
    finally:
        connection.close()


def parsed_config(text: str) -> TrainingConfig:
    """The configuration of its JSON text.

    Raises:
        UserError: it is damaged.
    """
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise UserError("The settings of the run are damaged.") from fault
    return training_from_json(values)


def row_of(library: Library, connection: sqlite3.Connection, run_id: int) -> sqlite3.Row:
    """What the table of runs says of one.

    Raises:
        LibraryError: it is no longer there.
    """
    row: sqlite3.Row | None = connection.execute(
        "SELECT * FROM runs WHERE id = ?", (run_id,)
    ).fetchone()
    if row is None:
        raise gone(library)
    return row


def gone(library: Library) -> LibraryError:
    """The error of a run that is not there."""
    return LibraryError(
        library.path, "no longer holds this run: it, or the whole library, was removed meanwhile"
    )


def _update(library: Library, run_id: int, change: str, value: object) -> None:
    with library.writing() as connection:
        done = connection.execute(
            f"UPDATE runs SET {change} WHERE id = ?",  # noqa: S608
            (value, run_id),
        )
        if done.rowcount == 0:
            raise gone(library)


def _epoch(row: sqlite3.Row) -> EpochDone:
    return EpochDone(
        epoch=row["epoch"],
        train_loss=row["train_loss"],
        train_accuracy=row["train_accuracy"],
        test_loss=row["test_loss"],
        test_accuracy=row["test_accuracy"],
        seconds=row["seconds"],
        is_best=bool(row["is_best"]),
        state_dict={},
    )


def _change(row: sqlite3.Row) -> Change:
    return Change(
        epoch=row["epoch"],
        batch=row["batch"],
        field=row["field"],
        old=json.loads(row["old"]),
        new=json.loads(row["new"]),
    )


def _run(library: Library, row: sqlite3.Row) -> Run:
    score = None
    if row["score_accuracy"] is not None:
        interval = (row["score_low"], row["score_high"])
        score = Score(row["score_accuracy"], interval, row["score_total"])
    return Run(
        id=row["id"],
        name=row["name"],
        note=row["note"],
        created=row["created"],
        config_json=row["config"],
        network=row["network"],
        parameters=row["parameters"],
        dataset=row["dataset"],
        train_sha256=row["train_sha256"],
        outcome=row["outcome"],
        is_held=row["outcome"] is None and is_held(library.path, row["owner"]),
        epoch=row["epoch"],
        best_epoch=row["best_epoch"],
        best_accuracy=row["best_accuracy"],
        score=score,
        seconds=row["seconds"],
        deleted=row["deleted"],
    )
