import dataclasses

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSlider,
    QSpinBox,
    QTabBar,
    QTabWidget,
    QWidget,
)

from mnist_desktop.learning.settings.config import NetworkConfig, TrainingConfig
from mnist_desktop.learning.settings.setting_kinds import ConfigError
from mnist_desktop.learning.train.diagnosis import Hint, Remedy
from mnist_desktop.learning.train.events import BatchDone
from mnist_desktop.ui.look.appearance import dress
from mnist_desktop.ui.look.fonts import set_text_size
from mnist_desktop.ui.look.theme import DARK
from mnist_desktop.ui.plots.curve_plot import CurvePlot
from mnist_desktop.ui.plots.legend import Legend
from mnist_desktop.ui.session.train.training import State
from mnist_desktop.ui.train.actions import TrainingActions
from mnist_desktop.ui.train.distortion_preview import DistortionPreview
from mnist_desktop.ui.train.phase_box import PhaseBox
from mnist_desktop.ui.train.run_view import RunView
from mnist_desktop.ui.train.settings_form import SettingsForm
from mnist_desktop.ui.train.tab import TrainTab
from mnist_desktop.ui.train.training_curves import TrainingCurves
from mnist_desktop.ui.widgets.buttons import FocusPlace
from mnist_desktop.ui.widgets.controls import TickerLine
from mnist_desktop.ui.widgets.picture_grid import PlainStrip


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
    qtbot.waitUntil(lambda: session.training.done is not None)
    qtbot.waitUntil(lambda: session.training.state is State.IDLE)
    assert enabled(controls) == [True, False, False]
    log = window.findChild(QPlainTextEdit, "trainingLog").toPlainText().splitlines()
    assert [line.split(":")[0] for line in log[:2]] == ["epoch 2", "epoch 4"]
    assert "of 500 digits" in log[-1]
    assert "of 500 digits" in status(window)
    bar = window.findChild(QProgressBar, "trainingProgress")
    assert bar.value() == bar.maximum()


def test_the_plots_show_what_the_history_says(qtbot, window, session, controls, drawn):
    window.findChild(QSpinBox, "epochsSpin").setValue(3)
    controls[0].click()
    plots = window.findChildren(CurvePlot)
    qtbot.waitUntil(lambda: session.training.done is not None)
    qtbot.waitUntil(lambda: all(len(drawn(plot, "test")[0]) == 3 for plot in plots))
    history = session.training.history
    loss, accuracy = plots
    epochs = [1, 2, 3]
    assert drawn(loss, "test") == (epochs, [done.test_loss for done in history.epochs])
    assert drawn(accuracy, "train") == (
        epochs,
        [100 * done.train_accuracy for done in history.epochs],
    )
    assert drawn(accuracy, "best")[0] == [history.best.epoch]
    names = [entry.name for entry in loss.findChild(Legend).entries]
    assert "best" not in names, "it is the accuracy that has chosen it"
    assert len(drawn(loss, "batch")[0]) == len(history.batch_loss)


def test_out_of_sight_no_curve_is_drawn_until_somebody_looks(
    qtbot, window, session, drawn, is_at_rest
):
    curves = window.findChild(TrainingCurves)
    session.run_control.start(TrainingConfig(NetworkConfig((8,)), epochs=2, limit=300))
    qtbot.waitUntil(lambda: session.training.done is not None and is_at_rest(curves))
    plot = window.findChild(QWidget, "lossPlot").parentWidget()
    assert drawn(plot, "train")[0] == []
    window.findChild(QTabWidget, "tabs").setCurrentIndex(1)
    qtbot.waitUntil(lambda: is_at_rest(curves))
    assert drawn(plot, "train")[0] == [1, 2]


def test_a_view_that_is_made_after_a_run_shows_its_curves(qtbot, session, drawn):
    with qtbot.waitSignal(session.training.ended):
        session.run_control.start(TrainingConfig(epochs=2, batch_size=500, device="cpu"))
    tab = TrainTab(session, TrainingActions(session))
    qtbot.addWidget(tab)
    tab.show()
    plots = tab.findChildren(CurvePlot)
    qtbot.waitUntil(lambda: all(drawn(plot, "test")[0] == [1, 2] for plot in plots))


def test_pause_resume_and_stop_by_the_buttons(qtbot, window, session, controls):
    window.findChild(QSpinBox, "epochsSpin").setValue(5000)
    start, pause, stop = controls
    start.click()
    qtbot.waitUntil(lambda: bool(session.training.history.epochs))
    pause.click()
    assert session.training.state is State.PAUSING
    assert pause.text() == "Resume"
    assert "pausing" in status(window)
    qtbot.waitUntil(lambda: "paused" in status(window))
    assert session.training.state is State.PAUSED
    pause.click()
    assert session.training.state is State.RUNNING
    assert pause.text() == "Pause"
    rate = window.findChild(QDoubleSpinBox, "learningRateSpin")
    assert rate.isEnabled()
    stop.click()
    assert session.training.state is State.STOPPING
    assert not rate.isEnabled(), "nothing would come of it"
    qtbot.waitUntil(lambda: session.training.state is State.IDLE)
    assert rate.isEnabled()
    assert session.training.done.outcome == "stopped"
    assert session.shelf.current.name == "run 1"


