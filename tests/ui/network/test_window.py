"""The network laid open, as a person uses it."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QMenu,
    QPushButton,
    QSlider,
    QTabWidget,
    QWidget,
)

from mnist_desktop.learning.config import NetworkConfig
from mnist_desktop.learning.model import Model
from mnist_desktop.learning.network import MLP
from mnist_desktop.learning.recognizer import Recognizer
from mnist_desktop.learning.splits import Splits
from mnist_desktop.ui.look.theme import current_theme
from mnist_desktop.ui.network.layers_view import LayersView
from mnist_desktop.ui.network.softmax_view import SoftmaxView
from mnist_desktop.ui.plots.inside_charts import LayerHistograms
from mnist_desktop.ui.plots.weight_pictures import WeightPictures
from mnist_desktop.ui.session.shelf import Entry
from mnist_desktop.ui.widgets.picture_view import PictureView
from mnist_desktop.ui.widgets.training_strip import TrainingStrip

CONFIG = NetworkConfig((24, 16))


@pytest.fixture
def opened(qtbot, window, session, draw, seven_points):
    """The network's window, of a small network that reads a 7."""
    model = Model(CONFIG, MLP(CONFIG, seed=5).state_dict(), temperature=2.0)
    entry = Entry("small", Recognizer(model))
    session.shelf.add(entry)
    session.shelf.read_with(entry)
    draw(seven_points)
    assert window.findChild(QWidget, "networkWindow") is None, "nothing is built before"
    window.findChild(QAction, "networkAction").trigger()
    shown = window.findChild(QWidget, "networkWindow")
    yield shown
    shown.close()


@pytest.fixture
def view(opened):
    return opened.findChild(LayersView)


def click(view, layer, neuron):
    """The picture is the first of the places."""
    place = view.places[layer + 1].place(neuron).center().toPoint()
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=place)


def slide(opened, name, value):
    opened.findChild(QSlider, name).setValue(value)


def test_a_click_on_a_neuron_shows_its_weights_and_what_excites_it(qtbot, session, opened, view):
    weights = opened.findChild(WeightPictures, "neuronWeights")
    assert not weights.isVisible()
    click(view, 0, 5)
    assert session.lab.focus.neuron == (0, 5)
    assert weights.isVisible()
    assert "Neuron 5 of hidden1" in opened.findChild(QLabel, "neuronLabel").text()
    row = opened.findChild(TrainingStrip)
    qtbot.waitUntil(lambda: len(row.pictures) > 0)
    click(view, 1, 2)
    assert not weights.isVisible(), "only the first layer looks at pixels"
    click(view, 2, 9)
    assert session.lab.focus.neuron == (2, 9)


def test_what_excites_a_neuron_is_enlarged_by_a_click_and_has_the_menu(
    qtbot, window, session, opened, view
):
    click(view, 1, 5)
    row, splits = opened.findChild(TrainingStrip), session.splits
    qtbot.waitUntil(lambda: len(row.pictures) > 0)
    index = int(session.lab.focus.exciting[2])
    assert row.captions[2] == str(splits.train.labels[index])
    place = row.visualRect(row.model().index(2, 0)).center()
    QTest.mouseClick(row.viewport(), Qt.MouseButton.LeftButton, pos=place)
    dialog = row.findChild(QDialog, "specimenDialog")
    picture = dialog.findChild(PictureView, "specimenView").picture
    np.testing.assert_array_equal(picture, splits.train.pictures[index])
    dialog.close()
    row.customContextMenuRequested.emit(row.rect().center())
    menu = row.findChild(QMenu, "pictureMenu")
    (labels,) = [one.menu() for one in menu.actions() if one.menu()]
    label = (int(splits.train.labels[index]) + 1) % 10
    labels.actions()[label].trigger()
    menu.close()
    assert session.labels.corrected["train"] == {index: label}
    assert row.captions[2] == f"{label} ✎"
    row.findChild(QAction, "showInDataAction").trigger()
    assert session.gallery.chosen == index
    qtbot.waitUntil(window.isActiveWindow)
    assert window.findChild(QTabWidget, "tabs").currentIndex() == 3, "the gallery is in sight"


def test_of_another_data_set_nothing_is_shown_that_excited_it_before(
    qtbot, session, opened, view, small
):
    click(view, 1, 5)
    row = opened.findChild(TrainingStrip)
    qtbot.waitUntil(lambda: len(row.pictures) > 0)
    session.data_set.take(Splits("other", small.test, small.validation, small.train))
    assert len(row.pictures) == 0
    qtbot.waitUntil(lambda: len(row.pictures) > 0)
    first = small.test.pictures[session.lab.focus.exciting[0]]
    np.testing.assert_array_equal(row.pictures[0], first)


