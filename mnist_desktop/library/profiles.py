"""The people whose hands are learned: each has drawings and models of their own."""

from __future__ import annotations

import sqlite3
import time
from dataclasses import dataclass

from mnist_desktop.library.bounds import fitting
from mnist_desktop.library.database import Library, LibraryError
from mnist_desktop.texts import QT_TRANSLATE_NOOP, one_line

FIRST = 1
"""The profile that every library begins with."""

LONGEST_NAME = 60
"""Characters."""

GONE = QT_TRANSLATE_NOOP("core", "nothing was changed: the person it belongs to has been deleted")


@dataclass(frozen=True)
class Profile:
    """One person.

    Attributes:
        id: its number in the library, never used again.
        name: for people; "" for who has given none.
        lesson: the number of the lesson that reads for them; None where the untaught model does.
    """

    id: int
    name: str
    lesson: int | None


def list_profiles(library: Library) -> list[Profile]:
    """All of them, the oldest first.

    Raises:
        LibraryError: the library cannot be read.
    """
    with library.read() as connection:
        rows = connection.execute("SELECT id, name, lesson FROM profiles ORDER BY id")
        return [
            Profile(int(row["id"]), named(row["name"]), row["lesson"])
            for row in fitting(connection, rows)
        ]


def add_profile(library: Library, name: str) -> int:
    """One more; returns its number.

    Raises:
        LibraryError: the library cannot be written.
    """
    with library.write() as connection:
        cursor = connection.execute(
            "INSERT INTO profiles (name, created) VALUES (?, ?)", (named(name), time.time())
        )
        return int(cursor.lastrowid or 0)


def rename_profile(library: Library, profile: int, name: str) -> None:
    """Call it otherwise.

    Raises:
        LibraryError: the library cannot be written.
    """
    with library.write() as connection:
        connection.execute("UPDATE profiles SET name = ? WHERE id = ?", (named(name), profile))


def delete_profile(library: Library, profile: int) -> None:
    """Away with it, and with all that was taught by this person. One profile always stays.

    Raises:
        LibraryError: the library cannot be written.
    """
    with library.write() as connection:
        connection.execute(
            "DELETE FROM profiles WHERE id = ? AND (SELECT count(*) FROM profiles) > 1", (profile,)
        )


def lesson_of(library: Library, connection: sqlite3.Connection, profile: int) -> int | None:
    """What reads for a person, inside the transaction that is open.

    Raises:
        LibraryError: they have been deleted, which another window can do at any time.
    """
    rows = connection.execute("SELECT lesson FROM profiles WHERE id = ?", (profile,))
    found: tuple[int | None] | None = rows.fetchone()
    if found is None:
        raise LibraryError(library.path, GONE)
    return found[0]


def named(name: object) -> str:
    """In one line that is not too long, whatever it was."""
    return one_line(str(name)).strip()[:LONGEST_NAME]
