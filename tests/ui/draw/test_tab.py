import json
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QPushButton,
    QSlider,
    QSpinBox,
    QTabWidget,
    QWidget,
)

from mnist_desktop.ink.photo.parts import page_of_picture
from mnist_desktop.ink.strokes import LabelledDrawing
from mnist_desktop.learning.read.reading import (
    DEFAULT_STRICTNESS,
    LOOKS_LIKE_NO_DIGIT,
    RUN_TOGETHER,
    TOO_LITTLE_INK,
    Reading,
    Sign,
)
from mnist_desktop.ui.canvas.canvas import Canvas
from mnist_desktop.ui.dialogs.files import FileDialogs
from mnist_desktop.ui.draw.answer_label import LARGEST
from mnist_desktop.ui.draw.bars import HIGHEST_ROW, ProbabilityBars
from mnist_desktop.ui.draw.seen_digit import SeenDigit
from mnist_desktop.ui.draw.tab import DrawTab
from mnist_desktop.ui.draw.teaching_actions import TeachingActions
from mnist_desktop.ui.draw.tools import Tools
from mnist_desktop.ui.look.appearance import dress
from mnist_desktop.ui.look.fonts import TEXT_SIZES, set_text_size
from mnist_desktop.ui.main_window import FRAME
from mnist_desktop.ui.session.preferences import Preferences
from mnist_desktop.ui.widgets.picture_view import PictureView


@pytest.fixture
def bars(window):
    return window.findChild(ProbabilityBars, "probabilityBars")


@pytest.fixture
def seen(window):
    return window.findChild(PictureView, "networkInputView")


def button(window, name):
    return window.findChild(QPushButton, f"{name}Button")


def test_an_empty_canvas_has_no_answer(answer, sure, bars, seen):
    assert answer.text() == sure.text() == ""
    assert bars.probabilities is None
    assert seen.picture is None


def test_the_answer_its_bars_and_the_network_s_input_are_shown(
    draw, session, answer, bars, seen, seven_points
):
    draw(seven_points)
    assert answer.text() == "7"
    assert bars.probabilities.argmax() == 7
    assert bars.probabilities.sum() == pytest.approx(session.reader.focused.belief, abs=1e-5)
    np.testing.assert_array_equal(seen.picture, session.reader.focused.picture)


def test_of_a_number_it_is_told_which_digit_the_network_sees(
    window, session, draw, seven_points, make_digit
):
    def captions():
        texts = [label.text() for label in window.findChild(SeenDigit).findChildren(QLabel)]
        return [text.split(" as ")[0].split(":")[0] for text in texts if "28×28" in text]

    draw(seven_points)
    assert captions() == ["What the network reads"]
    boxes = ((0.1, 0.2, 0.3, 0.8), (0.5, 0.2, 0.7, 0.8))
    session.reader.show(Reading((tuple(map(make_digit, (1, 2), (0.9, 0.9), boxes)),)))
    assert captions() == ["Digit 2 of 2"]
    session.reader.focus_on(0)
    assert captions() == ["Digit 1 of 2"]


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
    picture, drawing = session.reader.focused.picture, session.sketch.drawing
    session.sketch.clear()
    window.findChild(QSlider, "penWidthSlider").setValue(width)
    draw(seven_points)
    np.testing.assert_array_equal(session.reader.focused.picture, picture)
    assert session.sketch.drawing.strokes[0].widths[0] != drawing.strokes[0].widths[0]


def test_the_pen_is_as_broad_as_it_was_the_last_time(window, session):
    window.findChild(QSlider, "penWidthSlider").setValue(33)
    assert Preferences().pen_width == 33
    canvas = Canvas(session.sketch, session.reader, window)
    Tools(session, canvas, window)
    assert canvas.pen_width == 33


@pytest.mark.parametrize("scale", [0.3, 0.6])
def test_where_and_how_large_it_is_drawn_does_not_change_what_is_read(
    draw, session, scale, seven_points
):
    draw(seven_points)
    probabilities = session.reader.focused.probabilities
    session.sketch.clear()
    draw([(0.05 + scale * (x - 0.3), 0.6 + scale * (y - 0.25) * 0.9) for x, y in seven_points])
    assert session.reading.text == "7"
    assert np.abs(session.reader.focused.probabilities - probabilities).max() < 0.2


