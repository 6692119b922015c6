"""Runs that were kept elsewhere come home."""

import dataclasses
import os
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import pytest

from mnist_desktop.learning.train.events import EpochDone, RunDone
from mnist_desktop.learning.train.training import train
from mnist_desktop.library import recovery
from mnist_desktop.library.database import Library, LibraryError
from mnist_desktop.library.deletion import delete
from mnist_desktop.library.recorder import RunRecorder
from mnist_desktop.library.recovery import discard, fallback_files, fallback_folders, recover
from mnist_desktop.library.run_file import export_run, import_run, read_run_file
from mnist_desktop.library.runs import list_runs, read_run, rename, run_of, set_note
from mnist_desktop.library.weights import checkpoint_of
from mnist_desktop.progress import Cancelled

EPOCH = 33
"""Events of an epoch: 32 batches and its end."""


@pytest.fixture(autouse=True)
def _places(places):
    """After each fault all is tried again at once."""


@pytest.fixture
def blocked(library):
    """The library's folder cannot be made, and then it can."""
    library.path.parent.write_bytes(b"")
    return library.path.parent.unlink


@pytest.fixture
def elsewhere(library, small, config, events, fill):
    """Records so many events of a run, of which the library gets fewer; gives where the rest is."""

    def record(at_home, count=None):
        with closing(RunRecorder.begin(library, config, small, "mine")) as recorder:
            for event in events[:at_home]:
                recorder.take(event)
            if at_home:
                fill()
            for event in events[at_home:count]:
                recorder.take(event)
            assert recorder.path != library.path
            return recorder.path

    return record


def at(end, epoch, *, is_best=False):
    """The end of another epoch."""
    checkpoint = dataclasses.replace(end.checkpoint, epoch=epoch)
    return EpochDone(end.record._replace(epoch=epoch, is_best=is_best), checkpoint)


