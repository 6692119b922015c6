"""What the lines of a plot mean, and their values under the mouse."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from mnist_desktop.ui.look.theme import GRID, current_theme, tabular

SAMPLE = 20
"""Pixels of line that show what a line looks like."""


class Line(Enum):
    """The kinds of line in a plot of a run."""

    BATCH = auto()
    TRAIN = auto()
    TEST = auto()
    BEST = auto()


class Legend(QWidget):
    """One row: a sample of each line, its name, and behind it the value under the mouse."""

    def __init__(self, widest_value: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(tabular(self.font()))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._widest_value = widest_value
        self._names = {
            Line.BATCH: self.tr("batch"),
            Line.TRAIN: self.tr("train"),
            Line.TEST: self.tr("test"),
            Line.BEST: self.tr("best"),
        }
        self._values: dict[Line, str] = {}

    @property
    def values(self) -> dict[Line, str]:
        """The values that stand behind the names."""
        return self._values

    def show_values(self, values: dict[Line, str]) -> None:
        """Put values behind the names, or take them away."""
        if values != self._values:
            self._values = values
            self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(self.font())
        width = sum(self._width(metrics, line) for line in Line)
        return QSize(round(width), round(metrics.height()) + 4)

    def _width(self, metrics: QFontMetricsF, line: Line) -> float:
        text = f"{self._names[line]} {self._widest_value}"
        return SAMPLE + 6 + metrics.horizontalAdvance(text) + GRID

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        metrics = QFontMetricsF(self.font())
        middle = self.height() / 2
        left = 0.0
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for line, name in self._names.items():
                if line is Line.BEST:
                    painter.setPen(QPen(QColor(theme.best), 2))
                    painter.drawEllipse(QPointF(left + SAMPLE / 2, middle), 5, 5)
                else:
                    painter.setPen(line_pen(line, theme.train, theme.test, theme.quiet))
                    painter.drawLine(QPointF(left, middle), QPointF(left + SAMPLE, middle))
                width = self._width(metrics, line)
                painter.setPen(QColor(theme.text if line in self._values else theme.quiet))
                painter.drawText(
                    QRectF(left + SAMPLE + 6, 0, width, self.height()),
                    Qt.AlignmentFlag.AlignVCenter,
                    f"{name} {self._values.get(line, '')}",
                )
                left += width


def line_pen(line: Line, train: str, test: str, batch: str) -> QPen:
    """The pen of a line, the same in the plot and in its legend."""
    if line is Line.BATCH:
        faint = QColor(batch)
        faint.setAlphaF(0.25)
        pen = QPen(faint, 1)
    elif line is Line.TRAIN:
        pen = QPen(QColor(train), 2)
    else:
        pen = QPen(QColor(test), 2)
        pen.setDashPattern([4, 2])
    # As wide on the screen, whatever the plot's scale.
    pen.setCosmetic(True)
    return pen
