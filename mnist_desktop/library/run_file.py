"""One run as a file that another person can open: a library that holds nothing else.

The file may come from anybody. It is read only if all that it is defined by is, to the letter, what
this program would have written, so that there is no trigger, view or function in it that could do
anything; and each value is looked at before it goes into the library.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from mnist_desktop.errors import UserError
from mnist_desktop.files import opened, write_atomically
from mnist_desktop.learning.config import NetworkConfig
from mnist_desktop.library.database import Library, LibraryError, harden, transaction, translated
from mnist_desktop.library.runs import OUTCOMES, parsed_config, row_of
from mnist_desktop.library.schema import MIGRATIONS, TABLES, definitions, migrate, version_of

SUFFIX = ".mnist-run"
SQLITE_MAGIC = b"SQLite format 3\0"
MAX_ROWS = 1_000_000
"""In each table; a run has 100,000 epochs at the most."""

KINDS: dict[str, tuple[type, ...]] = {
    "INTEGER": (int,),
    "REAL": (int, float),
    "TEXT": (str,),
    "BLOB": (bytes,),
}
OWN_COLUMNS = ("id", "owner", "deleted")
"""Columns of the table of runs that mean something in one library only."""

Row = dict[str, object]


class _ForgedError(Exception):
    """The file holds what this program would not have written."""


def export_run(library: Library, run_id: int, path: Path) -> None:
    """Write a run with its curves, log and weights; one that still goes on, up to its last epoch.

    Raises:
        LibraryError: the run is gone, or the library cannot be read.
        FileError: the file cannot be written.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "run"
        with (
            closing(sqlite3.connect(copy, isolation_level=None)) as target,
            library.reading() as source,
            transaction(target, path),
        ):
            migrate(target)
            _insert(target, "runs", _own_part(dict(row_of(library, source, run_id))), {})
            for table in TABLES:
                for row in _rows(source, table, run_id, library.path):
                    _insert(target, table, row, {"run": 1})
        write_atomically(path, copy.read_bytes())


def import_run(library: Library, path: Path) -> int:
    """The number that the run of a file gets in the library.

    Raises:
        FileError: it is no such file, damaged, or of a newer version; or the library cannot be
            written.
    """
    with opened(path, LibraryError) as stream:
        if stream.read(len(SQLITE_MAGIC)) != SQLITE_MAGIC:
            raise LibraryError(path, "is not a run: files that end in .mnist-run can be opened")
    try:
        with _opened(path) as source, library.writing() as target:
            return _copy(source, target, path)
    except _ForgedError as fault:
        raise LibraryError(path, "is damaged, or was not made by this program") from fault


def _copy(source: sqlite3.Connection, target: sqlite3.Connection, path: Path) -> int:
    with translated(path):
        runs = source.execute("SELECT * FROM runs LIMIT 2").fetchall()
    if len(runs) != 1:
        raise _ForgedError
    run = dict(runs[0])
    run_id = run["id"]
    network = _checked_run(source, run)
    number = _insert(target, "runs", _own_part(run), {})
    for table in TABLES:
        columns = _columns(source, table)
        for count, row in enumerate(_rows(source, table, run_id, path)):
            if count == MAX_ROWS:
                raise _ForgedError
            _check_values(row, columns)
            _check_content(table, row, network)
            try:
                _insert(target, table, row, {"run": number})
            except sqlite3.IntegrityError as fault:
                raise _ForgedError from fault
    return number


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The file, which is not written to, or a copy of it in memory as of today's version."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    connection.isolation_level = None
    with closing(connection), closing(sqlite3.connect(":memory:")) as memory, translated(path):
        connection.row_factory = memory.row_factory = sqlite3.Row
        memory.isolation_level = None
        harden(connection)
        version = version_of(connection)
        if version == 0 or definitions(connection) != _expected(version):
            raise _ForgedError
        if version < len(MIGRATIONS):
            connection.backup(memory)
            harden(memory)
            with transaction(memory, path):
                migrate(memory)
            yield memory
        else:
            yield connection


