import threading

import numpy as np
import pytest
from PySide6.QtCore import Qt, QTimer

from mnist_desktop.ink.photo.parts import page_of_picture
from mnist_desktop.ink.strokes import Drawing, Stroke
from mnist_desktop.learning.models.model import Model
from mnist_desktop.learning.models.network import MLP
from mnist_desktop.learning.read.reading import Reading
from mnist_desktop.learning.read.recognizer import Recognizer
from mnist_desktop.learning.settings.config import NetworkConfig
from mnist_desktop.ui.session.read.epoch_readings import EpochReadings
from mnist_desktop.ui.session.read.reader import Reader
from mnist_desktop.ui.session.read.timeline import Timeline
from mnist_desktop.ui.session.shelf import Entry, Shelf

SMALL = NetworkConfig(hidden=(8,))
LINE = Drawing((Stroke(np.linspace((0.5, 0.2), (0.5, 0.8), 20)),))
TWO_LINES = Drawing((*LINE.strokes, Stroke(np.linspace((0.8, 0.2), (0.8, 0.8), 20))))
DOT = Drawing((Stroke(np.array([[0.5, 0.5]]), np.array([0.03])),))


def always(digit):
    """A recogniser that takes anything for this digit."""
    network = MLP(SMALL)
    for parameter in network.parameters():
        parameter.data.zero_()
    network.out.bias.data[digit] = 9.0
    return Recognizer(Model(SMALL, network.state_dict()))


@pytest.fixture
def entry(shelf):
    """As it is now it takes anything for a 9."""
    entry = Entry("run 1", always(9))
    shelf.add(entry)
    shelf.read_with(entry)
    return entry


@pytest.fixture
def timeline(shelf, entry):
    """Of three epochs, after which anything was taken for the epoch's number."""
    timeline = Timeline(shelf)
    timeline.begin(entry, {epoch: always(epoch) for epoch in (1, 2, 3)})
    return timeline


@pytest.fixture
def reader(sketch, shelf, jobs, timeline):
    return Reader(sketch, shelf, timeline, jobs)


@pytest.fixture
def readings(session_of, sketch, shelf, reader, jobs, timeline):
    parts = {"sketch": sketch, "shelf": shelf, "reader": reader, "jobs": jobs}
    return EpochReadings(session_of(timeline=timeline, **parts))


def texts(readings, timeline):
    found = [readings.at(stop) for stop in timeline.stops]
    return [reading.text if reading else None for reading in found]


def show(qtbot, sketch, readings, drawing=LINE):
    """Draw, and wait until the pen has been at rest and all is read."""
    sketch.show(drawing)
    qtbot.waitUntil(lambda: not readings.is_outdated)


def test_a_drawing_is_read_after_every_epoch_and_now(qtbot, sketch, timeline, readings):
    show(qtbot, sketch, readings)
    assert texts(readings, timeline) == ["1", "2", "3", "9"]
    show(qtbot, sketch, readings, TWO_LINES)
    assert texts(readings, timeline) == ["11", "22", "33", "99"]


def test_of_a_drawing_that_a_picture_has_taken_the_place_of_nothing_is_known(
    qtbot, sketch, timeline, readings
):
    show(qtbot, sketch, readings)
    paper = np.full((40, 40), 255, np.uint8)
    paper[8:32, 18:22] = 0
    with qtbot.waitSignal(readings.changed):
        sketch.show(page_of_picture(paper))
    assert texts(readings, timeline) == [None] * 4


def test_they_read_what_the_reader_reads(qtbot, sketch, timeline, reader, readings):
    timeline.add(4, Recognizer(Model(SMALL, MLP(SMALL, seed=3).state_dict())))
    show(qtbot, sketch, readings, TWO_LINES)
    with qtbot.waitSignal(reader.changed):
        timeline.move_to(4)
    apart, together = readings.at(4), reader.reading
    assert apart.declined == together.declined is not None
    for one, other in zip(apart.digits, together.digits, strict=True):
        np.testing.assert_array_equal(one.probabilities, other.probabilities)


def test_while_the_pen_moves_they_are_outdated_and_nothing_is_read(
    qtbot, sketch, timeline, readings, is_at_rest
):
    show(qtbot, sketch, readings)
    with qtbot.waitSignal(readings.changed):
        sketch.extend(0.2, 0.2, 0.03)
    with qtbot.assertNotEmitted(readings.changed):
        sketch.extend(0.2, 0.3, 0.03)
    assert readings.is_outdated
    assert texts(readings, timeline) == ["1", "2", "3", "9"]
    qtbot.waitUntil(lambda: is_at_rest(readings))
    assert readings.is_outdated, "the pen is still down"
    assert texts(readings, timeline) == ["1", "2", "3", "9"]
    sketch.extend(0.2, 0.8, 0.03)
    sketch.finish_stroke()
    qtbot.waitUntil(lambda: not readings.is_outdated)
    assert texts(readings, timeline) == ["11", "22", "33", "99"]


def watched(recognizer, on_read):
    """The same one; each time before it reads it calls this."""
    read = recognizer.read_lines

    def read_lines(*arguments):
        on_read()
        return read(*arguments)

    recognizer.read_lines = read_lines
    return recognizer


def counted(recognizer):
    """The same one; it notes how often it reads."""
    recognizer.times = 0

    def count():
        recognizer.times += 1

    return watched(recognizer, count)


