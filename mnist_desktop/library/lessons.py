"""What was learned of a person's hand, step by step: each step a model, none of them lost.

The first row for an untaught model is that model itself, as it was; the rows of what it was taught
point to it. So going back ends, to the bit, at what there was before.
"""

from __future__ import annotations

import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mnist_desktop.library.bounds import fitting
from mnist_desktop.library.checks import DamagedRunError, checked, content, moment, text
from mnist_desktop.library.database import Library
from mnist_desktop.library.foreign_file import scratch_file
from mnist_desktop.library.profiles import lesson_of
from mnist_desktop.texts import QT_TRANSLATE_NOOP, one_line

if TYPE_CHECKING:
    from mnist_desktop.learning.models.model import Model

LESSON_COLUMNS = "id, profile, previous, base, created, name, content"


@dataclass(frozen=True)
class KeptLesson:
    """One step.

    Attributes:
        id: its number in the library, never used again.
        base: the number of the lesson with the untaught model; None for that one itself.
        previous: the number of the step before it; None for the first.
        created: when it began to be learned, in seconds since 1970.
        name: of the untaught model; "" for the one that comes with the program.
    """

    id: int
    base: int | None
    previous: int | None
    created: float
    name: str


def list_lessons(library: Library, profile: int) -> list[KeptLesson]:
    """All steps of a person, the oldest first; also those that one has gone back from.

    Raises:
        LibraryError: the library cannot be read, or what it holds is damaged.
    """
    with library.read() as connection, checked():
        rows = connection.execute(
            "SELECT id, base, previous, created, name FROM lessons WHERE profile = ? ORDER BY id",
            (profile,),
        )
        return [
            KeptLesson(
                row["id"],
                row["base"],
                row["previous"],
                moment(row["created"]),
                one_line(text(row["name"])),
            )
            for row in fitting(connection, rows)
        ]


def keep_lesson(
    library: Library,
    profile: int,
    name: str,
    base: Model,
    taught: Model,
    *,
    created: float | None = None,
) -> int:
    """A person's next step, which reads for them from now on; returns its number.

    Args:
        name: of the untaught model.
        base: that model.
        taught: what it has become.
        created: when it began to be learned, in seconds since 1970; None for just now.

    Raises:
        LibraryError: the library cannot be written, or the person has been deleted; nothing has
            changed then.
    """
    from mnist_desktop.learning.models.model_file import model_bytes

    untaught, learned, began = model_bytes(base), model_bytes(taught), created or time.time()
    with library.write() as connection:
        previous = lesson_of(library, connection, profile)
        known = connection.execute(
            "SELECT id FROM lessons WHERE profile = ? AND base IS NULL AND content = ?",
            (profile, untaught),
        ).fetchone()
        if known is None:
            first = previous = insert_lesson(
                connection, (None, profile, previous, None, began, name, untaught)
            )
        else:
            first = known["id"]
        lesson = insert_lesson(connection, (None, profile, previous, first, began, name, learned))
        connection.execute("UPDATE profiles SET lesson = ? WHERE id = ?", (lesson, profile))
        return lesson


def go_to_lesson(library: Library, profile: int, lesson: int) -> None:
    """Let another of a person's steps read for them.

    Raises:
        LibraryError: the library cannot be written.
    """
    with library.write() as connection:
        connection.execute("UPDATE profiles SET lesson = ? WHERE id = ?", (lesson, profile))


def model_of_lesson(library: Library, lesson: int) -> Model:
    """The model of a step.

    Raises:
        LibraryError: it is gone, or damaged.
    """
    with library.read() as connection:
        found = connection.execute("SELECT content FROM lessons WHERE id = ?", (lesson,))
        (bytes_of_file,) = found.fetchone() or (None,)
        return model_from(library.path, content(bytes_of_file))


def model_from(path: Path, bytes_of_file: bytes) -> Model:
    """The model that a file with these bytes holds.

    Args:
        path: from where they come, for the text of an error.

    Raises:
        DamagedRunError: it holds none.
        LibraryError: there is no room for such a file.
    """
    from mnist_desktop.learning.models.model import ModelFileError
    from mnist_desktop.learning.models.model_file import open_model

    with scratch_file(path, QT_TRANSLATE_NOOP("core", "cannot be read: {reason}")) as file:
        file.write_bytes(bytes_of_file)
        try:
            return open_model(file)
        except ModelFileError as fault:
            raise DamagedRunError from fault


def insert_lesson(connection: sqlite3.Connection, values: tuple[object, ...]) -> int:
    """Write a row of ``LESSON_COLUMNS``, inside the transaction that is open; returns its number.

    Args:
        values: of the columns; None as the first gives the row a new number.
    """
    cursor = connection.execute(
        f"INSERT INTO lessons ({LESSON_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
        values,
    )
    return int(cursor.lastrowid or 0)
