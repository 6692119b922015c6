"""The map, as a person uses it."""

import threading

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QMenu,
    QPushButton,
    QWidget,
)

from mnist_desktop.learning.data.splits import Splits
from mnist_desktop.learning.explain import embedding
from mnist_desktop.learning.read.recognizer import Recognizer
from mnist_desktop.ui.data.map_page import MapPage
from mnist_desktop.ui.plots.class_legend import ClassLegend
from mnist_desktop.ui.plots.map_plot import MapPlot
from mnist_desktop.ui.session.data.specimen import Place
from mnist_desktop.ui.session.shelf import Entry
from mnist_desktop.ui.widgets.picture_view import PictureView

PATIENCE_SECONDS = 10
"""Then what holds up a job lets it go, whatever became of the test."""


@pytest.fixture
def page(qtbot, appear, session):
    session.layer_map.layer = 3  # of ten values, whose map is made in no time
    page = appear(MapPage(session), 1000, 600)
    qtbot.waitUntil(lambda: session.layer_map.shown is not None)
    qtbot.waitUntil(lambda: not session.jobs.running)
    return page


@pytest.fixture
def plot(page):
    return page.findChild(MapPlot, "layerMap")


def pick(page, name, place):
    combo = page.findChild(QComboBox, name)
    combo.setCurrentIndex(place)
    combo.activated.emit(place)


def scene_place(plot, point):
    return plot.getViewBox().mapViewToScene(QPointF(*map(float, point)))


def ink_of(plot):
    """The share of the plot that is in a strong colour, as points are and words are not."""
    picture = plot.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(picture.constBits(), np.uint8).reshape(picture.height(), -1)
    colours = rows[:, : 3 * picture.width()].reshape(picture.height(), picture.width(), 3)
    return (np.ptp(colours.astype(int), axis=2) > 100).mean()


def test_it_offers_each_layer_and_maps_the_one_that_is_chosen(qtbot, page, session, plot):
    layers = page.findChild(QComboBox, "mapLayerCombo")
    assert [layers.itemText(n) for n in range(layers.count())] == [
        "input: 784 pixels",
        "hidden 1: 1,024",
        "hidden 2: 1,024",
        "output: 10 scores",
    ]
    assert layers.currentIndex() == 3
    pick(page, "mapLayerCombo", 2)
    qtbot.waitUntil(lambda: session.layer_map.is_up_to_date)
    assert session.layer_map.shown.layer == 2
    assert "%" in page.findChild(QLabel, "mapAbout").text()


def test_the_mouse_shows_a_picture_and_a_click_enlarges_it(qtbot, page, session, plot, small):
    shown = session.layer_map.shown
    far = int(np.abs(shown.map.points - shown.map.points.mean(axis=0)).sum(axis=1).argmax())
    there = scene_place(plot, shown.map.points[far])
    plot.scene().sigMouseMoved.emit(there)
    picture = page.findChild(PictureView, "mapPicture").picture
    np.testing.assert_array_equal(picture, small.validation.pictures[shown.indices[far]])
    assert page.findChild(QLabel, "mapCaption").text() == (
        f"picture {shown.indices[far]}, label {shown.labels[far]}"
    )
    plot.scene().sigMouseMoved.emit(QPointF(-9, -9))  # it stays, to be looked at
    np.testing.assert_array_equal(page.findChild(PictureView, "mapPicture").picture, picture)
    QTest.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=plot.mapFromScene(there))
    dialog = page.findChild(QDialog, "specimenDialog")
    view = dialog.findChild(PictureView, "specimenView")
    np.testing.assert_array_equal(view.picture, picture)
    dialog.close()
    other = int(np.abs(shown.map.points - shown.map.points[far]).sum(axis=1).argmax())
    for place, index in (
        (scene_place(plot, shown.map.points[other]), other),
        (QPointF(-9, -9), far),
    ):
        plot.scene().sigMouseMoved.emit(place)
        picture = page.findChild(PictureView, "mapPicture").picture
        np.testing.assert_array_equal(picture, small.validation.pictures[shown.indices[index]])


