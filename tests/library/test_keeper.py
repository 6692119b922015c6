"""Trainings whose library cannot be written, and what the person is told."""

import dataclasses
import shutil
import sqlite3
from contextlib import closing

import pytest
import torch

from mnist_desktop.learning.events import BatchDone, Change, EpochDone, RunDone, Steered
from mnist_desktop.learning.splits import Splits
from mnist_desktop.learning.training import train
from mnist_desktop.library import schema
from mnist_desktop.library.database import Library, LibraryError
from mnist_desktop.library.keeper import Keeper
from mnist_desktop.library.recorder import RunRecorder
from mnist_desktop.library.rescue import bring_home
from mnist_desktop.library.runs import curves_of, list_runs, run_of, set_note
from mnist_desktop.library.weights import latest_state, model_of

EPOCH = 33
"""Events of an epoch: 32 batches and its end."""


@pytest.fixture(autouse=True)
def places(tmp_path, monkeypatch):
    """Where rescue libraries go; after each fault all is tried again at once."""
    folders = [tmp_path / "rescued 1", tmp_path / "rescued 2"]
    monkeypatch.setattr("mnist_desktop.library.rescue.rescue_folders", lambda: folders)
    monkeypatch.setattr("mnist_desktop.library.keeper.REST", 0)
    return folders


@pytest.fixture
def spoiled(places):
    """Nothing can be written in a place, or it can again."""

    def spoil(place, is_spoiled=True):
        if is_spoiled:
            shutil.rmtree(place, ignore_errors=True)
            place.write_bytes(b"")
        else:
            place.unlink()

    return spoil


@pytest.fixture
def keeper(library, small, config):
    with closing(Keeper.begin(library, config, small, "mine")) as keeper:
        yield keeper


def reports(keeper, events):
    """What the person is told while these events happen."""
    found = [keeper.take(event) for event in events]
    return [problem.text() for problem in found if problem is not None]


def fill(keeper, is_full=True):
    """The disk of the library is full, or no longer is."""
    pages = 1 if is_full else 1_000_000
    keeper._home._connection.execute(f"PRAGMA max_page_count = {pages}")


def remove(library):
    for path in library.path.parent.glob("library.sqlite3*"):
        if path.is_file():
            path.unlink()


def is_whole(library, run_id, events):
    """Whether a run holds all of these events."""
    curves = curves_of(library, run_id)
    wanted = [
        dataclasses.replace(one, state_dict={}, state=None)
        for one in events
        if isinstance(one, EpochDone)
    ]
    batches = [one.loss for one in events if isinstance(one, BatchDone)]
    done = events[-1] if isinstance(events[-1], RunDone) else None
    return (
        list(curves.epochs) == wanted
        and curves.batch_loss.tolist() == batches
        and latest_state(library, run_id).epoch == len(wanted)
        and run_of(library, run_id).outcome == (done.outcome if done else None)
    )


class TestAllIsWell:
    def test_the_run_is_in_the_library_and_nobody_is_told_anything(
        self, library, keeper, events, places
    ):
        assert run_of(library, keeper.run_id).is_held
        assert reports(keeper, events) == []
        assert (keeper.library, keeper.is_kept) == (library, True)
        assert is_whole(library, keeper.run_id, events)
        assert not any(place.exists() for place in places)

    def test_log_and_changes_are_kept(self, library, keeper, events, config):
        slower = dataclasses.replace(config, learning_rate=1e-4)
        slowest = dataclasses.replace(config, learning_rate=1e-5)
        change = Change(1, 8, "learning_rate", 1e-3, 1e-4)
        reports(keeper, events[:7])
        keeper.log("slower")
        keeper.change(change, slower)
        steered = Steered(slowest, (Change(1, 9, "learning_rate", 1e-4, 1e-5),))
        assert reports(keeper, [steered, *events[7:]]) == []
        curves = curves_of(library, keeper.run_id)
        assert (curves.log, curves.changes) == (("slower",), (change, *steered.changes))
        assert run_of(library, keeper.run_id).config == slowest

    def test_a_run_is_gone_on_with(self, library, recorded, small, config, events):
        run = recorded(2 * EPOCH + 4)
        with closing(Keeper.go_on(library, run, small)) as keeper:
            assert keeper.run_id == run
            for event in train(config, small, latest_state(library, run)):
                assert keeper.take(event) is None
        assert run_of(library, run).outcome == "completed"
        assert len(curves_of(library, run).batch_loss) == 4 * 32


