"""What is in a split as a whole. Needs no torch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.ink import SIDE
from mnist_desktop.learning.data.splits import Split
from mnist_desktop.learning.settings.config import CLASSES
from mnist_desktop.progress import Progress, unwatched

CHUNK = 5000
"""Pictures between two reports."""


@dataclass(frozen=True, eq=False)
class Overview:
    """Figures of labelled pictures.

    Attributes:
        counts: (10,) int64, how many pictures each class has.
        means: (10, 28, 28) float64, 0 to 255, the mean picture of each; 0 for one without any.
        histogram: (256,) int64, how many pixels have each value.
    """

    counts: NDArray[np.int64]
    means: NDArray[np.float64]
    histogram: NDArray[np.int64]

    @property
    def mean(self) -> float:
        """Of all pixels, 0 to 1."""
        return float(self.histogram @ np.arange(256) / max(1, self.histogram.sum()) / 255)

    @property
    def deviation(self) -> float:
        """Standard deviation of all pixels, 0 to 1."""
        values = np.arange(256) / 255
        square = self.histogram @ values**2 / max(1, self.histogram.sum())
        return float(np.sqrt(max(0.0, square - self.mean**2)))

    @property
    def paper(self) -> float:
        """The share of pixels without any ink, 0 to 1."""
        return float(self.histogram[0] / max(1, self.histogram.sum()))


def overview(split: Split, progress: Progress = unwatched) -> Overview:
    """Count a split. What is labelled as no digit is in the histogram only."""
    counts = np.bincount(split.labels, minlength=CLASSES)[:CLASSES]
    sums = np.zeros((CLASSES, SIDE, SIDE))
    histogram = np.zeros(256, dtype=np.int64)
    for start in range(0, len(split), CHUNK):
        pictures = split.pictures[start : start + CHUNK]
        labels = split.labels[start : start + CHUNK]
        histogram += np.bincount(pictures.ravel(), minlength=256)
        for label in range(CLASSES):
            sums[label] += pictures[labels == label].sum(axis=0, dtype=np.int64)
        progress(min(1.0, (start + CHUNK) / len(split)))
    means = sums / np.maximum(1, counts)[:, None, None]
    return Overview(counts, means, histogram)
