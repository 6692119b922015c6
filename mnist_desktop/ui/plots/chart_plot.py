"""A plot of a chart."""

from __future__ import annotations

from functools import partial

from mnist_desktop.ui.plots.chart import Chart
from mnist_desktop.ui.plots.epoch_plot import EpochPlot
from mnist_desktop.ui.plots.legend import Entry
from mnist_desktop.ui.plots.pens import curve_pen


class ChartPlot(EpochPlot):
    """Draws one chart, and then another.

    Attributes:
        chart: what is drawn; None before the first.
    """

    chart: Chart | None = None

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
        raise NotImplementedError
