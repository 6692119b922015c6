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
from mnist_desktop.learning.data.loading import data_loader, epoch_order
from mnist_desktop.learning.data.splits import Split, Splits
from mnist_desktop.learning.evaluate.calibration import fitted_temperature
from mnist_desktop.learning.evaluate.evaluation import predict
from mnist_desktop.learning.models.network import MLP, to_input
from mnist_desktop.learning.settings.config import NO_DIGIT, NetworkConfig, TrainingConfig
from mnist_desktop.learning.train import training_run
from mnist_desktop.learning.train.devices import choose_device
from mnist_desktop.learning.train.events import BatchDone, EpochDone, Preparing, RunDone, Stop
from mnist_desktop.learning.train.optimizers import schedule_factor
from mnist_desktop.learning.train.training import drive, train

# 2,000 pictures in batches of 64: 31 whole ones and a last one of 16.
CONFIG = TrainingConfig(NetworkConfig((32, 16)), learning_rate=0.004, epochs=3, device="cpu")
BATCHES = 32

# The decay turns weights around and makes them larger with every step: at once, and slowly.
DIVERGING = dataclasses.replace(CONFIG, optimizer="sgd", momentum=0.0, weight_decay=10.0)
DIVERGING_AT_ONCE = dataclasses.replace(DIVERGING, learning_rate=100.0)
DIVERGING_LATER = dataclasses.replace(
    DIVERGING, network=NetworkConfig(()), learning_rate=0.22, epochs=50
)


def with_network(**changes):
    return dataclasses.replace(CONFIG, network=dataclasses.replace(CONFIG.network, **changes))


def events_of(config, splits, *arguments, **settings):
    return list(train(config, splits, *arguments, **settings))


def batches_of(events):
    return [event for event in events if isinstance(event, BatchDone)]


def epochs_of(events):
    return [event for event in events if isinstance(event, EpochDone)]


def records_of(events):
    return [event.record for event in epochs_of(events)]


def same_weights(one, other):
    return one.keys() == other.keys() and all(torch.equal(one[name], other[name]) for name in one)


def network_of(config, state_dict):
    network = MLP(config.network)
    network.load_state_dict(state_dict)
    return network


def stopped_after(config, splits, is_last):
    """The end of a run that is stopped after a certain event."""
    run = train(config, splits)
    while not is_last(next(run)):
        pass
    done = run.send(Stop())
    with pytest.raises(StopIteration):
        next(run)
    return done


@pytest.fixture(scope="module")
def run(small):
    """The events of one run, for all tests that only look at them."""
    return events_of(CONFIG, small)


class TestEvents:
    def test_they_come_in_the_order_in_which_things_happen(self, run):
        kinds = [type(event) for event in run]
        assert kinds == ([BatchDone] * BATCHES + [EpochDone]) * 3 + [RunDone]
        assert [(event.epoch, event.batch, event.batches) for event in batches_of(run)] == [
            (epoch, batch, BATCHES)
            for epoch, batch in itertools.product((1, 2, 3), range(1, BATCHES + 1))
        ]
        assert [event.size for event in batches_of(run)] == ([64] * 31 + [16]) * 3
        assert [record.epoch for record in records_of(run)] == [1, 2, 3]
        assert (run[-1].outcome, run[-1].epoch) == ("completed", 3)

    def test_the_means_of_an_epoch_are_exact_though_its_last_batch_is_smaller(self, run):
        for record in records_of(run):
            batches = [event for event in batches_of(run) if event.epoch == record.epoch]
            loss = sum(event.loss * event.size for event in batches) / 2000
            assert record.train_loss == pytest.approx(loss, rel=1e-12)
            correct = sum(round(event.accuracy * event.size) for event in batches)
            assert record.train_accuracy == correct / 2000

    def test_an_epoch_s_test_figures_are_those_of_its_weights(self, run, small):
        for epoch in epochs_of(run):
            tested = predict(network_of(CONFIG, epoch.checkpoint.state_dict), small.validation)
            assert epoch.record.test_accuracy == tested.score.accuracy
            assert epoch.record.test_loss == pytest.approx(tested.loss, rel=1e-5)

    def test_each_epoch_has_weights_of_its_own_and_changing_them_changes_nothing(self, small, run):
        states = [epoch.checkpoint.state_dict for epoch in epochs_of(run)]
        assert not any(same_weights(*pair) for pair in itertools.combinations(states, 2))
        batches = []
        for event in train(CONFIG, small):
            if isinstance(event, BatchDone):
                batches.append(event)
            elif isinstance(event, EpochDone) and not event.record.is_best:
                for tensor in event.checkpoint.state_dict.values():
                    tensor.zero_()
        assert batches == batches_of(run)

    def test_it_learns(self, run):
        first, *_, last = records_of(run)
        assert last.test_accuracy > 0.8
        assert last.train_loss < first.train_loss / 2
        assert run[-1].score.accuracy > 0.75
        assert run[-1].score.total == 500

    def test_time_in_others_hands_is_not_the_epoch_s(self, small, monkeypatch):
        clock = [0.0]
        monkeypatch.setattr(training_run.time, "perf_counter", lambda: clock[0])
        seconds = []
        for event in train(dataclasses.replace(CONFIG, epochs=2), small):
            clock[0] += 100.0  # a pause
            if isinstance(event, EpochDone):
                seconds.append(event.record.seconds)
        assert seconds == [0.0, 0.0]

    def test_nothing_happens_before_it_is_asked_for(self, small, monkeypatch):
        monkeypatch.setattr(training_run, "choose_device", lambda _: pytest.fail("not asked"))
        train(CONFIG, small)