class TestAFullDisk:
    def test_the_run_is_kept_elsewhere_until_there_is_room(self, library, keeper, events, places):
        run = keeper.run_id
        assert reports(keeper, events[:EPOCH]) == []
        fill(keeper)
        (told,) = reports(keeper, events[EPOCH : 3 * EPOCH])
        rescued = keeper.library
        assert rescued.path.is_relative_to(places[0])
        assert told == (
            "library.sqlite3: cannot be written: the disk is full; make room on it. "
            f"Until then the run is kept in {rescued.path.parent}."
        )
        assert keeper.is_kept
        assert is_whole(rescued, keeper.run_id, events[: 3 * EPOCH])
        assert run_of(rescued, keeper.run_id).created == run_of(library, run).created
        # What the library has of it is not offered to be gone on with.
        assert (run_of(library, run).epoch, run_of(library, run).is_held) == (1, True)

        fill(keeper, is_full=False)
        (told,) = reports(keeper, events[3 * EPOCH :])
        assert told == "The library can be written again, and all of the run is in it."
        assert (keeper.library, keeper.run_id) == (library, run)
        assert is_whole(library, run, events)
        assert not places[0].exists()

    def test_the_next_place_is_taken_where_the_first_is_full_too(
        self, keeper, events, places, spoiled
    ):
        spoiled(places[0])
        fill(keeper)
        (told,) = reports(keeper, events)
        assert keeper.library.path.is_relative_to(places[1])
        assert str(places[1]) in told
        assert is_whole(keeper.library, keeper.run_id, events)

    def test_a_place_that_gets_full_later_is_left_for_another(
        self, keeper, events, places, spoiled
    ):
        fill(keeper)
        assert len(reports(keeper, events[:EPOCH])) == 1
        spoiled(places[0])
        (told,) = reports(keeper, events[EPOCH : 2 * EPOCH])
        assert str(places[1]) in told
        assert reports(keeper, events[2 * EPOCH :]) == []
        assert is_whole(keeper.library, keeper.run_id, events)

    def test_without_any_place_the_run_is_in_memory_and_written_as_soon_as_there_is_one(
        self, library, keeper, events, places, spoiled
    ):
        run = keeper.run_id
        for place in places:
            spoiled(place)
        fill(keeper)
        (told,) = reports(keeper, events[: 2 * EPOCH])
        assert "make room on it. Until then the run is kept in memory only: save" in told
        assert not keeper.is_kept
        assert (keeper.library, keeper.run_id) == (library, run)
        spoiled(places[1], is_spoiled=False)
        (told,) = reports(keeper, events[2 * EPOCH : 3 * EPOCH])
        assert str(places[1]) in told
        assert keeper.is_kept
        fill(keeper, is_full=False)
        assert len(reports(keeper, events[3 * EPOCH :])) == 1
        assert is_whole(library, run, events)

    def test_it_can_be_tried_again_after_the_end(self, library, keeper, events, places, spoiled):
        for place in places:
            spoiled(place)
        fill(keeper)
        assert len(reports(keeper, events)) == 1
        assert keeper.retry() is None
        assert not keeper.is_kept
        fill(keeper, is_full=False)
        assert keeper.retry().fault is None
        assert keeper.is_kept
        assert is_whole(library, keeper.run_id, events)

    def test_tries_that_fail_take_little_of_the_time(self, keeper, events, monkeypatch):
        now, tries = [0.0], []
        flush = RunRecorder.flush

        def slow_at_home(recorder):
            if recorder is keeper._home:
                tries.append(now[0])
                now[0] += 1.0
                raise OSError(5, "the disk sleeps")
            flush(recorder)

        monkeypatch.setattr(RunRecorder, "flush", slow_at_home)
        monkeypatch.setattr("mnist_desktop.library.keeper.REST", 20)
        monkeypatch.setattr("mnist_desktop.library.keeper.time.monotonic", lambda: now[0])
        first = next(one for one in events if isinstance(one, EpochDone))
        for epoch in range(1, 101):
            keeper.take(dataclasses.replace(first, epoch=epoch))
            assert run_of(keeper.library, keeper.run_id).epoch == epoch
            now[0] += 1.0
        assert len(tries) == 5
        keeper.take(dataclasses.replace(first, epoch=101))
        assert len(tries) == 6
        keeper.take(events[-1])
        assert len(tries) == 7  # at the end, whatever it takes

    def test_nor_do_those_of_other_places(self, keeper, events, places, spoiled, monkeypatch):
        now, tries = [0.0], []
        flush = RunRecorder.flush

        def slow(recorder):
            tries.append(recorder.library.path)
            now[0] += 1.0
            flush(recorder)

        monkeypatch.setattr(RunRecorder, "flush", slow)
        monkeypatch.setattr("mnist_desktop.library.keeper.REST", 20)
        monkeypatch.setattr("mnist_desktop.library.keeper.time.monotonic", lambda: now[0])
        first = next(one for one in events if isinstance(one, EpochDone))
        fill(keeper)
        keeper.take(first)
        assert len(tries) == 2
        # What has been full for an epoch only, is left for another place at once.
        fill_rescue = keeper._rescue._connection.execute
        fill_rescue("PRAGMA max_page_count = 1")
        before = keeper.library.path
        keeper.take(dataclasses.replace(first, epoch=2))
        assert (len(tries), keeper.is_kept) == (4, True)
        assert keeper.library.path != before
        assert [path.parent for path in places[0].rglob("library.sqlite3")] == [
            keeper.library.path.parent
        ]
        for place in places:
            spoiled(place)
        keeper.take(dataclasses.replace(first, epoch=3))
        assert not keeper.is_kept
        del tries[:]
        for epoch in range(4, 24):
            keeper.take(dataclasses.replace(first, epoch=epoch))
        assert tries == []

    def test_nothing_is_left_in_a_place_that_was_of_no_use(
        self, library, keeper, events, places, monkeypatch
    ):
        opened = Library.open

        def full_elsewhere(one):
            connection = opened(one)
            if one != library:
                connection.execute("PRAGMA max_page_count = 1")
            return connection

        monkeypatch.setattr(Library, "open", full_elsewhere)
        fill(keeper)
        assert "in memory only" in reports(keeper, events)[0]
        assert not any(place.exists() for place in places)


