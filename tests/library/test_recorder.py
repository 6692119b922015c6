import dataclasses
from contextlib import closing

import numpy as np
import pytest
import torch

from mnist_desktop.learning.events import BatchDone, Change, EpochDone, RunDone, Steered, Stop
from mnist_desktop.learning.history import History
from mnist_desktop.learning.splits import Splits
from mnist_desktop.learning.state import TrainingState
from mnist_desktop.learning.training import train
from mnist_desktop.library import writing
from mnist_desktop.library.database import Library
from mnist_desktop.library.recorder import RunRecorder
from mnist_desktop.library.runs import curves_of, delete, list_runs, purge, run_of
from mnist_desktop.library.weights import latest_state, model_at, model_of, timeline_of
from mnist_desktop.library.writing import TIMELINE_BYTES, timeline_stride

EPOCH = 33
"""Events of an epoch: 32 batches and its end."""


def history_of(events):
    history = History()
    for event in events:
        history.add(event)
    return history


def figures(curves):
    """All that two runs of the same seed share."""
    epochs = [dataclasses.replace(one, seconds=0.0) for one in curves.epochs]
    return epochs, *(
        getattr(curves, name).tolist()
        for name in ("batch_position", "batch_loss", "batch_accuracy")
    )


def same_weights(one, other):
    return one.keys() == other.keys() and all(torch.equal(one[name], other[name]) for name in one)


class TestARoundTrip:
    def test_the_run_is_as_it_was_reported(self, library, recorded, events, small, config):
        run = run_of(library, recorded(name="first"))
        done = events[-1]
        assert (run.name, run.dataset, run.outcome) == ("first", "small", "completed")
        assert run.train_sha256 == small.train.sha256
        assert run.config == config
        assert (run.network, run.parameters) == ("784-32-16-10", config.network.parameters)
        assert (run.epoch, run.best_epoch, run.score) == (4, done.best_epoch, done.score)
        epochs = [one for one in events if isinstance(one, EpochDone)]
        assert run.best_accuracy == epochs[done.best_epoch - 1].test_accuracy
        assert run.seconds == pytest.approx(sum(one.seconds for one in epochs))
        assert not run.is_held
        assert not run.is_interrupted

    def test_its_curves_are_those_of_the_window(self, library, recorded, events):
        curves, history = curves_of(library, recorded()), history_of(events)
        assert list(curves.epochs) == history.epochs
        assert curves.batch_loss.tolist() == history.batch_loss.values.tolist()
        for name in ("batch_position", "batch_accuracy"):
            wanted = getattr(history, name).values
            np.testing.assert_allclose(getattr(curves, name), wanted, rtol=1e-7)

    def test_its_model_is_the_kept_one(self, library, recorded, events, small, config):
        model, done = model_of(library, recorded()), events[-1]
        assert same_weights(model.state_dict, done.state_dict)
        assert (model.network, model.training) == (config.network, config)
        assert (model.temperature, model.test_score) == (done.temperature, done.score)
        assert model.measurements[0].sha256 == small.test.sha256

    def test_an_unfinished_run_has_the_best_model_so_far(self, library, recorded, events):
        run = recorded(2 * EPOCH + 5)
        best = history_of(events[: 2 * EPOCH]).best
        weights = next(
            one.state_dict
            for one in events
            if isinstance(one, EpochDone) and one.epoch == best.epoch
        )
        assert same_weights(model_of(library, run).state_dict, weights)
        assert len(curves_of(library, run).batch_loss) == 64  # those five come again

    def test_a_run_without_an_epoch_has_nothing_yet(self, library, recorded):
        run = recorded(5)
        assert model_of(library, run) is latest_state(library, run) is None
        assert len(curves_of(library, run).batch_loss) == 0
        assert [one.id for one in list_runs(library) if one.is_interrupted] == [run]

    def test_a_run_stopped_in_its_first_epoch_keeps_its_weights_and_its_batches(
        self, library, small, config
    ):
        with closing(RunRecorder.begin(library, config, small)) as recorder:
            run = train(config, small)
            for _ in range(3):
                recorder.record(next(run))
            done = run.send(Stop())
            recorder.record(done)
        assert same_weights(model_of(library, recorder.run_id).state_dict, done.state_dict)
        assert len(curves_of(library, recorder.run_id).batch_loss) == 3

    def test_log_and_changes_come_back_in_their_order(self, library, events, small, config):
        slower = dataclasses.replace(config, learning_rate=1e-4)
        change = Change(1, 8, "learning_rate", 1e-3, 1e-4)
        with closing(RunRecorder.begin(library, config, small)) as recorder:
            for event in events:
                recorder.record(event)
                if isinstance(event, BatchDone) and (event.epoch, event.batch) == (1, 7):
                    recorder.change(change, slower)
                if isinstance(event, EpochDone):
                    recorder.log(f"epoch {event.epoch}")
        curves = curves_of(library, recorder.run_id)
        assert curves.log == tuple(f"epoch {number}" for number in (1, 2, 3, 4))
        assert curves.changes == (change,)
        assert run_of(library, recorder.run_id).config == slower


