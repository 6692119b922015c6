"""What a person has said about ink: the digits from which their hand is learned.

A row of the table ``taught`` has the strokes of one digit as a strokes file would have them (kind
"strokes", JSON), or 28×28 greys, a byte each (kind "picture"); its label is a digit, or NULL for
what is none; see ``Correction.lesson``. Where the ink comes from is told by ``Correction.source``.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.ink import SIDE
from mnist_desktop.ink.correction import NO_DIGIT, Correction, Source
from mnist_desktop.ink.strokes import DIGITS, Drawing, Stroke
from mnist_desktop.ink.strokes_file import to_lists
from mnist_desktop.library.bounds import fitting
from mnist_desktop.library.checks import checked, content, moment, whole
from mnist_desktop.library.database import Library
from mnist_desktop.library.profiles import lesson_of


@dataclass(frozen=True, eq=False)
class TaughtDigit:
    """One drawing with its label, as it is kept.

    Attributes:
        id: its number in the library, never used again.
        created: when it was said what it is, in seconds since 1970.
        label: the digit that is meant, or ``NO_DIGIT``.
        ink: the digit's own strokes; of a picture (28, 28) uint8.
        source: where the ink comes from, as ``Correction.source``.
        profile: whose hand it is.
    """

    id: int
    created: float
    label: str
    ink: Drawing | NDArray[np.uint8]
    source: Source
    profile: int

    @property
    def drawing(self) -> Drawing | None:
        """The strokes; None of a picture."""
        return self.ink if isinstance(self.ink, Drawing) else None


def keep(
    library: Library, new: Sequence[Correction], old: Sequence[int], profile: int
) -> list[int]:
    """Keep corrections and forget others, all of it or nothing.

    Args:
        new: to be kept, each with a lesson.
        old: ids of rows that are no longer meant; those that have gone already cost nothing.
        profile: whose hand the new ones are.

    Returns:
        The ids of the new rows, which are never used again.

    Raises:
        LibraryError: the library cannot be written, or the person has been deleted.
    """
    with library.write() as connection:
        if new:  # the person must be there
            lesson_of(library, connection, profile)
        _delete(connection, old)
        now = time.time()
        return [
            insert(connection, TaughtDigit(0, now, one.lesson, one.ink, one.source, profile))
            for one in new
            if one.lesson is not None
        ]


def insert(connection: sqlite3.Connection, digit: TaughtDigit) -> int:
    """Write a digit, inside the transaction that is open; one whose ``id`` is 0 gets a new one."""
    cursor = connection.execute(
        "INSERT INTO taught (id, created, label, kind, content, source, profile) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            digit.id or None,
            digit.created,
            None if digit.label == NO_DIGIT else digit.label,
            *_kind_and_content(digit.ink),
            digit.source,
            digit.profile,
        ),
    )
    return int(cursor.lastrowid or 0)


def read_taught(library: Library, profile: int | None = None) -> list[TaughtDigit]:
    """What was taught by a person, or by all, the oldest first.

    Raises:
        LibraryError: the library cannot be read, or what it holds is damaged.
    """
    with library.read() as connection:
        return select(connection, profile)


def select(connection: sqlite3.Connection, profile: int | None = None) -> list[TaughtDigit]:
    """The same, inside the transaction that is open.

    Raises:
        DamagedRunError: a row is not what ``insert`` writes.
    """
    where, values = ("", ()) if profile is None else ("WHERE profile = ?", (profile,))
    rows = connection.execute(f"SELECT * FROM taught {where} ORDER BY id", values)  # noqa: S608
    with checked():
        return [_digit_of(row) for row in fitting(connection, rows)]


def relabel(library: Library, labels: dict[int, str]) -> list[TaughtDigit]:
    """Let digits mean something else, from now on: there is something new to learn.

    Args:
        labels: by their ids, a digit or ``NO_DIGIT``.

    Returns:
        Those of them that have changed, as they were: ``mean_again`` takes the change back.

    Raises:
        LibraryError: the library cannot be written, or what it holds is damaged.
    """
    with library.write() as connection:
        changed = [one for one in _chosen(connection, labels) if labels[one.id] != one.label]
        now = time.time()
        connection.executemany(
            "UPDATE taught SET label = ?, created = ? WHERE id = ?",
            [(labels[one.id] or None, now, one.id) for one in changed],
        )
        return changed


def mean_again(library: Library, digits: Iterable[TaughtDigit]) -> None:
    """Let digits mean what they meant, and since when; they are new only if they were.

    What has been learned of them with their other meaning has to be learned anew: then they mean
    it from now on.

    Raises:
        LibraryError: the library cannot be written.
    """
    with library.write() as connection:
        now = time.time()
        connection.executemany(
            """
            UPDATE taught SET label = ?, created = CASE WHEN EXISTS (
                SELECT 1 FROM lessons
                WHERE lessons.profile = taught.profile AND lessons.created >= taught.created
            ) THEN ? ELSE ? END WHERE id = ?
            """,
            [(one.label or None, now, one.created, one.id) for one in digits],
        )


def delete(library: Library, ids: Sequence[int]) -> list[TaughtDigit]:
    """Forget digits; returns those that were there. ``restore`` brings them back.

    Raises:
        LibraryError: the library cannot be written, or what it holds is damaged.
    """
    with library.write() as connection:
        gone = _chosen(connection, ids)
        _delete(connection, ids)
        return gone


def restore(library: Library, digits: Iterable[TaughtDigit]) -> list[int]:
    """Have digits again that were deleted, under the numbers that they had; or, of number 0,
    further ones. Returns their numbers.

    Raises:
        LibraryError: the library cannot be written, or the person has been deleted.
    """
    with library.write() as connection:
        ids = []
        for one in digits:
            lesson_of(library, connection, one.profile)  # they must be there
            ids.append(insert(connection, one))
        return ids


def _chosen(connection: sqlite3.Connection, ids: Iterable[int]) -> list[TaughtDigit]:
    """Those of some digits that are there."""
    found = [
        connection.execute("SELECT * FROM taught WHERE id = ?", (one,)).fetchone() for one in ids
    ]
    with checked():
        return [_digit_of(row) for row in found if row is not None]


def _delete(connection: sqlite3.Connection, ids: Iterable[int]) -> None:
    connection.executemany("DELETE FROM taught WHERE id = ?", [(one,) for one in ids])


def _kind_and_content(ink: Drawing | NDArray[np.uint8]) -> tuple[str, bytes]:
    if isinstance(ink, Drawing):
        return "strokes", json.dumps(to_lists(ink), separators=(",", ":")).encode()
    return "picture", np.ascontiguousarray(ink, dtype=np.uint8).tobytes()


def _digit_of(row: sqlite3.Row) -> TaughtDigit:
    label, kind, source = row["label"], row["kind"], row["source"]
    if label is not None and (len(label) != 1 or label not in DIGITS):
        raise ValueError(label)
    if source not in get_args(Source):
        raise ValueError(source)
    ink: Drawing | NDArray[np.uint8]
    if kind == "strokes":
        ink = Drawing(tuple(map(Stroke, json.loads(content(row["content"])))))
        if not ink:
            raise ValueError(ink)
    else:
        ink = np.frombuffer(content(row["content"]), dtype=np.uint8).reshape(SIDE, SIDE)
    return TaughtDigit(
        whole(row["id"], 1, 2**63 - 1),
        moment(row["created"]),
        NO_DIGIT if label is None else label,
        ink,
        source,
        whole(row["profile"], 1, 2**63 - 1),
    )
