"""One 28×28 picture, so large that its pixels can be told apart."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QRect, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from mnist_desktop.ui.look.theme import current_theme
from mnist_desktop.ui.widgets.pictures import to_picture

SIDE = 28


class PictureView(QWidget):
    """A picture of so many screen pixels for each of its own.

    Signals:
        hovered(int, int): row and column of the pixel under the mouse; -1, -1 when it leaves.
    """

    hovered = Signal(int, int)

    def __init__(self, scale: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(scale * SIDE + 2, scale * SIDE + 2)
        self.setMouseTracking(True)
        self._scale = scale
        self._picture: NDArray[np.uint8] | None = None

    @property
    def picture(self) -> NDArray[np.uint8] | None:
        """(28, 28) uint8; None where there is none."""
        return self._picture

    def show_picture(self, picture: NDArray[np.uint8] | None) -> None:
        """Show another one, or none."""
        self._picture = picture
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = (event.position().toPoint() - QPoint(1, 1)) / self._scale
        inside = 0 <= place.x() < SIDE and 0 <= place.y() < SIDE
        self.hovered.emit(*(place.y(), place.x()) if inside else (-1, -1))

    def leaveEvent(self, event: QEvent) -> None:
        self.hovered.emit(-1, -1)
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        side = self._scale * SIDE
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(theme.paper))
            if self._picture is not None:
                painter.drawImage(QRect(1, 1, side, side), to_picture(self._picture, theme))
            painter.setPen(QColor(theme.line))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