class TestTheTimeline:
    def test_its_weights_are_those_of_each_epoch(self, library, recorded, events):
        run = recorded()
        assert timeline_of(library, run) == [1, 2, 3, 4]
        for event in events:
            if isinstance(event, EpochDone):
                weights = model_at(library, run, event.epoch).state_dict
                assert same_weights(weights, event.state_dict)
        assert model_at(library, run, 9) is None

    def test_however_long_a_run_is_few_are_kept_evenly_with_the_first_and_the_newest(
        self, library, events, small, config
    ):
        first = next(one for one in events if isinstance(one, EpochDone))
        with closing(RunRecorder.begin(library, config, small)) as recorder:
            for epoch in range(1, 101):
                event = dataclasses.replace(first, epoch=epoch, state=None)
                recorder.record(event)
                kept = timeline_of(library, recorder.run_id)
                assert kept[0] == 1
                assert kept[-1] == epoch
                assert len(kept) <= 32
                assert len(set(np.diff(kept[:-1]))) <= 1
        assert len(kept) > 16

    @pytest.mark.parametrize("size", [1, TIMELINE_BYTES // 5, TIMELINE_BYTES * 2])
    def test_large_networks_have_fewer(self, size):
        kept = {1 + number * timeline_stride(1000, size) for number in range(1000)}
        count = len([epoch for epoch in kept if epoch <= 1000]) + 1
        assert count <= max(2, min(32, TIMELINE_BYTES // size))


def test_weights_are_written_once(library, recorded, events, small, config, monkeypatch):
    written = []

    def watched(name, write):
        return lambda *arguments: (written.append(name), write(*arguments))

    for name in ("write_weights", "write_state"):
        write = getattr(writing, name)
        monkeypatch.setattr(writing, name, watched(name, write))
    run = recorded(2 * EPOCH)
    assert written == ["write_weights", "write_state"] * 2
    with closing(RunRecorder.go_on(library, run, small)) as recorder:
        for event in events[2 * EPOCH :]:
            recorder.record(event)
        recorder.flush()
    assert written == ["write_weights", "write_state"] * 4


class TestGoingOn:
    @pytest.mark.parametrize("count", [5, EPOCH, 2 * EPOCH + 7, 4 * EPOCH])
    def test_the_run_ends_as_if_it_had_never_been_interrupted(
        self, library, recorded, events, small, config, count
    ):
        run, whole = recorded(count), recorded()
        with closing(RunRecorder.go_on(library, run, small)) as recorder:
            for event in train(config, small, latest_state(library, run)):
                recorder.record(event)
        assert figures(curves_of(library, run)) == figures(curves_of(library, whole))
        one, other = model_of(library, run), model_of(library, whole)
        assert same_weights(one.state_dict, other.state_dict)
        assert (one.temperature, one.test_score) == (other.temperature, other.test_score)
        ours, theirs = latest_state(library, run), latest_state(library, whole)
        assert ours.best == theirs.best
        assert same_weights(ours.tensors, theirs.tensors)

    def test_a_finished_run_trains_more_epochs(self, library, recorded, small, config):
        run = recorded()
        longer = dataclasses.replace(config, epochs=6)
        with closing(RunRecorder.go_on(library, run, small, longer)) as recorder:
            assert run_of(library, run).outcome is None
            for event in train(longer, small, latest_state(library, run)):
                recorder.record(event)
        found = run_of(library, run)
        assert (found.epoch, found.outcome, found.config) == (6, "completed", longer)
        assert [one.epoch for one in curves_of(library, run).epochs] == [1, 2, 3, 4, 5, 6]

    def test_a_better_epoch_takes_the_place_of_the_kept_one_and_of_its_score(
        self, library, recorded, events, small
    ):
        run, last = recorded(), events[-2]
        best = dataclasses.replace(last.state.best, epoch=5, accuracy=1.0)
        weights = {f"best.{name}": tensor + 1 for name, tensor in last.state_dict.items()}
        state = TrainingState(5, best, {**last.state.tensors, **weights})
        better = dataclasses.replace(last, epoch=5, is_best=True, test_accuracy=1.0, state=state)
        with closing(RunRecorder.go_on(library, run, small)) as recorder:
            assert run_of(library, run).score is not None
            recorder.record(better)
        assert run_of(library, run).score is None
        model = model_of(library, run)
        assert same_weights(
            {f"best.{name}": one for name, one in model.state_dict.items()}, weights
        )
        assert (model.test_score, model.temperature) == (None, 1.0)

    def test_a_stopped_epoch_is_learned_once_more(self, library, small, config):
        with closing(RunRecorder.begin(library, config, small)) as recorder:
            run = train(config, small)
            for _ in range(EPOCH + 3):
                recorder.record(next(run))
            recorder.record(run.send(Stop()))
        assert len(curves_of(library, recorder.run_id).batch_loss) == 35
        with closing(RunRecorder.go_on(library, recorder.run_id, small)):
            assert len(curves_of(library, recorder.run_id).batch_loss) == 32

    def test_a_setting_that_was_changed_in_the_stopped_epoch_holds_from_the_next_one_on(
        self, library, small, config
    ):
        slower = dataclasses.replace(config, learning_rate=1e-4)
        early = Change(1, 5, "epochs", 9, 4)
        with closing(RunRecorder.begin(library, config, small)) as recorder:
            run = train(config, small)
            for number in range(EPOCH + 3):
                recorder.record(next(run))
                if number == 4:
                    recorder.change(early, config)
            recorder.record(Steered(slower, (Change(2, 4, "learning_rate", 1e-3, 1e-4),)))
            recorder.log("slower")
            recorder.record(run.send(Stop()))
        assert run_of(library, recorder.run_id).config == slower
        with closing(RunRecorder.go_on(library, recorder.run_id, small)) as recorder:
            moved = (early, Change(2, 1, "learning_rate", 1e-3, 1e-4))
            assert curves_of(library, recorder.run_id).changes == moved
            assert curves_of(library, recorder.run_id).log == ()
            elsewhere = recorder.copy(Library(library.path.with_name("elsewhere")))
            with closing(elsewhere):
                elsewhere.flush()
        assert curves_of(elsewhere.library, elsewhere.run_id).changes == moved
        assert run_of(library, recorder.run_id).config == slower

    def test_not_while_another_window_trains_it(self, library, small, config, fault):
        first = RunRecorder.begin(library, config, small)
        with closing(first):
            assert run_of(library, first.run_id).is_held
            with fault(library.path) as text:
                RunRecorder.go_on(library, first.run_id, small)
            assert "another window" in text[0]
        RunRecorder.go_on(library, first.run_id, small).close()

    def test_not_on_other_pictures(self, library, recorded, small, fault):
        other = Splits("other", small.validation, small.validation, small.test)
        with fault(library.path) as text:
            RunRecorder.go_on(library, recorded(), other)
        assert "open its data set, small" in text[0]


class TestFaults:
    def test_what_did_not_fit_on_the_disk_is_written_when_there_is_room(
        self, library, events, small, config, fault, sound
    ):
        with closing(RunRecorder.begin(library, config, small)) as recorder:
            for event in events[:EPOCH]:
                recorder.record(event)
            recorder._connection.execute("PRAGMA max_page_count = 1")  # as large as it is
            for event in events[EPOCH : 3 * EPOCH]:
                if isinstance(event, EpochDone):
                    with fault(library.path) as text:
                        recorder.record(event)
                    assert "the disk is full" in text[0]
                else:
                    recorder.record(event)
            assert run_of(library, recorder.run_id).epoch == 1
            assert latest_state(library, recorder.run_id).epoch == 1
            recorder._connection.execute("PRAGMA max_page_count = 1000000")
            for event in events[3 * EPOCH :]:
                recorder.record(event)
        sound(library.path)
        curves = curves_of(library, recorder.run_id)
        assert list(curves.epochs) == history_of(events).epochs
        assert len(curves.batch_loss) == 4 * 32
        assert run_of(library, recorder.run_id).outcome == "completed"

    def test_a_run_whose_library_was_deleted_is_whole_in_another(
        self, library, events, small, config, tmp_path, fault
    ):
        elsewhere = Library(tmp_path / "elsewhere.sqlite3")
        with closing(RunRecorder.begin(library, config, small, "mine")) as recorder:
            recorder.log("begun")
            for event in events[: 2 * EPOCH]:
                recorder.record(event)
            for path in library.path.parent.glob("library.sqlite3*"):
                if path.is_file():
                    path.unlink()
            assert list_runs(library) == []  # a new one
            for event in events[2 * EPOCH : 3 * EPOCH - 1]:
                recorder.record(event)
            with fault(library.path) as text:
                recorder.record(events[3 * EPOCH - 1])
            assert "removed" in text[0]
        with closing(recorder.copy(elsewhere)) as recorder:
            recorder.flush()
            for event in events[3 * EPOCH :]:
                recorder.record(event)
        run = list_runs(elsewhere)[0]
        assert (run.name, run.outcome, run.epoch) == ("mine", "completed", 4)
        assert list(curves_of(elsewhere, run.id).epochs) == history_of(events).epochs
        assert curves_of(elsewhere, run.id).log == ("begun",)
        assert latest_state(elsewhere, run.id).epoch == 4
        assert list_runs(library) == []

    def test_a_run_that_could_not_begin_can_be_recorded_elsewhere(
        self, events, small, config, tmp_path, fault
    ):
        (tmp_path / "file").write_bytes(b"")
        blocked = Library(tmp_path / "file" / "library.sqlite3")
        with fault(blocked.path):
            RunRecorder.begin(blocked, config, small)
        unattached = RunRecorder.unattached(blocked, config, small)
        for event in events[:5]:
            unattached.record(event)
        with closing(unattached.copy(Library(tmp_path / "library.sqlite3"))) as recorder:
            for event in events[5:]:
                recorder.record(event)
        curves = curves_of(recorder.library, recorder.run_id)
        assert list(curves.epochs) == history_of(events).epochs
        assert len(curves.batch_loss) == 4 * 32

    def test_a_run_that_is_being_recorded_is_not_purged(self, library, events, small, config):
        with closing(RunRecorder.begin(library, config, small)) as recorder:
            delete(library, [recorder.run_id])
            purge(library, [recorder.run_id])
            for event in events[:EPOCH]:
                recorder.record(event)
        purge(library, [recorder.run_id])
        assert list_runs(library, deleted=True) == []

    def test_a_run_that_diverged_at_once_has_an_outcome_and_no_model(self, library, small, config):
        with closing(RunRecorder.begin(library, config, small)) as recorder:
            recorder.record(BatchDone(1, 1, 32, float("nan"), 0.1, 64, 1e-3))
            recorder.record(RunDone("diverged", 0, 0, None, None))
        run = run_of(library, recorder.run_id)
        assert (run.outcome, run.score, model_of(library, run.id)) == ("diverged", None, None)
        assert np.isnan(curves_of(library, run.id).batch_loss).all()
