"""A small field on which the drawing of the Draw tab is seen, and goes on."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from mnist_desktop.ink.strokes import Stroke
from mnist_desktop.ui.look.fonts import scaled
from mnist_desktop.ui.look.theme import current_theme
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.widgets.pictures import to_picture

SIDE = 160
PEN = 0.06
"""In parts of the side."""


class DrawingPad(QWidget):
    """Square. What is drawn here is on the canvas, and the other way round."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._sketch = session.sketch
        self.setFixedSize(QSize(scaled(SIDE), scaled(SIDE)))
        self.setAccessibleName(self.tr("Drawing"))
        self.setCursor(Qt.CursorShape.CrossCursor)
        self._sketch.changed.connect(self.update)
        self._sketch.extended.connect(self.update)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.mouseMoveEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            place = event.position() / self.width()
            x, y = (min(max(value, 0.0), 1.0) for value in (place.x(), place.y()))
            self._sketch.extend(x, y, PEN)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._sketch.finish_stroke()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, place = current_theme(), self.rect().adjusted(0, 0, -1, -1)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(place, QColor(theme.paper))
            picture = self._sketch.picture
            if picture is not None:
                ink = np.ascontiguousarray(255 - picture.grey)
                size = QSize(ink.shape[1], ink.shape[0])
                there = QRect(
                    place.topLeft(), size.scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
                )
                there.moveCenter(place.center())
                painter.drawImage(there, to_picture(ink, theme))
            for stroke in self._sketch.drawing.strokes:
                self._paint(painter, stroke)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setPen(QColor(theme.border))
            painter.drawRect(place)

    def _paint(self, painter: QPainter, stroke: Stroke) -> None:
        points = [QPointF(x, y) * self.width() for x, y in stroke.points.tolist()]
        width = PEN if stroke.widths is None else float(np.mean(stroke.widths))
        pen = QPen(QColor(current_theme().ink), width * self.width())
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        if len(points) == 1:
            painter.drawPoint(points[0])
        else:
            painter.drawPolyline(QPolygonF(points))