def test_the_menu_of_a_point_is_that_of_any_picture(qtbot, page, session, plot, small):
    shown = session.layer_map.shown
    points, labels = shown.map.points, session.labels
    far = int(np.abs(points - points.mean(axis=0)).sum(axis=1).argmax())
    index = int(shown.indices[far])
    place = plot.mapFromScene(scene_place(plot, points[far]))
    menu = menu_at(plot, place)
    assert page.findChild(QDialog, "specimenDialog") is None, "only a left click enlarges"
    (choices,) = [one.menu() for one in menu.actions() if one.menu()]
    label = (int(small.validation.labels[index]) + 1) % 10
    choices.actions()[label].trigger()
    menu.close()
    assert labels.corrected["validation"] == {index: label}
    caption = page.findChild(QLabel, "mapCaption")
    assert caption.text() == f"picture {index}, label {label} ✎"
    with qtbot.waitSignal(session.specimens.data_wanted):
        plot.findChild(QAction, "showInDataAction").trigger()
    gallery = session.gallery
    assert gallery.place(gallery.chosen) == Place("validation", index)
    labels.undo()
    assert "✎" not in caption.text()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert menu_at(plot, QPoint(1, 1)) is None, "there is no point"


def menu_at(plot, place):
    QTest.mousePress(plot.viewport(), Qt.MouseButton.RightButton, pos=place)
    there = plot.viewport().mapToGlobal(place)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, there)
    QApplication.sendEvent(plot.viewport(), event)
    QTest.mouseRelease(plot.viewport(), Qt.MouseButton.RightButton, pos=place)
    return plot.findChild(QMenu, "pictureMenu")


def test_keys_go_from_point_to_point_and_do_what_the_menu_does(qtbot, page, session, plot, small):
    page.activateWindow()
    plot.setFocus()
    qtbot.waitUntil(plot.hasFocus)
    QTest.keyClick(plot, Qt.Key.Key_3)
    assert session.labels.count == 0, "none is chosen"
    QTest.keyClick(plot, Qt.Key.Key_Right)
    first = plot.point
    QTest.keyClick(plot, Qt.Key.Key_Right)
    index = int(session.layer_map.shown.indices[plot.point])
    assert plot.point != first
    picture = page.findChild(PictureView, "mapPicture").picture
    np.testing.assert_array_equal(picture, small.validation.pictures[index])
    QTest.keyClick(plot, Qt.Key.Key_Return)
    view = plot.findChild(QDialog, "specimenDialog").findChild(PictureView, "specimenView")
    np.testing.assert_array_equal(view.picture, picture)
    QTest.keyClick(plot, Qt.Key.Key_Left)
    beside = int(session.layer_map.shown.indices[plot.point])
    assert beside != index
    np.testing.assert_array_equal(view.picture, small.validation.pictures[beside])
    QTest.keyClick(plot, Qt.Key.Key_Right)
    index = int(session.layer_map.shown.indices[plot.point])
    label = (int(small.validation.labels[index]) + 1) % 10
    QTest.keyClick(plot, str(label))
    assert session.labels.corrected["validation"] == {index: label}
    QTest.keyClick(plot, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert session.labels.count == 0


def test_what_is_drawn_beside_the_map_is_the_drawing_and_its_point_moves(page, session, plot):
    assert plot.own_point is None
    pad = page.findChild(QWidget, "mapPad")
    side = pad.width()
    places = [(0.3, 0.25), (0.5, 0.25), (0.68, 0.25), (0.6, 0.5), (0.45, 0.8)]
    first, *rest = [QPoint(round(x * side), round(y * side)) for x, y in places]
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=first)
    moves = set()
    for place in rest:
        QTest.mouseMove(pad, place)
        QApplication.processEvents()
        moves.add(plot.own_point)
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=rest[-1])
    assert len(session.sketch.finished.strokes) == 1
    assert len(moves) > 2, "it moves while one draws"
    QApplication.processEvents()
    assert plot.own_point == pytest.approx(tuple(session.layer_map.drawing), rel=1e-4)
    page.findChild(QPushButton, "clearMapPadButton").click()
    QApplication.processEvents()
    assert plot.own_point is None


def test_who_draws_beyond_the_pad_draws_at_its_edge(page, session):
    pad = page.findChild(QWidget, "mapPad")
    QTest.mouseClick(pad, Qt.MouseButton.RightButton, pos=QPoint(5, 5))
    assert session.sketch.is_empty
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    QTest.mouseMove(pad, QPoint(-30, pad.height() + 30))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(-30, pad.height() + 30))
    (stroke,) = session.sketch.finished.strokes
    # All of the pen's ink is on it.
    assert stroke.points[-1].tolist() == pytest.approx([0, 1], abs=0.05)
    assert 0 < stroke.points[-1].min() < stroke.points[-1].max() < 1


