"""The runs in a library: listed, looked at, renamed, deleted. Needs no torch."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TypeVar

from mnist_desktop.learning.records import Change, EpochRecord, Score
from mnist_desktop.learning.settings.config import TrainingConfig
from mnist_desktop.library import rows
from mnist_desktop.library.bounds import fitting
from mnist_desktop.library.checks import DamagedRunError, checked, number, whole
from mnist_desktop.library.database import Library, LibraryError
from mnist_desktop.library.run_locks import is_recorded
from mnist_desktop.library.run_record import RunRecord
from mnist_desktop.texts import QT_TRANSLATE_NOOP, one_line

DAMAGED = QT_TRANSLATE_NOOP("core", "the run “{name}” is damaged: it can only be deleted")
GONE = QT_TRANSLATE_NOOP(
    "core", "no longer holds this run: it, or the whole library, was removed meanwhile"
)

Part = TypeVar("Part")

AT_ONCE = 500
"""Runs in one query: SQLite takes 999 values in one."""

OF_EPOCHS = f"""
    SELECT run, max(epoch) AS epoch, total(seconds) AS seconds,
        max(CASE WHEN is_best = 1 THEN epoch ELSE 0 END) AS best_epoch,
        min({rows.IS_SOUND_EPOCH}) AND max(epoch) = count(*) AS is_sound
    FROM epochs {{which}} GROUP BY run
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Run:
    """One run as it is listed, without its curves and weights.

    Attributes:
        is_held: it is being recorded right now, in this window or another.
        deleted: when, in seconds since 1970; None if it is not.
        created: seconds since 1970.
        config: as of the last finished epoch: what it is resumed with.
        dataset, train_sha256: the data set's name, and the sum of its training split.
        outcome: None while it goes on, or where it was interrupted.
        epoch: the last finished one.
        best_epoch, best_accuracy: on the validation split; 0 and None before the first epoch.
        score: of the best epoch on the official test set, once the run has ended.
        seconds: of all epochs together.
        is_damaged: its rows are not what this program writes. Its figures are empty then, and
            deleting is all that can be done with it.
    """

    id: int
    name: str
    is_held: bool
    deleted: float | None
    note: str = ""
    created: float = 0.0
    config: TrainingConfig = field(default_factory=TrainingConfig)
    dataset: str = ""
    train_sha256: str = ""
    outcome: str | None = None
    epoch: int = 0
    best_epoch: int = 0
    best_accuracy: float | None = None
    score: Score | None = None
    seconds: float = 0.0
    is_damaged: bool = False

    @property
    def is_interrupted(self) -> bool:
        """It has not ended, nobody trains it, and it can be resumed."""
        return self.outcome is None and not self.is_held and not self.is_damaged

    @property
    def network(self) -> str:
        """As in "784-128-256-10"."""
        return str(self.config.network)

    @property
    def parameters(self) -> int:
        """Of the network."""
        return self.config.network.parameters


def list_runs(library: Library, *, deleted: bool = False) -> list[Run]:
    """All runs, the newest first; or all that are deleted and not yet purged."""
    return _list(library, f"WHERE deleted IS {'NOT ' if deleted else ''}NULL")


def run_of(library: Library, run_id: int) -> Run:
    """One run, deleted or not.

    Raises:
        LibraryError: it is no longer there.
    """
    found = list_some(library, [run_id])
    if not found:
        raise LibraryError(library.path, GONE)
    return found[0]


def list_some(library: Library, run_ids: Iterable[int]) -> list[Run]:
    """Those of these runs that are there, deleted or not; no others are looked at."""
    found = []
    for run_id in run_ids:
        number = int(run_id)
        found += _list(library, f"WHERE runs.id = {number}", f"WHERE run = {number}")
    return found


def next_name(library: Library, template: str) -> str:
    """A name for a new run: "run 8", if the highest so far is "run 7".

    A deleted run counts, since it may come back. Where the library cannot be read it is "run 1".

    Args:
        template: as in "run {number}".
    """
    before, after = map(re.escape, template.split("{number}"))
    pattern = re.compile(rf"{before}([0-9]{{1,9}}){after}", re.IGNORECASE)
    names: list[str] = []
    with suppress(LibraryError), library.read() as connection:
        rows_of_names = connection.execute("SELECT name FROM runs")
        names = [str(row["name"]).strip() for row in fitting(connection, rows_of_names)]
    numbers = [int(found[1]) for found in map(pattern.fullmatch, names) if found]
    return template.format(number=max(numbers, default=0) + 1)


def read_run(library: Library, run_id: int, *, weights: bool = True) -> RunRecord:
    """All of a run; without its weights and checkpoint, if they are not wanted.

    Raises:
        LibraryError: it is no longer there, or damaged.
    """
    with library.read() as connection:
        return record_of(library, connection, run_id, weights=weights)


