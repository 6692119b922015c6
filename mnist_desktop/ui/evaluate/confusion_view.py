"""What was meant against what was read, in a table of ten by ten."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from mnist_desktop.learning.settings.config import CLASSES
from mnist_desktop.ui.look.fonts import scaled, tabular
from mnist_desktop.ui.look.theme import LIGHT, Theme, current_theme
from mnist_desktop.ui.plots.picture import painted

MARGIN = 40
"""Pixels on the left and at the top, for the names of rows and columns."""

LEAST, USUAL, SAVED = 320, 480, 640
"""Pixels of its side: on the screen, and in a file."""

Cell = tuple[int, int]


class ConfusionView(QWidget):
    """Counts of each pair; the more of a row's pictures are misread as a column, the darker.

    Signals:
        chosen(object): a cell (truth, read) was clicked or reached with the arrow keys; None when
            the choice was taken back.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Confusion matrix: rows were meant, columns were read"))
        self.setFont(tabular(self.font()))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(scaled(LEAST), scaled(LEAST))
        self._margin = scaled(MARGIN)
        self._counts: NDArray[np.int64] = np.zeros((CLASSES, CLASSES), dtype=np.int64)
        self._chosen: Cell | None = None

    def show_counts(self, counts: NDArray[np.int64]) -> None:
        """Show others: (10, 10), rows are the truth."""
        self._counts = counts
        self.choose(None)

    def choose(self, cell: Cell | None) -> None:
        """Mark a cell, or none."""
        self._chosen = cell
        self.chosen.emit(cell)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(scaled(USUAL), scaled(USUAL))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        column, row = (
            int((coordinate - self._margin) // self._side) for coordinate in (place.x(), place.y())
        )
        inside = 0 <= row < CLASSES and 0 <= column < CLASSES
        cell = (row, column) if inside else None
        self.choose(None if cell == self._chosen else cell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
        }.get(Qt.Key(event.key()))
        if step is not None:
            row, column = self._chosen or (-step[0], -step[1])
            self.choose(((row + step[0]) % CLASSES, (column + step[1]) % CLASSES))
        elif event.key() == Qt.Key.Key_Escape:
            self.choose(None)
        else:
            super().keyPressEvent(event)

    @property
    def _side(self) -> float:
        return (min(self.width(), self.height()) - self._margin - 1) / CLASSES

    def _cell(self, row: int, column: int) -> QRectF:
        return QRectF(
            self._margin + column * self._side,
            self._margin + row * self._side,
            self._side,
            self._side,
        )

    def picture(self, suffix: str) -> bytes:
        """The content of a PNG or SVG file, on white paper and with nothing chosen."""
        drawn = ConfusionView()
        drawn.resize(SAVED, SAVED)
        drawn._counts = self._counts
        return painted(QSize(SAVED, SAVED), suffix, self.accessibleName(), drawn._paint_light)

    def _paint_light(self, painter: QPainter) -> None:
        painter.fillRect(self.rect(), QColor(LIGHT.paper))
        self._paint(painter, LIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            self._paint(painter, current_theme())

    def _paint(self, painter: QPainter, theme: Theme) -> None:
        totals = np.maximum(self._counts.sum(axis=1), 1)
        painter.setFont(self.font())
        painter.setPen(QColor(theme.quiet))
        table = QRectF(self._margin, self._margin, CLASSES * self._side, CLASSES * self._side)
        heads = QRectF(self._margin, 0, table.width(), self._margin / 2)
        painter.drawText(heads, Qt.AlignmentFlag.AlignCenter, self.tr("read as"))
        painter.save()
        painter.translate(0, self._margin + table.height())
        painter.rotate(-90)
        sides = QRectF(0, 0, table.height(), self._margin / 2)
        painter.drawText(sides, Qt.AlignmentFlag.AlignCenter, self.tr("meant as"))
        painter.restore()
        for digit in range(CLASSES):
            column, row = self._cell(-1, digit), self._cell(digit, -1)
            column.setTop(self._margin / 2)
            column.setBottom(self._margin)
            row.setLeft(self._margin / 2)
            row.setRight(self._margin)
            painter.drawText(column, Qt.AlignmentFlag.AlignCenter, str(digit))
            painter.drawText(row, Qt.AlignmentFlag.AlignCenter, str(digit))
        painter.setFont(self._count_font())
        for row_index in range(CLASSES):
            for column_index in range(CLASSES):
                count = int(self._counts[row_index, column_index])
                self._paint_cell(
                    painter, theme, (row_index, column_index), count, count / totals[row_index]
                )
        if self._chosen is not None or self.hasFocus():
            marked = table if self._chosen is None else self._cell(*self._chosen)
            painter.setPen(QColor(theme.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(marked.adjusted(1, 1, -1, -1))
            painter.drawRect(marked.adjusted(2, 2, -2, -2))

    def _count_font(self) -> QFont:
        """One in which the largest count has room in its cell."""
        font = QFont(self.font())
        needed = QFontMetricsF(font).horizontalAdvance(f"{self._counts.max()}")
        room = self._side - 4
        if needed > room > 0:
            font.setPointSizeF(font.pointSizeF() * room / needed)
        return font

    def _paint_cell(
        self, painter: QPainter, theme: Theme, cell: Cell, count: int, share: float
    ) -> None:
        right = cell[0] == cell[1]
        colour = QColor(theme.best if right else theme.test)
        # One in fifty misread is much; the square root keeps one in a thousand visible.
        colour.setAlphaF(0.25 * share if right else min(1.0, (share / 0.02) ** 0.5) * 0.6)
        place = self._cell(*cell)
        painter.fillRect(place.adjusted(0.5, 0.5, -0.5, -0.5), QColor(theme.paper))
        painter.fillRect(place.adjusted(0.5, 0.5, -0.5, -0.5), colour)
        if count:
            painter.setPen(QColor(theme.text))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, f"{count}")
