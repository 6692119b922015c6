"""Runs that were kept elsewhere come home."""

import dataclasses
import os
import shutil
import tempfile
from contextlib import closing
from pathlib import Path

import pytest

from mnist_desktop.learning.events import EpochDone, RunDone
from mnist_desktop.learning.training import train
from mnist_desktop.library import rescue
from mnist_desktop.library.database import Library, LibraryError
from mnist_desktop.library.keeper import Keeper
from mnist_desktop.library.recorder import RunRecorder
from mnist_desktop.library.rescue import bring_home, discard, rescue_folders, rescue_libraries
from mnist_desktop.library.run_file import export_run, import_run
from mnist_desktop.library.runs import (
    curves_of,
    delete,
    list_runs,
    rename,
    run_of,
    set_note,
)
from mnist_desktop.library.weights import latest_state, model_of, timeline_of
from mnist_desktop.progress import Cancelled

EPOCH = 33
"""Events of an epoch: 32 batches and its end."""


@pytest.fixture(autouse=True)
def places(tmp_path, monkeypatch):
    """Where rescue libraries go."""
    folders = [tmp_path / "rescued 1", tmp_path / "rescued 2"]
    monkeypatch.setattr("mnist_desktop.library.rescue.rescue_folders", lambda: folders)
    monkeypatch.setattr("mnist_desktop.library.keeper.REST", 0)
    return folders


@pytest.fixture
def blocked(library):
    """The library's folder cannot be made, and then it can."""
    library.path.parent.write_bytes(b"")
    return library.path.parent.unlink


@pytest.fixture
def rescued(library, small, config, events):
    """Records so many events of a run, of which the library gets fewer; gives where the rest is."""

    def record(at_home, count=None):
        with closing(Keeper.begin(library, config, small, "mine")) as keeper:
            for event in events[:at_home]:
                keeper.take(event)
            if at_home:
                keeper._home._connection.execute("PRAGMA max_page_count = 1")
            for event in events[at_home:count]:
                keeper.take(event)
            assert keeper.library != library
            return keeper.library

    return record


def everything(library, run_id):
    """All that is known of a run, but for the timeline."""
    curves = curves_of(library, run_id)
    state, model = latest_state(library, run_id), model_of(library, run_id)
    return (
        dataclasses.replace(run_of(library, run_id), id=0),
        curves.epochs,
        curves.batch_loss.tolist(),
        curves.log,
        curves.changes,
        (state.epoch, state.best, {name: one.tolist() for name, one in state.tensors.items()}),
        {name: one.tolist() for name, one in model.state_dict.items()},
        (model.temperature, model.test_score),
    )


def copied(library, tmp_path):
    """The same, in a place that ``bring_home`` leaves alone."""
    shutil.copytree(library.path.parent, tmp_path / "copy")
    return Library(tmp_path / "copy" / library.path.name)


