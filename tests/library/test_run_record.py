import dataclasses
from contextlib import closing
from dataclasses import replace

import numpy as np
import pytest
import torch
from safetensors.torch import load

from mnist_desktop.learning.models.pen import peoples_pen
from mnist_desktop.learning.records import Change
from mnist_desktop.learning.train.events import BatchDone, EpochDone, RunDone, Steered, Stop
from mnist_desktop.learning.train.history import History
from mnist_desktop.learning.train.training import drive, train
from mnist_desktop.library.recorder import RunRecorder
from mnist_desktop.library.run_record import MOST_WEIGHT_BYTES, RunRecord, kept_epochs
from mnist_desktop.library.runs import read_run, run_of
from mnist_desktop.library.weights import checkpoint_of, model_of, models_of

EPOCH = 33
"""Events of an epoch: 32 batches and its end."""


@pytest.fixture
def record(config, small):
    return RunRecord.begin("a run", config, small)


def filled(record, events):
    for event in events:
        record.add(event)
    return record


def same_weights(one, other):
    return one.keys() == other.keys() and all(torch.equal(one[name], other[name]) for name in one)


class TestFromEventsToALibraryAndBack:
    """All of it, by whatever road it goes."""

    def test_the_listed_run_is_as_it_was_reported(self, library, recorded, events, small, config):
        run, done = run_of(library, recorded(name="first")), events[-1]
        assert (run.name, run.dataset, run.outcome) == ("first", "small", "completed")
        assert (run.train_sha256, run.config) == (small.train.sha256, config)
        assert (run.network, run.parameters) == ("784-32-16-10", config.network.parameters)
        assert (run.epoch, run.best_epoch, run.score) == (4, done.best_epoch, done.score)
        records = [one.record for one in events if isinstance(one, EpochDone)]
        assert run.best_accuracy == records[done.best_epoch - 1].test_accuracy
        assert run.seconds == pytest.approx(sum(record.seconds for record in records))
        assert (run.is_held, run.is_interrupted, run.is_damaged) == (False, False, False)

    def test_what_is_read_is_what_was_recorded(self, library, recorded, events, record):
        found = read_run(library, recorded())
        assert dataclasses.replace(found, created=record.created) == filled(record, events)

    def test_its_curves_are_those_of_the_window(self, library, recorded, events):
        history, seen = read_run(library, recorded()).history, History()
        for event in events:
            seen.add(event)
        assert history.epochs == seen.epochs
        assert history.batch_loss.values.tolist() == seen.batch_loss.values.tolist()
        for name in ("batch_position", "batch_accuracy"):
            wanted = getattr(seen, name).values
            np.testing.assert_allclose(getattr(history, name).values, wanted, rtol=1e-7)

    def test_its_models_are_those_of_its_epochs(self, library, recorded, events, small, config):
        run, done = read_run(library, recorded()), events[-1]
        model, models = model_of(run), models_of(run)
        assert same_weights(model.state_dict, done.state_dict)
        assert (model.network, model.training) == (config.network, config)
        assert (model.temperature, model.test_score) == (done.temperature, done.score)
        assert model.measurements[0].sha256 == small.test.sha256
        ends = [event for event in events if isinstance(event, EpochDone)]
        assert list(models) == [1, 2, 3, 4]
        for end in ends:
            weights = end.checkpoint.state_dict
            assert same_weights(models[end.record.epoch].state_dict, weights)

    def test_only_what_the_run_has_made_hears_how_people_s_pens_go(self, library, recorded):
        """How its epochs read is to be seen of the network alone."""
        run = read_run(library, recorded())
        assert model_of(run).pen is None
        learned = replace(run, config=replace(run.config, real_digits=5))
        assert model_of(learned).pen is peoples_pen()
        assert all(model.pen is None for model in models_of(learned).values())

    def test_an_unfinished_run_has_the_best_model_so_far(self, library, recorded, events):
        run = read_run(library, recorded(2 * EPOCH + 5))
        end = events[2 * EPOCH - 1]
        assert same_weights(model_of(run).state_dict, end.checkpoint.best_state_dict)
        assert len(run.history.batch_loss) == 64  # those five come again

    def test_a_run_without_an_epoch_has_nothing_yet(self, library, recorded):
        run = read_run(library, recorded(5))
        assert model_of(run) is checkpoint_of(run) is None
        assert len(run.history.batch_loss) == 0

    def test_its_curves_can_be_had_without_its_weights(self, library, recorded, record, events):
        found = read_run(library, recorded(), weights=False)
        assert (found.weights, found.checkpoint) == ({}, None)
        assert found.epochs == filled(record, events).epochs


