import dataclasses
import subprocess
import sys
import threading

import pytest
import torch

from mnist_desktop.learning import threads
from mnist_desktop.learning.settings.config import NetworkConfig, TrainingConfig
from mnist_desktop.learning.threads import ThreadChoice, counts_alike
from mnist_desktop.learning.train.events import BatchDone, EpochDone, Steer
from mnist_desktop.learning.train.training import train

CONFIG = TrainingConfig(NetworkConfig((32, 16)), batch_size=50, epochs=2, device="cpu", limit=1000)


@pytest.fixture(autouse=True)
def _as_before():
    before = torch.get_num_threads()
    yield
    torch.set_num_threads(before)


def test_all_is_what_torch_would_use_by_itself():
    code = "import torch; a = torch.get_num_threads(); import mnist_desktop.learning.threads as t; "
    code += "t.use_one_core(); assert t.ALL == a"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_one_core_stays_one_whatever_another_thread_takes_meanwhile():
    ready, taken, seen = threading.Event(), threading.Event(), []

    def read():
        threads.use_one_core()
        ready.set()
        taken.wait(10)
        torch.ones(3).add(1)
        seen.append(torch.get_num_threads())

    reader = threading.Thread(target=read)
    reader.start()
    ready.wait(10)
    torch.set_num_threads(2)
    taken.set()
    reader.join()
    assert seen == [1]


class TestCountsAlike:
    @pytest.mark.parametrize(
        ("there", "differs_from", "alike"),
        [(1, 99, [1]), (2, 99, [1, 2]), (6, 99, [1, 2, 4, 6]), (8, 4, [1, 2]), (8, 2, [1])],
    )
    def test_they_double_until_a_bit_differs_or_no_core_is_left(
        self, monkeypatch, there, differs_from, alike
    ):
        monkeypatch.setattr(threads, "ALL", there)
        torch.set_num_threads(3)

        def compute():
            is_other = torch.get_num_threads() >= differs_from
            return [torch.ones(2), torch.tensor(1.0 + 1e-7 * is_other)]

        assert counts_alike(compute) == alike
        assert torch.get_num_threads() == 3


class Machine:
    """Where a step takes so long with each number of threads; it counts the steps of each."""

    def __init__(self, counts):
        self.choice = ThreadChoice()
        self.choice.allow(counts)
        self.seconds = 0.0

    def steps(self, number, seconds):
        """The share of steps that was done with each number of threads."""
        used = dict.fromkeys(seconds, 0)
        for step in range(number):
            self.choice.use()
            count = torch.get_num_threads()
            took = seconds[count]
            took = took(step) if callable(took) else took
            self.choice.took(took)
            self.seconds += took
            used[count] += 1
        return {count: uses / number for count, uses in used.items()}


QUIET = {1: 0.001, 2: 0.0007}
BUSY = {1: 0.002, 2: 0.150}


class TestThreadChoice:
    def test_it_begins_with_one(self):
        assert Machine([1, 2]).steps(100, QUIET)[1] == 1

    def test_where_more_are_faster_they_are_taken(self):
        machine = Machine([1, 2])
        machine.steps(500, QUIET)
        assert machine.steps(5000, QUIET)[2] > 0.95

    def test_where_they_are_slower_trying_them_costs_a_tenth_at_most(self):
        machine = Machine([1, 2])
        machine.steps(10_000, BUSY)
        assert machine.seconds < 10_000 * BUSY[1] * 1.15

    def test_they_are_given_up_at_once_when_others_need_the_cores_and_taken_again_later(self):
        machine = Machine([1, 2])
        machine.steps(500, QUIET)
        assert machine.steps(200, BUSY)[2] <= 3 / 200
        machine.steps(20_000, QUIET)
        assert machine.steps(1000, QUIET)[2] > 0.9

    def test_a_hiccup_is_forgiven(self):
        machine = Machine([1, 2])
        machine.steps(2000, QUIET)
        hiccups = {1: 0.001, 2: lambda step: 0.005 if step % 500 == 0 else 0.0007}
        assert machine.steps(5000, hiccups)[2] > 0.9

    def test_the_best_of_many_is_found(self):
        machine = Machine([1, 2, 4, 8])
        seconds = {1: 0.004, 2: 0.003, 4: 0.002, 8: 0.0025}
        machine.steps(1000, seconds)
        assert machine.steps(5000, seconds)[4] > 0.9

    def test_what_may_no_more_be_chosen_is_not(self):
        machine = Machine([1, 2])
        machine.steps(1000, QUIET)
        machine.choice.allow([1])
        assert machine.steps(5000, QUIET)[1] == 1


class TestATraining:
    @pytest.fixture
    def used(self, monkeypatch):
        """How many threads each step of a training takes, with trials at every turn."""
        used = []
        use = ThreadChoice.use

        def noted(choice):
            use(choice)
            used.append(torch.get_num_threads())

        monkeypatch.setattr(ThreadChoice, "use", noted)
        monkeypatch.setattr(threads, "BETWEEN_TRIALS", 0.0)
        monkeypatch.setattr(threads, "PATIENCE", 0.0)
        return used

    @pytest.mark.parametrize("changes", [{}, {"distortion": 1.0, "optimizer": "sgd"}])
    def test_its_curve_is_the_same_whatever_is_chosen(self, small, monkeypatch, used, changes):
        config = dataclasses.replace(CONFIG, **changes)
        curves = []
        for there in (1, 2):
            monkeypatch.setattr(threads, "ALL", there)
            events = train(config, small)
            epochs = [event for event in events if isinstance(event, EpochDone)]
            curves.append([event.record._replace(seconds=0) for event in epochs])
            if there == 1:
                assert set(used) == {1}
        assert curves[0] == curves[1]

    def test_more_are_tried_where_nothing_differs(self, small, monkeypatch, used):
        monkeypatch.setattr(threads, "ALL", 2)
        monkeypatch.setattr(
            "mnist_desktop.learning.train.rehearsal.rehearsal", lambda *_: [torch.zeros(1)]
        )
        for _ in train(CONFIG, small):
            pass
        assert set(used) == {1, 2}

    def test_the_thread_has_as_many_as_before_when_it_ends(self, small):
        torch.set_num_threads(2)
        for _ in train(CONFIG, small):
            pass
        assert torch.get_num_threads() == 2

    def test_steered_it_takes_one_until_the_next_epoch_has_been_rehearsed(
        self, small, monkeypatch, used
    ):
        monkeypatch.setattr(threads, "ALL", 2)
        rehearsed = []

        def rehearsal(config, sizes, _):
            rehearsed.append((config.batch_size, set(sizes)))
            return [torch.zeros(1)]

        monkeypatch.setattr("mnist_desktop.learning.train.rehearsal.rehearsal", rehearsal)
        run = train(dataclasses.replace(CONFIG, batch_size=10), small)
        event = next(run)
        while not (isinstance(event, BatchDone) and event.batch == 50):
            event = next(run)
        assert 2 in used
        run.send(Steer(dataclasses.replace(CONFIG, batch_size=300)))
        used.clear()
        while not isinstance(event, EpochDone):
            event = next(run)
        assert set(used) == {1}
        assert set(map(str, rehearsed)) == {"(10, {10})"}
        for _ in run:
            pass
        assert rehearsed[-1] == (300, {300, 100})
