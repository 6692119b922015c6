"""The thread that drives a training."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, Signal

from mnist_desktop.learning.data.splits import Splits
from mnist_desktop.learning.settings.config import TrainingConfig
from mnist_desktop.learning.train.events import (
    BatchDone,
    Command,
    EpochDone,
    Event,
    Inspect,
    Inspected,
    PhaseDone,
    Preparing,
    RunDone,
    SlowMotion,
    Steer,
    Steered,
    Stop,
)
from mnist_desktop.progress import Cancelled

if TYPE_CHECKING:
    from mnist_desktop.learning.read.recognizer import Recognizer
    from mnist_desktop.library.resume import RunStart

HANDOVER_SECONDS = 1 / 10
"""Events go to the window in bundles: a signal for each of a thousand batches a second would keep
it from doing anything else."""

INSPECTION_SECONDS = 0.5
INSPECTION_SHARE = 0.02
"""The network is looked into not sooner than this after the last time, and not for longer than this
share of the time."""

Unit = type[PhaseDone] | type[BatchDone] | type[EpochDone]
"""What is gone on for, step by step."""


class TrainingThread(QThread):
    """Asks the generator for one event after the other, until it ends or is called off.

    Args:
        begin: makes the run, in the thread.
        splits: what it is trained on.

    Attributes:
        resumed: how many times it was told to go on.

    Signals:
        began(object): the ``RunStart``.
        happened(object): a list of events, in order.
        learned(object, object): an epoch or the run is done, and a recogniser of its weights.
        troubled(object): a ``KeepingProblem``.
        held(int): it waits, having been resumed so many times: by itself after what it was to go
            on until, or because it was told to.
        failed(object): the exception that ended the training.
    """

    began = Signal(object)
    happened = Signal(object)
    learned = Signal(object, object)
    troubled = Signal(object)
    held = Signal(int)
    failed = Signal(object)

    def __init__(
        self, begin: Callable[[], RunStart], splits: Splits, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._begin = begin
        self._splits = splits
        self._changed = threading.Condition()
        self._commands: deque[Command] = deque()
        self._steering: TrainingConfig | None = None
        self.resumed = 0
        self._is_paused = False
        self._is_held = False
        self._is_stopped = False
        self._is_cancelled = False
        self._until: Unit | None = None
        self._is_reached = False
        self._pace = 0.0
        self._is_watched = False
        self._next_inspection = 0.0
        self._latest: Event | None = None
        self._events: list[Event] = []
        self._handed_over = 0.0

    def pause(self) -> None:
        """Wait after the present batch."""
        with self._changed:
            self._is_paused = True
            self._changed.notify_all()

    def resume(self, until: Unit | None = None) -> None:
        """Go on; if a unit is given, only until one is done."""
        with self._changed:
            self._is_paused = self._is_held = False
            self._until = until
            self.resumed += 1
            self._next_inspection = 0.0  # a step that is looked at is looked into
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

    def steer(self, config: TrainingConfig) -> None:
        """Go on with other settings; they are taken over also while it is paused."""
        with self._changed:
            self._steering = config
            self._changed.notify_all()

    def slow_down(self, seconds: float) -> None:
        """Go through each step part by part, and wait for so long after each; 0 ends that."""
        with self._changed:
            if (self._pace > 0) != (seconds > 0):
                self._commands.append(SlowMotion(seconds > 0))
            self._pace = seconds
            self._changed.notify_all()

    def watch(self, is_watched: bool) -> None:
        """Look into the network now and then, or no longer."""
        with self._changed:
            self._is_watched = is_watched

    def run(self) -> None:
        """What the thread does; a test may call it in its own."""
        # Imported here, where a second of waiting for torch is nobody's loss.
        from mnist_desktop.learning.train.training import drive, train

        try:
            start = self._begin()
            with closing(start.recorder):
                self._recorder, self._config = start.recorder, start.config
                self.began.emit(start)
                training = train(self._config, self._splits, start.checkpoint, self._told())
                with closing(training) as events:
                    for event in drive(events, self._next_command):
                        self._take(event)
        except Cancelled:
            pass
        except Exception as fault:  # noqa: BLE001 - handed to the GUI thread, which shows or logs it
            self._hand_over()
            self.failed.emit(fault)

    def _told(self) -> list[Command]:
        """What holds from the first batch on."""
        with self._changed:
            told: list[Command] = [*self._commands, *([Inspect()] if self._is_watched else [])]
            self._commands.clear()
        return told

    def _take(self, event: Event) -> None:
        with self._changed:
            self._latest = event
            if self._until is not None and isinstance(event, self._until):
                self._is_reached = True
        self._events.append(event)
        if isinstance(event, Preparing | BatchDone):
            if time.monotonic() - self._handed_over >= HANDOVER_SECONDS:
                self._hand_over()
        else:
            self._hand_over()
        if isinstance(event, Steered):
            self._config = event.config
        elif isinstance(event, Inspected):
            pause = max(INSPECTION_SECONDS, event.seconds / INSPECTION_SHARE)
            self._next_inspection = time.monotonic() + pause
        problem = self._recorder.take(event)
        if problem is not None:
            self.troubled.emit(problem)
        if isinstance(event, EpochDone | RunDone):
            self.learned.emit(event, self._recognizer(event))

    def _recognizer(self, event: EpochDone | RunDone) -> Recognizer | None:
        """Made here, since it takes too long for the window's thread."""
        from mnist_desktop.learning.models.model import Model
        from mnist_desktop.learning.read.recognizer import Recognizer

        if isinstance(event, RunDone):
            model = event.model(self._config, self._splits)
        else:
            model = Model(self._config.network, event.checkpoint.state_dict, self._config)
        return Recognizer(model) if model else None

    def _hand_over(self) -> None:
        if self._events:
            self.happened.emit(self._events)
            self._events = []
        self._handed_over = time.monotonic()

    def _next_command(self) -> Command | None:
        with self._changed:
            if self._is_reached:
                self._until, self._is_reached, self._is_paused = None, False, True
            # What is seen inside is of a batch that is just about to be reported.
            may_hold = not isinstance(self._latest, Inspected)
            if self._is_paused:
                self._hand_over()
            elif isinstance(self._latest, PhaseDone):
                self._changed.wait_for(
                    lambda: self._is_wanted() or self._is_paused, timeout=self._pace
                )
            while may_hold and self._is_paused and not self._is_wanted():
                if not self._is_held:
                    self._is_held = True
                    self._hand_over()
                    self.held.emit(self.resumed)
                self._changed.wait()
            if self._is_cancelled:
                raise Cancelled
            if self._is_stopped:
                return Stop()
            if self._steering is not None:
                command, self._steering = Steer(self._steering), None
                return command
            if self._commands:
                return self._commands.popleft()
            if self._is_watched and time.monotonic() >= self._next_inspection:
                self._next_inspection = float("inf")  # until it is answered
                return Inspect()
            return None

    def _is_wanted(self) -> bool:
        """Whether there is something to do at once. Steering is answered before the next step;
        after another command the training would go on.
        """
        return self._steering is not None or self._is_stopped or self._is_cancelled
