"""Pictures, histograms and a curve of what is inside a network, painted by hand.

A plot of pyqtgraph for each layer would take longer to draw than the training's step takes.
"""

from __future__ import annotations

from collections import deque
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from mnist_desktop.learning.inspection import Histogram, LayerInspection
from mnist_desktop.ui.theme import GRID, current_theme, tabular

COLUMNS = 8
TILE = 29
"""Pixels from one neuron's picture to the next: 28, and one between them."""

STRONGEST = 99.5
"""Percentile of the values that has the full colour; a few may be far larger than all others."""

ROW_HEIGHT = 64
TEXT_WIDTH = 128
MOST_POINTS = 240

Pictures = NDArray[np.float32]


class WeightSheet(QWidget):
    """What each neuron looks for: (n, 28, 28) numbers of either sign, eight pictures a row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._levels: NDArray[np.uint8] | None = None

    def show_pictures(self, pictures: Pictures | None) -> None:
        """Show others, all on one scale, or none."""
        self._levels = None if pictures is None else _tiled(pictures)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(COLUMNS * TILE, COLUMNS * TILE)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._levels is None:
            return
        theme = current_theme()
        height, width = self._levels.shape
        image = QImage(self._levels.data, width, height, width, QImage.Format.Format_Indexed8)
        image.setColorTable(_ramp(theme.train, theme.paper, theme.test, theme.window))
        scale = min(self.width() / width, self.height() / height)
        with QPainter(self) as painter:
            place = QRect(0, 0, round(width * scale), round(height * scale))
            painter.drawImage(place, image)


class LayerHistograms(QWidget):
    """A row for each layer: how large its weights and its gradients are, and what that comes to."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("layerHistograms")
        self.setFont(tabular(self.font()))
        self._layers: tuple[LayerInspection, ...] = ()

    def show_layers(self, layers: tuple[LayerInspection, ...]) -> None:
        """Show others."""
        is_other = len(layers) != len(self._layers)
        self._layers = layers
        self.setAccessibleName("; ".join(self._in_words(layer) for layer in layers))
        if is_other:
            self.setMinimumHeight(len(layers) * ROW_HEIGHT)
        self.update()

    def _in_words(self, layer: LayerInspection) -> str:
        return f"{layer.name}: " + ", ".join(self._lines(layer))

    def _lines(self, layer: LayerInspection) -> list[str]:
        lines = [self.tr("gradient {norm:.2g}").format(norm=layer.gradient_norm)]
        if layer.dead is not None:
            lines.append(self.tr("dead {share:.0f} %").format(share=100 * layer.dead))
        return lines

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        room = (self.width() - TEXT_WIDTH - 2 * GRID) / 2
        line = self.fontMetrics().lineSpacing()
        with QPainter(self) as painter:
            for number, layer in enumerate(self._layers):
                top = number * ROW_HEIGHT
                painter.setPen(QColor(theme.text))
                painter.drawText(QPointF(0, top + line), layer.name)
                painter.setPen(QColor(theme.quiet))
                for row, text in enumerate(self._lines(layer), start=2):
                    painter.drawText(QPointF(0, top + row * line), text)
                for place, (histogram, colour) in enumerate(
                    ((layer.weights, theme.train), (layer.gradients, theme.test))
                ):
                    left = TEXT_WIDTH + place * (room + 2 * GRID)
                    chart = QRectF(left, top + 4, room, ROW_HEIGHT - line - 12)
                    _paint_histogram(painter, chart, histogram, QColor(colour))
                    painter.setPen(QColor(theme.quiet))
                    scale = QRectF(left, chart.bottom() + 1, room, line)
                    painter.drawText(scale, Qt.AlignmentFlag.AlignLeft, f"−{histogram.reach:.2g}")
                    painter.drawText(scale, Qt.AlignmentFlag.AlignHCenter, "0")
                    painter.drawText(scale, Qt.AlignmentFlag.AlignRight, f"{histogram.reach:.2g}")