def test_settings_that_make_no_sense_cannot_be_started(window, controls):
    window.findChild(QLineEdit, "hiddenLayersEdit").setText("what")
    assert not controls[0].isEnabled()
    window.findChild(QLineEdit, "hiddenLayersEdit").setText("32")
    assert controls[0].isEnabled()


def test_only_what_can_be_steered_is_open_while_a_run_goes_on(qtbot, window, session, controls):
    form = window.findChild(SettingsForm)
    names = {
        "epochsSpin": True,
        "batchSizeSpin": True,
        "learningRateSpin": True,
        "dropoutSpin": True,
        "distortionSpin": True,
        "distortionSlider": True,
        "patienceSpin": True,
        "presetCombo": False,
        "hiddenLayersEdit": False,
        "optimizerCombo": False,
        "seedSpin": False,
        "limitSpin": False,
        "shuffleCheck": False,
        "syntheticDigitsSpin": False,
    }
    window.findChild(QSpinBox, "epochsSpin").setValue(5000)
    controls[0].click()
    assert {name: form.findChild(QWidget, name).isEnabled() for name in names} == names
    controls[2].click()
    qtbot.waitUntil(lambda: session.training.state is State.IDLE)
    assert all(form.findChild(QWidget, name).isEnabled() for name in names)
    assert not form.findChild(QWidget, "momentumSpin").isEnabled()  # Adam has none


@pytest.mark.parametrize("is_paused", [False, True])
def test_what_can_be_steered_is_typed_while_a_run_goes_on(
    qtbot, window, session, controls, is_paused
):
    window.findChild(QSpinBox, "epochsSpin").setValue(5000)
    controls[0].click()
    qtbot.waitUntil(lambda: bool(session.training.history.epochs))
    if is_paused:
        controls[1].click()
        qtbot.waitUntil(lambda: session.training.state is State.PAUSED)
    wanted = {"dropout": 0.3, "learningRate": 0.0005, "batchSize": 128, "epochs": 4000}
    for name, value in wanted.items():
        spin = window.findChild(QAbstractSpinBox, f"{name}Spin")
        spin.setFocus()
        spin.selectAll()
        QTest.keyClicks(spin, str(value))
        assert spin.value() == value
    apply = window.findChild(QPushButton, "applyButton")
    assert apply.isVisible()
    with qtbot.waitSignal(session.training.steered):
        apply.click()
    config = session.training.config
    assert (config.network.dropout, config.learning_rate) == (0.3, 0.0005)
    assert (config.batch_size, config.epochs) == (128, 4000)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_in_a_field_applies_it_to_the_run_and_does_nothing_else(
    qtbot, window, session, controls, press, key
):
    window.findChild(QSpinBox, "epochsSpin").setValue(5000)
    rate = window.findChild(QDoubleSpinBox, "learningRateSpin")
    rate.setFocus()
    press(key)
    assert session.training.state is State.IDLE, "it starts nothing"
    controls[0].click()
    qtbot.waitUntil(lambda: bool(session.training.history.epochs))
    rate.setFocus()
    rate.selectAll()
    QTest.keyClicks(rate, "0.0005")
    with qtbot.waitSignal(session.training.steered):
        press(key)
    assert session.training.config.learning_rate == 0.0005
    assert not window.findChild(QPushButton, "applyButton").isVisible()
    assert session.training.state is State.RUNNING
    assert rate.hasFocus()
    with qtbot.assertNotEmitted(session.training.steered, wait=50):
        press(key)


def test_enter_applies_nothing_while_a_field_makes_no_sense(qtbot, window, session, controls):
    window.findChild(QSpinBox, "epochsSpin").setValue(5000)
    controls[0].click()
    qtbot.waitUntil(lambda: bool(session.training.history.epochs))
    rate = window.findChild(QDoubleSpinBox, "learningRateSpin")
    rate.setValue(0.0005)
    session.draft.refuse(ConfigError("hidden", "None."))
    with qtbot.assertNotEmitted(session.training.steered, wait=50):
        QTest.keyClick(window.findChild(SettingsForm), Qt.Key.Key_Return)


@pytest.mark.parametrize("name", ["apply", "revert"])
def test_the_focus_is_where_it_was_when_changes_are_applied_or_reverted(
    qtbot, window, session, controls, name
):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.findChild(QSpinBox, "epochsSpin").setValue(5000)
    controls[0].click()
    qtbot.waitUntil(lambda: bool(session.training.history.epochs))
    button = window.findChild(QPushButton, f"{name}Button")
    for spin, by_key in (("dropoutSpin", False), ("learningRateSpin", True)):
        field = window.findChild(QDoubleSpinBox, spin)
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, "0.2")
        qtbot.waitUntil(button.isVisible)
        if by_key:
            button.setFocus(Qt.FocusReason.TabFocusReason)
            QTest.keyClick(button, Qt.Key.Key_Space)
        else:
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: not button.isVisible())
        assert QApplication.focusWidget() is field


