import dataclasses
import sqlite3
from contextlib import closing

import pytest
import torch

from mnist_desktop.errors import FileError
from mnist_desktop.learning.training import train
from mnist_desktop.library import schema
from mnist_desktop.library.database import Library
from mnist_desktop.library.recorder import RunRecorder
from mnist_desktop.library.run_file import export_run, import_run
from mnist_desktop.library.runs import curves_of, list_runs, run_of, set_note
from mnist_desktop.library.weights import latest_state, model_of, timeline_of


@pytest.fixture
def exported(library, recorded, tmp_path):
    """A run's file, and which run that was."""
    recorded(0)
    run = recorded()
    set_note(library, run, "for you")
    path = tmp_path / "a run?#.mnist-run"
    export_run(library, run, path)
    return path, run


@pytest.fixture
def others(tmp_path):
    """The library of another person."""
    return Library(tmp_path / "another" / "library.sqlite3")


def test_another_person_has_the_whole_run(library, exported, others, sound):
    path, run = exported
    before = path.read_bytes()
    there = import_run(others, path)
    ours, theirs = run_of(library, run), run_of(others, there)
    assert dataclasses.replace(theirs, id=run) == ours
    assert theirs.note == "for you"
    for name in ("epochs", "changes", "log"):
        assert getattr(curves_of(others, there), name) == getattr(curves_of(library, run), name)
    assert (curves_of(others, there).batch_loss == curves_of(library, run).batch_loss).all()
    assert timeline_of(others, there) == timeline_of(library, run)
    weights = model_of(others, there).state_dict
    for name, tensor in model_of(library, run).state_dict.items():
        assert torch.equal(weights[name], tensor)
    sound(others.path)
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.glob("a run*")] == [path.name]


def test_it_is_trained_on_there(exported, others, small, config):
    longer = dataclasses.replace(config, epochs=5)
    there = import_run(others, exported[0])
    with closing(RunRecorder.go_on(others, there, small, longer)) as recorder:
        for event in train(longer, small, latest_state(others, there)):
            recorder.record(event)
    assert run_of(others, there).epoch == 5


def test_a_run_that_goes_on_is_exported_up_to_its_last_epoch(
    library, events, small, config, others, tmp_path
):
    with closing(RunRecorder.begin(library, config, small)) as recorder:
        for event in events[:40]:
            recorder.record(event)
        export_run(library, recorder.run_id, tmp_path / "file")
        run = run_of(others, import_run(others, tmp_path / "file"))
    assert (run.epoch, run.is_interrupted) == (1, True)


def test_a_file_of_an_earlier_version_is_read_as_one_of_todays(exported, others, monkeypatch):
    later = [*schema.MIGRATIONS, ("ALTER TABLE epochs ADD COLUMN note TEXT",)]
    for module in ("schema", "database", "run_file"):
        monkeypatch.setattr(f"mnist_desktop.library.{module}.MIGRATIONS", later)
    assert len(curves_of(others, import_run(others, exported[0])).epochs) == 4


def test_a_file_of_a_newer_version(exported, others, fault):
    change(exported[0], "PRAGMA user_version = 99")
    with fault(exported[0]) as text:
        import_run(others, exported[0])
    assert "newer version" in text[0]


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\3\4" * 1000, b"SQLite format 3\0" * 99])
def test_a_file_of_another_kind(others, tmp_path, fault, content):
    path = tmp_path / "file.mnist-run"
    path.write_bytes(content)
    with fault(path):
        import_run(others, path)
    assert path.read_bytes() == content


def test_no_file(others, tmp_path, fault):
    with fault(tmp_path / "none") as text:
        import_run(others, tmp_path / "none")
    assert "does not exist" in text[0]


def change(path, *statements):
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


HOSTILE = {
    "a trigger": "CREATE TRIGGER t AFTER INSERT ON runs BEGIN DELETE FROM runs; END",
    "a view": "CREATE VIEW v AS SELECT * FROM runs",
    "a table more": "CREATE TABLE extra (x)",
    "a generated column": "ALTER TABLE log ADD COLUMN x AS (zeroblob(1000000000))",
    "no run": "DELETE FROM runs",
    "two runs": "INSERT INTO runs SELECT 9, name, note, created, config, network, parameters, "
    "dataset, train_sha256, test_sha256, owner, outcome, epoch, best_epoch, best_accuracy, "
    "score_accuracy, score_low, score_high, score_total, seconds, deleted FROM runs",
    "a name that is none": "UPDATE runs SET name = x'ff'",
    "a time that is none": "UPDATE runs SET created = 1e300",
    "infinity": "UPDATE epochs SET train_loss = 9e999 WHERE epoch = 2",
    "a number of text": "UPDATE epochs SET seconds = 'long'",
    "an outcome of its own": "UPDATE runs SET outcome = 'won'",
    "settings that are none": "UPDATE runs SET config = '['",
    "settings that cannot be": """UPDATE runs SET config = '{"network": {"hidden": [-1]}}'""",
    "another network": """UPDATE runs SET config = '{"network": {"hidden": [8]}}',
        network = '784-8-10', parameters = 6370""",
    "half a batch": "UPDATE batches SET figures = x'00'",
    "a state that is none": "UPDATE states SET content = x'00'",
    "a state of another epoch": "UPDATE states SET epoch = 1",
    "weights that are none": "UPDATE models SET weights = zeroblob(100)",
    "weights that are no numbers": "UPDATE timeline SET weights = CAST(substr(weights, 1, "
    "length(weights) - 4) || x'0000c07f' AS BLOB)",
    "a temperature of zero": "UPDATE models SET temperature = 0",
    "half a score": "UPDATE runs SET score_low = NULL",
    "a change that is none": "INSERT INTO changes VALUES (1, 1, 1, 'epochs', '{', '1')",
    "an epoch before all": "INSERT INTO log VALUES (1, -5, 'x')",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_file_that_this_program_would_not_have_written(exported, others, fault, kind):
    path = exported[0]
    change(path, HOSTILE[kind])
    with fault(path) as text:
        import_run(others, path)
    assert "damaged" in text[0]
    assert list_runs(others) == []


def test_a_damaged_file_names_itself_and_not_the_library(exported, others, fault):
    path = exported[0]
    content = bytearray(path.read_bytes())
    content[len(content) // 2 :] = b"\xa5" * (len(content) - len(content) // 2)
    path.write_bytes(content)
    with fault(path) as text:
        import_run(others, path)
    assert "damaged" in text[0]
    assert list_runs(others) == []


def test_a_folder_that_is_not_there(library, recorded, tmp_path):
    with pytest.raises(FileError, match="cannot be saved"):
        export_run(library, recorded(), tmp_path / "no" / "file")
