"""What one sets and presses to train."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from mnist_desktop.ui.look.fonts import GRID, scaled
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.session.train.training import State
from mnist_desktop.ui.train.actions import TrainingActions
from mnist_desktop.ui.train.settings_form import SettingsForm
from mnist_desktop.ui.train.steering_bar import SteeringBar
from mnist_desktop.ui.widgets.buttons import ActionButton, FocusPlace
from mnist_desktop.ui.widgets.controls import named
from mnist_desktop.ui.widgets.layouts import form_of, hbox, scrolling, vbox

SETTINGS_WIDTH = 344


class Controls(QWidget):
    """Settings, and the buttons that start a run, pause it, stop it, and take it step by step.

    Attributes:
        slow_motion: a box to tick; what it does is seen elsewhere.
    """

    def __init__(self, session: Session, actions: TrainingActions) -> None:
        super().__init__()
        self._session = session
        self._training = session.training
        self.setFixedWidth(scaled(SETTINGS_WIDTH))
        self._form = SettingsForm(session.draft)
        area = scrolling(self._form, only_down=True)
        self.slow_motion = named(QCheckBox(self.tr("Slow motion")), "slowMotionCheck")
        self.slow_motion.setToolTip(
            self.tr("Watch forward, loss, backward, step and zero grad as they happen.")
        )
        start = ActionButton(actions.start, "startButton")
        start.setDefault(True)

        buttons = FocusPlace()
        rows = vbox(
            hbox(
                (ActionButton(actions.one_batch, "oneBatchButton"), 1),
                (ActionButton(actions.one_epoch, "oneEpochButton"), 1),
                (self.slow_motion, 1),
            ),
            hbox(
                (start, 1),
                (ActionButton(actions.pause, "pauseButton"), 1),
                (ActionButton(actions.stop, "stopButton"), 1),
            ),
        )
        buttons.setLayout(rows)
        steering = SteeringBar(self._training, session.draft)
        self._form.entered.connect(steering.enter)
        parts = (OwnDigits(session), (area, 1), steering, buttons)
        self.setLayout(vbox(*parts, spacing=2 * GRID))

        self._training.state_changed.connect(self._update)
        session.opening.loaded.connect(self._show_digits)
        session.data_set.changed.connect(self._show_digits)
        self._update()
        self._show_digits()

    @Slot()
    def _update(self) -> None:
        is_idle = self._training.state is State.IDLE
        self._form.steer_only(not is_idle)
        self._form.setEnabled(self._training.state is not State.STOPPING)
        self._form.preview.rest(not is_idle)

    @Slot()
    def _show_digits(self) -> None:
        """Examples for the preview, which needs torch."""
        if self._session.opening.is_loaded and self._session.splits is not None:
            self._form.preview.show_digits(self._session.splits.train.pictures)


class OwnDigits(QWidget):
    """A choice that is there once one has taught something."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._own = named(QComboBox(), "ownDigitsCombo")
        self._own.addItem(self.tr("not used"), "none")
        self._own.addItem(self.tr("join the data set"), "join")
        self._own.addItem(self.tr("are the data set"), "alone")
        self._own.setToolTip(
            self.tr(
                "What you have taught can be learned along, a twentieth of each epoch, or alone: "
                "then three splits are made of it."
            )
        )
        self._own.activated.connect(self._on_activated)
        self.setLayout(form_of([(self.tr("My digits"), self._own)]))
        session.teaching.changed.connect(self._update)
        session.data_set.changed.connect(self._update)
        session.data_set.settled.connect(self._update)
        session.training.state_changed.connect(self._update)
        self._update()

    @Slot(int)
    def _on_activated(self, index: int) -> None:
        self._session.data_set.use_own(self._own.itemData(index))

    @Slot()
    def _update(self) -> None:
        own = self._session.data_set.own
        self._own.setCurrentIndex(self._own.findData(own))
        self._own.setEnabled(self._session.training.state is State.IDLE)
        self.setVisible(bool(self._session.teaching.taught.count) or own != "none")
