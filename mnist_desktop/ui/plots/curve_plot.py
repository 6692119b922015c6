"""One plot of a run: every batch as a faint line, train and test at each epoch, the best epoch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, Slot
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from mnist_desktop.learning.history import thinned
from mnist_desktop.ui.look.theme import GRID, current_theme
from mnist_desktop.ui.plots.change_marks import ChangeMarks, Marks
from mnist_desktop.ui.plots.epoch_plot import EpochPlot
from mnist_desktop.ui.plots.legend import Legend, Line, line_pen
from mnist_desktop.ui.widgets.controls import heading, named
from mnist_desktop.ui.widgets.plain_text import plain_tooltip

BATCH_POINTS = 1500
"""More are not seen in a plot of this size, and cost time that the training wants."""

SMALLEST = 1e-7
"""What stands for zero where the scale is logarithmic."""

Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Curves:
    """What a plot shows. Positions are in epochs.

    Attributes:
        batch_x, batch_y: of each batch.
        epoch_x, train_y, test_y: of each finished epoch.
        best: index of the best epoch in these; None before the first.
        marks: where settings were changed, and to what.
    """

    batch_x: Numbers
    batch_y: Numbers
    epoch_x: Numbers
    train_y: Numbers
    test_y: Numbers
    best: int | None
    marks: Marks = ()


NONE = np.empty(0)
EMPTY = Curves(NONE, NONE, NONE, NONE, NONE, best=None)


class CurvePlot(QWidget):
    """Title, legend, plot. Wheel and drag zoom; the button and a double click reset that.

    Args:
        name: of the plot, for checks; those of its controls begin with it.
        decimals: of a value.
        ceiling: the highest value there can be, None for no such thing.
        can_be_log: whether a logarithmic scale is offered.
    """

    def __init__(
        self,
        name: str,
        title: str,
        *,
        decimals: int,
        ceiling: float | None = None,
        can_be_log: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._decimals = decimals
        self._ceiling = ceiling
        self._curves = EMPTY
        self._epochs = 10
        self._is_log = False
        self._is_zoomed = False
        self._shown_range: tuple[tuple[float, float], ...] = ()
        self._drawn_epochs: tuple[object, ...] = ()
        self._legend = Legend(f"{ceiling or 0:.{decimals}f}")
        self._log = named(QCheckBox(self.tr("Log scale")), f"{name}Log")
        self._log.setVisible(can_be_log)
        self._log.toggled.connect(self._on_log_toggled)
        self._reset = named(QPushButton(self.tr("Reset zoom")), f"{name}Reset")
        self._reset.clicked.connect(self.reset_zoom)
        self.plot = self._make_plot(name, title)

        top = QHBoxLayout()
        top.setSpacing(2 * GRID)
        top.addWidget(heading(title))
        top.addWidget(self._legend)
        top.addStretch(1)
        top.addWidget(self._log)
        top.addWidget(self._reset)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addLayout(top)
        layout.addWidget(self.plot, 1)
        self._dress()
        self.reset_zoom()

    def _make_plot(self, name: str, title: str) -> EpochPlot:
        plot = EpochPlot(name)
        plot.setAccessibleName(title)
        box = plot.box
        box.sigRangeChangedManually.connect(self._on_zoomed)
        self._batches = pg.PlotCurveItem(skipFiniteCheck=True)
        self._train = pg.PlotDataItem(symbol="o", symbolSize=5, antialias=True)
        self._test = pg.PlotDataItem(symbol="s", symbolSize=5, antialias=True)
        self._best = pg.PlotDataItem(pen=None, symbol="o", symbolSize=13, antialias=True)
        for item in (self._batches, self._train, self._test, self._best):
            box.addItem(item, ignoreBounds=True)
        self._marks = ChangeMarks(box)
        plot.scene().sigMouseMoved.connect(self._on_mouse_moved)
        plot.scene().sigMouseClicked.connect(self._on_mouse_clicked)
        return plot

    def show_curves(self, curves: Curves, epochs: int) -> None:
        """Draw the curves of a run that is to have so many epochs."""
        if epochs != self._epochs or len(curves.batch_x) < len(self._curves.batch_x):
            # Another run.
            self._epochs = epochs
            self._drawn_epochs = ()
            self.reset_zoom()
        self._curves = curves
        self._draw()

    @Slot()
    def reset_zoom(self) -> None:
        """Show all of the run again."""
        self._is_zoomed = False
        self._reset.setVisible(False)
        self._shown_range = ()
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()
        super().changeEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.plot.hover.setVisible(False)
        self._legend.show_values({})
        super().leaveEvent(event)

    def _draw(self) -> None:
        curves = self._curves
        x, batches = thinned(curves.batch_x, self._scaled(curves.batch_y), BATCH_POINTS)
        self._batches.setData(x, batches)
        # The last value tells one run from another of the same length.
        wanted = (len(curves.epoch_x), *curves.test_y[-1:], self._is_log)
        if self._drawn_epochs != wanted:
            self._drawn_epochs = wanted
            self._draw_epochs()
        self._marks.show(curves.marks)
        if not self._is_zoomed:
            self._fit(batches)

    def _draw_epochs(self) -> None:
        """Seldom, since it costs ten times what the batches do."""
        curves = self._curves
        self._train.setData(curves.epoch_x, self._scaled(curves.train_y))
        self._test.setData(curves.epoch_x, self._scaled(curves.test_y))
        best = slice(0, 0) if curves.best is None else slice(curves.best, curves.best + 1)
        self._best.setData(curves.epoch_x[best], self._scaled(curves.test_y[best]))

    def _fit(self, batches: Numbers) -> None:
        """Make room for the epochs' values, and for the batches' but for a few that stick out.

        The room grows and shrinks in steps: each new range has the axis made and painted anew,
        which takes longer than all the curves.
        """
        values = self._scaled(np.concatenate([self._curves.train_y, self._curves.test_y]))
        if len(batches):
            values = np.concatenate([values, np.percentile(batches, [1, 99])])
        if not len(values):
            low, high = 0.0, self._ceiling or 1.0
        elif self._is_log:
            low, high = float(np.floor(values.min())), float(np.ceil(values.max()))
        elif self._ceiling is None:
            low, high = 0.0, _rounded_up(float(values.max()))
        else:
            low, high = (
                self._ceiling - _rounded_up(self._ceiling - float(values.min())),
                self._ceiling,
            )
        margin = 0.03 * (high - low)
        box = self.plot.box
        # A little more, so that the last epoch's mark is whole.
        wanted = ((0.0, 1.015 * self._epochs), (low - margin, high + margin))
        if wanted != self._shown_range:
            self._shown_range = wanted
            box.setRange(xRange=wanted[0], yRange=wanted[1], padding=0)

    def _scaled(self, values: Numbers) -> Numbers:
        return np.log10(np.maximum(values, SMALLEST)) if self._is_log else values

    @Slot(bool)
    def _on_log_toggled(self, is_log: bool) -> None:
        self._is_log = is_log
        self.plot.getAxis("left").setLogMode(is_log)
        self.reset_zoom()

    @Slot()
    def _on_zoomed(self) -> None:
        self._is_zoomed = True
        self._reset.setVisible(True)

    @Slot(object)
    def _on_mouse_clicked(self, event: object) -> None:
        if event.double():  # type: ignore[attr-defined]
            self.reset_zoom()

    @Slot(object)
    def _on_mouse_moved(self, position: QPointF) -> None:
        box = self.plot.box
        if not box.sceneBoundingRect().contains(position):
            self.plot.hover.setVisible(False)
            self._legend.show_values({})
            return
        x = box.mapSceneToView(position).x()
        self.plot.hover.setPos(x)
        self.plot.hover.setVisible(True)
        self._legend.show_values(self._values_at(x))
        self.plot.setToolTip(plain_tooltip(self._marks.text_at(x)))

    def _values_at(self, x: float) -> dict[Line, str]:
        """Of the batch and the epoch next to a position."""
        curves = self._curves
        values = {}
        if len(curves.batch_x):
            nearest = min(int(np.searchsorted(curves.batch_x, x)), len(curves.batch_x) - 1)
            values[Line.BATCH] = self._figure(curves.batch_y[nearest])
        if len(curves.epoch_x):
            nearest = int(np.abs(curves.epoch_x - x).argmin())
            values[Line.TRAIN] = self._figure(curves.train_y[nearest])
            values[Line.TEST] = self._figure(curves.test_y[nearest])
        if curves.best is not None:
            values[Line.BEST] = self._figure(curves.test_y[curves.best])
        return values

    def _figure(self, value: float) -> str:
        return f"{value:.{self._decimals}f}"

    def _dress(self) -> None:
        """The theme's colours."""
        theme = current_theme()
        self.plot.dress()
        colours = (theme.train, theme.test, theme.quiet)
        self._batches.setPen(line_pen(Line.BATCH, *colours))
        for line, item, colour in (
            (Line.TRAIN, self._train, theme.train),
            (Line.TEST, self._test, theme.test),
        ):
            item.setPen(line_pen(line, *colours))
            item.setSymbolPen(None)
            item.setSymbolBrush(colour)
        ring = QPen(QColor(theme.best), 2)
        ring.setCosmetic(True)
        self._best.setSymbolPen(ring)
        self._best.setSymbolBrush(None)
        self._marks.dress()


def _rounded_up(value: float) -> float:
    """The next higher of 1, 2, 5, 10, 20, 50, …, or of their tenths and hundredths."""
    power = 10.0 ** np.floor(np.log10(max(value, SMALLEST)))
    return next(float(step * power) for step in (1, 2, 5, 10) if step * power >= value)
