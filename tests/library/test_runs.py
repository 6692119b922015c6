import pytest

from mnist_desktop.library.claims import Claim, is_held
from mnist_desktop.library.runs import (
    curves_of,
    delete,
    list_runs,
    purge,
    rename,
    run_of,
    set_note,
    undelete,
)


def test_the_newest_run_comes_first(library, recorded):
    numbers = [recorded(0, "one"), recorded(40, "two"), recorded(name="three")]
    assert [run.id for run in list_runs(library)] == numbers[::-1]
    assert [run.name for run in list_runs(library) if run.is_interrupted] == ["two", "one"]


def test_a_name_and_a_note_are_changed_in_one_run_only(library, recorded):
    one, other = recorded(0), recorded(0)
    rename(library, one, "Größe 数字")
    set_note(library, one, "robert'); DROP TABLE runs; --")
    assert (run_of(library, one).name, run_of(library, other).name) == ("Größe 数字", "a run")
    assert run_of(library, one).note == "robert'); DROP TABLE runs; --"
    assert run_of(library, other).note == ""


def test_deleting_is_undone(library, recorded):
    run, other = recorded(), recorded(0)
    delete(library, [run])
    assert [one.id for one in list_runs(library)] == [other]
    assert [one.id for one in list_runs(library, deleted=True)] == [run]
    delete(library, [other])
    assert list_runs(library) == []
    undelete(library, [run])
    assert [one.id for one in list_runs(library)] == [run]
    assert len(curves_of(library, run).epochs) == 4


def test_purging_removes_all_of_the_deleted_and_gives_the_room_back(library, recorded):
    recorded(0)
    small = library.path.stat().st_size
    kept, run = recorded(name="kept"), recorded()
    delete(library, [run])
    large = library.path.stat().st_size
    purge(library, [kept, run])
    assert [one.id for one in list_runs(library)] == [kept, 1]
    with library.reading() as connection:
        for table in ("epochs", "batches", "states", "models", "timeline"):
            rows = connection.execute(f"SELECT DISTINCT run FROM {table}").fetchall()
            assert [tuple(row) for row in rows] == [(kept,)], table
    assert library.path.stat().st_size - small < 0.7 * (large - small)


def test_a_number_is_never_used_again(library, recorded):
    run = recorded(0)
    delete(library, [run])
    purge(library, [run])
    assert recorded(0) > run


@pytest.mark.parametrize("use", [run_of, lambda *of: rename(*of, "new")])
def test_a_run_that_is_not_there(library, recorded, fault, use):
    recorded(0)
    with fault(library.path) as text:
        use(library, 77)
    assert "no longer holds this run" in text[0]


def test_of_several_those_that_are_there_are_deleted(library, recorded):
    one, other = recorded(0), recorded(0)
    assert delete(library, [one, 77, other]) == [one, other]
    undelete(library, [77, other])
    assert [run.id for run in list_runs(library)] == [other]


def test_listing_reads_no_weights(library, recorded):
    recorded()
    with library.writing() as connection:
        for table in ("states", "models", "timeline", "batches", "epochs"):
            connection.execute(f"DROP TABLE {table}")
    assert len(list_runs(library)) == 1


class TestClaims:
    def test_it_is_held_until_it_is_released(self, library):
        library.path.parent.mkdir()
        claim = Claim(library.path)
        assert is_held(library.path, claim.token)
        assert is_held(library.path, claim.token)  # looking does not take it
        claim.release()
        claim.release()
        assert not is_held(library.path, claim.token)

    def test_a_token_is_no_path(self, library):
        library.path.parent.mkdir()
        library.path.write_bytes(b"content")
        for token in (None, "", "../library.sqlite3", "nothing"):
            assert not is_held(library.path, token)
        assert library.path.read_bytes() == b"content"
