"""The people of a library."""

import pytest

from mnist_desktop.ink.correction import Correction
from mnist_desktop.library.database import LibraryError
from mnist_desktop.library.lessons import keep_lesson, list_lessons
from mnist_desktop.library.profiles import (
    FIRST,
    LONGEST_NAME,
    add_profile,
    delete_profile,
    list_profiles,
    rename_profile,
)
from mnist_desktop.library.taught import keep, read_taught, restore


@pytest.fixture
def drawn(seven):
    return Correction((0.0, 0.0, 1.0, 1.0), "7", "7", seven, "canvas")


def test_a_new_library_has_one_without_a_name(library):
    (one,) = list_profiles(library)
    assert (one.id, one.name, one.lesson) == (FIRST, "", None)


def test_others_are_added_and_called_otherwise(library):
    second = add_profile(library, "Ada\n  of\u2028London ")
    rename_profile(library, FIRST, "B" * 500)
    names = [one.name for one in list_profiles(library)]
    assert names == ["B" * LONGEST_NAME, "Ada of London"]
    assert list_profiles(library)[1].id == second


def test_one_goes_with_all_that_was_theirs_and_nobody_else_s(library, drawn, tiny_model):
    second = add_profile(library, "Ada")
    keep(library, [drawn], [], FIRST)
    keep(library, [drawn, drawn], [], second)
    for profile in (FIRST, second):
        keep_lesson(library, profile, "", tiny_model(), tiny_model(1))
    delete_profile(library, second)
    assert [one.id for one in list_profiles(library)] == [FIRST]
    assert (len(read_taught(library, FIRST)), len(read_taught(library, second))) == (1, 0)
    assert len(list_lessons(library, FIRST)) == 2
    assert list_lessons(library, second) == []
    assert add_profile(library, "Ada again") > second, "a number is never used again"


def test_the_last_one_stays(library):
    delete_profile(library, FIRST)
    assert len(list_profiles(library)) == 1


def test_what_comes_too_late_for_somebody_is_told_and_changes_nothing(library, drawn, tiny_model):
    second = add_profile(library, "Ada")
    (old,) = keep(library, [drawn], [], FIRST)
    keep(library, [drawn], [], second)
    theirs = read_taught(library, second)
    delete_profile(library, second)
    for change in (
        lambda: keep(library, [drawn], [old], second),
        lambda: restore(library, theirs),
        lambda: keep_lesson(library, second, "", tiny_model(), tiny_model(1)),
    ):
        with pytest.raises(LibraryError, match="deleted"):
            change()
    assert [one.id for one in read_taught(library)] == [old]
    assert list_lessons(library, second) == []
