"""The pages of the Data tab."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QTabWidget, QWidget

from mnist_desktop.ui.data.batch_page import BatchPage
from mnist_desktop.ui.data.gallery_page import GalleryPage
from mnist_desktop.ui.data.my_digits_page import MyDigitsPage
from mnist_desktop.ui.data.overview_page import OverviewPage
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.widgets.controls import named
from mnist_desktop.ui.widgets.layouts import vbox
from mnist_desktop.ui.widgets.tabs import GALLERY


class DataPages(QTabWidget):
    """The data set: its batches, its pictures, its figures, its map; and what was taught.

    A page is built when it is first seen.
    """

    def __init__(self, session: Session) -> None:
        super().__init__(documentMode=True)
        named(self, "dataPages")
        self._looked_at = session.looked_at
        self._later: dict[int, Callable[[], QWidget]] = {}
        for title, make in (
            (self.tr("Batches"), partial(BatchPage, session)),
            (self.tr("Gallery"), partial(GalleryPage, session)),
            (self.tr("Overview"), partial(OverviewPage, session)),
            (self.tr("Map"), partial(_map_page, session)),
            (self.tr("My digits"), partial(MyDigitsPage, session)),
        ):
            self._later[self.addTab(QWidget(), title)] = make
        self._build(0)
        self.currentChanged.connect(self._on_page)
        self.setCurrentIndex(self._looked_at.data_page)
        session.specimens.data_wanted.connect(self._show_gallery)

    @Slot(int)
    def _on_page(self, index: int) -> None:
        self._looked_at.data_page = index
        self._build(index)

    @Slot()
    def _show_gallery(self) -> None:
        self.setCurrentIndex(GALLERY)

    def _build(self, index: int) -> None:
        place, make = self.widget(index), self._later.pop(index, None)
        if place is not None and make is not None:
            place.setLayout(vbox(make()))


def _map_page(session: Session) -> QWidget:
    """Imports pyqtgraph, for which the window need not wait."""
    from mnist_desktop.ui.data.map_page import MapPage

    return MapPage(session)
