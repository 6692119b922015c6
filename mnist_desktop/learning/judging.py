"""Whether a taught copy reads better: told by drawings that it has not learned from."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.learning.config import NO_DIGIT
from mnist_desktop.learning.model import Model
from mnist_desktop.learning.reading import DEFAULT_STRICTNESS
from mnist_desktop.learning.recognizer import Recognizer

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


def right(
    model: Model, pictures: NDArray[np.uint8], labels: NDArray[np.integer]
) -> NDArray[np.bool_]:
    """(n,) of which pictures the model says the right thing: of no digit, that it declines."""
    probabilities = Recognizer(model).probabilities(pictures)
    declined = probabilities.max(axis=1) < DEFAULT_STRICTNESS
    found: NDArray[np.bool_] = np.where(
        labels == NO_DIGIT, declined, probabilities.argmax(axis=1) == labels
    )
    return found
