"""The curves of runs are read once, and again where a run has gone on."""

from dataclasses import replace

import pytest

from mnist_desktop.library.database import LibraryError
from mnist_desktop.library.runs import epochs_of, list_runs
from mnist_desktop.ui.session.read import epoch_reader
from mnist_desktop.ui.session.read.epoch_reader import EpochReader
from mnist_desktop.ui.session.train.runs import Runs


@pytest.fixture
def run(library, trained):
    (run,) = list_runs(library)
    return run


@pytest.fixture
def reader(library, jobs):
    runs = Runs(library, jobs)
    yield EpochReader(runs)
    runs.rest()


@pytest.fixture
def asked(monkeypatch):
    """For each reading, the numbers of the runs that were read."""
    asked = []

    def note(library, numbers):
        asked.append(list(numbers))
        return epochs_of(library, numbers)

    monkeypatch.setattr(epoch_reader, "epochs_of", note)
    return asked


def arrive(qtbot, reader, *runs):
    with qtbot.waitSignal(reader.arrived):
        reader.want(list(runs))


def test_nothing_is_known_of_a_run_until_it_is_read(qtbot, reader, run, library):
    assert reader.of(run) is None
    assert reader.changes(run) == []
    arrive(qtbot, reader, run)
    assert reader.of(run) == epochs_of(library, [run.id])[run.id]
    assert len(reader.of(run)) == 2
    assert not reader.is_reading


def test_what_is_known_is_not_read_again_unless_it_has_gone_on(qtbot, reader, run, asked):
    arrive(qtbot, reader, run)
    reader.want([run])
    assert not reader.is_reading
    arrive(qtbot, reader, replace(run, epoch=run.epoch + 1))
    assert asked == [[run.id]] * 2


def test_while_it_reads_only_the_latest_wish_counts(qtbot, reader, run, put, library, asked):
    first, second = put("first"), put("second")
    others = {one.id: one for one in list_runs(library)}
    reader.want([run])
    reader.want([others[first]])
    reader.want([others[second]])
    qtbot.waitUntil(lambda: not reader.is_reading)
    assert asked == [[run.id], [second]]
    assert reader.of(others[first]) is None


def test_of_very_many_the_earlier_ones_are_forgotten(qtbot, reader, run, put, library, monkeypatch):
    monkeypatch.setattr(epoch_reader, "MOST_REMEMBERED", 0)
    another = put("another")
    arrive(qtbot, reader, run)
    arrive(qtbot, reader, next(one for one in list_runs(library) if one.id == another))
    assert reader.of(run) is None


def test_what_cannot_be_read_is_waited_for_no_more(qtbot, reader, jobs, run, monkeypatch):
    def fail(*_):
        raise LibraryError("no")

    monkeypatch.setattr(epoch_reader, "epochs_of", fail)
    with qtbot.waitSignal(jobs.failed):
        arrive(qtbot, reader, run)
    assert not reader.is_reading
    assert reader.of(run) is None
