from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from mnist_desktop.ui.evaluate.confusion_view import ConfusionView
from mnist_desktop.ui.look.fonts import scaled, set_text_size


@pytest.fixture
def view(qtbot, theme):
    """A thousand pictures of each digit, of which few are misread."""
    view = ConfusionView()
    view.resize(441, 441)  # cells of 40 pixels
    qtbot.addWidget(view)
    counts = np.diag([1000] * 10)
    counts[2, 7], counts[3, 5], counts[4, 9] = 1, 10, 40
    counts[6, 6] = 500
    view.show_counts(counts)
    view.show()
    qtbot.waitExposed(view)
    return view


@pytest.fixture
def colour_of(view):
    """The colour of a cell's ground."""
    picture = view.grab().toImage()
    return lambda row, column: picture.pixelColor(40 + 40 * column + 5, 40 + 40 * row + 5)


def distance(one, other):
    """Of two colours."""
    pairs = zip(QColor(one).getRgb(), QColor(other).getRgb(), strict=True)
    return sum(abs(a - b) for a, b in pairs)


def test_its_names_have_room_however_large_texts_are(qapp, qtbot):
    set_text_size(qapp, 200)
    try:
        view = ConfusionView()
        qtbot.addWidget(view)
        view.resize(view.minimumSize())
        picture = view.grab().toImage()
        ground = picture.pixelColor(0, 0)
        table = range(scaled(40) + 2, picture.width() - 2)
        written = [
            any(picture.pixelColor(x, y) != ground for x in table) for y in range(scaled(40) - 2)
        ]
        lines = sum(now and not before for before, now in pairwise([False, *written]))
        assert lines == 2, "what the columns are, and below it their digits"
    finally:
        set_text_size(qapp, 100)


def test_what_is_read_rightly_and_what_is_misread_differ_in_colour(colour_of, theme):
    right, wrong = colour_of(0, 0), colour_of(4, 9)
    assert abs(right.hue() - QColor(theme.best).hue()) < 15
    assert abs(wrong.hue() - QColor(theme.test).hue()) < 15


def test_a_cell_stands_out_the_more_the_more_is_misread(colour_of, theme):
    shades = [distance(colour_of(*cell), theme.paper) for cell in ((2, 7), (3, 5), (4, 9))]
    assert 10 < shades[0] < shades[1] < shades[2]


def test_what_never_happens_is_paper(colour_of, theme):
    assert colour_of(1, 0) == QColor(theme.paper)


def test_the_shade_is_of_the_row_s_share_and_not_of_the_count(colour_of, theme):
    assert colour_of(6, 6) == colour_of(0, 0)


def test_the_chosen_cell_is_framed(view, theme):
    view.choose((2, 7))
    QApplication.processEvents()
    picture = view.grab().toImage()
    assert picture.pixelColor(40 + 40 * 7 + 20, 40 + 40 * 2 + 2) == QColor(theme.accent)


def test_it_shows_that_keys_go_there_before_a_cell_is_chosen(qtbot, view, theme):
    def edge():
        return view.grab().toImage().pixelColor(40 + 2, 40 + 100)

    view.clearFocus()
    assert edge() != QColor(theme.accent)
    view.activateWindow()
    view.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(view.hasFocus)
    assert edge() == QColor(theme.accent)
    view.choose((5, 5))
    assert edge() != QColor(theme.accent), "the cell shows it"
