"""The gallery, as a person uses it."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QPushButton, QSpinBox

from mnist_desktop.learning.data.class_names import FASHION
from mnist_desktop.learning.data.splits import Splits
from mnist_desktop.ui.data.gallery_page import GalleryPage
from mnist_desktop.ui.session.data.specimen import Place
from mnist_desktop.ui.widgets.picture_grid import PictureGrid
from mnist_desktop.ui.widgets.picture_view import PictureView


@pytest.fixture
def page(qtbot, appear, session):
    page = appear(GalleryPage(session), 1000, 600)
    qtbot.waitUntil(lambda: not session.jobs.running)
    return page


@pytest.fixture
def grid(page):
    return page.findChild(PictureGrid, "galleryGrid")


def pick(page, name, data):
    combo = page.findChild(QComboBox, name)
    combo.setCurrentIndex(combo.findData(data))
    combo.activated.emit(combo.currentIndex())


def text(page, name):
    return page.findChild(QLabel, name).text()


def test_it_begins_with_the_first_of_all_training_pictures(page, grid, small):
    assert len(grid.pictures) == 2000
    assert grid.captions[:5] == [str(label) for label in small.train.labels[:5]]
    np.testing.assert_array_equal(
        page.findChild(PictureView, "galleryView").picture, small.train.pictures[0]
    )
    assert text(page, "galleryCount") == "2,000 of 2,000 pictures"


def test_split_and_label_let_fewer_through(page, grid, small):
    pick(page, "gallerySplitCombo", "test")
    pick(page, "galleryLabelCombo", 4)
    of_four = np.flatnonzero(small.test.labels == 4)
    assert grid.captions == ["4"] * len(of_four)
    np.testing.assert_array_equal(grid.pictures[1], small.test.pictures[of_four[1]])
    assert text(page, "galleryCount") == f"{len(of_four)} of 500 pictures"
    pick(page, "gallerySplitCombo", None)
    pick(page, "galleryLabelCombo", None)
    assert len(grid.pictures) == 3000


def test_a_number_is_found_even_where_the_filter_would_hide_it(page, grid, small):
    pick(page, "gallerySplitCombo", "validation")
    other = (int(small.validation.labels[321]) + 1) % 10
    pick(page, "galleryLabelCombo", other)
    number = page.findChild(QSpinBox, "galleryNumberSpin")
    assert number.maximum() == 499
    grid.choose(3)
    of_other = np.flatnonzero(small.validation.labels == other)
    assert number.value() == of_other[3]
    number.setValue(321)
    assert len(grid.pictures) == 500
    assert grid.currentIndex().row() == 321
    assert page.findChild(QComboBox, "galleryLabelCombo").currentData() is None
    np.testing.assert_array_equal(
        page.findChild(PictureView, "galleryView").picture, small.validation.pictures[321]
    )


def test_what_is_read_wrongly_comes_when_all_is_read(qtbot, page, grid, session):
    page.findChild(QCheckBox, "galleryWrongCheck").click()
    assert grid.captions == []
    assert page.findChild(PictureView, "galleryView").picture is None
    qtbot.waitUntil(lambda: not session.jobs.running)
    assert 0 < len(grid.captions) < 100
    assert all("→" in caption for caption in grid.captions)


def test_that_the_reading_was_cancelled_is_said(qtbot, page, grid, session):
    before = grid.grab().toImage()
    page.findChild(QCheckBox, "galleryWrongCheck").click()
    reading = grid.grab().toImage()
    session.jobs.newest.cancel()
    qtbot.waitUntil(lambda: not session.jobs.running)
    cancelled = grid.grab().toImage()
    assert before != reading != cancelled
    page.findChild(QCheckBox, "galleryWrongCheck").click()
    assert len(grid.pictures) == 2000


def test_the_key_of_a_digit_puts_a_label_right_and_the_place_is_kept(page, grid, session, small):
    grid.choose(900)
    place = grid.verticalScrollBar().value() + 2000  # the chosen one is out of sight
    grid.verticalScrollBar().setValue(place)
    own = int(small.train.labels[900])
    QTest.keyClick(grid, str((own + 1) % 10))
    QApplication.processEvents()
    assert grid.captions[900] == f"{(own + 1) % 10} ✎"
    assert f"the data set says {own}" in text(page, "galleryViewCaption")
    assert grid.currentIndex().row() == 900
    assert grid.verticalScrollBar().value() == place
    page.findChild(QPushButton, "galleryUndoButton").click()
    assert grid.captions[900] == str(own)
    assert not page.findChild(QPushButton, "galleryUndoButton").isEnabled()


def test_a_digit_with_ctrl_corrects_nothing(page, grid, session):
    grid.choose(3)
    held = Qt.KeyboardModifier.ControlModifier
    for digit in "123":
        event = QKeyEvent(QEvent.Type.KeyPress, ord(digit), held, digit)
        QApplication.sendEvent(grid, event)
    assert session.labels.count == 0


def test_one_that_is_to_be_seen_is_chosen_wherever_one_was(page, grid, session):
    pick(page, "galleryLabelCombo", 4)
    session.specimens.show_in_data(Place("train", 1500))
    assert grid.currentIndex().row() == 1500
    session.specimens.show_in_data(Place("train", 20))
    assert grid.currentIndex().row() == 20
    session.specimens.show_in_data(Place("test", 20))
    assert page.findChild(QComboBox, "gallerySplitCombo").currentData() == "test"
    assert grid.currentIndex().row() == 20
    assert text(page, "galleryViewCaption").startswith("picture 20 of official test")


def test_the_label_that_is_asked_for_is_that_of_the_next_data_set_too(
    qtbot, page, grid, session, small
):
    pick(page, "galleryLabelCombo", 4)
    other = (small.test, small.validation, small.train)
    session.data_set.take(Splits("other", *other, class_names=FASHION))
    qtbot.waitUntil(lambda: not session.jobs.running)
    assert page.findChild(QComboBox, "galleryLabelCombo").currentText() == FASHION[4]
    assert set(grid.captions) == {FASHION[4]}


def test_another_data_set_takes_the_place_of_the_one_before(qtbot, page, grid, session, small):
    grid.choose(1999)
    other = (small.test, small.validation, small.train)
    session.data_set.take(Splits("other", *other, class_names=FASHION))
    qtbot.waitUntil(lambda: not session.jobs.running)
    assert len(grid.pictures) == 500
    np.testing.assert_array_equal(grid.pictures[3], small.test.pictures[3])
    QApplication.processEvents()
    assert page.findChild(QSpinBox, "galleryNumberSpin").maximum() == 499
    labels = page.findChild(QComboBox, "galleryLabelCombo")
    assert [labels.itemText(row) for row in range(labels.count())] == ["all", *FASHION]
