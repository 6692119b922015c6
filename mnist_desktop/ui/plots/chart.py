"""What is drawn of several runs: one kind of figure, one curve for each."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QCoreApplication

from mnist_desktop.learning.records import EpochRecord
from mnist_desktop.learning.train.history import thinned
from mnist_desktop.ui.plots.ticks import Numbers, Range, fitted, on_scale

MOST_CURVES = 20
"""Nobody tells more apart."""

CURVE_POINTS = 1000
"""More are not seen in one curve."""

MARGIN = 0.02
"""Of what the horizontal axis shows, beyond its ends."""


@dataclass(frozen=True)
class Figure:
    """One kind of figure that epochs report.

    Attributes:
        field: its name in ``EpochRecord``.
        title: with its unit.
        scale: from what is reported to what is shown.
        decimals: of a value.
        is_share: it can be 100 % at the most; else it can be shown on a logarithmic scale.
    """

    field: str
    title: str
    scale: float
    decimals: int
    is_share: bool


def make_figures() -> list[Figure]:
    """All kinds, the one that is asked for most often first."""
    translate = QCoreApplication.translate
    return [
        Figure("test_accuracy", translate("models", "Test accuracy, %"), 100.0, 2, is_share=True),
        Figure("train_accuracy", translate("models", "Train accuracy, %"), 100.0, 2, is_share=True),
        Figure("test_loss", translate("models", "Test loss"), 1.0, 4, is_share=False),
        Figure("train_loss", translate("models", "Train loss"), 1.0, 4, is_share=False),
    ]


@dataclass(frozen=True, eq=False)
class Curve:
    """One run's.

    Attributes:
        place: of its pen; see ``curve_pen``.
        x, y: epochs and values.
    """

    name: str
    place: int
    x: Numbers
    y: Numbers

    def value_at(self, epoch: int) -> float | None:
        """The value of an epoch; None where the run has none."""
        found = np.flatnonzero(self.x == epoch)
        return float(self.y[found[0]]) if len(found) else None


@dataclass(frozen=True, eq=False)
class Chart:
    """Curves of one kind.

    Attributes:
        x_title: with its unit.
        is_log: whether the scale of the values is logarithmic.
        sizes: how large the points of the first curves are, in pixels, where points are drawn.
    """

    figure: Figure
    curves: tuple[Curve, ...]
    x_title: str = ""
    is_log: bool = False
    sizes: Sequence[Numbers] = ()

    @property
    def epochs(self) -> int:
        """The last of all."""
        return max((int(curve.x[-1]) for curve in self.curves if len(curve.x)), default=1)

    def drawn(self, curve: Curve) -> tuple[Numbers, Numbers]:
        """A curve's points on the chart's scale, no more of them than are seen."""
        x, y = thinned(curve.x, curve.y, CURVE_POINTS)
        return x, self.scaled(y)

    def scaled(self, values: Numbers) -> Numbers:
        """Values on the chart's scale."""
        return on_scale(values, is_log=self.is_log)

    def text(self, value: float) -> str:
        """A value in words."""
        return f"{value:.{self.figure.decimals}f}"

    @property
    def x_range(self) -> Range:
        """From the lowest to the highest, with room for the ends of the lines."""
        values = np.concatenate([np.empty(0), *(curve.x for curve in self.curves)])
        low, high = (float(values.min()), float(values.max())) if len(values) else (0.0, 1.0)
        margin = MARGIN * (high - low or 1.0)
        return low - margin, high + margin

    @property
    def y_range(self) -> Range:
        """From the lowest value to the highest, with room for the lines."""
        values = [self.scaled(curve.y) for curve in self.curves]
        lowest = -math.inf if self.is_log else 0.0
        highest = 100.0 if self.figure.is_share else math.inf
        return fitted(np.concatenate([np.empty(0), *values]), lowest, highest)


def chart_of(
    figure: Figure,
    runs: Sequence[tuple[str, int, Sequence[EpochRecord]]],
    *,
    is_log: bool = False,
) -> Chart:
    """The chart of runs, each with its name and the place of its pen."""
    curves = [
        Curve(
            name,
            place,
            np.array([record.epoch for record in records], np.float64),
            figure.scale * np.array([getattr(record, figure.field) for record in records]),
        )
        for name, place, records in runs
        if records
    ]
    epoch = QCoreApplication.translate("EpochPlot", "epoch")
    return Chart(figure, tuple(curves), epoch, is_log and not figure.is_share)
