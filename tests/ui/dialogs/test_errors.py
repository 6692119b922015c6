import logging

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget

from mnist_desktop import __version__
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
    dialogs.show(FileError("c.pt", "is a model"))
    for text in ("a.pt: is empty", "b.pt: is a folder", "c.pt: is a model"):
        (dialog,) = shown(window)
        assert dialog.text() == text
        dialog.accept()
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


def test_an_error_that_comes_again_is_one_dialog_with_a_count(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    dialogs = ErrorDialogs(window)
    dialogs.show(FileError("a.pt", "is empty"))
    for _ in range(3):
        dialogs.show(FileError("b.pt", "is a folder"))
    for _ in range(49):
        dialogs.show(FileError("a.pt", "is empty"))
    (first,) = shown(window)
    assert first.informativeText() == "This has happened 50 times."
    first.accept()
    (second,) = shown(window)
    assert second.text() == "b.pt: is a folder"
    assert second.informativeText() == "This has happened 3 times."
    second.accept()
    assert shown(window) == []
    dialogs.show(FileError("a.pt", "is empty"))  # after it was closed it is news again
    (again,) = shown(window)
    assert again.informativeText() == ""
    again.accept()
    dialogs.show(FileError("a.pt", "is empty"))  # also at once, with nothing in between
    (once_more,) = shown(window)
    once_more.accept()


def test_a_report_of_a_fault_can_be_copied_and_the_dialog_stays(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    try:
        raise ValueError("surprise")
    except ValueError as fault:
        ErrorDialogs(window).show(fault)
    (dialog,) = shown(window)
    assert dialog.defaultButton().text() == "OK"
    dialog.findChild(QPushButton, "copyReportButton").click()
    report = QApplication.clipboard().text()
    assert "ValueError: surprise" in report
    assert "test_errors.py" in report
    assert __version__ in report
    assert shown(window) == [dialog]
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert shown(window) == []


def test_there_is_nothing_to_report_of_what_a_person_can_mend(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    ErrorDialogs(window).show(FileError("a.pt", "is empty"))
    (dialog,) = shown(window)
    assert dialog.findChild(QPushButton, "copyReportButton") is None
    dialog.accept()
