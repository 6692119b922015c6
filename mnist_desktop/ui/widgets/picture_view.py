"""One 28×28 picture, so large that its pixels can be told apart."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mnist_desktop.ui.look.theme import Theme, current_theme
from mnist_desktop.ui.widgets.pictures import to_picture

SIDE = 28
ROOM_FOR_NUMBERS = 20
"""Screen pixels for each of a picture's: less, and its value cannot be written in it."""

Policy = QSizePolicy.Policy


class PictureView(QWidget):
    """A picture as large as there is room for, with as many screen pixels for each of its own.

    Where these are large enough, each has its value in it, 0 left out.

    Args:
        smallest: how many, where there is least room.
        grows: the direction in which its layout gives it room; in the other it takes as much.
            None for both.

    Attributes:
        picture: (28, 28) uint8; None where there is none.

    Signals:
        hovered(int, int): row and column of the pixel under the mouse; -1, -1 when it leaves.
    """

    hovered = Signal(int, int)

    def __init__(self, smallest: int, grows: Qt.Orientation | None) -> None:
        super().__init__()
        self.setMouseTracking(True)
        self._smallest = smallest
        self._grows = grows
        self.picture: NDArray[np.uint8] | None = None
        if grows == Qt.Orientation.Vertical:
            self.setSizePolicy(Policy.Maximum, Policy.Expanding)
        elif grows is None:
            self.setSizePolicy(Policy.Expanding, Policy.Expanding)
        else:
            policy = QSizePolicy(Policy.Expanding, Policy.Preferred)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)

    @property
    def place(self) -> QRect:
        """Where the picture is, without its frame."""
        scale = _scale_within(min(self.width(), self.height()))
        place = QRect(1, 0, scale * SIDE, scale * SIDE)
        place.moveTop((self.height() - place.height()) // 2)
        return place

    def show_picture(self, picture: NDArray[np.uint8] | None) -> None:
        """Show another one, or none."""
        self.picture = picture
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(_extent(self._smallest), _extent(self._smallest))

    def sizeHint(self) -> QSize:
        if self._grows != Qt.Orientation.Vertical:
            return self.minimumSizeHint()
        return QSize(self.heightForWidth(self.height()), _extent(self._smallest))

    def heightForWidth(self, width: int) -> int:
        return _extent(max(self._smallest, _scale_within(width)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().height() != event.oldSize().height():
            self.updateGeometry()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self.place
        inside = place.contains(event.position().toPoint())
        pixel = (event.position().toPoint() - place.topLeft()) * SIDE
        self.hovered.emit(
            *(pixel.y() // place.height(), pixel.x() // place.width()) if inside else (-1, -1)
        )

    def leaveEvent(self, event: QEvent) -> None:
        self.hovered.emit(-1, -1)
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, place = current_theme(), self.place
        with QPainter(self) as painter:
            painter.fillRect(place, QColor(theme.paper))
            if self.picture is not None:
                painter.drawImage(place, to_picture(self.picture, theme))
                if place.width() >= ROOM_FOR_NUMBERS * SIDE:
                    _paint_numbers(painter, place, self.picture, theme)
            painter.setPen(QColor(theme.border))
            painter.drawRect(place.adjusted(-1, -1, 0, 0))


def _paint_numbers(
    painter: QPainter, place: QRect, picture: NDArray[np.uint8], theme: Theme
) -> None:
    """In the colour that stands out from that of its pixel."""
    scale = place.width() // SIDE
    font = painter.font()
    font.setPixelSize(round(0.45 * scale))
    painter.setFont(font)
    for is_dark, colour in ((False, theme.ink), (True, theme.paper)):
        painter.setPen(QColor(colour))
        for row, column in np.argwhere((picture > 0) & ((picture > 127) == is_dark)):
            pixel = QRect(place.left() + column * scale, place.top() + row * scale, scale, scale)
            painter.drawText(pixel, Qt.AlignmentFlag.AlignCenter, str(picture[row, column]))


def _extent(scale: int) -> int:
    """Pixels of a side, with the frame."""
    return scale * SIDE + 2


def _scale_within(extent: int) -> int:
    """The largest with which it is no larger than this."""
    return max(1, (extent - 2) // SIDE)