def test_a_strokes_file_is_walked_through(qtbot, window, session, tmp_path, answer, seven_points):
    path = tmp_path / "two.jsonl"
    points = [[100 * x, 100 * y] for x, y in seven_points]
    lines = [{"label": 7, "strokes": [points]}, {"label": 1, "strokes": [[[5, 0], [5, 90]]]}]
    path.write_text("\n".join(map(json.dumps, lines)))
    session.opening.open_strokes(path)
    qtbot.waitUntil(lambda: answer.text() == "7")
    number = window.findChild(QSpinBox, "drawingNumberSpin")
    assert number.isVisible()
    number.setValue(2)
    assert number.value() == 2
    qtbot.waitUntil(lambda: answer.text() == "1")
    button(window, "closeDrawings").click()
    assert not number.isVisible()


def test_keys_are_for_what_is_put_on_the_canvas(
    qtbot, window, session, slider, seven_points, tmp_path
):
    path = tmp_path / "seven.jsonl"
    path.write_text(json.dumps({"strokes": [[[100 * x, 100 * y] for x, y in seven_points]]}))
    window.activateWindow()
    slider.setFocus()
    qtbot.waitUntil(slider.hasFocus)
    with qtbot.waitSignal(session.opening.filled_canvas):
        session.opening.open(path)
    assert window.findChild(QWidget, "drawingCanvas").hasFocus()


def test_another_strokes_file_is_begun_with_its_first_drawing(window, session, seven):
    number = window.findChild(QSpinBox, "drawingNumberSpin")
    drawings = [LabelledDrawing(seven, label) for label in "123"]
    session.drawings.open(drawings)
    number.setValue(3)
    session.drawings.open(drawings[:2])
    assert session.drawings.index == 0
    assert number.value() == 1


def test_what_a_drawing_of_a_file_was_meant_as_is_not_said_of_one_s_own(
    window, draw, session, seven, seven_points
):
    number = window.findChild(QSpinBox, "drawingNumberSpin")
    session.drawings.open([LabelledDrawing(seven, label) for label in "73"])
    (of,) = [one for one in number.parent().findChildren(QLabel) if "of 2" in one.text()]
    for change in (partial(draw, seven_points), button(window, "clear").click):
        assert of.text() == "of 2, meant as 7"
        change()
        assert of.text() == "of 2"
        button(window, "undo").click()
    number.setValue(2)
    assert of.text() == "of 2, meant as 3"
    button(window, "undo").click()
    assert of.text() == "of 2", "it is the first one's drawing again"


def test_a_correction_is_taken_back_and_made_again_by_the_buttons(
    window, draw, session, seven_points
):
    draw(seven_points)
    session.reader.correct("1")
    assert window.findChild(ProbabilityBars).marked == 1
    assert not button(window, "redo").isEnabled()
    button(window, "undo").click()
    assert session.sketch.corrections == ()
    button(window, "redo").click()
    assert [one.label for one in session.sketch.corrections] == ["1"]
    assert window.findChild(ProbabilityBars).marked == 1


ONE = [(0.86, 0.25 + 0.05 * step) for step in range(11)]


@pytest.fixture
def slider(window):
    return window.findChild(QSlider, "strictnessSlider")


def test_digits_side_by_side_are_a_number(
    window, draw, session, answer, sure, bars, seen, seven_points
):
    draw(ONE)
    draw([(x - 0.15, y) for x, y in seven_points])
    assert answer.text() == "71", "from left to right, whatever was drawn first"
    assert f"{100 * session.reading.confidence:.0f} %" in sure.text()
    assert bars.probabilities.argmax() == 1
    canvas = window.findChild(QWidget, "drawingCanvas")
    side = canvas.width()
    QTest.mouseMove(canvas, QPoint(round(0.3 * side), round(0.3 * side)))
    assert bars.probabilities.argmax() == 7
    np.testing.assert_array_equal(seen.picture, session.reading.digits[0].picture)
    button(window, "undo").click()
    QApplication.processEvents()
    assert answer.text() == "1"
    assert bars.probabilities.argmax() == 1


