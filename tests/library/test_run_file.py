import dataclasses
from contextlib import closing

import pytest

from mnist_desktop.errors import FileError
from mnist_desktop.learning.train.training import train
from mnist_desktop.library import bounds, run_file
from mnist_desktop.library.database import Library
from mnist_desktop.library.recorder import RunRecorder
from mnist_desktop.library.run_file import export_run, import_run, read_run_file
from mnist_desktop.library.runs import list_runs, read_run, run_of, set_note
from mnist_desktop.library.weights import checkpoint_of


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
    assert dataclasses.replace(run_of(others, there), id=run) == run_of(library, run)
    assert read_run(others, there) == read_run(library, run)
    assert read_run(others, there).note == "for you"
    sound(others.path)
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.glob("a run*")] == [path.name]


def test_without_room_for_a_copy_it_is_said_and_a_file_of_today_needs_none(
    library, exported, others, tmp_path, monkeypatch
):
    path, run = exported
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    with pytest.raises(FileError, match=r"b\.mnist-run: cannot be saved: No such file"):
        export_run(library, run, tmp_path / "b.mnist-run")
    assert import_run(others, path)


def test_it_is_trained_on_there(exported, others, small):
    there = import_run(others, exported[0])
    with closing(RunRecorder.resume(others, there, small, more_epochs=1)) as recorder:
        for event in train(recorder.run.config, small, checkpoint_of(recorder.run)):
            recorder.take(event)
    assert run_of(others, there).epoch == 5


def test_a_run_that_goes_on_is_exported_up_to_its_last_epoch(
    library, events, small, config, others, tmp_path
):
    with closing(RunRecorder.begin(library, config, small)) as recorder:
        for event in events[:40]:
            recorder.take(event)
        export_run(library, recorder.run_id, tmp_path / "file")
        run = run_of(others, import_run(others, tmp_path / "file"))
    assert (run.epoch, run.is_interrupted) == (1, True)


def test_a_file_of_a_newer_version(exported, others, fault, change):
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


HOSTILE = {
    "a trigger": "CREATE TRIGGER t AFTER INSERT ON runs BEGIN DELETE FROM runs; END",
    "a view": "CREATE VIEW v AS SELECT * FROM runs",
    "a table more": "CREATE TABLE extra (x)",
    "a generated column": "ALTER TABLE changes ADD COLUMN x AS (zeroblob(1000000000))",
    "no run": "DELETE FROM runs",
    "two runs": "INSERT INTO runs SELECT 9, name, note, created, config, dataset, train_sha256, "
    "test_sha256, outcome, score_accuracy, score_low, score_high, score_total, temperature "
    "FROM runs",
    "a run of no number": "UPDATE runs SET id = -1",
    "a name that is none": "UPDATE runs SET name = x'ff'",
    "a time that is none": "UPDATE runs SET created = 1e300",
    "infinity": "UPDATE epochs SET train_loss = 9e999 WHERE epoch = 2",
    "another network": """UPDATE runs SET config = '{"network": {"hidden": [8]}}'""",
    "a checkpoint that is none": "UPDATE checkpoints SET content = x'00'",
    "a checkpoint of another epoch": "UPDATE checkpoints SET epoch = 1",
    "weights that are none": "UPDATE weights SET content = zeroblob(100)",
    "weights that are no numbers": "UPDATE weights SET content = CAST(substr(content, 1, "
    "length(content) - 4) || x'0000c07f' AS BLOB)",
    "a best epoch without weights": "DELETE FROM weights WHERE epoch = "
    "(SELECT max(epoch) FROM epochs WHERE is_best)",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_file_that_this_program_would_not_have_written(exported, others, fault, kind, change):
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


def test_what_points_into_itself_is_neither_taken_into_memory_nor_read_for_ever(
    exported, others, fault, monkeypatch
):
    """There is more in such a file than has room in it."""
    too_large = {"bytes_of": lambda connection: 5000}
    too_long = {"LEAST_STEPS": 0, "STEPS_PER_BYTE": 0, "STEPS_BETWEEN_LOOKS": 10}
    for changed in (too_large, too_long):
        with monkeypatch.context() as patched:
            for name, value in changed.items():
                patched.setattr(bounds, name, value)
            with fault(exported[0]) as text:
                import_run(others, exported[0])
        assert "damaged" in text[0]
    assert import_run(others, exported[0])


def test_a_file_that_is_not_this_programs_own_is_never_written_to(exported, monkeypatch):
    asked = []
    connect = run_file.sqlite3.connect

    def watched(address, **how):
        asked.append(address)
        return connect(address, **how)

    monkeypatch.setattr(run_file.sqlite3, "connect", watched)
    read_run_file(exported[0])
    assert "mode=ro&immutable=1" in asked[0]
