"""Runs that are kept while they are trained, whatever happens to their library."""

import dataclasses
import os
import shutil
import sqlite3
from contextlib import closing

import pytest
import torch

from mnist_desktop.learning.data.splits import Splits
from mnist_desktop.learning.records import Change
from mnist_desktop.learning.train.events import BatchDone, EpochDone, RunDone, Steered
from mnist_desktop.learning.train.training import train
from mnist_desktop.library.database import Library, LibraryError
from mnist_desktop.library.deletion import delete, purge
from mnist_desktop.library.recorder import RunRecorder
from mnist_desktop.library.recovery import recover
from mnist_desktop.library.run_file import read_run_file
from mnist_desktop.library.run_store import LibraryStore, RunStore
from mnist_desktop.library.runs import list_runs, read_run, run_of, set_note
from mnist_desktop.library.schema import LIBRARY
from mnist_desktop.library.weights import checkpoint_of, model_of

EPOCH = 33
"""Events of an epoch: 32 batches and its end."""


@pytest.fixture(autouse=True)
def _places(places):
    """After each fault all is tried again at once."""


@pytest.fixture
def recorder(library, small, config):
    with closing(RunRecorder.begin(library, config, small, "mine")) as recorder:
        yield recorder


@pytest.mark.parametrize("name", ["soft\u00adhyphen", "x" * 210, " a\tb ", "donn\udce9es"])
def test_a_data_set_may_have_any_name(library, small, config, events, name):
    splits = dataclasses.replace(small, name=name)
    with closing(RunRecorder.begin(library, config, splits, name)) as recorder:
        assert reports(recorder, events) == []
        assert recorder.path == library.path


def reports(recorder, events):
    """What the person is told while these events happen."""
    found = [recorder.take(event) for event in events]
    return [problem.text() for problem in found if problem is not None]


def remove(library):
    for path in library.path.parent.glob("library.sqlite3*"):
        if path.is_file():
            path.unlink()


def is_whole(run, events):
    """Whether a run holds all of these events."""
    wanted = [one.record for one in events if isinstance(one, EpochDone)]
    batches = [one.loss for one in events if isinstance(one, BatchDone)]
    done = events[-1] if isinstance(events[-1], RunDone) else None
    return (
        run.epochs == wanted
        and run.history.batch_loss.values.tolist() == batches
        and checkpoint_of(run).epoch == len(wanted)
        and list(run.weights) == list(range(1, len(wanted) + 1))
        and run.outcome == (done.outcome if done else None)
    )


def is_whole_at_home(recorder, events):
    return is_whole(read_run(Library(recorder.path), recorder.run_id), events)


def is_whole_elsewhere(recorder, events):
    assert recorder.run_id is None
    return is_whole(read_run_file(recorder.path, is_own=True), events)


class TestAllIsWell:
    def test_the_run_is_in_the_library_and_nobody_is_told_anything(
        self, library, recorder, events, places
    ):
        assert run_of(library, recorder.run_id).is_held
        assert reports(recorder, events) == []
        assert (recorder.path, recorder.is_kept) == (library.path, True)
        assert is_whole_at_home(recorder, events)
        assert not run_of(library, recorder.run_id).is_held
        assert not any(place.exists() for place in places)
        if os.name == "posix":
            assert library.path.stat().st_mode & 0o077 == 0

    def test_changed_settings_are_kept(self, library, recorder, events, config):
        slower = dataclasses.replace(config, learning_rate=1e-4)
        steered = Steered(slower, (Change(1, 9, "learning_rate", 1e-3, 1e-4),))
        assert reports(recorder, [*events[:8], steered, *events[8:]]) == []
        assert read_run(library, recorder.run_id).changes == list(steered.changes)
        assert run_of(library, recorder.run_id).config == slower

    def test_weights_that_are_thinned_out_are_gone_from_the_library_too(
        self, library, recorder, events
    ):
        end = next(one for one in events if isinstance(one, EpochDone))
        reports(recorder, [at(end, epoch) for epoch in range(1, 41)])
        assert read_run(library, recorder.run_id).weights == recorder.run.weights
        assert len(recorder.run.weights) < 33

    def test_a_closed_recorder_leaves_a_run_that_can_be_resumed(self, library, recorder, events):
        reports(recorder, events[: EPOCH + 3])
        recorder.close()
        recorder.close()
        assert run_of(library, recorder.run_id).is_interrupted
        assert model_of(read_run(library, recorder.run_id)) is not None


