"""Which model files the user has saved or opened, so that they are at hand at the next start."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path
from typing import get_args

from mnist_desktop.errors import UserError
from mnist_desktop.learning.models.interpretation import Wish, parse_input
from mnist_desktop.learning.settings.training_settings import Activation
from mnist_desktop.library.bounds import fitting
from mnist_desktop.library.database import Library

MOST = 20
"""So many are remembered."""


def remember(library: Library, path: Path, wish: Wish | None = None) -> None:
    """The file has just been saved or opened; the one that was so the longest ago is forgotten.

    Args:
        wish: what the person has said of how it reads; None where that was found out.
    """
    said = (wish.activation, wish.input.words if wish.input else None) if wish else (None, None)
    with library.write() as connection:
        connection.execute(
            "INSERT OR REPLACE INTO model_files VALUES (?, ?, ?, ?)",
            (_cell(path), time.time(), *said),
        )
        rows = connection.execute("SELECT rowid FROM model_files ORDER BY used DESC, rowid DESC")
        forgotten = list(fitting(connection, rows))[MOST:]
        connection.executemany("DELETE FROM model_files WHERE rowid = ?", map(tuple, forgotten))


def forget(library: Library, path: Path) -> None:
    """Remember a file no more. The file itself stays."""
    with library.write() as connection:
        connection.execute("DELETE FROM model_files WHERE path = ?", (_cell(path),))


def remembered(library: Library) -> list[tuple[Path, Wish | None]]:
    """The files, the longest known first, and what was said of them. They may have gone since."""
    with library.read() as connection:
        rows = connection.execute(
            "SELECT path, activation, input FROM model_files ORDER BY used, rowid"
        )
        return [
            (Path(os.fsdecode(path)), _wish(activation, words))
            for path, activation, words in fitting(connection, rows)
            if isinstance(path, str | bytes)
        ]


def _cell(path: Path) -> str | bytes:
    """A path as the library keeps it: the name of a file need not be text at all."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return os.fsencode(path)
    return str(path)


def _wish(activation: object, words: object) -> Wish | None:
    """What cannot be understood was not said."""
    known = next((one for one in get_args(Activation) if one == activation), None)
    meant = None
    if isinstance(words, str):
        with suppress(UserError):
            meant = parse_input(words)
    return Wish(known, meant) if known or meant else None