class TestADeletedLibrary:
    def test_the_run_is_written_anew(self, library, keeper, events, places):
        created = run_of(library, keeper.run_id).created
        keeper.log("begun")
        assert reports(keeper, events[: 2 * EPOCH]) == []
        remove(library)
        (told,) = reports(keeper, events[2 * EPOCH :])
        assert told.startswith("library.sqlite3: no longer holds this run")
        assert told.endswith("removed meanwhile. All of the run was written there once more.")
        assert keeper.library == library
        (run,) = list_runs(library)
        assert (run.id, run.name, run.created) == (keeper.run_id, "mine", created)
        assert is_whole(library, run.id, events)
        assert curves_of(library, run.id).log == ("begun",)
        assert not any(place.exists() for place in places)
        claims = library.path.with_name("library.sqlite3-claims")
        assert len(list(claims.iterdir())) == 1  # that of the lost file was given back

    def test_the_whole_folder_too(self, library, keeper, events):
        reports(keeper, events[:EPOCH])
        shutil.rmtree(library.path.parent)
        assert len(reports(keeper, events[EPOCH:])) == 1
        assert is_whole(library, keeper.run_id, events)

    def test_a_new_library_that_took_its_place_is_joined(self, library, keeper, events, recorded):
        reports(keeper, events[:EPOCH])
        remove(library)
        other = recorded()
        assert len(reports(keeper, events[EPOCH:])) == 1
        assert keeper.run_id != other
        for run in (other, keeper.run_id):
            assert is_whole(library, run, events)

    def test_a_file_of_another_program_that_took_its_place_is_left_alone(
        self, library, keeper, events
    ):
        reports(keeper, events[:EPOCH])
        remove(library)
        library.path.write_bytes(b"my diary\n" * 1000)
        (told,) = reports(keeper, events[EPOCH:])
        assert "is damaged and was left as it is" in told
        assert str(keeper.library.path.parent) in told
        assert is_whole(keeper.library, keeper.run_id, events)
        assert library.path.read_bytes() == b"my diary\n" * 1000

    def test_nothing_is_lost_before_the_first_new_epoch_of_a_run_that_is_gone_on_with(
        self, library, recorded, events, small
    ):
        run = recorded(2 * EPOCH)
        set_note(library, run, "for the class")
        created, state = run_of(library, run).created, latest_state(library, run)
        with closing(Keeper.go_on(library, run, small)) as keeper:
            remove(library)
            keeper.retry()
        found = run_of(library, keeper.run_id)
        assert (found.created, found.note, found.epoch) == (created, "for the class", 2)
        again = latest_state(library, keeper.run_id)
        assert again.epoch == 2
        assert all(torch.equal(again.tensors[name], one) for name, one in state.tensors.items())

    def test_at_the_very_end(self, library, keeper, events, monkeypatch):
        """Between the commit and the look at the name."""
        reports(keeper, events[:-1])
        write = RunRecorder._write

        def write_and_vanish(recorder, *arguments):
            write(recorder, *arguments)
            monkeypatch.setattr(RunRecorder, "_write", write)
            remove(library)

        monkeypatch.setattr(RunRecorder, "_write", write_and_vanish)
        assert len(reports(keeper, events[-1:])) == 1
        assert is_whole(library, keeper.run_id, events)