class TestAFullDisk:
    def test_the_run_is_kept_elsewhere_until_there_is_room(
        self, library, recorder, events, places, fill
    ):
        run = recorder.run_id
        assert reports(recorder, events[:EPOCH]) == []
        fill()
        (told,) = reports(recorder, events[EPOCH : 3 * EPOCH])
        assert recorder.path.is_relative_to(places[0])
        assert told == (
            "library.sqlite3: cannot be written: the disk is full; make room on it. "
            f"Meanwhile the run is kept in {recorder.path.parent}."
        )
        assert recorder.is_kept
        assert is_whole_elsewhere(recorder, events[: 3 * EPOCH])
        there = read_run_file(recorder.path, is_own=True)
        assert (there.name, there.created) == ("mine", run_of(library, run).created)
        # What the library has of it is not offered to be resumed.
        assert (run_of(library, run).epoch, run_of(library, run).is_held) == (1, True)

        fill(is_full=False)
        (told,) = reports(recorder, events[3 * EPOCH :])
        assert told == "The library can be written again, and all of the run is in it."
        assert (recorder.path, recorder.run_id) == (library.path, run)
        assert is_whole_at_home(recorder, events)
        assert not places[0].exists()

    def test_the_next_place_is_taken_where_the_first_is_full_or_gets_full_later(
        self, recorder, events, places, spoiled, fill
    ):
        fill()
        assert str(places[0]) in reports(recorder, events[:EPOCH])[0]
        spoiled(places[0])
        (told,) = reports(recorder, events[EPOCH : 2 * EPOCH])
        assert str(places[1]) in told
        assert reports(recorder, events[2 * EPOCH :]) == []
        assert is_whole_elsewhere(recorder, events)

    def test_without_any_place_the_run_is_in_memory_and_written_as_soon_as_there_is_one(
        self, recorder, events, places, spoiled, fill
    ):
        run = recorder.run_id
        for place in places:
            spoiled(place)
        fill()
        (told,) = reports(recorder, events[: 2 * EPOCH])
        assert "make room on it. Meanwhile the run is kept in memory only: save" in told
        assert (recorder.is_kept, recorder.path, recorder.run_id) == (False, None, None)
        spoiled(places[1], is_spoiled=False)
        (told,) = reports(recorder, events[2 * EPOCH : 3 * EPOCH])
        assert str(places[1]) in told
        assert is_whole_elsewhere(recorder, events[: 3 * EPOCH])
        fill(is_full=False)
        assert len(reports(recorder, events[3 * EPOCH :])) == 1
        assert recorder.run_id == run
        assert is_whole_at_home(recorder, events)

    def test_it_can_be_tried_again_after_the_end(self, recorder, events, places, spoiled, fill):
        for place in places:
            spoiled(place)
        fill()
        assert len(reports(recorder, events)) == 1
        assert recorder.retry() is None
        assert not recorder.is_kept
        fill(is_full=False)
        assert recorder.retry().fault is None
        assert is_whole_at_home(recorder, events)

    def test_tries_that_fail_take_little_of_the_time(self, recorder, events, monkeypatch):
        now, tries = [0.0], []

        def slow_at_home(store, run):
            tries.append(now[0])
            now[0] += 1.0
            raise OSError(5, "the disk sleeps")

        monkeypatch.setattr(LibraryStore, "write", slow_at_home)
        monkeypatch.setattr("mnist_desktop.library.recorder.REST", 20)
        monkeypatch.setattr("mnist_desktop.library.recorder.time.monotonic", lambda: now[0])
        first = next(one for one in events if isinstance(one, EpochDone))
        for epoch in range(1, 102):
            recorder.take(at(first, epoch))
            assert read_run_file(recorder.path, is_own=True).epoch == epoch
            now[0] += 1.0
        assert len(tries) == 6
        recorder.take(events[-1])
        assert len(tries) == 7  # at the end, whatever it takes

    def test_nothing_is_left_in_a_place_that_was_of_no_use(
        self, recorder, events, places, monkeypatch, fill
    ):
        from mnist_desktop.library import run_store

        opened = run_store.new_file

        def full(path, schema):
            connection = opened(path, schema)
            connection.execute("PRAGMA max_page_count = 1")
            return connection

        monkeypatch.setattr(run_store, "new_file", full)
        fill()
        assert "in memory only" in reports(recorder, events)[0]
        assert not any(place.exists() for place in places)


