"""With how many threads a training comes out the same: it is rehearsed with each."""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor

from mnist_desktop.ink import SIDE
from mnist_desktop.learning.data.splits import Split
from mnist_desktop.learning.evaluate.evaluation import CHUNK, predict
from mnist_desktop.learning.models.network import MLP
from mnist_desktop.learning.settings.config import CLASSES, TrainingConfig
from mnist_desktop.learning.threads import counts_alike
from mnist_desktop.learning.train.devices import choose_device
from mnist_desktop.learning.train.step import Step

REPEATS = 3
"""Sums that are added up in another order can still happen to be the same."""


def safe_counts(config: TrainingConfig, pictures: int, validation: Split) -> list[int]:
    """Numbers of threads, from 1 on, with which every figure of an epoch is the same to the bit.

    Args:
        pictures: that are learned from.
        validation: what is evaluated after each epoch.
    """
    if choose_device(config.device).type != "cpu":
        return [1]
    size = min(config.batch_size, pictures)
    sizes = {size, pictures % size or size}
    return counts_alike(lambda: rehearsal(config, sizes, validation))


def rehearsal(config: TrainingConfig, sizes: Iterable[int], validation: Split) -> list[Tensor]:
    """What comes out of steps and of an evaluation, on the CPU, with a network of their own.

    Args:
        sizes: of the batches.
        validation: of which no more is evaluated than it takes to meet all sizes of chunks.
    """
    network = MLP(config.network, config.seed)
    step = Step(config, network)
    random = torch.Generator().manual_seed(config.seed)
    losses = []
    for size in [*sizes] * REPEATS:
        pictures = torch.randint(256, (size, SIDE, SIDE), dtype=torch.uint8, generator=random)
        labels = torch.randint(CLASSES, (size,), generator=random)
        for _ in step.parts(pictures, labels, config.learning_rate):
            pass
        losses.append(step.result.loss)
    predictions = predict(network, validation.first(CHUNK + len(validation) % CHUNK))
    return [
        step.weights(),
        *step.tensors().values(),
        torch.from_numpy(predictions.probabilities),
        torch.tensor([*losses, predictions.loss], dtype=torch.float64),
    ]
