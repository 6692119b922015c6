"""Many runs' curves in one plot."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QPointF, Signal, Slot

from mnist_desktop.ui.plots.chart import Chart
from mnist_desktop.ui.plots.chart_plot import ChartPlot

NEAR_PIXELS = 40
"""A curve further than that from the mouse is not pointed at."""


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
