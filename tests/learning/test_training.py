import dataclasses
import itertools
import math

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from mnist_desktop.errors import UserError
from mnist_desktop.ink.normalise import normalise
from mnist_desktop.ink.synthetic.scribbles import scribble
from mnist_desktop.learning import training as training_module
from mnist_desktop.learning.calibration import fitted_temperature
from mnist_desktop.learning.config import NO_DIGIT, NetworkConfig, TrainingConfig
from mnist_desktop.learning.devices import choose_device
from mnist_desktop.learning.evaluation import Predictions, predict
from mnist_desktop.learning.events import BatchDone, EpochDone, Preparing, RunDone, Stop
from mnist_desktop.learning.loading import data_loader
from mnist_desktop.learning.network import MLP, to_input
from mnist_desktop.learning.optimizers import schedule_factor
from mnist_desktop.learning.splits import Split, Splits
from mnist_desktop.learning.step import targets_by_label
from mnist_desktop.learning.training import drive, train

# 2,000 pictures in batches of 64: 31 whole ones and a last one of 16.
CONFIG = TrainingConfig(NetworkConfig((32, 16)), learning_rate=0.004, epochs=3, device="cpu")

# The decay turns weights around and makes them larger with every step: at once, and slowly.
DIVERGING = dataclasses.replace(CONFIG, optimizer="sgd", momentum=0.0, weight_decay=10.0)
DIVERGING_AT_ONCE = dataclasses.replace(DIVERGING, learning_rate=100.0)
DIVERGING_LATER = dataclasses.replace(
    DIVERGING, network=NetworkConfig(()), learning_rate=0.22, epochs=50
)
BATCHES = 32


def with_network(**changes):
    return dataclasses.replace(CONFIG, network=dataclasses.replace(CONFIG.network, **changes))


def events_of(config, splits):
    return list(train(config, splits))


def figures(events):
    """All that a run reports but its seconds, which no two runs share."""
    found = []
    for event in events:
        values = [getattr(event, field.name) for field in dataclasses.fields(event)]
        if isinstance(event, EpochDone):
            checkpoint = event.checkpoint
            values = [event.record._replace(seconds=0.0), checkpoint.to_bytes()]
            values.append(checkpoint.state_dict)
        found.append(
            [
                {name: tensor.numpy().tobytes() for name, tensor in value.items()}
                if isinstance(value, dict)
                else value
                for value in values
            ]
        )
    return found


def batches_of(events):
    return [event for event in events if isinstance(event, BatchDone)]


def epochs_of(events):
    return [event for event in events if isinstance(event, EpochDone)]


def same_weights(one, other):
    return one.keys() == other.keys() and all(torch.equal(one[name], other[name]) for name in one)


def network_of(config, state_dict):
    network = MLP(config.network)
    network.load_state_dict(state_dict)
    return network


@pytest.fixture(scope="module")
def run(small):
    """The events of one run, for all tests that only look at them."""
    return events_of(CONFIG, small)


@pytest.fixture
def scripted(monkeypatch, small):
    """Lets a run's epochs score as a list of (accuracy, loss) says."""

    def script(*scores):
        left = list(scores)

        def fake(network, split):
            if split is not small.validation or not left:
                return predict(network, split)
            accuracy, loss = left.pop(0)
            labels = split.labels
            read = np.where(np.arange(len(labels)) < round(accuracy * len(labels)), labels, 255)
            probabilities = np.eye(256, dtype=np.float32)[read]
            return Predictions(probabilities, labels, loss)

        monkeypatch.setattr(training_module, "predict", fake)

    return script


