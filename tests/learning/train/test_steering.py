"""Commands that are sent into a training while it goes on."""

import dataclasses
import itertools

import pytest
import torch

from mnist_desktop.learning.data.splits import Split, Splits
from mnist_desktop.learning.models.network import MLP, to_input
from mnist_desktop.learning.records import Change
from mnist_desktop.learning.settings.config import NetworkConfig, TrainingConfig
from mnist_desktop.learning.settings.training_settings import BY_FIELD
from mnist_desktop.learning.train.augment import Distortion
from mnist_desktop.learning.train.events import (
    BatchDone,
    EpochDone,
    Inspect,
    Inspected,
    PhaseDone,
    Preparing,
    RunDone,
    SlowMotion,
    Steer,
    Steered,
    Stop,
)
from mnist_desktop.learning.train.steering import STEERABLE, changes_between, steered
from mnist_desktop.learning.train.training import drive, train

# 2,000 pictures in batches of 64: 32 batches.
CONFIG = TrainingConfig(NetworkConfig((32, 16)), learning_rate=0.004, epochs=3, device="cpu")
BATCHES = 32
PHASES = ("forward", "loss", "backward", "step", "zero grad")


def changed(config=CONFIG, *, dropout=0.0, **settings):
    network = dataclasses.replace(config.network, dropout=dropout)
    return dataclasses.replace(config, network=network, **settings)


def driven(config, splits, commands, checkpoint=None):
    """The events of a training that is sent a command after the event of each index."""
    count = itertools.count()
    return list(drive(train(config, splits, checkpoint), lambda: commands.get(next(count))))


def only(kind, events):
    return [event for event in events if isinstance(event, kind)]


def training_of(events):
    """Without the answers to what was asked."""
    return only(BatchDone | EpochDone | RunDone, events)


def epochs_of(events):
    return [event.record.epoch for event in only(EpochDone, events)]


def changes_of(events):
    return [change for event in only(Steered, events) for change in event.changes]


@pytest.fixture(scope="module")
def whole(small):
    """The events of a run that is told nothing."""
    return driven(CONFIG, small, {})


