"""What becomes of an answer in the window: copied, put right, written wide."""

from dataclasses import replace

import numpy as np
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTabWidget, QWidget

from mnist_desktop.learning.read.reading import Reading, Sign
from mnist_desktop.library import taught
from mnist_desktop.library.database import Library
from mnist_desktop.library.profiles import FIRST
from mnist_desktop.ui.draw.bars import ProbabilityBars
from mnist_desktop.ui.draw.results import Results
from mnist_desktop.ui.draw.tab import DrawTab
from mnist_desktop.ui.session.preferences import Preferences
from mnist_desktop.ui.widgets.picture_view import PictureView
from mnist_desktop.ui.widgets.tabs import MODELS

CTRL = Qt.KeyboardModifier.ControlModifier


def test_what_was_read_is_copied_and_that_is_said(qtbot, window, draw, seven_points, press, sure):
    copy = window.findChild(QAction, "copyTextAction")
    assert not copy.isEnabled(), "nothing is read"
    draw(seven_points)
    press(Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "7"
    assert "Copied" in sure.text()
    here = Qt.FindChildOption.FindDirectChildrenOnly
    window.findChild(Results).findChild(QTimer, options=here).start(0)  # it is time
    qtbot.waitUntil(lambda: "Copied" not in sure.text())
    window.findChild(QTabWidget, "tabs").setCurrentIndex(MODELS)
    assert not copy.isEnabled(), "the list's own key"


def test_ink_that_was_taken_for_nothing_is_told_of(
    window, session, draw, seven_points, press, sure
):
    draw(seven_points)
    assert "not read" not in sure.text()
    session.reader.show(replace(session.reading, unread=((0.1, 0.1, 0.2, 0.2),)))
    assert sure.text().endswith("\nSome of the ink was not read.")
    press(Qt.Key.Key_C, CTRL)
    assert sure.text().endswith("\nCopied"), "there is room for two lines"


def test_where_the_way_somebody_writes_has_turned_the_answer_it_says_so(
    window, session, make_digit, by_hand, sure
):
    beside = make_digit(4, box=(0.7, 0.2, 0.9, 0.8))
    session.reader.show(Reading(((by_hand, beside),)))
    assert session.reading.text == "04"
    assert sure.text().endswith("\nTold by how the pen went; by its look alone it is 64.")
    said = replace(by_hand, meant="0")
    session.reader.show(Reading(((said, beside),)))
    assert "how the pen went" not in sure.text(), "a person has said so"


def test_what_is_declined_is_not_copied(window, session, draw, seven_points):
    draw(seven_points)
    session.reader.show(session.reading.answered(1.0))
    assert session.reading.text == "?"
    assert not window.findChild(QAction, "copyTextAction").isEnabled()
    session.copy_text()
    assert QGuiApplication.clipboard().text() != "?"


def test_a_correction_is_seen_copied_kept_and_undone(
    qtbot, window, session, draw, seven_points, press, sure
):
    draw(seven_points)
    answer = window.findChild(QLabel, "answerLabel")
    window.findChild(QPushButton, "wideFieldButton").setFocus()
    press(Qt.Key.Key_1)
    assert answer.text() == "1"
    told = window.findChild(QLabel, "taughtLabel")
    qtbot.waitUntil(lambda: told.text() == "1 drawing taught")
    assert sure.text() == "As you say"
    assert len(taught.read_taught(Library(), FIRST)) == 1
    press(Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "1"
    press(Qt.Key.Key_Z, CTRL)
    assert answer.text() == "7"
    qtbot.waitUntil(lambda: not session.jobs.running)
    assert len(taught.read_taught(Library(), FIRST)) == 0
    assert window.findChild(QPushButton, "redoButton").isEnabled()


def test_a_sign_is_said_seen_and_copied_and_teaches_only_what_is_true(
    qtbot, window, session, draw, seven_points, press, sure
):
    draw(seven_points)
    answer = window.findChild(QLabel, "answerLabel")
    press(Qt.Key.Key_Minus)
    assert answer.text() == "-"
    assert "As you say" in sure.text()
    press(Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "-"
    qtbot.waitUntil(lambda: len(taught.read_taught(Library(), FIRST)) == 1)
    press(Qt.Key.Key_Slash)
    assert answer.text() == "/"
    qtbot.waitUntil(
        lambda: not session.jobs.running and len(taught.read_taught(Library(), FIRST)) == 0
    )
    press(Qt.Key.Key_Z, CTRL)
    press(Qt.Key.Key_Z, CTRL)
    assert answer.text() == "7"


def test_a_sign_has_its_picture_and_no_bars(window, session, make_digit, draw, seven_points):
    draw(seven_points)
    places = [(x, 0.2, x + 0.1, 0.8) for x in (0.1, 0.4, 0.7)]
    one, two = make_digit(1, 0.9, places[0]), make_digit(2, 0.9, places[2])
    dash = Sign("-", 0.9, np.full((28, 28), 5, np.uint8), places[1])
    session.reader.show(Reading(((one, dash, two),)))
    bars = window.findChild(ProbabilityBars, "probabilityBars")
    seen = window.findChild(PictureView, "networkInputView")
    captions = [label.text() for label in window.findChildren(QLabel)]
    assert any("Digit 2 of 2" in text for text in captions), "the dash is none"
    session.reader.move_focus(-1)
    assert bars.probabilities is None
    np.testing.assert_array_equal(seen.picture, dash.picture)
    captions = [label.text() for label in window.findChildren(QLabel)]
    assert any(text.startswith("A sign.") for text in captions)


def test_the_canvas_is_wide_or_square_and_loses_nothing(qtbot, window, session, draw, seven_points):
    draw(seven_points)
    drawing, reading = session.sketch.drawing, session.reading
    canvas = window.findChild(QWidget, "drawingCanvas")
    tab = window.findChild(DrawTab)
    least = tab.minimumSizeHint()
    window.findChild(QPushButton, "wideFieldButton").click()
    for size in ((1024, 700), (800, 600)):
        window.resize(*size)
        QApplication.processEvents()
        assert canvas.width() >= 2.6 * canvas.height() - 2
        results = window.findChild(QWidget, "probabilityBars")
        assert (
            results.mapTo(window, results.rect().topLeft()).y()
            > canvas.mapTo(window, canvas.rect().bottomLeft()).y()
        )
        lowest = window.findChild(QWidget, "strictnessSlider")
        tabs = window.findChild(QTabWidget, "tabs")
        bottom = lowest.mapTo(tabs, lowest.rect().bottomLeft()).y()
        assert bottom <= tabs.height(), "all of it is in sight"
    assert session.sketch.drawing is drawing
    assert session.reading is reading
    assert Preferences().wide_field, "it is remembered"
    assert tab.minimumSizeHint().width() < least.width()
    assert window.findChild(QAction, "wideFieldAction").isChecked()
    window.findChild(QAction, "wideFieldAction").trigger()
    window.resize(1024, 700)
    QApplication.processEvents()
    assert canvas.width() == canvas.height()
    assert not window.findChild(QPushButton, "wideFieldButton").isChecked()
    (answer,) = window.findChildren(QLabel, "answerLabel")
    assert answer.text() == "7"


def test_the_eraser_s_button_is_of_drawings_only(window, session, draw, seven_points):
    draw(seven_points)
    button = window.findChild(QPushButton, "eraserButton")
    button.click()
    assert session.sketch.is_erasing
    draw([(0.5, 0.1), (0.5, 0.9)])
    assert session.sketch.is_empty
    QTest.keyClick(button, Qt.Key.Key_Escape)
    assert not button.isChecked()
