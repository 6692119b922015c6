import sqlite3
import threading
import time
from contextlib import closing
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication

from mnist_desktop.learning.settings.config import NetworkConfig, TrainingConfig
from mnist_desktop.library import model_files
from mnist_desktop.library.database import Library, LibraryError
from mnist_desktop.library.deletion import delete
from mnist_desktop.library.run_file import export_run
from mnist_desktop.library.run_locks import RunLock, lock_path
from mnist_desktop.library.runs import list_runs, list_some, rename, run_of
from mnist_desktop.ui.session.train.runs import Runs

CONFIG = TrainingConfig(NetworkConfig((8,)), epochs=2, batch_size=500, device="cpu")


@pytest.fixture
def runs(qtbot, library, jobs):
    """Those of an empty library, already listed."""
    runs = Runs(library, jobs)
    runs.faults = []
    jobs.failed.connect(runs.faults.append)
    yield runs
    runs.rest()


@pytest.fixture
def listed(qtbot, runs, jobs, is_at_rest):
    """Lists the runs, or waits for what goes on, until there is nothing more to come."""

    def wait():
        with qtbot.waitSignal(runs.changed):
            runs.refresh()
        settle()

    def settle():
        qtbot.waitUntil(lambda: not jobs.running and is_at_rest(runs))

    wait.settle = settle
    return wait


def names(runs):
    return [run.name for run in runs.runs]


def test_the_newest_comes_first_once_they_are_listed(runs, put, listed):
    put("one")
    put("two")
    assert not runs.is_loaded
    assert runs.runs == []
    listed()
    assert runs.is_loaded
    assert names(runs) == ["two", "one"]


def test_refreshing_several_times_at_once_lists_once(qtbot, runs, jobs, listed):
    begun = []
    jobs.changed.connect(lambda: begun.extend(job for job in jobs.running if job not in begun))
    for _ in range(5):
        runs.refresh()
    listed.settle()
    assert len(begun) == 1
    # While it is being listed, any number of wishes is one more.
    with qtbot.waitSignal(jobs.changed):
        runs.refresh()
    assert jobs.running
    for _ in range(5):
        runs.refresh()
    listed.settle()
    assert len(begun) == 3


def test_a_rename_is_seen_at_once_and_is_in_the_library(runs, put, library, listed):
    number = put("one")
    listed()
    runs.rename(runs.runs[0], "better")
    assert names(runs) == ["better"]
    listed.settle()
    assert names(runs) == ["better"]
    assert run_of(library, number).name == "better"


def test_the_last_word_on_a_run_counts_however_long_the_library_is_in_use(
    qtbot, runs, put, library, listed
):
    number = put("one")
    listed()
    with library.write():  # as another window does
        for note in ("first", "second", "third"):
            runs.set_note(runs.runs[0], note)
            qtbot.wait(50)  # long enough for each to find that it must wait
        runs.rename(runs.runs[0], "named")
    listed.settle()
    run = run_of(library, number)
    assert (run.note, run.name) == ("third", "named")
    assert runs.runs == [run]


def test_what_is_not_written_yet_at_the_end_is_written_then(runs, put, library, listed, jobs):
    number = put("one")
    listed()
    for note in ("first", "second", "third"):
        runs.set_note(runs.runs[0], note)
    jobs.shut_down()
    runs.writes.finish()
    assert run_of(library, number).note == "third"


@pytest.mark.parametrize("is_at_the_end", [False, True])
def test_whether_a_file_is_at_hand_is_what_was_said_of_it_last(
    runs, library, listed, jobs, tmp_path, monkeypatch, is_at_the_end
):
    remember, path = model_files.remember, tmp_path / "a.safetensors"

    def remember_slowly(*wish):
        time.sleep(0.2)  # as where another window writes just then
        remember(*wish)

    monkeypatch.setattr(model_files, "remember", remember_slowly)
    for other in (path, tmp_path / "b.safetensors"):
        runs.remember_file(other)
    runs.forget_file(path)
    if is_at_the_end:
        jobs.shut_down()
        runs.writes.finish()
    else:
        listed.settle()
    assert [one for one, _ in model_files.remembered(library)] == [tmp_path / "b.safetensors"]


def test_a_note_is_kept(runs, put, library, listed):
    number = put("one")
    listed()
    runs.set_note(runs.runs[0], "two\nlines")
    assert runs.runs[0].note == "two\nlines"
    listed.settle()
    assert run_of(library, number).note == "two\nlines"