class TestComingHome:
    @pytest.mark.parametrize("count", [2 * EPOCH + 4, None])
    def test_the_whole_run_comes(self, library, blocked, elsewhere, places, sound, count):
        there = read_run_file(elsewhere(0, count), is_own=True)
        blocked()
        (run,) = recover(library)
        assert list_runs(library) == [run]
        assert read_run(library, run.id) == there
        assert run.is_interrupted == (count is not None)
        assert not any(place.exists() for place in places)
        assert recover(library) == []
        sound(library.path)

    def test_it_is_resumed_as_if_nothing_had_been(
        self, library, blocked, elsewhere, small, config, recorded
    ):
        elsewhere(0, 2 * EPOCH + 4)
        blocked()
        (run,) = recover(library)
        with closing(RunRecorder.resume(library, run.id, small)) as recorder:
            for event in train(config, small, checkpoint_of(recorder.run)):
                assert recorder.take(event) is None
        again, whole = read_run(library, run.id), read_run(library, recorded())
        assert (again.weights, again.score) == (whole.weights, whole.score)

    @pytest.mark.parametrize("count", [2 * EPOCH, 3 * EPOCH + 4, None])
    def test_it_takes_the_place_of_its_earlier_part_with_its_timeline(
        self, library, elsewhere, recorded, sound, count
    ):
        before = recorded(EPOCH, "before")
        there = read_run_file(elsewhere(EPOCH, count), is_own=True)
        (part,) = [one for one in list_runs(library) if one.id != before]
        assert (part.epoch, part.is_interrupted) == (1, True)
        (run,) = recover(library)
        assert run.id == part.id
        assert [one.id for one in list_runs(library)] == [part.id, before]
        assert read_run(library, run.id) == there
        assert list(there.weights) == list(range(1, run.epoch + 1))
        sound(library.path)

    @pytest.mark.parametrize("has_model", [True, False])
    def test_only_the_end_was_missing(self, library, small, config, events, has_model, connections):
        end = events[-1] if has_model else RunDone("diverged", 4, 1, None, None)
        with closing(RunRecorder.begin(library, config, small)) as recorder:
            for event in events[:-1]:
                recorder.take(event)
            connections[-1].execute("PRAGMA query_only = ON")
            recorder.take(end)
            assert recorder.path != library.path
        assert [run.epoch for run in list_runs(library) if run.is_interrupted] == [4]
        (run,) = recover(library)
        assert (run.outcome, run.score) == (end.outcome, end.score)
        assert len(list_runs(library)) == 1

    def test_what_the_person_has_changed_meanwhile_stays(self, library, elsewhere):
        elsewhere(EPOCH)
        (part,) = list_runs(library)
        rename(library, part.id, "new name")
        set_note(library, part.id, "a note")
        delete(library, [part.id])
        (run,) = recover(library)
        assert (run.name, run.note, run.epoch) == ("new name", "a note", 4)
        assert run.deleted is not None
        assert list_runs(library) == []

    def test_scores_stay_however_many_runs_come(
        self, library, recorded, elsewhere, events, small, fill
    ):
        """One that was resumed after its end and cut off, and then one that had its end there."""
        run = recorded()
        before = run_of(library, run)
        with closing(RunRecorder.resume(library, run, small, more_epochs=1)) as recorder:
            fill()
            recorder.take(at(events[-2], 5))
        elsewhere(EPOCH)
        resumed, ended = sorted(recover(library), key=lambda one: one.id)
        assert (resumed.id, resumed.epoch, resumed.outcome) == (run, 5, None)
        assert resumed.score == before.score
        assert read_run(library, run).temperature == events[-1].temperature
        assert (ended.outcome, ended.score) == ("completed", events[-1].score)

    def test_one_that_has_ended_without_an_epoch_does_not_stop_the_others(
        self, library, small, config, events, fill, elsewhere
    ):
        with closing(RunRecorder.begin(library, config, small, "diverged")) as recorder:
            recorder._home.patience = 0.0
            with closing(sqlite3.connect(library.path, isolation_level=None)) as other:
                other.execute("BEGIN IMMEDIATE")
                recorder.take(dataclasses.replace(events[-1], outcome="diverged", score=None))
            assert recorder.path != library.path
        elsewhere(EPOCH)
        brought = {run.outcome: run.epoch for run in recover(library)}
        assert brought == {"diverged": 0, "completed": 4}

    def test_what_an_earlier_version_did_not_write_there_stays(
        self, library, recorded, events, small, fill, change
    ):
        """The score of the best epoch, and earlier epochs' weights."""
        run = recorded()
        before = read_run(library, run)
        with closing(RunRecorder.resume(library, run, small, more_epochs=1)) as recorder:
            fill()
            recorder.take(at(events[-2], 5))
        change(
            recorder.path,
            "DELETE FROM weights WHERE epoch NOT IN (4, 5)",
            "UPDATE runs SET score_accuracy = NULL, temperature = NULL",
        )
        recover(library)
        after = read_run(library, run)
        assert (after.score, after.temperature) == (before.score, before.temperature)
        assert list(after.weights) == [1, 2, 3, 4, 5]

    def test_the_timeline_stays_short(self, library, events, small, config, fill):
        first = next(one for one in events if isinstance(one, EpochDone))
        with closing(RunRecorder.begin(library, config, small)) as recorder:
            for epoch in range(1, 81):
                if epoch == 31:
                    fill()
                recorder.take(at(first, epoch, is_best=epoch == 1))
        (run,) = recover(library)
        kept = list(read_run(library, run.id).weights)
        assert (kept[0], kept[-1]) == (1, 80)
        assert 16 < len(kept) <= 32

    def test_what_an_earlier_version_has_left_comes_too(self, library, of_earlier_version, places):
        folder = places[0] / recovery._key(library.path) / "own"
        path = of_earlier_version("rescued-2.sqlite3", folder / "library.sqlite3")
        for private in (path.parents[2], path.parents[1], folder):
            private.chmod(0o700)
        (run,) = recover(library)
        assert (run.name, run.epoch, run.best_epoch) == ("rescued", 2, 2)
        assert checkpoint_of(read_run(library, run.id)).epoch == 2
        assert not path.exists()


