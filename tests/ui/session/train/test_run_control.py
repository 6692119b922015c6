import dataclasses

import numpy as np

from mnist_desktop.errors import UserError
from mnist_desktop.learning.data import datasets
from mnist_desktop.learning.log import log_of
from mnist_desktop.learning.settings.config import NetworkConfig, TrainingConfig
from mnist_desktop.learning.train.events import BatchDone, EpochDone
from mnist_desktop.library.database import Library
from mnist_desktop.library.runs import list_runs, read_run
from mnist_desktop.ui.session.train import training_thread
from mnist_desktop.ui.session.train.training import State

CONFIG = TrainingConfig(NetworkConfig((16,), dropout=0.1), epochs=3, batch_size=100, device="cpu")
ENDLESS = dataclasses.replace(CONFIG, epochs=5000)


def finished(qtbot, session, start):
    """Let a run go from its start to its end, and be listed."""
    with qtbot.waitSignal(session.training.ended):
        start()
    qtbot.waitUntil(lambda: not session.jobs.running and session.runs.is_loaded)


def figures(history):
    return [
        (done.epoch, done.train_loss, done.train_accuracy, done.test_loss, done.test_accuracy)
        for done in history.epochs
    ]


def weights_of(entry):
    return {name: tensor.numpy() for name, tensor in entry.model.state_dict.items()}


def same(one, other):
    return one.keys() == other.keys() and all((one[name] == other[name]).all() for name in one)


def test_each_run_is_kept_under_its_own_name(qtbot, session):
    for name in ("run 1", "run 2"):
        finished(qtbot, session, lambda: session.run_control.start(CONFIG))
        assert session.shelf.current.name == name
    runs = list_runs(Library())
    assert [(run.name, run.outcome, run.epoch) for run in runs] == [
        ("run 2", "completed", 3),
        ("run 1", "completed", 3),
    ]
    assert [run.name for run in session.runs.runs] == ["run 2", "run 1"]
    assert session.training.run_id == runs[0].id
    assert session.shelf.unsaved == []
    record = read_run(Library(), runs[0].id)
    assert log_of(record.config, record.epochs, record.changes, record) == session.training.log


def test_a_model_is_called_as_its_run_is_unless_a_file_names_it(qtbot, session, tmp_path):
    finished(qtbot, session, lambda: session.run_control.start(CONFIG))
    entry = session.shelf.current
    session.runs.rename(session.runs.runs[0], "mine")
    assert entry.name == "mine"
    session.model_files.save(entry, tmp_path / "saved.safetensors")
    qtbot.waitUntil(lambda: entry.path is not None)
    session.runs.rename(session.runs.runs[0], "another")
    qtbot.waitUntil(lambda: not session.jobs.running)
    assert entry.name == "saved"


def test_a_run_that_is_broken_off_is_offered_and_goes_on_as_if_nothing_had_been(qtbot, sessions):
    config = dataclasses.replace(CONFIG, epochs=12, distortion=0.5)
    first = sessions()
    finished(qtbot, first, lambda: first.run_control.start(config))
    whole, weights = figures(first.training.history), weights_of(first.shelf.current)
    score = first.training.done.score
    first.run_control.start(config)
    qtbot.waitUntil(lambda: len(first.training.history.epochs) >= 3)
    first.shut_down()

    second = sessions()
    (offer,) = second.run_control.interrupted
    assert offer.name == "run 2"
    assert 3 <= offer.epoch < 12
    finished(qtbot, second, lambda: second.run_control.resume(offer.id))
    assert second.run_control.interrupted == []
    assert second.training.run_id == offer.id
    assert second.training.name == second.shelf.current.name == "run 2"
    assert figures(second.training.history) == whole
    assert len(second.training.history.batch_loss) == 12 * 20
    assert same(weights_of(second.shelf.current), weights)
    assert second.timeline.epochs == list(range(1, 13))
    runs = list_runs(Library())
    assert [(run.outcome, run.epoch, run.score) for run in runs] == [("completed", 12, score)] * 2


def test_more_epochs_of_a_finished_run_are_as_if_asked_for_at_once(qtbot, session):
    finished(
        qtbot, session, lambda: session.run_control.start(dataclasses.replace(CONFIG, epochs=5))
    )
    whole = figures(session.training.history)
    finished(qtbot, session, lambda: session.run_control.start(CONFIG))
    entry, number = session.shelf.current, session.training.run_id
    finished(qtbot, session, lambda: session.run_control.resume(number, 2))
    assert figures(session.training.history) == whole
    assert session.training.config.epochs == 5
    assert session.shelf.current is entry
    assert [run.epoch for run in session.runs.runs] == [5, 5]
    (change,) = read_run(Library(), number).changes
    assert (change.epoch, change.field, change.old, change.new) == (4, "epochs", 3, 5)


