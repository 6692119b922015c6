"""The training run that the window shows."""

from __future__ import annotations

import time
from enum import Enum, auto

from PySide6.QtCore import QObject, Signal, Slot

from mnist_desktop.learning.config import TrainingConfig
from mnist_desktop.learning.events import BatchDone, Event, Preparing, RunDone
from mnist_desktop.learning.history import History
from mnist_desktop.learning.splits import Splits
from mnist_desktop.ui.training_thread import TrainingThread


class State(Enum):
    """What a training is at."""

    IDLE = auto()
    RUNNING = auto()
    PAUSED = auto()
    STOPPING = auto()


class Training(QObject):
    """Starts, pauses and stops a run, and holds what it has reported: the last run's too.

    Attributes:
        config: of the run.
        history: its curves.
        preparing: how far its additional pictures are, until the first batch; None where there
            are none to make.
        latest: its last batch.
        done: its end, once it has come.

    Signals:
        state_changed(): ``state`` is another one.
        advanced(): the history has grown; about 10 times a second.
        learned(object, object): an ``EpochDone`` or ``RunDone``, and a ``Recognizer`` of its
            weights, or None where there are none to keep.
        failed(object): the exception that ended the run.
        ended(): the run is over, in whatever way.
    """

    state_changed = Signal()
    advanced = Signal()
    learned = Signal(object, object)
    failed = Signal(object)
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = State.IDLE
        self.config: TrainingConfig | None = None
        self.history = History()
        self.preparing: Preparing | None = None
        self.latest: BatchDone | None = None
        self.done: RunDone | None = None
        self._thread: TrainingThread | None = None
        self._active_seconds = 0.0
        self._active_since: float | None = None

    @property
    def is_active(self) -> bool:
        """Whether a run has begun and not yet ended."""
        return self.state is not State.IDLE

    @property
    def progress(self) -> float:
        """The part of all epochs that is done, 0 to 1; before the first, of the preparation."""
        if self.preparing is not None:
            return self.preparing.done
        if self.config is None or self.latest is None:
            return 0.0
        latest = self.latest
        return (latest.epoch - 1 + latest.batch / latest.batches) / self.config.epochs

    @property
    def seconds_left(self) -> float | None:
        """Of the epochs, or before them of the preparation, at the present pace and without pauses;
        None while there is none yet.
        """
        seconds = self._active_seconds
        if self._active_since is not None:
            seconds += time.monotonic() - self._active_since
        if self.progress == 0.0 or seconds < 0.5:
            return None
        return seconds * (1 - self.progress) / self.progress

    def start(self, config: TrainingConfig, splits: Splits) -> None:
        """Begin a run. The curves of the one before are gone."""
        if self.is_active:
            return
        self.config = config
        self.history = History()
        self.preparing = None
        self.latest = None
        self.done = None
        self._active_seconds = 0.0
        thread = TrainingThread(config, splits, self)
        thread.happened.connect(self._on_happened)
        thread.learned.connect(self._on_learned)
        thread.failed.connect(self._on_failed)
        thread.finished.connect(self._on_finished)
        self._thread = thread
        self._change_to(State.RUNNING)
        thread.start()

    def pause(self) -> None:
        """Wait after the present batch."""
        if self._thread and self.state is State.RUNNING:
            self._thread.pause()
            self._change_to(State.PAUSED)

    def resume(self) -> None:
        """Go on after a pause."""
        if self._thread and self.state is State.PAUSED:
            self._thread.resume()
            self._change_to(State.RUNNING)

    def stop(self) -> None:
        """End soon, and keep the best epoch so far."""
        if self._thread and self.state in (State.RUNNING, State.PAUSED):
            self._thread.stop()
            self._change_to(State.STOPPING)

    def cancel(self) -> None:
        """End and keep nothing. Returns when the thread has ended."""
        thread = self._thread
        if thread is None:
            return
        thread.cancel()
        # What is already on its way would still arrive.
        for signal in (thread.happened, thread.learned, thread.failed, thread.finished):
            signal.disconnect()
        thread.wait()
        self._on_finished()

    @Slot(object)
    def _on_happened(self, events: list[Event]) -> None:
        for event in events:
            self.history.add(event)
            if isinstance(event, Preparing):
                self.preparing = event
            elif isinstance(event, BatchDone):
                if self.preparing is not None:
                    self._end_preparation()
                self.latest = event
        self.advanced.emit()

    @Slot(object, object)
    def _on_learned(self, event: object, recognizer: object) -> None:
        if isinstance(event, RunDone):
            self.done = event
        self.learned.emit(event, recognizer)

    @Slot(object)
    def _on_failed(self, fault: object) -> None:
        self.failed.emit(fault)

    @Slot()
    def _on_finished(self) -> None:
        if self._thread is not None:
            self._thread.deleteLater()
            self._thread = None
        self.preparing = None
        self._change_to(State.IDLE)
        self.ended.emit()

    def _end_preparation(self) -> None:
        """From now on it is the pace of the epochs that counts."""
        self.preparing = None
        self._active_seconds = 0.0
        if self._active_since is not None:
            self._active_since = time.monotonic()

    def _change_to(self, state: State) -> None:
        if self._active_since is not None:
            self._active_seconds += time.monotonic() - self._active_since
        self._active_since = time.monotonic() if state is State.RUNNING else None
        self.state = state
        self.state_changed.emit()
