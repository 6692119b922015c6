"""The data set's figures."""

import threading

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel

from mnist_desktop.ui.data.overview_page import OverviewPage
from mnist_desktop.ui.plots.bar_chart import BarChart
from mnist_desktop.ui.session.data import overviews
from mnist_desktop.ui.widgets.picture_grid import PlainStrip

PATIENCE_SECONDS = 10
"""Then what holds up a job lets it go, whatever became of the test."""


@pytest.fixture
def page(qtbot, appear, session):
    page = appear(OverviewPage(session), 1000, 600)
    qtbot.waitUntil(lambda: len(page.findChild(BarChart, "classCounts").values) > 0)
    return page


def test_each_class_has_its_count_and_its_mean_picture(qtbot, page, small):
    counts = page.findChild(BarChart, "classCounts")
    assert counts.values.tolist() == np.bincount(small.train.labels).tolist()
    assert f"3: {counts.values[3]}" in counts.accessibleDescription()
    means = page.findChild(PlainStrip, "meanPictures")
    expected = small.train.pictures[small.train.labels == 3].mean(axis=0)
    np.testing.assert_allclose(means.pictures[3], expected, atol=0.51)
    last = means.visualRect(means.model().index(9, 0))
    assert means.viewport().rect().contains(last), "all of them is seen"
    assert means.gridSize().height() > 50
    split = page.findChild(QComboBox, "overviewSplitCombo")
    split.setCurrentIndex(split.findData("test"))
    qtbot.waitUntil(lambda: counts.values.sum() == 500)


def test_a_count_that_was_cancelled_is_said_to_be(qtbot, page, session, monkeypatch):
    begun, gate = threading.Event(), threading.Event()

    def count(split, progress):
        begun.set()
        gate.wait(PATIENCE_SECONDS)
        progress(0.5)

    monkeypatch.setattr(overviews, "overview", count)
    figures, split = page.findChild(QLabel, "overviewFigures"), page.findChild(QComboBox)
    split.setCurrentIndex(split.findData("test"))
    qtbot.waitUntil(begun.is_set)
    assert figures.text() == "Counting…"
    session.jobs.newest.cancel()
    assert "cancelled" in figures.text()
    gate.set()
    qtbot.waitUntil(lambda: not session.jobs.running)
    monkeypatch.undo()
    page.hide()
    page.show()
    qtbot.waitUntil(lambda: figures.text().startswith("500 pictures"))


def test_the_pixels_of_a_value_are_counted_and_said_under_the_mouse(page, small):
    histogram = page.findChild(BarChart, "pixelHistogram")
    assert histogram.values[255] == (small.train.pictures == 255).sum()
    said = page.findChild(QLabel, "pixelCount")
    place = QPointF((255 + 0.5) * histogram.width() / 256, histogram.height() / 2).toPoint()
    QTest.mouseMove(histogram, place)
    assert said.text() == f"value 255: {histogram.values[255]:,} pixels"
    QTest.mouseMove(histogram, QPointF(0.5, 9).toPoint())
    assert said.text().startswith("value 0: ")
    QApplication.sendEvent(histogram, QEvent(QEvent.Type.Leave))
    assert said.text() == ""
    mean = page.findChild(QLabel, "overviewFigures").text()
    assert f"{small.train.pictures.mean() / 255:.4f}" in mean
    assert page.findChild(BarChart, "pixelHistogram").focusPolicy() == Qt.FocusPolicy.NoFocus
