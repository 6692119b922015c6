"""Histograms of each layer, and the gradient's length over time, painted by hand.

A plot of pyqtgraph for each layer would take longer to draw than a step of the training takes.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from mnist_desktop.learning.train.inspection import Histogram, LayerInspection
from mnist_desktop.ui.look.fonts import GRID, scaled, tabular
from mnist_desktop.ui.look.theme import Theme, current_theme
from mnist_desktop.ui.plots.figures import in_figures, rounded_up

ROW_HEIGHTS = (48, 96)
"""Of a layer: the least and, where there is room, the most."""

TEXT_WIDTH = 12 * GRID
GAP = 2 * GRID
NEAR_ZERO = 1
"""Bins on either side of 0 that hold what is neither clearly below nor above it."""

MOST_POINTS = 240
HIGHEST_CURVE = 120


class LayerHistograms(QWidget):
    """A row for each layer: how large its weights and its gradients are, and what that comes to.

    Attributes:
        layers: those that are shown.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("layerHistograms")
        self.setFont(tabular(self.font()))
        self.layers: tuple[LayerInspection, ...] = ()

    def show_layers(self, layers: tuple[LayerInspection, ...]) -> None:
        """Show others."""
        if len(layers) != len(self.layers):
            self.setMinimumHeight(len(layers) * ROW_HEIGHTS[0])
            self.setMaximumHeight(len(layers) * ROW_HEIGHTS[1])
        self.layers = layers
        self.setAccessibleName("; ".join(", ".join(self._lines(layer)) for layer in layers))
        self.update()

    def _lines(self, layer: LayerInspection) -> list[str]:
        norm = self.tr("gradient {length}").format(length=in_figures(layer.gradient_norm))
        if layer.dead is None:
            return [layer.name, norm]
        dead = self.tr("{share:.0f} % dead").format(share=100 * layer.dead)
        return [layer.name, norm, dead]

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.layers:
            return
        height = self.height() / len(self.layers)
        first = int(event.rect().top() / height)
        last = math.ceil((event.rect().bottom() + 1) / height)
        with QPainter(self) as painter:
            for number in range(first, min(last, len(self.layers))):
                row = QRect(0, round(number * height), self.width(), round(height) - GRID)
                self._paint_row(painter, row, self.layers[number])

    def _paint_row(self, painter: QPainter, row: QRect, layer: LayerInspection) -> None:
        theme = current_theme()
        line = self.fontMetrics().height()
        for number, text in enumerate(self._lines(layer)):
            painter.setPen(QColor(theme.quiet if number else theme.text))
            painter.drawText(
                QPointF(0, row.top() + number * line + self.fontMetrics().ascent()), text
            )
        width = (row.width() - scaled(TEXT_WIDTH) - GAP) // 2
        for number, histogram in enumerate((layer.weights, layer.gradients)):
            left = scaled(TEXT_WIDTH) + number * (width + GAP)
            chart = QRect(left, row.top(), width, row.height() - line)
            _paint_histogram(painter, chart, histogram, theme)
            painter.setPen(QColor(theme.quiet))
            ends = QRect(left, chart.bottom() + 2, width, line)
            reach = in_figures(histogram.reach)
            if histogram.reach:
                painter.drawText(ends, Qt.AlignmentFlag.AlignLeft, f"−{reach}")
                painter.drawText(ends, Qt.AlignmentFlag.AlignRight, reach)
            else:
                painter.drawText(ends, Qt.AlignmentFlag.AlignHCenter, self.tr("all are 0"))


class GradientNormCurve(QWidget):
    """The length of the whole gradient, each time that it was looked at.

    When there are too many points, every other one is forgotten, so that the whole run stays in
    sight.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("gradientNormCurve")
        self.setFont(tabular(self.font()))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMaximumHeight(HIGHEST_CURVE)
        self._points: list[tuple[int, float]] = []
        self._added = 0
        self._first = self._last = ""

    @property
    def values(self) -> list[float]:
        """The newest last."""
        return [value for _, value in self._points]

    def add(self, value: float, when: str) -> None:
        """One more; one that is not a number leaves a gap.

        Args:
            when: in words.
        """
        self._added += 1
        if math.isfinite(value):
            self._points.append((self._added, value))
            if len(self._points) > MOST_POINTS:
                # The first and the newest stay.
                self._points = self._points[::2]
        self._first, self._last = self._first or when, when
        self.setAccessibleName(
            self.tr("Length of the gradient: {value}").format(value=in_figures(value, 3))
        )
        self.update()

    def clear(self) -> None:
        """Forget all."""
        self._points, self._added = [], 0
        self._first = self._last = ""
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, 96)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 56)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._points:
            return
        theme = current_theme()
        top = rounded_up(max(self.values))
        metrics = self.fontMetrics()
        labels = QRectF(0, 0, metrics.horizontalAdvance("0.00"), self.height() - metrics.height())
        chart = QRectF(0, 0, self.width() - 4, labels.height()).adjusted(
            labels.width() + GRID, 4, 0, -4
        )
        begin, end = self._points[0][0], self._points[-1][0]
        points = [
            QPointF(
                chart.left() + chart.width() * (place - begin) / max(1, end - begin),
                chart.bottom() - chart.height() * value / top,
            )
            for place, value in self._points
        ]
        right = Qt.AlignmentFlag.AlignRight
        with QPainter(self) as painter:
            painter.setPen(QColor(theme.quiet))
            painter.drawText(labels, right | Qt.AlignmentFlag.AlignTop, in_figures(top))
            painter.drawText(labels, right | Qt.AlignmentFlag.AlignBottom, "0")
            below = QRectF(chart.left(), labels.bottom(), chart.width() + 4, metrics.height())
            painter.drawText(below, Qt.AlignmentFlag.AlignLeft, self._first)
            if self._last != self._first:
                painter.drawText(below, right, self._last)
            painter.setPen(QColor(theme.border))
            painter.drawLine(chart.bottomLeft(), chart.bottomRight())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.text), 1.0))
            painter.drawPolyline(QPolygonF(points))
            painter.setBrush(QColor(theme.text))
            painter.drawEllipse(points[-1], 2.5, 2.5)


def _paint_histogram(painter: QPainter, place: QRect, histogram: Histogram, theme: Theme) -> None:
    """From the lowest value to the highest; 0 is in the middle."""
    counts, height = histogram.counts, place.height()
    # Square roots, or else most bins of a gradient would not be seen beside those at 0.
    heights = np.ceil(height * np.sqrt(counts / max(1, counts.max())))
    rows = np.arange(height, 0, -1)[:, None]
    pixels = np.where(rows <= heights, _colours_of_bins(len(counts), theme), np.uint32(0))
    picture = QImage(pixels.data, len(counts), height, 4 * len(counts), QImage.Format.Format_ARGB32)
    painter.drawImage(place, picture)
    painter.setPen(QColor(theme.border))
    painter.drawLine(place.left(), place.bottom() + 1, place.right(), place.bottom() + 1)


def _colours_of_bins(bins: int, theme: Theme) -> NDArray[np.uint32]:
    """(bins,) 0xffRRGGBB."""
    half = bins // 2 - NEAR_ZERO
    names = half * [theme.train] + 2 * NEAR_ZERO * [theme.quiet] + half * [theme.test]
    return np.array([QColor(name).rgb() for name in names], dtype=np.uint32)
