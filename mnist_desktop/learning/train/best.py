"""The best epoch so far, and whether it is time to give up hope for a better one."""

from __future__ import annotations

from mnist_desktop.learning.settings.config import TrainingConfig
from mnist_desktop.learning.train.checkpoint import BestSoFar, StateDict


class Best:
    """Is offered one epoch after the other.

    Attributes:
        config: what patience there is; may be another one for the next epoch.
        so_far: the best, and what patience goes by.
        state_dict: its weights; None where no epoch is finished.
    """

    def __init__(
        self,
        config: TrainingConfig,
        so_far: BestSoFar | None = None,
        state_dict: StateDict | None = None,
    ) -> None:
        self.so_far = so_far or BestSoFar()
        self.state_dict = state_dict
        self.config = config

    def offer(self, epoch: int, accuracy: float, loss: float, state_dict: StateDict) -> bool:
        """Whether this epoch is the best so far; it is kept if so."""
        before = self.so_far
        improved = accuracy > before.reference + self.config.minimum_improvement
        reference = accuracy if improved else before.reference
        stale_epochs = 0 if improved else before.stale_epochs + 1
        is_best = (accuracy, -loss) > (before.accuracy, -before.loss)
        best = (epoch, accuracy, loss) if is_best else (before.epoch, before.accuracy, before.loss)
        self.so_far = BestSoFar(*best, reference, stale_epochs)
        if is_best:
            self.state_dict = state_dict
        return is_best

    @property
    def out_of_patience(self) -> bool:
        """Whether so many epochs in a row have brought no improvement."""
        patience = self.config.patience
        return patience is not None and self.so_far.stale_epochs >= patience
