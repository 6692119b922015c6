"""Commands that are sent into a training while it goes on."""

import dataclasses
import itertools

import pytest
import torch

from mnist_desktop.learning.config import NetworkConfig, TrainingConfig
from mnist_desktop.learning.events import (
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
from mnist_desktop.learning.records import Change
from mnist_desktop.learning.steering import STEERABLE, changes_between, setting, steered
from mnist_desktop.learning.training import drive, train

# 2,000 pictures in batches of 64: 32 batches.
CONFIG = TrainingConfig(NetworkConfig((32, 16)), learning_rate=0.004, epochs=3, device="cpu")
BATCHES = 32
NOT_PLAIN = {"checkpoint", "state_dict"}


def changed(config=CONFIG, *, dropout=0.0, **settings):
    network = dataclasses.replace(config.network, dropout=dropout)
    return dataclasses.replace(config, network=network, **settings)


def driven(config, splits, commands, state=None):
    """The events of a training that is sent a command after the event of each index."""
    count = itertools.count()
    return list(drive(train(config, splits, state), lambda: commands.get(next(count))))


def only(kind, events):
    return [event for event in events if isinstance(event, kind)]


def plain(events):
    """What two runs with the same figures have in common."""
    return [
        {
            field.name: value._replace(seconds=0.0) if field.name == "record" else value
            for field in dataclasses.fields(event)
            if field.name not in NOT_PLAIN
            for value in [getattr(event, field.name)]
        }
        for event in events
        if isinstance(event, BatchDone | EpochDone | RunDone)
    ]


def end_weights(events):
    return torch.cat([tensor.flatten() for tensor in events[-1].state_dict.values()])


class TestSteering:
    def test_a_rate_holds_from_the_next_batch_on_and_is_reported(self, small):
        events = driven(CONFIG, small, {4: Steer(changed(learning_rate=0.001))})
        rates = [event.learning_rate for event in only(BatchDone, events)]
        assert rates == [0.004] * 5 + [0.001] * (3 * BATCHES - 5)
        assert events[5] == Steered(
            changed(learning_rate=0.001), (Change(1, 6, "learning_rate", 0.004, 0.001),)
        )

    def test_until_it_is_steered_a_training_is_the_same_and_then_another(self, small):
        whole = driven(CONFIG, small, {})
        for settings in (
            {"learning_rate": 0.001},
            {"dropout": 0.5},
            {"distortion": 1.0},
        ):
            events = only(BatchDone, driven(CONFIG, small, {4: Steer(changed(**settings))}))
            same = [
                one.loss == other.loss
                for one, other in zip(only(BatchDone, whole), events, strict=True)
            ]
            # The loss is taken before the step, so a rate is seen one batch later.
            kept = 6 if "learning_rate" in settings else 5
            assert same[:kept] == [True] * kept, settings
            assert not any(same[kept : kept + 5]), settings

    def test_a_batch_size_holds_from_the_next_epoch_on(self, small):
        events = driven(CONFIG, small, {4: Steer(changed(batch_size=500))})
        sizes = [(event.epoch, event.size) for event in only(BatchDone, events)]
        assert sizes[BATCHES:] == [(2, 500)] * 4 + [(3, 500)] * 4
        assert only(Steered, events)[0].changes == (Change(2, 1, "batch_size", 64, 500),)

    def test_a_batch_size_set_between_two_epochs_holds_at_once(self, small):
        events = driven(CONFIG, small, {BATCHES: Steer(changed(batch_size=500))})
        assert isinstance(events[BATCHES], EpochDone)
        assert only(Steered, events)[0].changes == (Change(2, 1, "batch_size", 64, 500),)
        assert len([event for event in only(BatchDone, events) if event.epoch == 2]) == 4

    def test_more_and_fewer_epochs(self, small):
        more = driven(CONFIG, small, {4: Steer(changed(epochs=5))})
        assert [event.record.epoch for event in only(EpochDone, more)] == [1, 2, 3, 4, 5]
        fewer = driven(CONFIG, small, {BATCHES + 4: Steer(changed(epochs=1))})
        # The epoch that has begun is finished.
        assert [event.record.epoch for event in only(EpochDone, fewer)] == [1, 2]
        assert only(Steered, fewer)[0].config.epochs == 2
        assert fewer[-1].outcome == "completed"

    def test_more_epochs_can_be_asked_for_after_the_last(self, small):
        last = 3 * (BATCHES + 1) - 1
        events = driven(CONFIG, small, {last: Steer(changed(epochs=4))})
        assert isinstance(events[last], EpochDone)
        assert events[last].record.epoch == 3
        assert [event.record.epoch for event in only(EpochDone, events)] == [1, 2, 3, 4]

    def test_patience_can_be_switched_on(self, small):
        config = changed(epochs=30, patience=1, minimum_improvement=1.0)
        events = driven(changed(epochs=30), small, {4: Steer(config)})
        assert events[-1].outcome == "stopped early"
        assert [change.field for change in only(Steered, events)[0].changes] == [
            "patience",
            "minimum_improvement",
        ]

    def test_the_same_settings_are_no_change(self, small):
        events = driven(CONFIG, small, {4: Steer(CONFIG)})
        assert only(Steered, events) == [Steered(CONFIG, ())]
        assert plain(events) == plain(driven(CONFIG, small, {}))

    def test_what_cannot_be_steered_stays(self, small):
        wanted = changed(seed=7, optimizer="sgd", momentum=0.5, learning_rate=0.001)
        events = driven(CONFIG, small, {4: Steer(wanted)})
        assert only(Steered, events)[0].config == changed(learning_rate=0.001)

    def test_after_the_last_batch_of_an_epoch_the_next_epoch_is_the_first(self, small):
        events = driven(CONFIG, small, {BATCHES - 1: Steer(changed(learning_rate=0.001))})
        assert only(Steered, events)[0].changes[0].epoch == 2
        assert only(Steered, events)[0].changes[0].batch == 1

    def test_while_pictures_are_prepared(self, small):
        config = changed(epochs=1, synthetic_digits=150)
        wanted = changed(config, dropout=0.5, batch_size=1000, distortion=1.0)
        events = driven(config, small, {0: Steer(wanted)})
        assert isinstance(events[0], Preparing)
        assert {change.batch for change in events[1].changes} == {1}
        straight = driven(wanted, small, {})
        assert plain(only(BatchDone, events)) == plain(only(BatchDone, straight))

    @pytest.mark.parametrize("before", [5, BATCHES + 5, 2 * BATCHES + 3])
    def test_a_steered_training_continues_to_the_last_bit(self, small, before):
        """From each epoch, with the settings that held when it was done."""
        wanted = changed(epochs=4, dropout=0.3, distortion=0.5, batch_size=128, learning_rate=0.002)
        whole = driven(CONFIG, small, {before: Steer(wanted)})
        config = CONFIG
        for index, event in enumerate(whole):
            if isinstance(event, Steered):
                config = event.config
            elif isinstance(event, EpochDone) and event.record.epoch < config.epochs:
                state = event.checkpoint
                rest = whole[index + 1 :]
                if not only(Steered, rest):
                    assert plain(driven(config, small, {}, state)) == plain(rest)
        assert config.epochs == 4


class TestSettings:
    def test_all_that_can_be_steered_is_taken_over_and_found_different(self):
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
        assert [setting(new, field) for field in STEERABLE] == [
            setting(wanted, field) for field in STEERABLE
        ]
        assert (new.seed, new.network.hidden) == (CONFIG.seed, CONFIG.network.hidden)
        assert tuple(change.field for change in changes_between(CONFIG, new, 1, 2)) == STEERABLE


class TestSlowMotion:
    def test_each_part_of_each_step_in_order_and_nothing_else_is_another(self, small):
        whole = driven(CONFIG, small, {})
        # On after the second batch, off after the fourth: its events are 2 × 6 more.
        events = driven(CONFIG, small, {1: SlowMotion(True), 13: SlowMotion(False)})
        assert plain(events) == plain(whole)
        assert torch.equal(end_weights(events), end_weights(whole))
        phases = only(PhaseDone, events)
        assert [(event.batch, event.phase) for event in phases] == [
            (batch, phase)
            for batch in (3, 4)
            for phase in ("forward", "loss", "backward", "step", "zero grad")
        ]

    def test_the_figures_of_the_parts(self, small):
        events = driven(CONFIG, small, {0: SlowMotion(True), 10: Stop()})
        forward, loss, backward, step, zero = (
            event.figures for event in only(PhaseDone, events)[:5]
        )
        batch = only(BatchDone, events)[1]
        assert forward["pictures"] == forward["digits"] == 64
        assert forward["right"] / 64 == batch.accuracy
        assert loss["loss"] == batch.loss
        norms = [backward[name] for name in ("hidden1", "hidden2", "out")]
        assert backward["gradient"] == pytest.approx(sum(norm**2 for norm in norms) ** 0.5)
        assert step["learning_rate"] == batch.learning_rate
        assert 0 < step["moved"] < step["weights"]
        assert zero["gradient"] == 0

    def test_the_sample_is_of_the_batch_as_the_network_got_it(self, small):
        config = changed(shuffle=False)
        events = driven(config, small, {0: SlowMotion(True), 2: Stop()})
        sample = only(PhaseDone, events)[0].sample
        assert (sample.pictures == small.train.images[64:72]).all()
        assert (sample.labels == small.train.labels[64:72]).all()
        assert sample.probabilities.sum(axis=1) == pytest.approx(1, abs=1e-5)
        distorted = driven(changed(config, distortion=1.0), small, {0: SlowMotion(True), 2: Stop()})
        other = only(PhaseDone, distorted)[0].sample
        assert (other.pictures != sample.pictures).any(axis=(1, 2)).all()

    def test_a_stop_in_the_middle_of_a_step_finishes_it(self, small):
        events = driven(CONFIG, small, {0: SlowMotion(True), 2: Stop()})
        assert events[-1].outcome == "stopped"
        assert len(only(BatchDone, events)) == 2


def test_what_is_told_beforehand_holds_for_the_first_batch(small):
    run = train(CONFIG, small, told=[SlowMotion(True), Inspect(), Steer(changed(batch_size=50))])
    events = list(itertools.islice(run, 7))
    run.close()
    assert [getattr(event, "phase", type(event).__name__) for event in events] == [
        "forward",
        "loss",
        "backward",
        "step",
        "Inspected",
        "zero grad",
        "BatchDone",
    ]
    assert events[-1].batches == 40


class TestInspecting:
    def test_one_answer_to_each_question_and_nothing_else_is_another(self, small):
        whole = driven(CONFIG, small, {})
        events = driven(CONFIG, small, {2: Inspect(), BATCHES + 5: Inspect()})
        assert plain(events) == plain(whole)
        assert torch.equal(end_weights(events), end_weights(whole))
        assert [(event.epoch, event.batch) for event in only(Inspected, events)] == [(1, 4), (2, 5)]

    def test_in_slow_motion_it_sees_the_gradient_before_it_is_zero(self, small):
        events = driven(CONFIG, small, {0: SlowMotion(True), 1: Inspect(), 10: Stop()})
        inspection = only(Inspected, events)[0].inspection
        backward = only(PhaseDone, events)[2].figures
        assert inspection.gradient_norm == backward["gradient"] > 0
