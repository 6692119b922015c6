"""Many runs' curves in one plot."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mnist_desktop.ui.look.theme import current_theme
from mnist_desktop.ui.plots.chart import Chart
from mnist_desktop.ui.plots.epoch_plot import EpochPlot
from mnist_desktop.ui.plots.run_look import curve_pen, is_new_look

NEAR_PIXELS = 40
"""A curve further than that from the mouse is not pointed at."""


class OverlayPlot(QWidget):
    """Wheel and drag zoom; a double click resets that.

    Args:
        name: of the plot, for checks.

    Signals:
        pointed(object, object): an epoch and the index of the curve that the mouse points at;
            each None where there is no such thing.
        zoomed(bool): whether only a part is shown.
    """

    pointed = Signal(object, object)
    zoomed = Signal(bool)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart: Chart | None = None
        self._items: list[pg.PlotCurveItem] = []
        self.plot = self._make_plot(name)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.plot)
        self._dress()

    def _make_plot(self, name: str) -> EpochPlot:
        plot = EpochPlot(name, _EpochAxis("bottom"))
        # A run of one epoch has a point, and no line.
        self._points = pg.ScatterPlotItem(size=7, pen=None, antialias=True)
        self._box = plot.box
        self._box.addItem(self._points, ignoreBounds=True)
        self._box.sigRangeChangedManually.connect(self._on_zoomed)
        plot.scene().sigMouseMoved.connect(self._on_mouse_moved)
        plot.scene().sigMouseClicked.connect(self._on_mouse_clicked)
        return plot

    @property
    def chart(self) -> Chart | None:
        """What is drawn."""
        return self._chart

    def show_chart(self, chart: Chart) -> None:
        """Draw other curves."""
        self._chart = chart
        self.plot.setAccessibleName(chart.figure.title)
        self.plot.getAxis("left").setLogMode(chart.is_log)
        self._draw()
        self.plot.hover.setVisible(False)
        self.reset_zoom()

    @Slot()
    def reset_zoom(self) -> None:
        """Show all of the curves again."""
        if self._chart is not None:
            x, y = self._chart.x_range, self._chart.y_range
            self._box.setRange(xRange=x, yRange=y, padding=0)
            # Left to the first painting, it would bring a second one of all curves.
            self._box.prepareForPaint()
        self.zoomed.emit(False)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_new_look(event):
            self._dress()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point_at(None, None)

    def _draw(self) -> None:
        chart = self._chart
        if chart is None:
            return
        while len(self._items) < len(chart.curves):
            item = pg.PlotCurveItem(antialias=True, connect="finite")
            self._items.append(item)
            self._box.addItem(item, ignoreBounds=True)
        theme = current_theme()
        points = []
        for place, item in enumerate(self._items):
            item.setVisible(place < len(chart.curves))
            if place < len(chart.curves):
                curve = chart.curves[place]
                pen = curve_pen(curve.place, theme)
                x, y = chart.drawn(curve)
                item.setData(x, y, pen=pen)
                if len(x) == 1:
                    points.append({"pos": (x[0], y[0]), "brush": pen.color()})
        self._points.setData(points)

    @Slot()
    def _on_zoomed(self) -> None:
        self.zoomed.emit(True)

    @Slot(object)
    def _on_mouse_clicked(self, event: object) -> None:
        if event.double():  # type: ignore[attr-defined]
            self.reset_zoom()

    @Slot(object)
    def _on_mouse_moved(self, position: QPointF) -> None:
        box = self._box
        if self._chart is None or not box.sceneBoundingRect().contains(position):
            self._point_at(None, None)
            return
        epoch = min(max(1, round(box.mapSceneToView(position).x())), self._chart.epochs)
        self._point_at(epoch, self._nearest(epoch, position))

    def _nearest(self, epoch: int, position: QPointF) -> int | None:
        """The index of the curve that is nearest above or below the mouse."""
        assert self._chart is not None
        distances = []
        for index, curve in enumerate(self._chart.curves):
            value = curve.value_at(epoch)
            if value is not None:
                height = float(self._chart.scaled(curve.y[curve.x == epoch])[0])
                there = self._box.mapViewToScene(QPointF(epoch, height))
                distances.append((abs(there.y() - position.y()), index))
        distance, index = min(distances, default=(NEAR_PIXELS + 1, 0))
        return index if distance <= NEAR_PIXELS else None

    def _point_at(self, epoch: int | None, nearest: int | None) -> None:
        self.plot.hover.setVisible(epoch is not None)
        if epoch is not None:
            self.plot.hover.setPos(epoch)
        self.pointed.emit(epoch, nearest)

    def _dress(self) -> None:
        """The theme's colours."""
        self.plot.dress()
        self._draw()


class _EpochAxis(pg.AxisItem):  # type: ignore[misc]
    """There is nothing between one epoch and the next, so no tick is there either."""

    def tickSpacing(self, low: float, high: float, size: float) -> list[tuple[float, float]]:
        levels = super().tickSpacing(low, high, size)
        whole = [(spacing, offset) for spacing, offset in levels if spacing >= 1]
        return whole or [(1.0, 0.0)]
