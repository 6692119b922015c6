from types import SimpleNamespace

import numpy as np
import pytest

from mnist_desktop.ink.photo.parts import page_of_picture
from mnist_desktop.ink.strokes import Drawing, Stroke
from mnist_desktop.learning.config import NetworkConfig
from mnist_desktop.learning.model import Model
from mnist_desktop.learning.network import MLP
from mnist_desktop.learning.reading import Reading
from mnist_desktop.learning.recognizer import Recognizer
from mnist_desktop.ui.session import epoch_readings
from mnist_desktop.ui.session.epoch_readings import EpochReadings
from mnist_desktop.ui.session.reader import Reader
from mnist_desktop.ui.session.shelf import Entry, Shelf
from mnist_desktop.ui.session.sketch import Sketch
from mnist_desktop.ui.session.timeline import Timeline
from mnist_desktop.ui.session.work import Jobs

SMALL = NetworkConfig(hidden=(8,))
LINE = Drawing((Stroke(np.linspace((0.5, 0.2), (0.5, 0.8), 20)),))
TWO_LINES = Drawing((*LINE.strokes, Stroke(np.linspace((0.8, 0.2), (0.8, 0.8), 20))))
DOT = Drawing((Stroke(np.array([[0.5, 0.5]]), np.array([0.03])),))


def stand_in(network=SMALL):
    """For a recogniser of a network of this size, where nothing is read."""
    return SimpleNamespace(model=SimpleNamespace(network=network))


def always(digit):
    """A recogniser that takes anything for this digit."""
    network = MLP(SMALL)
    for parameter in network.parameters():
        parameter.data.zero_()
    network.out.bias.data[digit] = 9.0
    return Recognizer(Model(SMALL, network.state_dict()))


@pytest.fixture
def shelf():
    return Shelf()


@pytest.fixture
def entry(shelf):
    entry = Entry("run 1", stand_in())
    shelf.add(entry)
    shelf.read_with(entry)
    return entry


@pytest.fixture
def timeline(shelf, entry):
    timeline = Timeline(shelf)
    timeline.begin(entry)
    return timeline


def run(timeline, epochs, network=SMALL):
    for epoch in range(1, epochs + 1):
        timeline.add(epoch, stand_in(network))


def test_every_epoch_is_kept_at_first(timeline):
    run(timeline, 31)
    assert timeline.epochs == list(range(1, 32))
    assert timeline.stops == [*range(1, 32), None]


@pytest.mark.parametrize(
    ("epochs", "network", "kept"),
    [
        (32, SMALL, [*range(1, 32, 2), 32]),
        (100, SMALL, [*range(1, 98, 4), 100]),
        (20, NetworkConfig(hidden=(1024, 1024)), [1, 5, 9, 13, 17, 20]),
    ],
)
def test_a_long_run_and_a_large_network_are_thinned_out(timeline, epochs, network, kept):
    run(timeline, epochs, network)
    assert timeline.epochs == kept


def test_what_comes_from_the_library_is_in_order_and_bounded(timeline, entry):
    timeline.begin(entry, {epoch: stand_in() for epoch in range(100, 0, -1)})
    assert timeline.epochs == [*range(1, 98, 4), 100]


def test_it_is_the_epoch_s_own_recogniser(timeline, entry):
    recognizers = {epoch: stand_in() for epoch in (1, 2, 3)}
    timeline.begin(entry, recognizers)
    assert timeline.recognizer is None
    assert timeline.at(None) is entry.recognizer
    timeline.move_to(2)
    assert timeline.recognizer is timeline.at(2) is recognizers[2]
    assert timeline.at(7) is None


def test_it_moves_to_kept_epochs_only(qtbot, timeline):
    run(timeline, 3)
    for position in (2, None, 3):
        with qtbot.waitSignal(timeline.moved):
            timeline.move_to(position)
        assert timeline.position == position
    with qtbot.assertNotEmitted(timeline.moved):
        timeline.move_to(3)
        timeline.move_to(4)
    assert timeline.position == 3


def test_the_position_stays_while_the_run_goes_on(qtbot, timeline):
    run(timeline, 2)
    timeline.move_to(1)
    with qtbot.assertNotEmitted(timeline.moved), qtbot.waitSignal(timeline.changed):
        timeline.add(3, stand_in())
    assert timeline.position == 1


def test_from_an_epoch_that_is_thinned_out_it_moves_to_the_nearest(qtbot, timeline):
    run(timeline, 31)
    timeline.move_to(30)
    with qtbot.waitSignal(timeline.moved):
        timeline.add(32, stand_in())
    assert timeline.position == 29
    assert timeline.recognizer is timeline.at(29)
    assert timeline.position in timeline.epochs


