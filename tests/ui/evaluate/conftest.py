from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtWidgets import QComboBox, QPushButton, QTabWidget

from mnist_desktop.learning.data.splits import Split
from mnist_desktop.learning.models.model import Model
from mnist_desktop.learning.models.network import MLP
from mnist_desktop.learning.read.recognizer import Recognizer
from mnist_desktop.learning.settings.config import NetworkConfig
from mnist_desktop.ui.evaluate.tab import EvaluateTab
from mnist_desktop.ui.session.shelf import Entry


@pytest.fixture
def mislabelled(session):
    """Three pictures of the test split have another label, so not all are read rightly."""
    test = session.splits.test
    labels = (test.labels + (np.arange(len(test)) < 3)) % 10
    session.data_set.take(
        replace(session.splits, test=Split(test.pictures, labels.astype(np.uint8)))
    )


@pytest.fixture
def rival(session):
    """A model at hand that has learned nothing."""
    config = NetworkConfig(hidden=())
    session.shelf.add(Entry("rival", Recognizer(Model(config, MLP(config, 4).state_dict()))))
    return session.shelf.entries[-1]


@pytest.fixture
def tab(qtbot, session):
    """The tab by itself."""
    tab = EvaluateTab(session)
    qtbot.addWidget(tab)
    tab.resize(1000, 600)
    tab.show()
    return tab


@pytest.fixture
def measure(qtbot, tab, session):
    """Evaluates as a person does, and shows a page; with another model, if one is given."""

    def measure(page=0, rival=None):
        combo = tab.findChild(QComboBox, "evaluateRivalCombo")
        combo.setCurrentIndex(0 if rival is None else combo.findData(rival))
        with qtbot.waitSignal(session.evaluator.changed):
            tab.findChild(QPushButton, "evaluateButton").click()
        tab.findChild(QTabWidget, "evaluatePages").setCurrentIndex(page)
        return session.evaluator.results

    return measure


@pytest.fixture
def export(qtbot, tab, session, tmp_path, monkeypatch):
    """Exports by an action of the menu; the content of the file."""
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QFileDialog

    def export(action, suffix):
        path = tmp_path / f"exported{suffix}"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
        with qtbot.waitSignal(session.exports.exported):
            tab.findChild(QAction, action).trigger()
        return path.read_bytes()

    return export