def test_a_run_that_was_stopped_goes_on_from_its_last_finished_epoch(qtbot, session):
    session.run_control.start(ENDLESS)
    qtbot.waitUntil(lambda: len(session.training.history.epochs) >= 2)
    finished(qtbot, session, session.training.stop)
    before = figures(session.training.history)
    number = session.training.run_id
    session.run_control.resume(number)
    qtbot.waitUntil(lambda: len(session.training.history.epochs) > len(before) + 1)
    assert figures(session.training.history)[: len(before)] == before
    session.training.stop()
    qtbot.waitUntil(lambda: not session.training.is_active)


def test_patience_that_has_run_out_does_not_end_the_epochs_that_are_added(qtbot, session):
    config = dataclasses.replace(CONFIG, epochs=50, patience=1, minimum_improvement=1.0)
    finished(qtbot, session, lambda: session.run_control.start(config))
    assert session.training.done.outcome == "stopped early"
    done = len(session.training.history.epochs)
    finished(qtbot, session, lambda: session.run_control.resume(session.training.run_id, 3))
    assert session.training.done.outcome == "completed"
    assert len(session.training.history.epochs) == done + 3


def test_a_run_is_used_after_the_next_start(qtbot, sessions):
    first = sessions()
    finished(qtbot, first, lambda: first.run_control.start(CONFIG))
    first.shut_down()
    second = sessions()
    (run,) = second.runs.runs
    second.run_control.use(run)
    qtbot.waitUntil(lambda: second.shelf.current.name == "run 1")
    assert same(weights_of(second.shelf.current), weights_of(first.shelf.current))
    assert second.shelf.current.model.test_score == first.training.done.score
    assert not second.shelf.current.is_unsaved
    assert second.timeline.epochs == [1, 2, 3]
    count = len(second.shelf.entries)
    second.run_control.use(run)
    qtbot.waitUntil(lambda: not second.jobs.running)
    assert len(second.shelf.entries) == count


def test_an_offer_can_be_dismissed_until_the_next_start(qtbot, sessions):
    first = sessions()
    first.run_control.start(ENDLESS)
    qtbot.waitUntil(lambda: len(first.training.history.epochs) >= 1)
    assert first.run_control.interrupted == []
    first.shut_down()
    second = sessions()
    second.run_control.dismiss(second.run_control.interrupted[0].id)
    assert second.run_control.interrupted == []
    assert len(sessions().run_control.interrupted) == 1


def cut_off(qtbot, session):
    """Let a run break off after an epoch, as if the program had been ended; its number."""
    session.run_control.start(ENDLESS)
    qtbot.waitUntil(lambda: bool(session.training.history.epochs))
    number = session.training.run_id
    session.training.cancel()
    qtbot.waitUntil(lambda: not session.jobs.running)
    session.runs.refresh()
    qtbot.waitUntil(lambda: number in [run.id for run in session.run_control.interrupted])
    return number


def test_a_run_that_goes_on_again_is_offered_no_more_though_the_list_is_of_before(qtbot, session):
    first, second = cut_off(qtbot, session), cut_off(qtbot, session)
    assert [run.id for run in session.run_control.interrupted] == [second, first]
    news = []
    session.run_control.offers_changed.connect(lambda: news.append(True))
    with qtbot.waitSignal(session.runs.changed):
        session.runs.refresh()
    assert news == [], "the same ones are offered"
    session.training.began.connect(lambda _: session.run_control.dismiss(first))
    with qtbot.waitSignal(session.training.began):
        session.run_control.resume(second)
    assert next(run for run in session.runs.runs if run.id == second).is_interrupted
    assert session.run_control.interrupted == []


def test_the_file_of_a_run_that_has_gone_on_holds_what_it_was(qtbot, session, tmp_path):
    finished(qtbot, session, lambda: session.run_control.start(CONFIG))
    entry, path = session.shelf.current, tmp_path / "mine.safetensors"
    with qtbot.waitSignal(session.model_files.save(entry, path).ended):
        pass
    finished(qtbot, session, lambda: session.run_control.resume(session.training.run_id, 2))
    assert entry.path is None
    session.opening.open(path)
    qtbot.waitUntil(lambda: session.shelf.current.path == path.resolve())
    assert entry in session.shelf.entries
    assert session.shelf.current.model.training.epochs == 3
    assert entry.model.training.epochs == 5


