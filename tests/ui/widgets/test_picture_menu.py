"""What can be done with any picture: from its menu, and by keys."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMenu, QPushButton

from mnist_desktop.learning.models.model import Model
from mnist_desktop.learning.models.network import MLP
from mnist_desktop.learning.read.recognizer import Recognizer
from mnist_desktop.learning.settings.config import NetworkConfig
from mnist_desktop.ui.session.data.specimen import Place, Specimen
from mnist_desktop.ui.session.shelf import Entry
from mnist_desktop.ui.widgets.class_bars import ClassBars
from mnist_desktop.ui.widgets.picture_grid import PictureGrid
from mnist_desktop.ui.widgets.picture_menu import PictureMenu
from mnist_desktop.ui.widgets.picture_view import PictureView
from mnist_desktop.ui.widgets.specimen_panel import PixelRow


@pytest.fixture
def make(qtbot, session):
    def make(specimens, *, specimen_of=None, **options):
        grid = PictureGrid()
        grid.resize(500, 400)
        qtbot.addWidget(grid)
        grid.show_pictures([one.picture for one in specimens], ["" for _ in specimens])
        PictureMenu(grid, session, specimen_of or specimens.__getitem__, **options)
        grid.show()
        grid.activateWindow()
        grid.setFocus()
        qtbot.waitUntil(grid.hasFocus)
        return grid

    return make


@pytest.fixture
def of_data(small):
    return [Specimen(small.test.pictures[n], str(n), "", Place("test", n)) for n in range(4)]


def entries(grid):
    """The texts of its context menu, and which of them can be chosen."""
    grid.customContextMenuRequested.emit(QPoint(5, 5))
    menu = grid.findChild(QMenu, "pictureMenu")
    found = {one.text(): one.isEnabled() for one in menu.actions() if one.text()}
    menu.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return found


def dialog_of(grid):
    return grid.findChild(QDialog, "specimenDialog")


def test_a_picture_of_the_data_set_can_go_everywhere(make, of_data):
    grid = make(of_data)
    grid.choose(1)
    assert entries(grid) == {
        "Enlarge": True,
        "To the canvas": True,
        "Why is it read so?": True,
        "Show in the data": True,
        "It is really": True,
        "Undo the last label": False,
    }


def test_one_from_elsewhere_only_where_it_makes_sense(make, seven):
    paper = Specimen(np.zeros((28, 28), np.uint8), "7")
    number = Specimen(np.full((28, 56), 255, np.uint8), "77")
    grid = make([paper, number], own_labels=lambda menu: menu.addAction("It is a 7"))
    grid.choose(0)
    on_paper = entries(grid)
    assert on_paper["Enlarge"]
    assert not on_paper["To the canvas"]
    assert not on_paper["Show in the data"]
    assert on_paper["It is a 7"]
    assert "Undo the last label" not in on_paper
    assert grid.findChild(QAction, "undoLabelAction") is None, "Ctrl+Z is the grid's own"
    grid.choose(1)
    assert not entries(grid)["Enlarge"]
    QTest.keyClick(grid, Qt.Key.Key_Return)
    assert dialog_of(grid) is None


def test_where_there_is_no_picture_there_is_no_menu(make):
    grid = make([])
    grid.customContextMenuRequested.emit(QPoint(5, 5))
    assert grid.findChild(QMenu, "pictureMenu") is None
    QTest.keyClick(grid, Qt.Key.Key_Return)
    QTest.keyClick(grid, Qt.Key.Key_3)


def test_keys_do_the_same(qtbot, session, make, of_data):
    grid = make(of_data)
    grid.choose(2)
    with qtbot.waitSignal(session.specimens.put_on_canvas):
        QTest.keyClick(grid, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(session.explanation.switched):
        QTest.keyClick(grid, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(session.specimens.data_wanted):
        QTest.keyClick(grid, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert session.gallery.chosen == session.gallery.number(Place("test", 2))
    label = (int(session.splits.test.labels[2]) + 1) % 10
    QTest.keyClick(grid, str(label))
    assert session.labels.corrected["test"] == {2: label}
    QTest.keyClick(grid, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert session.labels.corrected["test"] == {}


def test_a_click_enlarges_with_probabilities_and_the_window_follows_the_choice(
    session, make, of_data
):
    grid = make(of_data, enlarges_at_click=True)
    middle = grid.visualRect(grid.model().index(1)).center()
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    dialog = dialog_of(grid)
    view, bars = dialog.findChild(PictureView), dialog.findChild(ClassBars)
    np.testing.assert_array_equal(view.picture, of_data[1].picture)
    expected = session.shelf.current.recognizer.probabilities(of_data[1].picture[None])[0]
    np.testing.assert_allclose(bars.probabilities, expected, rtol=1e-5)
    assert f"read as {expected.argmax()}" in dialog.findChild(QLabel, "specimenViewReadAs").text()
    QTest.keyClick(grid, Qt.Key.Key_Right)
    np.testing.assert_array_equal(view.picture, of_data[2].picture)
    dialog.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QTest.keyClick(grid, Qt.Key.Key_Left)
    assert dialog_of(grid) is None, "once closed it stays closed"
    grid.findChild(QAction, "enlargeAction").trigger()
    assert dialog_of(grid) is not None


def test_another_model_reads_the_enlarged_picture_at_once(session, make, of_data):
    grid = make(of_data)
    grid.choose(1)
    grid.findChild(QAction, "enlargeAction").trigger()
    config = NetworkConfig((8,))
    other = Entry("other", Recognizer(Model(config, MLP(config, seed=1).state_dict())))
    session.shelf.add(other)
    session.shelf.read_with(other)
    expected = other.recognizer.probabilities(of_data[1].picture[None])[0]
    np.testing.assert_allclose(dialog_of(grid).findChild(ClassBars).probabilities, expected)


def test_the_window_tells_at_once_what_the_label_is_now(session, make, of_data):
    gallery, labels = session.gallery, session.labels
    grid = make(of_data, specimen_of=lambda row: gallery.specimen(of_data[row].place))
    grid.choose(1)
    grid.findChild(QAction, "enlargeAction").trigger()
    caption = dialog_of(grid).findChild(QLabel, "specimenViewCaption")
    before = caption.text()
    label = (int(session.splits.test.labels[1]) + 1) % 10
    QTest.keyClick(grid, str(label))
    assert f"label {label}; you put it right" in caption.text()
    labels.undo()
    assert caption.text() == before


def test_enter_in_the_window_presses_nothing(make, of_data):
    grid = make(of_data)
    grid.choose(0)
    grid.findChild(QAction, "enlargeAction").trigger()
    copy = dialog_of(grid).findChild(QPushButton, "specimenViewCopyButton")
    assert not copy.autoDefault()
    assert not copy.isDefault()


def test_the_row_of_784_is_told_under_the_mouse_and_copied(make, of_data):
    grid = make(of_data)
    grid.choose(0)
    grid.findChild(QAction, "enlargeAction").trigger()
    dialog, values = dialog_of(grid), of_data[0].picture.ravel()
    row = dialog.findChild(PixelRow)
    np.testing.assert_array_equal(row.values, values)
    place = int(values.argmax())
    row.hovered.emit(place)
    said = dialog.findChild(QLabel, "specimenViewPixel").text()
    assert said.startswith(f"row {place // 28}, column {place % 28}: {values[place]} ÷ 255")
    dialog.findChild(QPushButton, "specimenViewCopyButton").click()
    assert QGuiApplication.clipboard().text() == ",".join(map(str, values.tolist()))
