"""What one sets and presses to train."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from mnist_desktop.learning.events import BatchDone, EpochDone
from mnist_desktop.ui.look.fonts import GRID, scaled
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.session.training import State
from mnist_desktop.ui.session.training_thread import Unit
from mnist_desktop.ui.train.settings_form import SettingsForm
from mnist_desktop.ui.train.steering_bar import SteeringBar
from mnist_desktop.ui.widgets.controls import named

SETTINGS_WIDTH = 344


class Controls(QWidget):
    """Settings, and the buttons that start a run, pause it, stop it, and take it step by step.

    Attributes:
        slow_motion: a box to tick; what it does is seen elsewhere.
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._training = session.training
        self.setFixedWidth(scaled(SETTINGS_WIDTH))
        self._draft = session.draft
        self._form = SettingsForm(session.draft)
        area = QScrollArea(widgetResizable=True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self._form)
        self._make_buttons()

        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * GRID)
        layout.addWidget(area, 1)
        layout.addWidget(SteeringBar(self._training, self._draft))
        rows = QVBoxLayout()
        rows.setSpacing(GRID)
        for row in (
            (self._one_batch, self._one_epoch, self.slow_motion),
            (self._start, self._pause, self._stop),
        ):
            buttons = QHBoxLayout()
            buttons.setSpacing(GRID)
            for button in row:
                buttons.addWidget(button, 1)
            rows.addLayout(buttons)
        layout.addLayout(rows)

        self._draft.changed.connect(self._update)
        self._training.state_changed.connect(self._update)
        session.opening.loaded.connect(self._show_digits)
        session.data_changed.connect(self._show_digits)
        self._update()
        self._show_digits()

    def _make_buttons(self) -> None:
        self._start = named(QPushButton(self.tr("Start"), default=True), "startButton")
        self._pause = named(QPushButton(self.tr("Pause")), "pauseButton")
        self._stop = named(QPushButton(self.tr("Stop")), "stopButton")
        self._stop.setToolTip(
            self.tr("End the run; the best epoch so far is kept, and it can be continued.")
        )
        self._one_batch = named(QPushButton(self.tr("One batch")), "oneBatchButton")
        self._one_batch.setToolTip(self.tr("Train with one more batch, then pause."))
        self._one_epoch = named(QPushButton(self.tr("One epoch")), "oneEpochButton")
        self._one_epoch.setToolTip(self.tr("Train to the end of the epoch, then pause."))
        self.slow_motion = named(QCheckBox(self.tr("Slow motion")), "slowMotionCheck")
        self.slow_motion.setToolTip(
            self.tr("Watch forward, loss, backward, step and zero grad as they happen.")
        )
        self._start.clicked.connect(self._on_start)
        self._pause.clicked.connect(self._on_pause)
        self._stop.clicked.connect(self._training.stop)
        self._one_batch.clicked.connect(self._on_one_batch)
        self._one_epoch.clicked.connect(self._on_one_epoch)

    @Slot()
    def _on_start(self) -> None:
        self._begin(None)

    @Slot()
    def _on_one_batch(self) -> None:
        self._step(BatchDone)

    @Slot()
    def _on_one_epoch(self) -> None:
        self._step(EpochDone)

    def _step(self, until: Unit) -> None:
        if self._training.can_be_resumed:
            self._training.resume(until)
        else:
            self._begin(until)

    def _begin(self, until: Unit | None) -> None:
        if self._draft.problem is None:
            self._session.start_training(self._draft.config, until)

    @Slot()
    def _on_pause(self) -> None:
        if self._training.can_be_resumed:
            self._training.resume()
        else:
            self._training.pause()

    @Slot()
    def _update(self) -> None:
        training = self._training
        is_idle, is_paused = training.state is State.IDLE, training.can_be_resumed
        can_start = is_idle and self._draft.problem is None
        self._form.steer_only(not is_idle)
        self._form.setEnabled(training.state is not State.STOPPING)
        self._form.preview.rest(not is_idle)
        self._start.setEnabled(can_start)
        self._pause.setEnabled(is_paused or training.can_be_paused)
        self._pause.setText(self.tr("Resume") if is_paused else self.tr("Pause"))
        self._stop.setEnabled(training.can_be_stopped)
        self._one_batch.setEnabled(can_start or is_paused)
        self._one_epoch.setEnabled(can_start or is_paused)

    @Slot()
    def _show_digits(self) -> None:
        """Examples for the preview, which needs torch."""
        if self._session.opening.is_loaded and self._session.splits is not None:
            self._form.preview.show_digits(self._session.splits.train.pictures)
