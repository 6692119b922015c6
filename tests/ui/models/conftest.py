"""A library of runs that were never trained, and the tab that shows them."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from mnist_desktop.learning.read.reading import Reading
from mnist_desktop.learning.records import EpochRecord, Score
from mnist_desktop.learning.settings.config import NetworkConfig, TrainingConfig
from mnist_desktop.library import rows
from mnist_desktop.library.database import Library
from mnist_desktop.library.run_locks import RunLock, lock_path
from mnist_desktop.library.run_record import RunRecord
from mnist_desktop.ui.look.appearance import dress
from mnist_desktop.ui.models.tab import ModelsTab
from mnist_desktop.ui.models.table import RunsTable
from mnist_desktop.ui.session.shelf import Entry

CONFIG = TrainingConfig(NetworkConfig((32,)), epochs=5)


@pytest.fixture
def session(qtbot, new_session):
    """One that has loaded nothing: no torch, no model, no data set."""
    session = new_session()
    session.faults = []
    session.failed.connect(session.faults.append)
    return session


@pytest.fixture
def library(session) -> Library:
    return session.runs.library


@pytest.fixture
def put(library):
    """Puts a run with some epochs into the library."""

    def put(name, *, epochs=5, best=0.9, outcome="completed", **about) -> int:
        config = dataclasses.replace(CONFIG, **about.pop("config", {}))
        dataset = about.pop("dataset", "MNIST")
        run = RunRecord(name, config, dataset, "a" * 64, "b" * 64, outcome=outcome)
        run.epochs = [
            EpochRecord(n, 2 / n, best - 0.2 / n, 3 / n, best - 0.1 / n**2, 0.5, n == epochs)
            for n in range(1, epochs + 1)
        ]
        if epochs:
            run.epochs[-1] = run.epochs[-1]._replace(test_accuracy=best)
            if outcome:
                run.score = Score(best - 0.001, (best - 0.01, best + 0.005), 10_000)
        with library.write() as connection:
            number = rows.insert(connection, run)
            values = {"created": 1e9 + 86_400 * number, **about}
            for column, value in values.items():
                connection.execute(f"UPDATE runs SET {column} = ? WHERE id = ?", (value, number))
        return number

    return put


@pytest.fixture
def training_lock(library):
    """A run that is put with its token is being trained."""
    lock = RunLock(lock_path(library.path, "token"))
    yield "token"
    lock.release()


@pytest.fixture
def entry(tmp_path):
    """A model that was opened from a file."""
    network = NetworkConfig((1024, 512))
    model = SimpleNamespace(
        network=network,
        training=dataclasses.replace(CONFIG, network=network),
        measurements=(),
        lessons=(),
        templates=(),
        pen=None,
        test_score=Score(0.994, (0.992, 0.995), 10_000),
    )
    recognizer = SimpleNamespace(model=model, read=lambda *_: Reading())
    return Entry("opened", recognizer, tmp_path / "opened.safetensors")


@pytest.fixture
def settle(qtbot, session, is_at_rest):
    """Waits until nothing goes on any more."""

    def settle():
        qtbot.waitUntil(lambda: not session.jobs.running and is_at_rest(session.runs))
        QApplication.processEvents()
        qtbot.waitUntil(lambda: not session.jobs.running and is_at_rest(session.runs))

    return settle


@pytest.fixture
def open_tab(qtbot, session, settle, monkeypatch):
    """Opens the tab, with what the library holds by then."""
    monkeypatch.setattr(QMessageBox, "exec", lambda *_: pytest.fail("a question was asked"))
    opened = []

    def open_tab() -> ModelsTab:
        dress(QApplication.instance(), "light")
        tab = ModelsTab(session)
        opened.append(tab)
        tab.resize(1024, 600)
        tab.show()
        qtbot.waitUntil(lambda: tab.findChild(QWidget, "runLogView") is not None)
        qtbot.waitUntil(lambda: session.runs.is_loaded)
        settle()
        return tab

    yield open_tab
    for tab in opened:
        tab.close()
        tab.deleteLater()


@pytest.fixture
def table_of():
    return lambda tab: tab.findChild(RunsTable, "runsTable")


@pytest.fixture
def choose(tab, table_of, settle):
    """Chooses runs in the table of the module's own tab, by their numbers, and waits."""

    def choose(*keys) -> None:
        table_of(tab).choose(keys)
        settle()

    return choose


@pytest.fixture
def hints(monkeypatch) -> list[str]:
    """What the table has been given to say below its rows, the newest last."""
    told: list[str] = []
    show = RunsTable.show_hint

    def note(table: RunsTable, hint: str) -> None:
        told.append(hint)
        show(table, hint)

    monkeypatch.setattr(RunsTable, "show_hint", note)
    return told


@pytest.fixture
def column():
    """The texts of a column of a table, from top to bottom."""

    def column(table, at) -> list[str]:
        model = table.model()
        return [model.index(row, at).data() for row in range(model.rowCount())]

    return column


@pytest.fixture
def chosen():
    """The names of the rows that Qt shows as selected."""

    def chosen(table) -> list[str]:
        rows = sorted(index.row() for index in table.selectionModel().selectedRows())
        return [table.model().index(row, 0).data() for row in rows]

    return chosen


@pytest.fixture
def save_as(monkeypatch):
    """Answers the next question for a file name; what the dialog was asked comes back."""
    asked = []

    def save_as(path: Path | str, chosen_filter: str = "") -> list[tuple[object, ...]]:
        def answer(*question):
            asked.append(question)
            return str(path), chosen_filter

        monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getSaveFileName", answer)
        monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getOpenFileName", answer)
        return asked

    return save_as
