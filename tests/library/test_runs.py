import pytest

from mnist_desktop.library import runs as runs_module
from mnist_desktop.library.deletion import delete, purge
from mnist_desktop.library.runs import (
    changes_of,
    epochs_of,
    list_runs,
    list_some,
    next_name,
    read_run,
    rename,
    run_of,
    set_note,
)


def test_the_newest_run_comes_first(library, recorded):
    numbers = [recorded(0, "one"), recorded(40, "two"), recorded(name="three")]
    assert [run.id for run in list_runs(library)] == numbers[::-1]
    assert [run.name for run in list_runs(library) if run.is_interrupted] == ["two", "one"]


def test_a_clock_that_has_gone_back_damages_nothing(library, recorded, monkeypatch):
    run = recorded()
    monkeypatch.setattr("time.time", lambda: 10.0)  # as after a dead battery
    assert not run_of(library, run).is_damaged
    assert read_run(library, run).epochs


def test_a_name_and_a_note_are_changed_in_one_run_only(library, recorded):
    one, other = recorded(0), recorded(0)
    rename(library, one, "Größe 数字")
    set_note(library, one, "robert'); DROP TABLE runs; --")
    assert (run_of(library, one).name, run_of(library, other).name) == ("Größe 数字", "a run")
    assert run_of(library, one).note == "robert'); DROP TABLE runs; --"
    assert run_of(library, other).note == ""


@pytest.mark.parametrize("use", [run_of, lambda *of: rename(*of, "new")])
def test_a_run_that_is_not_there(library, recorded, fault, use):
    recorded(0)
    with fault(library.path) as text:
        use(library, 77)
    assert "no longer holds this run" in text[0]


def test_listing_reads_no_weights(library, recorded):
    recorded()
    with library.write() as connection:
        for table in ("checkpoints", "weights", "batches"):
            connection.execute(f"DROP TABLE {table}")
    assert len(list_runs(library)) == 1


class TestEpochsOfSeveral:
    def test_each_has_its_own_however_many_are_read_at_once(self, library, recorded, monkeypatch):
        monkeypatch.setattr(runs_module, "AT_ONCE", 2)
        numbers = [recorded(count) for count in (None, 90, 0, None, 45)]
        found = epochs_of(library, [*numbers[::-1], 77])
        assert set(found) == {*numbers, 77}
        for number in numbers:
            assert found[number] == read_run(library, number).epochs
        assert found[77] == []
        assert epochs_of(library, []) == {}

    def test_changes_come_as_they_were_made_and_none_of_a_damaged_run(self, library, recorded):
        first, other = recorded(), recorded()
        with library.write() as connection:
            for run, epoch, old, new in (
                (first, 2, "1", "3"),
                (first, 2, "3", "2"),
                (other, 1, "x", "1"),
            ):
                connection.execute(
                    "INSERT INTO changes VALUES (?, ?, 1, 'patience', ?, ?)", (run, epoch, old, new)
                )
        found = changes_of(library, [first, other])
        assert [(one.epoch, one.old, one.new) for one in found[first]] == [(2, 1, 3), (2, 3, 2)]
        assert found[other] == []


