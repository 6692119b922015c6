"""One run as a file: for another person, and for this one while the library cannot be written.

The file may come from anybody. It is read only if all that it is defined by is, to the letter, what
this program would have written, so that there is no trigger, view or function in it that could do
anything. No more is taken from it than there can be in a file of its size, and each value is
checked before it goes into a library.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from mnist_desktop.library import rows
from mnist_desktop.library.checks import DamagedRunError, whole
from mnist_desktop.library.database import Library
from mnist_desktop.library.foreign_file import (
    bounded,
    check_definitions,
    connected,
    distrusted,
    scratch_file,
    written,
)
from mnist_desktop.library.run_record import RunRecord
from mnist_desktop.library.runs import read_run
from mnist_desktop.library.schema import LIBRARY, RUN_FILE, ForeignFileError, Schema
from mnist_desktop.texts import QT_TRANSLATE_NOOP

SUFFIX = ".mnist-run"
VERSIONS_AS_LIBRARY = 2
"""So many versions of a library were those of run files too."""


def export_run(library: Library, run_id: int, path: Path) -> None:
    """Write a run with its curves and weights; one that still goes on, up to its last epoch.

    Raises:
        LibraryError: the run is gone or damaged, or the library cannot be read.
        FileError: the file cannot be written.
    """
    run = read_run(library, run_id)
    with written(path, RUN_FILE) as connection:
        rows.insert(connection, run)


def import_run(library: Library, path: Path) -> int:
    """The number that the run of a file gets in the library.

    Raises:
        FileError: it is no such file, damaged, or of a newer version; or the library cannot be
            written.
    """
    run = read_run_file(path)
    with library.write() as connection:
        return rows.insert(connection, run)


def read_run_file(path: Path, *, is_own: bool = False) -> RunRecord:
    """The run of a file.

    Args:
        is_own: it is this program's, which may have been killed while it wrote it; SQLite then
            finishes or undoes that. Else nothing is written to it or beside it.

    Raises:
        FileError: it is no such file, damaged, or of a newer version.
    """
    from mnist_desktop.library.weights import check_weights

    other = QT_TRANSLATE_NOOP("core", "is not a run: files that end in .mnist-run can be opened")
    with distrusted(path, other):
        with _opened(path, is_own=is_own) as connection:
            run = rows.read(connection, _only_run(connection))
        check_weights(run)
    return run


@contextmanager
def _opened(path: Path, *, is_own: bool) -> Iterator[sqlite3.Connection]:
    """The file, or a copy of it as of today's version."""
    with connected(path, is_own=is_own) as connection:
        schema, last = _schema_of(connection)
        version = schema.version_of(connection)
        check_definitions(connection, schema, version)
        if schema is RUN_FILE and version == last:
            yield connection
            return
        with (
            scratch_file(path, QT_TRANSLATE_NOOP("core", "cannot be read: {reason}")) as file,
            closing(sqlite3.connect(file, isolation_level=None)) as copy,
        ):
            connection.backup(copy)
            with bounded(copy, path):
                schema.migrate(copy)
                yield copy


def _schema_of(connection: sqlite3.Connection) -> tuple[Schema, int]:
    """What kind of file it is, and the last version of run files of that kind."""
    with suppress(ForeignFileError):
        RUN_FILE.version_of(connection)
        return RUN_FILE, len(RUN_FILE.migrations)
    if LIBRARY.version_of(connection) > VERSIONS_AS_LIBRARY:
        raise ForeignFileError
    return LIBRARY, VERSIONS_AS_LIBRARY


def _only_run(connection: sqlite3.Connection) -> int:
    """The number of the one run in the file."""
    runs = connection.execute("SELECT id FROM runs LIMIT 2").fetchall()
    if len(runs) != 1:
        raise DamagedRunError
    return int(whole(runs[0]["id"], 1, 2**53))
