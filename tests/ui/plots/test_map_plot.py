"""Points of ten classes, and one that moves."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from mnist_desktop.ui.look.theme import DARK, LIGHT
from mnist_desktop.ui.plots.map_plot import MapPlot, shape_of
from mnist_desktop.ui.plots.pens import class_colour

POINTS = np.array([[0, 0], [1000, 1], [500, 0.5]], dtype=np.float32)
"""Far wider than high."""


@pytest.fixture
def plot(appear):
    plot = appear(MapPlot("map"), 600, 400)
    plot.show_points(POINTS, np.array([0, 3, 9], dtype=np.uint8))
    return plot


@pytest.fixture
def heard(plot):
    heard = []
    plot.pointed.connect(heard.append)
    return heard


def move(plot, point, dx=0.0, dy=0.0):
    there = plot.getViewBox().mapViewToScene(QPointF(*map(float, point)))
    plot.scene().sigMouseMoved.emit(there + QPointF(dx, dy))


def test_the_point_that_is_seen_nearest_is_pointed_at(plot, heard):
    for offset in ({"dx": 8}, {"dx": 30}, {"dy": -8}, {"dy": -30}):
        move(plot, POINTS[2], **offset)
    move(plot, POINTS[0], dy=-8)
    assert heard == [2, -1, 2, -1, 0]


def test_none_is_pointed_at_once_the_mouse_has_left(plot, heard):
    move(plot, POINTS[2])
    QApplication.sendEvent(plot, QEvent(QEvent.Type.Leave))
    assert heard == [2, -1]


def test_arrow_keys_go_to_the_next_point_in_their_direction(qtbot, appear):
    plot = appear(MapPlot("map"), 400, 400)
    places = [[0, 0], [1, 0.1], [2, 0], [0.1, 1], [1, 1.2], [-2, -2], [2, 3]]
    plot.show_points(np.array(places, dtype=np.float32), np.zeros(len(places), dtype=np.uint8))
    gone = []
    plot.chosen.connect(gone.append)
    plot.choose(0)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Up):
        QTest.keyClick(plot, key)
    QTest.keyClick(plot, Qt.Key.Key_Up)
    QTest.keyClick(plot, Qt.Key.Key_Up)
    assert gone == [0, 1, 2, 1, 4, 6], "and from the last one to none"
    plot.show_points(np.empty((0, 2), np.float32), np.empty(0, np.uint8))
    QTest.keyClick(plot, Qt.Key.Key_Up)
    assert plot.point == -1


def test_ten_classes_differ_in_colour_and_five_at_a_time_in_shape():
    for theme in (LIGHT, DARK):
        assert len({class_colour(label, theme).name() for label in range(10)}) == 10
        for label in range(10):
            assert abs(lightness(class_colour(label, theme)) - lightness(theme.paper)) > 0.15
    assert [shape_of(label) for label in range(10)] == ["o"] * 5 + ["t1"] * 5


def lightness(colour):
    return QColor(colour).toHsl().lightnessF()


def test_the_own_point_is_somewhere_or_nowhere_and_no_other_map_has_it(plot):
    plot.move_own_point(np.array([3, 0.25], dtype=np.float32))
    assert plot.own_point == (3, 0.25)
    plot.show_points(POINTS, np.zeros(3, dtype=np.uint8))
    assert plot.own_point is None


def test_one_class_is_emphasised(plot):
    def inked(colour):
        picture = plot.grab().toImage()
        wanted = class_colour(colour, LIGHT)
        return any(
            picture.pixelColor(x, y) == wanted
            for x in range(picture.width())
            for y in range(picture.height())
        )

    plot.resize(150, 120)
    assert inked(0)
    assert inked(9)
    plot.emphasise(9)
    assert not inked(0)
    assert inked(9)
    plot.emphasise(-1)
    assert inked(0)
