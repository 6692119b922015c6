import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from mnist_desktop.ui.look.appearance import dress
from mnist_desktop.ui.look.theme import LIGHT
from mnist_desktop.ui.widgets.picture_view import PictureView

VERTICAL, HORIZONTAL = Qt.Orientation.Vertical, Qt.Orientation.Horizontal


@pytest.fixture
def laid_out(qtbot, qapp):
    """A view with something beside it, or below it, in so much room."""
    dress(qapp, "light")
    windows = []

    def lay_out(grows, width, height):
        window = QWidget()
        qtbot.addWidget(window)
        windows.append(window)
        layout = QHBoxLayout(window) if grows == VERTICAL else QVBoxLayout(window)
        layout.setContentsMargins(0, 0, 0, 0)
        view = PictureView(3, grows)
        layout.addWidget(view)
        layout.addWidget(QWidget(), 1)
        window.resize(width, height)
        window.show()
        qtbot.waitExposed(window)
        QApplication.processEvents()
        return view

    return lay_out


@pytest.mark.parametrize(
    ("grows", "width", "height", "scale"),
    [
        (VERTICAL, 500, 86, 3),
        (VERTICAL, 500, 113, 3),
        (VERTICAL, 500, 114, 4),
        (VERTICAL, 500, 300, 10),
        (VERTICAL, 150, 400, 5),
        (HORIZONTAL, 86, 500, 3),
        (HORIZONTAL, 300, 500, 10),
    ],
)
def test_it_is_as_large_as_there_is_room_in_whole_pixels(laid_out, grows, width, height, scale):
    view = laid_out(grows, width, height)
    assert view.place.width() == view.place.height() == 28 * scale
    assert view.rect().contains(view.place.adjusted(-1, -1, 1, 1))
    if grows == VERTICAL and width == 500:
        assert view.width() == 28 * scale + 2, "no more than it needs"
    if grows == HORIZONTAL:
        assert view.height() == 28 * scale + 2


def test_it_shrinks_again(laid_out):
    view = laid_out(VERTICAL, 500, 300)
    view.window().resize(500, 100)
    QApplication.processEvents()
    assert view.place.width() == 3 * 28
    assert view.width() == 3 * 28 + 2


def test_a_pixel_of_the_picture_is_a_square_on_the_screen(laid_out):
    view = laid_out(HORIZONTAL, 290, 500)
    picture = np.zeros((28, 28), np.uint8)
    picture[3, 20] = 255
    view.show_picture(picture)
    shown = view.grab().toImage()
    corner = view.place.topLeft() + QPoint(200, 30)
    for x, y, colour in ((0, 0, LIGHT.ink), (9, 9, LIGHT.ink), (10, 9, LIGHT.paper)):
        assert shown.pixelColor(corner + QPoint(x, y)) == QColor(colour)
    assert shown.pixelColor(corner - QPoint(1, 0)) == QColor(LIGHT.paper)


def test_the_pixel_under_the_mouse_is_told(laid_out):
    view = laid_out(HORIZONTAL, 300, 500)
    heard = []
    QTest.mouseMove(view, view.rect().center())  # maybe it stood at the first pixel already
    view.hovered.connect(lambda row, column: heard.append((row, column)))
    for x, y in ((0, 0), (209, 39), (279, 279), (284, 20)):
        QTest.mouseMove(view, view.place.topLeft() + QPoint(x, y))
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert heard == [(0, 0), (3, 20), (27, 27), (-1, -1), (-1, -1)]


def test_where_there_is_room_each_pixel_has_its_value_in_it(laid_out):
    picture = np.zeros((28, 28), np.uint8)
    picture[3, 20], picture[3, 22] = 255, 60
    for size, has_numbers in ((20 * 28 + 2, True), (19 * 28 + 2, False)):
        view = laid_out(HORIZONTAL, size, 700)
        view.show_picture(picture)
        shown, side = view.grab().toImage(), size // 28
        for column in (20, 22, 24):
            corner = view.place.topLeft() + QPoint(side * column, side * 3)
            colours = {
                shown.pixelColor(corner + QPoint(x, y)).name()
                for x in range(side)
                for y in range(side)
            }
            is_written = has_numbers and column != 24  # paper has no number
            assert (len(colours) > 1) == is_written
