"""The choice whether one's own digits are learned along."""

from PySide6.QtWidgets import QComboBox

from mnist_desktop.learning.settings.config import NetworkConfig, TrainingConfig


def pick(combo, own):
    combo.setCurrentIndex(combo.findData(own))
    combo.activated.emit(combo.currentIndex())


def test_it_is_there_once_something_was_taught_and_does_what_it_says(qtbot, window, session, say):
    combo = window.findChild(QComboBox, "ownDigitsCombo")
    assert combo.parentWidget().isHidden()
    say(*"0123456789")
    assert not combo.parentWidget().isHidden()
    with qtbot.waitSignal(session.data_set.changed):
        pick(combo, "join")
    assert session.splits.name == "small + 10 own digits"
    with qtbot.waitSignal(session.data_set.changed):
        pick(combo, "none")
    assert session.splits.name == "small"


def test_what_cannot_be_is_told_and_not_shown(qtbot, window, session, say):
    combo = window.findChild(QComboBox, "ownDigitsCombo")
    say("7")
    session.failed.disconnect()  # no dialog
    with qtbot.waitSignal(session.failed):
        pick(combo, "alone")
    qtbot.waitUntil(lambda: not session.jobs.running)
    assert combo.currentData() == "none"
    assert session.splits.name == "small"


def test_what_is_called_off_is_not_shown(qtbot, window, session, say):
    combo = window.findChild(QComboBox, "ownDigitsCombo")
    say(*"0123456789")
    pick(combo, "join")
    session.jobs.newest.cancel()
    qtbot.waitUntil(lambda: not session.jobs.running)
    assert combo.currentData() == "none"
    assert session.splits.name == "small"


def test_it_is_not_changed_while_a_run_goes_on(qtbot, window, session, say):
    combo = window.findChild(QComboBox, "ownDigitsCombo")
    say("7")
    session.run_control.start(TrainingConfig(NetworkConfig((8,)), epochs=10_000, limit=300))
    assert not combo.isEnabled()
    with qtbot.waitSignal(session.training.ended):
        session.training.stop()
    qtbot.waitUntil(combo.isEnabled)
