"""The network laid open, as a person uses it."""

from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QAction, QColor, QImage, QKeyEvent, QMouseEvent
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

from mnist_desktop.learning.data.splits import Splits
from mnist_desktop.learning.models.model import Model
from mnist_desktop.learning.models.network import MLP
from mnist_desktop.learning.models.templates import SUPPORT, Templates
from mnist_desktop.learning.read.recognizer import Recognizer
from mnist_desktop.learning.settings.config import NetworkConfig
from mnist_desktop.ui.look.theme import current_theme
from mnist_desktop.ui.network.layers_view import LayersView
from mnist_desktop.ui.network.softmax_view import SoftmaxView
from mnist_desktop.ui.network.window import NetworkWindow
from mnist_desktop.ui.plots.figures import in_figures
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


def seen_texts(opened):
    return [label.text() for label in opened.findChildren(QLabel) if label.isVisible()]


def test_a_click_on_a_neuron_shows_its_weights_and_what_excites_it(qtbot, session, opened, view):
    weights = opened.findChild(WeightPictures, "neuronWeights")
    row, title = opened.findChild(TrainingStrip), opened.findChild(QLabel, "neuronLabel")
    of_one = [opened.findChild(QPushButton, "neuronOffButton")]
    of_one += [opened.findChild(QSlider, name) for name in ("strengthSlider", "biasSlider")]
    assert title.text() == "A neuron"
    assert any("Click a neuron" in text for text in seen_texts(opened))
    assert not weights.isVisible()
    assert not row.isVisible()
    assert not any("excite" in text for text in seen_texts(opened))
    assert not any(control.isEnabled() for control in of_one)
    click(view, 0, 5)
    assert session.lab.focus.neuron == (0, 5)
    assert weights.isVisible()
    assert weights.reach > 0
    assert row.isVisible()
    assert title.text() == "Neuron 5 of hidden1"
    says = in_figures(float(session.lab.outputs[0][5]), 3)
    assert f"Its output is {says}." in seen_texts(opened)
    assert any("excite" in text for text in seen_texts(opened))
    assert all(control.isEnabled() for control in of_one)
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
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert session.lab.focus.neuron == (1, 0), "without a mouse it begins with the first"
    other = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(view, other)
    assert not other.isAccepted(), "it is for others"
    assert session.lab.focus.neuron == (1, 0)
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


def test_the_mouse_shows_what_a_neuron_says(session, view):
    move_to(view, view.places[2].place(3).center())
    assert f"neuron 3: {in_figures(float(session.lab.outputs[1][3]), 3)}" in view.toolTip()
    move_to(view, QPointF(view.rect().bottomRight()))
    assert view.toolTip() == ""


