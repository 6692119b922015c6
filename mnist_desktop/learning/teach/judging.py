"""Whether a taught copy reads better: told by drawings that it has not learned from."""

from __future__ import annotations

import numpy as np
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from mnist_desktop.learning.models.pen import belief_of
from mnist_desktop.learning.read.reading import DEFAULT_STRICTNESS
from mnist_desktop.learning.settings.config import NO_DIGIT
from mnist_desktop.learning.teach.neurons import Neurons, Seen

FOLDS = 3

ALLOWED_LOSS = 0.0005
"""Share of the validation split that may be read wrongly more than before; one picture always."""

SHARES = (1.0, 0.85, 0.7, 0.55, 0.4, 0.25)
"""Of what new neurons say, the highest that loses no more is kept."""


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


def right(scores: Tensor, odds: NDArray[np.float32], labels: Tensor) -> NDArray[np.bool_]:
    """(n,) of what the right thing is said: of no digit, that it is declined.

    Args:
        scores: (n, 10), calibrated: their softmax is how sure it is which digit it is.
        odds: (n,) float32, the log odds that it is one by the way of the pen.
        labels: (n,) int64, 0 to 9 or ``NO_DIGIT``.
    """
    probabilities = F.softmax(scores, dim=1).numpy()
    sure = probabilities.max(axis=1) * belief_of(probabilities, odds)
    meant = labels.numpy()
    found: NDArray[np.bool_] = np.where(
        meant == NO_DIGIT, sure < DEFAULT_STRICTNESS, probabilities.argmax(axis=1) == meant
    )
    return found


def share_kept(neurons: Neurons, validation: Seen) -> float:
    """How much of what new neurons say can be kept, 0 to 1, without forgetting; 0 is nothing.

    Between a network and a finely tuned one, most of what was gained comes before most of what is
    lost (Wortsman et al. 2022, "Robust fine-tuning of zero-shot models").
    """
    labels = validation.labels
    added = neurons.logits(validation) - validation.logits
    if not added.isfinite().all():
        return 0.0
    before = int((validation.logits.argmax(dim=1) == labels).sum())
    for share in SHARES:
        after = int(((validation.logits + share * added).argmax(dim=1) == labels).sum())
        if before - after <= max(1.0, ALLOWED_LOSS * len(labels)):
            return share
    return 0.0
