"""Whether a taught copy reads better: told by drawings that it has not learned from."""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from mnist_desktop.learning.config import NO_DIGIT
from mnist_desktop.learning.reading import DEFAULT_STRICTNESS

FOLDS = 3

ALLOWED_LOSS = 0.001
"""Of the accuracy on the validation split."""


def folds(labels: NDArray[np.integer], count: int, seed: int) -> list[NDArray[np.intp]]:
    """Indices in at most ``count`` parts, each label spread evenly; no part where there is one.

    Each part is set aside once, while a copy learns from the others (Stone 1974).
    """
    count = min(count, len(labels))
    if count < 2:
        return []
    random = np.random.default_rng(seed)
    shuffled = random.permutation(len(labels))
    by_label = shuffled[np.argsort(labels[shuffled], kind="stable")]
    return [np.sort(by_label[start::count]) for start in range(count)]


def right(logits: Tensor, labels: Tensor, temperature: float) -> NDArray[np.bool_]:
    """(n,) of what the right thing is said: of no digit, that it is declined.

    Args:
        logits: (n, 10).
        labels: (n,) int64, 0 to 9 or ``NO_DIGIT``.
    """
    sure = F.softmax(logits / temperature, dim=1).max(dim=1).values
    declined = sure < DEFAULT_STRICTNESS
    found: NDArray[np.bool_] = torch.where(
        labels == NO_DIGIT, declined, logits.argmax(dim=1) == labels
    ).numpy()
    return found
