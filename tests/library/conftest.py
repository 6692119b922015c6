"""A library of its own for each test, and real runs to put into it."""

from __future__ import annotations

import gzip
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from mnist_desktop.learning.settings.config import NetworkConfig, TrainingConfig
from mnist_desktop.learning.train.training import train
from mnist_desktop.library.database import Library, LibraryError
from mnist_desktop.library.recorder import RunRecorder

CONFIG = TrainingConfig(NetworkConfig((32, 16), dropout=0.1), epochs=4, device="cpu", seed=3)


@pytest.fixture(scope="session")
def config() -> TrainingConfig:
    """Four epochs of a small network with dropout, which has random numbers of its own."""
    return CONFIG


@pytest.fixture(scope="session")
def events(small):
    """All of one run that was never interrupted: four times 32 batches and an epoch's end."""
    return list(train(CONFIG, small))


@pytest.fixture
def library(tmp_path) -> Library:
    return Library(tmp_path / "home" / "library.sqlite3")


@pytest.fixture
def recorded(library, events, small):
    """Puts a run into the library, or the first so many of its events."""

    def record(count=None, name="a run", into=library) -> int:
        with closing(RunRecorder.begin(into, CONFIG, small, name)) as recorder:
            for event in events[:count]:
                assert recorder.take(event) is None
            return recorder.run_id

    return record


@pytest.fixture
def places(tmp_path, monkeypatch):
    """Where runs are kept while their library cannot be written; after each fault all is tried
    again at once.
    """
    folders = [tmp_path / "elsewhere 1", tmp_path / "elsewhere 2"]
    monkeypatch.setattr("mnist_desktop.library.recovery.fallback_folders", lambda: folders)
    monkeypatch.setattr("mnist_desktop.library.recorder.REST", 0)
    return folders


@pytest.fixture(autouse=True)
def connections(monkeypatch):
    """All that were opened to a library, the newest last."""
    found = []
    opened = Library.open

    def remembered(library, *patience):
        found.append(opened(library, *patience))
        return found[-1]

    monkeypatch.setattr(Library, "open", remembered)
    return found


@pytest.fixture
def fill(connections):
    """The disk of the libraries that are open is full, or no longer is."""

    def fill(is_full=True) -> None:
        for connection in connections:
            with suppress(sqlite3.ProgrammingError):  # it is closed
                connection.execute(f"PRAGMA max_page_count = {1 if is_full else 1_000_000}")

    return fill


@pytest.fixture
def spoiled():
    """Nothing can be written in a place, or it can again."""

    def spoil(place, is_spoiled=True) -> None:
        if is_spoiled:
            shutil.rmtree(place, ignore_errors=True)
            place.write_bytes(b"")
        else:
            place.unlink()

    return spoil


@pytest.fixture
def of_earlier_version(tmp_path):
    """A file that commit 227fb94 has written, the library's version 2."""

    def unpack(name, to=None) -> Path:
        path = to or tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        packed = Path(__file__).parent / "fixtures" / f"{name}.gz"
        path.write_bytes(gzip.decompress(packed.read_bytes()))
        return path

    return unpack


@pytest.fixture
def sound():
    """Fails unless SQLite finds the whole file in order."""

    def check(path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []

    return check


@pytest.fixture
def change():
    """Puts statements to a file, with whatever comes of it."""

    def execute(path: Path, *statements: str) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            for statement in statements:
                connection.execute(statement)

    return execute


@pytest.fixture
def fault():
    """A block that raises a ``LibraryError`` of a file, whose text it gives."""

    @contextmanager
    def expect(path: Path):
        texts: list[str] = []
        with pytest.raises(LibraryError) as caught:
            yield texts
        text = str(caught.value)
        assert text.startswith(f"{path.name}: "), text
        assert "{" not in text
        texts.append(text)

    return expect


@pytest.fixture
def started():
    """Starts a program that is given as text; it is killed at the end, if it still runs."""
    children: list[subprocess.Popen[str]] = []

    def start(code: str, *arguments: object) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", code, *map(str, arguments)]
        child = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        children.append(child)
        return child

    yield start
    for child in children:
        child.kill()
        child.communicate()
