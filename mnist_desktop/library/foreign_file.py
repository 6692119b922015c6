"""Databases that may come from anybody, and new ones for somebody else.

A file is read only if all that it is defined by is, to the letter, what this program would have
written, so that there is no trigger, view or function in it that could do anything; and no more is
taken from it than there can be in a file of its size.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from mnist_desktop.files import opened_raw, reason, write_atomically
from mnist_desktop.library.checks import DamagedRunError
from mnist_desktop.library.database import LibraryError, harden, transaction, translated
from mnist_desktop.library.schema import Schema, definitions
from mnist_desktop.texts import QT_TRANSLATE_NOOP

SQLITE_MAGIC = b"SQLite format 3\0"


def new_file(path: Path, schema: Schema) -> sqlite3.Connection:
    """An empty file, which only the person can read; the connection is to be closed.

    Raises:
        OSError, LibraryError: it cannot be made.
    """
    os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))
    with translated(path):
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        try:
            with transaction(connection, path):
                schema.migrate(connection)
        except BaseException:
            connection.close()
            raise
    return connection


@contextmanager
def scratch_file(path: Path, template: str) -> Iterator[Path]:
    """A place for a file that is needed for as long as the block takes.

    Args:
        path: what it is called as, so that errors name it.
        template: the text of the error, with the ``reason``.

    Raises:
        LibraryError: it, or what else the block reads and writes, cannot be read or written.
    """
    try:
        with tempfile.TemporaryDirectory() as folder:
            yield Path(folder) / path.name
    except OSError as fault:
        raise LibraryError(path, template, reason=reason(fault)) from fault


@contextmanager
def written(path: Path, schema: Schema) -> Iterator[sqlite3.Connection]:
    """A file that the block fills, and that is there whole when the block ends, or not at all.

    Raises:
        FileError: it cannot be written.
    """
    with scratch_file(path, QT_TRANSLATE_NOOP("core", "cannot be saved: {reason}")) as copy:
        with closing(new_file(copy, schema)) as connection, transaction(connection, path):
            yield connection
        write_atomically(path, copy.read_bytes())


@contextmanager
def distrusted(path: Path, template: str) -> Iterator[None]:
    """What reads a file that may have come from anybody.

    Args:
        template: the text of the error of what is no database.

    Raises:
        LibraryError: it is none, damaged, or of a newer version; or it cannot be read.
    """
    with opened_raw(path, LibraryError) as stream:
        if stream.read(len(SQLITE_MAGIC)) != SQLITE_MAGIC:
            raise LibraryError(path, template)
    try:
        with translated(path):
            yield
    except (DamagedRunError, LookupError) as fault:
        raise LibraryError(
            path, QT_TRANSLATE_NOOP("core", "is damaged, or was not made by this program")
        ) from fault


@contextmanager
def connected(path: Path, *, is_own: bool = False) -> Iterator[sqlite3.Connection]:
    """A file that may have come from anybody, in a transaction.

    Args:
        is_own: as of ``read_run_file``.
    """
    address = f"{path.absolute().as_uri()}?mode={'rw' if is_own else 'ro&immutable=1'}"
    with (
        closing(sqlite3.connect(address, uri=True, isolation_level=None)) as connection,
        bounded(connection, path, "BEGIN"),
    ):
        yield connection


@contextmanager
def bounded(
    connection: sqlite3.Connection, path: Path, begin: str = "BEGIN IMMEDIATE"
) -> Iterator[None]:
    """A transaction in what may have come from anybody."""
    harden(connection)
    with transaction(connection, path, begin, grows=False):
        yield


def check_definitions(connection: sqlite3.Connection, schema: Schema, version: int) -> None:
    """See whether a file is defined as this program defines those of a version.

    Raises:
        DamagedRunError: it is not, or there is nothing in it yet.
    """
    with closing(sqlite3.connect(":memory:")) as sound:
        schema.make(sound, 0, version)
        if version == 0 or definitions(connection) != definitions(sound):
            raise DamagedRunError