class TestEvents:
    def test_the_weights_of_an_epoch_are_kept_once(self, record, events):
        filled(record, events)
        values = b"".join([record.checkpoint[1], *record.weights.values()])
        for end in (event for event in events if isinstance(event, EpochDone)):
            first = end.checkpoint.state_dict["hidden1.weight"].numpy().tobytes()
            assert values.count(first) == 1

    def test_a_run_stopped_in_its_first_epoch_keeps_its_weights_and_its_batches(
        self, record, small, config
    ):
        commands = iter([None, None, Stop()])
        events = list(drive(train(config, small), lambda: next(commands, None)))
        filled(record, events)
        assert same_weights(load(record.weights[0]), events[-1].state_dict)
        assert same_weights(model_of(record).state_dict, events[-1].state_dict)
        assert len(record.history.batch_loss) == 3
        record.resume(config)
        assert (record.weights, record.batches, record.score) == ({}, {}, None)

    def test_a_run_that_diverged_at_once_has_an_outcome_and_no_model(self, record):
        record.add(BatchDone(1, 1, 32, float("inf"), 0.1, 64, 1e-3))
        record.add(RunDone("diverged", 0, 0, None, None))
        assert (record.outcome, record.score, model_of(record)) == ("diverged", None, None)
        assert len(record.history.batch_loss) == 0

    def test_a_better_epoch_takes_the_place_of_the_kept_one_and_of_its_score(
        self, record, events, config
    ):
        filled(record, events).resume(dataclasses.replace(config, epochs=5))
        assert record.score is not None
        last = events[-2]
        better = last.record._replace(epoch=5, is_best=True, test_accuracy=1.0)
        weights = {name: one + 1 for name, one in last.checkpoint.state_dict.items()}
        best = dataclasses.replace(last.checkpoint.best, epoch=5)
        checkpoint = dataclasses.replace(
            last.checkpoint, epoch=5, best=best, state_dict=weights, best_state_dict=weights
        )
        record.add(EpochDone(better, checkpoint))
        model = model_of(record)
        assert (model.test_score, model.temperature) == (None, 1.0)
        assert same_weights(model.state_dict, weights)
        assert same_weights(checkpoint_of(record).best_state_dict, weights)


class TestThinningOut:
    def test_however_long_a_run_is_few_are_kept_evenly_with_the_first_the_best_and_the_newest(
        self, record, events
    ):
        first = next(event for event in events if isinstance(event, EpochDone))
        for epoch in range(1, 101):
            one = first.record._replace(epoch=epoch, is_best=epoch in {1, 4})
            record.add(EpochDone(one, dataclasses.replace(first.checkpoint, epoch=epoch)))
            kept = list(record.weights)
            assert (kept[0], kept[-1]) == (1, epoch)
            assert epoch < 4 or 4 in kept
            assert len(kept) <= 33
            assert len(set(np.diff([one for one in kept[:-1] if one != 4 or epoch < 32]))) <= 1
        assert len(kept) > 16

    @pytest.mark.parametrize("size", [1, MOST_WEIGHT_BYTES // 5, MOST_WEIGHT_BYTES * 2])
    def test_large_networks_have_fewer(self, size):
        kept = kept_epochs(range(1, 1001), size)
        assert {1, 1000} <= kept
        assert len(kept) <= max(2, min(32, MOST_WEIGHT_BYTES // size))


class TestResuming:
    def test_a_setting_that_was_changed_in_the_stopped_epoch_holds_from_its_beginning_on(
        self, record, events, config
    ):
        slower = dataclasses.replace(config, learning_rate=1e-4)
        early = Change(1, 5, "epochs", 9, 4)
        record.add(Steered(config, (early,)))
        filled(record, events[: EPOCH + 3])
        record.add(Steered(slower, (Change(2, 4, "learning_rate", 1e-3, 1e-4),)))
        record.add(RunDone("stopped", 1, 1, None, None))
        assert len(record.history.batch_loss) == 35
        record.resume(dataclasses.replace(slower, epochs=6))
        assert len(record.history.batch_loss) == 32
        assert record.changes == [
            early,
            Change(2, 1, "learning_rate", 1e-3, 1e-4),
            Change(2, 1, "epochs", 4, 6),
        ]
        assert (record.config.learning_rate, record.outcome) == (1e-4, None)

    def test_more_epochs_that_were_cut_off_before_the_first_of_them_stay_marked(
        self, library, recorded, small, config
    ):
        run = recorded()
        for more in (2, 0):  # the second time as it was left
            with closing(RunRecorder.resume(library, run, small, more)) as recorder:
                assert recorder.run.changes == [Change(5, 1, "epochs", 4, 6)]
        assert read_run(library, run).changes == [Change(5, 1, "epochs", 4, 6)]
        assert run_of(library, run).config == dataclasses.replace(config, epochs=6)

    def test_patience_that_has_run_out_does_not_end_it_at_once_again(
        self, library, events, small, config
    ):
        patient = dataclasses.replace(config, patience=2)
        with closing(RunRecorder.begin(library, patient, small)) as recorder:
            for event in events[:EPOCH]:
                recorder.take(event)
            recorder.take(RunDone("stopped early", 1, 1, events[-1].score, events[-1].state_dict))
        with closing(RunRecorder.resume(library, recorder.run_id, small, 3)) as again:
            assert (again.run.config.patience, again.run.config.epochs) == (None, 4)
