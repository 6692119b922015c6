"""One figure against another, not over epochs: points with lines between them."""

from __future__ import annotations

import pyqtgraph as pg

from mnist_desktop.ui.look.theme import current_theme
from mnist_desktop.ui.plots.chart import Chart
from mnist_desktop.ui.plots.chart_plot import ChartPlot
from mnist_desktop.ui.plots.pens import curve_pen

SYMBOLS = ("o", "s", "t")
MOST_SYMBOLS = 40
"""A curve of more points is a line alone."""

SYMBOL_SIZE = 7


class XYPlot(ChartPlot):
    """It zooms as plots over epochs do.

    Points of a curve for which the chart has no sizes are all the same, and not seen where there
    are two or very many.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._items: list[pg.PlotDataItem] = []

    def _draw(self, chart: Chart) -> None:
        while self._items:
            self.box.removeItem(self._items.pop())
        for number, curve in enumerate(chart.curves):
            x, y = chart.drawn(curve)
            pen = curve_pen(curve.place, current_theme())
            sizes = chart.sizes[number] if number < len(chart.sizes) else None
            has_symbols = sizes is not None or 2 < len(x) <= MOST_SYMBOLS
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
