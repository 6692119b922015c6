"""Curves as a picture file: on white paper, with the legend beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from PySide6.QtCore import QBuffer, QIODevice, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPainter,
    QPen,
    QPolygonF,
)
from PySide6.QtSvg import QSvgGenerator

from mnist_desktop.ui.look.fonts import GRID
from mnist_desktop.ui.look.theme import LIGHT, Theme
from mnist_desktop.ui.plots.chart import Chart
from mnist_desktop.ui.plots.legend import LINE_HEIGHT, Entry, paint_entry
from mnist_desktop.ui.plots.pens import curve_pen
from mnist_desktop.ui.plots.ticks import log_ticks, ticks
from mnist_desktop.ui.widgets.pictures import as_png

PNG, SVG = ".png", ".svg"
SIZE = QSize(960, 540)
PNG_SCALE = 2
TEXT_PIXELS = 14
TITLE_PIXELS = 18
LEGEND_WIDTH = 232
EDGE = 3 * GRID
LEFT = 72
"""Room for the values beside their axis."""

BOTTOM = 56
TOP = 64


def picture_of(charts: Sequence[Chart], suffix: str) -> bytes:
    """The content of a PNG or SVG file, the charts one below the other.

    It may be made in any thread.
    """
    size = QSize(SIZE.width(), SIZE.height() * len(charts))
    return painted(size, suffix, charts[0].figure.title, partial(_paint_all, charts))


def painted(size: QSize, suffix: str, title: str, paint: Callable[[QPainter], None]) -> bytes:
    """The content of a PNG or SVG file of this size, painted by ``paint``."""
    if suffix != SVG:
        picture = QImage(size * PNG_SCALE, QImage.Format.Format_RGB32)
        with QPainter(picture) as painter:
            painter.scale(PNG_SCALE, PNG_SCALE)
            paint(painter)
        return as_png(picture)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(size)
    generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
    generator.setTitle(title)
    with QPainter(generator) as painter:
        paint(painter)
    return bytes(buffer.data().data())


def _paint_all(charts: Sequence[Chart], painter: QPainter) -> None:
    for chart in charts:
        _paint(painter, chart)
        painter.translate(0, SIZE.height())


def _paint(painter: QPainter, chart: Chart) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(QRectF(0, 0, SIZE.width(), SIZE.height()), QColor(LIGHT.paper))
    area = QRectF(
        LEFT,
        TOP,
        SIZE.width() - LEFT - LEGEND_WIDTH - 2 * EDGE,
        SIZE.height() - TOP - BOTTOM,
    )
    _write(painter, QPointF(EDGE, EDGE + 12), chart.figure.title, TITLE_PIXELS, LIGHT.text)
    _paint_axes(painter, chart, area)
    for curve in chart.curves:
        x, y = chart.drawn(curve)
        is_finite = np.isfinite(y)
        pairs = zip(x[is_finite], y[is_finite], strict=True)
        points = [_place(chart, area, *pair) for pair in pairs]
        painter.setPen(_pen(curve.place, LIGHT))
        if len(points) == 1:
            painter.setBrush(painter.pen().color())
            painter.drawEllipse(points[0], 2.5, 2.5)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(points))
    _paint_legend(painter, chart, QPointF(area.right() + EDGE, area.top()))


def _paint_axes(painter: QPainter, chart: Chart, area: QRectF) -> None:
    (left, right), (low, high) = chart.x_range, chart.y_range
    line = QPen(QColor(LIGHT.line), 1)
    for value, text in log_ticks(low, high) if chart.is_log else ticks(low, high):
        place = _place(chart, area, left, value)
        painter.setPen(line)
        painter.drawLine(place, QPointF(area.right(), place.y()))
        _write(painter, place + QPointF(-GRID, 5), text, TEXT_PIXELS, LIGHT.quiet, from_right=True)
    painter.setPen(line)
    painter.drawLine(area.bottomLeft(), area.bottomRight())
    for value, text in ticks(left, right, 10, whole=True):
        place = _place(chart, area, value, low)
        painter.setPen(line)
        painter.drawLine(place, place + QPointF(0, 4))
        half = QFontMetricsF(_font(TEXT_PIXELS)).horizontalAdvance(text) / 2
        _write(painter, place + QPointF(-half, 20), text, TEXT_PIXELS, LIGHT.quiet)
    half = QFontMetricsF(_font(TEXT_PIXELS)).horizontalAdvance(chart.x_title) / 2
    below = QPointF(area.center().x() - half, area.bottom() + 42)
    _write(painter, below, chart.x_title, TEXT_PIXELS, LIGHT.quiet)


def _paint_legend(painter: QPainter, chart: Chart, corner: QPointF) -> None:
    painter.setFont(_font(TEXT_PIXELS))
    room = QRectF(corner, QSizeF(LEGEND_WIDTH, LINE_HEIGHT))
    for curve in chart.curves:
        paint_entry(painter, room, Entry(curve.name, partial(_pen, curve.place)), LIGHT)
        room.translate(0, LINE_HEIGHT)


def _place(chart: Chart, area: QRectF, x: float, y: float) -> QPointF:
    """Where a point of the chart is in the picture."""
    (left, right), (low, high) = chart.x_range, chart.y_range
    return QPointF(
        area.left() + area.width() * (x - left) / (right - left),
        area.bottom() - area.height() * (y - low) / (high - low),
    )


def _pen(place: int, theme: Theme) -> QPen:
    """As on the screen, but as wide as the picture is large."""
    pen = curve_pen(place, theme)
    pen.setCosmetic(False)
    return pen


def _font(pixels: int) -> QFont:
    font = QFont()
    font.setPixelSize(pixels)
    return font


def _write(
    painter: QPainter,
    place: QPointF,
    text: str,
    pixels: int,
    colour: str,
    *,
    from_right: bool = False,
) -> None:
    """Write from a point on the base line on, or up to it."""
    font = _font(pixels)
    font.setBold(pixels == TITLE_PIXELS)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    if from_right:
        place = place - QPointF(QFontMetricsF(font).horizontalAdvance(text), 0)
    painter.drawText(place, text)
