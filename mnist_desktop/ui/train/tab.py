"""Set up a training, start it, watch it learn."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from mnist_desktop.learning.events import EpochDone, RunDone
from mnist_desktop.learning.history import History
from mnist_desktop.learning.report import end_in_words, epoch_in_words, score_in_words
from mnist_desktop.ui.session import Session
from mnist_desktop.ui.texts import duration, translated
from mnist_desktop.ui.theme import GRID, tabular
from mnist_desktop.ui.train.curve_plot import CurvePlot, Curves
from mnist_desktop.ui.train.settings_form import SettingsForm
from mnist_desktop.ui.training import State
from mnist_desktop.ui.widgets import TickerLine, named

REDRAW_MILLISECONDS = 250
"""From one drawing of a plot to the next. The two plots take turns, so that neither the window
nor the training waits for both."""

SETTINGS_WIDTH = 344
EDGE = 3 * GRID


class TrainTab(QWidget):
    """Settings and buttons on the left; curves, progress and log on the right."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        layout = QHBoxLayout(self)
        layout.setContentsMargins(EDGE, EDGE, EDGE, GRID)
        layout.setSpacing(EDGE)
        layout.addWidget(_Controls(session))
        layout.addWidget(_Display(session), 1)


class _Controls(QWidget):
    """What one sets and presses."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._training = session.training
        self.setFixedWidth(SETTINGS_WIDTH)
        self._form = SettingsForm()
        area = QScrollArea(widgetResizable=True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self._form)
        self._start = named(QPushButton(self.tr("Start"), default=True), "startButton")
        self._pause = named(QPushButton(self.tr("Pause")), "pauseButton")
        self._stop = named(QPushButton(self.tr("Stop")), "stopButton")
        self._stop.setToolTip(self.tr("End the run; the best epoch so far is kept."))
        self._start.clicked.connect(self._on_start)
        self._pause.clicked.connect(self._on_pause)
        self._stop.clicked.connect(self._training.stop)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * GRID)
        layout.addWidget(area, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        for button in (self._start, self._pause, self._stop):
            buttons.addWidget(button, 1)
        layout.addLayout(buttons)

        self._form.changed.connect(self._update)
        self._training.state_changed.connect(self._update)
        session.loaded.connect(self._show_digits)
        session.data_changed.connect(self._show_digits)
        self._update()
        self._show_digits()

    @Slot()
    def _on_start(self) -> None:
        config = self._form.config
        if config is not None:
            self._session.start_training(config)

    @Slot()
    def _on_pause(self) -> None:
        if self._training.state is State.PAUSED:
            self._training.resume()
        else:
            self._training.pause()

    @Slot()
    def _update(self) -> None:
        state = self._training.state
        self._form.setEnabled(state is State.IDLE)
        self._form.preview.rest(state is not State.IDLE)
        self._start.setEnabled(state is State.IDLE and self._form.config is not None)
        self._pause.setEnabled(state in (State.RUNNING, State.PAUSED))
        self._pause.setText(self.tr("Resume") if state is State.PAUSED else self.tr("Pause"))
        self._stop.setEnabled(state in (State.RUNNING, State.PAUSED))

    @Slot()
    def _show_digits(self) -> None:
        """Examples for the preview, which needs torch."""
        if self._session.is_loaded and self._session.splits is not None:
            self._form.preview.show_digits(self._session.splits.train.images)


class _Display(QWidget):
    """What the run says."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._training = session.training
        self._loss = CurvePlot("lossPlot", self.tr("Loss"), decimals=4, can_be_log=True)
        self._accuracy = CurvePlot(
            "accuracyPlot", self.tr("Accuracy, %"), decimals=2, ceiling=100.0
        )
        self._status = named(TickerLine(), "trainingStatus")
        self._bar = named(QProgressBar(textVisible=False), "trainingProgress")
        self._bar.setRange(0, 1000)
        self._bar.setAccessibleName(self.tr("Progress of the training"))
        self._log = named(QPlainTextEdit(readOnly=True), "trainingLog")
        self._log.setAccessibleName(self.tr("Log of the training"))
        self._log.setMaximumBlockCount(10_000)
        line = self._log.fontMetrics().lineSpacing()
        self._log.setMinimumHeight(3 * line + 18)
        self._log.setFont(tabular(self._log.font()))

        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * GRID)
        layout.addWidget(self._loss, 5)
        layout.addWidget(self._accuracy, 5)
        progress = QVBoxLayout()
        progress.setSpacing(GRID)
        progress.addWidget(self._status)
        progress.addWidget(self._bar)
        layout.addLayout(progress)
        layout.addWidget(self._log, 2)

        # Curves are drawn when it is time to, not when there is news.
        self._stale = [self._loss, self._accuracy]
        self._history: History | None = None  # of the run that the log is about
        self._timer = QTimer(self, interval=REDRAW_MILLISECONDS // 2)
        self._timer.timeout.connect(self._redraw_next)
        self._training.state_changed.connect(self._on_state_changed)
        self._training.advanced.connect(self._on_advanced)
        self._training.learned.connect(self._on_learned)
        session.data_changed.connect(self._on_state_changed)
        self._on_state_changed()

    @Slot()
    def _on_state_changed(self) -> None:
        if self._training.is_active and self._training.history is not self._history:
            self._history = self._training.history
            self._log.clear()
            config = self._training.config
            if config is not None and (config.distortion or config.scribbles):
                self._log.appendPlainText(
                    self.tr(
                        "The train curves are of distorted pictures and scribbles, so they look "
                        "worse than the test curves, which are of digits as they are."
                    )
                )
            self._timer.start()
        hint = "" if self._training.is_active else self.tr("Press Start to train.")
        self._log.setPlaceholderText(hint)
        self._show_status()

    @Slot()
    def _on_advanced(self) -> None:
        for plot in (self._loss, self._accuracy):
            if plot not in self._stale:
                self._stale.append(plot)
        self._show_status()

    @Slot(object, object)
    def _on_learned(self, event: object, _recognizer: object) -> None:
        config = self._training.config
        if config is None:
            return
        if isinstance(event, EpochDone) and event.epoch % config.log_every == 0:
            self._log.appendPlainText(epoch_in_words(event, translated))
        elif isinstance(event, RunDone):
            self._log.appendPlainText(end_in_words(event, config, translated))
            self._show_status()

    @Slot()
    def _redraw_next(self) -> None:
        """Draw the plot that has waited longest; at the end of the run, rest."""
        if self._stale and self.isVisible():
            plot = self._stale.pop(0)
            is_loss = plot is self._loss
            epochs = self._training.config.epochs if self._training.config else 1
            plot.show_curves(self._curves(is_loss=is_loss), epochs)
        elif not self._stale and not self._training.is_active:
            self._timer.stop()

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
            best=None if best is None else best.epoch - 1,
        )

    def _show_status(self) -> None:
        training = self._training
        self._bar.setValue(round(1000 * training.progress))
        self._status.show_text(self._status_text())

    def _status_text(self) -> str:
        training = self._training
        if training.done is not None and not training.is_active:
            score = training.done.score
            return score_in_words(score, translated) if score else self.tr("Nothing was kept.")
        if not training.is_active:
            return self.tr("Ready") if self._session.splits else self.tr("Loading MNIST…")
        if training.config is None:
            return self.tr("Starting…")
        if training.preparing is not None:
            parts = [
                self.tr("Preparing training pictures: {percent:.0f} %").format(
                    percent=100 * training.preparing.done
                )
            ]
        elif training.latest is not None:
            latest = training.latest
            parts = [
                self.tr("epoch {epoch} of {epochs}").format(
                    epoch=latest.epoch, epochs=training.config.epochs
                ),
                self.tr("batch {batch:,} of {batches:,}").format(
                    batch=latest.batch, batches=latest.batches
                ),
            ]
        else:
            return self.tr("Starting…")
        if training.state is State.PAUSED:
            parts.append(self.tr("paused"))
        elif training.state is State.STOPPING:
            parts.append(self.tr("stopping…"))
        elif training.seconds_left is not None:
            parts.append(self.tr("{time} left").format(time=duration(training.seconds_left)))
        return " · ".join(parts)