class TestEvents:
    def test_they_come_in_the_order_in_which_things_happen(self, run):
        kinds = [type(event) for event in run]
        assert kinds == ([BatchDone] * BATCHES + [EpochDone]) * 3 + [RunDone]
        numbers = [(event.epoch, event.batch, event.batches) for event in batches_of(run)]
        assert numbers == [
            (epoch, batch, BATCHES)
            for epoch, batch in itertools.product((1, 2, 3), range(1, BATCHES + 1))
        ]
        assert [event.epoch for event in epochs_of(run)] == [1, 2, 3]
        assert (run[-1].outcome, run[-1].epoch) == ("completed", 3)

    def test_sizes_are_those_of_the_batches(self, run):
        assert [event.size for event in batches_of(run)] == ([64] * 31 + [16]) * 3

    def test_the_means_of_an_epoch_are_exact_though_its_last_batch_is_smaller(self, run):
        for epoch in epochs_of(run):
            batches = [event for event in batches_of(run) if event.epoch == epoch.epoch]
            loss = sum(event.loss * event.size for event in batches) / 2000
            assert epoch.train_loss == pytest.approx(loss, rel=1e-12)
            correct = sum(round(event.accuracy * event.size) for event in batches)
            assert epoch.train_accuracy == correct / 2000

    def test_the_first_batch_is_seen_by_the_first_weights(self, small):
        config = dataclasses.replace(CONFIG, shuffle=False, seed=5)
        first = next(train(config, small))
        scores = MLP(config.network, seed=5)(to_input(torch.from_numpy(small.train.images[:64])))
        labels = torch.from_numpy(small.train.labels[:64]).long()
        assert first.loss == pytest.approx(F.cross_entropy(scores, labels).item(), rel=1e-5)
        assert first.accuracy == (scores.argmax(1) == labels).float().mean().item()

    def test_an_epoch_s_test_figures_are_those_of_its_weights(self, run, small):
        for epoch in epochs_of(run):
            tested = predict(network_of(CONFIG, epoch.checkpoint.state_dict), small.validation)
            assert epoch.test_accuracy == tested.score.accuracy
            assert epoch.test_loss == pytest.approx(tested.loss, rel=1e-5)

    def test_each_epoch_has_weights_of_its_own(self, run):
        states = [epoch.checkpoint.state_dict for epoch in epochs_of(run)]
        for one, other in itertools.combinations(states, 2):
            assert not same_weights(one, other)
        for tensor in states[0].values():
            assert not tensor.requires_grad
            assert tensor.device.type == "cpu"

    def test_changing_an_epoch_s_weights_changes_nothing_in_the_run(self, small, run):
        changed = []
        for event in train(CONFIG, small):
            if isinstance(event, BatchDone):
                changed.append(event)
            elif isinstance(event, EpochDone) and not event.record.is_best:
                for tensor in event.checkpoint.state_dict.values():
                    tensor.zero_()
        assert changed == batches_of(run)

    def test_it_learns(self, run):
        first, *_, last = epochs_of(run)
        assert last.test_accuracy > 0.8
        assert last.train_loss < first.train_loss / 2
        assert run[-1].score.accuracy > 0.75
        assert run[-1].score.total == 500

    def test_time_in_others_hands_is_not_the_epoch_s(self, small, monkeypatch):
        clock = [0.0]
        monkeypatch.setattr(training_module.time, "perf_counter", lambda: clock[0])
        seconds = []
        for event in train(dataclasses.replace(CONFIG, epochs=2), small):
            clock[0] += 100.0  # a pause
            if isinstance(event, EpochDone):
                seconds.append(event.seconds)
        assert seconds == [0.0, 0.0]

    def test_nothing_happens_before_it_is_asked_for(self, small, monkeypatch):
        def fail(_):
            pytest.fail("nobody asked")

        monkeypatch.setattr(training_module, "choose_device", fail)
        train(CONFIG, small)


