"""A practice sheet, with a reader that reads everything as a 3."""

from types import SimpleNamespace

import numpy as np
import pytest

from mnist_desktop.learning.read.reading import Reading
from mnist_desktop.learning.settings.config import NetworkConfig
from mnist_desktop.library.taught import read_taught
from mnist_desktop.ui.session.preferences import Preferences
from mnist_desktop.ui.session.read.reader import Reader
from mnist_desktop.ui.session.read.sketch import Sketch
from mnist_desktop.ui.session.read.timeline import Timeline
from mnist_desktop.ui.session.shelf import Entry, Shelf
from mnist_desktop.ui.session.teach.corrections import Corrections
from mnist_desktop.ui.session.teach.people import People
from mnist_desktop.ui.session.teach.practice import Practice


@pytest.fixture
def shelf(make_digit):
    def read(drawing, _strictness, _progress):
        return Reading(((make_digit(3),),)) if drawing else Reading()

    shelf = Shelf()
    model = SimpleNamespace(network=NetworkConfig())
    entry = Entry("threes", SimpleNamespace(read=read, model=model))
    shelf.add(entry)
    shelf.read_with(entry)
    return shelf


@pytest.fixture
def sketch():
    return Sketch()


@pytest.fixture
def reader(sketch, shelf, jobs):
    return Reader(sketch, shelf, Timeline(shelf), jobs)


@pytest.fixture
def practice(session_of, sketch, reader, library, jobs):
    session = session_of(library=library, jobs=jobs, preferences=Preferences())
    session.people = People(session)
    return Practice(sketch, reader, Corrections(session), seed=1)


@pytest.fixture
def write(qtbot, sketch, reader, practice):
    """Writes one digit, which is accepted when it has been read."""

    def write():
        with qtbot.waitSignal(reader.changed):
            sketch.extend(0.5, 0.2, 0.03)
            sketch.extend(0.5, 0.8, 0.03)
            sketch.finish_stroke()
        practice.accept()

    return write


@pytest.fixture
def kept(qtbot, library, jobs):
    def kept():
        qtbot.waitUntil(lambda: not jobs.running)
        return [one.label for one in read_taught(library)]

    return kept


def test_each_digit_is_asked_for_three_times_and_never_twice_before_all_others(practice):
    rounds = [practice.asked[start : start + 10] for start in (0, 10, 20)]
    assert [sorted(one) for one in rounds] == [list("0123456789")] * 3
    assert rounds[0] != rounds[1], "in another order"


def test_a_whole_sheet_is_kept_and_ends(practice, write, kept, sketch):
    for place in range(30):
        assert practice.current == practice.asked[place]
        write()
    assert practice.is_over
    assert practice.current == ""
    assert kept() == practice.asked
    assert (practice.kept, practice.right) == (30, 3), "it reads threes only"
    assert sketch.is_empty
    write()
    assert len(kept()) == 30, "what is drawn after it is not asked for"


def test_nothing_is_accepted_that_is_not_written(practice, kept):
    practice.accept()
    assert practice.written == []
    assert kept() == []


def test_what_is_passed_over_is_not_kept(practice, write, kept):
    practice.skip()
    write()
    assert (len(practice.written), practice.kept) == (2, 1)
    assert kept() == practice.asked[1:2]


def test_a_full_sheet_can_be_passed_over_no_further(practice):
    for _ in range(31):
        practice.skip()
    assert practice.is_over
    assert len(practice.written) == 30


def test_what_was_accepted_and_then_passed_over_accepts_nothing_later(
    qtbot, practice, sketch, reader
):
    sketch.extend(0.5, 0.2, 0.03)
    sketch.finish_stroke()
    practice.accept()  # it is not read yet
    practice.skip()
    sketch.extend(0.3, 0.2, 0.03)
    with qtbot.waitSignal(reader.changed):
        sketch.extend(0.3, 0.8, 0.03)
    assert practice.written == [None]
    assert sketch.live_stroke is not None


def test_back_asks_again_and_forgets(practice, write, kept):
    write()
    write()
    practice.skip()
    practice.back()
    assert kept() == practice.asked[:2], "nothing was written for what was passed over"
    practice.back()
    assert practice.current == practice.asked[1]
    assert kept() == practice.asked[:1]
    write()
    assert kept() == practice.asked[:2]
    for _ in range(5):
        practice.back()
    assert (kept(), practice.written) == ([], [])


@pytest.mark.parametrize("is_up", [True, False])
def test_what_is_accepted_at_once_counts_as_it_will_be_read(
    qtbot, practice, sketch, reader, kept, is_up
):
    """Return can be quicker than the reading, also while the pen is down."""
    while practice.current != "3":
        practice.skip()
    sketch.extend(0.5, 0.2, 0.03)
    sketch.extend(0.5, 0.8, 0.03)
    if is_up:
        sketch.finish_stroke()
    place = len(practice.written)
    practice.accept()
    practice.accept()
    qtbot.waitUntil(lambda: len(practice.written) > place)
    assert practice.right == 1
    qtbot.waitUntil(lambda: not reader.is_reading)
    assert kept() == ["3"], "once"
    (points,) = (one.points for one in practice.written[-1].ink.strokes)
    np.testing.assert_allclose(points, [[0.5, 0.2], [0.5, 0.8]])


def test_without_a_model_it_is_kept_too(practice, shelf, write, kept):
    shelf.remove(shelf.entries[0])
    write()
    assert kept() == practice.asked[:1]
    assert practice.right == 0
