"""Which colour and shape is which class."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QRectF, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QSizePolicy

from mnist_desktop.ui.look.fonts import GRID
from mnist_desktop.ui.plots.legend import LINE_HEIGHT, Entry, Legend
from mnist_desktop.ui.plots.map_plot import shape_of
from mnist_desktop.ui.plots.pens import class_pen

COLUMNS = 2


class ClassLegend(Legend):
    """Two columns of names with their points.

    Signals:
        pointed(int): the class under the mouse; -1 where there is none.
    """

    pointed = Signal(int)

    _sample_width = 10

    def __init__(self) -> None:
        super().__init__()
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_names(self, names: Sequence[str]) -> None:
        """Show the names of the classes, in their order."""
        labelled = enumerate(names)
        self.show_entries([Entry(n, partial(class_pen, i), shape_of(i)) for i, n in labelled])
        self.setAccessibleName(", ".join(names))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        places = range(len(self.entries))
        under = (place for place in places if self._room(place).contains(event.position()))
        self.pointed.emit(next(under, -1))

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed.emit(-1)
        super().leaveEvent(event)

    def _room(self, place: int) -> QRectF:
        rows = -(-len(self.entries) // COLUMNS)
        column, row = divmod(place, rows)
        width = self.width() / COLUMNS
        return QRectF(column * width, row * LINE_HEIGHT, width - GRID, LINE_HEIGHT)