def test_arrow_keys_go_from_neuron_to_neuron_and_layer_to_layer(session, view):
    click(view, 0, 5)
    for key, expected in (
        (Qt.Key.Key_Down, (0, 6)),
        (Qt.Key.Key_Up, (0, 5)),
        (Qt.Key.Key_Left, (0, 5)),
        (Qt.Key.Key_Right, (1, 5)),
        (Qt.Key.Key_Right, (2, 5)),
        (Qt.Key.Key_Right, (2, 5)),
    ):
        QTest.keyClick(view, key)
        assert session.lab.focus.neuron == expected
    click(view, 2, 9)
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert session.lab.focus.neuron == (2, 9), "it is the last"


def test_a_neuron_is_switched_off_and_marked_and_on_again(session, opened, view):
    click(view, 0, 5)
    plain = view.grab().toImage()
    off = opened.findChild(QPushButton, "neuronOffButton")
    off.click()
    assert session.lab.edits.strength((0, 5)) == 0
    assert opened.findChild(QSlider, "strengthSlider").value() == 0
    assert off.text() == "Switch on"
    marked = view.grab().toImage()
    assert colours(marked, view, QColor(current_theme().error)) > 3
    assert colours(plain, view, QColor(current_theme().error)) == 0
    off.click()
    assert session.lab.edits.count == 0
    opened.findChild(QPushButton, "networkUndoButton").click()
    assert off.text() == "Switch on", "each is a step"


def colours(image, view, colour):
    """Pixels of a colour in the cell of neuron 5."""
    cell = view.places[1].place(5).toRect()
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    inside = [
        (x, y) for x in range(cell.left(), cell.right()) for y in range(cell.top(), cell.bottom())
    ]
    return sum(image.pixel(x, y) == colour.rgb() for x, y in inside)


def test_sliders_change_the_answer_at_once_and_one_undo_takes_a_slide_back(session, opened, view):
    click(view, 2, 4)
    for value in (20, 40, 50):
        slide(opened, "biasSlider", value)
    assert session.lab.edits.shift((2, 4)) == 5.0
    assert session.lab.probabilities.argmax() == 4
    slide(opened, "strengthSlider", 50)
    slide(opened, "pruneSlider", 30)
    assert session.lab.edits.strength((2, 4)) == 0.5
    assert session.lab.edits.pruned == 0.3
    undo = opened.findChild(QPushButton, "networkUndoButton")
    for _ in range(3):
        undo.click()
    assert not undo.isEnabled()
    assert opened.findChild(QSlider, "biasSlider").value() == 0
    assert opened.findChild(QSlider, "pruneSlider").value() == 0


def test_the_test_accuracy_follows(qtbot, session, opened):
    label = opened.findChild(QLabel, "networkAccuracyLabel")
    qtbot.waitUntil(lambda: "of 500" in label.text().lower())
    slide(opened, "pruneSlider", 90)
    assert label.text().endswith("now …")
    qtbot.waitUntil(lambda: session.lab.accuracies[1] is not None)
    after = session.lab.accuracies[1].accuracy
    assert f"now {100 * after:.2f} %" in label.text()


def test_what_is_changed_is_kept_as_a_model(session, opened):
    keep = opened.findChild(QPushButton, "keepNetworkButton")
    assert not keep.isEnabled(), "nothing is changed"
    slide(opened, "pruneSlider", 30)
    keep.click()
    assert session.shelf.current.name == "small, changed"
    assert not keep.isEnabled()


def test_the_softmax_is_written_step_by_step(session, opened):
    rows = opened.findChild(SoftmaxView).rows
    assert len(rows) == 12
    assert rows[0][2] == "÷ 2.0"
    scores, shares = session.lab.outputs[-1], session.lab.probabilities
    for digit, row in enumerate(rows[1:11]):
        assert row[:2] == (str(digit), f"{scores[digit]:.2f}".replace("-", "−"))
        assert row[2] == f"{scores[digit] / 2:.2f}".replace("-", "−")
        assert row[4] == f"{100 * shares[digit]:.2f} %"
    total = sum(float(row[3]) for row in rows[1:11])
    assert float(rows[11][3]) == pytest.approx(total, rel=0.02)


def test_inside_shows_any_model(qtbot, session, opened):
    opened.findChild(QTabWidget, "networkPages").setCurrentIndex(2)
    layers = opened.findChild(LayerHistograms)
    qtbot.waitUntil(lambda: len(layers.layers) == 3)
    assert opened.findChild(WeightPictures, "firstLayerPictures").isVisible()
    said = [one.text() for one in opened.findChild(QWidget, "savedInsideView").findChildren(QLabel)]
    assert any("validation pictures" in one for one in said), "as the line below says, too"
    opened.resize(opened.minimumSizeHint())
    QApplication.processEvents()
    assert opened.width() <= 1024
    assert opened.height() <= 660


def test_it_is_made_anew_with_the_window_and_closed_with_it(window, session, opened):
    session.lab.change(session.lab.edits.with_pruned(0.5), "pruned")
    window.rebuild()
    QApplication.processEvents()
    (shown,) = [one for one in window.findChildren(QWidget, "networkWindow") if one.isVisible()]
    assert shown.findChild(QSlider, "pruneSlider").value() == 50
    QTest.mouseMove(shown.findChild(LayersView), QPoint(5, 5))
    shown.close()
