import dataclasses
from functools import partial

import pytest

from mnist_desktop.errors import UserError
from mnist_desktop.learning.settings.config import NetworkConfig, TrainingConfig
from mnist_desktop.learning.train.events import (
    BatchDone,
    EpochDone,
    Inspected,
    Preparing,
    RunDone,
    Steered,
)
from mnist_desktop.learning.train.step import Step
from mnist_desktop.learning.train.training import train
from mnist_desktop.library.database import Library
from mnist_desktop.library.resume import new_run
from mnist_desktop.ui.session.train.training_thread import (
    HANDOVER_SECONDS,
    INSPECTION_SECONDS,
    INSPECTION_SHARE,
    TrainingThread,
)

CONFIG = TrainingConfig(epochs=2, batch_size=50)


@pytest.fixture
def thread_of():
    """Makes threads that train; none of them goes on after the test."""
    made = []

    def make(config, splits):
        begin = partial(new_run, Library(), config, splits, "run 1")
        made.append(TrainingThread(begin, splits))
        return made[-1]

    yield make
    for thread in made:
        thread.cancel()
        thread.wait()


@pytest.fixture
def clock(monkeypatch):
    """The seconds that the thread sees go by: a hundredth whenever it looks."""

    class Clock:
        now = 0.0
        step = 0.01

        def monotonic(self):
            self.now += self.step
            return self.now

        perf_counter = monotonic

    clock = Clock()
    for module in ("ui.session.train.training_thread", "learning.train.training_run"):
        monkeypatch.setattr(f"mnist_desktop.{module}.time", clock)
    return clock


class Listener:
    """What a thread's signals have brought, in order."""

    def __init__(self, thread):
        self.bundles, self.learned, self.failures = [], [], []
        thread.happened.connect(self.bundles.append)
        thread.learned.connect(lambda event, recognizer: self.learned.append((event, recognizer)))
        thread.failed.connect(self.failures.append)

    @property
    def events(self):
        return [event for bundle in self.bundles for event in bundle]


def without_weights(event):
    if isinstance(event, BatchDone):
        return event
    if isinstance(event, EpochDone):
        return event.record._replace(seconds=0.0)
    return dataclasses.replace(event, state_dict={})


def test_it_hands_over_what_the_training_reports_complete_and_in_order(small, thread_of):
    thread = thread_of(CONFIG, small)
    heard = Listener(thread)
    thread.run()  # in this thread, where coverage sees it and nothing races
    expected = [without_weights(event) for event in train(CONFIG, small)]
    assert [without_weights(event) for event in heard.events] == expected
    assert [type(event) for event, _ in heard.learned] == [EpochDone, EpochDone, RunDone]
    assert heard.failures == []


def test_events_come_in_bundles_of_a_tenth_of_a_second(small, thread_of, clock):
    clock.step = HANDOVER_SECONDS / 50
    thread = thread_of(CONFIG, small)
    heard = Listener(thread)
    thread.run()
    batches = sum(isinstance(event, BatchDone) for event in heard.events)
    assert batches > 3 * len(heard.bundles)
    clock.step = HANDOVER_SECONDS
    thread = thread_of(CONFIG, small)
    heard = Listener(thread)
    thread.run()
    assert max(map(len, heard.bundles)) <= 2


def test_each_epoch_brings_a_recognizer_of_its_own_weights(small, thread_of):
    thread = thread_of(CONFIG, small)
    heard = Listener(thread)
    thread.run()
    for event, recognizer in heard.learned:
        kept = event.checkpoint if isinstance(event, EpochDone) else event
        for name, tensor in recognizer.network.state_dict().items():
            assert tensor.equal(kept.state_dict[name])


def test_stop_ends_the_run_with_what_there_is(small, thread_of):
    thread = thread_of(CONFIG, small)
    heard = Listener(thread)
    thread.stop()
    thread.run()
    done, recognizer = heard.learned[-1]
    assert isinstance(done, RunDone)
    assert done.outcome == "stopped"
    assert recognizer is not None


def test_cancel_ends_the_run_without_its_end(small, thread_of):
    thread = thread_of(CONFIG, small)
    heard = Listener(thread)
    thread.cancel()
    thread.run()
    assert not any(isinstance(event, RunDone) for event in heard.events)
    assert heard.failures == []


