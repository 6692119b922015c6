import pytest

from mnist_desktop.library.deletion import delete, purge, undelete
from mnist_desktop.library.runs import list_runs, read_run
from mnist_desktop.progress import Cancelled


def test_deleting_is_undone(library, recorded):
    run, other = recorded(), recorded(0)
    delete(library, [run])
    assert [one.id for one in list_runs(library)] == [other]
    assert [one.id for one in list_runs(library, deleted=True)] == [run]
    delete(library, [other])
    assert list_runs(library) == []
    undelete(library, [run])
    assert [one.id for one in list_runs(library)] == [run]
    assert read_run(library, run).epoch == 4


def test_purging_removes_all_of_the_deleted_and_gives_the_room_back(library, recorded):
    recorded(0)
    small = library.path.stat().st_size
    kept, run = recorded(name="kept"), recorded()
    delete(library, [run])
    large = library.path.stat().st_size
    purge(library, [kept, run])
    assert [one.id for one in list_runs(library)] == [kept, 1]
    with library.read() as connection:
        for table in ("epochs", "batches", "checkpoints", "weights"):
            rows = connection.execute(f"SELECT DISTINCT run FROM {table}").fetchall()
            assert [tuple(row) for row in rows] == [(kept,)], table
    assert library.path.stat().st_size - small < 0.7 * (large - small)


def test_a_number_is_never_used_again(library, recorded):
    run = recorded(0)
    delete(library, [run])
    purge(library, [run])
    assert recorded(0) > run


def test_of_several_those_that_are_there_are_deleted(library, recorded):
    one, other = recorded(0), recorded(0)
    assert delete(library, [one, 77, other]) == [one, other]
    undelete(library, [77, other])
    assert [run.id for run in list_runs(library)] == [other]


def test_deleting_is_called_off_wholly(library, recorded):
    numbers = [recorded(0), recorded(0)]

    def call_off(_done):
        raise Cancelled

    with pytest.raises(Cancelled):
        delete(library, numbers, call_off)
    assert len(list_runs(library)) == 2
