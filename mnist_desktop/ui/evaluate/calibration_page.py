"""How far its confidence can be believed, and what declining brings."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from PySide6.QtWidgets import QGridLayout

from mnist_desktop.learning.evaluate.calibration import (
    Reliability,
    accuracy_by_declined,
    reliability,
)
from mnist_desktop.ui.evaluate.page import Page, Table
from mnist_desktop.ui.look.fonts import GRID
from mnist_desktop.ui.plots.chart import Chart, Curve, Figure
from mnist_desktop.ui.plots.chart_plot import ChartPlot
from mnist_desktop.ui.plots.legend import LegendRow
from mnist_desktop.ui.plots.picture import PNG, SVG, picture_of
from mnist_desktop.ui.plots.ticks import Numbers
from mnist_desktop.ui.session.evaluate.evaluation import Result
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.session.texts import short
from mnist_desktop.ui.widgets.controls import heading

IDEAL = 2
"""The place of the pen of what would be ideal, which is dotted."""

MOST_DECLINED = 0.5
"""Where more is declined nothing changes any more."""

FEWEST = 10
"""Of fewer answers the share of right ones says nothing."""

DOT_PIXELS = (4.0, 14.0)
"""Of a bin with hardly an answer, and of the fullest."""


class CalibrationPage(Page):
    """A reliability diagram, and accuracy against the share that is declined."""

    picture_suffixes = (PNG, SVG)

    def __init__(self, session: Session) -> None:
        super().__init__(
            session,
            "calibrationPage",
            self.tr(
                "Left: of the answers of which it is 80 % sure, 80 % should be right; then the "
                "dots lie on the dotted line. Below it, the model is too sure of itself. A small "
                "dot stands for few answers; of less than {count} there is none. Right: how "
                "accuracy grows when the answers that it is least sure of are declined."
            ).format(count=FEWEST),
        )
        self._reliability = ChartPlot("reliabilityPlot")
        self._declined = ChartPlot("declinedPlot")
        self._legend = LegendRow("")
        self._titles = [heading(""), heading("")]
        plots = QGridLayout()
        plots.setHorizontalSpacing(2 * GRID)
        plots.setVerticalSpacing(GRID)
        for column, (title, plot) in enumerate(
            zip(self._titles, (self._reliability, self._declined), strict=True)
        ):
            plots.addWidget(title, 0, column)
            plots.addWidget(plot, 1, column)
            plots.setColumnStretch(column, 1)
        plots.setRowStretch(1, 1)
        self._body.addWidget(self._legend)
        self._body.addLayout(plots, 1)

    @property
    def can_be_exported(self) -> bool:
        return bool(self._measured)

    @property
    def table(self) -> Table:
        """The points of both plots; shares, 0 to 1, and of the first how many answers each is of.

        Bins of few answers are in it, too.
        """
        rows: list[list[object]] = []
        for number, result in enumerate(self._measured, start=1):
            found = reliability(result.confidence, result.right)
            filled = found.counts > 0
            dots = (found.confidence[filled], found.accuracy[filled], found.counts[filled])
            points = zip(*(values.tolist() for values in dots), strict=True)
            rows += [[number, "confidence", *point] for point in points]
            declined = accuracy_by_declined(result.confidence, result.right)
            points = zip(*(values.tolist() for values in declined), strict=True)
            rows += [[number, "declined", *point, None] for point in points]
        return ["model", "curve", "x", "accuracy", "answers"], rows

    def picture(self, suffix: str) -> Callable[[], bytes]:
        return partial(picture_of, [self._reliability_chart(), self._declined_chart()], suffix)

    @property
    def _measured(self) -> list[Result]:
        return [result for result in self._results if len(result.truth)]

    def _show(self) -> None:
        charts = (self._reliability_chart(), self._declined_chart())
        plots = (self._reliability, self._declined)
        for title, plot, chart in zip(self._titles, plots, charts, strict=True):
            title.setText(chart.figure.title)
            plot.show_chart(chart)
        self._legend.show_entries(self._reliability.entries)

    def _reliability_chart(self) -> Chart:
        curves, sizes = [], []
        for place, result in enumerate(self._measured):
            found = reliability(result.confidence, result.right)
            filled = found.counts >= FEWEST
            x, y = 100 * found.confidence[filled], 100 * found.accuracy[filled]
            curves.append(Curve(short(result.model), place, x, y))
            sizes.append(_dots(found))
        ideal = np.array([0.0, 100.0])
        curves.append(Curve(self.tr("as sure as right"), IDEAL, ideal, ideal))
        figure = Figure(
            "reliability", self.tr("As right as sure? Accuracy, %"), 1.0, 1, is_share=True
        )
        return Chart(figure, tuple(curves), self.tr("confidence, %"), sizes=sizes)

    def _declined_chart(self) -> Chart:
        curves = []
        for place, result in enumerate(self._measured):
            declined, accuracy = accuracy_by_declined(result.confidence, result.right)
            shown = declined <= MOST_DECLINED
            x, y = 100 * declined[shown], 100 * accuracy[shown]
            curves.append(Curve(short(result.model), place, x, y))
        figure = Figure("declined", self.tr("Accuracy of the rest, %"), 1.0, 2, is_share=True)
        return Chart(figure, tuple(curves), self.tr("declined, %"))


def _dots(found: Reliability) -> Numbers:
    """Sizes by how many answers are in the bins that have any; square roots, or few would show."""
    counts = found.counts[found.counts >= FEWEST]
    low, high = DOT_PIXELS
    sizes: Numbers = low + (high - low) * np.sqrt(counts / found.counts.max())
    return sizes
