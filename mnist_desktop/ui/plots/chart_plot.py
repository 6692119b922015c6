"""A plot of a chart: lines, and points where they can be told apart."""

from __future__ import annotations

from functools import partial

import pyqtgraph as pg

from mnist_desktop.ui.look.theme import current_theme
from mnist_desktop.ui.plots.chart import Chart
from mnist_desktop.ui.plots.epoch_plot import EpochPlot
from mnist_desktop.ui.plots.legend import Entry
from mnist_desktop.ui.plots.pens import curve_pen

SYMBOLS = ("o", "s", "t")
SYMBOL_SIZE = 7


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
