"""Strokes as smooth, antialiased ink."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from mnist_desktop.ink.strokes import Drawing, Stroke

DEFAULT_WIDTH = 18 / 560
"""Of ink that brings no widths of its own, in parts of the canvas's side."""


class InkPainter:
    """Paints strokes, whose unit is the canvas's side, piece by piece.

    The pieces of a stroke are curves from the middle of one pair of points to the middle of the
    next, with the point between them as control point, so the line has no corners. What comes
    after the last middle is the tip, which moves on with the next point.
    """

    def __init__(self, painter: QPainter, side: float, colour: QColor) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._painter = painter
        self._side = side
        self._pen = QPen(colour)
        self._pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        self._pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)

    def paint(self, drawing: Drawing) -> None:
        """All strokes of a drawing."""
        for stroke in drawing.strokes:
            for index in range(len(stroke.points)):
                self.paint_piece(stroke, index)
            self.paint_tip(stroke)

    def paint_piece(self, stroke: Stroke, index: int) -> None:
        """What the point of this index has added to a stroke."""
        if index == 0:
            return
        middle, point = self._middle(stroke, index), self._point(stroke, index - 1)
        path = QPainterPath(point if index == 1 else self._middle(stroke, index - 1))
        path.quadTo(point, middle)
        self._stroke(path, stroke, index)

    def paint_tip(self, stroke: Stroke) -> None:
        """From the last middle to the last point; of a stroke of one point, its dot."""
        last = len(stroke.points) - 1
        path = QPainterPath(self._middle(stroke, last) if last else self._point(stroke, 0))
        path.lineTo(self._point(stroke, last) + QPointF(0.0, 0.01))
        self._stroke(path, stroke, last)

    def _stroke(self, path: QPainterPath, stroke: Stroke, index: int) -> None:
        width = DEFAULT_WIDTH if stroke.widths is None else float(stroke.widths[index])
        self._pen.setWidthF(width * self._side)
        self._painter.strokePath(path, self._pen)

    def _point(self, stroke: Stroke, index: int) -> QPointF:
        x, y = stroke.points[index]
        return QPointF(x * self._side, y * self._side)

    def _middle(self, stroke: Stroke, index: int) -> QPointF:
        """Between a point and the one before it."""
        return (self._point(stroke, index - 1) + self._point(stroke, index)) / 2


def widest(drawing: Drawing) -> float:
    """The greatest width of its ink, in parts of the canvas's side."""
    return max(
        (
            DEFAULT_WIDTH if stroke.widths is None else float(stroke.widths.max())
            for stroke in drawing.strokes
        ),
        default=0.0,
    )


def newest_area(stroke: Stroke, side: float) -> QRectF:
    """What a stroke's newest piece and tip can have changed, in pixels."""
    points: NDArray[np.float64] = stroke.points[-3:] * side
    width = DEFAULT_WIDTH if stroke.widths is None else float(stroke.widths.max())
    reach = width * side / 2 + 2
    (left, top), (right, bottom) = points.min(axis=0) - reach, points.max(axis=0) + reach
    return QRectF(left, top, right - left, bottom - top)
