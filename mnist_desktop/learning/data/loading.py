"""Batches: the tutorial's ``TensorDataset`` and ``DataLoader``."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import islice
from typing import cast

import torch
from torch import Tensor
from torch.utils.data import DataLoader, Sampler, TensorDataset

from mnist_desktop.learning.data.splits import Split

Batch = tuple[Tensor, ...]
"""Pictures (n, 28, 28) uint8 and labels (n,) int64."""


class PictureDataset(TensorDataset):
    """Pictures joined with their labels; a whole batch is fetched at once.

    A plain ``TensorDataset`` is asked for one picture after the other, and a batch put together
    from 64 of them takes as long to load as to learn from.
    """

    def __init__(self, split: Split) -> None:
        super().__init__(torch.from_numpy(split.pictures), torch.from_numpy(split.labels).long())

    def __getitems__(self, indices: Tensor) -> Batch:
        return tuple(tensor.index_select(0, indices) for tensor in self.tensors)


class BatchIndices(Sampler[Tensor]):
    """For each epoch, the indices of its batches; the last batch may be smaller.

    ``BatchSampler`` does the same with lists of numbers, in a fifth of an epoch's time.

    Attributes:
        random: draws the order of the next epoch; None keeps the data set's own.
    """

    def __init__(self, count: int, batch_size: int, random: torch.Generator | None) -> None:
        self.count = count
        self.batch_size = batch_size
        self.random = random

    def __len__(self) -> int:
        return math.ceil(self.count / self.batch_size)

    def __iter__(self) -> Iterator[Tensor]:
        if self.random is None:
            order = torch.arange(self.count)
        else:
            order = torch.randperm(self.count, generator=self.random)
        # Drawn when the first batch is asked for: a loader with workers makes two iterators for
        # its first epoch, and uses one.
        yield from order.split(self.batch_size)


def epoch_order(seed: int | None) -> torch.Generator | None:
    """What draws a new order for each epoch; for None, none does."""
    return None if seed is None else torch.Generator().manual_seed(seed)


def data_loader(
    split: Split, batch_size: int, order: torch.Generator | None = None, workers: int = 0
) -> DataLoader[Batch]:
    """Batches of a split. Each iteration over the loader is one epoch.

    Args:
        order: draws the order of each epoch; None keeps the split's.
        workers: processes that load. They are spawned, since forking a process in which Qt and
            torch run threads can hang.
    """
    batches = BatchIndices(len(split), batch_size, order)
    return DataLoader(
        PictureDataset(split),
        # torch types a batch as a list; a tensor of indices serves __getitems__ better.
        batch_sampler=batches,  # type: ignore[arg-type]
        collate_fn=_already_a_batch,  # type: ignore[arg-type]
        num_workers=workers,
        multiprocessing_context="spawn" if workers else None,
        persistent_workers=workers > 0,
        generator=torch.Generator(),  # else each epoch draws from the process's random numbers
    )


def count_of(loader: DataLoader[Batch]) -> int:
    """The pictures of an epoch."""
    return cast(BatchIndices, loader.batch_sampler).count


def batches_of_size(loader: DataLoader[Batch], batch_size: int) -> None:
    """Let the loader cut the next epoch into batches of this size."""
    cast(BatchIndices, loader.batch_sampler).batch_size = batch_size


def one_batch(loader: DataLoader[Batch], number: int) -> tuple[Tensor, Batch]:
    """A batch of the loader's next epoch, counted from 0, and the indices of its pictures."""
    batches = cast(BatchIndices, loader.batch_sampler)
    indices = next(islice(batches, number, None))
    return indices, cast(PictureDataset, loader.dataset).__getitems__(indices)


def _already_a_batch(batch: Batch) -> Batch:
    return batch