class TestTheMathematics:
    @pytest.mark.parametrize("optimizer", ["adam", "sgd"])
    def test_its_steps_are_those_of_the_tutorial_s_loop(self, small, optimizer):
        config = dataclasses.replace(CONFIG, optimizer=optimizer, learning_rate=0.01, epochs=1)
        expected = []
        network = MLP(config.network, config.seed)
        torch_optimizer = (
            torch.optim.Adam(network.parameters(), lr=0.01)
            if optimizer == "adam"
            else torch.optim.SGD(network.parameters(), lr=0.01, momentum=config.momentum)
        )
        for pictures, labels in data_loader(small.train, 64, shuffle_seed=config.seed):
            scores = network(pictures.flatten(1).float() / 255)
            loss = F.cross_entropy(scores, labels)
            loss.backward()
            torch_optimizer.step()
            torch_optimizer.zero_grad()
            expected.append((loss.item(), (scores.argmax(1) == labels).float().mean().item()))
        batches = batches_of(train(config, small))
        np.testing.assert_allclose(
            [batch.loss for batch in batches], *np.array(expected).T[:1], 1e-3
        )
        np.testing.assert_allclose(
            [batch.accuracy for batch in batches], np.array(expected)[:, 1], atol=1 / 60
        )

    def test_negative_log_likelihood_of_a_log_softmax_is_cross_entropy(self, small, run):
        config = with_network(output="log_softmax")
        events = events_of(config, small)
        assert batches_of(events) == batches_of(run)
        for one, other in zip(epochs_of(events), epochs_of(run), strict=True):
            assert one.test_accuracy == other.test_accuracy
            assert one.test_loss == pytest.approx(other.test_loss, rel=1e-6)
        assert events[-1].score == run[-1].score

    def test_weight_decay_makes_smaller_weights(self, small, run):
        config = dataclasses.replace(CONFIG, optimizer="adamw", weight_decay=1.0)
        decayed = events_of(config, small)[-1].state_dict["hidden1.weight"]
        assert decayed.norm() < run[-1].state_dict["hidden1.weight"].norm()

    @pytest.mark.parametrize("schedule", ["constant", "cosine", "one_cycle"])
    def test_the_learning_rate_follows_its_schedule_over_all_batches(self, small, schedule):
        config = dataclasses.replace(CONFIG, schedule=schedule, epochs=2, learning_rate=0.004)
        rates = [event.learning_rate for event in batches_of(train(config, small))]
        assert rates == pytest.approx(
            [0.004 * schedule_factor(schedule, step / (2 * BATCHES)) for step in range(2 * BATCHES)]
        )

    def test_a_schedule_changes_what_is_learned(self, small, run):
        cosine = events_of(dataclasses.replace(CONFIG, schedule="cosine"), small)
        # The first step has the same rate, the second has not.
        assert cosine[1].loss == run[1].loss
        assert cosine[BATCHES - 1].loss != run[BATCHES - 1].loss

    def test_dropout_is_on_while_training_and_off_while_testing(self, small):
        config = with_network(dropout=0.5)
        for epoch in epochs_of(train(config, small)):
            # Twice as good on what it has not seen as on what it has: only dropout does that.
            assert epoch.train_loss > epoch.test_loss


class TestSchedules:
    def test_constant_stays(self):
        assert {schedule_factor("constant", step / 10) for step in range(11)} == {1.0}

    def test_cosine_goes_from_one_to_nothing(self):
        factors = [schedule_factor("cosine", step / 100) for step in range(101)]
        assert factors[0] == 1.0
        assert factors[50] == pytest.approx(0.5)
        assert factors[100] == pytest.approx(0.0, abs=1e-12)
        assert factors == sorted(factors, reverse=True)

    def test_one_cycle_goes_up_for_30_percent_and_then_down_to_nothing(self):
        factors = [schedule_factor("one_cycle", step / 1000) for step in range(1001)]
        assert factors[0] == pytest.approx(1 / 25)
        assert factors[150] == pytest.approx((1 + 1 / 25) / 2)
        assert factors[300] == pytest.approx(1.0)
        assert factors[650] == pytest.approx(0.5)
        assert factors[1000] == pytest.approx(0.0, abs=1e-12)
        assert factors[:301] == sorted(factors[:301])
        assert factors[300:] == sorted(factors[300:], reverse=True)
        assert max(abs(a - b) for a, b in itertools.pairwise(factors)) < 0.01


