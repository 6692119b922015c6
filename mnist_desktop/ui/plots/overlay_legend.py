"""Which curve is whose, and the curves' values under the mouse."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from mnist_desktop.ui.look.theme import GRID, current_theme, tabular
from mnist_desktop.ui.plots.chart import Chart
from mnist_desktop.ui.plots.run_look import curve_pen

LINE_HEIGHT = 22
SAMPLE = 28
"""Pixels of line that show what a line looks like."""


class OverlayLegend(QScrollArea):
    """A line for each curve, beside the plot; it scrolls where there are many."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, widgetResizable=True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._lines = _Lines()
        self.setWidget(self._lines)

    @property
    def names(self) -> list[str]:
        """What stands in the lines."""
        return [curve.name for curve in self._lines.chart.curves] if self._lines.chart else []

    @property
    def values(self) -> list[str]:
        """What stands behind the names; empty where there is no value."""
        return self._lines.values

    def show_chart(self, chart: Chart) -> None:
        """Show whose curves these are."""
        self._lines.show_chart(chart)

    def show_values(self, values: list[str], nearest: int | None) -> None:
        """Put values behind the names, or take them away, and tell which curve is pointed at."""
        self._lines.show_values(values, nearest)
        if nearest is not None:
            self.ensureVisible(0, nearest * LINE_HEIGHT + LINE_HEIGHT // 2, 0, LINE_HEIGHT)


class _Lines(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFont(tabular(self.font()))
        self.chart: Chart | None = None
        self.values: list[str] = []
        self._nearest: int | None = None

    def show_chart(self, chart: Chart) -> None:
        self.chart = chart
        self.values, self._nearest = [], None
        names = ", ".join(curve.name for curve in chart.curves)
        self.setAccessibleName(self.tr("Curves of {names}").format(names=names))
        self.setMinimumHeight(LINE_HEIGHT * len(chart.curves))
        self.update()

    def show_values(self, values: list[str], nearest: int | None) -> None:
        if (values, nearest) != (self.values, self._nearest):
            self.values, self._nearest = values, nearest
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, LINE_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.chart is None:
            return
        theme = current_theme()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for place, curve in enumerate(self.chart.curves):
                middle = LINE_HEIGHT * (place + 0.5)
                painter.setPen(curve_pen(curve.place, theme))
                painter.drawLine(0, round(middle), SAMPLE, round(middle))
                value = self.values[place] if self.values else ""
                font = self.font()
                font.setBold(place == self._nearest)
                painter.setFont(font)
                metrics = painter.fontMetrics()
                width = self.width() - SAMPLE - 2 * GRID
                room = width - (metrics.horizontalAdvance(value) + GRID if value else 0)
                line = QRectF(SAMPLE + GRID, LINE_HEIGHT * place, width, LINE_HEIGHT)
                painter.setPen(QColor(theme.text))
                painter.drawText(
                    line,
                    Qt.AlignmentFlag.AlignVCenter,
                    metrics.elidedText(curve.name, Qt.TextElideMode.ElideRight, room),
                )
                right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
                painter.drawText(line, right, value)
