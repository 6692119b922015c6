"""The thread that drives a training."""

from __future__ import annotations

import threading
import time
from contextlib import closing
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, Signal

from mnist_desktop.learning.config import TrainingConfig
from mnist_desktop.learning.events import BatchDone, EpochDone, Event, Preparing, RunDone, Stop
from mnist_desktop.learning.splits import Splits
from mnist_desktop.progress import Cancelled

if TYPE_CHECKING:
    from mnist_desktop.learning.recognizer import Recognizer

HANDOVER_SECONDS = 1 / 10
"""Events go to the window in bundles: a signal for each of a thousand batches a second would keep
it from doing anything else."""


class TrainingThread(QThread):
    """Asks the generator for one event after the other, until it ends or is called off.

    Signals:
        happened(object): a list of events, in order.
        learned(object, object): an epoch or the run is done, and a recogniser of its weights.
        failed(object): the exception that ended the training.
    """

    happened = Signal(object)
    learned = Signal(object, object)
    failed = Signal(object)

    def __init__(
        self, config: TrainingConfig, splits: Splits, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._config = config
        self._splits = splits
        self._changed = threading.Condition()
        self._is_paused = False
        self._is_stopped = False
        self._is_cancelled = False
        self._events: list[Event] = []
        self._handed_over = 0.0

    def pause(self) -> None:
        """Wait after the present batch."""
        with self._changed:
            self._is_paused = True

    def resume(self) -> None:
        """Go on."""
        with self._changed:
            self._is_paused = False
            self._changed.notify_all()

    def stop(self) -> None:
        """End after the present batch, with the best weights so far."""
        with self._changed:
            self._is_stopped = True
            self._changed.notify_all()

    def cancel(self) -> None:
        """End after the present batch, with nothing."""
        with self._changed:
            self._is_cancelled = True
            self._changed.notify_all()

    def run(self) -> None:
        """What the thread does; a test may call it in its own."""
        # Imported here, where a second of waiting for torch is nobody's loss.
        from mnist_desktop.learning.threads import use_cores_for
        from mnist_desktop.learning.training import drive, train

        try:
            use_cores_for(self._config)
            with closing(train(self._config, self._splits)) as events:
                for event in drive(events, self._next_command):
                    self._take(event)
        except Cancelled:
            pass
        except Exception as fault:  # noqa: BLE001 - handed to the GUI thread, which shows or logs it
            self._hand_over()
            self.failed.emit(fault)

    def _take(self, event: Event) -> None:
        self._events.append(event)
        if isinstance(event, Preparing | BatchDone):
            if time.monotonic() - self._handed_over >= HANDOVER_SECONDS:
                self._hand_over()
        else:
            self._hand_over()
            self.learned.emit(event, self._recognizer(event))

    def _recognizer(self, event: EpochDone | RunDone) -> Recognizer | None:
        """Made here, since it takes too long for the window's thread."""
        from mnist_desktop.learning.model import Model
        from mnist_desktop.learning.recognizer import Recognizer

        if isinstance(event, RunDone):
            model = Model.from_run(self._config, self._splits, event)
        else:
            model = Model(self._config.network, event.state_dict, self._config)
        return Recognizer(model) if model else None

    def _hand_over(self) -> None:
        if self._events:
            self.happened.emit(self._events)
            self._events = []
        self._handed_over = time.monotonic()

    def _next_command(self) -> Stop | None:
        with self._changed:
            if self._is_paused:
                self._hand_over()
            while self._is_paused and not (self._is_stopped or self._is_cancelled):
                self._changed.wait()
            if self._is_cancelled:
                raise Cancelled
            return Stop() if self._is_stopped else None