@pytest.mark.parametrize("read", [list_runs, list_some])
def test_a_list_that_was_read_before_a_change_does_not_undo_it(
    qtbot, runs, put, listed, monkeypatch, read
):
    number = put("one")
    listed()
    has_read, may_go_on = threading.Event(), threading.Event()

    def slowly(*given):
        found = read(*given)
        has_read.set()
        may_go_on.wait(60)
        return found

    monkeypatch.setattr(f"mnist_desktop.library.runs.{read.__name__}", slowly)
    if read is list_runs:
        runs.refresh()
    else:
        runs.refresh_run(number)
    qtbot.waitUntil(has_read.is_set)
    seen = []
    runs.changed.connect(lambda: seen.append(names(runs)))
    runs.rename(runs.runs[0], "better")
    may_go_on.set()
    listed.settle()
    assert seen
    assert all(one == ["better"] for one in seen)


def test_deleting_takes_all_of_them_out_and_undo_brings_them_back(runs, put, library, listed):
    for name in ("one", "two", "three"):
        put(name)
    listed()
    runs.delete([run for run in runs.runs if run.name != "two"])
    listed.settle()
    assert names(runs) == ["two"]
    assert {run.name for run in runs.deleted} == {"one", "three"}
    assert [run.name for run in list_runs(library, deleted=True)] == ["three", "one"]
    runs.undo_delete()
    listed.settle()
    assert names(runs) == ["three", "two", "one"]
    assert runs.deleted == []


def test_undo_goes_back_deletion_by_deletion(runs, put, listed):
    for name in ("one", "two", "three"):
        put(name)
    listed()
    for name in ("one", "three"):
        runs.delete([run for run in runs.runs if run.name == name])
        listed.settle()
    assert [run.name for run in runs.last_deleted] == ["three"]
    runs.undo_delete()
    listed.settle()
    assert names(runs) == ["three", "two"]
    assert [run.name for run in runs.last_deleted] == ["one"]
    runs.undo_delete()
    listed.settle()
    assert names(runs) == ["three", "two", "one"]
    runs.undo_delete()
    listed.settle()
    assert runs.faults == []


def test_what_is_being_trained_is_not_deleted_and_it_is_said(runs, put, library, listed):
    put("one")
    lock = RunLock(lock_path(library.path, "token"))
    put("in training", lock="token")
    listed()
    runs.delete(runs.runs)
    listed.settle()
    lock.release()
    assert names(runs) == ["in training"]
    assert [run.name for run in runs.deleted] == ["one"]
    assert len(runs.faults) == 1
    assert "“in training” is being trained" in str(runs.faults[0])


def test_purging_is_for_good_but_leaves_what_another_window_can_undo(runs, put, library, listed):
    put("kept")
    mine, just_now, long_ago = put("mine"), put("just now"), put("long ago")
    listed()
    runs.delete([run for run in runs.runs if run.id == mine])
    listed.settle()
    delete(library, [just_now])
    delete(library, [long_ago])
    with library.write() as connection:
        connection.execute(
            "UPDATE runs SET deleted = ? WHERE id = ?", (time.time() - 30 * 3600, long_ago)
        )
    runs.purge_deleted()
    assert runs.deleted == []
    listed.settle()
    assert [run.id for run in list_runs(library, deleted=True)] == [just_now]
    assert [run.name for run in list_runs(library)] == ["kept"]


def test_a_run_goes_to_another_person_in_one_file(
    runs, jobs, library, trained, tmp_path, qtbot, listed
):
    listed()
    path = tmp_path / "for you.mnist-run"
    export_run(library, trained, path)
    theirs = Runs(Library(tmp_path / "theirs" / "library.sqlite3"), jobs)
    with qtbot.waitSignal(theirs.imported) as imported:
        theirs.import_run(path)
    qtbot.waitUntil(lambda: bool(theirs.runs))
    assert imported.args == [theirs.runs[0].id]
    assert replace(theirs.runs[0], id=trained) == runs.runs[0]
    theirs.rest()


def test_a_file_that_is_no_run_is_refused(runs, tmp_path, listed):
    listed()
    path = tmp_path / "picture.png"
    path.write_bytes(b"\x89PNG")
    runs.import_run(path)
    listed.settle()
    assert runs.runs == []
    assert "picture.png: is not a run" in str(runs.faults[0])


def test_a_library_that_cannot_be_read_is_said_once_and_the_list_stays(runs, put, library, listed):
    put("one")
    listed()
    content = library.path.read_bytes()
    library.path.write_bytes(b"no database" * 1000)
    for _ in range(3):
        listed()
    assert names(runs) == ["one"]
    assert isinstance(runs.fault, LibraryError)
    assert len(runs.faults) == 1
    library.path.write_bytes(content)
    listed()
    assert runs.fault is None
    library.path.write_bytes(b"no database" * 1000)
    listed()
    assert len(runs.faults) == 2


