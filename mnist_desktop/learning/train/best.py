"""The best epoch so far, and whether it is time to give up hope for a better one."""

from __future__ import annotations

import math
from dataclasses import dataclass

from mnist_desktop.learning.settings.config import TrainingConfig


@dataclass(frozen=True)
class BestSoFar:
    """Which epoch is the best so far, and how long there has been no better one.

    Attributes:
        epoch: 0 where none was finished.
        accuracy, loss: its, on the validation split.
        reference: the accuracy that an epoch must improve on to count for patience.
        stale_epochs: so many in a row have not.
    """

    epoch: int = 0
    accuracy: float = -1.0
    loss: float = 0.0
    reference: float = -1.0
    stale_epochs: int = 0

    def after(self, epoch: int, accuracy: float, loss: float, config: TrainingConfig) -> BestSoFar:
        """The same once one more epoch is finished, which may be the best."""
        improved = accuracy > self.reference + config.minimum_improvement
        reference = accuracy if improved else self.reference
        stale_epochs = 0 if improved else self.stale_epochs + 1
        is_best = (accuracy, -loss) > (self.accuracy, -self.loss)
        best = (epoch, accuracy, loss) if is_best else (self.epoch, self.accuracy, self.loss)
        return BestSoFar(*best, reference, stale_epochs)

    def is_out_of_patience(self, config: TrainingConfig) -> bool:
        """Whether so many epochs in a row have brought no improvement."""
        return config.patience is not None and self.stale_epochs >= config.patience

    @property
    def is_sound(self) -> bool:
        """Whether its numbers are such, wherever they have come from."""
        whole = (self.epoch, self.stale_epochs)
        figures = (self.accuracy, self.loss, self.reference)
        return all(isinstance(one, int) and one >= 0 for one in whole) and all(
            isinstance(one, int | float) and math.isfinite(one) for one in figures
        )
