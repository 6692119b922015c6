"""A picture with all that is known of it."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from mnist_desktop.ui.session.data.specimen import Place, Specimen
from mnist_desktop.ui.widgets.specimen_panel import PixelRow, SpecimenPanel


@pytest.fixture
def panel(appear, session):
    return appear(SpecimenPanel(session, "view"), 400, 600)


def told(panel):
    """What is said of the picture, of the pixel below the mouse, and of what it is read as."""
    names = ("viewCaption", "viewPixel", "viewReadAs")
    return tuple(panel.findChild(QLabel, name).text() for name in names)


@pytest.fixture
def row(appear):
    row = appear(PixelRow(), 784, 20)
    row.show_values(np.arange(784).astype(np.uint8))
    return row


@pytest.fixture
def places(row):
    """Of the values that the mouse came to."""
    places = []
    row.hovered.connect(places.append)
    return places


def test_who_drags_beyond_a_row_stays_at_its_end(row, places):
    QTest.mousePress(row, Qt.MouseButton.LeftButton, pos=QPoint(300, 5))
    for x in (300, -40, 783, 900):
        QTest.mouseMove(row, QPoint(x, 5))
    QTest.mouseRelease(row, Qt.MouseButton.LeftButton, pos=QPoint(900, 5))
    assert places == [300, 0, 783, 783]


def test_without_the_mouse_or_a_picture_there_is_no_place(row, places):
    QTest.mouseMove(row, QPoint(300, 5))
    QApplication.sendEvent(row, QEvent(QEvent.Type.Leave))
    row.show_values(None)
    QTest.mouseMove(row, QPoint(400, 5))
    assert places == [300, -1]


def test_nothing_is_told_of_a_picture_that_is_shown_no_more(panel, small):
    first, second = (
        Specimen(small.test.pictures[n], str(small.test.labels[n]), "", Place("test", n))
        for n in range(2)
    )
    panel.show_specimen(first)
    row = panel.findChild(PixelRow)
    unmarked = row.grab().toImage()
    panel.picture.hovered.emit(0, 27)
    marked, half = row.grab().toImage(), row.width() // 2
    left, right = (QRect(x, 0, half, row.height()) for x in (0, half))
    assert marked.copy(left) != unmarked.copy(left), "the pixel is the 28th of 784"
    assert marked.copy(right) == unmarked.copy(right)
    panel.picture.hovered.emit(14, 9)
    caption, pixel, read_as = told(panel)
    assert caption == f"picture 0 of official test\nlabel {first.label}"
    assert pixel.startswith(f"row 14, column 9: {first.picture[14, 9]} ")
    assert read_as.startswith(f"read as {first.label}, ")
    panel.picture.hovered.emit(-1, -1)
    assert row.grab().toImage() == unmarked
    panel.picture.hovered.emit(14, 9)
    panel.show_specimen(second, "a caption of its own")
    caption, pixel, read_as = told(panel)
    assert caption == "a caption of its own"
    assert pixel == "28×28 pixels are a row of 784 values"
    assert read_as.startswith(f"read as {second.label}, ")
    panel.show_specimen(None)
    assert told(panel) == ("", "", "")
    assert not panel.findChild(QPushButton, "viewCopyButton").isEnabled()