class TestTheMathematics:
    @pytest.mark.parametrize("optimizer", ["adam", "sgd"])
    @pytest.mark.parametrize("output", ["logits", "log_softmax"])
    def test_its_steps_are_those_of_the_tutorial_s_loop(self, small, optimizer, output):
        """Cross-entropy of logits, negative log-likelihood of their log-softmax."""
        config = dataclasses.replace(
            with_network(output=output), optimizer=optimizer, learning_rate=0.01, epochs=1
        )
        expected = []
        network = MLP(config.network, config.seed)
        torch_optimizer = (
            torch.optim.Adam(network.parameters(), lr=0.01)
            if optimizer == "adam"
            else torch.optim.SGD(network.parameters(), lr=0.01, momentum=config.momentum)
        )
        loss_function = F.cross_entropy if output == "logits" else F.nll_loss
        for pictures, labels in data_loader(small.train, 64, epoch_order(config.seed)):
            scores = network(pictures.flatten(1).float() / 255)
            loss = loss_function(scores, labels)
            loss.backward()
            torch_optimizer.step()
            torch_optimizer.zero_grad()
            expected.append((loss.item(), (scores.argmax(1) == labels).float().mean().item()))
        batches = batches_of(train(config, small))
        losses, accuracies = np.array(expected).T
        np.testing.assert_allclose([batch.loss for batch in batches], losses, 1e-3)
        np.testing.assert_allclose([batch.accuracy for batch in batches], accuracies, atol=1 / 60)

    @pytest.mark.parametrize("schedule", ["constant", "cosine", "one_cycle"])
    def test_the_learning_rate_follows_its_schedule_over_all_batches(self, small, schedule):
        config = dataclasses.replace(CONFIG, schedule=schedule, epochs=2)
        batches = batches_of(train(config, small))
        rates = [0.004 * schedule_factor(schedule, step / 64) for step in range(64)]
        assert [event.learning_rate for event in batches] == pytest.approx(rates)

    def test_a_schedule_changes_what_is_learned(self, small, run):
        cosine = events_of(dataclasses.replace(CONFIG, schedule="cosine"), small)
        # The first step has the same rate, the second has not.
        assert cosine[1].loss == run[1].loss
        assert cosine[BATCHES - 1].loss != run[BATCHES - 1].loss

    def test_dropout_is_on_while_training_and_off_while_testing(self, small):
        for record in records_of(train(with_network(dropout=0.5), small)):
            # Better on what it has not seen than on what it has: only dropout does that.
            assert record.train_loss > record.test_loss

    def test_smoothed_targets_share_some_of_the_answer_among_all_digits(self, small):
        config = dataclasses.replace(CONFIG, shuffle=False)
        plain, smoothed = (
            next(train(dataclasses.replace(config, label_smoothing=share), small)).loss
            for share in (0.0, 0.5)
        )
        scores = MLP(config.network)(to_input(torch.from_numpy(small.train.pictures[:64])))
        spread = -F.log_softmax(scores, dim=1).mean().item()
        assert smoothed == pytest.approx(0.5 * plain + 0.5 * spread, rel=1e-5)


