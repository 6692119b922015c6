"""The mouse pointer while it erases."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QCursor, QPainter, QPen, QPixmap

from mnist_desktop.ui.look.theme import current_theme

ERASER_PIXELS = 20.0
"""Across."""


def eraser_cursor() -> QCursor:
    """A ring as large as what it erases, seen on paper and on ink."""
    side = int(ERASER_PIXELS) + 4
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    theme = current_theme()
    ring = QRectF(2, 2, ERASER_PIXELS, ERASER_PIXELS)
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for colour, width in ((theme.paper, 3.5), (theme.text, 1.5)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawEllipse(ring)
    return QCursor(picture, side // 2, side // 2)
