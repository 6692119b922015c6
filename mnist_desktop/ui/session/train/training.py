"""The training run that the window shows."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal, Slot

from mnist_desktop.errors import UserError
from mnist_desktop.learning.data.splits import Splits
from mnist_desktop.learning.settings.config import TrainingConfig
from mnist_desktop.learning.train.events import RunDone
from mnist_desktop.ui.session.train.run_report import RunReport
from mnist_desktop.ui.session.train.training_thread import TrainingThread, Unit

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


class Training(RunReport):
    """Starts, steers, pauses and stops a run, and holds what it has reported: the last run's too.

    Attributes:
        pace: seconds after each part of a step in slow motion; 0 without it.

    Signals:
        state_changed(): ``state`` is another one.
        began(object): the ``RunStart`` of the run.
        learned(object, object): an ``EpochDone`` or ``RunDone``, and a ``Recognizer`` of its
            weights, or None where there are none to keep.
        failed(object): the exception that ended the run, or a fault of its library that did not.
        ended(): the run is over, in whatever way.
    """

    state_changed = Signal()
    began = Signal(object)
    learned = Signal(object, object)
    failed = Signal(object)
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = State.IDLE
        self.pace = 0.0
        self._recorder: RunRecorder | None = None
        self._thread: TrainingThread | None = None
        self._is_watched = False

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
        self._forget()
        self._recorder = None
        thread = TrainingThread(begin, splits, self)
        thread.began.connect(self._on_began)
        thread.happened.connect(self._on_happened)
        thread.learned.connect(self._on_learned)
        thread.held.connect(self._on_held)
        thread.troubled.connect(self._on_troubled)
        thread.failed.connect(self.failed)
        thread.finished.connect(self._on_finished)
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
        thread.wait()
        # What it has told by now is on its way, and would still arrive.
        QCoreApplication.removePostedEvents(self, QEvent.Type.MetaCall.value)
        self._on_finished()

    @Slot(object)
    def _on_began(self, start: RunStart) -> None:
        self._recorder = start.recorder
        self._begin(start.name, start.config, start.history)
        self.began.emit(start)
        self.advanced.emit()

    @Slot(object, object)
    def _on_learned(self, event: object, recognizer: object) -> None:
        if isinstance(event, RunDone):
            self.done = event
        self.learned.emit(event, recognizer)

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

    @Slot()
    def _on_finished(self) -> None:
        if self._thread is not None:
            self._thread.deleteLater()
            self._thread = None
        self.preparing = None
        self._change_to(State.IDLE)
        self.ended.emit()

    def _change_to(self, state: State) -> None:
        self._clock.count(state in (State.RUNNING, State.PAUSING))
        self.state = state
        self.state_changed.emit()
