"""Which model files the user has saved or opened, so that they are at hand at the next start."""

from __future__ import annotations

import time
from pathlib import Path

from mnist_desktop.library.bounds import fitting
from mnist_desktop.library.database import Library

MOST = 20
"""So many are remembered."""


def remember(library: Library, path: Path) -> None:
    """The file has just been saved or opened; the one that was so the longest ago is forgotten."""
    with library.write() as connection:
        connection.execute(
            "INSERT OR REPLACE INTO model_files VALUES (?, ?)", (str(path), time.time())
        )
        rows = connection.execute("SELECT rowid FROM model_files ORDER BY used DESC, rowid DESC")
        forgotten = list(fitting(connection, rows))[MOST:]
        connection.executemany("DELETE FROM model_files WHERE rowid = ?", map(tuple, forgotten))


def forget(library: Library, path: Path) -> None:
    """Remember a file no more. The file itself stays."""
    with library.write() as connection:
        connection.execute("DELETE FROM model_files WHERE path = ?", (str(path),))


def remembered(library: Library) -> list[Path]:
    """The files, the longest known first. They may have gone since."""
    with library.read() as connection:
        rows = connection.execute("SELECT path FROM model_files ORDER BY used, rowid")
        return [Path(path) for (path,) in fitting(connection, rows) if isinstance(path, str)]
