import logging

from PySide6.QtWidgets import QMessageBox, QWidget

from mnist_desktop.errors import FileError
from mnist_desktop.ui.dialogs.errors import ErrorDialogs


def shown(window):
    return [dialog for dialog in window.findChildren(QMessageBox) if dialog.isVisible()]


def test_errors_are_shown_one_after_the_other(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    dialogs = ErrorDialogs(window)
    dialogs.show(FileError("a.pt", "is empty"))
    dialogs.show(FileError("b.pt", "is a folder"))
    (first,) = shown(window)
    assert first.text() == "a.pt: is empty"
    first.accept()
    (second,) = shown(window)
    assert second.text() == "b.pt: is a folder"
    second.accept()
    assert shown(window) == []


def test_a_fault_of_the_program_is_logged_and_apologised_for(qtbot, caplog):
    window = QWidget()
    qtbot.addWidget(window)
    with caplog.at_level(logging.ERROR):
        ErrorDialogs(window).show(ValueError("surprise"))
    (dialog,) = shown(window)
    assert "Sorry" in dialog.text()
    assert "surprise" in dialog.informativeText()
    assert "surprise" in caplog.text
    dialog.accept()
