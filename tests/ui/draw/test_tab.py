import json

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QSlider, QSpinBox, QWidget

from mnist_desktop.ui.draw.bars import ProbabilityBars
from mnist_desktop.ui.picture_view import PictureView


@pytest.fixture
def answer(window):
    return window.findChild(QLabel, "answerLabel")


@pytest.fixture
def bars(window):
    return window.findChild(ProbabilityBars, "probabilityBars")


@pytest.fixture
def seen(window):
    return window.findChild(PictureView, "networkInputView")


def button(window, name):
    return window.findChild(QPushButton, f"{name}Button")


def test_an_empty_canvas_has_no_answer(answer, bars, seen):
    assert answer.text() == ""
    assert bars.probabilities is None
    assert seen.picture is None


def test_the_answer_its_bars_and_the_network_s_input_are_shown(
    draw, session, answer, bars, seen, seven_points
):
    draw(seven_points)
    assert answer.text() == "7"
    assert bars.probabilities.argmax() == 7
    assert bars.probabilities.sum() == pytest.approx(1, abs=1e-5)
    np.testing.assert_array_equal(seen.picture, session.reading.image)


def test_there_is_an_answer_before_the_pen_is_up(draw, answer, seven_points):
    draw(seven_points, lift=False)
    assert answer.text() == "7"


def test_clear_undo_and_redo(qtbot, window, draw, answer, seven_points):
    assert not any(button(window, name).isEnabled() for name in ("undo", "redo", "clear"))
    draw(seven_points)
    button(window, "clear").click()
    qtbot.waitUntil(lambda: answer.text() == "")
    button(window, "undo").click()
    qtbot.waitUntil(lambda: answer.text() == "7")
    button(window, "undo").click()
    qtbot.waitUntil(lambda: answer.text() == "")
    button(window, "redo").click()
    qtbot.waitUntil(lambda: answer.text() == "7")
    assert button(window, "redo").isEnabled()


def test_undo_by_the_keyboard(qtbot, window, draw, answer, seven_points):
    draw(seven_points)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: answer.text() == "")


@pytest.mark.parametrize("width", [4, 40])
def test_the_pen_s_width_changes_the_ink_and_not_what_is_read(
    window, draw, session, width, seven_points
):
    draw(seven_points)
    image, drawing = session.reading.image, session.sketch.drawing
    session.sketch.clear()
    window.findChild(QSlider, "penWidthSlider").setValue(width)
    draw(seven_points)
    np.testing.assert_array_equal(session.reading.image, image)
    assert session.sketch.drawing.strokes[0].widths[0] != drawing.strokes[0].widths[0]


@pytest.mark.parametrize("scale", [0.3, 0.6])
def test_where_and_how_large_it_is_drawn_does_not_change_what_is_read(
    draw, session, scale, seven_points
):
    draw(seven_points)
    probabilities = session.reading.probabilities
    session.sketch.clear()
    draw([(0.05 + scale * (x - 0.3), 0.6 + scale * (y - 0.25) * 0.9) for x, y in seven_points])
    assert session.reading.digit == 7
    assert np.abs(session.reading.probabilities - probabilities).max() < 0.2


def test_a_strokes_file_is_walked_through(qtbot, window, session, tmp_path, answer, seven_points):
    path = tmp_path / "two.jsonl"
    points = [[100 * x, 100 * y] for x, y in seven_points]
    lines = [{"label": 7, "strokes": [points]}, {"label": 1, "strokes": [[[5, 0], [5, 90]]]}]
    path.write_text("\n".join(map(json.dumps, lines)))
    session.open_strokes(path)
    qtbot.waitUntil(lambda: answer.text() == "7")
    number = window.findChild(QSpinBox, "drawingNumberSpin")
    assert number.isVisible()
    number.setValue(2)
    qtbot.waitUntil(lambda: answer.text() == "1")
    button(window, "closeDrawings").click()
    assert not number.isVisible()


def test_everything_has_a_name_for_those_who_do_not_see_it(window):
    for name in ("drawingCanvas", "answerLabel", "probabilityBars", "networkInputView"):
        assert window.findChild(QWidget, name).accessibleName()


def test_the_bars_tell_their_figures_to_those_who_do_not_see_them(draw, bars, seven_points):
    draw(seven_points)
    assert "7: " in bars.accessibleDescription()
