"""A drawing as a picture file."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from mnist_desktop.ink.strokes import Drawing
from mnist_desktop.ui.draw.field import AIR, ink_area
from mnist_desktop.ui.draw.ink_painter import InkPainter
from mnist_desktop.ui.look.themes import LIGHT
from mnist_desktop.ui.widgets.pictures import as_png

SIDE = 4 * 560
"""Pixels of the canvas's side: four times as many as it usually has on the screen."""

LONGEST = 8192
"""Pixels. A drawing that is longer is made smaller."""


def png_of(drawing: Drawing) -> bytes:
    """Dark ink on white paper, whatever the theme: the square canvas, and what lies beside it.

    It can be painted in any thread.
    """
    area = QRectF(0, 0, 1, 1)
    if drawing and not area.contains(ink_area(drawing)):
        area = area.united(ink_area(drawing).adjusted(-AIR, -AIR, AIR, AIR))
    side = min(SIDE, LONGEST / max(area.width(), area.height()))
    picture = QImage(
        max(1, round(area.width() * side)),
        max(1, round(area.height() * side)),
        QImage.Format.Format_RGB32,
    )
    picture.fill(QColor(LIGHT.paper))
    with QPainter(picture) as painter:
        painter.translate(-area.topLeft() * side)
        InkPainter(painter, side, QColor(LIGHT.ink)).paint(drawing)
    return as_png(picture)