def test_a_run_that_goes_back_drops_what_came_after(qtbot, timeline):
    run(timeline, 5)
    timeline.move_to(3)
    anew = stand_in()
    with qtbot.waitSignal(timeline.moved):
        timeline.add(3, anew)
    assert timeline.epochs == [1, 2, 3]
    assert timeline.recognizer is anew


def test_another_run_begins_as_it_is_now(qtbot, timeline, entry):
    run(timeline, 3)
    timeline.move_to(2)
    with qtbot.waitSignals([timeline.moved, timeline.changed]):
        timeline.begin(None)
    assert timeline.epochs == []
    assert timeline.position is None
    assert not timeline.is_available


def test_it_is_about_the_run_s_entry_and_no_other(qtbot, timeline, shelf, entry):
    run(timeline, 3)
    assert timeline.is_available
    timeline.move_to(2)
    other = Entry("other", stand_in())
    shelf.add(other)
    with qtbot.waitSignals([timeline.moved, timeline.changed]):
        shelf.read_with(other)
    assert not timeline.is_available
    assert timeline.position is None
    timeline.move_to(2)
    assert timeline.position is None
    timeline.add(4, stand_in())
    with qtbot.waitSignal(timeline.changed):
        shelf.read_with(entry)
    assert timeline.is_available
    assert timeline.epochs == [1, 2, 3, 4]


def test_new_weights_of_the_run_leave_the_position(qtbot, timeline, shelf, entry):
    run(timeline, 3)
    timeline.move_to(2)
    with qtbot.assertNotEmitted(timeline.moved):
        shelf.renew(entry, stand_in(), is_training=False)
    assert timeline.position == 2


# What the epochs read


@pytest.fixture
def sketch():
    return Sketch()


@pytest.fixture
def reader(sketch, shelf, entry, timeline):
    entry.recognizer = always(9)
    reader = Reader(sketch, shelf, Jobs(), timeline=timeline)
    for epoch in (1, 2, 3):
        timeline.add(epoch, always(epoch))
    return reader


@pytest.fixture
def readings(sketch, shelf, reader):
    return EpochReadings(sketch, shelf, reader)


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
    qtbot, sketch, timeline, readings
):
    show(qtbot, sketch, readings)
    with qtbot.waitSignal(readings.changed):
        sketch.extend(0.2, 0.2, 0.03)
    with qtbot.assertNotEmitted(readings.changed):
        sketch.extend(0.2, 0.3, 0.03)
    assert readings.is_outdated
    assert texts(readings, timeline) == ["1", "2", "3", "9"]
    with qtbot.waitSignal(readings._rest.timeout):
        pass
    assert not readings._turn.isActive(), "the pen is still down"
    sketch.extend(0.2, 0.8, 0.03)
    sketch.finish_stroke()
    qtbot.waitUntil(lambda: not readings.is_outdated)
    assert texts(readings, timeline) == ["11", "22", "33", "99"]


def test_a_point_calls_off_what_was_begun(qtbot, sketch, readings, monkeypatch):
    monkeypatch.setattr(epoch_readings, "SLICE_SECONDS", 0.0)
    sketch.show(TWO_LINES)
    with qtbot.waitSignal(readings._turn.timeout):
        pass
    assert readings._turn.isActive()
    sketch.extend(0.2, 0.2, 0.03)
    assert not readings._turn.isActive()


def test_the_window_gets_its_turn_between_two_readings(
    qtbot, sketch, timeline, readings, monkeypatch
):
    monkeypatch.setattr(epoch_readings, "SLICE_SECONDS", 0.0)
    turns = []
    readings._turn.timeout.connect(lambda: turns.append(len(turns)))
    show(qtbot, sketch, readings)
    assert len(turns) >= len(timeline.stops)


def counted(recognizer):
    """The same one; it notes how often it reads."""
    read, recognizer.times = recognizer.read_lines, 0

    def read_lines(lines, strictness):
        recognizer.times += 1
        return read(lines, strictness)

    recognizer.read_lines = read_lines
    return recognizer


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
    readings._rest.setInterval(10_000)
    timeline.add(4, always(4))
    qtbot.waitUntil(lambda: readings._rest.remainingTime() < 9_980)
    timeline.add(5, always(5))
    assert readings._rest.remainingTime() <= 9_980


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


def test_without_a_model_nothing_is_known(sketch):
    reader = Reader(sketch, Shelf(), Jobs())
    assert EpochReadings(sketch, Shelf(), reader).at(None) is None
    assert reader.reading == Reading()
