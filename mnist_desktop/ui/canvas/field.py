"""Where a drawing lies on the canvas."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF

from mnist_desktop.ink.strokes import Drawing
from mnist_desktop.learning.read.reading import Box

MARGIN = 0.15
"""Around a drawing that was made elsewhere, in its own unit."""

AIR = 0.03
"""Beyond ink for which the canvas is too small."""


@dataclass(frozen=True)
class Field:
    """From a drawing's unit, which is the side of a square canvas, to the canvas's pixels.

    On an empty canvas the unit is its height, and x runs from 0 to its width in heights.

    Attributes:
        canvas: all of it, in pixels.
        side: pixels of the unit.
        origin: where the unit begins, in pixels.
    """

    canvas: QRectF
    side: float
    origin: QPointF

    @classmethod
    def empty(cls, size: QSizeF) -> Field:
        """Of a canvas of this size, in pixels, that nothing is on."""
        return cls(QRectF(QPointF(), size), size.height(), QPointF())

    @classmethod
    def around(cls, size: QSizeF, area: QRectF) -> Field:
        """In which an area of the drawing fills a canvas of this size."""
        side = min(size.width() / area.width(), size.height() / area.height())
        middle = QPointF(size.width() / 2, size.height() / 2)
        return cls(QRectF(QPointF(), size), side, middle - area.center() * side)

    def within(self, place: QPointF, inset: float) -> QPointF:
        """The place nearest to one that is on the canvas and as far as that from its border."""
        inner = self.canvas.adjusted(inset, inset, -inset, -inset)
        return QPointF(
            min(max(place.x(), inner.left()), inner.right()),
            min(max(place.y(), inner.top()), inner.bottom()),
        )

    def place(self, x: float, y: float) -> QPointF:
        """A point of the drawing, in pixels."""
        return self.origin + QPointF(x, y) * self.side

    def area(self, box: Box) -> QRectF:
        """A box of the drawing, in pixels."""
        left, top, right, bottom = box
        return QRectF(self.place(left, top), self.place(right, bottom))

    def rectangle(self, area: QRectF) -> QRectF:
        """A rectangle of the drawing, in pixels."""
        return QRectF(self.place(area.x(), area.y()), area.size() * self.side)

    def point(self, place: QPointF) -> tuple[float, float]:
        """The point of the drawing at some pixels."""
        found = (place - self.origin) / self.side
        return found.x(), found.y()


def field_of(drawing: Drawing, size: QSizeF) -> Field:
    """In which all of a drawing is seen on a canvas of this size.

    What was drawn here stays where and as large as it was, if it fits there; what was made
    elsewhere, which has no widths, is as large as it can be.
    """
    field = Field.empty(size)
    if not drawing:
        return field
    ink = ink_area(drawing)
    if not any(stroke.widths is not None for stroke in drawing.strokes):
        return Field.around(size, ink.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN))
    shown = QRectF(0, 0, size.width() / field.side, size.height() / field.side)
    if shown.contains(ink):
        return field
    return Field.around(size, shown.united(ink.adjusted(-AIR, -AIR, AIR, AIR)))


def ink_area(drawing: Drawing) -> QRectF:
    """All that the ink of a drawing with at least one stroke covers, in its unit."""
    low, high = np.full(2, np.inf), np.full(2, -np.inf)
    for stroke in drawing.strokes:
        reach = 0.0 if stroke.widths is None else stroke.widths.max() / 2
        low = np.minimum(low, stroke.points.min(axis=0) - reach)
        high = np.maximum(high, stroke.points.max(axis=0) + reach)
    return QRectF(QPointF(*map(float, low)), QPointF(*map(float, high)))
