"""One person's hand as a file: their drawings, and the model that reads for them.

It is for another machine, or for a stranger: what is in it is checked as a run file is
(``foreign_file``), and no code runs.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from mnist_desktop.library import taught
from mnist_desktop.library.bounds import fitting
from mnist_desktop.library.checks import DamagedRunError, checked, content, moment, text
from mnist_desktop.library.database import Library
from mnist_desktop.library.foreign_file import check_definitions, connected, distrusted, written
from mnist_desktop.library.lessons import LESSON_COLUMNS, insert_lesson, model_from
from mnist_desktop.library.profiles import lesson_of, named
from mnist_desktop.library.schema import PROFILE_FILE
from mnist_desktop.library.taught import TaughtDigit
from mnist_desktop.texts import QT_TRANSLATE_NOOP, one_line

SUFFIX = ".mnist-profile"

MOST_LESSONS = 2
"""The one that reads, and that of the untaught model."""


def export_profile(library: Library, profile: int, path: Path) -> None:
    """Write a person's drawings, the model that reads for them, and what it was before.

    Raises:
        LibraryError: the library cannot be read, or the person has been deleted.
        FileError: the file cannot be written.
    """
    with library.read() as connection:
        lesson = lesson_of(library, connection, profile)
        person = connection.execute(
            "SELECT id, name, created, lesson FROM profiles WHERE id = ?", (profile,)
        ).fetchone()
        digits = taught.select(connection, profile)
        lessons = connection.execute(
            f"SELECT {LESSON_COLUMNS} FROM lessons "  # noqa: S608
            "WHERE id IN (?1, (SELECT base FROM lessons WHERE id = ?1)) ORDER BY id",
            (lesson,),
        ).fetchall()
    with written(path, PROFILE_FILE) as file:
        file.execute("INSERT INTO profiles VALUES (?, ?, ?, ?)", tuple(person))
        for one in digits:
            taught.insert(file, one)
        for row in lessons:
            insert_lesson(file, tuple(row))


def import_profile(library: Library, path: Path) -> int:
    """One more person, that of a file; returns their number in the library.

    Raises:
        FileError: it is no such file, damaged, or of a newer version; or the library cannot be
            written.
    """
    other = QT_TRANSLATE_NOOP(
        "core", "is not a profile: files that end in .mnist-profile can be opened"
    )
    with distrusted(path, other):
        name, created, digits, lessons = _read(path)
    with library.write() as connection:
        cursor = connection.execute(
            "INSERT INTO profiles (name, created) VALUES (?, ?)", (name, created)
        )
        profile = int(cursor.lastrowid or 0)
        for one in digits:
            taught.insert(connection, replace(one, id=0, profile=profile))
        last = None
        for when, of, model in lessons:  # the untaught one first
            last = insert_lesson(connection, (None, profile, last, last, when, of, model))
        connection.execute("UPDATE profiles SET lesson = ? WHERE id = ?", (last, profile))
    return profile


def _read(path: Path) -> tuple[str, float, list[TaughtDigit], list[tuple[float, str, bytes]]]:
    """Name, when it was begun, drawings, and lessons: each when, of what model, its bytes."""
    with connected(path) as file, checked():
        check_definitions(file, PROFILE_FILE, PROFILE_FILE.version_of(file))
        (person,) = file.execute("SELECT name, created FROM profiles LIMIT 2").fetchall()
        rows = file.execute(f"SELECT {LESSON_COLUMNS} FROM lessons ORDER BY id LIMIT 3")  # noqa: S608
        lessons = [
            (moment(row["created"]), one_line(text(row["name"])), content(row["content"]))
            for row in fitting(file, rows)
        ]
        if len(lessons) > MOST_LESSONS:
            raise DamagedRunError
        for *_, model in lessons:
            model_from(path, model)
        return named(text(person["name"])), moment(person["created"]), taught.select(file), lessons