class TestComingHome:
    @pytest.mark.parametrize("count", [2 * EPOCH + 4, None])
    def test_the_whole_run_comes(self, library, blocked, rescued, tmp_path, places, sound, count):
        there = copied(rescued(0, count), tmp_path)
        blocked()
        (run,) = bring_home(library)
        assert list_runs(library) == [run]
        (other,) = list_runs(there)
        assert everything(library, run.id) == everything(there, other.id)
        assert timeline_of(library, run.id) == timeline_of(there, other.id)
        assert run.is_interrupted == (count is not None)
        assert not any(place.exists() for place in places)
        assert bring_home(library) == []
        sound(library.path)

    def test_it_is_gone_on_with_as_if_nothing_had_been(
        self, library, blocked, rescued, small, config, recorded
    ):
        rescued(0, 2 * EPOCH + 4)
        blocked()
        (run,) = bring_home(library)
        with closing(Keeper.go_on(library, run.id, small)) as keeper:
            for event in train(config, small, latest_state(library, run.id)):
                assert keeper.take(event) is None
        whole = recorded()
        assert everything(library, run.id)[5:] == everything(library, whole)[5:]

    @pytest.mark.parametrize("count", [2 * EPOCH, 3 * EPOCH + 4, None])
    def test_it_takes_the_place_of_its_earlier_part(
        self, library, rescued, recorded, tmp_path, sound, count
    ):
        before = recorded(EPOCH, "before")
        there = copied(rescued(EPOCH, count), tmp_path)
        (part,) = [one for one in list_runs(library) if one.id != before]
        assert (part.epoch, part.is_interrupted) == (1, True)
        (run,) = bring_home(library)
        assert run.id == part.id
        assert [one.id for one in list_runs(library)] == [part.id, before]
        assert everything(library, run.id) == everything(there, list_runs(there)[0].id)
        assert timeline_of(library, run.id) == list(range(1, run.epoch + 1))
        sound(library.path)

    def test_only_the_end_was_missing(self, library, rescued, events):
        rescued(4 * EPOCH)
        assert [run.epoch for run in list_runs(library) if run.is_interrupted] == [4]
        (run,) = bring_home(library)
        assert (run.outcome, run.score) == ("completed", events[-1].score)
        assert len(list_runs(library)) == 1

    def test_only_an_end_without_a_model_was_missing(self, library, small, config, events):
        with closing(Keeper.begin(library, config, small)) as keeper:
            for event in events[:EPOCH]:
                keeper.take(event)
            keeper._home._connection.execute("PRAGMA query_only = ON")
            keeper.take(RunDone("diverged", 1, 1, None, None))
            assert keeper.library != library
        (run,) = bring_home(library)
        assert (run.outcome, run.epoch) == ("diverged", 1)
        assert len(list_runs(library)) == 1

    def test_what_the_person_has_changed_meanwhile_stays(self, library, rescued):
        rescued(EPOCH)
        (part,) = list_runs(library)
        rename(library, part.id, "new name")
        set_note(library, part.id, "a note")
        delete(library, [part.id])
        (run,) = bring_home(library)
        assert (run.name, run.note, run.epoch) == ("new name", "a note", 4)
        assert run.deleted is not None
        assert list_runs(library) == []

    def test_the_score_of_a_run_that_was_gone_on_with_stays(
        self, library, recorded, events, small, config
    ):
        run = recorded()
        before = run_of(library, run)
        worse = dataclasses.replace(events[-2], epoch=5, is_best=False)
        with closing(Keeper.go_on(library, run, small)) as keeper:
            keeper._home._connection.execute("PRAGMA max_page_count = 1")
            keeper.take(worse)
            assert keeper.library != library
        (after,) = bring_home(library)
        assert (after.id, after.epoch, after.outcome) == (run, 5, None)
        assert after.score == before.score
        assert model_of(library, run).temperature == events[-1].temperature

    def test_the_timeline_stays_short(self, library, events, small, config):
        first = next(one for one in events if isinstance(one, EpochDone))
        with closing(Keeper.begin(library, config, small)) as keeper:
            for epoch in range(1, 81):
                if epoch == 31:
                    keeper._home._connection.execute("PRAGMA max_page_count = 1")
                keeper.take(dataclasses.replace(first, epoch=epoch, state=None))
        (run,) = bring_home(library)
        kept = timeline_of(library, run.id)
        assert (kept[0], kept[-1]) == (1, 80)
        assert 16 < len(kept) <= 32