def test_a_number_s_label_names_its_least_sure_digit(session, sure, make_digit, window):
    session.reader.show(Reading(((make_digit(3, 0.81), make_digit(4, 0.97)),)))
    assert sure.text() == "Least sure digit 81 %"
    session.reader.show(Reading(((make_digit(4, 0.97),),)))
    assert sure.text() == "97 % sure"


def test_what_is_least_sure_is_called_a_sign_where_it_is_one(session, sure, make_digit):
    picture = np.zeros((28, 28), np.uint8)
    minus = Sign("-", 0.84, picture, (0.1, 0.4, 0.3, 0.5))
    session.reader.show(Reading(((minus, make_digit(3, 0.97)),)))
    assert sure.text() == "Least sure sign 84 %"
    session.reader.show(Reading(((minus, make_digit(3, 0.81)),)))
    assert sure.text() == "Least sure digit 81 %"


def test_where_it_declines_it_says_why_and_what_it_would_have_said(
    session, answer, sure, bars, seen, make_digit
):
    session.reader.show(
        Reading(((make_digit(4, 0.34), make_digit(2, 0.9)),), declined=LOOKS_LIKE_NO_DIGIT)
    )
    assert answer.text() == "?"
    assert LOOKS_LIKE_NO_DIGIT[1:] in sure.text()
    assert "42" in sure.text()
    assert "34 %" in sure.text()
    assert bars.probabilities.argmax() == 2
    assert seen.picture is not None


def test_a_dot_has_no_guess_and_no_certainty(qtbot, draw, answer, sure, bars, seen, slider):
    draw([(0.5, 0.5)])
    assert (answer.text(), sure.text()) == ("?", "Too little ink.")
    assert bars.probabilities is None
    assert seen.picture.any(), "the network has been shown it"
    slider.setValue(0)
    qtbot.waitUntil(lambda: answer.text().isdigit())
    assert "%" in sure.text()
    assert bars.probabilities is not None


def test_of_several_digits_that_run_together_no_single_one_is_a_guess(
    session, answer, sure, bars, make_digit
):
    session.reader.show(Reading(((make_digit(1, 0.45),),), declined=RUN_TOGETHER))
    assert answer.text() == "?"
    assert sure.text() == "Several digits run together that cannot be split."
    assert bars.probabilities is None
    session.reader.show(Reading(((make_digit(1), make_digit(7, 0.45)),), declined=RUN_TOGETHER))
    assert sure.text().endswith("\nBest guess 17, 45 % sure.")
    assert bars.probabilities.argmax() == 7


def test_a_sign_that_cannot_be_read_is_in_the_guess_and_can_be_put_right(
    qtbot, window, session, draw, answer, sure
):
    for points in (
        *([(0.1, 0.3), (0.25, 0.3), (0.17, 0.6)], [(0.7, 0.3), (0.85, 0.3), (0.77, 0.6)]),
        *([(0.4, 0.4), (0.55, 0.4)], [(0.4, 0.48), (0.55, 0.48)]),
    ):
        draw(points)
    assert answer.text() == "?"
    assert sure.text() == "There is a sign that cannot be read.\nBest guess 7?7."
    session.reader.focus_on(1)
    caption = window.findChild(SeenDigit).findChild(QLabel)
    assert caption.text() == "A sign that is none of . , - / : + cannot be read. Say what it is."
    canvas = window.findChild(QWidget, "drawingCanvas")
    qtbot.keyClick(canvas, "?")
    assert answer.text() == "?", "who agrees has not said what it is"
    qtbot.keyClick(canvas, "-")
    assert answer.text() == "7-7"
    button(window, "undo").click()
    assert answer.text() == "?"
    qtbot.keyClick(canvas, "N")
    assert answer.text() == "77"


