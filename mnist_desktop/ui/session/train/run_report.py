"""What the training run that the window shows has reported."""

from __future__ import annotations

import time
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from mnist_desktop.learning.log import (
    Line,
    change_in_words,
    end_in_words,
    epoch_in_words,
    lines_of,
)
from mnist_desktop.learning.settings.config import TrainingConfig
from mnist_desktop.learning.train.diagnosis import Hint, diagnose
from mnist_desktop.learning.train.events import (
    BatchDone,
    EpochDone,
    Event,
    Inspected,
    PhaseDone,
    Preparing,
    RunDone,
    Steered,
)
from mnist_desktop.learning.train.history import History
from mnist_desktop.ui.session.texts import translated

SOONEST_SECONDS = 0.5
"""Before that the pace is not known."""


class RunReport(QObject):
    """Holds what a run has reported, and says when it is more.

    Attributes:
        name: of the run.
        config: of the run, as it is now; None until it is known.
        history: its curves.
        preparing: how far its additional pictures are, until the first batch; None where there
            are none to make.
        latest: its last batch.
        done: its end, once it has come.
        hints: what its curves tell.

    Signals:
        advanced(): the history has grown; about 10 times a second.
        diagnosed(): ``hints`` are others.
        steered(): settings were changed.
        said(str): a line of the log.
        phase_done(object), inspected(object): a ``PhaseDone`` or ``Inspected``.
    """

    advanced = Signal()
    diagnosed = Signal()
    steered = Signal()
    said = Signal(str)
    phase_done = Signal(object)
    inspected = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = RunClock()
        self._forget()

    def _forget(self) -> None:
        """Of a run that has just begun nothing is known."""
        self.name = ""
        self.config: TrainingConfig | None = None
        self.history = History()
        self.preparing: Preparing | None = None
        self.latest: BatchDone | None = None
        self.done: RunDone | None = None
        self.hints: tuple[Hint, ...] = ()
        self._dead: dict[str, float] = {}
        self._lines: list[Line] = []
        self._first_epoch = 0
        self._clock.reset()

    def _begin(self, name: str, config: TrainingConfig, history: History) -> None:
        """Of a run that goes on, what it has reported before is known."""
        self.name, self.config, self.history = name, config, history
        self._lines = list(lines_of(config, history.epochs, history.changes))
        self._first_epoch = len(history.epochs)
        self._diagnose()

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
                if self.config is not None and event.record.epoch % self.config.log_every == 0:
                    self._say(partial(epoch_in_words, event.record))
                self._diagnose()
            elif isinstance(event, Steered):
                self.config = event.config
                for change in event.changes:
                    self._say(partial(change_in_words, change))
                self.steered.emit()
                self._diagnose()
            elif isinstance(event, RunDone):
                if self.config is not None:
                    self._say(partial(end_in_words, event, self.config))
                self._diagnose(has_diverged=event.outcome == "diverged")
            elif isinstance(event, PhaseDone):
                self._end_preparation()
                self.phase_done.emit(event)
            elif isinstance(event, Inspected):
                layers = event.inspection.layers
                self._dead = {one.name: one.dead for one in layers if one.dead is not None}
                self.inspected.emit(event)
        self.advanced.emit()

    def _diagnose(self, *, has_diverged: bool = False) -> None:
        before = self.hints
        if self.config is not None:
            self.hints = diagnose(
                self.config, self.history, has_diverged=has_diverged, dead=self._dead
            )
        if self.hints != before:
            self.diagnosed.emit()

    def _say(self, line: Line) -> None:
        self._lines.append(line)
        self.said.emit(line(translated))

    def _end_preparation(self) -> None:
        """From now on it is the pace of the epochs that counts."""
        if self.preparing is not None:
            self.preparing = None
            self._clock.reset()


class RunClock:
    """Counts seconds while it is told to."""

    def __init__(self) -> None:
        self._seconds = 0.0
        self._since: float | None = None

    def reset(self) -> None:
        """Count from now on."""
        self._seconds = 0.0
        if self._since is not None:
            self._since = time.monotonic()

    def count(self, is_counting: bool) -> None:
        """Count, or pause."""
        now = time.monotonic()
        if self._since is not None:
            self._seconds += now - self._since
        self._since = now if is_counting else None

    @property
    def seconds(self) -> float:
        """Counted since the reset."""
        running = 0.0 if self._since is None else time.monotonic() - self._since
        return self._seconds + running

    def left(self, done: float, whole: float) -> float | None:
        """Seconds until the whole is done, if so much was done since the reset; None while the pace
        is not known.
        """
        if done <= 0.0 or self.seconds < SOONEST_SECONDS:
            return None
        return max(0.0, self.seconds * (whole - done) / done)
