"""What was taught is looked through and put right."""

from types import SimpleNamespace

import numpy as np
import pytest

from mnist_desktop.errors import UserError
from mnist_desktop.ink.correction import NO_DIGIT, Correction
from mnist_desktop.ink.normalise import normalise
from mnist_desktop.ink.strokes import LabelledDrawing
from mnist_desktop.ink.strokes_file import read_strokes, save_drawings
from mnist_desktop.library import taught
from mnist_desktop.library.profiles import FIRST, add_profile, delete_profile
from mnist_desktop.ui.session.shelf import Entry, Shelf
from mnist_desktop.ui.session.teach.my_digits import Filter, MyDigits

WHOLE = (0.0, 0.0, 1.0, 1.0)
BLACK = np.full((28, 28), 255, dtype=np.uint8)


class BlackOrWhite:
    """Is sure that a black picture is a 3, and half sure that what was drawn is a 7."""

    def probabilities_of(self, drawings, pictures):
        is_picture = (pictures == 255).all(axis=(1, 2))
        assert [one is None for one in drawings] == is_picture.tolist()
        found = np.full((len(pictures), 10), 0.05)
        is_black = (pictures == 255).all(axis=(1, 2))
        found[is_black, 3], found[~is_black, 7] = 0.55 + 0.4, 0.55
        return found


@pytest.fixture
def shelf():
    shelf = Shelf()
    entry = Entry("model", BlackOrWhite())
    shelf.add(entry)
    shelf.read_with(entry)
    return shelf


@pytest.fixture
def reader():
    return SimpleNamespace(strictness=0.5)


@pytest.fixture
def mine(session_of, library, jobs, shelf, reader, seven):
    """Three that I have taught and one that Ada has: a 7, a black 3 and 4, and no digit."""
    said = [
        Correction(WHOLE, "7", "7", seven, "canvas"),
        Correction(WHOLE, "3", "3", BLACK, "picture"),
        Correction(WHOLE, "4", "4", BLACK, "picture"),
    ]
    taught.keep(library, said, [], FIRST)
    ada = add_profile(library, "Ada")
    taught.keep(library, [Correction(WHOLE, "7", NO_DIGIT, seven, "file")], [], ada)
    return MyDigits(session_of(library=library, jobs=jobs, shelf=shelf, reader=reader))


@pytest.fixture
def shown(qtbot, mine, jobs):
    """Ids of what is shown when all is done."""

    def shown(**wanted):
        if wanted:
            mine.show(Filter(**wanted))
        qtbot.waitUntil(lambda: not jobs.running)
        return [one.id for one in mine.shown.digits]

    return shown


@pytest.fixture
def labels(library, shown):
    def labels():
        shown()
        return {one.id: one.label for one in taught.read_taught(library)}

    return labels


def test_all_are_shown_with_what_they_are_read_as(mine, shown, seven):
    assert shown(profile=None) == [1, 2, 3, 4]
    assert mine.shown.read == ["7", "3", "3", "7"]
    np.testing.assert_array_equal(mine.shown.pictures[0], normalise(seven))
    np.testing.assert_array_equal(mine.shown.pictures[1], BLACK)


def test_some_are_chosen_by_person_by_label_and_by_what_is_read_wrongly(mine, shown):
    assert shown(profile=FIRST) == [1, 2, 3]
    assert shown(profile=2) == [4]
    assert shown(label="4") == [3]
    assert shown(label=NO_DIGIT) == [4]
    assert shown(is_wrong=True) == [3, 4]
    assert shown(profile=FIRST, is_wrong=True) == [3]
    assert shown(profile=FIRST, label="9") == []
    assert mine.shown.pictures.shape == (0, 28, 28)


@pytest.mark.parametrize(("strictness", "text"), [(0.55, "7"), (0.56, "?")])
def test_it_is_declined_below_the_strictness(mine, shown, reader, strictness, text):
    reader.strictness = strictness
    shown(profile=FIRST)
    assert mine.shown.read[0] == text


def test_what_is_no_digit_is_read_rightly_where_it_is_declined(mine, shown, reader):
    reader.strictness = 0.6
    assert shown(is_wrong=True) == [1, 3], "a 7 that is declined is wrong"
    assert mine.shown.read == ["?", "3"]


def test_without_a_model_nothing_is_read(mine, shown, shelf):
    shelf.remove(shelf.entries[0])
    assert shown(profile=None) == [1, 2, 3, 4]
    assert mine.shown.read == [""] * 4


def test_a_change_that_fails_keeps_none_that_was_asked_for_later_from_being_made(
    mine, shown, labels, jobs, monkeypatch
):
    shown(profile=FIRST)
    failed = []
    jobs.failed.connect(failed.append)

    def fail(*_):
        raise UserError("the disk is full")

    monkeypatch.setattr(taught, "delete", fail)
    mine.delete([0])
    mine.relabel([1], "5")
    assert labels()[2] == "5"
    assert [str(one) for one in failed] == ["the disk is full"]