class TestSeeds:
    def test_the_same_seed_gives_the_same_run(self, small):
        config = with_network(dropout=0.3)
        torch.manual_seed(1)
        one = figures(events_of(config, small))
        torch.manual_seed(2)  # what others draw has no part in it
        assert figures(events_of(config, small)) == one

    @pytest.mark.parametrize("shuffle", [True, False])
    def test_another_seed_gives_another(self, small, shuffle):
        one = dataclasses.replace(CONFIG, epochs=1, shuffle=shuffle)
        other = dataclasses.replace(one, seed=1)
        assert figures(events_of(one, small)) != figures(events_of(other, small))

    def test_dropout_has_new_masks_in_every_run_s_batch(self, small):
        config = dataclasses.replace(with_network(dropout=0.3), learning_rate=1e-8, shuffle=False)
        first, second = (
            [event.loss for event in batches_of(train(config, small)) if event.epoch == epoch]
            for epoch in (1, 2)
        )
        assert all(one != other for one, other in zip(first, second, strict=True))

    def test_shuffling_gives_each_epoch_a_new_order_and_not_shuffling_the_same(self, small):
        def losses(shuffle):
            config = dataclasses.replace(CONFIG, learning_rate=1e-8, shuffle=shuffle, epochs=2)
            batches = batches_of(train(config, small))
            return np.array([event.loss for event in batches]).reshape(2, -1)

        first, second = losses(shuffle=True)
        assert np.abs(first - second).max() > 1e-3
        first, second = losses(shuffle=False)
        np.testing.assert_allclose(first, second, atol=1e-4)

    def test_a_process_that_loads_gives_the_same_batches(self, small, monkeypatch):
        config = dataclasses.replace(CONFIG, epochs=2, limit=300)
        own = figures(events_of(config, small))
        loaders = []

        def noted(*arguments, **settings):
            loaders.append(data_loader(*arguments, **settings))
            return loaders[-1]

        monkeypatch.setattr(training_module, "data_loader", noted)
        assert figures(events_of(dataclasses.replace(config, workers=1), small)) == own
        (loader,) = loaders
        assert loader.num_workers == 1
        # Forking a process that runs Qt's and torch's threads can hang.
        assert loader.multiprocessing_context.get_start_method() == "spawn"


class TestStopping:
    def test_in_the_middle_of_an_epoch_keeps_the_best_before_it(self, small, run):
        stopped = train(CONFIG, small)
        event = next(stopped)
        while not (isinstance(event, BatchDone) and (event.epoch, event.batch) == (3, 5)):
            event = next(stopped)
        done = stopped.send(Stop())
        assert (done.outcome, done.epoch) == ("stopped", 2)
        best = max(epochs_of(run)[:2], key=lambda epoch: epoch.test_accuracy)
        assert done.best_epoch == best.epoch
        assert same_weights(done.state_dict, best.state_dict)
        with pytest.raises(StopIteration):
            next(stopped)

    @pytest.mark.parametrize("batches", [1, 10])
    def test_before_any_epoch_is_done_keeps_the_weights_as_they_are(self, small, batches):
        stopped = train(CONFIG, small)
        for _ in range(batches):
            next(stopped)
        done = stopped.send(Stop())
        assert (done.outcome, done.epoch, done.best_epoch) == ("stopped", 0, 0)
        assert same_weights(done.state_dict, done.state_dict)
        assert done.score == predict(network_of(CONFIG, done.state_dict), small.test).score
        moved = done.state_dict["out.weight"] - MLP(CONFIG.network).state_dict()["out.weight"]
        # Adam's first steps are as long as the learning rate says.
        assert 0.5 * 0.004 < moved.abs().max() < 1.5 * 0.004 * batches

    def test_after_an_epoch_keeps_it(self, small, run):
        stopped = train(CONFIG, small)
        while not isinstance(next(stopped), EpochDone):
            pass
        done = stopped.send(Stop())
        assert (done.outcome, done.epoch, done.best_epoch) == ("stopped", 1, 1)
        assert same_weights(done.state_dict, epochs_of(run)[0].state_dict)

    def test_after_the_last_epoch_and_after_the_end_changes_nothing_more(self, small):
        stopped = train(dataclasses.replace(CONFIG, epochs=1), small)
        while not isinstance(event := next(stopped), EpochDone):
            pass
        done = stopped.send(Stop())
        assert isinstance(done, RunDone)
        assert same_weights(done.state_dict, event.state_dict)
        with pytest.raises(StopIteration):
            stopped.send(Stop())

    def test_weights_that_are_no_numbers_any_more_are_not_kept(self, small):
        # In some batch the step makes them infinite, and only the next batch's loss shows it.
        outcomes = []
        for batches in itertools.count(1):
            stopped = train(DIVERGING_AT_ONCE, small)
            losses = [next(stopped).loss for _ in range(batches)]
            done = stopped.send(Stop())
            outcomes.append(done.outcome)
            if done.outcome == "diverged":
                assert (done.state_dict, done.score) == (None, None)
            else:
                assert all(tensor.isfinite().all() for tensor in done.state_dict.values())
            if not math.isfinite(losses[-1]):
                break
        assert outcomes[0] == "stopped"
        assert outcomes[-1] == "diverged"

    def test_closing_cancels_it_at_any_time(self, small):
        for steps in (0, 1, BATCHES, BATCHES + 1, BATCHES + 5):
            cancelled = train(CONFIG, small)
            for _ in range(steps):
                next(cancelled)
            cancelled.close()
            with pytest.raises(StopIteration):
                next(cancelled)


