"""A library of its own for each test, and real runs to put into it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from mnist_desktop.learning.config import NetworkConfig, TrainingConfig
from mnist_desktop.learning.training import train
from mnist_desktop.library.database import Library, LibraryError
from mnist_desktop.library.recorder import RunRecorder

CONFIG = TrainingConfig(NetworkConfig((32, 16), dropout=0.1), epochs=4, device="cpu", seed=3)


@pytest.fixture(scope="session")
def config() -> TrainingConfig:
    """Four epochs of a small network with dropout, which has random numbers of its own."""
    return CONFIG


@pytest.fixture(scope="session")
def events(small):
    """All of one run that was never interrupted."""
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
                recorder.record(event)
            return recorder.run_id

    return record


@pytest.fixture
def sound():
    """Fails unless SQLite finds the whole file in order."""

    def check(path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []

    return check


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
