"""A few pictures side by side."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mnist_desktop.learning.splits import SIDE
from mnist_desktop.ui.look.theme import current_theme
from mnist_desktop.ui.session.neuron_focus import EXCITING
from mnist_desktop.ui.widgets.pictures import to_picture


class PictureRow(QWidget):
    """As large as they have room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._pictures: NDArray[np.uint8] | None = None

    @property
    def pictures(self) -> NDArray[np.uint8] | None:
        """(k, 28, 28); None while there are none."""
        return self._pictures

    def show_pictures(self, pictures: NDArray[np.uint8] | None) -> None:
        """Show others."""
        self._pictures = pictures
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(EXCITING * (SIDE + 4), 2 * SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._pictures is None:
            return
        theme, column = current_theme(), self.width() // EXCITING
        side = min(column - 4, self.height() - 2)
        with QPainter(self) as painter:
            painter.setPen(QColor(theme.border))
            for number, picture in enumerate(self._pictures):
                place = QRect(number * column + 1, 1, side, side)
                painter.drawImage(place, to_picture(picture, theme))
                painter.drawRect(place.adjusted(-1, -1, 0, 0))