class TestALibraryThatIsDamagedMeanwhile:
    @pytest.mark.parametrize("table", ["batches", "states", "models"])
    def test_the_run_is_whole_elsewhere_at_its_end_and_then_at_home(
        self, library, keeper, events, table
    ):
        """Where SQLite has not noticed: in what it did not read any more, or has no sum of."""
        flush, home = RunRecorder.flush, keeper.run_id

        def flush_and_spoil(recorder):
            flush(recorder)
            if recorder is keeper._home:
                with library.writing() as connection:
                    column = {"batches": "figures", "states": "content", "models": "weights"}[table]
                    connection.execute(f"UPDATE {table} SET {column} = zeroblob(length({column}))")

        assert reports(keeper, events[:-1]) == []
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(RunRecorder, "flush", flush_and_spoil)
            (told,) = reports(keeper, events[-1:])
        assert "is damaged" in told
        assert is_whole(keeper.library, keeper.run_id, events)
        keeper.close()
        (run,) = bring_home(library)
        assert run.id == home
        assert is_whole(library, home, events)
        assert model_of(library, home) is not None

    def test_pages_of_rubbish(self, library, keeper, events):
        assert reports(keeper, events[: 3 * EPOCH]) == []
        with closing(sqlite3.connect(library.path)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        with library.path.open("r+b") as stream:
            stream.seek(4 * 16_384)
            stream.write(b"\xa5" * (library.path.stat().st_size - 4 * 16_384))
        assert "is damaged" in reports(keeper, events[3 * EPOCH :])[-1]
        assert is_whole(keeper.library, keeper.run_id, events)


class TestALibraryThatCannotBeUsedFromTheBeginning:
    @pytest.fixture
    def newer(self, library, recorded):
        recorded()
        with closing(sqlite3.connect(library.path)) as connection:
            connection.execute(f"PRAGMA user_version = {len(schema.MIGRATIONS) + 1}")

    @pytest.fixture
    def foreign(self, library):
        library.path.parent.mkdir()
        with closing(sqlite3.connect(library.path)) as connection:
            connection.execute("CREATE TABLE bookmarks (url)")

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
            ("newer", "newer version of this program; update it to open the file. Until then"),
            ("foreign", "another program and was left as it is; move it away. Until then"),
            ("damaged", "is damaged and was left as it is"),
            ("blocked", "cannot be made"),
        ],
    )
    def test_the_training_goes_on_and_the_file_is_left_alone(
        self, library, events, small, config, request, kind, says
    ):
        request.getfixturevalue(kind)
        content = library.path.read_bytes() if library.path.exists() else None
        with closing(Keeper.begin(library, config, small)) as keeper:
            told = keeper.take(events[0]).text()
            assert says in told
            assert str(keeper.library.path.parent) in told
            assert reports(keeper, events[1:]) == []
        assert is_whole(keeper.library, keeper.run_id, events)
        assert (library.path.read_bytes() if library.path.exists() else None) == content

    def test_a_run_that_is_written_nowhere_has_no_number(
        self, library, small, config, events, damaged, places, spoiled
    ):
        for place in places:
            spoiled(place)
        keeper = Keeper.begin(library, config, small)
        assert (keeper.run_id, keeper.is_kept) == (None, False)
        assert "in memory only" in keeper.take(events[0]).text()
        library.path.unlink()
        assert reports(keeper, events[1:]) == [
            "The library can be written again, and all of the run is in it."
        ]
        keeper.close()
        assert is_whole(library, keeper.run_id, events)


