"""What a training reports while it goes on, and what it can be told. Needs no torch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from torch import Tensor

    from mnist_desktop.learning.state import TrainingState

Outcome = Literal["completed", "stopped early", "stopped", "diverged"]


@dataclass(frozen=True, slots=True)
class Preparing:
    """Digits and scribbles are being written that join the training pictures.

    Attributes:
        done: 0 to 1.
    """

    done: float


@dataclass(frozen=True, slots=True)
class BatchDone:
    """One step: forward, loss, backward, step, zero grad.

    Attributes:
        epoch, batch: from 1 on; ``batches`` is how many there are in an epoch.
        loss: mean over the batch, before the step.
        accuracy: 0 to 1, over the batch's digits, before the step.
        size: pictures in the batch.
        learning_rate: of the step.
    """

    epoch: int
    batch: int
    batches: int
    loss: float
    accuracy: float
    size: int
    learning_rate: float


@dataclass(frozen=True, slots=True)
class EpochDone:
    """All training pictures seen once more, and the test pictures scored.

    Attributes:
        epoch: from 1 on.
        train_loss, train_accuracy: means over the epoch's pictures, each as its batch saw it;
            what is no digit counts for the loss only.
        test_loss, test_accuracy: on the validation split, which the tutorial calls its test set.
        seconds: the epoch's training and testing.
        is_best: no earlier epoch had a higher test accuracy.
        state_dict: a private copy of the weights, on the CPU.
        state: all that is needed to go on from here; None where it is not kept.
    """

    epoch: int
    train_loss: float
    train_accuracy: float
    test_loss: float
    test_accuracy: float
    seconds: float
    is_best: bool
    state_dict: dict[str, Tensor]
    state: TrainingState | None = None


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
class RunDone:
    """The end of a run.

    Attributes:
        outcome: "completed" all epochs; "stopped early" by patience; "stopped" by command;
            "diverged": the loss became NaN or infinite.
        epoch: the last finished epoch.
        best_epoch: whose weights are kept; 0 where none was finished.
        score: of the kept weights on the official test set, seen here for the only time.
        state_dict: the kept weights, on the CPU: the best epoch's, or those of the moment where
            the run was stopped in its first epoch.
        temperature: the kept network's scores are to be divided by (``calibration``).

    A run that diverged in its first epoch has nothing to keep: score and weights are None.
    """

    outcome: Outcome
    epoch: int
    best_epoch: int
    score: Score | None
    state_dict: dict[str, Tensor] | None
    temperature: float = 1.0


Event = Preparing | BatchDone | EpochDone | RunDone


@dataclass(frozen=True, slots=True)
class Stop:
    """Sent into a training: end now, keep the best weights so far, score them."""
