"""One figure against another, not over epochs: points with lines between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg

from mnist_desktop.ui.look.theme import current_theme
from mnist_desktop.ui.plots.chart import Chart
from mnist_desktop.ui.plots.epoch_plot import EpochPlot
from mnist_desktop.ui.plots.legend import Entry
from mnist_desktop.ui.plots.pens import curve_pen
from mnist_desktop.ui.plots.ticks import Numbers, Range

SYMBOLS = ("o", "s", "t")
MOST_SYMBOLS = 40
"""A curve of more points is a line alone."""

SYMBOL_SIZE = 7
MARGIN = 0.02


@dataclass(frozen=True, eq=False)
class XYChart(Chart):
    """Curves over something else than epochs.

    Attributes:
        sizes: how large the points of the first curves are, in pixels; those of the others are all
            the same, and not seen where there are two or very many.
    """

    sizes: Sequence[Numbers] = ()

    @property
    def x_range(self) -> Range:
        """From the lowest to the highest, with room for the points."""
        values = np.concatenate([np.empty(0), *(curve.x for curve in self.curves)])
        low, high = (float(values.min()), float(values.max())) if len(values) else (0.0, 1.0)
        margin = MARGIN * (high - low or 1.0)
        return low - margin, high + margin


class XYPlot(EpochPlot):
    """Draws such a chart; it zooms as those over epochs do.

    Args:
        name: of the plot, for checks.

    Attributes:
        chart: what is drawn; None before the first.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.chart: XYChart | None = None
        self._items: list[pg.PlotDataItem] = []
        self.dress()

    @property
    def entries(self) -> list[Entry]:
        """Of its curves, for a legend."""
        curves = self.chart.curves if self.chart else ()
        return [Entry(curve.name, curve_pen(curve.place, current_theme())) for curve in curves]

    def show_chart(self, chart: XYChart) -> None:
        """Draw another one."""
        self.chart = chart
        self.setAccessibleName(chart.figure.title)
        self.setLabel("bottom", chart.x_title)
        self._draw()
        self.fit(chart.x_range, chart.y_range)
        self.zoom_to(None)

    def dress(self) -> None:
        super().dress()
        self._draw()

    def _draw(self) -> None:
        for item in self._items:
            self.box.removeItem(item)
        self._items = []
        chart = self.chart
        if chart is None:
            return
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
