import sqlite3
from contextlib import closing

from mnist_desktop.library import model_files
from mnist_desktop.library.database import Library
from mnist_desktop.library.model_files import forget, remember, remembered
from mnist_desktop.library.runs import list_runs
from mnist_desktop.library.schema import APPLICATION_ID, FIRST_VERSION, version_of


def test_files_are_remembered_in_the_order_in_which_they_were_used(tmp_path, monkeypatch):
    clock = iter(range(100))
    monkeypatch.setattr("mnist_desktop.library.model_files.time.time", lambda: next(clock))
    library = Library()
    for name in ("a", "b", "c", "a"):
        remember(library, tmp_path / name)
    assert remembered(library) == [tmp_path / name for name in ("b", "c", "a")]
    forget(library, tmp_path / "c")
    assert remembered(library) == [tmp_path / "b", tmp_path / "a"]


def test_the_oldest_is_forgotten_when_there_are_too_many(tmp_path, monkeypatch):
    monkeypatch.setattr(model_files, "MOST", 3)
    library = Library()
    for number in range(5):
        remember(library, tmp_path / str(number))
    assert remembered(library) == [tmp_path / str(number) for number in (2, 3, 4)]


def test_a_library_of_the_first_version_is_migrated(tmp_path):
    library = Library()
    library.path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(library.path)) as connection:
        for statement in FIRST_VERSION:
            connection.execute(statement)
        connection.execute(
            "INSERT INTO runs (name, created, config, network, parameters, dataset, train_sha256, "
            "test_sha256) VALUES ('old', 1, '{}', '784-10', 7850, 'MNIST', 'a', 'b')"
        )
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("PRAGMA user_version = 1")
        connection.commit()
    remember(library, tmp_path / "mine.safetensors")
    assert remembered(library) == [tmp_path / "mine.safetensors"]
    assert [run.name for run in list_runs(library)] == ["old"]
    with library.reading() as connection:
        assert version_of(connection) == 2
