"""The practice sheet in the window."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QDialog, QLabel, QProgressBar, QPushButton, QWidget

from mnist_desktop.library.database import Library
from mnist_desktop.library.profiles import FIRST
from mnist_desktop.library.taught import read_taught
from mnist_desktop.ui.draw import practice_dialog
from mnist_desktop.ui.look.fonts import set_text_size


@pytest.fixture
def dialog(window):
    """It goes on when it is told to, not by itself."""
    window.findChild(QAction, "practiceAction").trigger()
    dialog = window.findChild(QDialog, "practiceDialog")
    dialog.findChild(QCheckBox, "practiceByItselfCheck").setChecked(False)
    yield dialog
    if window.findChild(QDialog, "practiceDialog"):
        dialog.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def button(dialog):
    return lambda name: dialog.findChild(QPushButton, f"practice{name}Button")


@pytest.fixture
def asked(dialog):
    return lambda: dialog.findChild(QLabel, "practicePrompt").text()


@pytest.fixture
def stroke(dialog):
    """A stroke from above to below."""

    def stroke():
        canvas = dialog.findChild(QWidget, "practiceCanvas")
        places = [QPoint(canvas.width() // 2, canvas.height() * part // 10) for part in range(2, 9)]
        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=places[0])
        for place in places[1:]:
            QTest.mouseMove(canvas, place)
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=places[-1])

    return stroke


@pytest.fixture
def write(qtbot, dialog, stroke, asked):
    """Writes one digit and goes on with a key, once what it is read as is known."""

    def write(key=Qt.Key.Key_Return):
        done = dialog.findChild(QProgressBar).value()
        stroke()
        QTest.keyClick(dialog.findChild(QWidget, "practiceCanvas"), key)
        qtbot.waitUntil(lambda: dialog.findChild(QProgressBar).value() == done + 1)

    return write


def test_what_is_written_is_kept_and_the_window_s_own_drawing_stays(
    qtbot, session, dialog, button, asked, write, draw, seven_points
):
    assert asked().startswith("Write a ")
    assert dialog.findChild(QWidget, "practiceCanvas").hint == "", "that asks for any digit"
    assert not button("Next").isEnabled()
    assert not button("Back").isEnabled()
    assert not button("Learn").isEnabled()
    first = asked()[-1]
    write()
    write(Qt.Key.Key_Enter)
    qtbot.waitUntil(lambda: session.teaching.taught.count == 2)
    assert read_taught(Library())[0].label == first
    assert session.sketch.is_empty
    assert button("Learn").isEnabled()
    assert dialog.findChild(QProgressBar).maximum() == 30
    assert "2 of 30 written" in dialog.findChild(QLabel, "practiceLabel").text()


def test_keys_and_buttons_go_back_pass_over_and_clear(
    qtbot, session, dialog, button, asked, write, stroke
):
    write()
    first = asked()
    QTest.keyClick(dialog, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: not session.jobs.running)
    assert len(read_taught(Library(), FIRST)) == 0
    assert asked() != first
    button("Skip").click()
    assert asked() == first
    button("Skip").setFocus()
    QTest.keyClick(button("Skip"), Qt.Key.Key_Return)
    assert asked() == first, "that is for the sheet, on which nothing is written"
    stroke()
    assert button("Next").isEnabled()
    button("Clear").click()
    assert not button("Next").isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert asked() == first, "nothing is written"
    assert dialog.findChild(QProgressBar).value() == 1


def test_large_texts_leave_it_on_the_screen(qapp, qtbot, window):
    set_text_size(qapp, 200)
    try:
        window.findChild(QAction, "practiceAction").trigger()
        dialog = window.findChild(QDialog, "practiceDialog")
        QCoreApplication.processEvents()
        canvas = dialog.findChild(QWidget, "practiceCanvas")
        assert dialog.height() <= dialog.screen().availableSize().height() - 32
        assert canvas.width() == canvas.height() > 320
        dialog.close()
    finally:
        set_text_size(qapp, 100)


def test_it_goes_on_by_itself_when_the_pen_rests(qtbot, window, monkeypatch, session):
    monkeypatch.setattr(practice_dialog, "REST_MILLISECONDS", 1)
    window.findChild(QAction, "practiceAction").trigger()
    dialog = window.findChild(QDialog, "practiceDialog")
    canvas = dialog.findChild(QWidget, "practiceCanvas")
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 50))
    QTest.mouseMove(canvas, QPoint(100, 250))
    qtbot.waitUntil(lambda: not session.jobs.running)
    assert dialog.findChild(QProgressBar).value() == 0, "the pen is down"
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 250))
    qtbot.waitUntil(lambda: dialog.findChild(QProgressBar).value() == 1)
    qtbot.waitUntil(lambda: len(read_taught(Library(), FIRST)) == 1)
    dialog.close()


def test_what_is_kept_meanwhile_does_not_hold_up_the_next_digit(
    qtbot, window, monkeypatch, session
):
    monkeypatch.setattr(practice_dialog, "REST_MILLISECONDS", 200)
    window.findChild(QAction, "practiceAction").trigger()
    dialog = window.findChild(QDialog, "practiceDialog")
    canvas = dialog.findChild(QWidget, "practiceCanvas")
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 50))
    QTest.mouseMove(canvas, QPoint(100, 250))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 250))
    session.teaching.changed.emit()  # the digit before is in the library by now
    qtbot.waitUntil(lambda: dialog.findChild(QProgressBar).value() == 1)
    qtbot.waitUntil(lambda: len(read_taught(Library(), FIRST)) == 1)
    dialog.close()


def test_a_full_sheet_is_learned_and_what_came_of_it_shown(
    qtbot, window, session, dialog, button, asked, write, pupil
):
    for _ in range(29):
        button("Skip").click()
    write()
    assert asked() == "Thank you"
    assert not button("Skip").isEnabled()
    assert not dialog.findChild(QWidget, "practiceCanvas").isEnabled()
    qtbot.waitUntil(lambda: button("Learn").isEnabled())
    button("Learn").click()
    assert not dialog.isVisible()
    qtbot.waitUntil(lambda: window.findChild(QDialog, "handDialog") is not None)
    assert [len(examples) for _, examples in pupil.given] == [1]
    window.findChild(QDialog, "handDialog").close()


def test_closing_does_not_lose_what_was_just_written(qtbot, dialog, stroke):
    dialog.findChild(QCheckBox, "practiceByItselfCheck").setChecked(True)
    stroke()
    QCoreApplication.processEvents()
    assert dialog.findChild(QProgressBar).value() == 0, "the pen has not rested yet"
    dialog.close()
    qtbot.waitUntil(lambda: len(read_taught(Library(), FIRST)) == 1)


def test_who_would_rather_go_on_with_a_key_has_all_the_time(dialog, stroke, is_at_rest):
    by_itself = dialog.findChild(QCheckBox, "practiceByItselfCheck")
    by_itself.setChecked(True)
    stroke()
    QCoreApplication.processEvents()
    assert not is_at_rest(dialog)
    by_itself.setChecked(False)
    assert is_at_rest(dialog)


def test_what_waits_for_a_key_is_not_taken_by_closing(qtbot, session, dialog, stroke):
    stroke()
    QCoreApplication.processEvents()
    dialog.close()
    qtbot.waitUntil(lambda: not session.jobs.running)
    assert len(read_taught(Library(), FIRST)) == 0
