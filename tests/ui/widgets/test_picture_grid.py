import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QWidget,
)

from mnist_desktop.ui.look.appearance import dress
from mnist_desktop.ui.look.theme import LIGHT
from mnist_desktop.ui.widgets.layouts import vbox
from mnist_desktop.ui.widgets.picture_grid import PictureGrid


@pytest.fixture
def grid(appear):
    dress(QApplication.instance(), "light")
    return appear(PictureGrid(), 500, 400)


@pytest.fixture
def heard(grid):
    heard = []
    grid.chosen.connect(heard.append)
    return heard


def black(count, *, width=28):
    """Pictures full of ink."""
    return [np.full((28, width), 255, dtype=np.uint8)] * count


def show(grid, count):
    grid.show_pictures(black(count), [str(n) for n in range(count)])
    QApplication.processEvents()


def cell(grid, index):
    return grid.visualRect(grid.model().index(index))


def where(grid, colour):
    """(height, width) bool."""
    picture = grid.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(picture.constBits(), np.uint32).reshape(picture.height(), -1)
    return pixels == QColor(colour).rgb()


def extent(grid, colour):
    """Width and height of what has a colour."""
    found = np.argwhere(where(grid, colour))
    height, width = found.max(axis=0) - found.min(axis=0) + 1
    return width, height


@pytest.mark.parametrize(("count", "side"), [(1, 112), (8, 112), (15, 84), (35, 56), (500, 56)])
def test_pictures_are_as_large_as_lets_all_be_in_sight(grid, count, side):
    show(grid, count)
    assert grid.verticalScrollBar().maximum() == 0 or count == 500
    grid.show_pictures(black(1) + [np.zeros((28, 28), np.uint8)] * (count - 1), [""] * count)
    assert extent(grid, LIGHT.ink) == (side, side)


def test_they_are_fitted_anew_into_another_size(grid):
    show(grid, 20)
    small = cell(grid, 0).width()
    grid.setFixedSize(900, 700)
    QApplication.processEvents()
    assert cell(grid, 0).width() > small
    assert grid.verticalScrollBar().maximum() == 0


def test_wide_pictures_keep_their_proportions(grid):
    grid.show_pictures(black(1, width=84), ["719"])
    width, height = extent(grid, LIGHT.ink)
    assert width == 112
    assert height == pytest.approx(112 / 3, abs=1)


def test_captions_have_room(grid):
    caption = "123456789012345678901234567890 → 777"
    grid.show_pictures(black(2), [caption, "1 → 7"])
    QApplication.processEvents()
    assert cell(grid, 0).width() >= grid.fontMetrics().horizontalAdvance(caption)
    assert not cell(grid, 0).intersects(cell(grid, 1))


def test_each_picture_s_caption_is_spoken(grid):
    grid.show_pictures(black(3), ["7 → 1", "2 → 8", "3 → 5"])
    spoken = QAccessible.queryAccessibleInterface(grid)
    names = [spoken.child(n).text(QAccessible.Text.Name) for n in range(spoken.childCount())]
    assert names == ["7 → 1", "2 → 8", "3 → 5"]


def test_where_there_is_none_it_says_why(grid):
    grid.show_pictures([], [], "None.")
    assert where(grid, LIGHT.quiet).any()
    show(grid, 1)
    assert not where(grid, LIGHT.quiet)[150:].any()


def test_a_click_chooses(grid, heard):
    show(grid, 20)
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=cell(grid, 7).center())
    assert heard == [7]
    beside = cell(grid, 19).bottomRight()
    beside.setY(beside.y() + 20)
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=beside)
    assert heard == [7]


def test_keys_choose(grid, heard):
    show(grid, 500)
    columns = sum(cell(grid, n).top() == 0 for n in range(20))
    grid.choose(0)
    for key in ("Right", "Down", "Left", "Up", "End", "Home", "PageDown"):
        QTest.keyClick(grid, getattr(Qt.Key, f"Key_{key}"))
    assert heard[:-1] == [0, 1, 1 + columns, columns, 0, 499, 0]
    assert heard[-1] % columns == 0
    assert heard[-1] >= 3 * columns


def test_digits_are_told_of_the_number_pad_too(grid):
    typed = []
    grid.digit_typed.connect(typed.append)
    show(grid, 3)
    QTest.keyClick(grid, Qt.Key.Key_7)
    QTest.keyClick(grid, Qt.Key.Key_4, Qt.KeyboardModifier.KeypadModifier)
    QTest.keyClick(grid, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert typed == [7, 4]


def test_a_chosen_picture_far_down_comes_into_sight(grid, heard):
    show(grid, 500)
    grid.choose(400)
    assert grid.viewport().rect().contains(cell(grid, 400))
    assert heard == [400]
    grid.choose(500)
    grid.choose(-1)
    assert heard == [400], "there is none"


def test_other_pictures_begin_at_the_top_and_none_is_chosen(grid, heard):
    show(grid, 500)
    grid.choose(400)
    show(grid, 400)
    assert grid.verticalScrollBar().value() == 0
    assert not where(grid, LIGHT.accent).any()
    grid.choose(0)
    assert heard == [400, 0]


def test_the_chosen_one_is_framed_and_the_frame_shows_whether_keys_go_there(qtbot, grid):
    show(grid, 2)
    assert not where(grid, LIGHT.accent).any()
    assert where(grid, LIGHT.border).any()
    grid.activateWindow()
    grid.setFocus()
    qtbot.waitUntil(grid.hasFocus)
    grid.choose(1)
    assert extent(grid, LIGHT.accent) == (116, 116)
    assert not where(grid, LIGHT.accent)[:, : cell(grid, 1).left()].any()
    grid.clearFocus()
    assert not where(grid, LIGHT.accent).any()
    assert where(grid, LIGHT.quiet)[:, cell(grid, 1).left() :].sum() > 400


def test_any_number_is_shown_and_only_those_in_sight_are_painted(grid):
    class Watched:
        asked = 0

        def __len__(self):
            return 70_000

        def __getitem__(self, index):
            Watched.asked += 1
            return np.zeros((28, 28), np.uint8)

    grid.show_pictures(Watched(), ["7"] * 70_000)
    grid.grab()
    grid.choose(35_000)
    grid.grab()
    assert 0 < Watched.asked < 500


@pytest.mark.parametrize(
    ("count", "caption"), [(2, "7"), (500, "7"), (500, "12345678901234567 → 777")]
)
def test_however_little_room_there_is_pictures_are_whole(appear, count, caption):
    grid = PictureGrid()
    grid.show_pictures(black(count), [caption] * count)
    window = appear(QWidget(layout=vbox(grid)), 40, 300)
    QApplication.processEvents()
    assert cell(grid, 0).topLeft() == QPoint()
    assert cell(grid, 0).width() <= grid.viewport().width()
    if caption == "7" and count == 500:
        assert cell(grid, 1).top() == 0, "there are several in a row"
        assert cell(grid, 1).right() <= grid.viewport().width()
    window.close()