def test_what_is_typed_while_a_run_is_being_begun_is_not_lost(qtbot, window, session, controls):
    window.findChild(QSpinBox, "epochsSpin").setValue(5000)
    controls[0].click()
    window.findChild(QSpinBox, "batchSizeSpin").setValue(100)
    with qtbot.waitSignal(session.training.began):
        pass
    assert session.training.config.batch_size == 64
    assert session.draft.config.batch_size == 100
    assert window.findChild(QPushButton, "applyButton").isVisible()


def test_a_run_that_is_resumed_shows_its_settings(qtbot, window, session, controls):
    session.draft.show(TrainingConfig(NetworkConfig((8,)), epochs=1, seed=5))
    with qtbot.waitSignal(session.training.ended):
        controls[0].click()
    session.draft.show(TrainingConfig())
    session.run_control.resume(session.training.run_id, 5000)
    with qtbot.waitSignal(session.training.began):
        pass
    assert session.draft.config == session.training.config
    assert session.draft.config.epochs == 5001
    assert not window.findChild(QPushButton, "applyButton").isVisible()


class TestSteering:
    @pytest.fixture
    def steering(self, qtbot, window, session, controls):
        """A run that goes on; the buttons that apply and revert what is set meanwhile."""
        window.findChild(QSpinBox, "epochsSpin").setValue(5000)
        controls[0].click()
        qtbot.waitUntil(lambda: bool(session.training.history.epochs))
        return [window.findChild(QPushButton, f"{name}Button") for name in ("apply", "revert")]

    def test_changes_wait_until_they_are_applied(
        self, qtbot, window, session, steering, marked, mouse_at
    ):
        apply, _ = steering
        assert not apply.isVisible()
        rate = window.findChild(QDoubleSpinBox, "learningRateSpin")
        rate.setValue(0.0002)
        assert apply.isVisible()
        assert session.training.config.learning_rate == 0.001
        with qtbot.waitSignal(session.training.steered):
            apply.click()
        assert session.training.config.learning_rate == 0.0002
        assert not apply.isVisible()
        log = window.findChild(QPlainTextEdit, "trainingLog").toPlainText()
        assert "learning rate 0.001 → 0.0002" in log
        plots = window.findChildren(CurvePlot)
        qtbot.waitUntil(lambda: all(marked(plot) for plot in plots))
        (place,) = marked(plots[0])
        assert marked(plots[1]) == [place]
        assert 0 < place <= session.training.position
        mouse_at(plots[0], place, 0.5)
        assert "0.0002" in plots[0].plot.toolTip()

    def test_changes_can_be_taken_back(self, window, session, steering):
        apply, revert = steering
        window.findChild(QSpinBox, "batchSizeSpin").setValue(16)
        window.findChild(QDoubleSpinBox, "dropoutSpin").setValue(0.5)
        revert.click()
        assert not apply.isVisible()
        assert window.findChild(QSpinBox, "batchSizeSpin").value() == 64
        assert window.findChild(QDoubleSpinBox, "dropoutSpin").value() == 0

    def test_with_the_run_the_offer_to_steer_it_ends(self, qtbot, window, session, steering):
        apply, _ = steering
        window.findChild(QDoubleSpinBox, "learningRateSpin").setValue(0.0002)
        assert apply.isVisible()
        with qtbot.waitSignal(session.training.ended):
            session.training.stop()
            assert not apply.isVisible()
        assert not apply.isVisible()

    def test_epochs_that_are_gone_cannot_be_asked_for(self, qtbot, window, session, steering):
        epochs = window.findChild(QSpinBox, "epochsSpin")
        epochs.setValue(1)
        with qtbot.waitSignals([session.training.steered, session.training.ended]):
            steering[0].click()
        assert session.training.done.outcome == "completed"
        assert epochs.value() == len(session.training.history.epochs)


