"""The tables of a library and of its exported parts, as SQL, and the steps from version to version.

A version's steps are never changed once released.
"""

from __future__ import annotations

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

PROFILES = """
    CREATE TABLE profiles (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,               -- '' for who has given no name
        created REAL NOT NULL,            -- seconds since 1970
        lesson INTEGER                    -- what reads for this person; NULL while nothing does
    )
    """
LESSONS = """
    CREATE TABLE lessons (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        profile INTEGER NOT NULL REFERENCES profiles ON DELETE CASCADE,
        previous INTEGER,                 -- the lesson before it; NULL for the first
        base INTEGER,                     -- the lesson with the untaught model; NULL for such
        created REAL NOT NULL,            -- seconds since 1970
        name TEXT NOT NULL,               -- of the untaught model; '' for the program's own
        content BLOB NOT NULL             -- the model, as a file has it; its card says the rest
    )
    """
PROFILE_OF_TAUGHT = (
    "ALTER TABLE taught ADD COLUMN profile INTEGER NOT NULL DEFAULT 1 "
    "REFERENCES profiles ON DELETE CASCADE"
)

WITH_PROFILES = (
    PROFILES,
    "INSERT INTO profiles (id, name, created) VALUES (1, '', strftime('%s', 'now'))",
    PROFILE_OF_TAUGHT,
    LESSONS,
    "CREATE INDEX lessons_of_profile ON lessons (profile)",
    "CREATE INDEX taught_of_profile ON taught (profile)",
)

WITH_WISHES = (
    "ALTER TABLE model_files ADD COLUMN activation TEXT",
    "ALTER TABLE model_files ADD COLUMN input TEXT",  # InputFormat.words
)
"""What a person says of a model file that does not say it; NULL where nothing was said."""

WITH_LABELS = (
    """
    CREATE TABLE labels (
        split TEXT NOT NULL,              -- Split.sha256
        picture INTEGER NOT NULL,         -- its index in the split, from 0
        label INTEGER NOT NULL,           -- what it shows, other than the data set says
        PRIMARY KEY (split, picture)
    ) WITHOUT ROWID
    """,
)