def test_where_the_drawing_lies_is_worked_out_when_the_map_is_seen(
    qtbot, page, session, plot, seven
):
    page.hide()
    with qtbot.waitSignal(session.reader.changed):
        session.sketch.show(seven)
    assert plot.own_point is None
    page.show()
    assert plot.own_point == pytest.approx(tuple(session.layer_map.drawing), rel=1e-4)


def test_a_page_that_is_built_anew_offers_what_was_chosen(qtbot, session):
    session.layer_map.show(2, "tsne")
    session.layer_map.cancel()
    page = MapPage(session)
    qtbot.addWidget(page)
    assert page.findChild(QComboBox, "mapLayerCombo").currentData() == 2
    assert page.findChild(QComboBox, "mapMethodCombo").currentData() == "tsne"


def test_without_tsne_a_sentence_stands_where_the_map_would(page, plot, monkeypatch):
    monkeypatch.setattr(embedding, "find_spec", lambda name: None)
    pick(page, "mapMethodCombo", 1)
    assert "pip install openTSNE" in plot.hint
    assert page.findChild(QPushButton, "makeMapButton").isHidden()
    assert ink_of(plot) < 0.001, "no points lie below the words"
    assert page.findChild(QLabel, "mapAbout").isHidden(), "that is of the other method"
    pick(page, "mapMethodCombo", 0)
    assert plot.hint == ""
    assert not page.findChild(QLabel, "mapAbout").isHidden()
    assert ink_of(plot) > 0.01


def test_the_class_that_is_pointed_at_in_the_legend_stands_out(page, plot):
    legend, whole = page.findChild(ClassLegend, "mapLegend"), ink_of(plot)
    QTest.mouseMove(legend, QPoint(5, 5))
    assert 0 < ink_of(plot) < whole / 2
    QApplication.sendEvent(legend, QEvent(QEvent.Type.Leave))
    assert ink_of(plot) == whole


def test_points_of_another_data_set_are_gone(qtbot, page, session, plot, small, monkeypatch):
    """They could be clicked, and there were no pictures of them."""
    plot.pointed.emit(0)
    assert page.findChild(PictureView, "mapPicture").picture is not None
    monkeypatch.setattr(embedding, "find_spec", lambda name: object())
    session.layer_map.method = "tsne"  # which is not made again by itself
    session.data_set.take(Splits("other", small.train, small.test, small.validation))
    assert session.layer_map.shown is None
    assert plot.hint == ""
    assert ink_of(plot) == 0
    assert page.findChild(PictureView, "mapPicture").picture is None
    session.labels.correct("validation", 0, (int(small.test.labels[0]) + 1) % 10)
    assert page.findChild(QLabel, "mapCaption").text() == ""
    middle = plot.viewport().rect().center()
    QTest.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert page.findChild(QDialog, "specimenDialog") is None


def test_a_slow_map_on_its_way_becomes_one_of_the_model_that_reads_by_then(
    page, session, monkeypatch, tiny_model, settled
):
    gate, make = threading.Event(), embedding.make_map

    def make_slowly(values, _method, progress):
        gate.wait(PATIENCE_SECONDS)
        return make(values, "pca", progress)

    monkeypatch.setattr(embedding, "find_spec", lambda name: object())
    monkeypatch.setattr(embedding, "make_map", make_slowly)
    pick(page, "mapMethodCombo", 1)
    other = Entry("other", Recognizer(tiny_model()))
    session.shelf.add(other)
    session.shelf.read_with(other)
    gate.set()
    settled()
    assert session.layer_map.shown.recognizer is other.recognizer


def test_of_another_model_no_map_is_made_that_nobody_sees(page, session, tiny_model):
    page.hide()
    other = Entry("other", Recognizer(tiny_model()))
    session.shelf.add(other)
    session.shelf.read_with(other)
    assert not session.layer_map.is_busy
    page.show()
    assert session.layer_map.is_busy


def test_a_map_that_was_cancelled_is_offered_again(qtbot, page, session):
    make = page.findChild(QPushButton, "makeMapButton")
    assert make.isHidden()
    pick(page, "mapLayerCombo", 0)
    assert not page.findChild(QPushButton, "cancelMapButton").isHidden()
    page.findChild(QPushButton, "cancelMapButton").click()
    assert not make.isHidden()
    make.click()
    qtbot.waitUntil(lambda: session.layer_map.is_up_to_date)
    assert make.isHidden()
