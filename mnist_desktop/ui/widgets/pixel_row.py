"""A picture as the network gets it: a row of 784 values."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mnist_desktop.ui.look.theme import current_theme
from mnist_desktop.ui.widgets.pictures import to_picture

HEIGHT = 18


class PixelRow(QWidget):
    """The rows of a picture one behind the other, as a strip as wide as there is room for.

    Attributes:
        values: (784,) uint8; None where there is no picture.

    Signals:
        hovered(int): the place in the row under the mouse, from 0; -1 when it leaves.
    """

    hovered = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("The picture as a row of 784 values"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.values: NDArray[np.uint8] | None = None
        self._marked = -1

    def show_values(self, values: NDArray[np.uint8] | None) -> None:
        """Show another picture's, or none."""
        self.values = values
        self.update()

    def mark(self, place: int) -> None:
        """Show where a value is; -1 for none."""
        self._marked = place
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, HEIGHT)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.values is not None:
            place = int(event.position().x() * len(self.values) / self.width())
            self.hovered.emit(min(max(place, 0), len(self.values) - 1))

    def leaveEvent(self, event: QEvent) -> None:
        self.hovered.emit(-1)
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, place = current_theme(), self.rect().adjusted(0, 0, -1, -1)
        with QPainter(self) as painter:
            painter.fillRect(place, QColor(theme.paper))
            if self.values is not None:
                # Narrower than 784 pixels, a column is the mean of what lies in it.
                row = to_picture(self.values[None], theme)
                smooth = Qt.TransformationMode.SmoothTransformation
                aspect = Qt.AspectRatioMode.IgnoreAspectRatio
                painter.drawImage(place, row.scaled(place.width(), 1, aspect, smooth))
                if self._marked >= 0:
                    painter.setPen(QColor(theme.accent))
                    x = round((self._marked + 0.5) * self.width() / len(self.values))
                    painter.drawLine(x, 0, x, self.height())
            painter.setPen(QColor(theme.border))
            painter.drawRect(place)