class TestSteps:
    def test_one_batch_begins_a_run_and_one_epoch_goes_on(self, qtbot, window, session, controls):
        batch, epoch = (window.findChild(QPushButton, f"one{n}Button") for n in ("Batch", "Epoch"))
        batch.click()
        assert not batch.isEnabled()
        qtbot.waitUntil(lambda: session.training.state is State.PAUSED)
        assert "batch 1 of 32 · paused" in status(window)
        batch.click()
        qtbot.waitUntil(lambda: session.training.state is State.PAUSED)
        epoch.click()
        qtbot.waitUntil(lambda: len(session.training.history.epochs) == 1)
        qtbot.waitUntil(lambda: session.training.state is State.PAUSED)
        assert len(session.training.history.batch_loss) == 32
        controls[1].click()
        qtbot.waitUntil(lambda: len(session.training.history.epochs) == 3)

    def test_slow_motion_is_seen_and_lights_each_part(self, qtbot, window, session, controls):
        phases = []
        session.training.phase_done.connect(phases.append)
        window.findChild(QSlider, "paceSlider").setValue(0)
        window.findChild(QCheckBox, "slowMotionCheck").click()
        assert window.findChild(QWidget, "slowMotionView").isVisible()
        window.findChild(QPushButton, "oneBatchButton").click()
        qtbot.waitUntil(lambda: session.training.state is State.PAUSED)
        assert [event.phase for event in phases] == [
            "forward",
            "loss",
            "backward",
            "step",
            "zero grad",
        ]

    def test_of_the_run_before_no_step_is_seen(self, qtbot, window, session, controls):
        boxes = window.findChildren(PhaseBox)
        window.findChild(QSlider, "paceSlider").setValue(0)
        window.findChild(QCheckBox, "slowMotionCheck").click()
        window.findChild(QPushButton, "oneBatchButton").click()
        qtbot.waitUntil(lambda: session.training.state is State.PAUSED)
        assert all(box.figures for box in boxes)
        session.training.stop()
        qtbot.waitUntil(lambda: session.training.state is State.IDLE)
        seen, told = [], []
        session.training.began.connect(lambda: seen.extend(box.figures for box in boxes))
        session.training.advanced.connect(lambda: told.append(status(window)))
        controls[0].click()
        qtbot.waitUntil(lambda: bool(told))
        assert not any(seen)
        assert told[0] == "Starting…"

    def test_nor_what_was_inside_it(self, qtbot, window, session, controls):
        window.findChild(QTabBar, "trainPages").setCurrentIndex(1)
        with qtbot.waitSignal(session.training.inspected):
            controls[0].click()
        hint = window.findChild(QWidget, "insideHint")
        assert not hint.isVisible()
        session.training.stop()
        qtbot.waitUntil(lambda: session.training.state is State.IDLE)
        seen = []
        session.training.began.connect(lambda: seen.append(hint.isVisible()))
        controls[0].click()
        qtbot.waitUntil(lambda: bool(seen))
        assert seen == [True]

    def test_the_pace_counts_only_in_slow_motion(self, window, session, controls):
        pace = window.findChild(QSlider, "paceSlider")
        pace.setValue(20)
        assert session.training.pace == 0
        window.findChild(QCheckBox, "slowMotionCheck").click()
        assert session.training.pace == 2
        pace.setValue(10)
        assert session.training.pace == 1

    def test_the_inside_is_looked_at_only_while_it_is_in_sight(
        self, qtbot, window, session, controls
    ):
        seen = []
        session.training.inspected.connect(seen.append)
        window.findChild(QSpinBox, "epochsSpin").setValue(5000)
        controls[0].click()
        qtbot.waitUntil(lambda: len(session.training.history.epochs) > 2)
        assert seen == []
        window.findChild(QTabBar, "trainPages").setCurrentIndex(1)
        qtbot.waitUntil(lambda: bool(seen))
        assert window.findChild(QWidget, "insideView").isVisible()

    def test_of_a_run_that_is_paused_the_inside_comes_with_its_next_batch(
        self, qtbot, window, session, controls
    ):
        def step():
            window.findChild(QPushButton, "oneBatchButton").click()
            qtbot.waitUntil(lambda: session.training.state is State.PAUSED)

        step()
        window.findChild(QTabBar, "trainPages").setCurrentIndex(1)
        inside = window.findChild(QWidget, "insideView")
        texts = [label.text() for label in inside.findChildren(QLabel) if label.isVisible()]
        assert texts == ["The first look inside comes with the next batch."]
        with qtbot.waitSignal(session.training.inspected):
            step()


def test_before_there_is_data_it_is_waited_for(qtbot, new_session, small):
    session = new_session()
    view = RunView(session)
    qtbot.addWidget(view)
    line = view.findChild(TickerLine, "trainingStatus")
    assert line.text == "Loading MNIST…"
    session.data_set.take(small)
    assert line.text == "Ready"


