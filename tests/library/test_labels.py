"""Corrected labels in the library."""

import pytest

from mnist_desktop.library.database import LibraryError
from mnist_desktop.library.labels import keep_labels, read_labels
from mnist_desktop.library.runs import list_runs

ONE, OTHER = "a" * 64, "b" * 64


def test_a_label_is_kept_for_its_picture_of_its_split(library):
    keep_labels(library, ONE, {7: 3, 0: 9})
    keep_labels(library, OTHER, {7: 4})
    assert read_labels(library, ONE) == {0: 9, 7: 3}
    assert read_labels(library, OTHER) == {7: 4}
    assert read_labels(library, "c" * 64) == {}


def test_the_last_word_counts_and_none_is_the_data_set_s_own(library):
    keep_labels(library, ONE, {7: 3, 8: 1})
    keep_labels(library, OTHER, {8: 2})
    keep_labels(library, ONE, {7: 5, 8: None, 9: None})
    assert read_labels(library, ONE) == {7: 5}
    assert read_labels(library, OTHER) == {8: 2}


def test_all_are_kept_or_none(library):
    keep_labels(library, ONE, {1: 1})
    with pytest.raises(OverflowError):
        keep_labels(library, ONE, {1: None, 2: 2**64})
    assert read_labels(library, ONE) == {1: 1}


def test_a_library_of_before_has_room_for_them(library, of_earlier_version):
    of_earlier_version("library-2.sqlite3", library.path)
    keep_labels(library, ONE, {7: 3})
    assert read_labels(library, ONE) == {7: 3}
    assert len(list_runs(library)) == 3


@pytest.mark.parametrize("row", ["-1, 3", "'seven', 3", "7, 10", "7, x'00'"])
def test_what_this_program_does_not_write_is_damaged(library, change, row):
    keep_labels(library, ONE, {})
    change(library.path, f"INSERT INTO labels VALUES ('{ONE}', {row})")
    with pytest.raises(LibraryError, match="damaged"):
        read_labels(library, ONE)
