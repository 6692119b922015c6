"""A library with a run, without a window."""

from contextlib import closing

import pytest
from PySide6.QtCore import QThread

from mnist_desktop.learning.config import NetworkConfig, TrainingConfig
from mnist_desktop.learning.training import train
from mnist_desktop.library import rows
from mnist_desktop.library.database import Library
from mnist_desktop.library.recorder import RunRecorder
from mnist_desktop.library.run_record import RunRecord
from mnist_desktop.ui.session.work import Jobs

CONFIG = TrainingConfig(NetworkConfig((8,)), epochs=2, batch_size=500, device="cpu")


@pytest.fixture
def library(tmp_path):
    return Library(tmp_path / "home" / "library.sqlite3")


@pytest.fixture
def put(library):
    """Puts a run into the library, without any epochs."""

    def put(name, *, lock="nobody", into=library):
        with into.write() as connection:
            number = rows.insert(connection, RunRecord(name, CONFIG, "MNIST", "a" * 64, "b" * 64))
            connection.execute("UPDATE runs SET lock = ? WHERE id = ?", (lock, number))
        return number

    return put


@pytest.fixture(scope="session")
def events(small):
    return list(train(CONFIG, small))


@pytest.fixture
def trained(library, small, events):
    with closing(RunRecorder.begin(library, CONFIG, small, "trained")) as recorder:
        for event in events:
            recorder.take(event)
        return recorder.run_id


@pytest.fixture
def jobs(qtbot):
    jobs = Jobs()
    yield jobs
    jobs.shut_down()
    assert not any(thread.isRunning() for thread in jobs.findChildren(QThread))