class GradientNormCurve(QWidget):
    """The length of the whole gradient, each time that it was looked at."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("gradientNormCurve")
        self.setFont(tabular(self.font()))
        self.setMinimumHeight(64)
        self._values: deque[float] = deque(maxlen=MOST_POINTS)

    @property
    def values(self) -> list[float]:
        """The newest last."""
        return list(self._values)

    def add(self, value: float) -> None:
        """One more."""
        self._values.append(value)
        self.setAccessibleName(self.tr("Gradient’s length {value:.3g}").format(value=value))
        self.update()

    def clear(self) -> None:
        """Forget all."""
        self._values.clear()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._values:
            return
        theme = current_theme()
        highest = max(self._values) or 1.0
        text = f"{highest:.2g}"
        left = self.fontMetrics().horizontalAdvance("0.0000") + GRID
        chart = QRectF(left, 4, self.width() - left - 4, self.height() - 8)
        step = chart.width() / max(1, len(self._values) - 1)
        points = [
            QPointF(chart.left() + number * step, chart.bottom() - chart.height() * value / highest)
            for number, value in enumerate(self._values)
        ]
        with QPainter(self) as painter:
            painter.setPen(QColor(theme.quiet))
            labels = QRectF(0, 0, left - GRID, self.height())
            right = Qt.AlignmentFlag.AlignRight
            painter.drawText(labels, right | Qt.AlignmentFlag.AlignTop, text)
            painter.drawText(labels, right | Qt.AlignmentFlag.AlignBottom, "0")
            painter.setPen(QColor(theme.line))
            painter.drawLine(chart.bottomLeft(), chart.bottomRight())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.test), 1.5))
            painter.drawPolyline(QPolygonF(points))
            painter.setBrush(QColor(theme.test))
            painter.drawEllipse(points[-1], 2.5, 2.5)


def _paint_histogram(
    painter: QPainter, place: QRectF, histogram: Histogram, colour: QColor
) -> None:
    """Bars from the lowest value to the highest; 0 is in the middle."""
    theme = current_theme()
    counts = histogram.counts / max(1, histogram.counts.max())
    width = place.width() / len(counts)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    for number, share in enumerate(counts.tolist()):
        if share > 0:
            height = max(1.0, share * place.height())
            left = place.left() + number * width
            painter.drawRect(QRectF(left, place.bottom() - height, max(1.0, width - 1), height))
    painter.setPen(QColor(theme.line))
    painter.drawLine(place.bottomLeft(), place.bottomRight())


def _tiled(pictures: Pictures) -> NDArray[np.uint8]:
    """Levels of ``_ramp``: 127 stands for zero, 255 is what is between the pictures."""
    reach = float(np.percentile(np.abs(pictures), STRONGEST)) or 1.0
    levels = np.clip(127 + 127 * pictures / reach, 0, 254).astype(np.uint8)
    rows = -(-len(levels) // COLUMNS)
    sheet = np.full((rows * COLUMNS, TILE, TILE), 255, dtype=np.uint8)
    sheet[: len(levels), :-1, :-1] = levels
    # Each row of a Format_Indexed8 image begins at a multiple of four bytes: 8 × 29 is one.
    tiled = sheet.reshape(rows, COLUMNS, TILE, TILE).swapaxes(1, 2)
    return np.ascontiguousarray(tiled.reshape(rows * TILE, COLUMNS * TILE))


@cache
def _ramp(negative: str, zero: str, positive: str, between: str) -> list[int]:
    """255 colours from the first over the second to the third, and one more."""
    low, middle, high = (QColor(colour) for colour in (negative, zero, positive))
    colours = [_mixed(low, middle, step / 127) for step in range(128)]
    colours += [_mixed(middle, high, step / 127) for step in range(1, 128)]
    return [*(colour.rgb() for colour in colours), QColor(between).rgb()]


def _mixed(one: QColor, other: QColor, share: float) -> QColor:
    return QColor(
        *(
            round(a + (b - a) * share)
            for a, b in zip(one.getRgb()[:3], other.getRgb()[:3], strict=True)  # type: ignore[index]
        )
    )