def at(end, epoch):
    """The end of another epoch."""
    checkpoint = dataclasses.replace(end.checkpoint, epoch=epoch)
    return EpochDone(end.record._replace(epoch=epoch, is_best=epoch == 1), checkpoint)


class TestADeletedLibrary:
    def test_the_run_is_written_anew(self, library, recorder, events, places):
        created = run_of(library, recorder.run_id).created
        assert reports(recorder, events[: 2 * EPOCH]) == []
        remove(library)
        (told,) = reports(recorder, events[2 * EPOCH :])
        assert told.startswith("library.sqlite3: no longer holds this run")
        assert told.endswith("removed meanwhile. All of the run was written there once more.")
        (run,) = list_runs(library)
        assert (run.id, run.name, run.created) == (recorder.run_id, "mine", created)
        assert is_whole_at_home(recorder, events)
        assert not any(place.exists() for place in places)
        locks = library.path.with_name("library.sqlite3-locks")
        assert len(list(locks.iterdir())) == 1  # that of the lost file was given back

    def test_the_whole_folder_too(self, library, recorder, events):
        reports(recorder, events[:EPOCH])
        shutil.rmtree(library.path.parent)
        assert len(reports(recorder, events[EPOCH:])) == 1
        assert is_whole_at_home(recorder, events)

    def test_a_new_library_that_took_its_place_is_joined(self, library, recorder, events, recorded):
        reports(recorder, events[:EPOCH])
        remove(library)
        other = recorded()
        assert len(reports(recorder, events[EPOCH:])) == 1
        assert recorder.run_id != other
        assert is_whole(read_run(library, other), events)
        assert is_whole_at_home(recorder, events)

    def test_a_run_that_another_window_has_taken_over_is_not_written_to(
        self, library, recorder, events
    ):
        """Where locks do not work: a file system without them."""
        reports(recorder, events[:EPOCH])
        taken = recorder.run_id
        with library.write() as connection:
            connection.execute("UPDATE runs SET lock = 'another' WHERE id = ?", (taken,))
        assert len(reports(recorder, events[EPOCH:])) == 1
        assert recorder.run_id != taken
        assert run_of(library, taken).epoch == 1
        assert is_whole_at_home(recorder, events)

    def test_a_file_of_another_program_that_took_its_place_is_left_alone(
        self, library, recorder, events
    ):
        reports(recorder, events[:EPOCH])
        remove(library)
        library.path.write_bytes(b"my diary\n" * 1000)
        (told,) = reports(recorder, events[EPOCH:])
        assert "is damaged and was left as it is" in told
        assert str(recorder.path.parent) in told
        assert is_whole_elsewhere(recorder, events)
        assert library.path.read_bytes() == b"my diary\n" * 1000

    def test_nothing_is_lost_before_the_first_new_epoch_of_a_run_that_is_resumed(
        self, library, recorded, small
    ):
        run = recorded(2 * EPOCH)
        set_note(library, run, "for the class")
        before = read_run(library, run)
        with closing(RunRecorder.resume(library, run, small)) as recorder:
            remove(library)
            recorder.retry()
        assert read_run(library, recorder.run_id) == before

    def test_at_the_very_end(self, library, recorder, events, monkeypatch):
        """Between the commit and the look at the name."""
        reports(recorder, events[:-1])
        append = RunStore._append

        def append_and_vanish(store, *arguments):
            append(store, *arguments)
            monkeypatch.setattr(RunStore, "_append", append)
            remove(library)

        monkeypatch.setattr(RunStore, "_append", append_and_vanish)
        assert len(reports(recorder, events[-1:])) == 1
        assert is_whole_at_home(recorder, events)


