"""What controls are painted of."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen, QPolygonF

from mnist_desktop.ui.look.measures import BORDER, RADIUS


def box(
    painter: QPainter,
    rect: QRect,
    border: str | None,
    fill: str | None,
    *,
    width: int = BORDER,
    radius: float = RADIUS,
) -> None:
    """A rounded rectangle; None leaves its frame or its ground away."""
    inset = width / 2 if border else 0
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(border), width) if border else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
    inner = QRectF(rect).adjusted(inset, inset, -inset, -inset)
    painter.drawRoundedRect(inner, radius - inset, radius - inset)
    painter.restore()


def recoloured(palette: QPalette, role: QPalette.ColorRole, colour: str) -> QPalette:
    """A copy in which one colour is another."""
    copy = QPalette(palette)
    copy.setColor(role, QColor(colour))
    return copy


def line(painter: QPainter, points: list[QPointF], colour: str, width: float) -> None:
    """With round ends and corners."""
    pen = QPen(QColor(colour), width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen)
    painter.drawPolyline(QPolygonF(points))
    painter.restore()


def arrow(painter: QPainter, middle: QPointF, half: float, colour: str) -> None:
    """A chevron down, or up where ``half`` of its width is negative."""
    corners = [QPointF(-half, -half / 2), QPointF(0, half / 2), QPointF(half, -half / 2)]
    line(painter, [middle + corner for corner in corners], colour, 1.2)
