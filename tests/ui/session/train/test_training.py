import dataclasses
import threading
from functools import partial
from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QThread, Signal

from mnist_desktop.learning.records import EpochRecord
from mnist_desktop.learning.settings.config import TrainingConfig
from mnist_desktop.learning.train.events import BatchDone, EpochDone, Inspected, Preparing
from mnist_desktop.learning.train.history import History
from mnist_desktop.library.database import Library
from mnist_desktop.library.resume import new_run
from mnist_desktop.library.runs import run_of
from mnist_desktop.ui.session.train import training as training_module
from mnist_desktop.ui.session.train.training import State, Training
from mnist_desktop.ui.session.train.training_thread import TrainingThread

CONFIG = TrainingConfig(epochs=2, batch_size=50)
ENDLESS = dataclasses.replace(CONFIG, epochs=10_000)


@pytest.fixture
def training(qtbot):
    training = Training()
    yield training
    training.cancel()
    assert not any(thread.isRunning() for thread in training.findChildren(QThread))


def start(training, config, splits, until=None):
    training.start(partial(new_run, Library(), config, splits, "run 1"), splits, until)


def test_a_run_goes_from_start_to_end(qtbot, training, small):
    with qtbot.waitSignal(training.ended):
        start(training, CONFIG, small)
        assert training.state is State.RUNNING
    assert training.state is State.IDLE
    assert training.done.outcome == "completed"
    assert [done.epoch for done in training.history.epochs] == [1, 2]
    batches = 2 * -(-len(small.train) // CONFIG.batch_size)
    assert len(training.history.batch_loss) == batches
    assert training.progress == 1.0


def test_pause_and_resume(qtbot, training, small):
    start(training, ENDLESS, small)
    qtbot.waitUntil(lambda: training.latest is not None)
    training.pause()
    assert training.state is State.PAUSING
    qtbot.waitUntil(lambda: training.state is State.PAUSED)
    held = training.latest
    with qtbot.waitSignal(training.steered):  # which would be after other batches if it went on
        training.steer(dataclasses.replace(ENDLESS, learning_rate=0.5))
    assert training.latest == held
    training.resume()
    qtbot.waitUntil(lambda: training.latest != held)
    assert training.state is State.RUNNING


def test_who_goes_on_in_the_middle_of_one_epoch_does_so_beyond_its_end(qtbot, training, small):
    training.set_pace(100.0)
    with qtbot.waitSignal(training.phase_done):
        start(training, ENDLESS, small, EpochDone)
    training.pause()
    qtbot.waitUntil(lambda: training.state is State.PAUSED)
    training.set_pace(0.0)
    training.resume()
    qtbot.waitUntil(lambda: len(training.history.epochs) > 1)


def test_nothing_arrives_after_cancel(qtbot, training, small):
    start(training, ENDLESS, small)
    qtbot.waitUntil(lambda: len(training.history.epochs) > 1)
    epochs = len(training.history.epochs)
    while run_of(Library(), training.run_id).epoch < epochs + 2:
        pass  # the window is busy, and news waits in its queue
    heard = []
    for signal in (training.advanced, training.learned, training.said, training.failed):
        signal.connect(lambda *_: heard.append("late"))
    training.cancel()
    QCoreApplication.processEvents()
    assert heard == []
    assert len(training.history.epochs) == epochs
    assert training.state is State.IDLE


def test_it_is_not_called_paused_while_it_goes_on(qtbot, training, small, monkeypatch):
    """The news of a pause is still on its way when it is told to go on."""
    waits = threading.Event()

    class Telling(TrainingThread):
        def __init__(self, *words):
            super().__init__(*words)
            self.held.connect(lambda _: waits.set(), Qt.ConnectionType.DirectConnection)

    monkeypatch.setattr(training_module, "TrainingThread", Telling)
    start(training, ENDLESS, small)
    qtbot.waitUntil(lambda: training.latest is not None)
    for _ in range(20):
        waits.clear()
        training.pause()
        assert waits.wait(20)
        training.resume()
        assert training.state is State.RUNNING
        QCoreApplication.processEvents()
        assert training.state is State.RUNNING
    training.pause()
    qtbot.waitUntil(lambda: training.state is State.PAUSED)


def test_stop_keeps_the_best_epoch(qtbot, training, small):
    start(training, ENDLESS, small)
    qtbot.waitUntil(lambda: len(training.history.epochs) >= 3)
    with qtbot.waitSignal(training.ended):
        training.stop()
        assert training.state is State.STOPPING
    best = max(training.history.epochs, key=lambda done: (done.test_accuracy, -done.test_loss))
    assert training.done.best_epoch == best.epoch


def test_a_second_start_while_a_run_goes_on_changes_nothing(qtbot, training, small):
    start(training, ENDLESS, small)
    qtbot.waitUntil(lambda: training.config is not None)
    config = training.config
    start(training, CONFIG, small)
    assert training.config is config


def test_a_failed_run_says_why_and_leaves_the_way_free(qtbot, training, small, monkeypatch):
    monkeypatch.setattr("torch.cuda.is_available", lambda: False)
    with qtbot.waitSignal(training.ended), qtbot.waitSignal(training.failed) as told:
        start(training, dataclasses.replace(CONFIG, device="cuda"), small)
    assert "no cuda device" in str(told.args[0])
    assert training.done is None
    with qtbot.waitSignal(training.ended):
        start(training, CONFIG, small)
    assert training.done.outcome == "completed"


class Puppet(QObject):
    """In place of the thread: it says what a test has it say."""

    began, happened, learned, held = (
        Signal(object),
        Signal(object),
        Signal(object, object),
        Signal(int),
    )
    troubled, failed, finished = Signal(object), Signal(object), Signal()

    def __init__(self, _begin, _splits, parent):
        super().__init__(parent)
        self.resumed = 0
        for told in ("start", "pause", "stop", "cancel", "wait", "slow_down", "watch", "steer"):
            setattr(self, told, lambda *_: None)

    def resume(self, _until=None):
        self.resumed += 1


@pytest.fixture
def clock(monkeypatch):
    """Its only item is the time, in seconds."""
    seconds = [100.0]
    monkeypatch.setattr(
        "mnist_desktop.ui.session.train.run_report.time.monotonic", lambda: seconds[0]
    )
    return seconds


@pytest.fixture
def begin(training, clock, monkeypatch):
    """Begins a run of so many epochs whose thread is a puppet."""
    monkeypatch.setattr("mnist_desktop.ui.session.train.training.TrainingThread", Puppet)

    def begin(epochs, done=()):
        training.start(None, None)
        config = dataclasses.replace(CONFIG, epochs=epochs)
        puppet = training.findChild(Puppet)
        recorder = SimpleNamespace(run_id=1)
        history = History.of(np.empty((3, 0)), done, [])
        puppet.began.emit(
            SimpleNamespace(recorder=recorder, name="run 1", config=config, history=history)
        )
        return puppet

    return begin


def test_pauses_do_not_count_in_the_time_left(training, clock, begin):
    puppet = begin(epochs=4)
    puppet.happened.emit([BatchDone(1, 10, 10, 2.3, 0.1, 50, 1e-3)])
    clock[0] += 10
    training.pause()
    puppet.held.emit(puppet.resumed)
    assert training.state is State.PAUSED
    clock[0] += 1000
    assert training.seconds_left == pytest.approx(30)
    training.resume()
    clock[0] += 10
    assert training.seconds_left == pytest.approx(60)


def test_a_run_that_is_to_end_is_not_called_paused_any_more(training, begin):
    puppet = begin(epochs=4)
    training.pause()
    training.stop()
    puppet.held.emit(puppet.resumed)
    assert training.state is State.STOPPING


def test_of_a_run_that_is_resumed_the_pace_is_that_of_what_is_done_since(training, clock, begin):
    puppet = begin(epochs=4, done=[EpochRecord(n, 0.5, 0.9, 0.5, 0.9, 1.0, False) for n in (1, 2)])
    assert training.progress == 0.5
    clock[0] += 10
    puppet.happened.emit([BatchDone(3, 10, 10, 2.3, 0.1, 50, 1e-3)])
    assert training.seconds_left == pytest.approx(10)


def test_progress_and_time_left_are_of_the_preparation_and_then_of_the_epochs(
    training, clock, begin
):
    puppet = begin(epochs=2)
    clock[0] += 30
    puppet.happened.emit([Preparing(0.75)])
    assert training.progress == 0.75
    assert training.seconds_left == pytest.approx(10)
    clock[0] += 10
    puppet.happened.emit([BatchDone(1, 1, 10, 2.3, 0.1, 50, 1e-3)])
    assert training.preparing is None
    assert training.progress == 0.05
    assert training.seconds_left is None
    clock[0] += 4
    puppet.happened.emit([BatchDone(1, 5, 10, 2.3, 0.1, 50, 1e-3)])
    # 4 s for a quarter; the 40 s before it do not come again.
    assert training.seconds_left == pytest.approx(12)


def test_dead_neurons_are_told_of_in_the_run_that_has_them(training, begin):
    epoch = EpochDone(EpochRecord(1, 0.5, 0.9, 0.5, 0.9, 1.0, True), None)
    puppet = begin(epochs=4)
    layers = [SimpleNamespace(name="hidden1", dead=0.8), SimpleNamespace(name="out", dead=None)]
    puppet.happened.emit([Inspected(1, 10, SimpleNamespace(layers=layers), 0.01), epoch])
    (hint,) = training.hints
    assert "80 % of the neurons of hidden1 are dead" in hint.text()
    puppet.finished.emit()
    QCoreApplication.sendPostedEvents(puppet, QEvent.Type.DeferredDelete.value)
    begin(epochs=4).happened.emit([epoch])
    assert training.hints == ()


def test_nothing_is_left_of_a_preparation_that_broke_off(qtbot, training, small):
    start(training, dataclasses.replace(CONFIG, scribbles=100_000), small)
    qtbot.waitUntil(lambda: training.preparing is not None)
    training.cancel()
    assert training.preparing is None
    assert training.progress == 0.0
