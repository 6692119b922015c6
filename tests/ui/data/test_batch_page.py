from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QSpinBox,
    QTabWidget,
)

from mnist_desktop.learning.data.class_names import FASHION
from mnist_desktop.learning.data.loading import data_loader, epoch_order
from mnist_desktop.learning.settings.config import TrainingConfig
from mnist_desktop.ui.data.batch_page import BatchPage
from mnist_desktop.ui.shell.footer import Footer
from mnist_desktop.ui.widgets.picture_grid import PictureGrid
from mnist_desktop.ui.widgets.picture_view import PictureView


@pytest.fixture
def grid(window):
    window.findChild(QTabWidget, "tabs").setCurrentIndex(3)
    return window.findChild(PictureGrid, "batchGrid")


def test_it_shows_the_batches_of_the_split(window, session, grid):
    number = window.findChild(QSpinBox, "dataBatchSpin")
    assert number.maximum() == 32  # 2,000 pictures in batches of 64
    np.testing.assert_array_equal(grid.pictures, session.splits.train.pictures[:64])
    number.setValue(32)
    assert len(grid.pictures) == 2000 - 31 * 64
    np.testing.assert_array_equal(grid.pictures, session.splits.train.pictures[31 * 64 :])


def test_a_batch_is_fetched_once_torch_is_there(qtbot, session, monkeypatch):
    monkeypatch.setattr(session.opening, "is_loaded", False)
    page = BatchPage(session)
    qtbot.addWidget(page)
    grid = page.findChild(PictureGrid, "batchGrid")
    assert len(grid.pictures) == 0
    monkeypatch.setattr(session.opening, "is_loaded", True)
    session.opening.loaded.emit()
    assert len(grid.pictures) == 64


def test_a_shuffled_batch_is_the_one_that_training_sees(window, session, grid):
    window.findChild(QCheckBox, "dataShuffleCheck").setChecked(True)
    loader = data_loader(session.splits.train, 64, epoch_order(TrainingConfig().seed))
    pictures, labels = next(iter(loader))
    np.testing.assert_array_equal(grid.pictures, pictures.numpy())
    assert grid.captions == [str(label) for label in labels.tolist()]


def test_other_splits_and_sizes(window, session, grid):
    split = window.findChild(QComboBox, "dataSplitCombo")
    split.setCurrentIndex(split.findData("test"))
    window.findChild(QSpinBox, "dataBatchSizeSpin").setValue(300)
    np.testing.assert_array_equal(grid.pictures, session.splits.test.pictures[:300])


def test_of_a_split_with_fewer_batches_the_last_is_shown(window, session, grid):
    number = window.findChild(QSpinBox, "dataBatchSpin")
    number.setValue(32)
    split = window.findChild(QComboBox, "dataSplitCombo")
    split.setCurrentIndex(split.findData("test"))
    assert number.value() == number.maximum() == 8
    np.testing.assert_array_equal(grid.pictures, session.splits.test.pictures[7 * 64 :])


def test_how_many_of_each_class_there_are_stands_beside_their_names(session, grid, window):
    count = window.findChild(QLabel, "classCount9")
    digits = tuple("0123456789")
    for names in (FASHION, digits):
        session.data_set.take(replace(session.splits, class_names=names))
        shown = [one.text() for one in count.parentWidget().findChildren(QLabel)]
        assert [text for text in shown if text in {*FASHION, *digits}] == list(names)
        assert count.text() == str((session.splits.train.labels == 9).sum())


def test_classes_are_called_by_their_names(session, grid):
    session.data_set.take(replace(session.splits, class_names=FASHION))
    assert grid.captions == [FASHION[label] for label in session.splits.train.labels[:64]]


def test_a_picture_that_is_clicked_is_enlarged(window, session, grid):
    place = grid.visualRect(grid.model().index(5)).center()
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    view = window.findChild(PictureView, "pictureView")
    np.testing.assert_array_equal(view.picture, session.splits.train.pictures[5])


def test_a_label_that_is_put_right_is_seen_beside_the_batch(window, session, grid):
    caption = window.findChild(QLabel, "pictureViewCaption")
    label = (int(session.splits.train.labels[0]) + 1) % 10
    QTest.keyClicks(grid, str(label))
    assert f"label {label}; you put it right" in caption.text()
    session.labels.undo()
    assert "you put it right" not in caption.text()


def test_the_pixel_under_the_mouse_says_its_value_and_what_training_makes_of_it(window, grid):
    view = window.findChild(PictureView, "pictureView")
    (row, column), scale = np.argwhere(view.picture > 128)[0], view.place.width() / 28

    def said():
        labels = window.findChildren(QLabel)
        return [label.text() for label in labels if "÷" in label.text()]

    corner = view.place.topLeft()
    middle = QPoint(round((column + 0.5) * scale), round((row + 0.5) * scale))
    QTest.mouseMove(view, corner + middle)
    value = view.picture[row, column]
    assert said() == [f"row {row}, column {column}: {value} ÷ 255 = {value / 255:.3f}"]
    QTest.keyClick(grid, Qt.Key.Key_Right)
    assert said() == [], "it was a pixel of the picture before"
    QTest.mouseMove(view, corner + middle + QPoint(1, 1))
    assert len(said()) == 1
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert said() == []


def test_pictures_are_reached_by_the_keyboard(window, session, grid):
    view = window.findChild(PictureView, "pictureView")
    QTest.keyClick(grid, Qt.Key.Key_Right)
    np.testing.assert_array_equal(view.picture, session.splits.train.pictures[1])
    QTest.keyClick(grid, Qt.Key.Key_Down)
    columns = sum(grid.visualRect(grid.model().index(n)).top() == 0 for n in range(64))
    np.testing.assert_array_equal(view.picture, session.splits.train.pictures[1 + columns])


def test_another_data_set_is_shown_at_once(qtbot, window, session, grid, small):
    from mnist_desktop.learning.data.splits import Splits

    other = Splits("other", small.test, small.validation, small.train)
    session.opening.opened_data.emit(other)
    np.testing.assert_array_equal(grid.pictures, small.test.pictures[:64])


def test_in_a_large_window_the_enlarged_picture_and_the_grid_grow(window, grid):
    view = window.findChild(PictureView, "pictureView")
    window.resize(1024, 700)
    QApplication.processEvents()
    assert view.place.width() == 8 * 28
    small = grid.gridSize()
    window.resize(1600, 1000)
    QApplication.processEvents()
    assert view.place.width() >= 12 * 28
    assert view.height() - view.place.height() < 28, "its caption stands right below"
    assert grid.gridSize().width() > small.width()
    assert grid.verticalScrollBar().maximum() == 0, "all of the batch is in sight"
    assert grid.geometry().right() < view.mapTo(grid.parentWidget(), QPoint()).x()


def test_where_the_page_is_scrolled_no_picture_is_painted_over_the_footer(window):
    window.resize(700, 400)
    QApplication.processEvents()
    window.findChild(QTabWidget, "tabs").setCurrentIndex(3)
    QApplication.processEvents()
    footer = window.findChild(Footer)
    place = QRect(footer.mapTo(window, QPoint()), footer.size())
    shown = window.screen().grabWindow(window.winId()).toImage().copy(place)
    anew = window.grab().toImage().convertToFormat(shown.format()).copy(place)
    is_clean = shown == anew
    assert is_clean
