"""Numbers of either sign as pictures: blue below zero, orange above."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mnist_desktop.ink import SIDE
from mnist_desktop.ui.look.fonts import GRID, tabular
from mnist_desktop.ui.look.theme import Theme, current_theme
from mnist_desktop.ui.plots.figures import in_figures, rounded_up
from mnist_desktop.ui.widgets.pictures import image_of, signed_pixels

LARGEST = 3 * SIDE
"""Screen pixels for the side of a picture."""

STRONGEST = 99.5
"""Percentile of the values that still has a colour of its own; a few may be far larger than all
others, which would be pale beside them."""

ZERO, NOTHING = 127, 255
"""Levels: 0 to 254 are colours, the last is where there is no picture."""

LEGEND_WIDTH = 96

Pictures = NDArray[np.float32]


class WeightPictures(QWidget):
    """Pictures on one scale, its legend, and a note. They are drawn when they are seen."""

    def __init__(self) -> None:
        super().__init__()
        self.setFont(tabular(self.font()))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setToolTip(
            self.tr("The few values beyond the ends of the scale have its last colour.")
        )
        self._pictures: Pictures = np.zeros((0, SIDE, SIDE), dtype=np.float32)
        self._note = ""
        self._reach = 0.0
        self._levels: NDArray[np.uint8] | None = None

    @property
    def reach(self) -> float:
        """What has the strongest colour, of either sign."""
        self._lay_out()
        return self._reach

    @property
    def levels(self) -> NDArray[np.uint8]:
        """The sheet as it is painted: ``ZERO`` for 0, less and more, ``NOTHING``."""
        return self._lay_out()

    def show_pictures(self, pictures: Pictures, note: str) -> None:
        """Show others.

        Args:
            pictures: (n, 28, 28), n at least 1.
            note: what they mean.
        """
        self._pictures, self._note, self._levels = pictures, note, None
        self.setAccessibleDescription(note)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(8 * SIDE, 8 * SIDE + 8 * GRID)

    def minimumSizeHint(self) -> QSize:
        return QSize(4 * SIDE, 8 * SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not len(self._pictures):
            return
        levels, theme = self.levels, current_theme()
        line, wrapped = self.fontMetrics().height(), Qt.TextFlag.TextWordWrap
        note = self.fontMetrics().boundingRect(self.rect(), wrapped, self._note)
        room = self.height() - note.height() - line - 2 * GRID
        rows, columns = (pixels // SIDE for pixels in levels.shape)
        tile = min(self.width() // columns, room // rows, LARGEST)
        sheet = QRect(0, 0, columns * tile, rows * tile)
        note.moveTop(sheet.height() + line + 2 * GRID)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(sheet, _picture(levels, theme))
            painter.setPen(QColor(theme.window))
            for column in range(1, columns):
                painter.drawLine(column * tile, 0, column * tile, sheet.bottom())
            for row in range(1, rows):
                painter.drawLine(0, row * tile, sheet.right(), row * tile)
            painter.setPen(QColor(theme.quiet))
            self._paint_legend(painter, sheet.height() + GRID, theme)
            painter.drawText(note, wrapped, self._note)

    def _paint_legend(self, painter: QPainter, top: int, theme: Theme) -> None:
        """The colours between the numbers of their ends, in one line."""
        metrics = self.fontMetrics()
        low, high = f"−{in_figures(self.reach)}", in_figures(self.reach)
        left = metrics.horizontalAdvance(low) + GRID
        bar = QRect(left, top + (metrics.height() - GRID) // 2, LEGEND_WIDTH, GRID)
        painter.drawText(0, top + metrics.ascent(), low)
        painter.drawImage(bar, _picture(np.arange(NOTHING, dtype=np.uint8)[None], theme))
        painter.drawText(bar.right() + 1 + GRID, top + metrics.ascent(), high)

    def _lay_out(self) -> NDArray[np.uint8]:
        """Find the scale and lay the pictures out, once for each that are shown."""
        if self._levels is None:
            values = self._pictures.copy()
            values[~np.isfinite(values)] = 0
            self._reach = rounded_up(float(np.percentile(np.abs(values), STRONGEST)))
            self._levels = _tiled(np.clip(values, -self._reach, self._reach) / self._reach)
        return self._levels


def _tiled(values: Pictures) -> NDArray[np.uint8]:
    """As many rows as columns, or one fewer; -1 becomes level 0, 1 becomes 254."""
    levels = np.rint(ZERO + ZERO * values).astype(np.uint8)
    columns = math.isqrt(len(levels) - 1) + 1
    rows = -(-len(levels) // columns)
    sheet = np.full((rows * columns, SIDE, SIDE), NOTHING, dtype=np.uint8)
    sheet[: len(levels)] = levels
    tiled = sheet.reshape(rows, columns, SIDE, SIDE).swapaxes(1, 2)
    return np.ascontiguousarray(tiled.reshape(rows * SIDE, columns * SIDE))


def _picture(levels: NDArray[np.uint8], theme: Theme) -> QImage:
    scale = (np.arange(NOTHING) - ZERO) / ZERO
    colours = np.append(signed_pixels(scale, theme), np.uint32(QColor(theme.window).rgb()))
    return image_of(colours[levels])
