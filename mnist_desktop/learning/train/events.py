"""What a training reports while it goes on, and what it can be told. Needs no torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.learning.models.model import Measurement, Model
from mnist_desktop.learning.models.pen import pen_of
from mnist_desktop.learning.records import Change, EpochRecord, Outcome, Score
from mnist_desktop.learning.settings.config import TrainingConfig

if TYPE_CHECKING:
    from torch import Tensor

    from mnist_desktop.learning.data.splits import Splits
    from mnist_desktop.learning.train.checkpoint import Checkpoint
    from mnist_desktop.learning.train.inspection import Inspection

Phase = Literal["forward", "loss", "backward", "step", "zero grad"]


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
        loss: mean over the batch, before the step. A batch whose loss is no finite number is not
            reported; it ends the run.
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

    @property
    def position(self) -> float:
        """Where the batch ends, in epochs: 0.5 is half the first one."""
        return self.epoch - 1 + self.batch / self.batches


@dataclass(frozen=True, slots=True, eq=False)
class EpochDone:
    """All training pictures seen once more, and the test pictures scored.

    Attributes:
        record: what it came to.
        checkpoint: its weights, and all that is needed to resume from here.
    """

    record: EpochRecord
    checkpoint: Checkpoint


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

    def model(self, config: TrainingConfig, splits: Splits) -> Model | None:
        """What the run has made, with its score; None where that is nothing usable.

        Args:
            config: of the run.
            splits: what it was trained and scored on.
        """
        if self.state_dict is None or self.score is None:
            return None
        measured = Measurement(splits.name, "test", splits.test.sha256, self.score)
        pen = pen_of(config)
        return Model(
            config.network, self.state_dict, config, (measured,), self.temperature, pen=pen
        )


@dataclass(frozen=True, slots=True)
class Steered:
    """Settings were changed, as ``Steer`` has asked.

    Attributes:
        config: all settings, as they are from now on.
        changes: what is another one now; may be none.
    """

    config: TrainingConfig
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """The first few pictures of a batch, and what the network said of them before the step.

    Attributes:
        pictures: (n, 28, 28) uint8, as the network got them, distorted.
        labels: (n,) int64; 10 is no digit.
        probabilities: (n, 10) float32.
    """

    pictures: NDArray[np.uint8]
    labels: NDArray[np.int64]
    probabilities: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class PhaseDone:
    """A part of a step, in slow motion.

    Attributes:
        epoch, batch, batches: as of ``BatchDone``.
        phase: the part that has just been done.
        figures: what it came to. "forward": ``pictures`` in the batch, ``digits`` among them and
            how many of these were ``right``. "loss": the ``loss``. "backward": the length of the
            ``gradient``, and of each layer's by the layer's name. "step": the
            ``learning_rate``, the length of all ``weights`` and how far they have ``moved``.
            "zero grad": the length of the ``gradient``.
        sample: of "forward".
    """

    epoch: int
    batch: int
    batches: int
    phase: Phase
    figures: Mapping[str, float]
    sample: Sample | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Inspected:
    """What is inside the network after a step, as ``Inspect`` has asked.

    Attributes:
        epoch, batch: as of the ``BatchDone`` that follows.
        seconds: what looking has taken.
    """

    epoch: int
    batch: int
    inspection: Inspection
    seconds: float


Event = Preparing | BatchDone | EpochDone | RunDone | Steered | PhaseDone | Inspected


@dataclass(frozen=True, slots=True)
class Stop:
    """Sent into a training: end now, keep the best weights so far, score them."""


@dataclass(frozen=True, slots=True)
class Steer:
    """Sent into a training: go on with the settings of ``steering.STEERABLE`` of this
    configuration. ``Steered`` answers. The batch size holds from the next
    epoch on, the others from the next batch.
    """

    config: TrainingConfig


@dataclass(frozen=True, slots=True)
class Inspect:
    """Sent into a training: look inside after the next step. ``Inspected`` answers."""


@dataclass(frozen=True, slots=True)
class SlowMotion:
    """Sent into a training: from the next batch on, a ``PhaseDone`` for each part of a step, or no
    longer. The figures of the training stay the same to the last bit.
    """

    is_on: bool


Command = Stop | Steer | Inspect | SlowMotion
