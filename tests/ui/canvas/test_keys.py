"""The canvas's keys, without a network."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from mnist_desktop.ink.strokes import Drawing
from mnist_desktop.learning.read.reading import Reading, Sign
from mnist_desktop.ui.canvas.canvas import Canvas
from mnist_desktop.ui.session.read.reader import Reader
from mnist_desktop.ui.session.read.sketch import Sketch
from mnist_desktop.ui.session.read.timeline import Timeline
from mnist_desktop.ui.session.shelf import Shelf
from mnist_desktop.ui.session.work import Jobs


@pytest.fixture
def sketch(seven):
    sketch = Sketch()
    sketch.show(seven.fitted())
    return sketch


@pytest.fixture
def reader(sketch, make_digit):
    shelf = Shelf()
    reader = Reader(sketch, shelf, Timeline(shelf), Jobs())
    boxes = [(0.1, 0.2, 0.3, 0.8), (0.5, 0.2, 0.7, 0.8)]
    reader.show(Reading((tuple(map(make_digit, (1, 2), (0.9, 0.9), boxes)),)))
    return reader


@pytest.fixture
def canvas(appear, sketch, reader):
    return appear(Canvas(sketch, reader), 400, 400)


def test_the_key_of_a_digit_puts_right_the_one_under_the_mouse(canvas, reader):
    reader.focus_on(0)
    QTest.keyClick(canvas, Qt.Key.Key_7)
    assert reader.reading.text == "72"
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    QTest.keyClick(canvas, Qt.Key.Key_4, Qt.KeyboardModifier.KeypadModifier)
    assert reader.reading.text == "74"


def test_the_key_of_a_sign_makes_it_one_and_a_sign_is_put_right_too(canvas, reader, make_digit):
    reader.focus_on(0)
    QTest.keyClick(canvas, Qt.Key.Key_Minus)
    assert reader.reading.text == "-2"
    digit, two = make_digit(1, 0.9, (0.1, 0.2, 0.3, 0.8)), make_digit(2, 0.9, (0.7, 0.2, 0.8, 0.8))
    dash = Sign("-", 0.9, digit.picture, (0.4, 0.4, 0.5, 0.5))
    reader.show(Reading(((digit, dash, two),)))
    reader.focus_on(None)
    assert reader.focused is two
    QTest.keyClick(canvas, Qt.Key.Key_Left)
    for keys, text in (("7", "-72"), ("/", "-/2"), (":", "-:2"), ("n", "-2"), ("+", "-+2")):
        QTest.keyClicks(canvas, keys)
        assert reader.reading.text == text
    QTest.keyClick(canvas, Qt.Key.Key_Period, Qt.KeyboardModifier.KeypadModifier)
    assert reader.reading.text == "-.2"
    QTest.keyClicks(canvas, ",")
    assert reader.reading.text == "-,2"


@pytest.mark.parametrize("key", ["n", "N", "?"])
def test_a_key_says_that_it_is_no_digit(canvas, reader, key):
    QTest.keyClicks(canvas, key)
    assert reader.reading.text == "1"
    QTest.keyClicks(canvas, "3")
    assert reader.reading.text == "13", "which may be a mistake"


def test_keys_of_menus_are_no_digits(canvas, reader):
    for modifier in (Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier):
        QTest.keyClick(canvas, Qt.Key.Key_4, modifier)
        QTest.keyClick(canvas, Qt.Key.Key_Plus, modifier)
    assert reader.reading.text == "12"


def test_e_takes_the_eraser_and_e_or_escape_puts_it_down(canvas, sketch):
    pen = canvas.cursor().shape()
    for key in (Qt.Key.Key_E, Qt.Key.Key_Escape):
        QTest.keyClick(canvas, Qt.Key.Key_E)
        assert sketch.is_erasing
        assert canvas.cursor().shape() != pen
        QTest.keyClick(canvas, key)
        assert not sketch.is_erasing
        assert canvas.cursor().shape() == pen


def test_escape_is_for_others_while_nothing_is_erased(canvas):
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(canvas, event)
    assert not event.isAccepted()


def test_nothing_is_put_right_that_nothing_was_read_in(canvas, sketch, reader):
    reader.show(Reading())
    QTest.keyClick(canvas, Qt.Key.Key_7)
    assert sketch.corrections == ()
    assert isinstance(sketch.drawing, Drawing)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_return_says_that_all_is_right(canvas, sketch, reader, key):
    QTest.keyClick(canvas, key)
    assert [one.label for one in sketch.corrections] == ["1", "2"]
    assert reader.reading.text == "12"
    sketch.undo()
    assert sketch.corrections == ()