class TestSeeds:
    def test_the_same_seed_gives_the_same_run_and_takes_no_part_in_others_numbers(
        self, small, figures
    ):
        config = dataclasses.replace(with_network(dropout=0.3), distortion=1.0)
        before = torch.random.get_rng_state()
        one = figures(events_of(config, small))
        assert torch.equal(torch.random.get_rng_state(), before)
        torch.manual_seed(2)  # what others draw has no part in it
        assert figures(events_of(config, small)) == one

    @pytest.mark.parametrize("shuffle", [True, False])
    def test_another_seed_gives_another(self, small, shuffle, figures):
        one = dataclasses.replace(CONFIG, epochs=1, shuffle=shuffle)
        other = dataclasses.replace(one, seed=1)
        assert figures(events_of(one, small)) != figures(events_of(other, small))

    @pytest.mark.parametrize(
        ("settings", "is_new"), [({}, False), ({"dropout": 0.3}, True), ({"shuffle": True}, True)]
    )
    def test_each_epoch_has_new_masks_and_where_it_is_shuffled_a_new_order(
        self, small, settings, is_new
    ):
        config = with_network(dropout=settings.get("dropout", 0.0))
        shuffle = settings.get("shuffle", False)
        # So low a rate that the network stays what it is.
        config = dataclasses.replace(config, learning_rate=1e-8, shuffle=shuffle, epochs=2)
        losses = np.array([event.loss for event in batches_of(train(config, small))])
        first, second = losses.reshape(2, BATCHES)
        assert (np.abs(first - second) > 1e-4).all() == is_new

    def test_a_process_that_loads_gives_the_same_batches(self, small, monkeypatch, figures):
        config = dataclasses.replace(CONFIG, epochs=2, limit=300)
        own = figures(events_of(config, small))
        loaders = []

        def noted(*arguments, **settings):
            loaders.append(data_loader(*arguments, **settings))
            return loaders[-1]

        monkeypatch.setattr(training_run, "data_loader", noted)
        assert figures(events_of(dataclasses.replace(config, workers=1), small)) == own
        (loader,) = loaders
        assert loader.num_workers == 1
        # Forking a process that runs Qt's and torch's threads can hang.
        assert loader.multiprocessing_context.get_start_method() == "spawn"


class TestStopping:
    def test_in_the_middle_of_an_epoch_keeps_the_best_before_it(self, small, run):
        done = stopped_after(CONFIG, small, lambda event: event == run[2 * (BATCHES + 1) + 4])
        assert (done.outcome, done.epoch) == ("stopped", 2)
        best = max(epochs_of(run)[:2], key=lambda epoch: epoch.record.test_accuracy)
        assert done.best_epoch == best.record.epoch
        assert same_weights(done.state_dict, best.checkpoint.state_dict)

    @pytest.mark.parametrize("batches", [1, 10])
    def test_before_any_epoch_is_done_keeps_the_weights_as_they_are(self, small, batches):
        done = stopped_after(CONFIG, small, lambda event: event.batch == batches)
        assert (done.outcome, done.epoch, done.best_epoch) == ("stopped", 0, 0)
        assert done.score == predict(network_of(CONFIG, done.state_dict), small.test).score
        moved = done.state_dict["out.weight"] - MLP(CONFIG.network).state_dict()["out.weight"]
        # Adam's first steps are as long as the learning rate says.
        assert 0.5 * 0.004 < moved.abs().max() < 1.5 * 0.004 * batches

    @pytest.mark.parametrize("epochs", [1, 3])
    def test_after_an_epoch_keeps_it(self, small, run, epochs):
        config = dataclasses.replace(CONFIG, epochs=epochs)
        done = stopped_after(config, small, lambda event: isinstance(event, EpochDone))
        assert (done.outcome, done.epoch, done.best_epoch) == ("stopped", 1, 1)
        assert same_weights(done.state_dict, epochs_of(run)[0].checkpoint.state_dict)

    def test_weights_that_are_no_numbers_any_more_are_not_kept(self, small, monkeypatch):
        def huge(config, seed):
            network = MLP(config, seed)
            torch.nn.init.constant_(network.layers[-1].bias, 1e36)
            return network

        monkeypatch.setattr("mnist_desktop.learning.train.training_run.MLP", huge)
        # The step makes them infinite, and only the next batch's loss would show it.
        run = train(DIVERGING_AT_ONCE, small)
        assert math.isfinite(next(run).loss)
        assert run.send(Stop()) == RunDone("diverged", 0, 0, None, None)

    def test_closing_cancels_it_at_any_time(self, small):
        for steps in (0, 1, BATCHES, BATCHES + 1, BATCHES + 5):
            cancelled = train(CONFIG, small)
            for _ in range(steps):
                next(cancelled)
            cancelled.close()
            with pytest.raises(StopIteration):
                next(cancelled)


