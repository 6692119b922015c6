"""What earlier versions have written opens; each kind of file has versions of its own."""

from contextlib import closing
from dataclasses import replace

import pytest

from mnist_desktop.ink.correction import NO_DIGIT
from mnist_desktop.learning.data.datasets import bundled_mnist
from mnist_desktop.learning.data.splits import Splits
from mnist_desktop.learning.train.training import train
from mnist_desktop.library import database, run_file
from mnist_desktop.library.foreign_file import new_file
from mnist_desktop.library.lessons import keep_lesson
from mnist_desktop.library.model_files import remembered
from mnist_desktop.library.profiles import FIRST, add_profile, delete_profile, list_profiles
from mnist_desktop.library.recorder import RunRecorder
from mnist_desktop.library.run_file import import_run
from mnist_desktop.library.runs import list_runs, read_run, run_of
from mnist_desktop.library.schema import LIBRARY, RUN_FILE, Schema
from mnist_desktop.library.taught import delete, read_taught, restore
from mnist_desktop.library.weights import checkpoint_of, model_of, models_of


@pytest.fixture
def of_before(library, of_earlier_version):
    """The library of version 2: one run finished, one interrupted, one stopped at once, one
    deleted.
    """
    of_earlier_version("library-2.sqlite3", library.path)
    return library


class TestALibraryOfVersion2:
    def test_its_runs_are_there(self, of_before, sound):
        assert [run.name for run in list_runs(of_before)] == [
            "stopped at once",
            "interrupted",
            "finished",
        ]
        assert [run.name for run in list_runs(of_before, deleted=True)] == ["deleted"]
        assert not any(run.is_damaged for run in list_runs(of_before))
        finished = run_of(of_before, 1)
        assert (finished.note, finished.outcome, finished.network) == (
            "a note",
            "completed",
            "784-4-10",
        )
        assert (finished.epoch, finished.best_epoch, finished.best_accuracy) == (3, 1, 0.16)
        assert finished.score.accuracy == 0.12
        assert finished.seconds == pytest.approx(0.0195, abs=1e-3)
        assert [str(path) for path, _ in remembered(of_before)] == ["/models/mine.safetensors"]
        sound(of_before.path)

    def test_with_their_curves_changes_and_weights(self, of_before):
        run = read_run(of_before, 1)
        assert [(one.field, one.old, one.new) for one in run.changes] == [
            ("learning_rate", 0.01, 0.005)
        ]
        assert len(run.history.batch_loss) == 3 * 8
        assert list(models_of(run)) == [1, 2, 3]
        assert model_of(run).temperature == pytest.approx(0.40769, abs=1e-4)
        assert checkpoint_of(run).epoch == 3
        stopped = read_run(of_before, 3)
        assert model_of(stopped).test_score.accuracy == 0.11
        assert checkpoint_of(stopped) is None

    def test_the_interrupted_one_is_resumed(self, of_before):
        mnist = bundled_mnist()
        splits = Splits("small", *(split.first(n) for split, n in parts(mnist)))
        with closing(RunRecorder.resume(of_before, 2, splits)) as recorder:
            checkpoint = checkpoint_of(recorder.run)
            assert (checkpoint.epoch, checkpoint.best.epoch) == (2, 2)
            for event in train(recorder.run.config, splits, checkpoint):
                assert recorder.take(event) is None
        run = run_of(of_before, 2)
        assert (run.epoch, run.outcome) == (5, "completed")

    def test_the_best_weights_come_from_the_state_where_they_were_thinned_out(
        self, of_before, change
    ):
        change(
            of_before.path,
            "DELETE FROM timeline WHERE run = 1 AND epoch IN (1, 3)",
            "DELETE FROM models WHERE run = 1",
        )
        run = read_run(of_before, 1)
        assert list(run.weights) == [1, 2, 3]
        assert checkpoint_of(run).best.epoch == 1

    def test_a_number_is_never_used_again(self, of_before, change):
        change(of_before.path, "DELETE FROM runs WHERE id = 4")
        assert [run.id for run in list_runs(of_before)] == [3, 2, 1]
        with of_before.write() as connection:
            connection.execute(
                "INSERT INTO runs (name, note, created, config, dataset, train_sha256, test_sha256)"
                " VALUES ('new', '', 1, '{}', '', '', '')"
            )
        assert max(run.id for run in list_runs(of_before)) == 5

    def test_one_whose_settings_are_damaged_costs_the_others_nothing(self, of_before, change):
        change(of_before.path, f"UPDATE runs SET config = '{'[' * 100_000}' WHERE id = 1")
        assert [run.id for run in list_runs(of_before) if run.is_damaged] == [1]
        assert checkpoint_of(read_run(of_before, 2)).epoch == 2

    def test_one_whose_checkpoint_is_damaged_costs_the_others_nothing(self, of_before, change):
        change(of_before.path, "UPDATE states SET content = x'00' WHERE run = 1")
        assert len(list_runs(of_before)) == 3
        assert model_of(read_run(of_before, 1)).test_score is not None
        assert checkpoint_of(read_run(of_before, 2)).epoch == 2