class TestGoingOn:
    def test_ten_more_epochs_of_a_finished_run(self, qtbot, window, session, controls):
        more = window.findChild(QPushButton, "trainMoreButton")
        assert not more.isVisible()
        window.findChild(QSpinBox, "epochsSpin").setValue(2)
        controls[0].click()
        assert not more.isVisible()
        with qtbot.waitSignal(session.training.ended):
            pass
        assert (more.isVisible(), more.text()) == (True, "Train 10 more")
        with qtbot.waitSignal(session.training.ended):
            more.click()
        assert len(session.training.history.epochs) == 12
        assert window.findChild(QSpinBox, "epochsSpin").value() == 12
        log = window.findChild(QPlainTextEdit, "trainingLog").toPlainText()
        assert "from epoch 3: epochs 2 → 12" in log
        assert "All 12 epochs are done" in log
        # Stopped in its last epoch, it has nothing left to be continued with.
        session.training.done = dataclasses.replace(session.training.done, outcome="stopped")
        session.training.state_changed.emit()
        assert more.text() == "Train 10 more"

    def test_a_stopped_run_continues(self, qtbot, window, session, controls):
        more = window.findChild(QPushButton, "trainMoreButton")
        window.findChild(QSpinBox, "epochsSpin").setValue(5000)
        controls[0].click()
        qtbot.waitUntil(lambda: bool(session.training.history.epochs))
        controls[2].click()
        qtbot.waitUntil(more.isVisible)
        done = len(session.training.history.epochs)
        assert more.text() == "Continue"
        more.click()
        qtbot.waitUntil(lambda: len(session.training.history.epochs) > done)
        assert session.training.config.epochs == 5000, "as many as it was to have, and no more"

    def test_a_run_that_was_cut_off_is_offered_in_a_bar(self, qtbot, window, session, controls):
        bar = window.findChild(QWidget, "continueBar")
        assert not bar.isVisible()
        window.findChild(QSpinBox, "epochsSpin").setValue(6)
        controls[0].click()
        qtbot.waitUntil(lambda: bool(session.training.history.epochs))
        session.training.cancel()
        session.runs.refresh()
        qtbot.waitUntil(bar.isVisible)
        text = bar.findChild(QLabel).text()
        assert "run 1" in text
        assert "of 6" in text
        with qtbot.waitSignal(session.training.ended):
            bar.findChild(QPushButton, "continueButton").click()
            assert not bar.isVisible()
        assert len(session.training.history.epochs) == 6
        qtbot.waitUntil(lambda: not session.jobs.running)
        assert not bar.isVisible()

    def test_of_several_that_were_cut_off_the_newest_is_offered(
        self, qtbot, window, session, controls
    ):
        bar = window.findChild(QWidget, "continueBar")
        window.findChild(QSpinBox, "epochsSpin").setValue(5000)
        for count in (1, 2):
            controls[0].click()
            qtbot.waitUntil(lambda: bool(session.training.history.epochs))
            session.training.cancel()
            session.runs.refresh()
            qtbot.waitUntil(lambda count=count: len(session.run_control.interrupted) == count)
        text = bar.findChild(QLabel).text()
        assert "run 2" in text
        assert "run 1" not in text
        with qtbot.waitSignal(session.training.began):
            bar.findChild(QPushButton, "continueButton").click()
        assert session.training.name == "run 2"
        session.training.cancel()
        session.runs.refresh()
        qtbot.waitUntil(bar.isVisible)
        bar.findChild(QPushButton, "dismissButton").click()
        assert bar.isVisible()
        assert "run 1" in bar.findChild(QLabel).text()

    def test_a_run_may_be_cut_off_before_its_first_epoch_is_done(
        self, qtbot, window, session, controls
    ):
        bar = window.findChild(QWidget, "continueBar")
        session.draft.set("epochs", 6)
        session.run_control.start(session.draft.config, BatchDone)
        qtbot.waitUntil(lambda: session.training.latest is not None)
        session.training.cancel()
        session.runs.refresh()
        qtbot.waitUntil(bar.isVisible)
        assert "in its first epoch" in bar.findChild(QLabel).text()

    def test_the_offer_can_be_dismissed(self, qtbot, window, session, controls):
        bar = window.findChild(QWidget, "continueBar")
        controls[0].click()
        qtbot.waitUntil(lambda: bool(session.training.history.epochs))
        session.training.cancel()
        session.runs.refresh()
        qtbot.waitUntil(bar.isVisible)
        bar.findChild(QPushButton, "dismissButton").click()
        assert not bar.isVisible()


def test_a_training_that_diverges_says_what_to_try(qtbot, window, session, controls):
    session.draft.show(
        TrainingConfig(
            network=NetworkConfig(()), optimizer="sgd", learning_rate=10.0, weight_decay=1.0
        )
    )
    controls[0].click()
    qtbot.waitUntil(lambda: session.training.done is not None)
    assert session.training.done.outcome == "diverged"
    assert "beyond all numbers" in window.findChild(QLabel, "hint0").text()
    assert session.training.done.best_epoch == 1
    assert session.shelf.current.name == "run 1"
    log = window.findChild(QPlainTextEdit, "trainingLog").toPlainText()
    assert "lower learning rate" in log


def test_the_preparation_shows_how_far_it_is_and_can_be_paused_and_stopped(
    qtbot, window, session, controls, monkeypatch
):
    monkeypatch.setattr("mnist_desktop.learning.train.synthetic.AT_ONCE", 20)
    # More than could be drawn while the test goes on.
    session.draft.show(TrainingConfig(scribbles=100_000))
    start, pause, stop = controls
    start.click()
    bar = window.findChild(QProgressBar, "trainingProgress")
    qtbot.waitUntil(lambda: bar.value() > 0)
    assert status(window).startswith("Preparing training pictures: ")
    pause.click()
    qtbot.waitUntil(lambda: status(window).endswith("paused"))
    held = session.training.preparing
    pause.click()
    qtbot.waitUntil(lambda: session.training.preparing != held)
    stop.click()
    assert "stopping" in status(window)
    qtbot.waitUntil(lambda: session.training.state is State.IDLE)
    assert session.training.done.outcome == "stopped"
    assert status(window) == "Nothing was kept."
    assert bar.value() == 0
    assert enabled(controls) == [True, False, False]
    assert session.shelf.current.name == "default"


def test_the_preview_rests_while_a_run_goes_on(qtbot, window, session, controls):
    preview = window.findChild(DistortionPreview)
    _, strip = preview.findChildren(PlainStrip)
    window.findChild(QDoubleSpinBox, "distortionSpin").setValue(1.0)
    scrolled = preview.parentWidget()
    while not isinstance(scrolled, QScrollArea):
        scrolled = scrolled.parentWidget()
    scrolled.ensureWidgetVisible(preview)

    def moves():
        before = strip.pictures.copy()
        preview.findChild(QTimer).timeout.emit()
        return not np.array_equal(strip.pictures, before)

    assert moves()
    window.findChild(QSpinBox, "epochsSpin").setValue(5000)
    controls[0].click()
    assert not moves()
    controls[2].click()
    qtbot.waitUntil(lambda: session.training.state is State.IDLE)
    assert moves()


