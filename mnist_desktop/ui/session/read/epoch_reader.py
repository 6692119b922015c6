"""The epochs and changes of runs, read in the background and remembered."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from itertools import count

from PySide6.QtCore import QObject, Signal, Slot

from mnist_desktop.learning.records import Change, EpochRecord
from mnist_desktop.library.database import Library
from mnist_desktop.library.runs import Run, changes_of, epochs_of
from mnist_desktop.progress import Progress
from mnist_desktop.ui.session.train.runs import Runs
from mnist_desktop.ui.session.work import Job

MOST_REMEMBERED = 200

Told = tuple[list[EpochRecord], list[Change]]
"""What is read of a run."""

Stamp = tuple[int, float]
"""Tells how far a run was when its epochs were read."""


class EpochReader(QObject):
    """Reads one batch of runs at a time; while it reads, only the latest wish counts.

    Signals:
        arrived(): there is more to be had from ``of``, or it cannot be read.
    """

    arrived = Signal()

    def __init__(self, runs: Runs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runs = runs
        self._known: dict[int, tuple[Stamp, Told]] = {}
        self._wanted: list[Run] = []
        self._job: Job | None = None

    @property
    def is_reading(self) -> bool:
        """Whether ``arrived`` is still to come."""
        return self._job is not None

    def of(self, run: Run) -> list[EpochRecord] | None:
        """A run's epochs, or what they were a moment ago; None where they are not read yet."""
        known = self._known.get(run.id)
        return None if known is None else known[1][0]

    def changes(self, run: Run) -> list[Change]:
        """Those of its settings while it went on; none where they are not read yet."""
        known = self._known.get(run.id)
        return [] if known is None else known[1][1]

    def want(self, runs: list[Run]) -> None:
        """Read what is not known yet of these."""
        self._wanted = runs
        if self._job is None:
            self._read()

    def _read(self) -> None:
        stamps = {run.id: _stamp(run) for run in self._wanted}
        missing = {
            run_id: stamp
            for run_id, stamp in stamps.items()
            if run_id not in self._known or self._known[run_id][0] != stamp
        }
        if missing:
            self._job = self._runs.jobs.begin(
                self.tr("Reading curves"),
                partial(_read, self._runs.library, list(missing)),
                partial(self._on_read, missing),
            )
            self._job.ended.connect(self._on_ended)

    def _on_read(self, stamps: dict[int, Stamp], found: dict[int, Told]) -> None:
        if len(self._known) > MOST_REMEMBERED:
            self._known.clear()
        for run_id, told in found.items():
            self._known[run_id] = stamps[run_id], told
        self._job = None
        self._read()
        if self._job is None:
            self.arrived.emit()

    @Slot(object)
    def _on_ended(self, job: Job) -> None:
        """Of what failed or was cancelled nothing else tells."""
        if self._job is job:
            self._job = None
            self.arrived.emit()


class PenPlaces:
    """Gives each run a pen, which it keeps for as long as it is among those that are shown."""

    def __init__(self) -> None:
        self._places: dict[int, int] = {}

    def of(self, run_ids: Iterable[int]) -> dict[int, int]:
        """The place of each run's pen; those of others are free again."""
        wanted = list(run_ids)
        kept = {run_id: self._places[run_id] for run_id in wanted if run_id in self._places}
        taken = set(kept.values())
        free = (place for place in count() if place not in taken)
        self._places = {run_id: kept[run_id] if run_id in kept else next(free) for run_id in wanted}
        return self._places


def _read(library: Library, run_ids: list[int], _progress: Progress) -> dict[int, Told]:
    epochs, changes = epochs_of(library, run_ids), changes_of(library, run_ids)
    return {run_id: (epochs[run_id], changes[run_id]) for run_id in run_ids}


def _stamp(run: Run) -> Stamp:
    return run.epoch, run.seconds
