"""A plot of a chart: lines, and points where they can be told apart."""

from __future__ import annotations

from functools import partial

import pyqtgraph as pg
from PySide6.QtCore import QPointF, Signal, Slot

from mnist_desktop.ui.look.theme import current_theme
from mnist_desktop.ui.plots.chart import Chart
from mnist_desktop.ui.plots.epoch_plot import EpochPlot
from mnist_desktop.ui.plots.legend import Entry
from mnist_desktop.ui.plots.pens import curve_pen

SYMBOLS = ("o", "s", "t")
SYMBOL_SIZE = 7

NEAR_PIXELS = 40
"""A curve further than that from the mouse is not pointed at."""


class ChartPlot(EpochPlot):
    """Draws one chart, and then another. It zooms as plots over epochs do.

    Points of a curve for which the chart has no sizes are all the same, and not seen where there
    are two or very many.

    Attributes:
        chart: what is drawn; None before the first.
        most_symbols: a curve of more points is a line alone.
    """

    most_symbols = 40
    chart: Chart | None = None

    def __init__(self, name: str, epoch_axis: pg.AxisItem | None = None) -> None:
        super().__init__(name, epoch_axis)
        self._items: list[pg.PlotDataItem] = []

    @property
    def entries(self) -> list[Entry]:
        """Of its curves, for a legend."""
        curves = self.chart.curves if self.chart else ()
        return [Entry(curve.name, partial(curve_pen, curve.place)) for curve in curves]

    def show_chart(self, chart: Chart) -> None:
        """Draw another one."""
        self.chart = chart
        self.setAccessibleName(chart.figure.title)
        self.setLabel("bottom", chart.x_title)
        self.getAxis("left").setLogMode(chart.is_log)
        self._draw(chart)
        self.point_at(None)
        self.fit(chart.x_range, chart.y_range)
        self.zoom_to(None)

    def dress(self) -> None:
        super().dress()
        if self.chart is not None:
            self._draw(self.chart)

    def _draw(self, chart: Chart) -> None:
        """Have the chart's curves, in the theme's colours."""
        while self._items:
            self.box.removeItem(self._items.pop())
        for number, curve in enumerate(chart.curves):
            x, y = chart.drawn(curve)
            pen = curve_pen(curve.place, current_theme())
            sizes = chart.sizes[number] if number < len(chart.sizes) else None
            has_symbols = sizes is not None or (len(x) != 2 and len(x) <= self.most_symbols)
            item = pg.PlotDataItem(
                x,
                y,
                pen=pen,
                symbol=SYMBOLS[curve.place % len(SYMBOLS)] if has_symbols else None,
                symbolSize=SYMBOL_SIZE if sizes is None else sizes,
                symbolPen=None,
                symbolBrush=pen.color(),
                antialias=True,
            )
            self.box.addItem(item, ignoreBounds=True)
            self._items.append(item)


class OverlayPlot(ChartPlot):
    """One curve for each run.

    Args:
        name: of the plot, for checks.

    Signals:
        curve_pointed(object, object): an epoch and the index of the curve that the mouse points
            at; each None where there is no such thing.
    """

    curve_pointed = Signal(object, object)

    most_symbols = 1  # a run of one epoch has a point, and no line

    def __init__(self, name: str) -> None:
        super().__init__(name, _EpochAxis("bottom"))
        self.pointed.connect(self._on_pointed)

    @Slot(object)
    def _on_pointed(self, position: QPointF | None) -> None:
        epoch = nearest = None
        if self.chart is not None and position is not None:
            there = round(self.box.mapSceneToView(position).x())
            epoch = min(max(1, there), self.chart.epochs)
            nearest = self._nearest(self.chart, epoch, position)
        self.point_at(epoch)
        self.curve_pointed.emit(epoch, nearest)

    def _nearest(self, chart: Chart, epoch: int, position: QPointF) -> int | None:
        """The index of the curve that is nearest above or below the mouse."""
        distances = []
        for index, curve in enumerate(chart.curves):
            value = curve.value_at(epoch)
            if value is not None:
                height = float(chart.scaled(curve.y[curve.x == epoch])[0])
                there = self.box.mapViewToScene(QPointF(epoch, height))
                distances.append((abs(there.y() - position.y()), index))
        distance, index = min(distances, default=(NEAR_PIXELS + 1, 0))
        return index if distance <= NEAR_PIXELS else None


class _EpochAxis(pg.AxisItem):  # type: ignore[misc]
    """There is nothing between one epoch and the next, so no tick is there either."""

    def tickSpacing(self, low: float, high: float, size: float) -> list[tuple[float, float]]:
        levels = super().tickSpacing(low, high, size)
        whole = [(spacing, offset) for spacing, offset in levels if spacing >= 1]
        return whole or [(1.0, 0.0)]
