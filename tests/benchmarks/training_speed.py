"""Training speed, headless, against the tutorial's own loop, epoch by epoch in turn.

python tests/benchmarks/training_speed.py [--epochs N]
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Iterator

import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from mnist_desktop.learning.config import PRESETS
from mnist_desktop.learning.datasets import bundled_mnist
from mnist_desktop.learning.events import EpochDone
from mnist_desktop.learning.splits import Splits
from mnist_desktop.learning.training import train


class TutorialNetwork(nn.Module):
    """784-128-256-10, as the tutorial writes it."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden1 = nn.Linear(784, 128)
        self.hidden2 = nn.Linear(128, 256)
        self.out = nn.Linear(256, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = F.relu(self.hidden1(x))
        x = F.relu(self.hidden2(x))
        return self.out(x)


def tutorial_epochs(splits: Splits) -> Iterator[None]:
    """The tutorial's loop: floats in memory, plain ``TensorDataset``, Adam as it comes."""
    train_loader, test_loader = (
        DataLoader(
            TensorDataset(
                torch.from_numpy(split.images).reshape(-1, 784).float() / 255,
                torch.from_numpy(split.labels).long(),
            ),
            batch_size=64,
            shuffle=shuffle,
        )
        for split, shuffle in ((splits.train, True), (splits.validation, False))
    )
    model = TutorialNetwork()
    loss_function = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    while True:
        model.train()
        losses, accuracies = [], []
        for x, y in train_loader:
            scores = model(x)
            loss = loss_function(scores, y)
            loss.backward()
            optimizer.step()
            optimizer.zero_grad()
            losses.append(loss.item())
            accuracies.append((scores.argmax(1) == y).float().mean().item())
        model.eval()
        with torch.no_grad():
            for x, y in test_loader:
                scores = model(x)
                losses.append(loss_function(scores, y).item())
                accuracies.append((scores.argmax(1) == y).float().mean().item())
        yield


def our_epochs(splits: Splits, epochs: int) -> Iterator[None]:
    """The program's training, the tutorial's settings."""
    config = PRESETS["article"]
    assert epochs <= config.epochs
    for event in train(config, splits):
        if isinstance(event, EpochDone):
            yield


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=10)
    epochs = parser.parse_args().epochs
    splits = bundled_mnist()
    tutorial, ours = tutorial_epochs(splits), our_epochs(splits, epochs)
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(epochs):
        for loop, seconds, flush in ((tutorial, times[0], False), (ours, times[1], True)):
            torch.set_flush_denormal(flush)  # ours sets it at its start, for the whole thread
            started = time.perf_counter()
            next(loop)
            seconds.append(time.perf_counter() - started)
    ratios = [theirs / ours for theirs, ours in zip(*times, strict=True)]
    print(f"tutorial's loop  median {statistics.median(times[0]):.3f} s an epoch")
    print(f"this program     median {statistics.median(times[1]):.3f} s an epoch")
    print(
        f"speed ratio      median {statistics.median(ratios):.2f}, "
        f"{min(ratios):.2f} to {max(ratios):.2f} over {epochs} epochs"
    )


if __name__ == "__main__":
    main()
