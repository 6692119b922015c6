import shutil
import threading
from dataclasses import replace

import pytest

from mnist_desktop.learning.data import datasets
from mnist_desktop.learning.read.recognizer import Recognizer
from mnist_desktop.learning.settings.config import NetworkConfig, TrainingConfig
from mnist_desktop.library.database import Library
from mnist_desktop.library.deletion import delete
from mnist_desktop.paths import DEFAULT_MODEL
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.session.shelf import Entry

QUICK = TrainingConfig(NetworkConfig((8,)), epochs=1, limit=300)


@pytest.fixture
def day(qtbot, monkeypatch, small):
    """Starts the program once more."""
    days = []

    def day(*files):
        if days:
            days[-1].shut_down()
        monkeypatch.setattr(datasets, "bundled_mnist", lambda _progress: small)
        session = Session(files)
        session.faults = []
        session.failed.connect(session.faults.append)
        days.append(session)
        session.opening.load()
        qtbot.waitUntil(lambda: session.runs.is_loaded)
        qtbot.waitUntil(lambda: not session.jobs.running)
        return session

    yield day
    for session in days:
        session.shut_down()
        session.deleteLater()


@pytest.fixture
def mine(tmp_path):
    return shutil.copy(DEFAULT_MODEL, tmp_path / "mine.safetensors")


@pytest.fixture
def opened(qtbot, day, mine):
    """A day on which a model was opened from a file."""
    session = day()
    session.opening.open(mine)
    qtbot.waitUntil(lambda: session.shelf.current.name == "mine" and not session.jobs.running)
    return session


def test_a_file_that_read_the_last_time_reads_again(day, opened):
    assert day().shelf.current.name == "mine"


def test_one_that_was_opened_before_those_of_earlier_days_were_there_reads_again(
    qtbot, monkeypatch, new_session, small, day, mine
):
    gate = threading.Event()
    monkeypatch.setattr(datasets, "bundled_mnist", lambda _progress: gate.wait(20) and small)
    session = new_session()
    session.opening.load()
    qtbot.waitUntil(lambda: session.opening.is_loaded)
    session.opening.open(mine)
    qtbot.waitUntil(lambda: session.shelf.current.name == "mine")
    gate.set()
    qtbot.waitUntil(lambda: session.runs.is_loaded and not session.jobs.running)
    session.shut_down()
    assert day().shelf.current.name == "mine"


def test_one_that_came_into_a_file_while_it_read_reads_again(qtbot, day, tmp_path, tiny_model):
    session = day()
    entry = Entry("new", Recognizer(tiny_model()))
    session.shelf.add(entry)
    session.shelf.read_with(entry)
    with qtbot.waitSignal(session.model_files.save(entry, tmp_path / "kept.safetensors").ended):
        pass
    qtbot.waitUntil(lambda: not session.jobs.running)
    assert day().shelf.current.name == "kept"


def test_a_file_that_did_not_read_any_more_is_at_hand_but_does_not_read(day, opened):
    opened.shelf.read_with(opened.shelf.entries[0])
    session = day()
    assert session.shelf.current.name == "default"
    assert [entry.name for entry in session.shelf.entries] == ["default", "mine"]


def test_a_file_that_is_gone_is_passed_over(day, opened, mine):
    mine.unlink()
    session = day()
    assert session.shelf.current.name == "default"
    assert session.faults == []


def test_it_is_remembered_although_the_library_cannot_be_read(qtbot, day, mine):
    library = Library().path
    library.parent.mkdir(parents=True, exist_ok=True)
    library.write_bytes(b"no library at all" * 1000)
    session = day()
    session.opening.open(mine)
    qtbot.waitUntil(lambda: session.shelf.current.name == "mine")
    assert session.preferences.model == str(session.shelf.current.path)
    qtbot.waitUntil(lambda: not session.jobs.running)


@pytest.fixture
def trained(qtbot, day):
    """A day on which a run was trained."""
    session = day()
    with qtbot.waitSignal(session.training.ended):
        session.run_control.start(QUICK)
    qtbot.waitUntil(lambda: not session.jobs.running)
    return session


def test_a_run_that_read_the_last_time_reads_again(qtbot, day, trained):
    assert day().shelf.current.name == "run 1"


def test_a_run_that_is_gone_is_passed_over(day, trained):
    delete(Library(), [trained.runs.runs[0].id])
    trained.shut_down()
    session = day()
    assert session.faults == []


def test_what_the_program_is_started_with_reads(qtbot, day, trained, mine):
    session = day(mine)
    assert session.shelf.current.name == "mine"
    assert day().shelf.current.name == "mine"


def test_a_run_reads_again_only_once_it_has_ended(qtbot, day):
    """Until then it may be cut off, and nobody has chosen to read with what is left of it."""
    session = day()
    session.run_control.start(replace(QUICK, epochs=10_000))
    qtbot.waitUntil(lambda: session.shelf.current.is_training)
    assert session.preferences.model == ""
    with qtbot.waitSignal(session.training.ended):
        session.training.stop()
    assert session.preferences.model == f"run {session.training.run_id}"
