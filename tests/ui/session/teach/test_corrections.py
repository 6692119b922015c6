"""What a person says is in the library, and goes when it is undone."""

import threading

import pytest

from mnist_desktop.ink.correction import Correction
from mnist_desktop.library import taught
from mnist_desktop.library.database import LibraryError
from mnist_desktop.library.profiles import FIRST, add_profile, delete_profile
from mnist_desktop.ui.session.preferences import Preferences
from mnist_desktop.ui.session.read.sketch import Sketch
from mnist_desktop.ui.session.teach.corrections import Corrections
from mnist_desktop.ui.session.teach.people import People


@pytest.fixture
def sketch(seven):
    sketch = Sketch()
    sketch.show(seven)
    return sketch


@pytest.fixture
def corrections(session_of, sketch, library, jobs):
    session = session_of(library=library, jobs=jobs, preferences=Preferences())
    session.people = People(session)
    corrections = Corrections(session)
    sketch.corrected.connect(corrections.change)
    corrections.people = session.people
    return corrections


@pytest.fixture
def say(sketch, seven):
    def say(label, left=0.0, read="4"):
        sketch.correct(Correction((left, 0.0, 1.0, 1.0), read, label, seven, "canvas"))

    return say


@pytest.fixture
def labels(qtbot, library, jobs):
    """Those in the library, when all is written."""

    def labels():
        qtbot.waitUntil(lambda: not jobs.running)
        with library.read() as connection:
            rows = connection.execute("SELECT label FROM taught ORDER BY id")
            return [label for (label,) in rows]

    return labels


def test_what_no_network_can_learn_is_not_kept(corrections, jobs, sketch, say, labels):
    faults = []
    jobs.failed.connect(faults.append)
    say(".")
    say("7", left=0.5)
    assert labels() == ["7"]
    sketch.undo()
    sketch.undo()
    assert labels() == []
    assert faults == []


def test_each_is_a_row_that_goes_when_it_is_undone(corrections, sketch, say, labels):
    say("7")
    say("1", left=0.5)
    assert labels() == ["7", "1"]
    sketch.undo()
    assert labels() == ["7"]
    sketch.redo()
    assert labels() == ["7", "1"]


def test_another_one_of_the_same_digit_takes_its_place(corrections, sketch, say, labels):
    say("7")
    assert labels() == ["7"]
    say("1")
    assert labels() == ["1"]
    sketch.undo()
    assert labels() == ["7"]


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
def test_however_fast_it_is_undone_and_done_again(corrections, sketch, say, labels, count):
    say("7")
    for number in range(count):
        sketch.redo() if number % 2 else sketch.undo()
    assert labels() == ([] if count % 2 else ["7"])


def test_what_teaches_nothing_is_not_kept(corrections, sketch, say, labels):
    say(".")
    say("-", left=0.5)
    assert labels() == [None]
    say("7")
    assert labels() == [None, "7"]
    sketch.undo()
    assert labels() == [None]
    say("", left=0.7, read="/")
    assert labels() == [None]


def test_a_drawing_that_is_cleared_away_leaves_what_was_said_of_it(
    corrections, sketch, say, labels
):
    say("7")
    sketch.clear()
    assert labels() == ["7"]
    sketch.undo()
    assert labels() == ["7"]
    sketch.undo()
    assert labels() == []


def test_what_is_not_written_yet_is_written_at_the_end(corrections, sketch, say, library, jobs):
    say("7")
    say("1", left=0.5)
    sketch.undo()
    say("4", left=0.5)
    jobs.shut_down()
    corrections.writes.finish()
    assert len(taught.read_taught(library, FIRST)) == 2


def test_a_library_that_cannot_be_written_is_told(qtbot, corrections, say, library, jobs):
    library.path.parent.mkdir()
    library.path.write_bytes(b"no database at all" * 100)
    with qtbot.waitSignal(jobs.failed) as told:
        say("7")
    assert isinstance(told.args[0], LibraryError)


def test_a_fault_of_the_program_is_told_and_not_tried_again(
    qtbot, corrections, say, labels, jobs, monkeypatch
):
    with monkeypatch.context() as patch, qtbot.waitSignal(jobs.failed) as told:
        patch.setattr(taught, "keep", lambda *_: 1 / 0)
        say("7")
    assert isinstance(told.args[0], ZeroDivisionError)
    say("1", left=0.5)
    assert labels() == ["1"]