class TestALibraryThatIsDamagedMeanwhile:
    @pytest.mark.parametrize(
        ("table", "column"),
        [("batches", "figures"), ("checkpoints", "content"), ("weights", "content")],
    )
    def test_the_run_is_whole_elsewhere_at_its_end_and_then_at_home(
        self, library, recorder, events, table, column
    ):
        """Where SQLite has not noticed: in what it did not read any more, or has no sum of."""
        write, home = RunStore.write, recorder.run_id

        def write_and_spoil(store, run):
            write(store, run)
            if isinstance(store, LibraryStore):
                with library.write() as connection:
                    connection.execute(f"UPDATE {table} SET {column} = zeroblob(length({column}))")

        assert reports(recorder, events[:-1]) == []
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(RunStore, "write", write_and_spoil)
            (told,) = reports(recorder, events[-1:])
        assert "is damaged" in told
        assert is_whole_elsewhere(recorder, events)
        recorder.close()
        with library.write() as connection:
            connection.execute("DELETE FROM checkpoints WHERE run = ?", (home,))
        (run,) = recover(library)
        assert run.id == home
        assert is_whole(read_run(library, home), events)

    def test_pages_of_rubbish(self, library, recorder, events):
        assert reports(recorder, events[: 3 * EPOCH]) == []
        with closing(sqlite3.connect(library.path)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        with library.path.open("r+b") as stream:
            stream.seek(4 * 16_384)
            stream.write(b"\xa5" * (library.path.stat().st_size - 4 * 16_384))
        assert "is damaged" in reports(recorder, events[3 * EPOCH :])[-1]
        assert is_whole_elsewhere(recorder, events)


class TestALibraryThatCannotBeUsedFromTheBeginning:
    @pytest.fixture
    def newer(self, library, recorded, change):
        recorded()
        change(library.path, f"PRAGMA user_version = {len(LIBRARY.migrations) + 1}")

    @pytest.fixture
    def foreign(self, library, change):
        library.path.parent.mkdir()
        change(library.path, "CREATE TABLE bookmarks (url)")

    @pytest.fixture
    def damaged(self, library):
        library.path.parent.mkdir()
        library.path.write_bytes(b"\x80no database at all" * 500)

    @pytest.fixture
    def blocked(self, library):
        library.path.parent.write_bytes(b"")

    @pytest.mark.parametrize(
        ("kind", "says"),
        [
            ("newer", "newer version of this program; update it to open the file. Meanwhile"),
            ("foreign", "another program and was left as it is; move it away. Meanwhile"),
            ("damaged", "is damaged and was left as it is"),
            ("blocked", "cannot be made"),
        ],
    )
    def test_the_training_goes_on_and_the_file_is_left_alone(
        self, library, events, small, config, request, kind, says
    ):
        request.getfixturevalue(kind)
        content = library.path.read_bytes() if library.path.exists() else None
        with closing(RunRecorder.begin(library, config, small)) as recorder:
            told = recorder.take(events[0]).text()
            assert says in told
            assert str(recorder.path.parent) in told
            assert reports(recorder, events[1:]) == []
        assert is_whole_elsewhere(recorder, events)
        assert (library.path.read_bytes() if library.path.exists() else None) == content

    def test_a_run_that_is_written_nowhere_has_no_number(
        self, library, small, config, events, damaged, places, spoiled
    ):
        for place in places:
            spoiled(place)
        with closing(RunRecorder.begin(library, config, small)) as recorder:
            assert (recorder.run_id, recorder.is_kept) == (None, False)
            assert "in memory only" in recorder.take(events[0]).text()
            library.path.unlink()
            assert reports(recorder, events[1:]) == [
                "The library can be written again, and all of the run is in it."
            ]
        assert is_whole_at_home(recorder, events)


class TestALockedLibrary:
    @pytest.fixture
    def waits(self, monkeypatch):
        """What each transaction would wait for other windows."""
        monkeypatch.setattr("mnist_desktop.library.run_store.BUSY_SECONDS", 0.01)

    @pytest.mark.usefixtures("waits")
    def test_it_is_waited_for_once(self, library, small, config, events, connections):
        recorder, patience = RunRecorder.begin(library, config, small), []
        run = recorder.run_id
        connections[-1].set_trace_callback(
            lambda text: patience.append(text) if "busy_timeout" in text else None
        )
        with library.write():
            (told,) = reports(recorder, events[: 2 * EPOCH])
            assert "is in use" in told
            assert patience == [f"PRAGMA busy_timeout = {wait}" for wait in (10, 0)]
            assert is_whole_elsewhere(recorder, events[: 2 * EPOCH])
        assert len(reports(recorder, events[2 * EPOCH : 3 * EPOCH])) == 1
        assert recorder.run_id == run
        reports(recorder, events[3 * EPOCH :])
        assert patience[-1] == "PRAGMA busy_timeout = 10"  # a new lock may be a short one
        assert is_whole_at_home(recorder, events)
        recorder.close()

    def test_from_the_beginning(self, library, recorded, small, config, events, monkeypatch):
        recorded()
        opened, patience = Library.open, []

        def watched(one, wait):
            patience.append(wait)
            return opened(one, min(wait, 0.01))

        with library.write() as connection, pytest.MonkeyPatch.context() as patched:
            patched.setattr(Library, "open", watched)
            with closing(RunRecorder.begin(library, config, small)) as recorder:
                (told,) = reports(recorder, events[:EPOCH])
            assert "is in use" in told
            assert patience == [10.0, 0.0]
            assert is_whole_elsewhere(recorder, events[:EPOCH])
            connection.execute("SELECT 1")


class TestFaultsThatNobodyThoughtOf:
    @pytest.mark.parametrize(
        ("fault", "says"),
        [
            (sqlite3.IntegrityError("UNIQUE constraint failed"), "UNIQUE constraint failed"),
            (sqlite3.OperationalError("a new kind of fault"), "a new kind of fault"),
            (OSError(122, "Disk quota exceeded"), "Disk quota exceeded"),
            (MemoryError(), "MemoryError"),
        ],
    )
    def test_they_are_told_and_do_not_end_the_training(
        self, recorder, events, monkeypatch, fault, says
    ):
        def fail(store, run):
            raise fault

        with monkeypatch.context() as patched:
            patched.setattr(RunStore, "write", fail)
            (told,) = reports(recorder, events[: 2 * EPOCH])
        assert told.startswith(f"library.sqlite3: cannot be written: {says}. Meanwhile")
        assert len(reports(recorder, events[2 * EPOCH :])) == 1
        assert is_whole_at_home(recorder, events)

    def test_another_fault_at_the_same_place_is_told_too(self, recorder, events, library, fill):
        fill()
        assert "full" in reports(recorder, events[:EPOCH])[0]
        remove(library)
        library.path.write_bytes(b"my diary\n" * 1000)
        assert "damaged" in reports(recorder, events[EPOCH:])[0]


class TestResuming:
    @pytest.mark.parametrize("count", [5, EPOCH, 2 * EPOCH + 7, 4 * EPOCH])
    def test_the_run_ends_as_if_it_had_never_been_interrupted(
        self, library, recorded, small, config, count
    ):
        run, whole = recorded(count), read_run(library, recorded())
        with closing(RunRecorder.resume(library, run, small)) as recorder:
            assert recorder.run_id == run
            for event in train(config, small, checkpoint_of(recorder.run)):
                assert recorder.take(event) is None
        again = read_run(library, run)
        assert without_seconds(again) == without_seconds(whole)
        ours, theirs = checkpoint_of(again), checkpoint_of(whole)
        assert ours.best == theirs.best
        assert all(torch.equal(one, theirs.tensors[name]) for name, one in ours.tensors.items())

    def test_a_finished_run_trains_more_epochs(self, library, recorded, small):
        run = recorded()
        with closing(RunRecorder.resume(library, run, small, more_epochs=2)) as recorder:
            assert run_of(library, run).outcome is None
            config = recorder.run.config
            for event in train(config, small, checkpoint_of(recorder.run)):
                recorder.take(event)
        found = run_of(library, run)
        assert (found.epoch, found.outcome, found.config) == (6, "completed", config)
        assert [one.epoch for one in read_run(library, run).epochs] == [1, 2, 3, 4, 5, 6]

    def test_one_that_another_window_has_deleted_is_back_and_is_not_purged(
        self, library, recorded, small, config
    ):
        run = recorded()
        assert delete(library, [run]) == [run]
        with closing(RunRecorder.resume(library, run, small, more_epochs=1)) as recorder:
            for event in train(recorder.run.config, small, checkpoint_of(recorder.run)):
                recorder.take(event)
        purge(library, [run])
        assert [one.epoch for one in list_runs(library)] == [5]

    def test_one_that_is_deleted_while_it_is_trained_is_not_purged(self, library, recorder, events):
        with library.write() as connection:
            connection.execute("UPDATE runs SET deleted = 1")
        purge(library, [recorder.run_id])
        assert reports(recorder, events) == []
        recorder.close()
        purge(library, [recorder.run_id])
        assert list_runs(library, deleted=True) == []

    def test_a_run_that_is_gone(self, library, recorded, small, fault):
        recorded()
        with fault(library.path) as text:
            RunRecorder.resume(library, 99, small)
        assert "no longer holds" in text[0]

    def test_not_while_another_window_trains_it(self, library, recorder, small, fault):
        with fault(library.path) as text:
            RunRecorder.resume(library, recorder.run_id, small)
        assert "another window is training this run" in text[0]
        recorder.close()
        RunRecorder.resume(library, recorder.run_id, small).close()

    def test_not_on_other_pictures(self, library, recorded, small, fault):
        other = Splits("other", small.validation, small.validation, small.test)
        run = recorded()
        with fault(library.path) as text:
            RunRecorder.resume(library, run, other)
        assert "open their data set, small" in text[0]
        assert run_of(library, run).outcome == "completed"

    def test_a_damaged_run_is_named(self, library, recorded, small, fault, change):
        run = recorded(name="mine")
        change(library.path, "UPDATE epochs SET test_loss = 'much' WHERE epoch = 2")
        with fault(library.path) as text:
            RunRecorder.resume(library, run, small)
        assert "the run “mine” is damaged" in text[0]

    def test_a_library_that_cannot_be_written(self, library, recorded, small, monkeypatch):
        run = recorded()

        def fail(connection, run_id, record):
            raise OSError(122, "Disk quota exceeded")

        with monkeypatch.context() as patched:
            patched.setattr("mnist_desktop.library.rows.replace", fail)
            with pytest.raises(LibraryError, match="cannot be written: Disk quota exceeded"):
                RunRecorder.resume(library, run, small)
        assert run_of(library, run).outcome == "completed"
        assert not run_of(library, run).is_held


def without_seconds(run):
    """All that two runs of the same seed share."""
    epochs = [one._replace(seconds=0.0) for one in run.epochs]
    return epochs, run.batches, run.weights, run.score, run.temperature, run.outcome
