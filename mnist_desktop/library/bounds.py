"""What can be asked of a database is bounded by the size of its file.

Pages of a damaged or hostile file can point into themselves, and rows can share one long value, so
that a small file never ends or is gigabytes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import repeat
from typing import TypeVar

STEPS_BETWEEN_LOOKS = 10_000
LEAST_STEPS = 2_000_000
GROWING_STEPS = 20_000_000
"""So many more where something new is written: a run of ``rows.MAX_EPOCHS`` takes half of them."""

STEPS_PER_BYTE = 4
"""Of SQLite's machine. A list of runs that are nothing but epochs takes 1.2 for each byte, and
nothing takes more."""

LARGEST_VALUE = 10**9
MOST_PAGES = 2**30 - 1
"""As SQLite has them."""

FEW_PAGES = 100
MALFORMED = "malformed"
"""A word that is in SQLite's own text as well."""

Row = TypeVar("Row", sqlite3.Row, tuple[object, ...])


def bound(connection: sqlite3.Connection, *, grows: bool) -> None:
    """Bound what a transaction that has begun can take: in steps, and in bytes of one value.

    Args:
        grows: something new is written, which may be larger than all that is there.
    """
    size = bytes_of(connection)
    steps = LEAST_STEPS + STEPS_PER_BYTE * size + (GROWING_STEPS if grows else 0)
    looks = repeat(0, steps // STEPS_BETWEEN_LOOKS)
    connection.set_progress_handler(lambda: next(looks, 1), STEPS_BETWEEN_LOOKS)
    if hasattr(connection, "setlimit"):  # since Python 3.11
        most = LARGEST_VALUE if grows else max(size, STEPS_BETWEEN_LOOKS)
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, most)


def fitting(connection: sqlite3.Connection, rows: Iterable[Row]) -> Iterator[Row]:
    """Rows, as long as all of them have room in the file.

    Raises:
        sqlite3.DatabaseError: they have not.
    """
    left = bytes_of(connection)
    for row in rows:
        left -= len(row) + sum(len(value) for value in row if isinstance(value, str | bytes))
        if left < 0:
            raise sqlite3.DatabaseError(MALFORMED)
        yield row


def bytes_of(connection: sqlite3.Connection) -> int:
    """How large a file is."""
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    return int(pages) * int(connection.execute("PRAGMA page_size").fetchone()[0])
