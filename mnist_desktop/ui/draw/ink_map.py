"""A map over a digit's 28×28 pixels: orange above zero, blue below, over the ink itself."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from mnist_desktop.ink import SIDE
from mnist_desktop.ui.look.theme import Theme, current_theme
from mnist_desktop.ui.widgets.pictures import signed_picture

FAINT = 0.22
"""How much of the ink is seen below a map."""

STRONGEST = 99.0
"""Percentile of the values that are not 0 which still has a colour of its own."""

SMALLEST = 3
"""Screen pixels for each pixel, where there is least room."""


class InkMap(QWidget):
    """A digit with a map over it, or the digit alone, as large as there is room for."""

    def __init__(self) -> None:
        super().__init__()
        self._ink: NDArray[np.uint8] | None = None
        self._values: NDArray[np.float32] | None = None

    def show_map(
        self, ink: NDArray[np.uint8] | None, values: NDArray[np.float32] | None = None
    ) -> None:
        """Show others.

        Args:
            ink: (28, 28), 0 to 255; None for an empty field.
            values: (28, 28); None for the ink alone.
        """
        self._ink, self._values = ink, values
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(SMALLEST * SIDE + 2, SMALLEST * SIDE + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        scale = max(1, (min(self.width(), self.height()) - 2) // SIDE)
        place = QRect(1, 1, scale * SIDE, scale * SIDE)
        theme = current_theme()
        with QPainter(self) as painter:
            painter.fillRect(place, QColor(theme.paper))
            if self._ink is not None:
                painter.drawImage(place, map_picture(self._ink, self._values, theme))
            painter.setPen(QColor(theme.border))
            painter.drawRect(place.adjusted(-1, -1, 0, 0))


def map_picture(ink: NDArray[np.uint8], values: NDArray[np.float32] | None, theme: Theme) -> QImage:
    """(28, 28) of each as a picture; the ink is fainter where there is a map."""
    share = ink / 255
    if values is None:
        return signed_picture(np.zeros(ink.shape), theme, share)
    spoken = np.abs(values[values != 0])
    reach = float(np.percentile(spoken, STRONGEST)) if spoken.size else 1.0
    return signed_picture(values / (reach or 1.0), theme, FAINT * share)
