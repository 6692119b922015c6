"""The two plots of the run."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QShowEvent

from mnist_desktop.learning.log import change_in_words
from mnist_desktop.ui.plots.curve_plot import CurvePlot, Curves
from mnist_desktop.ui.session.texts import translated
from mnist_desktop.ui.session.train.draft import Draft
from mnist_desktop.ui.session.train.training import Training
from mnist_desktop.ui.train.hints_bar import HintsBar
from mnist_desktop.ui.widgets.buttons import FocusPlace
from mnist_desktop.ui.widgets.layouts import vbox

REDRAW_MILLISECONDS = 250
"""From one drawing of a plot to the next. The two plots take turns, so that neither the window
nor the training waits for both."""


class TrainingCurves(FocusPlace):
    """Loss and accuracy over the same epochs, drawn when it is time to, not when there is news.

    The best epoch is marked where it was chosen: by the accuracy.
    """

    def __init__(self, training: Training, draft: Draft) -> None:
        super().__init__()
        self._training = training
        self._loss = CurvePlot(
            "lossPlot", self.tr("Loss"), decimals=4, can_be_log=True, has_best=False
        )
        self._accuracy = CurvePlot(
            "accuracyPlot", self.tr("Accuracy, %"), decimals=2, ceiling=100.0
        )
        self.setLayout(vbox(HintsBar(training, draft), (self._loss, 1), (self._accuracy, 1)))
        for plot, other in ((self._loss, self._accuracy), (self._accuracy, self._loss)):
            plot.plot.zoomed.connect(other.zoom_to)
            plot.pointed.connect(other.point_at)
        self._stale: list[CurvePlot] = []
        self._timer = QTimer(self, interval=REDRAW_MILLISECONDS // 2)
        self._timer.timeout.connect(self._redraw_next)
        training.state_changed.connect(self._on_advanced)
        training.advanced.connect(self._on_advanced)
        if training.config is None:
            self._show_hint()
        else:
            self._on_advanced()  # a view may be made after a run, or in a pause

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()

    @Slot()
    def _on_advanced(self) -> None:
        self._show_hint()
        for plot in (self._loss, self._accuracy):
            if plot not in self._stale:
                self._stale.append(plot)
        if not self._timer.isActive():
            self._timer.start()

    def _show_hint(self) -> None:
        """Where there is nothing to see and nothing to come, say what to do."""
        is_empty = not self._training.is_active and not len(self._training.history.batch_loss)
        for plot in (self._loss, self._accuracy):
            plot.plot.show_hint(self.tr("Press Start to train.") if is_empty else "")

    @Slot()
    def _redraw_next(self) -> None:
        """Draw the plot that has waited longest; rest where none waits, or nobody sees it."""
        if not self._stale or not self.isVisible():
            self._timer.stop()
            return
        plot = self._stale.pop(0)
        epochs = self._training.config.epochs if self._training.config else 1
        plot.show_curves(self._curves(is_loss=plot is self._loss), epochs)

    def _curves(self, *, is_loss: bool) -> Curves:
        history = self._training.history
        epochs = history.epochs
        best = history.best
        scale = 1.0 if is_loss else 100.0
        return Curves(
            batch_x=history.batch_position.values,
            batch_y=scale * (history.batch_loss if is_loss else history.batch_accuracy).values,
            epoch_x=np.array([float(done.epoch) for done in epochs]),
            train_y=scale
            * np.array([done.train_loss if is_loss else done.train_accuracy for done in epochs]),
            test_y=scale
            * np.array([done.test_loss if is_loss else done.test_accuracy for done in epochs]),
            best=None if best is None or is_loss else best.epoch - 1,
            marks=tuple(
                (history.position_of(change), change_in_words(change, translated))
                for change in history.changes
            ),
            hints=tuple(
                (float(hint.epoch), hint.text(translated)) for hint in self._training.hints
            ),
        )
