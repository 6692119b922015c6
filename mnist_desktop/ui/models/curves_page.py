"""The curves of the chosen runs, laid over each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from mnist_desktop.learning.train.diagnosis import Hint, diagnose
from mnist_desktop.learning.train.history import History
from mnist_desktop.library.database import Library
from mnist_desktop.library.runs import Run, epochs_of
from mnist_desktop.ui.look.fonts import GRID, scaled
from mnist_desktop.ui.models.rows import Row
from mnist_desktop.ui.plots.chart import MOST_CURVES, Chart, Figure, chart_of, make_figures
from mnist_desktop.ui.plots.chart_plot import OverlayPlot
from mnist_desktop.ui.plots.legend import LINE_HEIGHT, Legend
from mnist_desktop.ui.plots.picture import picture_of
from mnist_desktop.ui.session.read.epoch_reader import EpochReader, PenPlaces
from mnist_desktop.ui.session.texts import translated
from mnist_desktop.ui.session.train.runs import Runs
from mnist_desktop.ui.widgets.controls import named, quiet_label
from mnist_desktop.ui.widgets.hints import HintOr
from mnist_desktop.ui.widgets.layouts import REST, hbox, scrolling, vbox
from mnist_desktop.ui.widgets.seen import SeenView

LEGEND_WIDTH = 240


class RunCurves(SeenView):
    """Which figure, the plot, and beside it whose curve is whose."""

    def __init__(self, runs: Runs) -> None:
        super().__init__()
        self._rows: list[Row] = []
        self._is_stale = True
        self._places = PenPlaces()
        self._library = runs.library
        self._reader = EpochReader(runs, self)
        self._figures = make_figures()
        self._combo = named(QComboBox(), "runsCurveCombo", self.tr("Which curves"))
        for figure in self._figures:
            self._combo.addItem(figure.title)
        self._log = named(QCheckBox(self.tr("Log scale")), "runsCurveLog")
        self._many = named(quiet_label(""), "runsCurveNote")
        self._plot = OverlayPlot("runsCurvePlot")
        self._legend = named(Legend(), "runsCurveLegend")
        self._scroll = scrolling(self._legend, only_down=True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setFixedWidth(scaled(LEGEND_WIDTH))
        self._epoch = named(quiet_label(""), "runsCurveEpoch")
        self._epoch.setFixedWidth(scaled(LEGEND_WIDTH))
        self._hint = named(quiet_label("", wraps=True), "runsCurveHint")
        self._lay_out()

        self._combo.currentIndexChanged.connect(self._draw)
        self._log.toggled.connect(self._draw)
        self._plot.curve_pointed.connect(self._on_pointed)
        self._reader.arrived.connect(self._draw)

    def _lay_out(self) -> None:
        top = hbox(self._combo, self._log, self._many, REST, self._epoch, spacing=2 * GRID)
        curves = hbox((self._plot, 1), self._scroll, spacing=2 * GRID)
        whole = QWidget()
        whole.setLayout(vbox(top, (curves, 1), self._hint))
        self._curves = HintOr(whole, "runsCurveEmpty")
        self.setLayout(vbox(self._curves, margins=(0, 2 * GRID, 0, 0)))

    @property
    def chart(self) -> Chart:
        """The curves of those of the chosen runs that are read already."""
        shown = self._shown
        places = self._places.of(run.id for run in shown)
        known = [(run, self._reader.of(run)) for run in shown]
        return chart_of(
            self._figures[self._combo.currentIndex()],
            [(run.name, places[run.id], curves) for run, curves in known if curves is not None],
            is_log=self._log.isChecked(),
        )

    def picture_maker(self, suffix: str) -> Callable[[], bytes]:
        """What makes a picture file of the curves, from the library, in any thread."""
        shown = self._shown
        places = self._places.of(run.id for run in shown)
        return partial(
            _picture,
            self._library,
            self._figures[self._combo.currentIndex()],
            [(run.id, run.name, places[run.id]) for run in shown],
            suffix,
            is_log=self._log.isChecked(),
        )

    def show_rows(self, rows: list[Row]) -> None:
        """Show the curves of other rows; files have none."""
        self._rows = rows
        self._is_stale = True
        self._refresh_if_seen()

    @property
    def _runs(self) -> list[Run]:
        return [row.run for row in self._rows if row.run is not None and row.run.epoch]

    @property
    def _shown(self) -> list[Run]:
        return self._runs[:MOST_CURVES]

    def _refresh(self) -> None:
        if self._is_stale:
            self._is_stale = False
            self._reader.want(self._shown)
            if not self._reader.is_reading:
                self._draw()  # or else once, when all of it is there

    @Slot()
    def _draw(self) -> None:
        chart = self.chart
        shown = self._shown
        if chart.curves or (shown and not self._reader.is_reading):
            self._on_pointed(None, None)
            self._plot.show_chart(chart)
            self._legend.show_entries(self._plot.entries)
        self._log.setVisible(not self._figures[self._combo.currentIndex()].is_share)
        self._curves.say("" if shown else self._why_empty())
        total = len(self._runs)
        text = self.tr("the first {count} of {total:,} chosen")
        self._many.setText(
            text.format(count=MOST_CURVES, total=total) if total > MOST_CURVES else ""
        )
        self._show_hint()

    def _show_hint(self) -> None:
        """Of a single run, the most important that its epochs tell."""
        shown = self._shown
        epochs = self._reader.of(shown[0]) if len(shown) == 1 else None
        hints: tuple[Hint, ...] = ()
        if epochs is not None:
            history = History.of(np.empty((3, 0)), epochs, self._reader.changes(shown[0]))
            hints = diagnose(shown[0].config, history, has_diverged=shown[0].outcome == "diverged")
        self._hint.setText(hints[0].text(translated) if hints else "")
        self._hint.setVisible(bool(hints))

    def _why_empty(self) -> str:
        if not self._rows:
            return self.tr(
                "Choose runs in the table to see their curves; with Ctrl or Shift, several."
            )
        if all(row.run is None for row in self._rows):
            return self.tr("A file holds a model without its curves; only runs have curves.")
        if any(row.run is not None and row.run.is_damaged for row in self._rows):
            return self.tr("The run is damaged, so there are no curves.")
        return self.tr("No epoch is finished yet.")

    @Slot(object, object)
    def _on_pointed(self, epoch: int | None, nearest: int | None) -> None:
        """Show the values of an epoch, and which curve is pointed at."""
        chart = self._plot.chart
        if epoch is None or chart is None:
            self._legend.show_values([])
            self._epoch.clear()
            return
        values = [curve.value_at(epoch) for curve in chart.curves]
        texts = ["" if value is None else chart.text(value) for value in values]
        self._legend.show_values(texts, nearest)
        if nearest is not None:
            middle = self._legend.middle_of(nearest)
            self._scroll.ensureVisible(0, middle, 0, LINE_HEIGHT)
        self._epoch.setText(self.tr("epoch {epoch:,}").format(epoch=epoch))


def _picture(
    library: Library,
    figure: Figure,
    runs: Sequence[tuple[int, str, int]],
    suffix: str,
    *,
    is_log: bool,
) -> bytes:
    """Of runs by number, name and place of the pen."""
    found = epochs_of(library, [run_id for run_id, _, _ in runs])
    curves = [(name, place, found[run_id]) for run_id, name, place in runs]
    return picture_of([chart_of(figure, curves, is_log=is_log)], suffix)
