import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QLineEdit,
    QMessageBox,
    QPushButton,
)

from mnist_desktop.ink.signs import UNREADABLE
from mnist_desktop.ink.strokes_file import read_strokes
from mnist_desktop.learning.read.reading import Reading, Sign
from mnist_desktop.ui.dialogs.files import FileDialogs
from mnist_desktop.ui.draw.saving import LabelQuestion, SaveDrawing


@pytest.fixture
def saving(qtbot, window, session, draw, seven_points):
    draw(seven_points)
    return SaveDrawing(session, window, FileDialogs(window, session.preferences))


@pytest.fixture
def save(qtbot, session, saving, monkeypatch):
    """Saves under a name, and presses a button in the question for the label."""

    def save(path, button=None, label=None):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
        found = []

        def answer():
            dialog = QApplication.activeModalWidget()
            edit = dialog.findChild(QLineEdit, "drawingLabelEdit")
            found.append(edit.text())
            if label is not None:
                edit.setText(label)
            dialog.findChild(QPushButton, button).click()

        if button is not None:
            QTimer.singleShot(0, answer)
        saving.save()
        qtbot.waitUntil(lambda: not session.jobs.running)
        return found

    return save


def labels(path):
    return [one.label for one in read_strokes(path)]


def test_a_drawing_is_saved_with_what_was_read_then_others_are_appended_or_replace_it(
    save, session, tmp_path
):
    path = tmp_path / "mine.jsonl.gz"
    assert save(path, "saveButton") == ["7"]
    assert labels(path) == ["7"]
    session.reader.correct("1")
    assert save(path, "appendButton", label="1↵7") == ["1"]
    assert labels(path) == ["7", "1\n7"]
    save(path, "replaceButton", label=" ")
    assert labels(path) == [None]


def test_no_label_is_suggested_that_has_an_unreadable_sign(save, session, tmp_path, make_digit):
    sign = Sign(UNREADABLE, 0.0, make_digit(7).picture, (0.0, 0.0, 1.0, 1.0))
    session.reader.show(Reading(((make_digit(7), sign, make_digit(7)),)).answered(0.5))
    assert save(tmp_path / "mine.jsonl", "saveButton") == [""]


def test_a_picture_of_it_is_saved_and_not_replaced_unasked(save, tmp_path, monkeypatch):
    path = tmp_path / "mine.png"
    save(path)
    assert QImage(str(path)).width() == 2240
    path.write_bytes(b"precious")
    monkeypatch.setattr(QMessageBox, "exec", lambda _: QMessageBox.StandardButton.No)
    save(path)
    assert path.read_bytes() == b"precious"


def test_what_cannot_be_saved_is_said(qtbot, save, session, tmp_path):
    with qtbot.waitSignal(session.failed) as told:
        save(tmp_path / "missing" / "mine.jsonl", "saveButton")
    assert "cannot be saved" in str(told.args[0])


def test_the_question_can_be_declined(qtbot, window, tmp_path):
    question = LabelQuestion(window, tmp_path / "new.jsonl", "7")
    QTimer.singleShot(0, question.reject)
    assert question.ask() is None


def test_only_a_drawing_can_be_saved(window, session, saving):
    action = window.findChild(QAction, "saveDrawingAction")
    assert action.isEnabled()
    session.sketch.clear()
    assert not action.isEnabled()
    assert not [one for one in window.findChildren(QDialog) if one.isVisible()]