def _expected(version: int) -> list[tuple[str, ...]]:
    """What a library of a version is defined by."""
    with closing(sqlite3.connect(":memory:")) as connection:
        for statements in MIGRATIONS[:version]:
            for statement in statements:
                connection.execute(statement)
        return definitions(connection)


def _rows(connection: sqlite3.Connection, table: str, run_id: object, path: Path) -> Iterator[Row]:
    """Of one run; ``path`` is for the text of a ``LibraryError``."""
    order = "rowid" if table in {"log", "changes"} else "epoch"
    with translated(path):
        for row in connection.execute(
            f"SELECT * FROM {table} WHERE run = ? ORDER BY {order}",  # noqa: S608
            (run_id,),
        ):
            yield dict(row)


def _own_part(run: Row) -> Row:
    return {name: value for name, value in run.items() if name not in OWN_COLUMNS}


def _insert(connection: sqlite3.Connection, table: str, row: Row, changes: Row) -> int:
    """The number of the new row."""
    values = {**row, **changes}
    names, places = ", ".join(values), ", ".join("?" * len(values))
    done = connection.execute(
        f"INSERT INTO {table} ({names}) VALUES ({places})",  # noqa: S608
        tuple(values.values()),
    )
    return done.lastrowid or 0


def _columns(connection: sqlite3.Connection, table: str) -> dict[str, tuple[str, bool]]:
    """For each column, its declared type and whether it must have a value."""
    found = connection.execute(f"PRAGMA table_info({table})").fetchall()
    return {one["name"]: (one["type"], bool(one["notnull"] or one["pk"])) for one in found}


def _check_values(row: Row, columns: dict[str, tuple[str, bool]]) -> None:
    """SQLite itself takes values of any type in any column."""
    for name, value in row.items():
        kind, is_needed = columns[name]
        if value is None:
            if is_needed:
                raise _ForgedError
            continue
        is_huge = isinstance(value, int | float) and not abs(value) < 2**53
        if is_huge or not isinstance(value, KINDS[kind]):
            raise _ForgedError


def _checked_run(source: sqlite3.Connection, run: Row) -> NetworkConfig:
    """The run's network, if all that is said of the run can be."""
    _check_values(run, _columns(source, "runs"))
    created, outcome = run["created"], run["outcome"]
    assert isinstance(created, int | float)
    if not 0 <= created <= time.time() + 366 * 24 * 3600 or outcome not in {None, *OUTCOMES}:
        raise _ForgedError
    score = [value for name, value in run.items() if name.startswith("score_")]
    if None in score and any(value is not None for value in score):
        raise _ForgedError
    try:
        network = parsed_config(str(run["config"])).network
    except UserError as fault:
        raise _ForgedError from fault
    if (run["network"], run["parameters"]) != (str(network), network.parameters):
        raise _ForgedError
    return network


def _check_content(table: str, row: Row, network: NetworkConfig) -> None:
    """Look into what is more than a number or a text."""
    from mnist_desktop.library.weights import WeightsError, unpack, unpack_state

    epoch = row["epoch"]
    assert isinstance(epoch, int)
    if not 0 <= epoch <= 100_000:
        raise _ForgedError
    try:
        if table == "batches":
            is_good = len(_bytes(row, "figures")) % 12 == 0
        elif table == "changes":
            json.loads(str(row["old"]))
            json.loads(str(row["new"]))
            is_good = True
        elif table == "states":
            is_good = unpack_state(_bytes(row, "content"), network).epoch == epoch
        elif table in {"models", "timeline"}:
            unpack(_bytes(row, "weights"), network)
            is_good = 0.01 <= float(str(row.get("temperature", 1.0))) <= 100.0
        else:
            is_good = True
    except (WeightsError, ValueError, RecursionError) as fault:
        raise _ForgedError from fault
    if not is_good:
        raise _ForgedError


def _bytes(row: Row, name: str) -> bytes:
    value = row[name]
    assert isinstance(value, bytes)
    return value