class TestDriving:
    def test_it_asks_after_each_event_and_hands_on_all(self, small, run):
        asked = []
        driven = drive(train(CONFIG, small), lambda: asked.append(True))
        assert figures(driven) == figures(run)
        assert len(asked) == len(run)

    def test_a_stop_ends_the_run_with_its_last_event(self, small):
        commands = iter([None, None, Stop()])
        events = list(drive(train(CONFIG, small), lambda: next(commands, None)))
        assert [type(event) for event in events] == [BatchDone] * 3 + [RunDone]
        assert events[-1].outcome == "stopped"


class TestTheBestEpoch:
    def test_it_has_the_highest_accuracy_and_its_weights_are_kept(self, small):
        # So high a rate that the accuracy goes up and down; where to, no two machines agree on.
        for seed in range(20):
            config = dataclasses.replace(CONFIG, learning_rate=0.05, epochs=8, seed=seed)
            events = events_of(config, small)
            epochs, done = epochs_of(events), events[-1]
            best = max(epochs, key=lambda epoch: (epoch.test_accuracy, -epoch.test_loss))
            if best is not epochs[-1]:
                break
        assert best is not epochs[-1]
        assert done.best_epoch == best.epoch
        assert same_weights(done.state_dict, best.state_dict)
        network = network_of(config, done.state_dict)
        assert predict(network, small.validation).score.accuracy == best.test_accuracy
        assert done.score == predict(network, small.test).score

    def test_an_epoch_is_marked_best_if_it_is_better_than_all_before(self, small, scripted):
        scripted((0.5, 1.0), (0.4, 0.5), (0.5, 0.9), (0.5, 1.0), (0.6, 2.0), (0.6, 2.0))
        events = events_of(dataclasses.replace(CONFIG, epochs=6), small)
        marks = [epoch.is_best for epoch in epochs_of(events)]
        # Between equals the lower loss decides, and then the earlier epoch.
        assert marks == [True, False, True, False, True, False]
        assert events[-1].best_epoch == 5


class TestPatience:
    @pytest.mark.parametrize(
        ("patience", "improvement", "accuracies", "ended", "best"),
        [
            (2, 0.0, [0.5, 0.6, 0.6, 0.6, 0.9], 4, 2),
            (2, 0.0, [0.5, 0.4, 0.6, 0.5, 0.61, 0.6, 0.6, 0.9], 7, 5),
            (1, 0.0, [0.5, 0.5, 0.9], 2, 1),
            # Small steps count for nothing, even where they add up to a large one later.
            (2, 0.05, [0.5, 0.52, 0.54, 0.9], 3, 3),
            (2, 0.05, [0.5, 0.54, 0.56, 0.58, 0.6, 0.9], 5, 5),
            (3, 1.0, [0.5, 0.6, 0.7, 0.8, 0.9], 4, 4),
        ],
    )
    def test_it_ends_when_so_many_epochs_in_a_row_bring_too_little(
        self, small, scripted, patience, improvement, accuracies, ended, best
    ):
        scripted(*((accuracy, 1.0) for accuracy in accuracies))
        config = dataclasses.replace(
            CONFIG,
            epochs=len(accuracies),
            patience=patience,
            minimum_improvement=improvement,
            limit=64,
        )
        done = events_of(config, small)[-1]
        assert (done.outcome, done.epoch, done.best_epoch) == ("stopped early", ended, best)

    def test_steady_improvement_goes_on_to_the_end(self, small, scripted):
        scripted((0.5, 1.0), (0.6, 1.0), (0.7, 1.0))
        done = events_of(dataclasses.replace(CONFIG, patience=1), small)[-1]
        assert (done.outcome, done.epoch) == ("completed", 3)

    def test_without_patience_nothing_ends_it_early(self, small, scripted):
        scripted(*[(0.5, 1.0)] * 6)
        config = dataclasses.replace(CONFIG, epochs=6, minimum_improvement=0.5, limit=64)
        assert events_of(config, small)[-1].outcome == "completed"

    def test_a_real_run_that_learns_nothing_ends_early(self, small):
        config = dataclasses.replace(CONFIG, learning_rate=1e-8, epochs=50, patience=2)
        done = events_of(config, small)[-1]
        assert (done.outcome, done.epoch) == ("stopped early", 3)