class TestSteering:
    def test_a_rate_holds_from_the_next_batch_on_and_is_reported(self, small):
        events = driven(CONFIG, small, {4: Steer(changed(learning_rate=0.001))})
        rates = [event.learning_rate for event in only(BatchDone, events)]
        assert rates == [0.004] * 5 + [0.001] * (3 * BATCHES - 5)
        assert events[5] == Steered(
            changed(learning_rate=0.001), (Change(1, 6, "learning_rate", 0.004, 0.001),)
        )

    @pytest.mark.parametrize(
        # The loss is taken before the step, so a rate is seen one batch later.
        ("settings", "kept"),
        [({"learning_rate": 0.001}, 6), ({"dropout": 0.5}, 5), ({"distortion": 1.0}, 5)],
    )
    def test_until_then_a_training_is_the_same_and_then_another(self, small, whole, settings, kept):
        events = driven(CONFIG, small, {4: Steer(changed(**settings))})
        pairs = zip(only(BatchDone, whole), only(BatchDone, events), strict=True)
        same = [one.loss == other.loss for one, other in pairs]
        assert same[:kept] == [True] * kept
        assert not any(same[kept : kept + 5])

    # In an epoch, and between two, where it holds at once.
    @pytest.mark.parametrize("index", [4, BATCHES])
    def test_a_batch_size_holds_from_the_next_epoch_on(self, small, index):
        events = driven(CONFIG, small, {index: Steer(changed(batch_size=500))})
        sizes = [(event.epoch, event.size) for event in only(BatchDone, events)]
        assert sizes[BATCHES:] == [(2, 500)] * 4 + [(3, 500)] * 4
        assert changes_of(events) == [Change(2, 1, "batch_size", 64, 500)]

    @pytest.mark.parametrize(
        ("index", "epochs", "done"),
        [
            (4, 5, 5),
            (3 * (BATCHES + 1) - 1, 4, 4),  # after the last epoch
            (BATCHES + 4, 1, 2),  # the epoch that has begun is finished
        ],
    )
    def test_more_and_fewer_epochs(self, small, index, epochs, done):
        events = driven(CONFIG, small, {index: Steer(changed(epochs=epochs))})
        assert epochs_of(events) == list(range(1, done + 1))
        assert only(Steered, events)[0].config.epochs == done
        assert events[-1].outcome == "completed"

    def test_patience_can_be_switched_on(self, small):
        config = changed(epochs=30, patience=1, minimum_improvement=1.0)
        events = driven(changed(epochs=30), small, {4: Steer(config)})
        assert events[-1].outcome == "stopped early"
        assert [change.field for change in changes_of(events)] == [
            "patience",
            "minimum_improvement",
        ]

    def test_the_same_settings_are_no_change(self, small, whole, figures):
        events = driven(CONFIG, small, {4: Steer(CONFIG)})
        assert only(Steered, events) == [Steered(CONFIG, ())]
        assert figures(training_of(events)) == figures(whole)

    def test_what_cannot_be_steered_stays(self, small):
        wanted = changed(seed=7, optimizer="sgd", momentum=0.5, learning_rate=0.001)
        events = driven(CONFIG, small, {4: Steer(wanted)})
        assert only(Steered, events)[0].config == changed(learning_rate=0.001)

    def test_after_the_last_batch_of_an_epoch_the_next_epoch_is_the_first(self, small):
        events = driven(CONFIG, small, {BATCHES - 1: Steer(changed(learning_rate=0.001))})
        assert changes_of(events) == [Change(2, 1, "learning_rate", 0.004, 0.001)]

    def test_in_the_middle_of_a_step_the_next_batch_is_the_first(self, small):
        commands = {0: SlowMotion(True), 2: Steer(changed(learning_rate=0.001))}
        events = driven(CONFIG, small, commands)
        assert only(PhaseDone, events)[1].batch == 2
        assert changes_of(events) == [Change(1, 3, "learning_rate", 0.004, 0.001)]
        rates = [event.learning_rate for event in only(BatchDone, events)]
        assert rates[:4] == [0.004, 0.004, 0.001, 0.001]

    def test_while_pictures_are_prepared(self, small, figures):
        config = changed(epochs=1, synthetic_digits=150)
        wanted = changed(config, dropout=0.5, batch_size=1000, distortion=1.0)
        events = driven(config, small, {0: Steer(wanted)})
        assert isinstance(events[0], Preparing)
        assert {(change.epoch, change.batch) for change in changes_of(events)} == {(1, 1)}
        straight = driven(wanted, small, {})
        assert only(BatchDone, events) == only(BatchDone, straight)

    def test_while_pictures_are_prepared_for_a_resumed_training(self, small):
        """It has an epoch behind it, though its pictures are made anew."""
        config = changed(epochs=2, synthetic_digits=150)
        first = next(event for event in train(config, small) if isinstance(event, EpochDone))
        commands = {0: Steer(changed(config, learning_rate=0.001, epochs=1))}
        events = driven(changed(config, epochs=3), small, commands, first.checkpoint)
        assert isinstance(events[0], Preparing)
        assert changes_of(events) == [
            Change(2, 1, "epochs", 3, 1),
            Change(2, 1, "learning_rate", 0.004, 0.001),
        ]
        assert (events[-1].outcome, events[-1].epoch) == ("completed", 1)
        commands = {0: Steer(changed(config, learning_rate=0.001, epochs=2))}
        assert epochs_of(driven(config, small, commands, first.checkpoint)) == [2]

    @pytest.mark.parametrize("before", [5, BATCHES + 5, 2 * BATCHES + 3])
    def test_a_steered_training_is_resumed_to_the_last_bit(self, small, before, figures):
        """From each epoch, with the settings that held when it was done."""
        wanted = changed(epochs=4, dropout=0.3, distortion=0.5, batch_size=128, learning_rate=0.002)
        events = driven(CONFIG, small, {before: Steer(wanted)})
        config = CONFIG
        for index, event in enumerate(events):
            if isinstance(event, Steered):
                config = event.config
            elif isinstance(event, EpochDone) and event.record.epoch < config.epochs:
                rest = events[index + 1 :]
                if not only(Steered, rest):
                    resumed = driven(config, small, {}, event.checkpoint)
                    assert figures(resumed) == figures(rest)
        assert config.epochs == 4


def test_all_that_can_be_steered_is_taken_over_and_found_different():
    wanted = TrainingConfig(
        NetworkConfig((8,), dropout=0.1),
        learning_rate=0.5,
        distortion=0.2,
        batch_size=7,
        epochs=99,
        patience=4,
        minimum_improvement=0.1,
        seed=3,
    )
    new = steered(CONFIG, wanted)
    for field in STEERABLE:
        assert BY_FIELD[field].of(new) == BY_FIELD[field].of(wanted)
    assert (new.seed, new.network.hidden) == (CONFIG.seed, CONFIG.network.hidden)
    assert tuple(change.field for change in changes_between(CONFIG, new, 1, 2)) == STEERABLE


