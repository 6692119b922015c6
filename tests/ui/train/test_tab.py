import pytest
from PySide6.QtWidgets import (
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QTabWidget,
)

from mnist_desktop.learning.config import NetworkConfig, TrainingConfig
from mnist_desktop.ui.train.curve_plot import CurvePlot
from mnist_desktop.ui.train.distortion_preview import DistortionPreview
from mnist_desktop.ui.train.settings_form import SettingsForm
from mnist_desktop.ui.training import State
from mnist_desktop.ui.widgets import TickerLine


@pytest.fixture
def controls(window):
    """Start, Pause and Stop, the Train tab in sight."""
    window.findChild(QTabWidget, "tabs").setCurrentIndex(1)
    return [window.findChild(QPushButton, f"{name}Button") for name in ("start", "pause", "stop")]


def enabled(controls):
    return [control.isEnabled() for control in controls]


def status(window):
    return window.findChild(TickerLine, "trainingStatus").text


def test_a_run_from_start_to_end(qtbot, window, session, controls):
    window.findChild(QSpinBox, "epochsSpin").setValue(4)
    assert enabled(controls) == [True, False, False]
    controls[0].click()
    assert enabled(controls) == [False, True, True]
    qtbot.waitUntil(lambda: session.training.done is not None, timeout=30_000)
    qtbot.waitUntil(lambda: session.training.state is State.IDLE)
    assert enabled(controls) == [True, False, False]
    log = window.findChild(QPlainTextEdit, "trainingLog").toPlainText().splitlines()
    assert [line.split(":")[0] for line in log[:2]] == ["epoch 2", "epoch 4"]
    assert "of 500 unseen digits" in log[-1]
    assert "of 500 unseen digits" in status(window)
    bar = window.findChild(QProgressBar, "trainingProgress")
    assert bar.value() == bar.maximum()


def test_the_plots_show_what_the_history_says(qtbot, window, session, controls):
    window.findChild(QSpinBox, "epochsSpin").setValue(3)
    controls[0].click()
    plots = window.findChildren(CurvePlot)
    qtbot.waitUntil(lambda: session.training.done is not None, timeout=30_000)
    qtbot.waitUntil(lambda: all(len(plot._curves.epoch_x) == 3 for plot in plots))
    history = session.training.history
    loss, accuracy = plots
    assert loss._curves.test_y.tolist() == [done.test_loss for done in history.epochs]
    assert accuracy._curves.train_y.tolist() == [
        100 * done.train_accuracy for done in history.epochs
    ]
    assert loss._curves.best == history.best.epoch - 1
    assert len(loss._curves.batch_y) == len(history.batch_loss)


def test_pause_resume_and_stop_by_the_buttons(qtbot, window, session, controls):
    window.findChild(QSpinBox, "epochsSpin").setValue(5000)
    start, pause, stop = controls
    start.click()
    qtbot.waitUntil(lambda: bool(session.training.history.epochs), timeout=30_000)
    pause.click()
    assert session.training.state is State.PAUSED
    assert pause.text() == "Resume"
    qtbot.waitUntil(lambda: "paused" in status(window))
    pause.click()
    assert session.training.state is State.RUNNING
    assert pause.text() == "Pause"
    stop.click()
    qtbot.waitUntil(lambda: session.training.state is State.IDLE)
    assert session.training.done.outcome == "stopped"
    assert session.shelf.current.name == "run 1"


def test_settings_that_make_no_sense_cannot_be_started(window, controls):
    window.findChild(QLineEdit, "hiddenLayersEdit").setText("what")
    assert not controls[0].isEnabled()
    window.findChild(QLineEdit, "hiddenLayersEdit").setText("32")
    assert controls[0].isEnabled()


def test_settings_rest_while_a_run_goes_on(qtbot, window, session, controls):
    window.findChild(QSpinBox, "epochsSpin").setValue(5000)
    controls[0].click()
    assert not window.findChild(QSpinBox, "batchSizeSpin").isEnabled()
    controls[2].click()
    qtbot.waitUntil(lambda: session.training.state is State.IDLE)
    assert window.findChild(QSpinBox, "batchSizeSpin").isEnabled()


def test_a_training_that_diverges_says_what_to_try(qtbot, window, session, controls):
    window.findChild(SettingsForm).show_config(
        TrainingConfig(
            network=NetworkConfig(()), optimizer="sgd", learning_rate=10.0, weight_decay=1.0
        )
    )
    controls[0].click()
    qtbot.waitUntil(lambda: session.training.done is not None, timeout=30_000)
    assert session.training.done.outcome == "diverged"
    assert session.training.done.best_epoch == 1
    assert session.shelf.current.name == "run 1"
    log = window.findChild(QPlainTextEdit, "trainingLog").toPlainText()
    assert "lower learning rate" in log


def test_the_preparation_shows_how_far_it_is_and_can_be_paused_and_stopped(
    qtbot, window, session, controls, monkeypatch
):
    monkeypatch.setattr("mnist_desktop.learning.written.AT_ONCE", 20)
    # More than could be drawn while the test goes on.
    window.findChild(SettingsForm).show_config(TrainingConfig(scribbles=100_000))
    start, pause, stop = controls
    start.click()
    bar = window.findChild(QProgressBar, "trainingProgress")
    qtbot.waitUntil(lambda: bar.value() > 0, timeout=30_000)
    assert status(window).startswith("Preparing training pictures: ")
    assert window.findChild(QPlainTextEdit, "trainingLog").placeholderText() == ""
    pause.click()
    assert status(window).endswith("paused")
    qtbot.wait(400)
    held = session.training.preparing
    qtbot.wait(600)
    assert session.training.preparing == held
    pause.click()
    qtbot.waitUntil(lambda: session.training.preparing != held, timeout=30_000)
    stop.click()
    assert "stopping" in status(window)
    qtbot.waitUntil(lambda: session.training.state is State.IDLE, timeout=30_000)
    assert session.training.done.outcome == "stopped"
    assert status(window) == "Nothing was kept."
    assert bar.value() == 0
    assert enabled(controls) == [True, False, False]
    assert session.shelf.current.name == "default"


def test_the_preview_rests_while_a_run_goes_on(qtbot, window, session, controls):
    preview = window.findChild(DistortionPreview)
    window.findChild(QSpinBox, "epochsSpin").setValue(5000)
    controls[0].click()
    assert preview._is_resting
    controls[2].click()
    qtbot.waitUntil(lambda: session.training.state is State.IDLE)
    assert not preview._is_resting


def test_the_log_says_why_distorted_curves_look_worse(qtbot, window, session, controls):
    log = window.findChild(QPlainTextEdit, "trainingLog")
    window.findChild(SettingsForm).show_config(
        TrainingConfig(network=NetworkConfig((8,)), epochs=1, distortion=1.0)
    )
    controls[0].click()
    qtbot.waitUntil(lambda: session.training.done is not None, timeout=30_000)
    assert log.toPlainText().startswith("The train curves are of distorted pictures")
    qtbot.waitUntil(lambda: session.training.state is State.IDLE)
    window.findChild(SettingsForm).show_config(TrainingConfig(NetworkConfig((8,)), epochs=1))
    controls[0].click()
    qtbot.waitUntil(lambda: session.training.state is State.IDLE, timeout=30_000)
    assert "distorted" not in log.toPlainText()