def move_to(view, place):
    none = Qt.MouseButton.NoButton
    what = (place, view.mapToGlobal(place), none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(view, QMouseEvent(QEvent.Type.MouseMove, *what))


def test_of_a_drawing_each_part_of_the_network_has_its_share(qtbot, session, view):
    places = view.places
    ends = places[-1].area
    shares = QRect(int(ends.right()) + 2, 0, view.width(), int(ends.bottom())).intersected(
        view.rect()
    )
    parts = [place.area.toRect() for place in places] + [shares]
    parts += [
        QRect(int(one.area.right()) + 2, 0, int(other.area.left() - one.area.right()) - 4, 400)
        for one, other in pairwise(places)
    ]
    qtbot.waitUntil(lambda: bool(session.lab.picture.any()))
    with_drawing = view.grab().toImage()
    with painted_anew(qtbot, view, session.lab.changed):
        session.sketch.clear()
    without = view.grab().toImage()
    assert all(with_drawing.copy(part) != without.copy(part) for part in parts)
    assert of_one_colour(without, shares), "of an empty canvas no share is said"
    names = QRect(0, int(max(place.area.bottom() for place in places)) + 2, view.width(), 400)
    assert not of_one_colour(without, names.intersected(view.rect())), "each has its name"


def of_one_colour(image, part):
    part = image.copy(part)
    return len({part.pixel(x, y) for x in range(part.width()) for y in range(part.height())}) == 1


@contextmanager
def painted_anew(qtbot, view, signal):
    """Waits until it is painted after a signal."""
    painted = []

    class Watch(QObject):
        def eventFilter(self, _watched, event):  # noqa: N802
            if event.type() == QEvent.Type.Paint:
                painted.append(True)
            return False

    watch = Watch()
    view.installEventFilter(watch)
    with qtbot.waitSignal(signal):
        signal.connect(painted.clear)
        yield
    qtbot.waitUntil(lambda: bool(painted))
    signal.disconnect(painted.clear)
    view.removeEventFilter(watch)


def test_another_neuron_is_seen_at_once(qtbot, session, view):
    with painted_anew(qtbot, view, session.lab.focus.changed):
        session.lab.look_at((1, 2))


def test_only_the_neuron_that_is_looked_at_is_framed(session, view):
    before = pixels(view)
    session.lab.look_at((1, 2))
    rows, columns = np.nonzero(pixels(view) != before)
    frame = view.places[2].place(2).adjusted(-3, -3, 3, 3)
    assert len(rows)
    assert frame.left() <= columns.min() <= columns.max() <= frame.right()
    assert frame.top() <= rows.min() <= rows.max() <= frame.bottom()


def pixels(view):
    image = view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return np.array(image.constBits(), copy=True).view(np.uint32).reshape(image.height(), -1)


def test_another_model_is_another_network(qtbot, session, opened):
    softmax, note = opened.findChild(SoftmaxView), "divided by the temperature"
    opened.findChild(QTabWidget, "networkPages").setCurrentIndex(1)
    assert opened.windowTitle() == "Network of small"
    assert any(note in text for text in seen_texts(opened))
    assert "÷ 2.0" in softmax.accessibleDescription()
    assert "Nothing is changed." in seen_texts(opened)
    session.shelf.rename(session.lab.entry, "mine")
    assert opened.windowTitle() == "Network of mine"
    config = NetworkConfig((8,))
    other = Entry("other", Recognizer(Model(config, MLP(config, seed=1).state_dict())))
    session.shelf.add(other)
    with qtbot.waitSignal(session.lab.changed):
        session.shelf.read_with(other)
    assert opened.windowTitle() == "Network of other"
    assert not any(note in text for text in seen_texts(opened))
    assert [len(row) for row in softmax.rows] == [4] * 12, "without a temperature"
    assert "÷ 2.0" not in softmax.accessibleDescription()


def test_closed_it_costs_nothing_any_more(qtbot, session, opened, is_at_rest):
    assert opened.windowHandle().transientParent() is None, "it need not lie above the canvas"
    qtbot.waitUntil(lambda: bool(session.lab.picture.any()))
    opened.close()
    with qtbot.waitSignal(session.reader.changed):
        session.sketch.clear()
    assert is_at_rest(session.lab)
    assert session.lab.picture.any()


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
    assert colours(marked, view, QColor(current_theme().error), layer=1) == 0, "not of it"
    assert colours(marked, view, QColor(current_theme().accent), layer=1) == 0
    slide(opened, "strengthSlider", 50)
    assert colours(view.grab().toImage(), view, QColor(current_theme().error)) == 0, "weak is on"
    assert off.text() == "Switch off"
    opened.findChild(QPushButton, "networkUndoButton").click()
    off.click()
    assert session.lab.edits.count == 0
    opened.findChild(QPushButton, "networkUndoButton").click()
    assert off.text() == "Switch on", "each is a step"


def colours(image, view, colour, layer=0):
    """Pixels of a colour in the cell of neuron 5."""
    cell = view.places[layer + 1].place(5).toRect()
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
    texts = seen_texts(opened)
    assert {"50 %", "+5.0", "30 %", "3 changes"} <= set(texts)
    slide(opened, "biasSlider", -1000)
    slide(opened, "strengthSlider", 1000)
    assert session.lab.edits.shift((2, 4)) == -5.0, "as far as it goes"
    assert session.lab.edits.strength((2, 4)) == 3.0
    assert {"300 %", "−5.0"} <= set(seen_texts(opened))
    for _ in range(2):
        opened.findChild(QPushButton, "networkUndoButton").click()
    undo = opened.findChild(QPushButton, "networkUndoButton")
    for _ in range(3):
        undo.click()
    assert not undo.isEnabled()
    assert opened.findChild(QSlider, "biasSlider").value() == 0
    assert opened.findChild(QSlider, "pruneSlider").value() == 0


def test_the_slide_of_another_neuron_is_another_step(session, opened, view):
    for name in ("strengthSlider", "biasSlider"):
        for neuron in (4, 5):
            click(view, 2, neuron)
            slide(opened, name, 40)
    undo = opened.findChild(QPushButton, "networkUndoButton")
    for left in (3, 2, 1, 0):
        undo.click()
        assert session.lab.edits.count == left


def test_the_test_accuracy_follows(qtbot, session, opened):
    label = opened.findChild(QLabel, "networkAccuracyLabel")
    qtbot.waitUntil(lambda: "of 500" in label.text().lower())
    slide(opened, "pruneSlider", 90)
    assert label.text().endswith("now …")
    qtbot.waitUntil(lambda: session.lab.accuracies[1] is not None)
    after = session.lab.accuracies[1].accuracy
    assert f"now {100 * after:.2f} %" in label.text()


def test_what_is_switched_off_and_on_again_is_no_change_to_be_kept(opened, view):
    keep, undo, off = (
        opened.findChild(QPushButton, name)
        for name in ("keepNetworkButton", "networkUndoButton", "neuronOffButton")
    )
    click(view, 0, 5)
    off.click()
    assert keep.isEnabled()
    off.click()
    assert (keep.isEnabled(), undo.isEnabled()) == (False, True)
    assert "Nothing is changed." in seen_texts(opened)


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


def test_of_a_model_that_was_taught_it_says_what_the_hand_adds(qtbot, session, opened):
    templates = Templates().with_drawings([(session.sketch.drawing, 3)])
    taught = replace(session.shelf.current.recognizer.model, templates=templates, pen=None)
    entry = Entry("taught", Recognizer(taught))
    session.shelf.add(entry)
    with qtbot.waitSignal(session.lab.changed):
        session.shelf.read_with(entry)
    qtbot.waitUntil(lambda: session.lab.support is not None)
    rows = opened.findChild(SoftmaxView).rows
    opened.findChild(QTabWidget, "networkPages").setCurrentIndex(1)
    assert any("the way the pen went" in text for text in seen_texts(opened))
    assert rows[0][2:4] == ("÷ 2.0", "+ how the pen went")
    assert all(len(row) == 6 for row in rows)
    added = [
        float(row[3].replace("−", "-")) - float(row[2].replace("−", "-")) for row in rows[1:11]
    ]
    assert added == pytest.approx([0, 0, 0, SUPPORT, 0, 0, 0, 0, 0, 0], abs=0.02)
    total = sum(float(row[4]) for row in rows[1:11])
    assert float(rows[11][4]) == pytest.approx(total, rel=0.02)
    session.sketch.clear()
    with qtbot.waitSignal(session.lab.changed):
        session.shelf.remove(entry)
    assert "how the pen went" not in opened.findChild(SoftmaxView).accessibleDescription()
    assert not any("the way the pen went" in text for text in seen_texts(opened))


@pytest.mark.parametrize("is_taught", [True, False])
def test_it_says_at_once_whether_the_model_was_taught(
    qtbot, window, session, draw, seven_points, is_taught
):
    draw(seven_points)
    drawings = [(session.sketch.drawing, 3)] if is_taught else []
    templates = Templates().with_drawings(drawings)
    model = Model(CONFIG, MLP(CONFIG, seed=5).state_dict(), templates=templates)
    entry = Entry("taught", Recognizer(model))
    session.shelf.add(entry)
    with qtbot.waitSignal(session.reader.changed):
        session.shelf.read_with(entry)
    session.lab.open()
    shown = NetworkWindow(session, window)
    qtbot.addWidget(shown)
    shown.show()
    shown.findChild(QTabWidget, "networkPages").setCurrentIndex(1)
    assert any("the way the pen went" in text for text in seen_texts(shown)) is is_taught
    told = shown.findChild(SoftmaxView).accessibleDescription()
    assert ("+ how the pen went" in told) is is_taught


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
