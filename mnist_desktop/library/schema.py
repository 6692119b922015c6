"""The kinds of files that are databases, and how an earlier version becomes one of today's.

Each kind of file has versions of its own, so that a change of the library leaves the others
readable to older programs.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import NamedTuple

from mnist_desktop.library.bounds import FEW_PAGES, MALFORMED, MOST_PAGES
from mnist_desktop.library.tables import (
    BATCHES,
    CHANGES,
    CHECKPOINTS,
    EPOCHS,
    FIRST_VERSION,
    INDEX_OF_CHANGES,
    LESSONS,
    PROFILE_OF_TAUGHT,
    PROFILES,
    RUN_COLUMNS,
    RUNS_ARE_RECORDS,
    WEIGHTS,
    WITH_LABELS,
    WITH_MODEL_FILES,
    WITH_PROFILES,
    WITH_TAUGHT,
    WITH_WISHES,
)

Step = str | Callable[[sqlite3.Connection], None]


class Schema(NamedTuple):
    """A kind of file.

    Attributes:
        application_id: tells it from the SQLite files of other programs.
        migrations: what makes version n of version n - 1. Never changed once released, only added
            to.
    """

    application_id: int
    migrations: tuple[tuple[Step, ...], ...]

    def version_of(self, connection: sqlite3.Connection) -> int:
        """The version of the file that is open; 0 where nothing is in it yet.

        Raises:
            ForeignFileError, NewerVersionError: it cannot be used.
        """
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        is_empty = connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None
        if application != self.application_id and not (is_empty and application == version == 0):
            raise ForeignFileError
        if not 0 <= version <= len(self.migrations):
            raise NewerVersionError
        return version

    def migrate(self, connection: sqlite3.Connection) -> None:
        """Make it a file of today's version, inside the transaction that is open."""
        version = self.version_of(connection)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {2 * pages + FEW_PAGES}")
        try:
            self.make(connection, version, len(self.migrations))
        except sqlite3.IntegrityError as fault:  # rows that no sound file has
            raise sqlite3.DatabaseError(MALFORMED) from fault
        connection.execute(f"PRAGMA max_page_count = {MOST_PAGES}")
        connection.execute(f"PRAGMA application_id = {self.application_id}")
        connection.execute(f"PRAGMA user_version = {len(self.migrations)}")

    def make(self, connection: sqlite3.Connection, first: int, last: int) -> None:
        """Go from the first version to the last."""
        for steps in self.migrations[first:last]:
            for step in steps:
                if isinstance(step, str):
                    connection.execute(step)
                else:
                    step(connection)


LIBRARY = Schema(
    0x4D4E4C42,
    (
        FIRST_VERSION,
        WITH_MODEL_FILES,
        RUNS_ARE_RECORDS,
        WITH_TAUGHT,
        WITH_PROFILES,
        WITH_LABELS,
        WITH_WISHES,
    ),
)
"""Until its version 2 a run file was a library that held nothing else."""

RUN_FILE = Schema(
    0x4D4E5255,
    (
        (
            f"CREATE TABLE runs ({RUN_COLUMNS}\n    )",
            EPOCHS,
            BATCHES,
            CHANGES,
            INDEX_OF_CHANGES,
            CHECKPOINTS,
            WEIGHTS,
        ),
    ),
)

PROFILE_FILE = Schema(0x4D4E5046, ((PROFILES, *WITH_TAUGHT, PROFILE_OF_TAUGHT, LESSONS),))
"""One person, all that was taught by them, and what reads for them, with what it was taught on."""


class ForeignFileError(Exception):
    """A database of another program."""


class NewerVersionError(Exception):
    """A file of a later version of this program."""


def definitions(connection: sqlite3.Connection) -> list[tuple[str, ...]]:
    """All that a database is defined by: kind, name, table and SQL of each of its objects."""
    rows = connection.execute(
        "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master ORDER BY 1, 2 LIMIT 100"
    )
    return [tuple(row) for row in rows]
