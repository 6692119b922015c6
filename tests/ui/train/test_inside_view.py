import dataclasses

import numpy as np
import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QComboBox, QLabel

from mnist_desktop.learning.events import Inspected
from mnist_desktop.learning.inspection import BINS, Histogram, Inspection, LayerInspection
from mnist_desktop.ui.theme import current_theme, follow_system
from mnist_desktop.ui.train.inside_charts import MOST_POINTS, ROW_HEIGHT, TILE, WeightSheet
from mnist_desktop.ui.train.inside_view import InsideView


def histogram(reach=0.5):
    counts = np.zeros(BINS, dtype=np.int64)
    counts[BINS // 2] = 100
    return Histogram(counts, reach)


def inspected(norm=1.25, layers=3, pictures=64):
    random = np.random.default_rng(0)
    shape = (pictures, 28, 28)
    parts = tuple(
        LayerInspection(f"hidden{number}", histogram(), histogram(0.0), 0.5, 0.03)
        for number in range(1, layers)
    )
    last = LayerInspection("out", histogram(), histogram(), 0.5, None)
    return Inspected(
        1,
        2,
        Inspection(
            (*parts, last),
            norm,
            random.normal(size=shape).astype(np.float32),
            random.normal(size=shape).astype(np.float32),
        ),
        0.001,
    )


@pytest.fixture
def view(qtbot):
    follow_system(QApplication.instance())
    view = InsideView()
    view.resize(640, 420)
    view.show()
    yield view
    view.close()
    view.deleteLater()


def test_it_says_what_to_do_until_there_is_something_to_see(view):
    hint = next(label for label in view.findChildren(QLabel) if "Start a training" in label.text())
    assert hint.isVisible()
    view.show_inspection(inspected())
    assert not hint.isVisible()
    assert view.findChild(WeightSheet).isVisible()
    view.clear()
    assert hint.isVisible()


def test_each_layer_is_told_also_to_those_who_do_not_see_it(view):
    view.show_inspection(inspected())
    name = view._layers.accessibleName()
    assert name.startswith("hidden1: gradient 0.5, dead 3 %; hidden2")
    assert name.endswith("out: gradient 0.5")


def test_many_layers_can_be_scrolled(view):
    view.show_inspection(inspected(layers=20))
    assert view._layers.minimumHeight() == 20 * ROW_HEIGHT
    view.grab()


def test_the_gradient_s_length_is_kept_for_a_while(view):
    for step in range(MOST_POINTS + 10):
        view.show_inspection(inspected(norm=step))
    assert view._curve.values == list(range(10, MOST_POINTS + 10))
    view.clear()
    assert view._curve.values == []


def test_weights_or_gradients_of_the_first_layer(view):
    event = inspected()
    view.show_inspection(event)
    weights = view._sheet._levels.copy()
    view.findChild(QComboBox, "firstLayerCombo").setCurrentIndex(1)
    assert (view._sheet._levels != weights).any()
    view.findChild(QComboBox, "firstLayerCombo").setCurrentIndex(0)
    assert (view._sheet._levels == weights).all()


@pytest.mark.parametrize("count", [1, 10, 64])
def test_the_sheet_shows_each_picture_in_its_place_in_colours_by_sign(qtbot, view, count):
    pictures = np.zeros((count, 28, 28), dtype=np.float32)
    pictures[0, :14] = 1.0
    pictures[0, 14:] = -1.0
    event = inspected()
    view.show_inspection(
        dataclasses.replace(
            event, inspection=dataclasses.replace(event.inspection, pictures=pictures)
        )
    )
    sheet = view.findChild(WeightSheet)
    image = sheet.grab().toImage()
    rows = -(-count // 8)
    scale = min(sheet.width() / (8 * TILE), sheet.height() / (rows * TILE))
    theme = current_theme()

    def colour(x, y):
        return QColor(image.pixel(round(x * scale), round(y * scale))).name()

    assert colour(14, 5) == QColor(theme.test).name()
    assert colour(14, 22) == QColor(theme.train).name()
    if count > 1:
        assert colour(TILE + 14, 14) == QColor(theme.paper).name()


def test_numbers_that_are_all_zero_are_shown(view):
    event = inspected(norm=0.0)
    zeros = np.zeros((64, 28, 28), dtype=np.float32)
    view.show_inspection(
        dataclasses.replace(event, inspection=dataclasses.replace(event.inspection, pictures=zeros))
    )
    view.grab()
