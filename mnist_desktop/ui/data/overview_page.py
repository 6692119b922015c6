"""What is in the data set as a whole: how many of each class, what they have in common."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mnist_desktop.learning.settings.config import CLASSES
from mnist_desktop.texts import counted
from mnist_desktop.ui.data.columns import SplitCombo, side_column
from mnist_desktop.ui.look.fonts import EDGE, GRID
from mnist_desktop.ui.plots.bar_chart import BarChart
from mnist_desktop.ui.session.data.data_set import class_names
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.session.texts import percent
from mnist_desktop.ui.widgets.controls import heading, named, quiet_label
from mnist_desktop.ui.widgets.layouts import REST, form_of, hbox, vbox
from mnist_desktop.ui.widgets.picture_grid import PlainStrip
from mnist_desktop.ui.widgets.plain_text import PlainLabel
from mnist_desktop.ui.widgets.seen import SeenView

SCALES = (4, 3, 2, 1.5, 1)
"""Screen pixels for each of a mean picture's: the first for which there is room."""


class OverviewPage(SeenView):
    """On the left which split, on the right its figures."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._overviews = session.overviews
        self._is_known = False
        self._split = SplitCombo("overviewSplitCombo")
        self._figures = named(PlainLabel(wraps=True), "overviewFigures")
        self._counts = named(BarChart(), "classCounts", self.tr("Pictures of each class"))
        self._means = named(
            PlainStrip(CLASSES, SCALES), "meanPictures", self.tr("Mean picture of each class")
        )
        self._histogram = named(BarChart(is_log=True), "pixelHistogram")
        self._histogram.setAccessibleName(self.tr("How many pixels have each value"))
        self._pixel = named(quiet_label(""), "pixelCount")

        parts = (self._controls(), (self._charts(), 1))
        self.setLayout(hbox(*parts, spacing=EDGE, margins=(EDGE, GRID, EDGE, 0)))

        self._split.currentIndexChanged.connect(self._refresh)
        self._histogram.pointed.connect(self._on_pointed)
        self._overviews.changed.connect(self._refresh_if_seen)
        session.jobs.changed.connect(self._say_why_unknown)

    def _controls(self) -> QWidget:
        what = quiet_label(
            self.tr(
                "A network can only learn what is in its data. Are there as many of each class? "
                "The mean of all pictures of a class shows what they have in common: where it is "
                "sharp, they agree. Most pixels are paper."
            ),
            wraps=True,
        )
        split = form_of([(self.tr("Split"), self._split)])
        return side_column(heading(self.tr("Overview")), what, split, self._figures)

    def _charts(self) -> QVBoxLayout:
        pixels = heading(self.tr("Pixels of each value, logarithmic scale"))
        return vbox(
            heading(self.tr("Pictures of each class")),
            (self._counts, 1),
            heading(self.tr("Mean picture of each class")),
            self._means,
            hbox(pixels, REST, self._pixel),
            (self._histogram, 1),
        )

    @Slot()
    def _refresh(self) -> None:
        found = self._overviews.of(self._split.currentData())
        self._is_known = found is not None
        if found is None:
            self._say_why_unknown()
            return
        names = class_names(self._session.splits)
        self._counts.show_bars(found.counts, names)
        self._means.show_pictures(found.means.round().astype(np.uint8), names)
        self._histogram.show_bars(found.histogram, [str(value) for value in range(256)])
        total = int(found.counts.sum())
        self._figures.setText(
            counted(
                total,
                self.tr("{count:,} picture"),
                self.tr(
                    "{count:,} pictures\n{paper} of all pixels are 0, paper\n"
                    "mean of all pixels {mean:.4f}\nstandard deviation {deviation:.4f}\n"
                    "(of values from 0 to 1)"
                ),
            ).format(
                count=total,
                paper=percent(found.paper, 1),
                mean=found.mean,
                deviation=found.deviation,
            )
        )

    @Slot()
    def _say_why_unknown(self) -> None:
        """The counting may have been cancelled."""
        if self._is_known:
            return
        is_awaited = self._overviews.is_counting or self._session.splits is None
        self._figures.setText(
            self.tr("Counting…")
            if is_awaited
            else self.tr("Not counted, since that was cancelled. Seen anew, it is counted again.")
        )

    @Slot(int)
    def _on_pointed(self, value: int) -> None:
        if value < 0:
            self._pixel.clear()
            return
        count = int(self._histogram.values[value])
        self._pixel.setText(
            counted(
                count,
                self.tr("value {value}: {count:,} pixel"),
                self.tr("value {value}: {count:,} pixels"),
            ).format(value=value, count=count)
        )