def record_of(
    library: Library, connection: sqlite3.Connection, run_id: int, *, weights: bool = True
) -> RunRecord:
    """The same in a transaction that is open."""
    try:
        return rows.read(connection, run_id, weights=weights)
    except LookupError as fault:
        raise LibraryError(library.path, GONE) from fault
    except DamagedRunError as fault:
        raise damaged(library, connection, run_id) from fault


def damaged(library: Library, connection: sqlite3.Connection, run_id: int) -> LibraryError:
    """The error of a run that is there, but damaged."""
    row = connection.execute("SELECT name FROM runs WHERE id = ?", (run_id,)).fetchone()
    return LibraryError(library.path, DAMAGED, name=one_line(str(row["name"])))


def epochs_of(library: Library, run_ids: Iterable[int]) -> dict[int, list[EpochRecord]]:
    """The epochs of several runs at one moment, by the runs' numbers; none of damaged ones.

    Raises:
        LibraryError: the library cannot be read.
    """
    return _of_several(library, run_ids, "epochs", "epoch", rows.epoch_of)


def changes_of(library: Library, run_ids: Iterable[int]) -> dict[int, list[Change]]:
    """The same of the changes of their settings, in the order in which they were made.

    Raises:
        LibraryError: the library cannot be read.
    """
    return _of_several(library, run_ids, "changes", "rowid", rows.change_of)


def _of_several(
    library: Library,
    run_ids: Iterable[int],
    table: str,
    order: str,
    made_of: Callable[[sqlite3.Row], Part],
) -> dict[int, list[Part]]:
    wanted = sorted(set(run_ids))
    found: dict[int, list[Part]] = {run_id: [] for run_id in wanted}
    spoilt = set()
    with library.read() as connection:
        for first in range(0, len(wanted), AT_ONCE):
            some = wanted[first : first + AT_ONCE]
            rows_of_some = connection.execute(
                f"SELECT * FROM {table} WHERE run IN ({', '.join('?' * len(some))}) "  # noqa: S608
                f"ORDER BY run, {order}",
                some,
            )
            for row in fitting(connection, rows_of_some):
                try:
                    with checked():
                        found[row["run"]].append(made_of(row))
                except DamagedRunError:
                    spoilt.add(row["run"])
    return {run_id: [] if run_id in spoilt else parts for run_id, parts in found.items()}


def rename(library: Library, run_id: int, name: str) -> None:
    """Give a run another name."""
    _update(library, run_id, "name = ?", one_line(name))


def set_note(library: Library, run_id: int, note: str) -> None:
    """Put a note on a run, in place of the one it has."""
    text = note[: rows.LONGEST_NOTE].encode("utf-8", "replace").decode()
    _update(library, run_id, "note = ?", text)


def _update(library: Library, run_id: int, change: str, value: object) -> None:
    with library.write() as connection:
        done = connection.execute(
            f"UPDATE runs SET {change} WHERE id = ?",  # noqa: S608
            (value, run_id),
        )
        if done.rowcount == 0:
            raise LibraryError(library.path, GONE)


def _list(library: Library, which_runs: str, which_epochs: str = "") -> list[Run]:
    with library.read() as connection:
        found = connection.execute(
            f"""
            SELECT runs.*, runs.id, runs.name, runs.lock, runs.deleted,
                told.epoch, told.seconds, told.best_epoch, told.is_sound,
                best.test_accuracy AS best_accuracy
            FROM runs
            LEFT JOIN ({OF_EPOCHS.format(which=which_epochs)}) AS told ON told.run = runs.id
            LEFT JOIN epochs AS best ON best.run = runs.id AND best.epoch = told.best_epoch
            {which_runs} ORDER BY runs.id DESC
            """  # noqa: S608
        )
        return [_run(library, row) for row in fitting(connection, found)]


def _run(library: Library, row: sqlite3.Row) -> Run:
    try:
        header = rows.header_of(row)
        with checked():
            epoch = whole(row["epoch"] or 0, 0, rows.MAX_EPOCHS)
            best_epoch = whole(row["best_epoch"] or 0, 0, epoch)
            best = row["best_accuracy"]
            best_accuracy = number(best, 0.0, 1.0) if best_epoch else None
            seconds = number(row["seconds"] or 0.0, 0.0)
            if row["is_sound"] == 0:
                raise DamagedRunError
            deleted = row["deleted"] if row["deleted"] is None else number(row["deleted"])
    except DamagedRunError:
        return Run(
            id=row["id"],
            name=one_line(str(row["name"])),
            is_held=is_recorded(library.path, row["lock"]),
            deleted=None if row["deleted"] is None else 0.0,
            is_damaged=True,
        )
    return Run(
        id=row["id"],
        name=header.name,
        is_held=header.outcome is None and is_recorded(library.path, row["lock"]),
        deleted=deleted,
        note=header.note,
        created=header.created,
        config=header.config,
        dataset=header.dataset,
        train_sha256=header.train_sha256,
        outcome=header.outcome,
        epoch=epoch,
        best_epoch=best_epoch,
        best_accuracy=best_accuracy,
        score=header.score,
        seconds=seconds,
    )