class TestDivergence:
    def test_a_run_that_diverges_at_once_has_nothing_to_keep(self, small):
        events = events_of(DIVERGING_AT_ONCE, small)
        done = events[-1]
        assert done == RunDone("diverged", 0, 0, None, None)
        losses = [event.loss for event in batches_of(events)]
        assert len(events) == len(losses) + 1
        assert not math.isfinite(losses[-1])
        assert all(math.isfinite(loss) for loss in losses[:-1])

    def test_a_run_that_diverges_later_keeps_its_best(self, small):
        events = events_of(DIVERGING_LATER, small)
        epochs, done = epochs_of(events), events[-1]
        assert done.outcome == "diverged"
        assert done.epoch == len(epochs) >= 2
        assert done.best_epoch < done.epoch
        assert all(tensor.isfinite().all() for tensor in done.state_dict.values())
        assert same_weights(done.state_dict, epochs[done.best_epoch - 1].state_dict)
        assert done.score == predict(network_of(DIVERGING_LATER, done.state_dict), small.test).score

    @pytest.mark.parametrize("loss", [math.nan, math.inf])
    def test_a_test_loss_that_is_no_number_ends_it_too(self, small, scripted, loss):
        scripted((0.5, 1.0), (0.9, loss))
        events = events_of(CONFIG, small)
        assert len(epochs_of(events)) == 1
        assert (events[-1].outcome, events[-1].epoch, events[-1].best_epoch) == ("diverged", 1, 1)
        assert same_weights(events[-1].state_dict, epochs_of(events)[0].state_dict)


class TestTheOfficialTestSet:
    def test_it_is_not_touched_before_the_run_ends(self, small):
        class Sealed:
            is_open = False

            def __getattr__(self, name):
                assert self.is_open, f"{name} is looked at"
                return getattr(small.test, name)

            def __len__(self):
                assert self.is_open
                return len(small.test)

        sealed = Sealed()
        run = train(CONFIG, Splits("sealed", small.train, small.validation, sealed))
        for event in run:
            if isinstance(event, EpochDone) and event.epoch == 3:
                sealed.is_open = True
        assert event.score.total == 500

    def test_it_changes_nothing_but_the_score(self, small, run):
        wrong = Split(small.test.images, 9 - small.test.labels)
        events = events_of(CONFIG, Splits("wrong", small.train, small.validation, wrong))
        assert figures(events[:-1]) == figures(run[:-1])
        assert same_weights(events[-1].state_dict, run[-1].state_dict)
        assert events[-1].score.accuracy < 0.3

    def test_the_test_curve_is_the_validation_split_s(self, small, run):
        wrong = Split(small.validation.images, 9 - small.validation.labels)
        events = events_of(CONFIG, Splits("wrong", small.train, wrong, small.test))
        assert batches_of(events) == batches_of(run)
        assert epochs_of(events)[-1].test_accuracy < 0.3


class TestLimit:
    def test_only_the_first_pictures_are_learned_from(self, small):
        config = dataclasses.replace(CONFIG, limit=100)
        first = Splits("first", small.train.first(100), small.validation, small.test)
        limited = events_of(config, small)
        assert [event.size for event in batches_of(limited)] == [64, 36] * 3
        assert figures(limited) == figures(events_of(CONFIG, first))

    def test_a_limit_beyond_the_data_is_none(self, small, run):
        config = dataclasses.replace(CONFIG, limit=10**6)
        assert figures(events_of(config, small)) == figures(run)


