"""A row of pictures, one for each class."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mnist_desktop.learning.splits import Pictures
from mnist_desktop.ui.look.fonts import GRID
from mnist_desktop.ui.look.theme import current_theme
from mnist_desktop.ui.widgets.pictures import to_picture

LARGEST = 112
"""Pixels of a picture's side."""


class MeanPictures(QWidget):
    """Each below the middle of its class's bar in a chart that is as wide."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._pictures: Pictures = ()

    @property
    def pictures(self) -> Pictures:
        """What is shown."""
        return self._pictures

    def show_pictures(self, pictures: Pictures) -> None:
        """Show others: n of (28, 28) uint8."""
        self._pictures = pictures
        self._fit()
        self.update()

    @property
    def side(self) -> int:
        """Of a picture, in pixels."""
        return min(LARGEST, self.width() // max(1, len(self._pictures)) - GRID)

    def sizeHint(self) -> QSize:
        return QSize(480, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Be as high as the pictures are."""
        self.setFixedHeight(self.side + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, side = current_theme(), self.side
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setPen(QColor(theme.border))
            for place, picture in enumerate(self._pictures):
                middle = round((place + 0.5) * self.width() / len(self._pictures))
                there = QRect(middle - side // 2, 1, side, side)
                painter.drawImage(there, to_picture(picture, theme))
                painter.drawRect(there.adjusted(-1, -1, 0, 0))
