import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QHelpEvent, QImage
from PySide6.QtTest import QTest

from mnist_desktop.ui.draw.bars import HIGHEST_ROW, ProbabilityBars
from mnist_desktop.ui.look.appearance import dress
from mnist_desktop.ui.look.theme import LIGHT

STEP = 24
"""Pixels from row to row."""


@pytest.fixture
def bars(appear, qapp):
    dress(qapp, "light")
    return appear(ProbabilityBars(), 300, 10 * STEP)


def widths(bars, colour):
    """For each digit how many pixels in the middle of its bar have a colour."""
    picture = bars.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(picture.constBits(), np.uint32).reshape(picture.height(), -1)
    rows = pixels[STEP // 2 :: STEP, 20:250]
    return (rows == QColor(colour).rgb()).sum(axis=1)


def show(bars, **shares):
    """``d3=0.5``: the digit 3 has 0.5."""
    probabilities = np.zeros(10)
    for name, share in shares.items():
        probabilities[int(name[1:])] = share
    bars.show_digits(probabilities)


def test_only_the_best_bar_has_the_accent_colour(bars):
    show(bars, d3=0.7, d8=0.3)
    accents, others = widths(bars, LIGHT.accent), widths(bars, LIGHT.quiet)
    assert np.flatnonzero(accents).tolist() == [3]
    assert np.flatnonzero(others).tolist() == [8]
    assert accents[3] / others[8] == pytest.approx(7 / 3, rel=0.1)


def test_bars_of_next_to_nothing_are_hidden(bars):
    show(bars, d1=0.99, d2=0.001, d5=0.004)
    assert np.flatnonzero(widths(bars, LIGHT.quiet)).tolist() == [5]
    show(bars, d1=0.001)
    assert not widths(bars, LIGHT.accent).any()


def test_a_figure_stands_behind_each_bar_that_has_one_per_cent(bars):
    bars.show_digits(None)
    empty = bars.grab().toImage()
    show(bars, d1=0.793, d2=0.003, d5=0.2, d7=0.004)
    shown = bars.grab().toImage()
    areas = [(262, STEP * digit, 38, STEP) for digit in range(10)]
    written = [empty.copy(*area) != shown.copy(*area) for area in areas]
    assert np.flatnonzero(written).tolist() == [1, 5]


def test_without_probabilities_there_are_tracks_only(bars):
    show(bars, d3=0.7)
    bars.show_digits(None)
    assert not widths(bars, LIGHT.accent).any()
    assert not widths(bars, LIGHT.quiet).any()
    assert bars.accessibleDescription() == ""


def test_rows_stay_together_however_much_room_there_is(bars):
    bars.resize(300, 2000)
    assert bars.height() == 10 * HIGHEST_ROW


def test_a_bar_is_clicked_where_something_is_read(qtbot, bars):
    clicked = []
    bars.clicked.connect(clicked.append)
    QTest.mouseClick(bars, Qt.MouseButton.LeftButton, pos=QPoint(50, 3 * STEP + 5))
    show(bars, d3=0.7)
    for y in (0, STEP - 1, STEP, 10 * STEP - 1):
        QTest.mouseClick(bars, Qt.MouseButton.LeftButton, pos=QPoint(50, y))
    QTest.mouseClick(bars, Qt.MouseButton.RightButton, pos=QPoint(50, 5))
    assert clicked == [0, 0, 1, 9]


@pytest.mark.parametrize(("y", "digit"), [(0, 0), (5 * STEP, 5), (10 * STEP - 1, 9)])
def test_it_says_what_a_click_would_say(qapp, bars, y, digit):
    def tip():
        place = QPoint(50, y)
        qapp.sendEvent(bars, QHelpEvent(QEvent.Type.ToolTip, place, bars.mapToGlobal(place)))
        return bars.toolTip()

    assert tip() == ""
    show(bars, d3=0.7)
    assert f"It was a {digit}:" in tip()


def test_what_it_is_meant_to_be_is_marked_and_said(bars):
    show(bars, d1=1.0)
    names = QRect(0, 7 * STEP, 40, STEP)
    before = bars.grab(names).toImage()
    bars.show_digits(bars.probabilities, "7")
    assert bars.grab(names).toImage() != before
    assert bars.accessibleDescription().startswith("as you say 7, ")
    for none in (None, "", "+"):
        bars.show_digits(bars.probabilities, none)
        assert bars.grab(names).toImage() == before
        assert "say" not in bars.accessibleDescription()
