"""What is kept of a training: one record for each epoch, each change of a setting, each score.

Whatever shows or stores an epoch, a table's columns, a CSV file, JSON, a plot, takes the fields of
``EpochRecord`` from here. Needs no torch.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Outcome = Literal["completed", "stopped early", "stopped", "diverged"]


class EpochRecord(NamedTuple):
    """One finished epoch.

    Attributes:
        epoch: from 1 on.
        train_loss, train_accuracy: means over the epoch's pictures, each as its batch saw it;
            what is no digit counts for the loss only. Accuracies are from 0 to 1.
        test_loss, test_accuracy: on the validation split, which the tutorial calls its test set.
        seconds: the epoch's training and testing.
        is_best: it was the best so far: of a higher test accuracy than every epoch before it, or
            of the same as the best of them and a lower test loss.
    """

    epoch: int
    train_loss: float
    train_accuracy: float
    test_loss: float
    test_accuracy: float
    seconds: float
    is_best: bool


FIGURES = tuple(name for name in EpochRecord._fields if name != "is_best")
"""What an epoch is told of: its number and what was measured."""


@dataclass(frozen=True, slots=True)
class Score:
    """Accuracy with its 95 % interval.

    Attributes:
        accuracy: correct / total, 0 to 1.
        interval: low and high end (Wilson 1927), 0 to 1.
        total: how many were read.
    """

    accuracy: float
    interval: tuple[float, float]
    total: int


@dataclass(frozen=True, slots=True)
class Change:
    """A setting that was changed while a run went on, or before it was resumed.

    Attributes:
        epoch, batch: the first that it holds for, from 1 on.
        field: its name in the configuration.
        old, new: its values, as JSON can hold them.
    """

    epoch: int
    batch: int
    field: str
    old: object
    new: object


def best_of(epochs: list[EpochRecord]) -> EpochRecord | None:
    """The best epoch so far; None where none is finished."""
    return next((record for record in reversed(epochs) if record.is_best), None)