def test_a_point_calls_off_what_was_begun(
    qtbot, sketch, entry, timeline, readings, jobs, is_at_rest
):
    has_begun, may_go_on = threading.Event(), threading.Event()

    def wait():
        has_begun.set()
        may_go_on.wait(5)

    first, last = watched(always(1), wait), counted(always(2))
    timeline.begin(entry, {1: first, 2: last})
    sketch.show(TWO_LINES)
    qtbot.waitUntil(has_begun.is_set)
    sketch.extend(0.2, 0.2, 0.03)
    may_go_on.set()
    qtbot.waitUntil(lambda: is_at_rest(readings) and not jobs.running)
    assert last.times == 0
    assert readings.is_outdated


def test_the_window_does_not_wait_for_them(qtbot, sketch, entry, timeline, readings, jobs):
    read_in = set()
    note = lambda: read_in.add(threading.current_thread())  # noqa: E731
    timeline.begin(entry, {epoch: watched(always(epoch), note) for epoch in range(1, 6)})
    show(qtbot, sketch, readings)
    assert read_in
    assert threading.main_thread() not in read_in


def test_what_goes_wrong_is_told(qtbot, sketch, entry, timeline, readings, jobs):
    def fail():
        raise ArithmeticError

    timeline.begin(entry, {1: watched(always(1), fail), 2: always(2)})
    with qtbot.waitSignal(jobs.failed) as failed:
        sketch.show(TWO_LINES)
    assert isinstance(failed.args[0], ArithmeticError)


def test_one_more_epoch_is_one_more_reading(qtbot, sketch, shelf, entry, timeline, readings):
    first = counted(always(5))
    timeline.begin(entry, {1: first, 2: always(6)})
    show(qtbot, sketch, readings)
    newest = counted(always(7))
    shelf.renew(entry, newest, is_training=True)
    with qtbot.waitSignal(readings.changed):
        timeline.add(3, newest)
    assert texts(readings, timeline) == ["5", "6", "7", "7"]
    assert first.times == 1
    assert newest.times == 2, "as the answer, and after the newest epoch, which is as it is now"


def test_epochs_that_follow_fast_do_not_put_it_off(qtbot, sketch, timeline, readings):
    show(qtbot, sketch, readings)
    rest = readings.findChild(QTimer)
    rest.setTimerType(Qt.TimerType.PreciseTimer)  # others round the time that is left
    rest.setInterval(60_000)
    timeline.add(4, always(4))
    qtbot.waitUntil(lambda: 0 < rest.remainingTime() < 59_990)
    left = rest.remainingTime()
    timeline.add(5, always(5))
    assert rest.remainingTime() <= left
    rest.start(0)
    qtbot.waitUntil(lambda: readings.at(5) is not None)
    assert (readings.at(4).text, readings.at(5).text) == ("4", "5")


def test_how_it_is_now_changes_when_the_run_ends(qtbot, sketch, shelf, entry, timeline, readings):
    show(qtbot, sketch, readings)
    shelf.renew(entry, always(4), is_training=False)
    qtbot.waitUntil(lambda: texts(readings, timeline) == ["1", "2", "3", "4"])


def test_another_strictness_is_heeded(qtbot, sketch, reader, timeline, readings):
    timeline.add(4, Recognizer(Model(SMALL, MLP(SMALL, seed=3).state_dict())))
    show(qtbot, sketch, readings)
    assert readings.at(4).text == "?"
    reader.set_strictness(0.0)
    assert readings.is_outdated
    qtbot.waitUntil(lambda: not readings.is_outdated)
    assert readings.at(4).text.isdigit()


def test_an_empty_canvas_and_a_picture_have_none_at_once(qtbot, sketch, timeline, readings):
    show(qtbot, sketch, readings)
    sketch.extend(0.2, 0.2, 0.03)
    changes = []
    readings.changed.connect(lambda: changes.append(1))
    sketch.clear()
    assert changes
    assert texts(readings, timeline) == [None] * 4
    show(qtbot, sketch, readings)
    grey = np.full((40, 40), 255, np.uint8)
    grey[8:32, 18:22] = 0
    sketch.show(page_of_picture(grey))
    assert texts(readings, timeline) == [None] * 4
    qtbot.waitUntil(lambda: not readings.is_outdated)
    assert texts(readings, timeline) == [None] * 4


def test_a_tap_is_no_digit_at_any_epoch(qtbot, sketch, reader, timeline, readings):
    show(qtbot, sketch, readings, DOT)
    assert texts(readings, timeline) == [None] * 4
    reader.set_strictness(0.0)
    qtbot.waitUntil(lambda: not readings.is_outdated)
    assert texts(readings, timeline) == ["1", "2", "3", "9"]


def test_nothing_is_read_where_there_is_nothing_to_choose(
    qtbot, sketch, shelf, entry, timeline, readings
):
    other = Entry("other", counted(always(4)))
    shelf.add(other)
    shelf.read_with(other)
    show(qtbot, sketch, readings)
    assert other.recognizer.times == 1, "as the answer only"
    shelf.read_with(entry)
    qtbot.waitUntil(lambda: texts(readings, timeline) == ["1", "2", "3", "9"])
    timeline.begin(entry, {1: always(1)})
    with qtbot.waitSignal(readings.changed):
        pass
    assert texts(readings, timeline) == [None, None]


def test_without_a_model_nothing_is_known(session_of, sketch, jobs):
    shelf = Shelf()
    timeline = Timeline(shelf)
    reader = Reader(sketch, shelf, timeline, jobs)
    parts = {"sketch": sketch, "shelf": shelf, "reader": reader, "jobs": jobs}
    assert EpochReadings(session_of(timeline=timeline, **parts)).at(None) is None
    assert reader.reading == Reading()
