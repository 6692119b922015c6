"""The tables of a library and of a run file, and how an earlier version becomes one of today's.

Each kind of file has versions of its own, so that a change of the library leaves run files readable
to older programs.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import NamedTuple

from mnist_desktop.library.bounds import FEW_PAGES, MALFORMED, MOST_PAGES
from mnist_desktop.library.migration import keep_weights_once

EPOCHS = """
    CREATE TABLE epochs (
        run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
        epoch INTEGER NOT NULL,
        train_loss REAL NOT NULL, train_accuracy REAL NOT NULL,
        test_loss REAL NOT NULL, test_accuracy REAL NOT NULL,
        seconds REAL NOT NULL,
        is_best INTEGER NOT NULL,
        PRIMARY KEY (run, epoch)
    ) WITHOUT ROWID
    """
BATCHES = """
    CREATE TABLE batches (
        run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
        epoch INTEGER NOT NULL,
        figures BLOB NOT NULL,            -- (3, n) float32: positions, losses, accuracies
        PRIMARY KEY (run, epoch)
    )
    """
CHANGES = """
    CREATE TABLE changes (
        run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
        epoch INTEGER NOT NULL,
        batch INTEGER NOT NULL,
        field TEXT NOT NULL,
        old TEXT NOT NULL, new TEXT NOT NULL -- JSON
    )
    """
INDEX_OF_CHANGES = "CREATE INDEX changes_of_run ON changes (run, epoch)"

FIRST_VERSION = (
    """
    CREATE TABLE runs (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        note TEXT NOT NULL DEFAULT '',
        created REAL NOT NULL,            -- seconds since 1970
        config TEXT NOT NULL,             -- JSON, as of the last finished epoch
        network TEXT NOT NULL,
        parameters INTEGER NOT NULL,
        dataset TEXT NOT NULL,
        train_sha256 TEXT NOT NULL,
        test_sha256 TEXT NOT NULL,
        owner TEXT,                       -- the claim under which it is or was last recorded
        outcome TEXT,                     -- NULL while it goes on, or where it was interrupted
        epoch INTEGER NOT NULL DEFAULT 0, -- the last finished one
        best_epoch INTEGER NOT NULL DEFAULT 0,
        best_accuracy REAL,
        score_accuracy REAL, score_low REAL, score_high REAL, score_total INTEGER,
        seconds REAL NOT NULL DEFAULT 0,
        deleted REAL                      -- when; NULL if it is not
    )
    """,
    EPOCHS,
    BATCHES,
    """
    CREATE TABLE log (
        run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
        epoch INTEGER NOT NULL,
        text TEXT NOT NULL
    )
    """,
    "CREATE INDEX log_of_run ON log (run, epoch)",
    CHANGES,
    INDEX_OF_CHANGES,
    """
    CREATE TABLE states (
        run INTEGER PRIMARY KEY REFERENCES runs ON DELETE CASCADE,
        epoch INTEGER NOT NULL,
        content BLOB NOT NULL             -- TrainingState.to_bytes
    )
    """,
    """
    CREATE TABLE models (
        run INTEGER PRIMARY KEY REFERENCES runs ON DELETE CASCADE,
        epoch INTEGER NOT NULL,           -- whose weights these are; 0 for those of a stop
        temperature REAL NOT NULL,
        weights BLOB NOT NULL             -- a state dict as safetensors
    )
    """,
    """
    CREATE TABLE timeline (
        run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
        epoch INTEGER NOT NULL,
        weights BLOB NOT NULL,            -- a state dict as safetensors
        PRIMARY KEY (run, epoch)
    )
    """,
)

WITH_MODEL_FILES = (
    """
    CREATE TABLE model_files (
        path TEXT PRIMARY KEY,
        used REAL NOT NULL                -- when it was saved or opened, seconds since 1970
    )
    """,
)

RUN_COLUMNS = """
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        note TEXT NOT NULL,
        created REAL NOT NULL,            -- seconds since 1970
        config TEXT NOT NULL,             -- JSON, as of the last finished epoch
        dataset TEXT NOT NULL,
        train_sha256 TEXT NOT NULL,
        test_sha256 TEXT NOT NULL,
        outcome TEXT,                     -- NULL while it goes on, or where it was interrupted
        score_accuracy REAL, score_low REAL, score_high REAL, score_total INTEGER,
        temperature REAL"""
CHECKPOINTS = """
    CREATE TABLE checkpoints (
        run INTEGER PRIMARY KEY REFERENCES runs ON DELETE CASCADE,
        epoch INTEGER NOT NULL,
        content BLOB NOT NULL             -- Checkpoint.to_bytes
    )
    """
WEIGHTS = """
    CREATE TABLE weights (
        run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
        epoch INTEGER NOT NULL,           -- 0 for those of a stop in the first one
        content BLOB NOT NULL,            -- a state dict as safetensors
        PRIMARY KEY (run, epoch)
    )
    """

# What epochs can tell stands in their table only; what a run's log says is computed.
RUNS_ARE_RECORDS = (
    f"""
    CREATE TABLE runs_of_today ({RUN_COLUMNS},
        lock TEXT,                        -- under which it is or was last recorded
        deleted REAL                      -- when; NULL if it is not
    )
    """,
    """
    INSERT INTO runs_of_today
    SELECT id, name, note, created, config, dataset, train_sha256, test_sha256, outcome,
        score_accuracy, score_low, score_high, score_total,
        (SELECT temperature FROM models WHERE run = id AND models.epoch = best_epoch),
        owner, deleted
    FROM runs
    """,
    """
    UPDATE sqlite_sequence SET seq = (SELECT seq FROM sqlite_sequence WHERE name = 'runs')
    WHERE name = 'runs_of_today'
    """,
    CHECKPOINTS,
    "ALTER TABLE timeline RENAME TO weights",
    "ALTER TABLE weights RENAME COLUMN weights TO content",
    keep_weights_once,
    "DROP TABLE log",
    "DROP TABLE models",
    "DROP TABLE states",
    "DROP TABLE runs",
    "ALTER TABLE runs_of_today RENAME TO runs",
)

WITH_TAUGHT = (
    """
    CREATE TABLE taught (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        created REAL NOT NULL,            -- seconds since 1970
        label TEXT,                       -- the digit that is meant; NULL for what is none
        kind TEXT NOT NULL,               -- strokes, or picture
        content BLOB NOT NULL,            -- their points as JSON, or 28×28 greys
        source TEXT NOT NULL              -- canvas, file, or picture
    )
    """,
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


LIBRARY = Schema(0x4D4E4C42, (FIRST_VERSION, WITH_MODEL_FILES, RUNS_ARE_RECORDS, WITH_TAUGHT))
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
