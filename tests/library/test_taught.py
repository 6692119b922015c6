"""Corrections in the library."""

import json
from dataclasses import replace

import numpy as np
import pytest

from mnist_desktop.ink.correction import NO_DIGIT, Correction
from mnist_desktop.library.database import LibraryError
from mnist_desktop.library.profiles import FIRST
from mnist_desktop.library.runs import list_runs
from mnist_desktop.library.taught import count, keep

BOX = (0.0, 0.0, 1.0, 1.0)


def rows(library):
    with library.read() as connection:
        return [dict(row) for row in connection.execute("SELECT * FROM taught ORDER BY id")]


@pytest.fixture
def drawn(seven):
    return Correction(BOX, "1", "7", seven, "canvas")


def test_strokes_are_kept_with_what_is_meant(library, drawn, seven):
    (number,) = keep(library, [drawn], [], FIRST)
    (row,) = rows(library)
    assert row["id"] == number
    assert (row["label"], row["kind"], row["source"]) == ("7", "strokes", "canvas")
    assert json.loads(row["content"]) == [stroke.points.tolist() for stroke in seven.strokes]
    assert row["created"] > 1.7e9


def test_a_picture_is_kept_as_its_greys_and_no_digit_without_a_label(library):
    picture = np.arange(784, dtype=np.uint8).reshape(28, 28)
    keep(library, [Correction(BOX, "1", NO_DIGIT, picture.T, "picture")], [], FIRST)
    (row,) = rows(library)
    assert (row["label"], row["kind"], row["source"]) == (None, "picture", "picture")
    assert row["content"] == picture.T.tobytes()


def test_a_sign_is_no_digit(library, seven):
    keep(library, [Correction(BOX, "1", "-", seven, "canvas")], [], FIRST)
    (row,) = rows(library)
    assert row["label"] is None


def test_what_is_no_longer_meant_goes_and_its_number_is_not_used_again(library, drawn):
    first, second = keep(library, [drawn, replace(drawn, label="1")], [], FIRST)
    assert count(library, FIRST) == 2
    (third,) = keep(library, [replace(drawn, label="4")], [second], FIRST)
    assert [row["label"] for row in rows(library)] == ["7", "4"]
    keep(library, [], [first, third, second], FIRST)
    assert count(library, FIRST) == 0
    assert keep(library, [drawn], [], FIRST) == [third + 1]


def test_all_of_it_is_kept_or_nothing(library, drawn):
    (first,) = keep(library, [drawn], [], FIRST)
    with pytest.raises(Exception, match="NOT NULL"):
        keep(library, [drawn, replace(drawn, source=None)], [first], FIRST)
    assert [row["id"] for row in rows(library)] == [first]


def test_a_library_of_before_has_room_for_them(library, of_earlier_version, drawn):
    of_earlier_version("library-2.sqlite3", library.path)
    keep(library, [drawn], [], FIRST)
    assert len(list_runs(library)) == 3
    assert count(library, FIRST) == 1


def test_a_damaged_library_is_told(library, drawn):
    library.path.parent.mkdir()
    library.path.write_bytes(b"no database at all" * 100)
    with pytest.raises(LibraryError, match="damaged"):
        keep(library, [drawn], [], FIRST)
