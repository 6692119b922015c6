"""What is asked before a window closes, of a run that stands still in different places."""

from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from mnist_desktop.learning.records import EpochRecord
from mnist_desktop.learning.settings.config import TrainingConfig
from mnist_desktop.learning.train.events import BatchDone
from mnist_desktop.learning.train.history import History
from mnist_desktop.ui.dialogs.closing import ClosingQuestion


@pytest.fixture
def ask(qtbot):
    """Asks of a run of ten epochs, and turns back; what the dialog said of it."""
    window = QWidget()
    qtbot.addWidget(window)
    said = []

    def turn_back():
        dialog = QApplication.activeModalWidget()
        said.append(dialog.informativeText())
        dialog.reject()

    def ask(done, latest=None):
        epochs = [EpochRecord(n, 0.5, 0.9, 0.5, 0.97, 1.0, True) for n in range(1, done + 1)]
        training = SimpleNamespace(
            is_active=True,
            run_id=1,
            name="mine",
            config=TrainingConfig(epochs=10),
            latest=latest,
            history=History.of(np.empty((3, 0)), epochs, []),
        )
        session = SimpleNamespace(
            training=training,
            pictures=SimpleNamespace(unsaved=0),
            lab=SimpleNamespace(is_changed=False),
            shelf=SimpleNamespace(unsaved=[]),
        )
        QTimer.singleShot(0, turn_back)
        assert not ClosingQuestion(session, window).ask()
        return said[-1]

    return ask


def test_a_run_that_has_not_yet_gone_on_is_in_the_epoch_that_comes(ask):
    told = "mine, in epoch 4 of 10, 97.0 % so far."
    assert ask(done=3).startswith(told)
    assert ask(done=3, latest=BatchDone(4, 1, 10, 0.5, 0.9, 50, 1e-3)).startswith(told)


def test_what_is_kept_of_it_is_told(ask):
    assert "can be continued after epoch 3" in ask(done=3)
    assert ask(done=0).startswith("mine, in epoch 1 of 10.")
    assert "can be begun again" in ask(done=0)
