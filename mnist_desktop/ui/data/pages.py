"""The pages of the Data tab."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLayout, QTabWidget, QVBoxLayout, QWidget

from mnist_desktop.ui.data.my_digits_page import MyDigitsPage
from mnist_desktop.ui.data.tab import DataTab
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.widgets.controls import named


class DataPages(QTabWidget):
    """A batch of the data set, and what was taught. A page is built when it is first seen."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent, documentMode=True)
        named(self, "dataPages")
        self._later: dict[int, Callable[[], None]] = {}
        for title, make in (
            (self.tr("Batches"), partial(DataTab, session)),
            (self.tr("My digits"), partial(MyDigitsPage, session)),
        ):
            place = QWidget()
            layout = QVBoxLayout(place)
            layout.setContentsMargins(0, 0, 0, 0)
            self._later[self.addTab(place, title)] = partial(_put, layout, make)
        self._build(0)
        self.currentChanged.connect(self._build)

    @Slot(int)
    def _build(self, index: int) -> None:
        if build := self._later.pop(index, None):
            build()


def _put(layout: QLayout, make: Callable[[], QWidget]) -> None:
    layout.addWidget(make())
