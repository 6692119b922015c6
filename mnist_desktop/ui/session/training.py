"""The training run that the window shows."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal, Slot

from mnist_desktop.errors import UserError
from mnist_desktop.learning.config import TrainingConfig
from mnist_desktop.learning.events import (
    BatchDone,
    EpochDone,
    Event,
    Inspected,
    PhaseDone,
    Preparing,
    RunDone,
    Steered,
)
from mnist_desktop.learning.history import History
from mnist_desktop.learning.log import (
    Line,
    change_in_words,
    end_in_words,
    epoch_in_words,
    lines_of,
)
from mnist_desktop.learning.records import EpochRecord
from mnist_desktop.learning.splits import Splits
from mnist_desktop.library.database import Library
from mnist_desktop.ui.session.run_clock import RunClock
from mnist_desktop.ui.session.texts import translated
from mnist_desktop.ui.session.training_thread import TrainingThread, Unit

if TYPE_CHECKING:
    from mnist_desktop.library.recorder import KeepingProblem, RunRecorder
    from mnist_desktop.library.resume import RunStart


class State(Enum):
    """What a training is at."""

    IDLE = auto()
    WAITING = auto()
    """For a data set; then it begins."""
    RUNNING = auto()
    PAUSING = auto()
    """It is to be paused, and still does what cannot be interrupted."""
    PAUSED = auto()
    STOPPING = auto()


class Training(QObject):
    """Starts, steers, pauses and stops a run, and holds what it has reported: the last run's too.

    Args:
        library: where runs are kept.

    Attributes:
        name: of the run.
        config: of the run, as it is now; None until it is known.
        history: its curves.
        preparing: how far its additional pictures are, until the first batch; None where there
            are none to make.
        latest: its last batch.
        done: its end, once it has come.
        pace: seconds after each part of a step in slow motion; 0 without it.

    Signals:
        state_changed(): ``state`` is another one.
        began(object): the ``RunStart`` of the run.
        advanced(): the history has grown; about 10 times a second.
        steered(): settings were changed.
        said(str): a line of the log.
        phase_done(object), inspected(object): a ``PhaseDone`` or ``Inspected``.
        learned(object, object): an ``EpochDone`` or ``RunDone``, and a ``Recognizer`` of its
            weights, or None where there are none to keep.
        failed(object): the exception that ended the run, or a fault of its library that did not.
        ended(): the run is over, in whatever way.
    """

    state_changed = Signal()
    began = Signal(object)
    advanced = Signal()
    steered = Signal()
    said = Signal(str)
    phase_done = Signal(object)
    inspected = Signal(object)
    learned = Signal(object, object)
    failed = Signal(object)
    ended = Signal()

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.library = library
        self.state = State.IDLE
        self.name = ""
        self.config: TrainingConfig | None = None
        self.history = History()
        self._lines: list[Line] = []
        self.preparing: Preparing | None = None
        self.latest: BatchDone | None = None
        self.done: RunDone | None = None
        self.pace = 0.0
        self._recorder: RunRecorder | None = None
        self._thread: TrainingThread | None = None
        self._is_watched = False
        self._first_epoch = 0
        self._clock = RunClock()

    @property
    def is_active(self) -> bool:
        """Whether a run has begun and not yet ended."""
        return self.state not in (State.IDLE, State.WAITING)

    @property
    def can_be_paused(self) -> bool:
        """Whether it goes on, and has not been told to end or to pause."""
        return self.state is State.RUNNING

    @property
    def can_be_resumed(self) -> bool:
        """Whether it has paused, or is about to."""
        return self.state in (State.PAUSING, State.PAUSED)

    @property
    def can_be_stopped(self) -> bool:
        """Whether there is something to be ended, or called off before it begins."""
        return self.state not in (State.IDLE, State.STOPPING)

    @property
    def run_id(self) -> int | None:
        """The run's number in the library; None where it is not, or not wholly, in it."""
        return self._recorder.run_id if self._recorder else None

    @property
    def log(self) -> list[str]:
        """Its lines, in the window's language as it is now."""
        return [line(translated) for line in self._lines]

    @property
    def position(self) -> float:
        """How many epochs are done, with the part of the present one."""
        if self.latest is not None:
            return self.latest.position
        return float(len(self.history.epochs))

    @property
    def progress(self) -> float:
        """The part of all epochs that is done, 0 to 1; before the first, of the preparation."""
        if self.preparing is not None:
            return self.preparing.done
        return min(1.0, self.position / self.config.epochs) if self.config else 0.0

    @property
    def seconds_left(self) -> float | None:
        """Of the epochs, or before them of the preparation, at the present pace and without pauses;
        None while there is none yet.
        """
        if self.preparing is not None:
            return self._clock.left(self.preparing.done, 1.0)
        if self.config is None or self.latest is None:
            return None
        first = self._first_epoch
        return self._clock.left(self.position - first, self.config.epochs - first)

    def start(
        self, begin: Callable[[], RunStart], splits: Splits, until: Unit | None = None
    ) -> None:
        """Begin a run, or go on with one. What the one before has reported is gone.

        Args:
            begin: makes the run, in its thread.
            until: go on for one batch, epoch or part of a step only, and then pause.
        """
        if self.is_active:
            return
        self.name, self.config = "", None
        self.history = History()
        self._lines = []
        self.preparing = None
        self.latest = None
        self.done = None
        self._recorder = None
        self._first_epoch = 0
        self._clock.reset()
        thread = TrainingThread(begin, splits, self)
        for signal, slot in self._connections(thread):
            signal.connect(slot)
        thread.slow_down(self.pace)
        thread.watch(self._is_watched)
        thread.resume(until)
        self._thread = thread
        self._change_to(State.RUNNING)
        thread.start()

    def wait_for_data(self) -> bool:
        """Say that a run will begin as soon as there is a data set; False where one goes on."""
        if self.state is not State.IDLE:
            return False
        self._change_to(State.WAITING)
        return True

    def pause(self) -> None:
        """Wait after the present batch."""
        if self._thread and self.can_be_paused:
            self._thread.pause()
            self._change_to(State.PAUSING)

    def resume(self, until: Unit | None = None) -> None:
        """Go on after a pause; if a unit is given, until one is done."""
        if self._thread and self.can_be_resumed:
            self._thread.resume(until)
            self._change_to(State.RUNNING)

    def stop(self) -> None:
        """End soon, and keep the best epoch so far; begin no run that waits."""
        if self._thread and self.can_be_stopped:
            self._thread.stop()
            self._change_to(State.STOPPING)
        elif self.state is State.WAITING:
            self._change_to(State.IDLE)

    def steer(self, config: TrainingConfig) -> None:
        """Go on with other settings, as far as they can be changed meanwhile."""
        if self._thread:
            self._thread.steer(config)

    def set_pace(self, seconds: float) -> None:
        """In slow motion, wait for so long after each part of a step; 0 ends the slow motion."""
        self.pace = seconds
        if self._thread:
            self._thread.slow_down(seconds)

    def watch(self, is_watched: bool) -> None:
        """Look into the network now and then, or no longer."""
        self._is_watched = is_watched
        if self._thread:
            self._thread.watch(is_watched)

    def cancel(self) -> None:
        """End at once. What is not in the library by now is lost. Returns when the thread has
        ended.
        """
        thread = self._thread
        if thread is None:
            return
        thread.cancel()
        for signal, _ in self._connections(thread):
            signal.disconnect()
        thread.wait()
        # What is already on its way would still arrive.
        QCoreApplication.removePostedEvents(self, QEvent.Type.MetaCall.value)
        self._on_finished()

    def _connections(self, thread: TrainingThread) -> list[tuple[Any, Callable[..., None]]]:
        return [
            (thread.began, self._on_began),
            (thread.happened, self._on_happened),
            (thread.learned, self._on_learned),
            (thread.held, self._on_held),
            (thread.troubled, self._on_troubled),
            (thread.failed, self._on_failed),
            (thread.finished, self._on_finished),
        ]

    @Slot(object)
    def _on_began(self, start: RunStart) -> None:
        self._recorder = start.recorder
        self.name, self.config = start.name, start.config
        self.history = start.history
        self._lines = list(lines_of(start.config, self.history.epochs, self.history.changes))
        self._first_epoch = len(self.history.epochs)
        self.began.emit(start)
        self.advanced.emit()

    @Slot(object)
    def _on_happened(self, events: list[Event]) -> None:
        for event in events:
            self.history.add(event)
            if isinstance(event, Preparing):
                self.preparing = event
            elif isinstance(event, BatchDone):
                self._end_preparation()
                self.latest = event
            elif isinstance(event, EpochDone):
                self._say_of_epoch(event.record)
            elif isinstance(event, Steered):
                self.config = event.config
                for change in event.changes:
                    self._say(partial(change_in_words, change))
                self.steered.emit()
            elif isinstance(event, RunDone):
                if self.config is not None:
                    self._say(partial(end_in_words, event, self.config))
            elif isinstance(event, PhaseDone):
                self._end_preparation()
                self.phase_done.emit(event)
            elif isinstance(event, Inspected):
                self.inspected.emit(event)
        self.advanced.emit()

    @Slot(object, object)
    def _on_learned(self, event: object, recognizer: object) -> None:
        if isinstance(event, RunDone):
            self.done = event
        self.learned.emit(event, recognizer)

    def _say_of_epoch(self, record: EpochRecord) -> None:
        if self.config is not None and record.epoch % self.config.log_every == 0:
            self._say(partial(epoch_in_words, record))

    def _say(self, line: Line) -> None:
        self._lines.append(line)
        self.said.emit(line(translated))

    @Slot(int)
    def _on_held(self, resumed: int) -> None:
        """It has paused, unless it was told to go on while the news was on its way."""
        if self._thread and resumed == self._thread.resumed and self.state is not State.STOPPING:
            self._change_to(State.PAUSED)

    @Slot(object)
    def _on_troubled(self, problem: KeepingProblem) -> None:
        self._say(problem.text)
        if problem.fault is not None:
            self.failed.emit(UserError("{problem}", problem=problem))

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
        if self.preparing is not None:
            self.preparing = None
            self._clock.reset()

    def _change_to(self, state: State) -> None:
        self._clock.count(state in (State.RUNNING, State.PAUSING))
        self.state = state
        self.state_changed.emit()
