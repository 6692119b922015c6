"""The pages of the Data tab, in the window."""

import pytest
from PySide6.QtWidgets import QTabWidget

from mnist_desktop.ui.session.data.specimen import Place
from mnist_desktop.ui.widgets.picture_grid import PictureGrid
from mnist_desktop.ui.widgets.tabs import DATA, DRAW, EVALUATE


@pytest.fixture
def tabs(window):
    return window.findChild(QTabWidget, "tabs")


def test_a_picture_is_shown_in_the_data_and_on_the_canvas_from_any_tab(window, session, tabs):
    pages = window.findChild(QTabWidget, "dataPages")
    assert window.findChild(PictureGrid, "galleryGrid") is None, "built when it is first seen"
    tabs.setCurrentIndex(EVALUATE)
    session.specimens.show_in_data(Place("test", 7))
    assert tabs.currentIndex() == DATA
    assert pages.tabText(pages.currentIndex()) == "Gallery"
    grid = window.findChild(PictureGrid, "galleryGrid")
    assert grid.currentIndex().row() == 7
    session.specimens.to_canvas(session.gallery.specimen(Place("test", 7)))
    assert tabs.currentIndex() == DRAW
    assert session.sketch.picture is not None


def test_a_window_that_is_made_anew_shows_the_same_page_and_picture(qtbot, window, session):
    session.specimens.show_in_data(Place("test", 7))
    window.rebuild()
    whole = window.centralWidget()
    qtbot.waitUntil(lambda: whole.findChild(PictureGrid, "galleryGrid") is not None)
    pages = whole.findChild(QTabWidget, "dataPages")
    assert pages.tabText(pages.currentIndex()) == "Gallery"
    grid = pages.findChild(PictureGrid, "galleryGrid")
    qtbot.waitUntil(lambda: len(grid.pictures) == 500)
    assert grid.currentIndex().row() == 7