@pytest.fixture
def boxed(window, monkeypatch):
    """The texts of the boxes that are painted on the canvas."""

    def boxed():
        texts = []

        def paint(_painter, boxes, *, on_picture=False):
            texts[:] = [box.text for box in boxes]

        with monkeypatch.context() as patch:
            patch.setattr("mnist_desktop.ui.canvas.canvas.paint_boxes", paint)
            window.findChild(QWidget, "drawingCanvas").grab()
        return texts

    return boxed


def test_bars_boxes_and_the_sentence_say_the_same(session, sure, bars, boxed, make_digit):
    unsure = replace(make_digit(8, 0.92, (0.6, 0.3, 0.8, 0.7)), separation=0.5)
    session.reader.show(Reading(((make_digit(3, 0.7, (0.1, 0.3, 0.3, 0.7)), unsure),)))
    assert boxed() == ["3  70 %", "8  46 %"]
    assert f"{100 * bars.probabilities[8]:.0f} %" == "46 %"
    assert "8: 46 %" in bars.accessibleDescription()
    assert sure.text() == "Least sure digit 46 %"
    session.reader.focus_on(0)
    assert f"{100 * bars.probabilities[3]:.0f} %" == "70 %"


def test_in_a_picture_a_box_guesses_no_more_than_the_answer(session, boxed, make_digit):
    paper = np.full((40, 40), 255, np.uint8)
    paper[8:32, 18:22] = 0
    session.sketch.show(page_of_picture(paper))
    session.reader.show(Reading(((make_digit(1, 0.45),),), declined=RUN_TOGETHER))
    assert boxed() == ["?"]
    session.reader.show(Reading(((make_digit(1, 0.45),),), declined=LOOKS_LIKE_NO_DIGIT))
    assert boxed() == ["1  45 %"]


def test_undo_takes_back_the_first_stroke_while_it_is_drawn(
    qtbot, window, draw, answer, seven_points
):
    draw(seven_points, lift=False)
    assert button(window, "undo").isEnabled()
    button(window, "undo").click()
    qtbot.waitUntil(lambda: answer.text() == "")
    assert not button(window, "undo").isEnabled()


def results_of(window):
    return window.findChild(QWidget, "probabilityBars").parentWidget()


@pytest.mark.parametrize("size", [(1024, 700), (1600, 1000), (1000, 1300)])
def test_nothing_is_cut(window, session, make_digit, size):
    session.reader.show(
        Reading(((make_digit(4, 0.3),) * 30,), declined=RUN_TOGETHER)  # the longest texts
    )
    window.resize(*size)
    QApplication.processEvents()
    results = results_of(window)
    for part in results.findChildren(QWidget):
        if part.isVisible() and part.parentWidget() is results:
            assert results.rect().contains(part.geometry()), part.objectName()
            least = part.minimumHeight() or part.minimumSizeHint().height()
            assert part.height() >= least, part.objectName()
        if part.isVisible() and isinstance(part, QLabel) and part.wordWrap():
            assert part.heightForWidth(part.width()) <= part.height(), part.text()


def test_all_of_it_is_seen_on_a_screen_of_1024_by_700(window):
    """The window's frame leaves less than that."""
    window.resize(QSize(1024, 700) - FRAME)
    QApplication.processEvents()
    tab = window.findChild(QTabWidget, "tabs").currentWidget()
    assert not tab.verticalScrollBar().isVisible()
    assert not tab.horizontalScrollBar().isVisible()


def test_in_a_large_window_the_picture_grows_and_the_bars_stay_together(window, seen, bars):
    window.resize(1024, 700)
    QApplication.processEvents()
    assert seen.place.width() >= 4 * 28
    small, low = seen.place.width(), bars.height()
    window.resize(1600, 1000)
    QApplication.processEvents()
    assert seen.place.width() > 2 * small
    assert seen.place.width() > 0.9 * seen.width(), "its caption is beside it"
    assert low <= bars.height() <= 10 * HIGHEST_ROW


@pytest.mark.parametrize("reason", [LOOKS_LIKE_NO_DIGIT, RUN_TOGETHER, TOO_LITTLE_INK])
def test_a_reason_is_shown_whole_and_moves_nothing(window, session, sure, bars, make_digit, reason):
    session.reader.show(Reading(((make_digit(4),),)))
    QApplication.processEvents()
    before = bars.geometry()
    session.reader.show(Reading(((make_digit(4, 0.3),),), declined=reason))
    QApplication.processEvents()
    assert bars.geometry() == before
    assert sure.heightForWidth(sure.width()) <= sure.height()


