"""What is written of a run, as rows. Each function works inside the transaction that is open."""

from __future__ import annotations

import json
import sqlite3
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from mnist_desktop.learning.config import TrainingConfig, to_json
from mnist_desktop.learning.events import BatchDone, EpochDone, RunDone
from mnist_desktop.library.schema import APPENDED

if TYPE_CHECKING:
    from torch import Tensor

TIMELINE_EPOCHS = 32
TIMELINE_BYTES = 64 * 2**20
"""The weights of so many epochs are kept, of fewer where the network is large."""


@dataclass(frozen=True)
class About:
    """What is known of a run before it begins.

    Attributes:
        created: seconds since 1970, in whichever library the run is written.
    """

    name: str
    config: TrainingConfig
    dataset: str
    train_sha256: str
    test_sha256: str
    note: str = ""
    created: float = field(default_factory=time.time)


class EpochRow(NamedTuple):
    """The figures of an epoch, in the order of the table's columns."""

    epoch: int
    train_loss: float
    train_accuracy: float
    test_loss: float
    test_accuracy: float
    seconds: float
    is_best: int

    @classmethod
    def of(cls, event: EpochDone) -> EpochRow:
        return cls(*(getattr(event, name) for name in cls._fields))


def batch_row(batches: Sequence[BatchDone]) -> tuple[int, bytes]:
    """The batches of one epoch. The losses are float32 from the beginning, so none is rounded."""
    figures = [
        [one.epoch - 1 + one.batch / one.batches for one in batches],
        [one.loss for one in batches],
        [one.accuracy for one in batches],
    ]
    return batches[-1].epoch, np.array(figures, "<f4").tobytes()


def insert_run(connection: sqlite3.Connection, about: About, owner: str) -> int:
    """A new run's number."""
    inserted = connection.execute(
        "INSERT INTO runs (name, note, created, config, network, parameters, dataset, "
        "train_sha256, test_sha256, owner) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            about.name,
            about.note,
            about.created,
            json.dumps(to_json(about.config)),
            str(about.config.network),
            about.config.network.parameters,
            about.dataset,
            about.train_sha256,
            about.test_sha256,
            owner,
        ),
    )
    assert inserted.lastrowid is not None
    return inserted.lastrowid


def state_epoch(connection: sqlite3.Connection, run_id: int) -> int:
    """The epoch that a run can be gone on from; 0 is its beginning."""
    row = connection.execute("SELECT epoch FROM states WHERE run = ?", (run_id,)).fetchone()
    return row[0] if row else 0


def reopen_run(
    connection: sqlite3.Connection, run_id: int, config: TrainingConfig, owner: str
) -> None:
    """Cut a run back to where it can be gone on from.

    Settings that were changed later stay changed: from the next epoch on.
    """
    epoch = state_epoch(connection, run_id)
    connection.execute(
        "UPDATE changes SET epoch = ?, batch = 1 WHERE run = ? AND epoch > ?",
        (epoch + 1, run_id, epoch),
    )
    connection.execute(
        "UPDATE runs SET owner = ?, outcome = NULL, config = ?, epoch = ? WHERE id = ?",
        (owner, json.dumps(to_json(config)), epoch, run_id),
    )
    for table in ("epochs", "batches", "log", "timeline"):
        connection.execute(
            f"DELETE FROM {table} WHERE run = ? AND epoch > ?",  # noqa: S608
            (run_id, epoch),
        )


def read_rows(
    connection: sqlite3.Connection, run_id: int, epoch: int
) -> dict[str, list[tuple[object, ...]]]:
    """What happened up to an epoch, without the run's number; of what ``reopen_run`` leaves."""
    rows = {
        table: [
            tuple(row)[1:]
            for row in connection.execute(
                f"SELECT * FROM {table} WHERE run = ? "  # noqa: S608
                f"ORDER BY {'epoch' if table in ('epochs', 'batches') else 'rowid'}",
                (run_id,),
            )
        ]
        for table in APPENDED
    }
    for table in ("epochs", "batches", "log"):
        rows[table] = [row for row in rows[table] if row[0] <= epoch]
    rows["changes"] = [
        row if row[0] <= epoch else (epoch + 1, 1, *row[2:]) for row in rows["changes"]
    ]
    return rows


def append_rows(
    connection: sqlite3.Connection, table: str, run_id: int, rows: Sequence[tuple[object, ...]]
) -> None:
    """Put rows of what happened, without the run's number, into their table."""
    if rows:
        places = ", ".join("?" * (len(rows[0]) + 1))
        connection.executemany(
            f"INSERT INTO {table} VALUES ({places})",  # noqa: S608
            [(run_id, *row) for row in rows],
        )