class TestALockedLibrary:
    def test_it_is_waited_for_once(self, library, keeper, events, monkeypatch):
        run, waits = keeper.run_id, []
        monkeypatch.setattr("mnist_desktop.library.keeper.BUSY_SECONDS", 0.01)
        keeper._home._connection.execute("PRAGMA busy_timeout = 10")
        flush = RunRecorder.flush

        def watched(recorder):
            waits.append(recorder is keeper._home)
            flush(recorder)

        monkeypatch.setattr(RunRecorder, "flush", watched)
        with library.writing():
            (told,) = reports(keeper, events[: 2 * EPOCH])
            assert "is in use" in told
            assert sum(waits) == 1
            assert is_whole(keeper.library, keeper.run_id, events[: 2 * EPOCH])
        assert len(reports(keeper, events[2 * EPOCH : 3 * EPOCH])) == 1
        assert (keeper.library, keeper.run_id, sum(waits)) == (library, run, 2)
        with library.writing():
            assert len(reports(keeper, events[3 * EPOCH : -1])) == 1
            assert sum(waits) == 3  # a new lock may be a short one
        assert len(reports(keeper, events[-1:])) == 1
        assert is_whole(library, run, events)

    def test_from_the_beginning(self, library, recorded, small, config, events, monkeypatch):
        recorded()
        monkeypatch.setattr("mnist_desktop.library.database.BUSY_SECONDS", 0.01)
        with library.writing(), closing(Keeper.begin(library, config, small)) as keeper:
            opened = Library.open
            monkeypatch.setattr(
                Library, "open", lambda one: pytest.fail("waits") if one is library else opened(one)
            )
            (told,) = reports(keeper, events)
            assert "is in use" in told
            assert is_whole(keeper.library, keeper.run_id, events)


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
        self, library, keeper, events, monkeypatch, fault, says
    ):
        def fail(recorder):
            raise fault

        with monkeypatch.context() as patched:
            patched.setattr(RunRecorder, "flush", fail)
            (told,) = reports(keeper, events[: 2 * EPOCH])
        assert told.startswith(f"library.sqlite3: cannot be written: {says}. Until then")
        assert len(reports(keeper, events[2 * EPOCH :])) == 1
        assert is_whole(library, keeper.run_id, events)

    def test_another_fault_at_the_same_place_is_told_too(
        self, keeper, events, library, places, spoiled
    ):
        fill(keeper)
        assert "full" in reports(keeper, events[:EPOCH])[0]
        remove(library)
        library.path.write_bytes(b"my diary\n" * 1000)
        assert "damaged" in reports(keeper, events[EPOCH:])[0]


class TestWhatCannotBeGoneOnWith:
    def test_a_run_that_is_gone(self, library, recorded, small):
        recorded()
        with pytest.raises(LibraryError, match="no longer holds"):
            Keeper.go_on(library, 99, small)

    def test_a_run_of_another_window(self, library, keeper, small):
        with pytest.raises(LibraryError, match="another window"):
            Keeper.go_on(library, keeper.run_id, small)

    def test_other_pictures(self, library, recorded, small):
        other = Splits("other", small.validation, small.validation, small.test)
        with pytest.raises(LibraryError, match="other pictures"):
            Keeper.go_on(library, recorded(), other)

    def test_a_library_that_cannot_be_written(self, library, recorded, small, monkeypatch):
        run = recorded()

        def fail(recorder):
            raise OSError(122, "Disk quota exceeded")

        monkeypatch.setattr(RunRecorder, "flush", fail)
        with pytest.raises(LibraryError, match="cannot be written: Disk quota exceeded"):
            Keeper.go_on(library, run, small)
        monkeypatch.undo()
        assert run_of(library, run).outcome == "completed"


def test_a_closed_keeper_leaves_a_run_that_can_be_gone_on_with(library, small, config, events):
    keeper = Keeper.begin(library, config, small)
    reports(keeper, events[: EPOCH + 3])
    keeper.close()
    keeper.close()
    assert run_of(library, keeper.run_id).is_interrupted
    assert model_of(library, keeper.run_id) is not None