class TestADamagedRun:
    """It is named and set apart; the others stay usable."""

    @pytest.mark.parametrize(
        "damage",
        [
            "UPDATE runs SET created = 'yesterday'",
            "UPDATE runs SET config = '{'",
            "UPDATE runs SET config = x'ff'",
            "UPDATE runs SET note = x'05'",
            "UPDATE runs SET outcome = 'won'",
            "UPDATE runs SET score_low = NULL",
            "UPDATE runs SET score_total = 1e300",
            "UPDATE runs SET temperature = 0",
            "UPDATE epochs SET epoch = 10000000 WHERE epoch = 4",
            "UPDATE epochs SET seconds = 9e999",
            "UPDATE epochs SET test_accuracy = x'00'",
            "UPDATE epochs SET test_accuracy = 2.0",
            "UPDATE epochs SET train_loss = 'low'",
            "UPDATE epochs SET is_best = 7",
            "DELETE FROM epochs WHERE epoch = 2",
        ],
    )
    def test_in_the_list(self, library, recorded, change, fault, damage):
        good, bad = recorded(name="good"), recorded(name="bad")
        table = "runs" if "runs" in damage else "epochs"
        where = f"{'AND' if 'WHERE' in damage else 'WHERE'} {'id' if table == 'runs' else 'run'}"
        change(library.path, f"{damage} {where} = {bad}")
        spoilt, whole = list_runs(library)
        assert (spoilt.id, spoilt.name, spoilt.is_damaged) == (bad, "bad", True)
        assert (spoilt.is_interrupted, spoilt.best_epoch, spoilt.score) == (False, 0, None)
        assert (whole.id, whole.is_damaged, whole.epoch) == (good, False, 4)
        found = epochs_of(library, [good, bad])
        assert len(found[good]) == 4
        assert table == "runs" or "DELETE" in damage or found[bad] == []
        with fault(library.path) as text:
            read_run(library, bad)
        assert "the run “bad” is damaged" in text[0]
        assert read_run(library, good).epoch == 4
        assert delete(library, [bad]) == [bad]
        purge(library, [bad])
        assert [run.id for run in list_runs(library)] == [good]

    @pytest.mark.parametrize(
        "damage",
        [
            "UPDATE epochs SET epoch = 1.5 WHERE epoch = 1",
            "UPDATE batches SET figures = x'00'",
            "UPDATE batches SET figures = 'text'",
            "UPDATE batches SET epoch = 50 WHERE epoch = 4",
            "UPDATE checkpoints SET epoch = 'one'",
            "DELETE FROM checkpoints",
            "INSERT INTO changes VALUES (1, 1, 1, 'epochs', '[]', '1')",
            "INSERT INTO changes VALUES (1, 0, 1, 'epochs', '1', '2')",
            "INSERT INTO changes VALUES (1, 1, 1, x'00', '1', '2')",
            "INSERT INTO changes VALUES (1, 1, 1, 'patience', 'null', 'NaN')",
            "INSERT INTO changes VALUES (1, 1, 1, 'dropout', '1e999', '0.1')",
            "INSERT INTO changes VALUES (1, 1, 1, 'nonsense', '1', '2')",
            "INSERT INTO changes VALUES (1, 1, 1, 'learning_rate', 'null', '0.1')",
            "INSERT INTO changes VALUES (1, 1, 1, 'epochs', '5', 'null')",
        ],
    )
    def test_in_its_parts(self, library, recorded, change, fault, damage):
        run = recorded(name="bad")
        change(library.path, damage)
        with fault(library.path) as text:
            read_run(library, run)
        assert "the run “bad” is damaged" in text[0]

    def test_a_name_is_one_line_whatever_it_holds(self, library, recorded, change):
        run = recorded()
        change(library.path, "UPDATE runs SET name = 'a' || char(10, 27, 8238) || 'b'")
        assert run_of(library, run).name == "a b"
        change(library.path, "UPDATE runs SET name = CAST(x'61ff62' AS TEXT)")
        assert run_of(library, run).name == "a\ufffdb"
        rename(library, run, "line\nline\ud83d")
        assert run_of(library, run).name == "line line"

    def test_a_note_keeps_its_lines_and_loses_what_is_no_character(self, library, recorded):
        run = recorded()
        set_note(library, run, "one\n\ud83dtwo")
        assert run_of(library, run).note == "one\n?two"

    def test_a_loss_that_was_no_number_in_an_earlier_version_is_left_out(
        self, library, recorded, change
    ):
        run = recorded()
        infinite = "substr(figures, 1, length(figures) - 4) || x'0000807f'"
        change(
            library.path,
            f"UPDATE batches SET figures = CAST({infinite} AS BLOB) WHERE epoch = 2",
        )
        assert len(read_run(library, run).history.batch_loss) == 4 * 32 - 1


def test_some_runs_are_listed_as_all_are(library, recorded):
    numbers = [recorded(0, "one"), recorded(40, "two"), recorded(name="three")]
    assert list_some(library, numbers[::-1]) == list_runs(library)
    assert list_some(library, [numbers[1], 99]) == [run_of(library, numbers[1])]
    delete(library, numbers[:1])
    assert list_some(library, numbers[:1])[0].deleted is not None


@pytest.mark.parametrize(
    ("taken", "expected"),
    [
        ([], "run 1"),
        (["run 1", "run 3"], "run 4"),
        (["Run 7", "run 12", "run 9"], "run 13"),
        (["run", "run 5 again", "my run 8", "run -3", "run 2.5"], "run 1"),
    ],
)
def test_a_new_run_has_the_next_number(library, recorded, taken, expected):
    for name in taken:
        recorded(0, name)
    assert next_name(library, "run {number}") == expected


def test_the_number_of_a_deleted_run_that_may_come_back_is_not_used(library, recorded):
    runs = [recorded(0, "run 1"), recorded(0, "run 2")]
    delete(library, runs[1:])
    assert next_name(library, "run {number}") == "run 3"
    purge(library, runs[1:])
    assert next_name(library, "run {number}") == "run 2"


def test_where_the_library_cannot_be_read_a_run_has_a_name_all_the_same(library):
    library.path.parent.mkdir(parents=True)
    library.path.write_bytes(b"no library at all" * 1000)
    assert next_name(library, "run {number}") == "run 1"