class TestNothingIsLostOrDoubled:
    def test_a_run_that_is_being_recorded_stays_where_it_is(
        self, library, blocked, small, config, events
    ):
        with closing(RunRecorder.begin(library, config, small)) as recorder:
            for event in events[:EPOCH]:
                recorder.take(event)
            blocked()
            assert recover(library) == []
            for event in events[EPOCH:-1]:
                recorder.take(event)
            assert recorder.run_id is not None
        assert recover(library) == []
        assert [run.epoch for run in list_runs(library)] == [4]

    def test_nor_while_another_window_trains_its_earlier_part(self, library, elsewhere, small):
        there = elsewhere(EPOCH, 3 * EPOCH)
        (part,) = list_runs(library)
        with closing(RunRecorder.resume(library, part.id, small)):
            assert recover(library) == []
            assert there.exists()
        assert [run.epoch for run in recover(library)] == [3]

    def test_a_part_that_went_another_way_stays_and_so_does_the_rest(
        self, library, elsewhere, small, config
    ):
        elsewhere(EPOCH, 3 * EPOCH)
        (part,) = list_runs(library)
        with closing(RunRecorder.resume(library, part.id, small)) as recorder:
            for event in train(config, small, checkpoint_of(recorder.run)):
                recorder.take(event)
        (run,) = recover(library)
        assert run.epoch == 3
        assert [one.epoch for one in list_runs(library)] == [3, 4]

    def test_an_end_between_the_commit_and_the_removal_doubles_nothing(
        self, library, elsewhere, monkeypatch
    ):
        there = elsewhere(EPOCH)
        with monkeypatch.context() as patched:
            patched.setattr(recovery, "discard", lambda one: None)
            assert len(recover(library)) == 1
        assert there.exists()
        assert recover(library) == []
        assert not there.exists()
        assert [run.outcome for run in list_runs(library)] == ["completed"]

    def test_what_has_come_further_at_home_stays(self, library, elsewhere, small, monkeypatch):
        """What was left there when the program was killed right after it had been brought home."""
        there = elsewhere(EPOCH, 3 * EPOCH)
        with monkeypatch.context() as patched:
            patched.setattr(recovery, "discard", lambda one: None)
            (run,) = recover(library)
        with closing(RunRecorder.resume(library, run.id, small)) as recorder:
            for event in train(recorder.run.config, small, checkpoint_of(recorder.run)):
                recorder.take(event)
        assert recover(library) == []
        assert [one.epoch for one in list_runs(library)] == [4]
        assert not there.exists()

    def test_an_end_before_the_commit_loses_nothing(self, library, elsewhere, monkeypatch, sound):
        there = elsewhere(EPOCH)
        with monkeypatch.context() as patched:
            patched.setattr(recovery.rows, "_append_parts", lambda *arguments: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                recover(library)
        assert there.exists()
        assert [run.epoch for run in list_runs(library)] == [1]
        assert [run.outcome for run in recover(library)] == ["completed"]
        sound(library.path)

    def test_the_copy_of_a_part_is_left_as_it_is(self, library, elsewhere, tmp_path):
        elsewhere(EPOCH)
        (part,) = list_runs(library)
        export_run(library, part.id, tmp_path / "file")
        first, second = (import_run(library, tmp_path / "file") for _ in range(2))
        assert len(recover(library)) == 1
        assert sorted(run.epoch for run in list_runs(library)) == [1, 1, 4]
        assert {first, second} < {run.id for run in list_runs(library)}

    def test_the_longest_part_is_resumed(self, library, elsewhere, tmp_path):
        elsewhere(2 * EPOCH)
        (part,) = list_runs(library)
        export_run(library, part.id, tmp_path / "file")
        shorter = import_run(library, tmp_path / "file")
        with library.write() as connection:
            connection.execute("DELETE FROM epochs WHERE run = ? AND epoch = 2", (shorter,))
            connection.execute("UPDATE checkpoints SET epoch = 1 WHERE run = ?", (shorter,))
            connection.execute("DELETE FROM weights WHERE run = ? AND epoch = 2", (shorter,))
            connection.execute("DELETE FROM batches WHERE run = ? AND epoch = 2", (shorter,))
        assert [run.id for run in recover(library)] == [part.id]

    def test_a_library_that_still_cannot_be_written(self, library, blocked, elsewhere):
        there = elsewhere(0)
        with pytest.raises(LibraryError) as caught:
            recover(library)
        assert caught.value.path == library.path
        assert there.exists()
        blocked()
        assert len(recover(library)) == 1

    def test_a_full_disk_half_way(self, library, elsewhere, monkeypatch):
        there = elsewhere(EPOCH)
        opened = Library.open

        def without_room(one, *patience):
            connection = opened(one, *patience)
            if one == library:
                connection.execute("PRAGMA max_page_count = 1")
            return connection

        with monkeypatch.context() as patched:
            patched.setattr(Library, "open", without_room)
            with pytest.raises(LibraryError, match="the disk is full; make room"):
                recover(library)
        assert there.exists()
        assert [run.epoch for run in list_runs(library)] == [1]
        assert len(recover(library)) == 1

    def test_a_damaged_one_is_passed_over_and_kept(self, library, blocked, elsewhere):
        damaged, good = elsewhere(0), elsewhere(0)
        damaged.write_bytes(b"rubbish" * 5000)
        blocked()
        assert len(recover(library)) == 1
        assert damaged.read_bytes() == b"rubbish" * 5000
        assert not good.exists()

    def test_one_that_is_damaged_in_the_middle_is_not_the_librarys_fault(
        self, library, blocked, elsewhere
    ):
        there = elsewhere(0)
        content = bytearray(there.read_bytes())
        content[4 * 16_384 :] = b"\xa5" * (len(content) - 4 * 16_384)
        there.write_bytes(content)
        blocked()
        assert recover(library) == []
        assert there.exists()

    def test_two_windows_that_start_at_once_bring_it_once(
        self, library, blocked, elsewhere, monkeypatch
    ):
        there = elsewhere(0)
        blocked()
        second = []
        opened = Library.open

        def open_after_the_other_window(one):
            monkeypatch.setattr(Library, "open", opened)
            second.extend(recover(Library(library.path)))
            return opened(one)

        monkeypatch.setattr(Library, "open", open_after_the_other_window)
        assert recover(library) == []
        assert second == list_runs(library)
        assert not there.exists()

    def test_those_of_another_library_are_not_taken(self, library, blocked, elsewhere, tmp_path):
        there = elsewhere(0)
        assert recover(Library(tmp_path / "another" / "library.sqlite3")) == []
        assert there.exists()

    def test_it_can_be_called_off(self, library, blocked, elsewhere):
        elsewhere(0)
        elsewhere(0)
        blocked()

        def call_off(done):
            if done:
                raise Cancelled

        with pytest.raises(Cancelled):
            recover(library, call_off)
        assert len(list_runs(library)) == 1
        assert len(recover(library)) == 1
        assert len(list_runs(library)) == 2


class TestPlaces:
    def test_where_there_is_nothing_nothing_is_opened_or_made(self, library, places):
        assert recover(library) == []
        assert not library.path.parent.exists()
        assert not any(place.exists() for place in places)

    def test_they_belong_to_the_person_alone_and_leave_nothing_behind(self, library, places):
        for place, path in zip(places, fallback_files(library.path), strict=True):
            assert path.is_relative_to(place)
            if os.name == "posix":
                for folder in (place, *path.parents[:2]):
                    assert folder.stat().st_mode & 0o777 == 0o700
            discard(path)
            assert not place.exists()

    @pytest.mark.skipif(os.name != "posix", reason="others have no access there")
    @pytest.mark.parametrize("kind", ["open to others", "a link", "another's"])
    def test_a_folder_that_others_could_have_made_is_not_used(
        self, library, blocked, elsewhere, places, kind, tmp_path
    ):
        there = elsewhere(0)
        blocked()
        place = places[0]
        if kind == "open to others":
            place.chmod(0o770)
        elif kind == "a link":
            place.rename(tmp_path / "bait")
            place.symlink_to(tmp_path / "bait", target_is_directory=True)
        elif os.geteuid() == 0:
            os.chown(place, 65534, -1)
        else:
            pytest.skip("only root can give a folder away")
        assert recover(library) == []
        assert there.exists()
        (second,) = fallback_files(library.path)
        assert second.is_relative_to(places[1])


class TestTheRealPlaces:
    @pytest.fixture(autouse=True)
    def places(self):
        """Those of the program; nothing is made there."""

    def test_they_derive_from_the_folder_that_stands_for_the_users(self, monkeypatch, tmp_path):
        monkeypatch.setenv("MNIST_DESKTOP_HOME", str(tmp_path / "home"))
        assert fallback_folders()[0] == tmp_path / "home-rescued"
        assert not any("cache" in str(place) for place in fallback_folders())

    def test_else_they_are_the_users(self, monkeypatch, tmp_path):
        monkeypatch.delenv("MNIST_DESKTOP_HOME")
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
        first, *others = fallback_folders()
        assert first.name == "rescued"
        assert "mnist-desktop" in first.parts
        for place in others:
            assert place.name.startswith("mnist-desktop")
            assert place.parent.is_absolute()

    def test_on_windows_nobody_has_a_number(self, monkeypatch):
        monkeypatch.setattr(sys, "platform", "win32")
        monkeypatch.delattr(os, "geteuid", raising=False)
        _, other = fallback_folders()
        assert other.parent == Path(tempfile.gettempdir())

    def test_a_folder_for_temporary_files_is_another_place(self, monkeypatch, tmp_path):
        monkeypatch.setenv("TMPDIR" if os.name == "posix" else "TEMP", str(tmp_path))
        monkeypatch.setattr(tempfile, "tempdir", None)
        assert tmp_path in {place.parent for place in fallback_folders()}
        assert Path.cwd() not in {place.parent for place in fallback_folders()}
