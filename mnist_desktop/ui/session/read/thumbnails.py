"""Small pictures of photos and drawings, painted in whatever thread."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPen, QPolygonF

from mnist_desktop.ink.strokes import Drawing

THUMBNAIL = QSize(128, 56)
"""Pixels, at the most: some kilobytes, so that there can be thousands."""

MOST_ENLARGED = 8
"""A picture of 8×8 or 28×28 would hardly be seen as it is."""

MARGIN = 6
PEN = 2.5


def thumbnail(content: NDArray[np.uint8] | Drawing) -> QImage:
    """A picture's greys, (h, w) uint8, or a drawing's ink, dark on light, as small pixels."""
    return _of_drawing(content) if isinstance(content, Drawing) else _of_greys(content)


def _of_greys(grey: NDArray[np.uint8]) -> QImage:
    # Qt would look at each pixel of a large picture, which takes long.
    step = max(1, min(grey.shape[0] // (4 * THUMBNAIL.height()), grey.shape[1] // 512))
    small = np.ascontiguousarray(grey[::step, ::step])
    height, width = small.shape
    picture = QImage(small.data, width, height, width, QImage.Format.Format_Grayscale8)
    most = QSize(MOST_ENLARGED * width, MOST_ENLARGED * height).boundedTo(THUMBNAIL)
    size = QSize(width, height).scaled(most, Qt.AspectRatioMode.KeepAspectRatio)
    smooth = Qt.TransformationMode.SmoothTransformation
    # A thread of a picture would be less than a pixel wide.
    scaled = picture.scaled(
        size.expandedTo(QSize(1, 1)), Qt.AspectRatioMode.IgnoreAspectRatio, smooth
    )
    return scaled.convertToFormat(QImage.Format.Format_Grayscale8).copy()


def _of_drawing(drawing: Drawing) -> QImage:
    if not drawing:
        return QImage()
    points = np.concatenate([stroke.points for stroke in drawing.strokes])
    low, extent = points.min(axis=0), np.ptp(points, axis=0)
    room = np.array([THUMBNAIL.width(), THUMBNAIL.height()]) - 2 * MARGIN
    scale = float(np.min(room / np.maximum(extent, 1e-9)))
    size = np.ceil(extent * scale).astype(int) + 2 * MARGIN
    picture = QImage(int(size[0]), int(size[1]), QImage.Format.Format_Grayscale8)
    picture.fill(Qt.GlobalColor.white)
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        painter.setPen(QPen(Qt.GlobalColor.black, PEN, Qt.PenStyle.SolidLine, cap, join))
        for stroke in drawing.strokes:
            places = [QPointF(x, y) for x, y in (stroke.points - low) * scale + MARGIN]
            painter.drawPolyline(QPolygonF(places))
            painter.drawPoint(places[0])
    return picture
