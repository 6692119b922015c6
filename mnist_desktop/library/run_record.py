"""A run, all of it, as it is kept: what a recorder fills, and what is read of a library or a file.

Needs no torch until weights come.
"""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from mnist_desktop.learning.data.splits import Splits
from mnist_desktop.learning.records import Change, EpochRecord, Score, best_of
from mnist_desktop.learning.settings.config import TrainingConfig
from mnist_desktop.learning.train.events import BatchDone, EpochDone, Event, RunDone, Steered
from mnist_desktop.learning.train.history import History
from mnist_desktop.learning.train.steering import changes_between
from mnist_desktop.texts import one_line

if TYPE_CHECKING:
    from torch import Tensor

MOST_WEIGHTS = 32
MOST_WEIGHT_BYTES = 64 * 2**20
"""The weights of so many epochs are kept, of fewer where the network is large."""


@dataclass
class RunRecord:
    """One run. What only plots, models and trainings understand is bytes: most of it is only handed
    on.

    Attributes:
        created: seconds since 1970, in whichever library the run is.
        config: as of now; ``changes`` tell what it was before.
        dataset, train_sha256, test_sha256: what it was trained on, and that split's sum; the sum of
            the split that it is scored on.
        epochs: the finished ones, from 1 on.
        batches: by epoch, the bytes of (3, n) little-endian float32: where each batch ends, in
            epochs, its loss, its accuracy.
        changes: of settings, in the order in which they were made.
        weights: by epoch, a state dict as safetensors; 0 has those of a stop in the first epoch.
            Those of the last and of the best epoch are there, others are thinned out.
        checkpoint: the epoch that it can be resumed from, and ``Checkpoint.to_bytes``; None
            resumes from the beginning.
        outcome: None until it has ended.
        score, temperature: of the best epoch's weights, once it has ended.
    """

    name: str
    config: TrainingConfig
    dataset: str
    train_sha256: str
    test_sha256: str
    note: str = ""
    created: float = field(default_factory=time.time)
    epochs: list[EpochRecord] = field(default_factory=list)
    batches: dict[int, bytes] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    weights: dict[int, bytes] = field(default_factory=dict)
    checkpoint: tuple[int, bytes] | None = None
    outcome: str | None = None
    score: Score | None = None
    temperature: float | None = None
    _batches: list[BatchDone] = field(default_factory=list, compare=False)

    @classmethod
    def begin(cls, name: str, config: TrainingConfig, splits: Splits) -> RunRecord:
        """A new run, before its first batch."""
        return cls(
            one_line(name), config, one_line(splits.name), splits.train.sha256, splits.test.sha256
        )

    @property
    def epoch(self) -> int:
        """The last finished one; 0 where none is."""
        return self.epochs[-1].epoch if self.epochs else 0

    @property
    def best_epoch(self) -> int:
        """The best one; 0 where none is finished."""
        best = best_of(self.epochs)
        return best.epoch if best else 0

    @property
    def history(self) -> History:
        """What it has reported, for plots."""
        parts = [
            np.frombuffer(self.batches[epoch], "<f4").reshape(3, -1)
            for epoch in sorted(self.batches)
        ]
        batches = np.concatenate(parts, axis=1) if parts else np.empty((3, 0), np.float32)
        # Earlier versions kept a loss that was no number as well.
        finite = batches[:, np.isfinite(batches).all(axis=0)]
        return History.of(finite, self.epochs, self.changes)

    def add(self, event: Event) -> None:
        """Take the next event."""
        match event:
            case BatchDone():
                self._batches.append(event)
            case Steered(config, changes):
                self.config = config
                self.changes.extend(changes)
            case EpochDone(record, checkpoint):
                self._add_batches()
                self.epochs.append(record)
                self.checkpoint = record.epoch, checkpoint.to_bytes()
                self.weights[record.epoch] = packed(checkpoint.state_dict)
                if record.is_best:  # a resumed run has the score of an earlier one
                    self.score = self.temperature = None
                self.thin_out()
            case RunDone():
                self._add_batches()
                self.outcome = event.outcome
                if event.score is not None and event.state_dict is not None:
                    self.score, self.temperature = event.score, event.temperature
                    if not event.best_epoch:
                        self.weights[0] = packed(event.state_dict)

    def resume(self, config: TrainingConfig) -> None:
        """Go back to the checkpoint, to be trained on with another configuration.

        Settings that were changed in an epoch that was not finished stay changed: from its
        beginning on.
        """
        epoch = self.checkpoint[0] if self.checkpoint else 0
        best_epoch = self.best_epoch
        self.epochs = [record for record in self.epochs if record.epoch <= epoch]
        self.batches = {number: one for number, one in self.batches.items() if number <= epoch}
        self.weights = {number: one for number, one in self.weights.items() if 0 < number <= epoch}
        self.changes = [
            one if one.epoch <= epoch else Change(epoch + 1, 1, one.field, one.old, one.new)
            for one in self.changes
        ]
        self.changes += changes_between(self.config, config, epoch + 1, 1)
        self.config, self.outcome = config, None
        if not best_epoch or self.best_epoch != best_epoch:
            self.score = self.temperature = None

    def _add_batches(self) -> None:
        """Of an epoch, or of the part of it before the run was stopped.

        The losses are float32 from the beginning, so none is rounded.
        """
        if self._batches:
            figures = [(one.position, one.loss, one.accuracy) for one in self._batches]
            self.batches[self._batches[-1].epoch] = np.array(figures, "<f4").T.tobytes()
            self._batches = []

    def thin_out(self) -> None:
        """Leave the weights of ``kept_epochs``."""
        if not self.weights:
            return
        kept = kept_epochs(self.weights, len(self.weights[max(self.weights)]), self.best_epoch)
        self.weights = {number: one for number, one in self.weights.items() if number in kept}


def kept_epochs(epochs: Collection[int], size: int, best_epoch: int = 0) -> set[int]:
    """Of the epochs whose weights are there, those whose weights stay: the first and each so many
    later, the newest and the best.

    Args:
        size: bytes that the weights of one take.
    """
    newest = max(epochs)
    most = max(2, min(MOST_WEIGHTS, MOST_WEIGHT_BYTES // max(1, size)))
    stride = 1
    while (newest - 1) // stride + 2 > most:
        stride *= 2
    return {epoch for epoch in epochs if (epoch - 1) % stride == 0 or epoch in {newest, best_epoch}}


def packed(state_dict: dict[str, Tensor]) -> bytes:
    """A state dict as safetensors. No code is in it."""
    from safetensors.torch import save

    return save({name: tensor.contiguous() for name, tensor in state_dict.items()})
