from types import SimpleNamespace

import pytest

from mnist_desktop.learning.settings.config import NetworkConfig
from mnist_desktop.ui.session.read.timeline import Timeline
from mnist_desktop.ui.session.shelf import Entry

SMALL = NetworkConfig(hidden=(8,))


def stand_in(network=SMALL):
    """For a recogniser of a network of this size, where nothing is read."""
    return SimpleNamespace(model=SimpleNamespace(network=network))


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
    assert timeline.recognizer is timeline.at(None) is entry.recognizer
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