class TestTheBestEpoch:
    def test_it_has_the_highest_accuracy_and_its_weights_are_kept(self, small):
        # So high a rate that the accuracy goes up and down; where to, no two machines agree on.
        for seed in range(20):
            config = dataclasses.replace(CONFIG, learning_rate=0.05, epochs=8, seed=seed)
            events = events_of(config, small)
            epochs, done = epochs_of(events), events[-1]
            best = max(
                epochs, key=lambda epoch: (epoch.record.test_accuracy, -epoch.record.test_loss)
            )
            if best is not epochs[-1]:
                break
        assert best is not epochs[-1]
        marked = [record.epoch for record in records_of(events) if record.is_best]
        assert done.best_epoch == best.record.epoch == marked[-1]
        assert same_weights(done.state_dict, best.checkpoint.state_dict)
        assert same_weights(epochs[-1].checkpoint.best_state_dict, best.checkpoint.state_dict)
        network = network_of(config, done.state_dict)
        tested = predict(network, small.validation)
        assert tested.score.accuracy == best.record.test_accuracy
        assert done.score == predict(network, small.test).score
        expected = fitted_temperature(tested.probabilities, small.validation.labels)
        assert done.temperature == pytest.approx(expected, rel=1e-3)
        assert done.temperature != 1.0


def test_patience_ends_a_run_that_learns_nothing_also_where_it_is_resumed(small, figures):
    config = dataclasses.replace(CONFIG, learning_rate=1e-8, epochs=50, patience=2)
    events = events_of(config, small)
    assert (events[-1].outcome, events[-1].epoch) == ("stopped early", 3)
    # It may have been killed between its last epoch and its end.
    last = epochs_of(events)[-1].checkpoint
    assert figures(events_of(config, small, last)) == figures(events[-1:])
    config = dataclasses.replace(config, epochs=4, patience=None)
    resumed = events_of(config, small, last)
    assert [record.epoch for record in records_of(resumed)] == [4]
    assert resumed[-1].outcome == "completed"


class TestDivergence:
    def test_a_run_that_diverges_at_once_has_nothing_to_keep(self, small):
        events = events_of(DIVERGING_AT_ONCE, small)
        assert events[-1] == RunDone("diverged", 0, 0, None, None)
        assert len(events) > 1
        assert all(math.isfinite(event.loss) for event in events[:-1])

    # In one batch for all, the test loss is the first that is no number any more.
    @pytest.mark.parametrize(("batch_size", "learning_rate"), [(64, 0.22), (2000, 0.4)])
    def test_a_run_that_diverges_later_keeps_its_best_and_no_figure_that_is_none(
        self, small, batch_size, learning_rate
    ):
        config = dataclasses.replace(
            DIVERGING_LATER, batch_size=batch_size, learning_rate=learning_rate, epochs=500
        )
        events = events_of(config, small)
        epochs, done = epochs_of(events), events[-1]
        assert done.outcome == "diverged"
        assert done.epoch == len(epochs) >= 2
        assert done.best_epoch < done.epoch
        assert all(tensor.isfinite().all() for tensor in done.state_dict.values())
        kept = epochs[done.best_epoch - 1].checkpoint.state_dict
        assert same_weights(done.state_dict, kept)
        assert done.score == predict(network_of(config, done.state_dict), small.test).score
        assert all(math.isfinite(event.loss) for event in batches_of(events))
        for record in records_of(events):
            assert math.isfinite(record.train_loss + record.test_loss)


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
            if isinstance(event, EpochDone) and event.record.epoch == 3:
                sealed.is_open = True
        assert event.score.total == 500

    def test_it_changes_nothing_but_the_score_and_the_test_curve_is_the_validation_split_s(
        self, small, run, figures
    ):
        wrong = [Split(one.pictures, 9 - one.labels) for one in (small.validation, small.test)]
        events = events_of(CONFIG, Splits("wrong", small.train, small.validation, wrong[1]))
        assert figures(events[:-1]) == figures(run[:-1])
        assert same_weights(events[-1].state_dict, run[-1].state_dict)
        assert events[-1].score.accuracy < 0.3
        events = events_of(CONFIG, Splits("wrong", small.train, wrong[0], small.test))
        assert batches_of(events) == batches_of(run)
        assert records_of(events)[-1].test_accuracy < 0.3


class TestWhatIsLearnedFrom:
    def test_a_limit_leaves_the_first_pictures_and_one_beyond_the_data_all(
        self, small, run, figures
    ):
        config = dataclasses.replace(CONFIG, limit=100)
        first = Splits("first", small.train.first(100), small.validation, small.test)
        limited = events_of(config, small)
        assert [event.size for event in batches_of(limited)] == [64, 36] * 3
        assert figures(limited) == figures(events_of(CONFIG, first))
        beyond = dataclasses.replace(CONFIG, limit=10**6)
        assert figures(events_of(beyond, small)) == figures(run)