def test_a_change_that_fails_is_taken_back(runs, put, library, listed):
    number = put("one")
    listed()
    with closing(sqlite3.connect(library.path)) as connection, connection:
        connection.execute("DELETE FROM runs WHERE id = ?", (number,))
    runs.rename(runs.runs[0], "other")
    listed.settle()
    assert runs.runs == []
    assert "no longer holds this run" in str(runs.faults[0])


def test_an_undo_that_fails_can_be_tried_again(runs, put, library, listed):
    put("one")
    listed()
    runs.delete(runs.runs)
    listed.settle()
    content = library.path.read_bytes()
    library.path.write_bytes(b"no database" * 1000)
    runs.undo_delete()
    listed.settle()
    assert [run.name for run in runs.deleted] == ["one"]
    library.path.write_bytes(content)
    runs.undo_delete()
    listed.settle()
    assert names(runs) == ["one"]


def test_a_window_that_closes_lists_no_more(qtbot, runs, jobs, put, listed):
    put("one")
    listed()
    runs.refresh()
    runs.rest()
    runs.refresh()
    QCoreApplication.processEvents()
    assert jobs.running == []


def test_a_run_that_has_gone_on_is_looked_at_alone(
    qtbot, runs, jobs, put, library, listed, monkeypatch
):
    first, second = put("first"), put("second")
    listed()
    rename(library, first, "1st")
    rename(library, second, "2nd")
    third = put("third")
    monkeypatch.setattr("mnist_desktop.library.runs.list_runs", lambda *_: pytest.fail("listed"))
    for number in (second, third, second):
        runs.refresh_run(number)
    runs.refresh_run(None)  # of a run that the library does not hold
    with qtbot.waitSignal(runs.changed):
        pass
    assert [run.name for run in runs.runs] == ["third", "2nd", "first"]


def test_a_run_that_is_deleted_meanwhile_does_not_come_back(qtbot, runs, jobs, put, listed):
    put("first")
    listed()
    number = runs.runs[0].id
    with qtbot.waitSignal(jobs.changed):
        runs.refresh_run(number)
    runs.delete(runs.runs[:1])
    listed.settle()
    assert runs.runs == []


def test_one_that_is_looked_at_late_does_not_come_back_either(runs, put, listed):
    number = put("first")
    listed()
    runs.delete(runs.runs)
    listed.settle()
    runs.refresh_run(number)
    listed.settle()
    assert runs.runs == []


def test_what_comes_while_one_is_looked_at_is_looked_at_next(
    qtbot, runs, jobs, put, library, listed
):
    put("first")
    listed()
    number = runs.runs[0].id
    with qtbot.waitSignal(jobs.changed):
        runs.refresh_run(number)
    rename(library, number, "1st")
    runs.refresh_run(number)
    qtbot.waitUntil(lambda: runs.runs[0].name == "1st")


def test_a_deletion_that_is_called_off_deletes_nothing(
    qtbot, runs, jobs, put, library, listed, monkeypatch
):
    """The library is busy, as when another window writes."""
    gate, real = threading.Event(), delete

    def slow(*arguments):
        gate.wait(5)
        return real(*arguments)

    put("first")
    listed()
    monkeypatch.setattr("mnist_desktop.library.deletion.delete", slow)
    runs.delete(runs.runs[:1])
    jobs.newest.cancel()
    gate.set()
    listed.settle()
    assert [run.name for run in runs.runs] == ["first"]
    assert runs.last_deleted == []
    assert len(list_runs(library)) == 1


def test_a_deletion_that_is_called_off_too_late_can_be_undone(
    qtbot, runs, jobs, put, library, listed
):
    put("first")
    listed()
    runs.delete(runs.runs[:1])
    job = jobs.newest
    job.wait()  # it is done, and the window has not heard of it
    job.cancel()
    listed.settle()
    assert runs.runs == []
    assert [run.name for run in runs.last_deleted] == ["first"]


def test_a_run_that_is_deleted_twice_is_had_back_by_one_undo(qtbot, runs, put, listed):
    put("first")
    listed()
    those = runs.runs[:1]
    runs.delete(those)
    runs.delete(those)
    listed.settle()
    assert runs.faults == [], "it is gone, as was wished for"
    runs.undo_delete()
    listed.settle()
    assert [run.name for run in runs.runs] == ["first"]
    assert runs.last_deleted == []