@pytest.fixture
def of_version_4(library):
    """The library of version 4, in which corrections belong to nobody yet: the steps of before."""
    library.path.parent.mkdir()
    before = Schema(LIBRARY.application_id, LIBRARY.migrations[:4])
    rows = [
        (3, 1.75e9, "7", "strokes", b"[[[0.1,0.2],[0.3,0.4]]]", "canvas"),
        (5, 1.75e9 + 1, None, "picture", bytes(784), "picture"),
    ]
    with closing(new_file(library.path, before)) as file:
        file.executemany("INSERT INTO taught VALUES (?, ?, ?, ?, ?, ?)", rows)
        file.execute("DELETE FROM taught WHERE id = 5")
        file.execute("INSERT INTO taught VALUES (?, ?, ?, ?, ?, ?)", (4, *rows[1][1:]))
    return library


class TestALibraryOfVersion4:
    def test_its_corrections_are_those_of_the_first_person(self, of_version_4, sound):
        (me,) = list_profiles(of_version_4)
        assert (me.id, me.name, me.lesson) == (FIRST, "", None)
        drawn, seen = read_taught(of_version_4, FIRST)
        assert (drawn.id, drawn.created, drawn.label, drawn.source) == (3, 1.75e9, "7", "canvas")
        assert drawn.ink.strokes[0].points.tolist() == [[0.1, 0.2], [0.3, 0.4]]
        assert (seen.id, seen.label, seen.source) == (4, NO_DIGIT, "picture")
        sound(of_version_4.path)

    def test_it_is_used_as_any_other(self, of_version_4, tiny_model, sound):
        (digit,) = delete(of_version_4, [3])
        ada = add_profile(of_version_4, "Ada")
        restore(of_version_4, [digit, replace(digit, id=0, profile=ada)])
        assert [one.id for one in read_taught(of_version_4, ada)] == [6], "5 was used before"
        keep_lesson(of_version_4, ada, "", tiny_model(), tiny_model(1))
        delete_profile(of_version_4, FIRST)
        assert [one.id for one in read_taught(of_version_4)] == [6]
        sound(of_version_4.path)


def parts(mnist):
    return (mnist.train, 256), (mnist.validation, 100), (mnist.test, 100)


def test_a_run_file_of_version_2_is_read(library, of_earlier_version):
    path = of_earlier_version("run-2.mnist-run")
    content = path.read_bytes()
    run = read_run(library, import_run(library, path))
    assert (run.name, run.note, run.epoch, run.outcome) == ("finished", "a note", 3, "completed")
    assert list(run.weights) == [1, 2, 3]
    assert checkpoint_of(run).epoch == 3
    assert path.read_bytes() == content


def later(schema, *steps):
    return Schema(schema.application_id, (*schema.migrations, steps))


def test_a_run_file_stays_readable_when_only_the_library_changes(
    library, recorded, tmp_path, monkeypatch
):
    run_file.export_run(library, recorded(), tmp_path / "file")
    newer = later(LIBRARY, "ALTER TABLE runs ADD COLUMN stars INTEGER DEFAULT 5")
    monkeypatch.setattr(database, "LIBRARY", newer)
    monkeypatch.setattr(run_file, "LIBRARY", newer)
    assert read_run(library, import_run(library, tmp_path / "file")).epoch == 4
    with library.read() as connection:
        assert connection.execute("SELECT stars FROM runs").fetchone()[0] == 5


def test_a_run_file_of_an_earlier_version_of_its_own_is_read(
    library, recorded, tmp_path, monkeypatch
):
    run_file.export_run(library, recorded(), tmp_path / "file")
    monkeypatch.setattr(run_file, "RUN_FILE", later(RUN_FILE, "ALTER TABLE epochs ADD COLUMN x"))
    assert run_file.read_run_file(tmp_path / "file").epoch == 4


def test_a_migration_that_fails_changes_nothing(library, recorded, monkeypatch):
    recorded()
    broken = later(LIBRARY, "ALTER TABLE runs ADD COLUMN stars", "SELECT 1 FROM nowhere()")
    with monkeypatch.context() as patched:
        patched.setattr(database, "LIBRARY", broken)
        with pytest.raises(Exception, match=r"nowhere|damaged"):
            list_runs(library)
    assert len(list_runs(library)) == 1
    with library.read() as connection:
        assert "stars" not in connection.execute("SELECT * FROM runs").fetchone().keys()  # noqa: SIM118
