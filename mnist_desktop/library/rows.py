"""The one way from a run to rows and back, in a library and in a run file alike.

Each function works inside the transaction that is open. What is read is checked here, and nowhere
else: SQLite takes values of any type in any column, and a file may come from anybody. Needs no
torch.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple, get_args

from mnist_desktop.errors import UserError
from mnist_desktop.learning.records import Change, EpochRecord, Outcome, Score
from mnist_desktop.learning.settings.config import TrainingConfig
from mnist_desktop.learning.settings.config_json import to_json, training_from_json
from mnist_desktop.learning.settings.training_settings import BY_FIELD
from mnist_desktop.learning.train.steering import STEERABLE
from mnist_desktop.library.bounds import fitting
from mnist_desktop.library.checks import (
    DamagedRunError,
    checked,
    content,
    moment,
    number,
    share,
    text,
    whole,
)
from mnist_desktop.library.run_record import RunRecord
from mnist_desktop.texts import one_line

MAX_EPOCHS = 100_000
MAX_BATCH = 2**31
BATCH_BYTES = 3 * 4

LONGEST_NOTE = 100_000

EPOCH_BOUNDS: dict[str, tuple[float, float]] = {
    "epoch": (1, MAX_EPOCHS),
    "train_loss": (0.0, 1e300),
    "train_accuracy": (0.0, 1.0),
    "test_loss": (0.0, 1e300),
    "test_accuracy": (0.0, 1.0),
    "seconds": (0.0, 1e300),
    "is_best": (0, 1),
}
"""The lowest and the highest value of each column of the table of epochs."""

IS_SOUND_EPOCH = " AND ".join(
    f"coalesce({name} BETWEEN {low} AND {high}, 0)" for name, (low, high) in EPOCH_BOUNDS.items()
)
"""The same for SQLite, in whose order text and bytes come after all numbers."""


Row = sqlite3.Row


class Written(NamedTuple):
    """How much of a run is in a file already: up to which epoch, and how many changes."""

    epoch: int = 0
    changes: int = 0


def insert(connection: sqlite3.Connection, run: RunRecord) -> int:
    """Write a run that is not there yet.

    Returns:
        its number.
    """
    values = {"name": run.name, "note": run.note, **_columns_of(run)}
    inserted = connection.execute(
        f"INSERT INTO runs ({', '.join(values)}) "  # noqa: S608
        f"VALUES ({', '.join('?' * len(values))})",
        tuple(values.values()),
    )
    assert inserted.lastrowid is not None
    _append_parts(connection, inserted.lastrowid, run, Written())
    return inserted.lastrowid


def replace(connection: sqlite3.Connection, run_id: int, run: RunRecord) -> None:
    """Write a run in place of what there is of it. Its name and note stay as they are there."""
    _update(connection, run_id, run)
    for table in ("epochs", "batches", "changes", "weights", "checkpoints"):
        connection.execute(f"DELETE FROM {table} WHERE run = ?", (run_id,))  # noqa: S608
    _append_parts(connection, run_id, run, Written())


def append(connection: sqlite3.Connection, run_id: int, run: RunRecord, written: Written) -> None:
    """Write what is not there yet."""
    _update(connection, run_id, run)
    _append_parts(connection, run_id, run, written)


def read(connection: sqlite3.Connection, run_id: int, *, weights: bool = True) -> RunRecord:
    """A run.

    Args:
        weights: with its weights and checkpoint, which may be large.

    Raises:
        LookupError: there is none of this number.
        DamagedRunError: it is not what ``insert`` and ``append`` write.
    """
    row = connection.execute("SELECT * FROM runs WHERE id = ?", (run_id,)).fetchone()
    if row is None:
        raise LookupError(run_id)
    with checked():
        run = header_of(row)
        run.epochs = [epoch_of(row) for row in _rows(connection, "epochs", run_id)]
        run.batches = {
            whole(row["epoch"], 1, MAX_EPOCHS): _batches_of(row["figures"])
            for row in _rows(connection, "batches", run_id)
        }
        run.changes = [change_of(row) for row in _rows(connection, "changes", run_id, "rowid")]
        if weights:
            run.weights = {
                whole(row["epoch"], 0, MAX_EPOCHS): content(row["content"])
                for row in _rows(connection, "weights", run_id)
            }
            for row in _rows(connection, "checkpoints", run_id):
                run.checkpoint = whole(row["epoch"], 1, MAX_EPOCHS), content(row["content"])
        _check_order(run, weights=weights)
    return run


def header_of(row: Row) -> RunRecord:
    """What a row of the table of runs says of a run, which is all but its parts.

    Raises:
        DamagedRunError: a value that cannot be.
    """
    with checked():
        outcome = row["outcome"]
        if outcome is not None and outcome not in get_args(Outcome):
            raise DamagedRunError
        score = None
        if row["score_accuracy"] is not None:
            low, high = share(row["score_low"]), share(row["score_high"])
            total = whole(row["score_total"], 1, 2**53)
            score = Score(share(row["score_accuracy"]), (low, high), total)
        temperature = row["temperature"]
        return RunRecord(
            name=one_line(text(row["name"])),
            note=text(row["note"])[:LONGEST_NOTE],
            created=moment(row["created"]),
            config=_config(text(row["config"])),
            dataset=one_line(text(row["dataset"])),
            train_sha256=text(row["train_sha256"]),
            test_sha256=text(row["test_sha256"]),
            outcome=outcome,
            score=score,
            temperature=None if temperature is None else number(temperature, 0.01, 100.0),
        )


def epoch_of(row: Row) -> EpochRecord:
    """The record in a row of the table of epochs.

    Raises:
        DamagedRunError: a value that cannot be.
    """
    figures = {name: number(row[name], *bounds) for name, bounds in EPOCH_BOUNDS.items()}
    figures |= {"epoch": whole(row["epoch"], 1, MAX_EPOCHS), "is_best": figures["is_best"] == 1}
    return EpochRecord(**figures)  # type: ignore[arg-type]


def _columns_of(run: RunRecord) -> dict[str, object]:
    score = run.score
    figures = (None,) * 4 if score is None else (score.accuracy, *score.interval, score.total)
    return {
        "created": run.created,
        "config": json.dumps(to_json(run.config)),
        "dataset": run.dataset,
        "train_sha256": run.train_sha256,
        "test_sha256": run.test_sha256,
        "outcome": run.outcome,
        **dict(
            zip(("score_accuracy", "score_low", "score_high", "score_total"), figures, strict=True)
        ),
        "temperature": run.temperature,
    }


def _update(connection: sqlite3.Connection, run_id: int, run: RunRecord) -> None:
    values = _columns_of(run)
    connection.execute(
        f"UPDATE runs SET {', '.join(f'{name} = ?' for name in values)} WHERE id = ?",  # noqa: S608
        (*values.values(), run_id),
    )


def _append_parts(
    connection: sqlite3.Connection, run_id: int, run: RunRecord, written: Written
) -> None:
    news = [(run_id, *record) for record in run.epochs if record.epoch > written.epoch]
    _insert_rows(connection, "epochs", news)
    changes = [
        (run_id, one.epoch, one.batch, one.field, json.dumps(one.old), json.dumps(one.new))
        for one in run.changes[written.changes :]
    ]
    _insert_rows(connection, "changes", changes)
    for table, contents in (("batches", run.batches), ("weights", run.weights)):
        # Those of epoch 0 come at the end of a run that was stopped in its first epoch.
        parts = [
            (run_id, epoch, one)
            for epoch, one in contents.items()
            if epoch > written.epoch or epoch == 0
        ]
        _insert_rows(connection, table, parts)
    kept = ", ".join(map(str, run.weights))
    connection.execute(
        f"DELETE FROM weights WHERE run = ? AND epoch NOT IN ({kept})",  # noqa: S608
        (run_id,),
    )
    if run.checkpoint is not None and run.checkpoint[0] > written.epoch:
        _insert_rows(connection, "checkpoints", [(run_id, *run.checkpoint)])


def _insert_rows(
    connection: sqlite3.Connection, table: str, rows: Sequence[tuple[object, ...]]
) -> None:
    if rows:
        places = ", ".join("?" * len(rows[0]))
        connection.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({places})", rows)  # noqa: S608


def _rows(
    connection: sqlite3.Connection, table: str, run_id: int, order: str = "epoch"
) -> list[Row]:
    # Sorted here: SQLite would take what a damaged file has too much of to its own memory first.
    columns = "*" if order == "epoch" else f"*, {order}"
    rows = connection.execute(f"SELECT {columns} FROM {table} WHERE run = ?", (run_id,))  # noqa: S608
    return sorted(fitting(connection, rows), key=itemgetter(order))


def _check_order(run: RunRecord, *, weights: bool) -> None:
    """Epochs are counted from 1 on, and none has more than them."""
    epoch = run.epoch
    if [record.epoch for record in run.epochs] != list(range(1, epoch + 1)):
        raise DamagedRunError
    if max(run.batches, default=0) > epoch + 1 or max(run.weights, default=0) > epoch:
        raise DamagedRunError
    if weights and epoch and (run.checkpoint is None or run.checkpoint[0] > epoch):
        raise DamagedRunError


@lru_cache(maxsize=1024)
def _config(text: str) -> TrainingConfig:
    try:
        return training_from_json(json.loads(text))
    except UserError as fault:
        raise DamagedRunError from fault


def change_of(row: Row) -> Change:
    """The change in a row of the table of changes.

    Raises:
        DamagedRunError: a value that cannot be.
        ValueError: one that is no JSON.
    """
    old, new = json.loads(text(row["old"])), json.loads(text(row["new"]))
    field = text(row["field"])
    if field not in STEERABLE:
        raise DamagedRunError
    try:
        for value in (old, new):
            BY_FIELD[field].kind.check(field, value)
    except UserError as fault:
        raise DamagedRunError from fault
    return Change(
        whole(row["epoch"], 1, MAX_EPOCHS + 1),
        whole(row["batch"], 1, MAX_BATCH),
        field,
        old,
        new,
    )


def _batches_of(value: object) -> bytes:
    figures = content(value)
    if len(figures) % BATCH_BYTES:
        raise DamagedRunError
    return figures