@pytest.fixture
def full_disk(monkeypatch):
    """While it is set nothing can be written."""
    is_full, keep = threading.Event(), taught.keep

    def keep_or_not(library, *values):
        if is_full.is_set():
            raise LibraryError(library.path, "the disk is full")
        return keep(library, *values)

    monkeypatch.setattr(taught, "keep", keep_or_not)
    is_full.set()
    return is_full


def test_what_could_not_be_kept_is_kept_with_the_next_one(
    qtbot, corrections, say, labels, full_disk, jobs
):
    told = []
    jobs.failed.connect(told.append)
    say("7")
    assert labels() == []
    assert len(told) == 1, "it is not tried again and again"
    full_disk.clear()
    say("1", left=0.5)
    assert labels() == ["7", "1"]


def test_what_could_not_be_kept_and_is_taken_back_is_not_kept_later(
    corrections, sketch, say, labels, full_disk
):
    say("7")
    labels()
    sketch.undo()
    full_disk.clear()
    say("1", left=0.5)
    assert labels() == ["1"]


def test_what_could_not_be_forgotten_is_forgotten_later_unless_it_is_said_again(
    corrections, sketch, say, labels, full_disk
):
    full_disk.clear()
    say("7")
    say("4", left=0.5)
    labels()
    full_disk.set()
    sketch.undo()  # in the background
    sketch.redo()
    assert labels() == ["7", "4"]
    sketch.undo()
    assert labels() == ["7", "4"]
    full_disk.clear()
    say("1", left=0.75)
    assert labels() == ["7", "1"]


def test_what_is_said_again_while_it_could_not_be_forgotten_is_there_still(
    corrections, sketch, say, labels, full_disk
):
    full_disk.clear()
    say("7")
    labels()
    full_disk.set()
    sketch.undo()
    sketch.redo()  # before it is known that nothing was forgotten
    labels()
    full_disk.clear()
    say("1", left=0.5)
    assert labels() == ["7", "1"]


def test_what_could_not_be_kept_is_tried_once_more_at_the_end(
    corrections, say, labels, full_disk, library, jobs
):
    say("7")
    labels()
    full_disk.clear()
    jobs.shut_down()
    corrections.writes.finish()
    assert len(taught.read_taught(library, FIRST)) == 1


@pytest.fixture
def people(corrections, library, qtbot, jobs):
    """Of whom the first is in use; returns them and the number of the second."""
    second = add_profile(library, "Ada")
    people = corrections.people
    people.read()
    qtbot.waitUntil(lambda: not jobs.running)
    return people, second


@pytest.mark.parametrize("ends", [True, False])
def test_each_belongs_to_who_was_there_when_it_was_said(
    corrections, people, say, labels, library, jobs, ends
):
    them, second = people
    say("7")
    say("1", left=0.5)
    them.choose(second)
    say("4", left=0.25)
    them.choose(FIRST)
    say("5", left=0.75)
    if ends:  # before any of it is written
        jobs.shut_down()
        corrections.writes.finish()
    labels()
    assert [one.label for one in taught.read_taught(library, FIRST)] == ["7", "1", "5"]
    assert [one.label for one in taught.read_taught(library, second)] == ["4"]


def test_what_is_undone_and_said_again_is_still_theirs(
    corrections, people, sketch, say, labels, library
):
    them, second = people
    say("7")
    labels()
    them.choose(second)
    sketch.undo()
    assert labels() == []
    sketch.redo()
    assert labels() == ["7"]
    assert len(taught.read_taught(library, FIRST)) == 1


def test_what_is_said_by_who_is_gone_costs_the_others_nothing(
    qtbot, corrections, people, say, labels, library, jobs
):
    them, second = people
    them.choose(second)
    delete_profile(library, second)
    assert them.current.id == second, "it is another window that has done that"
    with qtbot.waitSignal(jobs.failed) as told:
        say("4")
        them.choose(FIRST)
        say("7", left=0.5)
    assert "deleted" in str(told.args[0])
    assert labels() == ["7"]
    assert [one.id for one in them.all] == [FIRST], "who is gone is not shown any more"
