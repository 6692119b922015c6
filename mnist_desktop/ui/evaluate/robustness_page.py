"""How accuracy falls when the pictures are disturbed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox

from mnist_desktop.learning.evaluate.disturbances import DISTURBANCES
from mnist_desktop.ui.evaluate.page import Page, Table
from mnist_desktop.ui.look.fonts import GRID, scaled
from mnist_desktop.ui.plots.chart import Chart, Curve, Figure
from mnist_desktop.ui.plots.chart_plot import ChartPlot
from mnist_desktop.ui.plots.legend import LegendRow
from mnist_desktop.ui.plots.picture import PNG, SVG, picture_of
from mnist_desktop.ui.session.data.specimen import Specimen
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.session.texts import short, translated
from mnist_desktop.ui.widgets.controls import named, push_button
from mnist_desktop.ui.widgets.layouts import REST, hbox
from mnist_desktop.ui.widgets.picture_grid import PictureGrid
from mnist_desktop.ui.widgets.picture_menu import PictureMenu

STRIP_HEIGHT = 148


class RobustnessPage(Page):
    """A kind of disturbance, its curve, and what it does to a picture."""

    picture_suffixes = (PNG, SVG)

    def __init__(self, session: Session) -> None:
        super().__init__(
            session,
            "robustnessPage",
            self.tr(
                "The same pictures, turned, shifted, scaled, thickened, blurred or noisy, more "
                "and more: how many are still read rightly? A network knows only what it has seen "
                "while it learned; one that has learned from distorted pictures falls later."
            ),
        )
        self._evaluator = session.evaluator
        try_it = self._evaluator.try_robustness
        self._try = push_button(self.tr("Disturb the pictures"), "robustnessButton", try_it)
        self._kind = named(QComboBox(), "robustnessCombo", self.tr("Which disturbance"))
        for kind in DISTURBANCES:
            self._kind.addItem(translated("core", kind.title))
        self._legend = LegendRow("")
        self._plot = ChartPlot("robustnessPlot")
        self._samples = named(PictureGrid(), "robustnessSamples")
        self._samples.setAccessibleName(self.tr("One picture in each strength"))
        self._samples.setFixedHeight(scaled(STRIP_HEIGHT))
        PictureMenu(self._samples, session, self._specimen, enlarges_at_click=True)
        self._body.addLayout(hbox(self._try, self._kind, self._legend, REST, spacing=2 * GRID))
        self._body.addWidget(self._plot, 1)
        self._body.addWidget(self._samples)

        self._kind.currentIndexChanged.connect(self._draw)
        self._evaluator.robustness_changed.connect(self._draw)
        session.jobs.changed.connect(self._update)
        self._draw()

    @property
    def can_be_exported(self) -> bool:
        return bool(self._evaluator.robustness)

    @property
    def table(self) -> Table:
        """All kinds and strengths; accuracies, 0 to 1."""
        every = self._evaluator.robustness
        names = [f"accuracy_{number}" if len(every) > 1 else "accuracy" for number in (1, 2)]
        rows: list[list[object]] = []
        for curves in zip(*every, strict=True):
            kind = curves[0].disturbance
            for place, strength in enumerate(kind.strengths):
                rows.append([kind.name, strength, *(curve.accuracies[place] for curve in curves)])
        return ["disturbance", "strength", *names[: len(every)]], rows

    def picture(self, suffix: str) -> Callable[[], bytes]:
        return partial(picture_of, [self._chart()], suffix)

    def _show(self) -> None:
        self._draw()

    @Slot()
    def _update(self) -> None:
        """Whether it can be tried, and what is said as long as it was not."""
        is_trying = self._evaluator.is_trying
        self._try.setEnabled(bool(self._results) and not is_trying)
        if self._evaluator.robustness:
            hint = ""
        elif is_trying:
            hint = self.tr("The pictures are being disturbed…")
        else:
            hint = self.tr("Press “{button}”.").format(button=self._try.text())
        self._plot.show_hint(hint)

    @Slot()
    def _draw(self) -> None:
        """What is known of the chosen kind, or how to come to know it."""
        every = self._evaluator.robustness
        self._plot.show_chart(self._chart())
        self._update()
        self._legend.show_entries(self._plot.entries)
        self._samples.setVisible(bool(every))
        if every:
            samples = every[0][self._kind.currentIndex()]
            strengths = samples.disturbance.strengths
            self._samples.show_pictures(samples.samples, [f"{one:g}" for one in strengths])

    def _specimen(self, row: int) -> Specimen | None:
        """Disturbed as it is, it has no place in the data set."""
        every = self._evaluator.robustness
        if not every:
            return None
        curve = every[0][self._kind.currentIndex()]
        return Specimen(curve.samples[row], str(curve.label))

    def _chart(self) -> Chart:
        number = self._kind.currentIndex()
        kind = DISTURBANCES[number]
        every = self._evaluator.robustness
        curves = [
            Curve(
                short(result.model),
                place,
                np.array(kind.strengths, np.float64),
                100 * np.array(curves[number].accuracies),
            )
            for place, (result, curves) in enumerate(
                zip(self._evaluator.results, every, strict=False)
            )
        ]
        figure = Figure("robustness", self.tr("Accuracy, %"), 1.0, 1, is_share=True)
        return Chart(figure, tuple(curves), self._kind.currentText())