def test_how_strict_it_is_can_be_set(qtbot, draw, answer, slider, session):
    assert slider.value() == round(100 * DEFAULT_STRICTNESS)
    assert slider.accessibleName()
    assert slider.toolTip()
    draw([(0.5, 0.5)])
    assert answer.text() == "?", "a tap is no digit"
    slider.setValue(0)
    qtbot.waitUntil(lambda: answer.text().isdigit())
    slider.setValue(70)
    qtbot.waitUntil(lambda: answer.text() == "?")
    assert session.reader.strictness == pytest.approx(0.7)
    session.reader.set_strictness(0.255)
    assert slider.value() == 26
    assert session.reader.strictness == 0.255, "showing it does not round it"


@pytest.mark.parametrize("length", [1, 5, 8, 20])
def test_a_number_of_any_length_fits(window, session, answer, make_digit, length):
    session.reader.show(Reading(((make_digit(8),) * length,)))
    QApplication.processEvents()
    needed = answer.fontMetrics().horizontalAdvance(answer.text())
    assert needed <= answer.width()
    assert needed > 0.85 * answer.width() or answer.font().pixelSize() == LARGEST
    window.resize(1600, 1000)
    QApplication.processEvents()
    assert answer.fontMetrics().horizontalAdvance(answer.text()) > min(
        1.2 * needed, 0.9 * LARGEST * 0.5 * length
    )


def test_a_long_number_still_fits_in_the_other_theme(window, session, answer, make_digit):
    session.reader.show(Reading(((make_digit(8),) * 12,)))
    QApplication.processEvents()
    for scheme in ("dark", "light"):
        dress(QApplication.instance(), scheme)
        QApplication.processEvents()
        assert answer.fontMetrics().horizontalAdvance(answer.text()) <= answer.width()


def test_the_answer_is_large_again_after_a_long_number(window, session, answer, make_digit):
    session.reader.show(Reading(((make_digit(8),) * 20,)))
    session.reader.show(Reading(((make_digit(8),),)))
    assert answer.font().pixelSize() == LARGEST


def test_everything_has_a_name_for_those_who_do_not_see_it(window):
    for name in ("drawingCanvas", "answerLabel", "probabilityBars", "networkInputView"):
        assert window.findChild(QWidget, name).accessibleName()


def test_the_bars_tell_their_figures_to_those_who_do_not_see_them(draw, bars, seven_points):
    draw(seven_points)
    assert "7: " in bars.accessibleDescription()


@pytest.mark.parametrize("percent", TEXT_SIZES)
def test_bars_and_picture_stand_apart_however_large_texts_are(qapp, qtbot, session, percent):
    set_text_size(qapp, percent)
    holder = QWidget()
    qtbot.addWidget(holder)
    try:
        files = FileDialogs(holder, session.preferences)
        tab = DrawTab(session, TeachingActions(session, holder, files))
        qtbot.addWidget(tab)
        tab.resize(tab.minimumSizeHint())
        tab.show()
        bars = tab.findChild(ProbabilityBars)
        seen = tab.findChild(PictureView, "networkInputView")
        lowest = bars.mapTo(tab, bars.rect().bottomLeft()).y()
        assert lowest < seen.mapTo(tab, QPoint()).y()
        pen = tab.findChild(QSlider, "penWidthSlider")
        assert pen.width() > 2 * pen.minimumSizeHint().height()
    finally:
        set_text_size(qapp, 100)


@pytest.mark.parametrize("count", [2, 3, 5])
def test_all_lines_of_an_answer_are_in_sight(window, session, answer, make_digit, count):
    digits = tuple(make_digit(n, 0.9) for n in range(4))
    session.reader.show(Reading((digits,) * count))
    assert answer.text().split("\n") == ["0123"] * count
    spacing = QFontMetricsF(answer.font()).lineSpacing()
    assert 0.8 * answer.height() < count * spacing <= answer.height()