def test_a_run_that_another_window_trains_is_neither_offered_nor_gone_on_with(qtbot, sessions):
    first, second = sessions(), sessions()
    faults = []
    second.failed.connect(faults.append)
    first.run_control.start(ENDLESS)
    qtbot.waitUntil(lambda: first.training.run_id is not None)
    second.runs.refresh()
    qtbot.waitUntil(lambda: bool(second.runs.runs))
    assert second.run_control.interrupted == []
    with qtbot.waitSignal(second.training.ended):
        second.run_control.resume(first.training.run_id)
    assert "another window" in str(faults[0])
    assert first.training.is_active


def test_a_run_needs_the_pictures_that_it_was_trained_on(qtbot, session, faults, small):
    finished(qtbot, session, lambda: session.run_control.start(CONFIG))
    number = session.training.run_id
    session.data_set.splits = dataclasses.replace(small, train=small.train.first(1000))
    finished(qtbot, session, lambda: session.run_control.resume(number, 2))
    assert "other pictures" in str(faults[0])
    assert [run.outcome for run in list_runs(Library())] == ["completed"]


def test_while_a_run_goes_on_no_other_is_gone_on_with(qtbot, session, faults):
    finished(qtbot, session, lambda: session.run_control.start(CONFIG))
    number = session.training.run_id
    session.run_control.start(ENDLESS)
    session.run_control.resume(number)
    assert "Stop it first" in str(faults[0])
    assert isinstance(faults[0], UserError)


def test_what_a_run_has_learned_that_breaks_off_is_a_model_like_any_other(qtbot, session):
    session.run_control.start(ENDLESS)
    qtbot.waitUntil(lambda: session.shelf.current.is_training)
    entry = session.shelf.current
    session.training.cancel()
    assert session.shelf.current is entry
    assert not entry.is_training


def test_who_reads_with_another_run_leaves_the_epochs_of_the_one_that_goes_on(qtbot, session):
    finished(qtbot, session, lambda: session.run_control.start(CONFIG))
    (other,) = session.runs.runs
    session.run_control.start(ENDLESS, EpochDone)
    qtbot.waitUntil(lambda: session.training.state is State.PAUSED)
    going_on = session.shelf.current
    assert session.timeline.epochs == [1]
    session.run_control.use(other)
    qtbot.waitUntil(lambda: session.shelf.current.run_id == other.id)
    assert not session.timeline.is_available
    session.shelf.read_with(going_on)
    assert session.timeline.is_available
    assert session.timeline.epochs == [1]


def test_a_damaged_library_is_told_of_and_the_run_is_trained_and_kept_elsewhere(
    qtbot, monkeypatch, new_session, small
):
    monkeypatch.setattr(datasets, "bundled_mnist", lambda _progress: small)
    Library().path.parent.mkdir(parents=True, exist_ok=True)
    Library().path.write_bytes(b"no library at all" * 1000)
    session = new_session()
    faults = []
    session.failed.connect(faults.append)
    session.opening.load()
    qtbot.waitUntil(lambda: session.splits is not None and not session.jobs.running)
    finished(qtbot, session, lambda: session.run_control.start(CONFIG))
    assert session.training.done.outcome == "completed"
    texts = [str(fault) for fault in faults]
    assert all("damaged" in text for text in texts)
    assert any("is kept in" in text for text in texts)
    assert session.training.run_id is None
    assert session.shelf.unsaved == [session.shelf.current]
    assert Library().path.read_bytes() == b"no library at all" * 1000
    session.shut_down()

    Library().path.unlink()
    again = new_session()
    again.opening.load()
    qtbot.waitUntil(lambda: bool(again.runs.runs))
    assert [(run.name, run.outcome, run.epoch) for run in again.runs.runs] == [
        ("run 1", "completed", 3)
    ]


class TestSteering:
    def test_it_is_recorded_and_the_next_epochs_are_trained_with_it(self, qtbot, session):
        session.run_control.start(ENDLESS)
        qtbot.waitUntil(lambda: len(session.training.history.epochs) >= 1)
        wanted = dataclasses.replace(ENDLESS, epochs=8, learning_rate=0.0005, batch_size=250)

        def steer():
            session.training.steer(wanted)

        finished(qtbot, session, steer)
        assert session.training.config.learning_rate == 0.0005
        changes = session.training.history.changes
        assert [change.field for change in changes] == ["epochs", "batch_size", "learning_rate"]
        run = session.runs.runs[0]
        assert run.config == session.training.config
        assert read_run(Library(), run.id).changes == list(changes)
        assert any("learning rate 0.001 → 0.0005" in line for line in session.training.log)
        assert session.shelf.current.model.training == session.training.config
        assert session.training.latest.batches == 8


