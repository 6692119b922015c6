"""Some or many bars, each as high as it is large."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mnist_desktop.ui.look.fonts import GRID, scaled, tabular
from mnist_desktop.ui.look.theme import current_theme

LEAST_HEIGHT = 96
MOST_LABELLED = 16
"""Bars that have a number above and a name below; of more only the first and the last are named."""


class BarChart(QWidget):
    """Bars beside each other, on a scale from 0; or on a logarithmic one, from 1.

    Attributes:
        values: (n,) what is shown.

    Signals:
        pointed(int): the bar under the mouse; -1 where there is none.
    """

    pointed = Signal(int)

    def __init__(self, *, is_log: bool = False) -> None:
        super().__init__()
        self.setFont(tabular(self.font()))
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._is_log = is_log
        self.values: NDArray[np.int64] = np.empty(0, dtype=np.int64)
        self._names: Sequence[str] = ()

    def show_bars(self, values: NDArray[np.int64], names: Sequence[str]) -> None:
        """Show others: n values of 0 or more, and n names."""
        self.values, self._names = values, names
        pairs = zip(names, values.tolist(), strict=True)
        few = len(values) <= MOST_LABELLED
        self.setAccessibleDescription(", ".join(f"{a}: {b:,}" for a, b in pairs) if few else "")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, scaled(LEAST_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        count = len(self.values)
        place = int(event.position().x() * count / max(1, self.width()))
        self.pointed.emit(place if 0 <= place < count else -1)

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed.emit(-1)
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not len(self.values):
            return
        theme, line = current_theme(), self.fontMetrics().height()
        heights = np.log10(np.maximum(self.values, 1)) if self._is_log else self.values
        shares = heights / max(float(heights.max()), 1e-9)
        few = len(shares) <= MOST_LABELLED
        bottom = self.height() - line - GRID // 2
        room = bottom - (line + GRID // 2 if few else 0)
        width = self.width() / len(shares)
        gap = GRID if few else 0
        with QPainter(self) as painter:
            for place, share in enumerate(shares.tolist()):
                height = room * share
                bar = QRectF(place * width + gap / 2, bottom - height, width - gap, height)
                painter.fillRect(bar, QColor(theme.train))
                if few:
                    self._write(painter, place, bar, bottom)
            painter.setPen(QColor(theme.border))
            painter.drawLine(0, bottom, self.width(), bottom)
            painter.setPen(QColor(theme.quiet))
            if not few:
                below = QRectF(0, bottom, self.width(), line + GRID // 2)
                bottom_edge = Qt.AlignmentFlag.AlignBottom
                painter.drawText(below, bottom_edge | Qt.AlignmentFlag.AlignLeft, self._names[0])
                painter.drawText(below, bottom_edge | Qt.AlignmentFlag.AlignRight, self._names[-1])

    def _write(self, painter: QPainter, place: int, bar: QRectF, bottom: int) -> None:
        """A bar's number above it, and its name below."""
        theme, line = current_theme(), self.fontMetrics().height()
        around = bar.adjusted(-GRID, 0, GRID, 0)
        above = QRectF(around.left(), bar.top() - line, around.width(), line)
        below = QRectF(around.left(), bottom + 2, around.width(), line)
        painter.setPen(QColor(theme.text))
        painter.drawText(above, Qt.AlignmentFlag.AlignCenter, f"{self.values[place]:,}")
        painter.setPen(QColor(theme.quiet))
        name = self.fontMetrics().elidedText(
            self._names[place], Qt.TextElideMode.ElideRight, int(below.width())
        )
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, name)