def test_the_log_is_at_its_end_and_stays_there(qtbot, window, session, controls):
    def is_at_its_end():
        bar = window.findChild(QPlainTextEdit, "trainingLog").verticalScrollBar()
        return bar.maximum() > 0 and bar.value() == bar.maximum()

    session.draft.show(TrainingConfig(NetworkConfig((8,)), epochs=12, log_every=1))
    controls[0].click()
    qtbot.waitUntil(lambda: session.training.done is not None)
    qtbot.waitUntil(lambda: session.training.state is State.IDLE)
    assert is_at_its_end()
    for _ in range(2):
        with qtbot.waitSignal(session.training.ended):
            session.run_control.resume(session.training.run_id, 2)
        assert is_at_its_end()
    window.rebuild()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qtbot.waitUntil(is_at_its_end)
    log = window.findChild(QPlainTextEdit, "trainingLog")
    log.verticalScrollBar().setValue(1)
    session.training.said.emit("One more line")
    assert log.verticalScrollBar().value() == 1, "what is being read stays"


def test_the_log_says_why_distorted_curves_look_worse(qtbot, window, session, controls):
    log = window.findChild(QPlainTextEdit, "trainingLog")
    session.draft.show(TrainingConfig(network=NetworkConfig((8,)), epochs=1, distortion=1.0))
    controls[0].click()
    qtbot.waitUntil(lambda: session.training.done is not None)
    assert log.toPlainText().startswith("The train curves are of distorted pictures")
    qtbot.waitUntil(lambda: session.training.state is State.IDLE)
    session.draft.show(TrainingConfig(NetworkConfig((8,)), epochs=1))
    controls[0].click()
    qtbot.waitUntil(lambda: session.training.state is State.IDLE)
    assert "distorted" not in log.toPlainText()