class TestSteps:
    def test_a_batch_and_an_epoch_at_a_time(self, qtbot, session):
        training = session.training
        session.run_control.start(ENDLESS, BatchDone)
        qtbot.waitUntil(lambda: training.state is State.PAUSED)
        assert (training.latest.epoch, training.latest.batch) == (1, 1)
        for batch in (2, 3):
            training.resume(BatchDone)
            qtbot.waitUntil(lambda: training.state is State.PAUSED)
            assert len(training.history.batch_loss) == batch
        training.resume(EpochDone)
        qtbot.waitUntil(lambda: training.state is State.PAUSED)
        assert [done.epoch for done in training.history.epochs] == [1]
        training.resume(EpochDone)
        qtbot.waitUntil(lambda: len(training.history.epochs) == 2)
        qtbot.waitUntil(lambda: training.state is State.PAUSED)
        assert (training.latest.epoch, training.latest.batch) == (2, 20)

    def test_slow_motion_waits_after_each_part_and_can_be_switched_off(self, qtbot, session):
        phases = []
        session.training.phase_done.connect(phases.append)
        session.training.set_pace(0.01)
        session.run_control.start(ENDLESS, BatchDone)
        qtbot.waitUntil(lambda: session.training.state is State.PAUSED)
        assert len(phases) == 5
        session.training.resume(BatchDone)
        qtbot.waitUntil(lambda: len(session.training.history.batch_loss) == 2)
        qtbot.waitUntil(lambda: session.training.state is State.PAUSED)
        assert [event.phase for event in phases][5:] == [
            "forward",
            "loss",
            "backward",
            "step",
            "zero grad",
        ]
        session.training.set_pace(0.0)
        count = len(phases)
        session.training.resume()
        qtbot.waitUntil(lambda: len(session.training.history.epochs) >= 2)
        assert len(phases) - count <= 5

    def test_a_change_and_a_stop_are_heard_in_a_pause(self, qtbot, session):
        session.run_control.start(ENDLESS, BatchDone)
        qtbot.waitUntil(lambda: session.training.state is State.PAUSED)
        with qtbot.waitSignal(session.training.steered):
            session.training.steer(dataclasses.replace(ENDLESS, learning_rate=0.5))
        assert session.training.state is State.PAUSED
        assert len(session.training.history.batch_loss) == 1
        finished(qtbot, session, session.training.stop)
        assert session.training.done.outcome == "stopped"

    def test_what_is_watched_is_inspected_also_step_by_step(self, qtbot, session, monkeypatch):
        monkeypatch.setattr(training_thread, "INSPECTION_SECONDS", 0.0)
        monkeypatch.setattr(training_thread, "INSPECTION_SHARE", 1.0)
        seen = []
        session.training.inspected.connect(seen.append)
        session.training.watch(True)
        session.run_control.start(ENDLESS, BatchDone)
        for batch in (1, 2, 3):
            qtbot.waitUntil(lambda: session.training.state is State.PAUSED)
            assert len(seen) == batch
            session.training.resume(BatchDone)
        qtbot.waitUntil(lambda: session.training.state is State.PAUSED)
        session.training.resume()
        count = len(seen)
        qtbot.waitUntil(lambda: len(seen) > count)
        assert np.isfinite(seen[-1].inspection.gradient_norm)
        session.training.watch(False)
        for _ in range(2):  # one may have been on its way
            count, epochs = len(seen), len(session.training.history.epochs)
            qtbot.waitUntil(lambda: len(session.training.history.epochs) > epochs + 1)  # noqa: B023
        assert len(seen) == count


def test_a_trial_of_two_batches_does_not_take_over_reading(qtbot, session):
    default = session.shelf.current
    session.run_control.start(ENDLESS, BatchDone)
    qtbot.waitUntil(lambda: session.training.state is State.PAUSED)
    session.training.resume(BatchDone)
    qtbot.waitUntil(lambda: session.training.state is State.PAUSED)
    with qtbot.waitSignal(session.training.ended):
        session.training.stop()
    assert session.training.done.outcome == "stopped"
    assert session.training.history.epochs == []
    assert session.shelf.current is default


def test_a_run_that_was_continued_and_is_cut_off_again_is_offered_again(qtbot, sessions):
    first = sessions()
    first.run_control.start(ENDLESS)
    qtbot.waitUntil(lambda: bool(first.training.history.epochs))
    first.training.cancel()
    qtbot.waitUntil(lambda: len(first.run_control.interrupted) == 1)
    (offer,) = first.run_control.interrupted
    first.run_control.resume(offer.id)
    qtbot.waitUntil(lambda: first.training.latest is not None)
    qtbot.waitUntil(lambda: first.run_control.interrupted == [])
    first.training.cancel()
    qtbot.waitUntil(lambda: len(first.run_control.interrupted) == 1)
    assert first.run_control.interrupted[0].id == offer.id
