"""What a person has said about ink: digits put right, for learning their hand later."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence

import numpy as np

from mnist_desktop.ink.correction import NO_DIGIT, Correction
from mnist_desktop.ink.strokes import Drawing
from mnist_desktop.ink.strokes_writing import to_lists
from mnist_desktop.library.database import Library


def keep(library: Library, new: Sequence[Correction], old: Sequence[int]) -> list[int]:
    """Keep corrections and forget others, all of it or nothing.

    A row of the table ``taught`` has the strokes of one digit as a strokes file would have them
    (kind "strokes", JSON), or 28×28 greys, a byte each (kind "picture"); its label is a digit, or
    NULL for what is none; see ``Correction.lesson``. Where the ink comes from is told by
    ``Correction.source``.

    Args:
        new: to be kept, each with a lesson.
        old: ids of rows that are no longer meant; those that have gone already cost nothing.

    Returns:
        The ids of the new rows, which are never used again.

    Raises:
        LibraryError: the library cannot be written.
    """
    with library.write() as connection:
        connection.executemany("DELETE FROM taught WHERE id = ?", [(one,) for one in old])
        ids = []
        for one in new:
            cursor = connection.execute(
                "INSERT INTO taught (created, label, kind, content, source) VALUES (?, ?, ?, ?, ?)",
                (time.time(), None if one.lesson == NO_DIGIT else one.lesson, *_row(one)),
            )
            ids.append(int(cursor.lastrowid or 0))
        return ids


def count(library: Library) -> int:
    """How many are kept.

    Raises:
        LibraryError: the library cannot be read.
    """
    with library.read() as connection:
        return int(connection.execute("SELECT count(*) FROM taught").fetchone()[0])


def _row(correction: Correction) -> tuple[str, bytes, str]:
    """Kind, content, source."""
    ink = correction.ink
    if isinstance(ink, Drawing):
        content = json.dumps(to_lists(ink), separators=(",", ":")).encode()
        return "strokes", content, correction.source
    return "picture", np.ascontiguousarray(ink, dtype=np.uint8).tobytes(), correction.source