class TestNothingIsLostOrDoubled:
    def test_a_run_that_is_being_recorded_stays_where_it_is(
        self, library, blocked, small, config, events
    ):
        with closing(Keeper.begin(library, config, small)) as keeper:
            for event in events[:EPOCH]:
                keeper.take(event)
            blocked()
            assert bring_home(library) == []
            for event in events[EPOCH:-1]:
                keeper.take(event)
            assert keeper.library == library
        assert bring_home(library) == []
        assert [run.epoch for run in list_runs(library)] == [4]

    def test_nor_while_another_window_goes_on_with_its_earlier_part(self, library, rescued, small):
        there = rescued(EPOCH, 3 * EPOCH)
        (part,) = list_runs(library)
        with closing(RunRecorder.go_on(library, part.id, small)):
            assert bring_home(library) == []
            assert there.path.exists()
        assert [run.epoch for run in bring_home(library)] == [3]

    def test_a_part_that_went_another_way_stays_and_so_does_the_rest(
        self, library, rescued, small, config
    ):
        rescued(EPOCH, 3 * EPOCH)
        (part,) = list_runs(library)
        with closing(RunRecorder.go_on(library, part.id, small)) as recorder:
            for event in train(config, small, latest_state(library, part.id)):
                recorder.record(event)
        (run,) = bring_home(library)
        assert run.epoch == 3
        assert [one.epoch for one in list_runs(library)] == [3, 4]

    def test_an_end_between_the_commit_and_the_removal_doubles_nothing(
        self, library, rescued, monkeypatch
    ):
        there = rescued(EPOCH)
        with monkeypatch.context() as patched:
            patched.setattr(rescue, "discard", lambda one: None)
            assert len(bring_home(library)) == 1
        assert there.path.exists()
        assert bring_home(library) == []
        assert not there.path.exists()
        assert [run.outcome for run in list_runs(library)] == ["completed"]

    def test_an_end_before_the_commit_loses_nothing(self, library, rescued, monkeypatch, sound):
        there = rescued(EPOCH)
        with monkeypatch.context() as patched:
            patched.setattr(rescue, "append_rows", lambda *arguments: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                bring_home(library)
        assert there.path.exists()
        assert [run.epoch for run in list_runs(library)] == [1]
        assert [run.outcome for run in bring_home(library)] == ["completed"]
        sound(library.path)

    def test_the_copy_of_a_part_is_left_as_it_is(self, library, rescued, tmp_path):
        rescued(EPOCH)
        (part,) = list_runs(library)
        export_run(library, part.id, tmp_path / "file")
        first, second = (import_run(library, tmp_path / "file") for _ in range(2))
        assert len(bring_home(library)) == 1
        assert sorted(run.epoch for run in list_runs(library)) == [1, 1, 4]
        assert {first, second} < {run.id for run in list_runs(library)}

    def test_the_longest_part_is_gone_on_with(self, library, rescued, tmp_path):
        rescued(2 * EPOCH)
        (part,) = list_runs(library)
        export_run(library, part.id, tmp_path / "file")
        shorter = import_run(library, tmp_path / "file")
        with library.writing() as connection:
            connection.execute("DELETE FROM epochs WHERE run = ? AND epoch = 2", (shorter,))
            connection.execute("UPDATE runs SET epoch = 1 WHERE id = ?", (shorter,))
        assert [run.id for run in bring_home(library)] == [part.id]

    def test_a_library_that_still_cannot_be_written(self, library, blocked, rescued):
        there = rescued(0)
        with pytest.raises(LibraryError) as caught:
            bring_home(library)
        assert caught.value.path == library.path
        assert len(list_runs(there)) == 1
        blocked()
        assert len(bring_home(library)) == 1

    def test_a_full_disk_half_way(self, library, rescued, monkeypatch):
        there = rescued(EPOCH)
        opened = Library.open

        def without_room(one):
            connection = opened(one)
            if one == library:
                connection.execute("PRAGMA max_page_count = 1")
            return connection

        with monkeypatch.context() as patched:
            patched.setattr(Library, "open", without_room)
            with pytest.raises(LibraryError, match="the disk is full; make room"):
                bring_home(library)
        assert there.path.exists()
        assert [run.epoch for run in list_runs(library)] == [1]
        assert len(bring_home(library)) == 1

    def test_a_damaged_one_is_passed_over_and_kept(self, library, blocked, rescued):
        damaged, good = rescued(0), rescued(0)
        damaged.path.write_bytes(b"rubbish" * 5000)
        blocked()
        assert len(bring_home(library)) == 1
        assert damaged.path.read_bytes() == b"rubbish" * 5000
        assert not good.path.exists()

    def test_one_that_is_damaged_in_the_middle_is_not_the_librarys_fault(
        self, library, blocked, rescued
    ):
        there = rescued(0)
        content = bytearray(there.path.read_bytes())
        content[4 * 16_384 :] = b"\xa5" * (len(content) - 4 * 16_384)
        there.path.write_bytes(content)
        blocked()
        assert bring_home(library) == []
        assert there.path.exists()

    def test_two_windows_that_start_at_once_bring_it_once(
        self, library, blocked, rescued, monkeypatch
    ):
        there = rescued(0)
        blocked()
        second = []
        opened = Library.open

        def open_after_the_other_window(one):
            if one is library:
                monkeypatch.setattr(Library, "open", opened)
                second.extend(bring_home(Library(library.path)))
            return opened(one)

        monkeypatch.setattr(Library, "open", open_after_the_other_window)
        assert bring_home(library) == []
        assert second == list_runs(library)
        assert not there.path.exists()

    def test_those_of_another_library_are_not_taken(self, library, blocked, rescued, tmp_path):
        there = rescued(0)
        assert bring_home(Library(tmp_path / "another" / "library.sqlite3")) == []
        assert there.path.exists()

    def test_it_can_be_called_off(self, library, blocked, rescued):
        rescued(0)
        rescued(0)
        blocked()

        def call_off(done):
            if done:
                raise Cancelled

        with pytest.raises(Cancelled):
            bring_home(library, call_off)
        assert len(list_runs(library)) == 1
        assert len(bring_home(library)) == 1
        assert len(list_runs(library)) == 2


class TestPlaces:
    def test_where_there_is_nothing_nothing_is_opened_or_made(self, library, places):
        assert bring_home(library) == []
        assert not library.path.parent.exists()
        assert not any(place.exists() for place in places)

    def test_they_belong_to_the_person_alone_and_leave_nothing_behind(self, library, places):
        for place, rescued in zip(places, rescue_libraries(library), strict=True):
            assert rescued.path.is_relative_to(place)
            if os.name == "posix":
                for folder in (place, *rescued.path.parents[:2]):
                    assert folder.stat().st_mode & 0o777 == 0o700
            discard(rescued)
            assert not place.exists()

    @pytest.mark.skipif(os.name != "posix", reason="others have no access there")
    @pytest.mark.parametrize("kind", ["open to others", "a link", "another's"])
    def test_a_folder_that_others_could_have_made_is_not_used(
        self, library, blocked, rescued, places, kind, tmp_path
    ):
        there = rescued(0)
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
        assert bring_home(library) == []
        assert there.path.exists()
        (second,) = rescue_libraries(library)
        assert second.path.is_relative_to(places[1])


class TestTheRealPlaces:
    @pytest.fixture(autouse=True)
    def places(self):
        """Those of the program; nothing is made there."""

    def test_they_derive_from_the_folder_that_stands_for_the_users(self, monkeypatch, tmp_path):
        monkeypatch.setenv("MNIST_DESKTOP_HOME", str(tmp_path / "home"))
        assert rescue_folders()[0] == tmp_path / "home-rescued"
        assert not any("cache" in str(place) for place in rescue_folders())

    def test_else_they_are_the_users(self, monkeypatch, tmp_path):
        monkeypatch.delenv("MNIST_DESKTOP_HOME")
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
        first, *others = rescue_folders()
        assert first.name == "rescued"
        assert "mnist-desktop" in first.parts
        for place in others:
            assert place.name.startswith("mnist-desktop")
            assert place.parent.is_absolute()

    def test_a_folder_for_temporary_files_is_another_place(self, monkeypatch, tmp_path):
        monkeypatch.setenv("TMPDIR" if os.name == "posix" else "TEMP", str(tmp_path))
        monkeypatch.setattr(tempfile, "tempdir", None)
        assert tmp_path in {place.parent for place in rescue_folders()}
        assert Path.cwd() not in {place.parent for place in rescue_folders()}
