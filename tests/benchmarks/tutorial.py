"""The tutorial's own loop, to measure against."""

from __future__ import annotations

from collections.abc import Iterator

import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from mnist_desktop.learning.data.datasets import bundled_mnist
from mnist_desktop.learning.data.splits import Split


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


def loader(split: Split, *, shuffle: bool) -> DataLoader[tuple[torch.Tensor, ...]]:
    """Floats in memory, a plain ``TensorDataset``."""
    pictures = torch.from_numpy(split.pictures).reshape(-1, 784).float() / 255
    labels = torch.from_numpy(split.labels).long()
    return DataLoader(TensorDataset(pictures, labels), batch_size=64, shuffle=shuffle)


def epochs() -> Iterator[None]:
    """Yields when all is ready, and then after each epoch."""
    splits = bundled_mnist()
    train_loader = loader(splits.train, shuffle=True)
    test_loader = loader(splits.validation, shuffle=False)
    yield
    model = TutorialNetwork()
    loss_function = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    while True:
        losses, accuracies = [], []
        model.train()
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
