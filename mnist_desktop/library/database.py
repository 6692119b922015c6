"""The library's file: opened, changed in transactions, its faults put into words."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from pathlib import Path

from mnist_desktop.errors import FileError
from mnist_desktop.files import reason
from mnist_desktop.library.bounds import MALFORMED, bound
from mnist_desktop.library.checks import DamagedRunError
from mnist_desktop.library.schema import LIBRARY, ForeignFileError, NewerVersionError
from mnist_desktop.paths import user_folder
from mnist_desktop.texts import QT_TRANSLATE_NOOP

BUSY_SECONDS = 10.0
"""So long one window waits for another that writes, which takes it some milliseconds."""

PAGE_BYTES = 16_384
"""Most of a library is weights: in pages four times as large as usual they are written in half the
time."""

MAX_LOG_BYTES = 64 * 2**20
"""The write-ahead log is cut back to this size once it has been copied into the library."""

DAMAGED = QT_TRANSLATE_NOOP(
    "core",
    "is damaged and was left as it is; in {folder}, put a whole copy in its place or move it away",
)
FULL = QT_TRANSLATE_NOOP("core", "cannot be written: the disk is full; make room on it")
READ_ONLY = QT_TRANSLATE_NOOP(
    "core", "cannot be written: it or its folder {folder} is read-only; allow writing there"
)
NOT_OPENED = QT_TRANSLATE_NOOP(
    "core", "cannot be opened: see whether its folder {folder} is there and may be written in"
)
BUSY = QT_TRANSLATE_NOOP(
    "core", "is in use: something else has been writing to it for {seconds:g} seconds; try again"
)
DISK_ERROR = QT_TRANSLATE_NOOP(
    "core", "cannot be read or written: its disk is full, was taken away, or is failing"
)

FAULTS = {
    MALFORMED: DAMAGED,
    "not a database": DAMAGED,
    "unsupported file format": DAMAGED,
    "no such": DAMAGED,
    "already exists": DAMAGED,
    "text encoding": DAMAGED,
    "FOREIGN KEY constraint": DAMAGED,
    "interrupted": DAMAGED,  # it took more steps than it can
    "too big": DAMAGED,  # it is larger than the whole file
    "disk is full": FULL,
    "readonly": READ_ONLY,
    "unable to open": NOT_OPENED,
    "locked": BUSY,
    "disk I/O error": DISK_ERROR,
}
"""What to say when SQLite's own text holds these words. Its codes come only with Python 3.11."""


class LibraryError(FileError):
    """A library, or a run's file, that cannot be used. Its text may name the ``folder``."""

    def __init__(self, path: Path, fault: str, /, **values: object) -> None:
        super().__init__(path, fault, folder=path.parent, **values)


class Library:
    """A library by its path. It holds nothing open, so any thread can use it.

    Args:
        path: of its file, which is made when it is first opened.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or user_folder() / "library.sqlite3"

    def open(self, patience: float = BUSY_SECONDS) -> sqlite3.Connection:
        """A connection for one thread at a time, to be closed. Used through ``transaction``.

        Args:
            patience: seconds that each of its transactions waits for other windows.

        Raises:
            LibraryError: the file is damaged, another program's or of a newer version; it cannot
                be made or written.
        """
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as fault:
            raise LibraryError(
                self.path,
                QT_TRANSLATE_NOOP(
                    "core", "cannot be made in {folder}: {reason}; see that one may write there"
                ),
                reason=reason(fault),
            ) from fault
        with suppress(OSError):  # what SQLite makes, others may read
            os.close(os.open(self.path, os.O_CREAT | os.O_EXCL, 0o600))
        with translated(self.path):
            connection = sqlite3.connect(
                self.path, patience, isolation_level=None, check_same_thread=False
            )
            try:
                self._prepare(connection)
            except BaseException:
                connection.close()
                raise
        return connection

    def _prepare(self, connection: sqlite3.Connection) -> None:
        if not self.path.stat().st_size:  # later they are not heeded, or ask for a lock
            connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
        harden(connection)
        # An epoch that was reported as kept is kept through a power cut as well.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA journal_size_limit = {MAX_LOG_BYTES}")
        version = LIBRARY.version_of(connection)  # before anything is changed in a foreign file
        if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            try:
                connection.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as fault:
                # While another window makes the change, this one is refused at once.
                if "locked" not in str(fault):
                    raise
        if version < len(LIBRARY.migrations):
            # Without foreign keys, or the parts of a table that is made anew would go with the
            # old one.
            with transaction(connection, self.path, grows=False):
                LIBRARY.migrate(connection)
        connection.execute("PRAGMA foreign_keys = ON")

    def read(self) -> AbstractContextManager[sqlite3.Connection]:
        """A connection for some SELECTs, all of which see the library at one moment.

        Raises:
            LibraryError: as ``open``; or the file, or what it holds, turns out to be damaged.
        """
        return self._transaction("BEGIN", grows=False)

    def write(self) -> AbstractContextManager[sqlite3.Connection]:
        """A connection whose changes are all made when the block ends, or none.

        Raises:
            LibraryError: as ``read``; or the disk is full.
        """
        return self._transaction("BEGIN IMMEDIATE", grows=True)

    @contextmanager
    def _transaction(self, begin: str, *, grows: bool) -> Iterator[sqlite3.Connection]:
        try:
            with (
                closing(self.open()) as connection,
                transaction(connection, self.path, begin, grows=grows),
            ):
                yield connection
        except DamagedRunError as fault:
            raise LibraryError(self.path, DAMAGED) from fault


@contextmanager
def transaction(
    connection: sqlite3.Connection,
    path: Path,
    begin: str = "BEGIN IMMEDIATE",
    *,
    grows: bool = True,
) -> Iterator[None]:
    """All of the block or nothing.

    Args:
        path: for the text of a ``LibraryError``.
        grows: something new is written, which may be larger than all that is there.
    """
    with translated(path):
        connection.execute(begin)
        try:
            bound(connection, grows=grows)
            yield
            connection.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):  # SQLite may have rolled it back by itself
                connection.execute("ROLLBACK")
            raise


def harden(connection: sqlite3.Connection) -> None:
    """Nothing in the file is trusted: functions in its definitions, its pages, its texts."""
    connection.row_factory = sqlite3.Row
    # One cell that is not UTF-8 would else make all of its table unreadable.
    connection.text_factory = lambda content: content.decode("utf-8", "replace")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Faults of the file become a ``LibraryError``; faults of this program stay what they are."""
    try:
        yield
    except ForeignFileError as fault:
        raise LibraryError(
            path,
            QT_TRANSLATE_NOOP(
                "core", "is a database of another program and was left as it is; move it away"
            ),
        ) from fault
    except NewerVersionError as fault:
        raise LibraryError(
            path,
            QT_TRANSLATE_NOOP(
                "core", "was made by a newer version of this program; update it to open the file"
            ),
        ) from fault
    except UnicodeDecodeError as fault:  # of a message of SQLite's that quotes the file
        raise LibraryError(path, DAMAGED) from fault
    except sqlite3.Error as fault:
        for words, template in FAULTS.items():
            if words in str(fault):
                raise LibraryError(path, template, seconds=BUSY_SECONDS, reason=fault) from fault
        raise


def as_library_error(path: Path, fault: Exception) -> LibraryError:
    """A fault of a library, whether a text was made for it or not."""
    if isinstance(fault, LibraryError):
        return fault
    return LibraryError(
        path, QT_TRANSLATE_NOOP("core", "cannot be written: {reason}"), reason=reason(fault)
    )
