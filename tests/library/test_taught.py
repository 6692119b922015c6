"""Corrections in the library."""

import json
from dataclasses import replace

import numpy as np
import pytest

from mnist_desktop.ink.correction import NO_DIGIT, Correction
from mnist_desktop.library.database import LibraryError
from mnist_desktop.library.profiles import FIRST, add_profile
from mnist_desktop.library.runs import list_runs
from mnist_desktop.library.taught import (
    delete,
    keep,
    mean_again,
    read_taught,
    relabel,
    restore,
)

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
    assert len(read_taught(library, FIRST)) == 2
    (third,) = keep(library, [replace(drawn, label="4")], [second], FIRST)
    assert [row["label"] for row in rows(library)] == ["7", "4"]
    keep(library, [], [first, third, second], FIRST)
    assert len(read_taught(library, FIRST)) == 0
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
    assert len(read_taught(library, FIRST)) == 1


def test_a_damaged_library_is_told(library, drawn):
    library.path.parent.mkdir()
    library.path.write_bytes(b"no database at all" * 100)
    with pytest.raises(LibraryError, match="damaged"):
        keep(library, [drawn], [], FIRST)


@pytest.fixture
def taught(library, drawn):
    """The ids of a 7, a picture of a 3 and what is no digit, and another person's 1."""
    picture = replace(drawn, label="3", ink=np.full((28, 28), 9, dtype=np.uint8), source="picture")
    mine = keep(library, [drawn, picture, replace(drawn, label=NO_DIGIT)], [], FIRST)
    return mine + keep(library, [replace(drawn, label="1")], [], add_profile(library, "Ada"))


def labels(library):
    return {one.id: one.label for one in read_taught(library)}


def test_what_was_taught_is_read_as_it_was_kept(library, taught, seven):
    first, second, third = read_taught(library, FIRST)
    assert [first.label, second.label, third.label] == ["7", "3", NO_DIGIT]
    for stroke, other in zip(first.ink.strokes, seven.strokes, strict=True):
        np.testing.assert_array_equal(stroke.points, other.points)
    np.testing.assert_array_equal(second.ink, np.full((28, 28), 9, dtype=np.uint8))
    assert [one.label for one in read_taught(library)] == ["7", "3", NO_DIGIT, "1"]
    assert [one.label for one in read_taught(library, 2)] == ["1"]


def test_what_is_meant_is_changed_and_what_was_meant_is_told(library, taught):
    seven, three, none, one = taught
    before = relabel(library, {seven: "1", three: "3", none: "4", 99: "5", one: NO_DIGIT})
    assert {digit.id: digit.label for digit in before} == {seven: "7", none: NO_DIGIT, one: "1"}
    assert labels(library) == {seven: "1", three: "3", none: "4", one: NO_DIGIT}


def test_what_was_meant_is_meant_again_since_when_it_was(library, taught):
    before = rows(library)
    changed = relabel(library, dict.fromkeys(taught, "5"))
    assert rows(library) != before
    mean_again(library, changed)
    assert rows(library) == before


def test_what_is_deleted_comes_back_as_it_was(library, taught):
    before = rows(library)
    gone = delete(library, [*taught[:3], 99])
    assert list(labels(library)) == taught[3:]
    assert [one.id for one in gone] == taught[:3]
    restore(library, gone)
    assert rows(library) == before


def test_further_ones_get_numbers_of_their_own(library, taught):
    (gone,) = delete(library, taught[:1])
    restore(library, [replace(gone, id=0), replace(gone, id=0)])
    assert list(labels(library)) == [*taught[1:], taught[-1] + 1, taught[-1] + 2]


def test_all_of_them_come_back_or_none(library, taught):
    gone = delete(library, taught[:2])
    with pytest.raises(LibraryError, match="deleted"):
        restore(library, [gone[0], replace(gone[1], profile=77)])
    assert list(labels(library)) == taught[2:]


@pytest.mark.parametrize("damage", ["label = '42'", "created = 1e300", "content = x'00'"])
def test_a_damaged_row_is_told_and_stays(library, taught, change, damage):
    change(library.path, f"UPDATE taught SET {damage} WHERE id = {taught[0]}")
    before = rows(library)
    for use in (
        lambda: read_taught(library, FIRST),
        lambda: relabel(library, {taught[0]: "1", taught[1]: "1"}),
        lambda: delete(library, taught[:2]),
    ):
        with pytest.raises(LibraryError, match="damaged"):
            use()
    assert rows(library) == before
