"""One plot of a run: every batch as a faint line, train and test at each epoch, the best epoch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from mnist_desktop.learning.train.history import thinned
from mnist_desktop.ui.look.fonts import GRID, scaled
from mnist_desktop.ui.look.theme import current_theme
from mnist_desktop.ui.plots.change_marks import ChangeMarks, Marks
from mnist_desktop.ui.plots.epoch_plot import EpochPlot
from mnist_desktop.ui.plots.legend import Entry, LegendRow
from mnist_desktop.ui.plots.pens import CURVE_WIDTH, DASHES, pen_of
from mnist_desktop.ui.plots.ticks import Numbers, Range, fitted, on_scale
from mnist_desktop.ui.widgets.controls import heading, named
from mnist_desktop.ui.widgets.layouts import REST, hbox, vbox
from mnist_desktop.ui.widgets.plain_text import plain_tooltip

BATCH_POINTS = 1500
"""More are not seen in a plot of this size, and cost time that the training wants."""

FEW_BATCHES = 20
"""So few have dots: of a single one there is no line, and of some no more than a speck."""

OUTLIERS = 2
"""Percent of the batches that may stick out above the loss, or below the accuracy."""

LEAST_HEIGHT = 132
"""Pixels. Where a window is lower, its tab scrolls."""
FAR = 3
"""Times all else, a train loss sticks out: it is the mean of batches of which some did."""

MOST_RANKED = 10_000
"""Of more batches every other one, or every tenth, tells as well how far they reach."""


@dataclass(frozen=True, eq=False)
class Curves:
    """What a plot shows. Positions are in epochs.

    Attributes:
        batch_x, batch_y: of each batch.
        epoch_x, train_y, test_y: of each finished epoch.
        best: index of the best epoch in these; None before the first.
        marks: where settings were changed, and to what.
        hints: from where on the curves tell something, and what.
    """

    batch_x: Numbers
    batch_y: Numbers
    epoch_x: Numbers
    train_y: Numbers
    test_y: Numbers
    best: int | None
    marks: Marks = ()
    hints: Marks = ()


NONE = np.empty(0)
EMPTY = Curves(NONE, NONE, NONE, NONE, NONE, best=None)


class CurvePlot(QWidget):
    """Title, legend, plot.

    Args:
        name: of the plot, for checks; those of its controls begin with it.
        decimals: of a value.
        ceiling: the highest value there can be, None for no such thing.
        can_be_log: whether a logarithmic scale is offered.
        has_best: whether the best epoch is marked.

    Signals:
        pointed(object): the position under the mouse, in epochs; None where it is elsewhere.
    """

    pointed = Signal(object)

    def __init__(
        self,
        name: str,
        title: str,
        *,
        decimals: int,
        ceiling: float | None = None,
        can_be_log: bool = False,
        has_best: bool = True,
    ) -> None:
        super().__init__()
        self._decimals = decimals
        self._ceiling = ceiling
        self._has_best = has_best
        self._curves = EMPTY
        self._epochs = 10
        self._is_log = False
        self._drawn_epochs: tuple[object, ...] = ()
        self._legend = LegendRow(f"{ceiling or 0:.{decimals}f}")
        self._entries = (
            Entry(self.tr("batch"), lambda theme: pen_of(theme.batch)),
            Entry(self.tr("train"), lambda theme: pen_of(theme.train, CURVE_WIDTH)),
            Entry(self.tr("test"), lambda theme: pen_of(theme.test, CURVE_WIDTH, DASHES[1])),
            Entry(self.tr("best"), lambda theme: pen_of(theme.best, CURVE_WIDTH), "ring"),
        )
        self._legend.show_entries(self._entries if has_best else self._entries[:3])
        self._log = named(QCheckBox(self.tr("Log scale")), f"{name}Log")
        self._log.setVisible(can_be_log)
        self._log.toggled.connect(self._on_log_toggled)
        self.plot = self._make_plot(name, title)

        top = hbox(heading(title), self._legend, REST, self._log, spacing=2 * GRID)
        self.setLayout(vbox(top, (self.plot, 1), spacing=GRID // 2))
        self._dress()
        self._draw()

    def _make_plot(self, name: str, title: str) -> EpochPlot:
        plot = EpochPlot(name)
        plot.setAccessibleName(title)
        plot.setMinimumHeight(scaled(LEAST_HEIGHT))
        self._batches = pg.PlotCurveItem(skipFiniteCheck=True)
        self._first = pg.ScatterPlotItem(size=5, pen=None, antialias=True)
        self._train = pg.PlotDataItem(symbol="o", symbolSize=5, antialias=True)
        self._test = pg.PlotDataItem(symbol="s", symbolSize=5, antialias=True)
        self._best = pg.PlotDataItem(pen=None, symbol="o", symbolSize=13, antialias=True)
        for item in (self._batches, self._first, self._train, self._test, self._best):
            plot.box.addItem(item, ignoreBounds=True)
        self._marks = ChangeMarks(plot.box)
        self._hints = ChangeMarks(plot.box, is_hint=True)
        plot.pointed.connect(self._on_pointed)
        plot.zoomed.connect(self._fit)
        return plot

    def show_curves(self, curves: Curves, epochs: int) -> None:
        """Draw the curves of a run that is to have so many epochs."""
        if epochs != self._epochs or len(curves.batch_x) < len(self._curves.batch_x):
            # Another run.
            self._epochs = epochs
            self._drawn_epochs = ()
            self.plot.zoom_to(None)
        self._curves = curves
        self._draw()

    @Slot(object)
    def zoom_to(self, epochs: Range | None) -> None:
        """Show these epochs, or all of the run."""
        self.plot.zoom_to(epochs)
        self._fit()

    @Slot(object)
    def point_at(self, x: float | None) -> None:
        """Have the line, and the values, of a position in epochs, or none."""
        self.plot.point_at(x)
        self._legend.show_values([] if x is None else self._values_at(x))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def _draw(self) -> None:
        curves = self._curves
        batches = curves.batch_x, self._scaled(curves.batch_y)
        self._batches.setData(*thinned(*batches, BATCH_POINTS))
        few = len(curves.batch_x) <= FEW_BATCHES
        self._first.setData(*(batches if few else (NONE, NONE)))
        # The last value tells one run from another of the same length.
        wanted = (len(curves.epoch_x), *curves.test_y[-1:], self._is_log)
        if self._drawn_epochs != wanted:
            self._drawn_epochs = wanted
            self._draw_epochs()
        self._marks.show(curves.marks)
        self._hints.show(curves.hints)
        self._fit()

    def _draw_epochs(self) -> None:
        """Seldom, since it costs ten times what the batches do."""
        curves = self._curves
        self._train.setData(curves.epoch_x, self._scaled(curves.train_y))
        self._test.setData(curves.epoch_x, self._scaled(curves.test_y))
        best = slice(0, 0) if curves.best is None else slice(curves.best, curves.best + 1)
        self._best.setData(curves.epoch_x[best], self._scaled(curves.test_y[best]))

    @Slot()
    def _fit(self) -> None:
        """Make room for what the shown epochs hold, but for batches that stick out."""
        curves = self._curves
        left, right = self.plot.epochs
        first, last = np.searchsorted(curves.batch_x, [left, right])
        batches = curves.batch_y[first:last]
        # With those beside them, from which and to which lines lead.
        is_shown = (curves.epoch_x >= np.floor(left)) & (curves.epoch_x <= np.ceil(right))
        train = curves.train_y[is_shown]
        others = np.concatenate([curves.test_y[is_shown], self._reach(batches)])
        if self._ceiling is None and len(others):
            train = train[~(train > FAR * np.nanmax(others))]
        values = self._scaled(np.concatenate([train, others]))
        if self._is_log:
            room = fitted(values)
        else:
            room = fitted(values, 0.0, np.inf if self._ceiling is None else self._ceiling)
        # A little more, so that the last epoch's mark is whole.
        self.plot.fit((0.0, 1.015 * self._epochs), room)

    def _reach(self, batches: Numbers) -> Numbers:
        """The lowest and the highest value of batches, but for those that stick out.

        Those that stick out are above the loss or below the accuracy; on a logarithmic scale, where
        zero is infinitely far away, on both sides. The bound is a batch's own value, so that of a
        few batches a single one counts as one that sticks out, however far it does.
        """
        if not len(batches):
            return NONE
        ranked = np.sort(batches[:: 1 + len(batches) // MOST_RANKED])
        few = -(-len(ranked) * OUTLIERS // 100) if len(ranked) > 2 else 0
        is_below = self._ceiling is not None or self._is_log
        is_above = self._ceiling is None
        return ranked[[few if is_below else 0, -1 - few if is_above else -1]]

    def _scaled(self, values: Numbers) -> Numbers:
        return on_scale(values, is_log=self._is_log)

    @Slot(bool)
    def _on_log_toggled(self, is_log: bool) -> None:
        self._is_log = is_log
        self.plot.getAxis("left").setLogMode(is_log)
        self._draw()

    @Slot(object)
    def _on_pointed(self, position: QPointF | None) -> None:
        x = None if position is None else self.plot.box.mapSceneToView(position).x()
        self.point_at(x)
        there = [] if x is None else [self._marks.text_at(x), self._hints.text_at(x)]
        self.plot.setToolTip(plain_tooltip("\n".join(filter(None, there))))
        self.pointed.emit(x)

    def _values_at(self, x: float) -> list[str]:
        """Of the batch, the train and the test epoch that are there, and of the best epoch."""
        curves = self._curves
        values: list[float | None] = [None] * (4 if self._has_best else 3)
        if len(curves.batch_x):
            nearest = min(int(np.searchsorted(curves.batch_x, x)), len(curves.batch_x) - 1)
            values[0] = curves.batch_y[nearest]
        if len(curves.epoch_x):
            nearest = int(np.abs(curves.epoch_x - x).argmin())
            values[1:3] = curves.train_y[nearest], curves.test_y[nearest]
        if curves.best is not None:
            values[3] = curves.test_y[curves.best]
        return ["" if value is None else f"{value:.{self._decimals}f}" for value in values]

    def _dress(self) -> None:
        """The theme's colours."""
        theme = current_theme()
        batches, train, test, best = (entry.pen(theme) for entry in self._entries)
        self._batches.setPen(batches)
        self._first.setBrush(batches.color())
        for item, pen in ((self._train, train), (self._test, test)):
            item.setPen(pen)
            item.setSymbolPen(None)
            item.setSymbolBrush(pen.color())
        self._best.setSymbolPen(best)
        self._best.setSymbolBrush(None)
        self._marks.dress()
        self._hints.dress()