def test_an_error_of_the_training_is_handed_over(small, monkeypatch, thread_of):
    monkeypatch.setattr("torch.cuda.is_available", lambda: False)
    thread = thread_of(dataclasses.replace(CONFIG, device="cuda"), small)
    heard = Listener(thread)
    thread.run()
    assert isinstance(heard.failures[0], UserError)


def test_a_paused_thread_hands_over_all_it_has_and_waits(qtbot, small, thread_of):
    thread = thread_of(dataclasses.replace(CONFIG, epochs=1000), small)
    heard = Listener(thread)
    thread.pause()
    thread.start()
    qtbot.waitUntil(lambda: len(heard.events) == 1)
    thread.steer(dataclasses.replace(CONFIG, epochs=2000))
    qtbot.waitUntil(lambda: len(heard.events) > 1)
    assert [type(event) for event in heard.events] == [BatchDone, Steered]
    thread.resume()
    qtbot.waitUntil(lambda: len(heard.events) > 10)
    thread.cancel()
    assert thread.wait(5000)


@pytest.mark.parametrize("command", ["stop", "cancel"])
def test_a_paused_thread_can_be_ended(qtbot, small, command, thread_of):
    thread = thread_of(CONFIG, small)
    heard = Listener(thread)
    thread.pause()
    thread.start()
    qtbot.waitUntil(lambda: len(heard.events) == 1)
    getattr(thread, command)()
    assert thread.wait(5000)


def test_the_preparation_is_handed_over_in_bundles_and_brings_no_recognizer(
    small, monkeypatch, thread_of, clock
):

    monkeypatch.setattr("mnist_desktop.learning.train.synthetic.AT_ONCE", 1)
    thread = thread_of(dataclasses.replace(CONFIG, synthetic_digits=40), small)
    heard = Listener(thread)
    thread.run()
    assert heard.failures == []
    preparing = [event for event in heard.events if isinstance(event, Preparing)]
    assert [event.done for event in preparing] == [number / 40 for number in range(40)]
    assert [type(event) for event, _ in heard.learned] == [EpochDone, EpochDone, RunDone]
    with_preparing = [
        bundle for bundle in heard.bundles if any(isinstance(event, Preparing) for event in bundle)
    ]
    assert len(with_preparing) < 20


@pytest.mark.parametrize("command", ["stop", "cancel"])
def test_the_preparation_can_be_ended(small, command, thread_of):
    thread = thread_of(dataclasses.replace(CONFIG, scribbles=100_000), small)
    heard = Listener(thread)
    getattr(thread, command)()
    thread.run()
    assert heard.failures == []
    ends = [(event.outcome, recognizer) for event, recognizer in heard.learned]
    assert ends == ([("stopped", None)] if command == "stop" else [])


@pytest.mark.parametrize("looking", [0.001, 0.05, 0.5])
def test_the_network_is_not_looked_into_for_more_than_a_share_of_the_time(
    small, thread_of, clock, monkeypatch, looking
):
    """However long it takes, and not more often than can be seen."""
    inspect = Step.inspect

    def look(step, probe):
        clock.now += looking
        return inspect(step, probe)

    monkeypatch.setattr(Step, "inspect", look)
    clock.step = 0.002
    config = TrainingConfig(NetworkConfig((8,)), epochs=13, batch_size=50, device="cpu")
    thread = thread_of(config, small)
    heard = Listener(thread)
    thread.watch(True)
    thread.run()
    looks = [event.seconds for event in heard.events if isinstance(event, Inspected)]
    most = clock.now / max(INSPECTION_SECONDS, looking / INSPECTION_SHARE)
    assert most / 2 <= len(looks) <= most + 1
    assert sum(looks[1:]) <= INSPECTION_SHARE * clock.now


def test_each_step_that_is_gone_on_for_is_looked_into_however_soon_it_comes(
    qtbot, small, thread_of, clock
):
    clock.step = 1e-6
    thread = thread_of(CONFIG, small)
    looks, batches = [], []
    thread.happened.connect(
        lambda bundle: looks.extend(one.batch for one in bundle if isinstance(one, Inspected))
    )
    thread.happened.connect(
        lambda bundle: batches.extend(one.batch for one in bundle if isinstance(one, BatchDone))
    )
    thread.watch(True)
    for step in (1, 2, 3):
        with qtbot.waitSignal(thread.held):
            thread.resume(BatchDone)
            if step == 1:
                thread.start()
        assert (looks, batches) == ([*range(1, step + 1)],) * 2
