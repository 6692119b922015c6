"""The training pictures most alike, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mnist_desktop.learning.splits import SIDE
from mnist_desktop.ui.look.fonts import GRID, tabular
from mnist_desktop.ui.look.theme import current_theme
from mnist_desktop.ui.session.neighbour_search import NEIGHBOURS
from mnist_desktop.ui.widgets.pictures import to_picture

if TYPE_CHECKING:
    from mnist_desktop.learning.neighbours import Neighbours

GAP = GRID // 2
"""Pixels, at least, from picture to picture."""

SCALES = (3, 2, 1)
"""Screen pixels for each of a picture's; the first with which all of them have room."""


class NeighbourRow(QWidget):
    """Each with what it is, and how far away; or, where there are none, why."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(tabular(self.font()))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._neighbours: Neighbours | None = None
        self._hint = ""

    def show_neighbours(self, neighbours: Neighbours | None, hint: str = "") -> None:
        """Show others, or the hint."""
        self._neighbours, self._hint = neighbours, hint
        self.setAccessibleDescription(
            hint if neighbours is None else ", ".join(map(str, neighbours.labels))
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(NEIGHBOURS * (2 * SIDE + GAP), 2 * SIDE + 2 + self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(NEIGHBOURS * (SIDE + GAP), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, line = current_theme(), self.fontMetrics().height()
        with QPainter(self) as painter:
            painter.setPen(QColor(theme.quiet))
            if self._neighbours is None:
                wrapped = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
                painter.drawText(self.rect(), wrapped, self._hint)
                return
            column = self.width() // NEIGHBOURS
            room = min(column - GAP, self.height() - line - 2)
            side = SIDE * next((scale for scale in SCALES if scale * SIDE <= room), 1)
            shown = zip(
                self._neighbours.pictures,
                self._neighbours.labels,
                self._neighbours.distances,
                strict=True,
            )
            for number, (picture, label, distance) in enumerate(shown):
                place = QRect(number * column + 1, 1, side, side)
                painter.drawImage(place, to_picture(picture, theme))
                painter.setPen(QColor(theme.border))
                painter.drawRect(place.adjusted(-1, -1, 0, 0))
                painter.setPen(QColor(theme.quiet))
                below = QRect(place.left(), place.bottom() + 2, column - GAP, line)
                painter.drawText(below, Qt.AlignmentFlag.AlignLeft, f"{label} · {distance:.1f}")