class TestDevices:
    @pytest.fixture
    def machine(self, monkeypatch):
        def has(cuda=False, mps=False):
            monkeypatch.setattr(torch.cuda, "is_available", lambda: cuda)
            monkeypatch.setattr(torch.backends.mps, "is_available", lambda: mps)

        return has

    @pytest.mark.parametrize(
        ("cuda", "mps", "taken"),
        [(True, True, "cuda"), (False, True, "mps"), (False, False, "cpu"), (True, False, "cuda")],
    )
    def test_auto_takes_cuda_else_mps_else_the_cpu(self, machine, cuda, mps, taken):
        machine(cuda, mps)
        assert choose_device("auto").type == taken

    @pytest.mark.parametrize("device", ["cpu", "cuda", "mps"])
    def test_a_device_chosen_by_hand_is_taken(self, machine, device):
        machine(cuda=True, mps=True)
        assert choose_device(device).type == device

    @pytest.mark.parametrize("device", ["cuda", "mps"])
    def test_one_that_is_not_there_is_an_error_before_anything_is_trained(
        self, machine, small, device
    ):
        machine()
        with pytest.raises(UserError, match=f"no {device} device"):
            next(train(dataclasses.replace(CONFIG, device=device), small))


class TestWrittenDrawings:
    CONFIG = dataclasses.replace(CONFIG, epochs=2, synthetic_digits=300, scribbles=200)

    def test_they_are_drawn_first_and_join_every_epoch(self, small):
        events = events_of(self.CONFIG, small)
        shares = [event.done for event in events if isinstance(event, Preparing)]
        assert isinstance(events[0], Preparing)
        assert shares == sorted(shares)
        assert all(0 <= share < 1 for share in shares)
        batches = [event for event in events if isinstance(event, BatchDone)]
        assert sum(event.size for event in batches) == 2 * (len(small.train) + 500)

    def test_what_is_no_digit_counts_for_no_accuracy(self, small):
        config = dataclasses.replace(
            self.CONFIG, synthetic_digits=0, limit=1, batch_size=4, epochs=1
        )
        batches = [event for event in events_of(config, small) if isinstance(event, BatchDone)]
        # One digit among 200 scribbles: its batch is right or wrong, and all others are nothing.
        assert {event.accuracy for event in batches} <= {0.0, 1.0}
        assert sum(event.accuracy for event in batches) <= 1.0

    def test_a_network_that_has_seen_scribbles_is_less_sure_of_them(self, small):
        unseen = scribbled(300, seed=99)
        sure = []
        for scribbles in (0, 600):
            config = dataclasses.replace(CONFIG, epochs=6, scribbles=scribbles)
            network = network_of(config, events_of(config, small)[-1].state_dict)
            sure.append(float(np.median(predict(network, unseen).probabilities.max(axis=1))))
        assert sure[1] < 0.7 * sure[0]

    def test_a_stop_meanwhile_ends_the_run_with_nothing(self, small):
        events = list(drive(train(self.CONFIG, small), Stop))
        assert [type(event) for event in events] == [Preparing, RunDone]
        assert events[-1].outcome == "stopped"
        assert events[-1].state_dict is None
        assert events[-1].score is None


def scribbled(count, seed):
    """Pictures of scribbles; the labels mean nothing."""
    drawn = scribble(count, np.random.default_rng(seed))
    return Split(
        np.stack([normalise(one.drawing) for one in drawn]), np.zeros(count, dtype=np.uint8)
    )


class TestTargets:
    def test_a_digit_gets_what_smoothing_leaves_and_its_share(self):
        targets = targets_by_label(0.1)
        assert targets[3, 3] == pytest.approx(0.91)
        assert targets[3, 4] == pytest.approx(0.01)
        torch.testing.assert_close(targets.sum(dim=1), torch.ones(11))

    def test_without_smoothing_it_is_the_digit_alone(self):
        assert torch.equal(targets_by_label(0.0)[:10], torch.eye(10))

    def test_what_is_no_digit_is_as_likely_any(self):
        assert targets_by_label(0.1)[NO_DIGIT].unique().tolist() == pytest.approx([0.1])


def test_distortion_changes_the_curve_and_the_seed_decides_how(small):
    distorted = dataclasses.replace(CONFIG, distortion=1.0)
    assert figures(events_of(distorted, small)) == figures(events_of(distorted, small))
    assert figures(events_of(distorted, small)) != figures(events_of(CONFIG, small))


def test_the_temperature_is_that_of_the_kept_weights_on_the_validation_split(small, run):
    done = run[-1]
    tested = predict(network_of(CONFIG, done.state_dict), small.validation)
    expected = fitted_temperature(tested.probabilities, small.validation.labels)
    assert done.temperature == pytest.approx(expected, rel=1e-3)
    assert done.temperature != 1.0