class TestSyntheticPictures:
    CONFIG = dataclasses.replace(CONFIG, epochs=2, synthetic_digits=300, scribbles=200)

    def test_they_are_drawn_first_and_join_every_epoch(self, small):
        events = events_of(self.CONFIG, small)
        shares = [event.done for event in events if isinstance(event, Preparing)]
        assert isinstance(events[0], Preparing)
        assert shares == sorted(shares)
        assert all(0 <= share < 1 for share in shares)
        sizes = [event.size for event in batches_of(events)]
        assert sum(sizes) == 2 * (len(small.train) + 500)

    def test_what_is_no_digit_counts_for_no_accuracy(self, small):
        config = dataclasses.replace(self.CONFIG, synthetic_digits=0, batch_size=100, limit=300)
        loader = data_loader(
            Split(np.zeros((500, 1), np.uint8), np.repeat([0, NO_DIGIT], [300, 200])),
            100,
            epoch_order(config.seed),
        )
        events = [e for e in events_of(config, small) if not isinstance(e, Preparing)]
        for record in records_of(events):
            correct = 0.0
            batches = [event for event in batches_of(events) if event.epoch == record.epoch]
            for event, (_, labels) in zip(batches, loader, strict=True):
                digits = int((labels != NO_DIGIT).sum())
                right = event.accuracy * digits
                assert right == pytest.approx(round(right))
                correct += right
            assert record.train_accuracy == pytest.approx(correct / 300)

    def test_a_batch_of_scribbles_alone_has_an_accuracy_of_nothing(self, small):
        config = dataclasses.replace(self.CONFIG, limit=1, synthetic_digits=0, batch_size=4)
        accuracies = [event.accuracy for event in batches_of(train(config, small))]
        assert {0.0} <= set(accuracies) <= {0.0, 1.0}

    def test_a_network_that_has_seen_scribbles_is_less_sure_of_them(self, small):
        drawn = scribble(300, np.random.default_rng(99))
        pictures = np.stack([normalise(one.drawing) for one in drawn])
        unseen = Split(pictures, np.zeros(300, dtype=np.uint8))
        sure = []
        for scribbles in (0, 600):
            config = dataclasses.replace(CONFIG, epochs=6, scribbles=scribbles)
            network = network_of(config, events_of(config, small)[-1].state_dict)
            sure.append(float(np.median(predict(network, unseen).probabilities.max(axis=1))))
        assert sure[1] < 0.7 * sure[0]

    def test_a_stop_meanwhile_ends_the_run_with_nothing(self, small):
        events = list(drive(train(self.CONFIG, small), Stop))
        assert [type(event) for event in events] == [Preparing, RunDone]
        assert events[-1] == RunDone("stopped", 0, 0, None, None)

    def test_a_stop_meanwhile_keeps_what_a_resumed_run_has(self, small):
        (first, *_) = epochs_of(train(self.CONFIG, small))
        preparing, done = drive(train(self.CONFIG, small, first.checkpoint), Stop)
        assert isinstance(preparing, Preparing)
        assert (done.outcome, done.epoch, done.best_epoch) == ("stopped", 1, 1)
        assert same_weights(done.state_dict, first.checkpoint.state_dict)
        assert done.score.total == 500


class TestDevices:
    @pytest.fixture
    def machine(self, monkeypatch):
        def has(cuda=False, mps=False):
            monkeypatch.setattr(torch.cuda, "is_available", lambda: cuda)
            monkeypatch.setattr(torch.backends.mps, "is_available", lambda: mps)

        return has

    @pytest.mark.parametrize(
        ("cuda", "mps", "wanted", "taken"),
        [
            (True, True, "auto", "cuda"),
            (True, False, "auto", "cuda"),
            (False, True, "auto", "mps"),
            (False, False, "auto", "cpu"),
            *((True, True, device, device) for device in ("cpu", "cuda", "mps")),
        ],
    )
    def test_auto_takes_cuda_else_mps_else_the_cpu(self, machine, cuda, mps, wanted, taken):
        machine(cuda, mps)
        assert choose_device(wanted).type == taken

    @pytest.mark.parametrize("device", ["cuda", "mps"])
    def test_one_that_is_not_there_is_an_error_before_anything_is_trained(
        self, machine, small, device
    ):
        machine()
        with pytest.raises(UserError, match=f"no {device} device"):
            next(train(dataclasses.replace(CONFIG, device=device), small))