def test_labels_are_changed_and_had_back_step_by_step(qtbot, mine, shown, labels):
    shown(profile=FIRST)
    with qtbot.waitSignal(mine.taught):
        mine.relabel([0, 2], "3")
    mine.relabel([1], "3")
    mine.relabel([1], NO_DIGIT)
    assert labels() == {1: "3", 2: NO_DIGIT, 3: "3", 4: NO_DIGIT}
    mine.undo()
    assert labels() == {1: "3", 2: "3", 3: "3", 4: NO_DIGIT}
    mine.undo()
    assert labels() == {1: "7", 2: "3", 3: "4", 4: NO_DIGIT}, "what meant it already is no step"
    assert not mine.can_undo
    mine.undo()
    assert labels() == {1: "7", 2: "3", 3: "4", 4: NO_DIGIT}


def test_what_is_deleted_can_be_had_back(mine, shown, labels):
    shown(profile=FIRST)
    mine.delete([0, 1])
    assert shown() == [3]
    mine.delete([0])
    assert shown() == []
    mine.undo()
    mine.undo()
    assert shown() == [1, 2, 3]
    assert labels()[1] == "7"


@pytest.mark.parametrize("times", [1, 2, 7])
def test_however_fast_it_is_done_and_undone(mine, shown, labels, times):
    shown(profile=FIRST)
    before = labels()
    for number in range(times):
        mine.relabel([0], str(number % 5))
        mine.delete([0, 2])
        mine.undo()
        mine.relabel([0, 1], NO_DIGIT)
        mine.undo()
        mine.undo()
    assert labels() == before
    assert not mine.can_undo


def test_what_is_not_changed_yet_when_the_program_ends_is_changed_then(mine, shown, library, jobs):
    shown(profile=FIRST)
    mine.delete([0])
    mine.relabel([1], "5")
    mine.undo()
    jobs.shut_down()
    mine.writes.finish()
    assert {one.id: one.label for one in taught.read_taught(library, FIRST)} == {2: "3", 3: "4"}


def test_nothing_chosen_is_nothing_to_do(qtbot, mine, shown):
    shown(profile=FIRST)
    with qtbot.assertNotEmitted(mine.taught):
        mine.delete([])
        mine.relabel([], "1")
        mine.undo()
        shown()
    assert not mine.can_undo


def test_what_cannot_be_had_back_is_told_and_can_be_tried_again(
    qtbot, mine, shown, library, labels, jobs
):
    shown(profile=2)
    mine.delete([0])
    shown()
    delete_profile(library, 2)
    with qtbot.waitSignal(jobs.failed) as told:
        mine.undo()
    assert "deleted" in str(told.args[0])
    assert mine.can_undo
    assert list(labels()) == [1, 2, 3]


def test_a_library_that_cannot_be_written_is_told_and_nothing_is_undone(
    qtbot, mine, shown, library, labels, jobs
):
    shown(profile=FIRST)
    content = library.path.read_bytes()
    library.path.write_bytes(b"no database at all" * 100)
    with qtbot.waitSignal(jobs.failed):
        mine.delete([0])
    library.path.write_bytes(content)
    assert not mine.can_undo
    mine.delete([1])
    assert list(labels()) == [1, 3, 4]


def test_single_digits_of_a_file_and_what_is_none_are_taught(
    qtbot, mine, shown, library, tmp_path, seven
):
    path = tmp_path / "digits.jsonl"
    drawn = [LabelledDrawing(seven, label) for label in ("7", "42", "x", None, "1.5")]
    save_drawings(path, drawn)
    with path.open("a") as stream:
        stream.write('{"label": "7", "strokes": []}\n')  # on which nothing is drawn
    shown(profile=2)
    with qtbot.waitSignal(mine.taught):
        mine.import_file(path, 2)
    assert shown() == [4, 5, 6, 7]
    found = taught.read_taught(library, 2)
    assert [one.label for one in found] == [NO_DIGIT, "7", NO_DIGIT, NO_DIGIT]
    assert {one.source for one in found} == {"file"}
    save_drawings(tmp_path / "again.jsonl", mine.drawings())
    assert [one.label for one in read_strokes(tmp_path / "again.jsonl")] == [None, "7", None, None]


def test_what_was_imported_can_be_taken_back(qtbot, mine, shown, tmp_path, labels, seven):
    before, path = labels(), tmp_path / "digits.jsonl"
    save_drawings(path, [LabelledDrawing(seven, "7"), LabelledDrawing(seven, "1")])
    shown(profile=FIRST)
    mine.delete([0])
    shown()
    with qtbot.waitSignal(mine.taught):
        mine.import_file(path, FIRST)
    mine.undo()
    shown()
    assert len(labels()) == len(before) - 1, "what was deleted before is not back yet"
    mine.undo()
    shown()
    assert labels() == before
    assert not mine.can_undo


@pytest.mark.parametrize("content", [b"", b"no strokes", b'{"label": 42, "strokes": [[[0, 1]]]}'])
def test_a_file_without_any_is_told_and_changes_nothing(
    qtbot, mine, shown, tmp_path, labels, content, jobs
):
    before = labels()
    path = tmp_path / "digits.jsonl"
    path.write_bytes(content)
    with qtbot.waitSignal(jobs.failed) as told:
        mine.import_file(path, FIRST)
    assert isinstance(told.args[0], UserError)
    assert labels() == before


def test_only_what_was_drawn_can_be_written_as_strokes(mine, shown):
    shown(profile=FIRST)
    assert [one.label for one in mine.drawings()] == ["7"]
