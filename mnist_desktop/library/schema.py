"""The tables of a library, and how a library of an earlier version becomes one of today's."""

from __future__ import annotations

import sqlite3

APPLICATION_ID = 0x4D4E4C42
"""Tells a library from the SQLite files of other programs: "MNLB"."""

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
    """
    CREATE TABLE epochs (
        run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
        epoch INTEGER NOT NULL,
        train_loss REAL NOT NULL, train_accuracy REAL NOT NULL,
        test_loss REAL NOT NULL, test_accuracy REAL NOT NULL,
        seconds REAL NOT NULL,
        is_best INTEGER NOT NULL,
        PRIMARY KEY (run, epoch)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE batches (
        run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
        epoch INTEGER NOT NULL,
        figures BLOB NOT NULL,            -- (3, n) float32: positions, losses, accuracies
        PRIMARY KEY (run, epoch)
    )
    """,
    """
    CREATE TABLE log (
        run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
        epoch INTEGER NOT NULL,
        text TEXT NOT NULL
    )
    """,
    "CREATE INDEX log_of_run ON log (run, epoch)",
    """
    CREATE TABLE changes (
        run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
        epoch INTEGER NOT NULL,
        batch INTEGER NOT NULL,
        field TEXT NOT NULL,
        old TEXT NOT NULL, new TEXT NOT NULL -- JSON
    )
    """,
    "CREATE INDEX changes_of_run ON changes (run, epoch)",
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

MIGRATIONS: list[tuple[str, ...]] = [FIRST_VERSION, WITH_MODEL_FILES]
"""What makes version n of version n - 1. Never changed once released, only added to."""

APPENDED = ("epochs", "batches", "log", "changes")
"""Tables of what happened, in the order in which it did, each row with its epoch."""

TABLES = (*APPENDED, "states", "models", "timeline")
"""All tables of a run's parts; each has the run's number as its column ``run``."""


class ForeignFileError(Exception):
    """A database of another program."""


class NewerVersionError(Exception):
    """A library of a later version of this program."""


def version_of(connection: sqlite3.Connection) -> int:
    """The version of the library that is open; 0 where nothing is in it yet.

    Raises:
        ForeignFileError, NewerVersionError: it cannot be used.
    """
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    is_empty = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    if application != APPLICATION_ID and not (is_empty and application == version == 0):
        raise ForeignFileError
    if version > len(MIGRATIONS):
        raise NewerVersionError
    return version


def migrate(connection: sqlite3.Connection) -> None:
    """Make it a library of today's version, inside the transaction that is open."""
    for statements in MIGRATIONS[version_of(connection) :]:
        for statement in statements:
            connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")


def definitions(connection: sqlite3.Connection) -> list[tuple[str, ...]]:
    """All that a database is defined by: kind, name, table and SQL of each of its objects."""
    rows = connection.execute(
        "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master ORDER BY 1, 2"
    )
    return [tuple(row) for row in rows]