class TestSlowMotion:
    def test_each_part_of_each_step_in_order_and_nothing_else_is_another(
        self, small, whole, figures
    ):
        # On after the second batch, off after the fourth: its events are 2 × 6 more.
        events = driven(CONFIG, small, {1: SlowMotion(True), 13: SlowMotion(False)})
        assert figures(training_of(events)) == figures(whole)
        assert [(event.batch, event.phase) for event in only(PhaseDone, events)] == [
            *itertools.product((3, 4), PHASES)
        ]

    def test_the_figures_of_the_parts(self, small):
        events = driven(changed(scribbles=300), small, {3: SlowMotion(True), 20: Stop()})
        forward, loss, backward, step, zero = (
            event.figures for event in only(PhaseDone, events)[:5]
        )
        batch = only(BatchDone, events)[1]
        assert forward["pictures"] == 64 > forward["digits"] > 40
        assert forward["right"] / forward["digits"] == batch.accuracy
        assert loss["loss"] == batch.loss
        norms = [backward[name] for name in ("hidden1", "hidden2", "out")]
        assert backward["gradient"] == pytest.approx(sum(norm**2 for norm in norms) ** 0.5)
        assert step["learning_rate"] == batch.learning_rate
        assert 0 < step["moved"] < step["weights"]
        assert zero["gradient"] == 0

    @pytest.mark.parametrize("strength", [0.0, 1.0])
    def test_the_sample_is_of_the_batch_as_the_network_got_it(self, small, strength):
        config = changed(shuffle=False, distortion=strength)
        sample = next(train(config, small, told=[SlowMotion(True)])).sample
        inputs = to_input(torch.from_numpy(small.train.pictures[:64]))
        seen = Distortion(strength, torch.Generator().manual_seed(config.seed))(inputs)[:8]
        expected = (seen * 255).round().view(8, 28, 28)
        assert (sample.pictures == expected.numpy()).all()
        assert (sample.labels == small.train.labels[:8]).all()
        probabilities = MLP(config.network)(seen).softmax(dim=1).detach()
        assert sample.probabilities == pytest.approx(probabilities.numpy(), abs=1e-5)

    def test_a_stop_in_the_middle_of_a_step_finishes_it(self, small):
        events = driven(CONFIG, small, {0: SlowMotion(True), 2: Stop()})
        assert events[-1].outcome == "stopped"
        assert len(only(BatchDone, events)) == 2


class TestInspecting:
    def test_one_answer_to_each_question_and_nothing_else_is_another(self, small, whole, figures):
        events = driven(CONFIG, small, {2: Inspect(), BATCHES + 5: Inspect()})
        assert figures(training_of(events)) == figures(whole)
        assert [(event.epoch, event.batch) for event in only(Inspected, events)] == [(1, 4), (2, 5)]

    def test_in_slow_motion_it_sees_the_gradient_before_it_is_zero(self, small):
        events = driven(CONFIG, small, {0: SlowMotion(True), 1: Inspect(), 10: Stop()})
        inspection = only(Inspected, events)[0].inspection
        backward = only(PhaseDone, events)[2].figures
        assert inspection.gradient_norm == backward["gradient"] > 0

    def test_neurons_are_tried_with_many_pictures(self, small):
        pictures = small.train.pictures.copy()
        pictures[1:50] = pictures[0]  # to these, each neuron gives one answer
        train_split = Split(pictures, small.train.labels)
        splits = Splits("same at first", train_split, small.validation, small.test)
        events = driven(CONFIG, splits, {0: Inspect(), 5: Stop()})
        assert only(Inspected, events)[0].inspection.layers[0].dead < 0.2


def test_what_is_told_beforehand_holds_for_the_first_batch(small):
    run = train(CONFIG, small, told=[SlowMotion(True), Inspect(), Steer(changed(batch_size=50))])
    events = list(itertools.islice(run, 7))
    run.close()
    kinds = [getattr(event, "phase", type(event).__name__) for event in events]
    assert kinds == [*PHASES[:4], "Inspected", PHASES[4], "BatchDone"]
    assert events[-1].batches == 40