class TestCurves:
    @pytest.fixture
    def plots(self, window, controls):
        """Loss and accuracy."""
        return window.findChildren(CurvePlot)

    @pytest.fixture
    def trained(self, qtbot, window, session, controls, plots, drawn):
        """After a run of three epochs."""
        window.findChild(QSpinBox, "epochsSpin").setValue(3)
        controls[0].click()
        qtbot.waitUntil(lambda: session.training.done is not None)
        qtbot.waitUntil(lambda: session.training.state is State.IDLE)
        qtbot.waitUntil(lambda: all(len(drawn(plot, "test")[0]) == 3 for plot in plots))
        return plots

    def test_empty_plots_say_what_to_do_and_never_while_a_run_goes_on(
        self, qtbot, window, session, controls, plots
    ):
        hints = [hint for hint in window.findChildren(QLabel) if "Press Start" in hint.text()]
        assert [hint.isVisible() for hint in hints] == [True, True]
        for plot, hint in zip(plots, hints, strict=True):
            middle = hint.mapTo(plot.plot, hint.rect().center())
            curves = plot.plot.box.sceneBoundingRect().toRect()
            assert (middle - curves.center()).manhattanLength() < 24
        seen = []
        session.training.state_changed.connect(
            lambda: seen.append(session.training.is_active and any(h.isVisible() for h in hints))
        )
        window.findChild(QSpinBox, "epochsSpin").setValue(5000)
        controls[0].click()
        assert [hint.isVisible() for hint in hints] == [False, False]
        qtbot.waitUntil(lambda: bool(session.training.history.epochs))
        controls[1].click()
        controls[2].click()
        qtbot.waitUntil(lambda: session.training.state is State.IDLE)
        assert not any(seen)
        assert [hint.isVisible() for hint in hints] == [False, False]

    def test_the_plots_show_the_same_epochs(self, trained):
        wholes = [plot.plot.box.viewRange() for plot in trained]
        for first, second in (trained, trained[::-1]):
            box = first.plot.box
            box.setRange(xRange=(1.5, 2.5), yRange=(0.1, 0.2), padding=0)
            box.sigRangeChangedManually.emit([True, True])
            assert second.plot.box.viewRange()[0] == [1.5, 2.5]
            assert box.viewRange()[1] == [0.1, 0.2]
            assert second.plot.box.viewRange()[1] != [0.1, 0.2]
            resets = [plot.findChild(QPushButton) for plot in trained]
            assert [reset.isVisible() for reset in resets] == [True, True]
            resets[trained.index(second)].click()
            assert [plot.plot.box.viewRange() for plot in trained] == wholes
            assert [reset.isVisible() for reset in resets] == [False, False]

    def test_a_zoom_of_the_values_alone_is_the_plot_s_own(self, trained):
        first, second = trained
        before = second.plot.box.viewRange()
        first.plot.box.setRange(yRange=(0.1, 0.2), padding=0)
        first.plot.box.sigRangeChangedManually.emit([False, True])
        assert second.plot.box.viewRange() == before
        assert not second.findChild(QPushButton).isVisible()

    def test_a_wheel_over_one_zooms_both(self, trained):
        plot, other = (one.plot for one in trained)
        middle = plot.box.sceneBoundingRect().center()
        place, turn = plot.viewport().mapToGlobal(middle.toPoint()), QPoint(0, 120)
        QApplication.sendEvent(
            plot.viewport(),
            QWheelEvent(
                middle,
                place,
                QPoint(),
                turn,
                Qt.MouseButton.NoButton,
                Qt.KeyboardModifier.NoModifier,
                Qt.ScrollPhase.NoScrollPhase,
                False,
            ),
        )
        left, right = plot.box.viewRange()[0]
        assert 0 < left < right < 3
        assert other.box.viewRange()[0] == pytest.approx([left, right])

    def test_the_mouse_over_one_shows_the_values_in_both(self, trained):
        for first, second in (trained, trained[::-1]):
            plot = first.plot
            middle = plot.box.sceneBoundingRect().center()
            plot.scene().sigMouseMoved.emit(middle)
            assert first.plot.line == second.plot.line
            assert first.plot.line == pytest.approx(plot.box.mapSceneToView(middle).x())
            assert all(one.findChild(Legend).values[1] for one in trained)
            QApplication.sendEvent(plot, QEvent(QEvent.Type.Leave))
            assert first.plot.line is second.plot.line is None
            assert not any(one.findChild(Legend).values for one in trained)

    def test_the_values_under_the_mouse_outlast_a_new_theme(self, trained):
        trained[0].point_at(2.0)
        legend = trained[0].findChild(Legend)
        before = legend.values
        dress(QApplication.instance(), "dark")
        assert legend.values == before
        image = legend.grab().toImage()
        row = range(image.width())
        assert DARK.train in {image.pixelColor(x, image.height() // 2).name() for x in row}
        dress(QApplication.instance(), "light")

    def test_a_small_window_has_room_for_the_plots(self, window, trained):
        least = window.minimumSizeHint()
        assert least.width() <= 1024
        for plot in trained:
            assert plot.plot.height() >= 160
            plot.plot.box.sigRangeChangedManually.emit([True, True])
        QApplication.processEvents()
        assert all(plot.findChild(QPushButton).isVisible() for plot in trained)
        assert window.minimumSizeHint() == least
        assert (window.width(), window.height()) == (1024, 700)
        assert all(plot.plot.height() >= 160 for plot in trained)
        for legend in (plot.findChild(Legend) for plot in trained):
            assert legend.width() == legend.sizeHint().width()  # no name is cut short


@pytest.mark.parametrize("percent", [100, 125, 200])
def test_the_plots_are_high_enough_in_the_smallest_window(qtbot, window, session, percent):
    """As it opens on a screen of 1024 × 700, with its frame."""
    set_text_size(QApplication.instance(), percent)
    try:
        window.rebuild()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        window.resize(1008, 652)
        window.findChild(QTabWidget, "tabs").setCurrentIndex(1)
        qtbot.waitUntil(lambda: len(window.findChildren(CurvePlot)) == 2)
        QApplication.processEvents()
        plots = window.findChildren(CurvePlot)
        assert min(plot.plot.height() for plot in plots) >= 160
        tab = plots[0].window().findChild(TrainTab)
        if percent == 100:
            assert tab.height() <= tab.parentWidget().height(), "nothing has to be scrolled to"
        log = window.findChild(QPlainTextEdit, "trainingLog")
        assert log.viewport().height() >= 2 * log.fontMetrics().lineSpacing()
        above = [plot.plot.box.sceneBoundingRect().top() for plot in plots]
        half = QFontMetrics(QApplication.font()).capHeight() / 2
        assert min(above) >= half, "the highest value's text is whole"
    finally:
        set_text_size(QApplication.instance(), 100)


def test_no_page_contradicts_what_the_run_is_at(qtbot, window, session, controls, monkeypatch):
    """What the pages say that have nothing to show yet."""
    monkeypatch.setattr("mnist_desktop.learning.train.synthetic.AT_ONCE", 20)

    def step():
        view = window.findChild(QWidget, "slowMotionView")
        return view.findChild(TickerLine).text

    def inside():
        view = window.findChild(QWidget, "insideView")
        return [label.text() for label in view.findChildren(QLabel) if label.isVisible()]

    slow = window.findChild(QCheckBox, "slowMotionCheck")
    pages = window.findChild(QTabBar, "trainPages")
    assert step() == "Tick “Slow motion”, then press “One batch” or “Start”."
    slow.setChecked(True)
    assert step() == "Press “One batch” or “Start”."
    pages.setCurrentIndex(1)
    assert inside() == ["Start a training to look inside it."]
    session.draft.show(TrainingConfig(scribbles=100_000))
    controls[0].click()
    qtbot.waitUntil(lambda: session.training.preparing is not None)
    assert step() == "The training pictures are being prepared."
    assert inside() == ["The training pictures are being prepared."]
    session.training.stop()
    qtbot.waitUntil(lambda: session.training.state is State.IDLE)
    assert step() == "Press “One batch” or “Start”."
    slow.setChecked(False)
    session.draft.show(TrainingConfig(NetworkConfig((8,)), epochs=3))
    window.findChild(QPushButton, "oneEpochButton").click()
    qtbot.waitUntil(lambda: session.training.state is State.PAUSED)
    assert step() == "Tick “Slow motion” to see each step of this run."
    slow.setChecked(True)
    assert step() == "The first step comes with the next batch."
    pages.setCurrentIndex(1)
    slow.setChecked(False)
    assert pages.currentIndex() == 1, "who ends it stays where they are"


def test_step_and_status_are_of_the_same_batch(qtbot, window, session, controls):
    session.draft.show(TrainingConfig(NetworkConfig((8,)), epochs=3))
    with qtbot.waitSignal(session.training.began):
        window.findChild(QPushButton, "oneEpochButton").click()
    qtbot.waitUntil(lambda: session.training.state is State.PAUSED)
    assert "epoch 1 of 3 · batch 32 of 32" in status(window)
    window.findChild(QCheckBox, "slowMotionCheck").setChecked(True)
    with qtbot.waitSignal(session.training.phase_done):
        controls[1].click()
    assert "epoch 2 of 3 · batch 1 of 32" in status(window)
    view = window.findChild(QWidget, "slowMotionView")
    titles = [label.text() for label in view.findChildren(QLabel)]
    assert "Epoch 2, batch 1 of 32" in titles
    window.findChild(QCheckBox, "slowMotionCheck").setChecked(False)


def test_what_the_curves_tell_is_said_and_marked_where_it_is(
    qtbot, window, session, controls, marked
):
    session.draft.set("optimizer", "sgd")
    session.draft.set("learning_rate", 10.0)
    session.draft.set("epochs", 2)
    controls[0].click()
    bar = window.findChild(QWidget, "hintsBar")
    with qtbot.waitSignal(session.training.ended):
        pass
    qtbot.waitUntil(bar.isVisible)
    hints = session.training.hints
    assert bar.findChild(QLabel, "hint0").text() == hints[0].text()
    loss = window.findChildren(CurvePlot)[0]
    qtbot.waitUntil(lambda: marked(loss) == sorted({float(hint.epoch) for hint in hints}))
    bar.findChild(QPushButton, "hint0-learning_rate").click()
    assert window.findChild(QDoubleSpinBox, "learningRateSpin").value() == 0.05
    session.run_control.start(TrainingConfig(epochs=1, batch_size=500, device="cpu"))
    qtbot.waitUntil(lambda: not bar.isVisible())
    qtbot.waitUntil(lambda: not session.training.is_active)


def test_one_steps_with_the_space_bar(qtbot, window, session, controls, press):
    step = window.findChild(QPushButton, "oneBatchButton")
    step.setFocus()
    for count in (1, 2, 3):
        press(Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: session.training.state is State.PAUSED)
        assert session.training.latest.batch == count
        assert step.hasFocus()
    assert not window.findChild(QCheckBox, "slowMotionCheck").isChecked()


def test_while_the_button_that_was_pressed_cannot_be_no_other_has_its_keys(
    qtbot, window, session, controls, press
):
    window.findChild(QSpinBox, "epochsSpin").setValue(5000)
    start, pause, stop = controls
    start.setFocus()
    press(Qt.Key.Key_Space)
    assert not start.isEnabled()
    press(Qt.Key.Key_Space)
    assert session.training.state is State.RUNNING
    press(Qt.Key.Key_Tab)
    assert pause.hasFocus(), "Tab goes on from there"
    press(Qt.Key.Key_Tab)
    assert stop.hasFocus()
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: session.training.state is State.IDLE)
    press(Qt.Key.Key_Backtab)
    assert start.hasFocus()


def test_a_button_that_goes_leaves_its_keys_to_no_other(qtbot, window, session, controls, press):
    window.findChild(QSpinBox, "epochsSpin").setValue(5000)
    controls[0].click()
    qtbot.waitUntil(lambda: bool(session.training.history.epochs))
    controls[2].click()
    more = window.findChild(QPushButton, "trainMoreButton")
    qtbot.waitUntil(more.isVisible)
    more.setFocus()
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: session.training.state is State.RUNNING)
    assert isinstance(QApplication.focusWidget(), FocusPlace)


