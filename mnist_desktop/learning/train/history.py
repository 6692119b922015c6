"""The curves of a run, as plain numbers that a plot or a file can take. Needs no torch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.learning.records import Change, EpochRecord, best_of
from mnist_desktop.learning.train.events import BatchDone, EpochDone, Event, Steered


@dataclass
class Series:
    """Numbers that are appended to one by one, kept in an array that grows by doubling."""

    _values: NDArray[np.float64] = field(default_factory=lambda: np.empty(1024))
    _count: int = 0

    @classmethod
    def of(cls, values: NDArray[np.floating]) -> Series:
        """A series that begins with these, (n,)."""
        return cls(np.concatenate([values, np.empty(1024)]), len(values))

    def append(self, value: float) -> None:
        if self._count == len(self._values):
            self._values = np.concatenate([self._values, np.empty_like(self._values)])
        self._values[self._count] = value
        self._count += 1

    def __len__(self) -> int:
        return self._count

    @property
    def values(self) -> NDArray[np.float64]:
        """(n,) float64, a view."""
        return self._values[: self._count]


class History:
    """What a run has reported so far.

    Attributes:
        batch_position: for each batch, where it ends, in epochs: 0.5 is half the first epoch.
        batch_loss, batch_accuracy: of each batch.
        epochs: a record for each finished one.
        changes: of settings, while it went on.
    """

    def __init__(self) -> None:
        self.batch_position = Series()
        self.batch_loss = Series()
        self.batch_accuracy = Series()
        self.epochs: list[EpochRecord] = []
        self.changes: list[Change] = []

    @classmethod
    def of(
        cls,
        batches: NDArray[np.floating],
        epochs: Iterable[EpochRecord],
        changes: Iterable[Change],
    ) -> History:
        """What was reported before, to be resumed.

        Args:
            batches: (3, n): their positions, losses and accuracies.
        """
        history = cls()
        history.batch_position, history.batch_loss, history.batch_accuracy = map(Series.of, batches)
        history.epochs = list(epochs)
        history.changes = list(changes)
        return history

    def add(self, event: Event) -> None:
        """Take an event of the run; one that is on no curve is passed over."""
        if isinstance(event, BatchDone):
            self.batch_position.append(event.position)
            self.batch_loss.append(event.loss)
            self.batch_accuracy.append(event.accuracy)
        elif isinstance(event, EpochDone):
            self.epochs.append(event.record)
        elif isinstance(event, Steered):
            self.changes.extend(event.changes)

    def position_of(self, change: Change) -> float:
        """Where on the curves a change is, in epochs: at the beginning of its first batch."""
        begin = float(change.epoch - 1)
        positions = self.batch_position.values
        first = int(np.searchsorted(positions, begin + 1e-6))
        if change.batch == 1 or first == len(positions):
            return begin
        return begin + (change.batch - 1) * (float(positions[first]) - begin)

    @property
    def best(self) -> EpochRecord | None:
        """The best epoch so far."""
        return best_of(self.epochs)


def thinned(
    x: NDArray[np.float64], y: NDArray[np.float64], points: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """A curve of at most about ``points`` points that looks the same.

    Of each stretch the lowest and the highest value are kept, so that no peak is lost.
    """
    if len(x) <= points:
        return x, y
    stretch = int(np.ceil(2 * len(x) / points))
    whole = len(x) // stretch * stretch
    parts = y[:whole].reshape(-1, stretch)
    first = np.arange(len(parts)) * stretch
    extremes = np.sort(
        np.stack([first + parts.argmin(axis=1), first + parts.argmax(axis=1)], axis=1)
    )
    kept = np.concatenate([extremes.ravel(), np.arange(whole, len(x))])
    return x[kept], y[kept]
