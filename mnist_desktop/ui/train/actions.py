"""What can be done with a training: the same for buttons, menu and keys."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from mnist_desktop.learning.train.events import BatchDone, EpochDone
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.session.train.training import State
from mnist_desktop.ui.session.train.training_thread import Unit
from mnist_desktop.ui.widgets.controls import KEY_TEXT, make_action
from mnist_desktop.ui.widgets.plain_text import plain_tooltip


class TrainingActions(QObject):
    """Each action can be done, and says so, when it makes sense.

    Attributes:
        start, pause, stop, one_batch, one_epoch: the actions; ``pause`` also resumes.
    """

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._training = session.training
        self._draft = session.draft
        self.start = self._action(
            self.tr("Start"),
            partial(self._begin, None),
            "F5",
            "startAction",
            self.tr("Train a network with these settings."),
        )
        self.pause = self._action(
            self.tr("Pause"),
            self._on_pause,
            "F6",
            "pauseAction",
            self.tr("Wait after the present batch."),
        )
        # What its key does is more than its text says at any one time.
        self.pause.setProperty(KEY_TEXT, self.tr("Pause or go on"))
        self.stop = self._action(
            self.tr("Stop"),
            self._training.stop,
            "Shift+F5",
            "stopAction",
            self.tr("End the run; the best epoch so far is kept, and it can be continued."),
        )
        self.one_batch = self._action(
            self.tr("One batch"),
            partial(self._step, BatchDone),
            "F7",
            "oneBatchAction",
            self.tr("Train with one more batch, then pause."),
        )
        self.one_epoch = self._action(
            self.tr("One epoch"),
            partial(self._step, EpochDone),
            "F8",
            "oneEpochAction",
            self.tr("Train to the end of the epoch, then pause."),
        )
        self._draft.changed.connect(self._update)
        self._training.state_changed.connect(self._update)
        self._update()

    def _action(
        self, text: str, slot: Callable[[], object], key: str, name: str, hint: str
    ) -> QAction:
        action = make_action(self, text, slot, key, name)
        action.setToolTip(plain_tooltip(f"{hint} ({action.shortcut().toString()})"))
        return action

    def _on_pause(self) -> None:
        if self._training.can_be_resumed:
            self._training.resume()
        else:
            self._training.pause()

    def _step(self, until: Unit) -> None:
        if self._training.can_be_resumed:
            self._training.resume(until)
        else:
            self._begin(until)

    def _begin(self, until: Unit | None) -> None:
        if self._draft.problem is None:
            self._session.run_control.start(self._draft.config, until)

    @Slot()
    def _update(self) -> None:
        training = self._training
        is_paused = training.can_be_resumed
        can_start = training.state is State.IDLE and self._draft.problem is None
        self.start.setEnabled(can_start)
        self.pause.setEnabled(is_paused or training.can_be_paused)
        self.pause.setText(self.tr("Resume") if is_paused else self.tr("Pause"))
        self.stop.setEnabled(training.can_be_stopped)
        self.one_batch.setEnabled(can_start or is_paused)
        self.one_epoch.setEnabled(can_start or is_paused)