def test_what_appears_when_a_run_ends_is_not_where_a_hint_had_its_button(
    qtbot, window, session, controls
):
    def places(one):
        return QRect(one.mapTo(window, QPoint()), one.size())

    window.findChild(QSpinBox, "epochsSpin").setValue(5000)
    controls[0].click()
    qtbot.waitUntil(lambda: bool(session.training.history.epochs))
    session.training.cancel()  # so that there is one to be continued
    session.runs.refresh()
    qtbot.waitUntil(lambda: bool(session.run_control.interrupted))
    controls[0].click()
    qtbot.waitUntil(lambda: bool(session.training.history.epochs))
    remedy = Remedy("learning_rate", 0.5, "Learning rate {value:g}")
    session.training.hints = [Hint(1, "Since epoch {epoch} it overfits.", remedies=(remedy,))]
    session.training.diagnosed.emit()
    QApplication.processEvents()
    before = places(window.findChild(QPushButton, "hint0-learning_rate"))
    controls[2].click()
    more = window.findChild(QPushButton, "trainMoreButton")
    qtbot.waitUntil(more.isVisible)
    QApplication.processEvents()
    assert window.findChild(QWidget, "continueBar").isVisible()
    for name in ("trainMoreButton", "continueButton", "dismissButton"):
        button = window.findChild(QPushButton, name)
        assert not places(button).intersects(before)