def update_run(
    connection: sqlite3.Connection,
    run_id: int,
    owner: str,
    config: TrainingConfig,
    epochs: Sequence[EpochRow],
) -> bool:
    """Sum up the epochs; False where there is no such run, or it has another owner now."""
    best = next((row for row in reversed(epochs) if row.is_best), None)
    updated = connection.execute(
        "UPDATE runs SET epoch = ?, best_epoch = ?, best_accuracy = ?, seconds = ?, config = ? "
        "WHERE id = ? AND owner = ?",
        (
            epochs[-1].epoch if epochs else 0,
            best.epoch if best else 0,
            best.test_accuracy if best else None,
            sum(row.seconds for row in epochs),
            json.dumps(to_json(config)),
            run_id,
            owner,
        ),
    )
    return updated.rowcount == 1


def write_weights(connection: sqlite3.Connection, run_id: int, event: EpochDone) -> None:
    """The state in place of the one before, and one more on the timeline, which is thinned."""
    if event.state is not None:
        write_state(connection, run_id, event.epoch, event.state.to_bytes())
    weights = _packed(event.state_dict)
    connection.execute(
        "INSERT OR REPLACE INTO timeline VALUES (?, ?, ?)", (run_id, event.epoch, weights)
    )
    thin_timeline(connection, run_id, event.epoch, len(weights))
    if event.is_best:
        # A run that is gone on with has the score of an earlier best epoch.
        _write_score(connection, run_id, (None, None, None, None))


def write_state(connection: sqlite3.Connection, run_id: int, epoch: int, content: bytes) -> None:
    """A state in place of the one before."""
    connection.execute("INSERT OR REPLACE INTO states VALUES (?, ?, ?)", (run_id, epoch, content))


def thin_timeline(connection: sqlite3.Connection, run_id: int, epoch: int, size: int) -> None:
    """Leave ``timeline_stride`` of it, and its newest epoch."""
    connection.execute(
        "DELETE FROM timeline WHERE run = ? AND (epoch - 1) % ? != 0 AND epoch != ?",
        (run_id, timeline_stride(epoch, size), epoch),
    )


def write_end(connection: sqlite3.Connection, run_id: int, done: RunDone) -> None:
    """The outcome, and the kept weights with their score."""
    connection.execute("UPDATE runs SET outcome = ? WHERE id = ?", (done.outcome, run_id))
    if done.score is not None and done.state_dict is not None:
        score = done.score
        _write_score(connection, run_id, (score.accuracy, *score.interval, score.total))
        connection.execute(
            "INSERT OR REPLACE INTO models VALUES (?, ?, ?, ?)",
            (run_id, done.best_epoch, done.temperature, _packed(done.state_dict)),
        )


def is_as_written(
    connection: sqlite3.Connection,
    run_id: int,
    rows: Mapping[str, Sequence[tuple[object, ...]]],
    weights: EpochDone | tuple[int, bytes] | None,
    done: RunDone | None,
) -> bool:
    """Whether all of a run can be read, and is the same, but for its timeline."""
    if read_rows(connection, run_id, sys.maxsize) != rows:
        return False
    wanted: dict[str, bytes] = {}
    if isinstance(weights, tuple):
        wanted["SELECT content FROM states"] = weights[1]
    elif weights is not None and weights.state is not None:
        wanted["SELECT content FROM states"] = weights.state.to_bytes()
    if done is not None and done.score is not None and done.state_dict is not None:
        wanted["SELECT weights FROM models"] = _packed(done.state_dict)
    found = {
        select: connection.execute(f"{select} WHERE run = ?", (run_id,)).fetchone()
        for select in wanted
    }
    return all(row is not None and row[0] == wanted[select] for select, row in found.items())


def timeline_stride(epoch: int, size: int) -> int:
    """Of the weights, of ``size`` bytes, of so many epochs, the first and each so many later are
    kept, beside the newest.
    """
    most = max(2, min(TIMELINE_EPOCHS, TIMELINE_BYTES // max(1, size)))
    stride = 1
    while (epoch - 1) // stride + 2 > most:
        stride *= 2
    return stride


def _write_score(
    connection: sqlite3.Connection, run_id: int, score: tuple[float | None, ...]
) -> None:
    connection.execute(
        "UPDATE runs SET score_accuracy = ?, score_low = ?, score_high = ?, score_total = ? "
        "WHERE id = ?",
        (*score, run_id),
    )


def _packed(state_dict: dict[str, Tensor]) -> bytes:
    from safetensors.torch import save

    return save({name: tensor.contiguous() for name, tensor in state_dict.items()})
