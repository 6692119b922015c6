"""What counts of right and wrong come to: shares, intervals, figures of each digit.

Needs no torch.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.learning.records import Score
from mnist_desktop.learning.settings.config import CLASSES

Z_95 = 1.959963984540054
"""Within so many standard deviations lie 95 % of a normal distribution."""


@dataclass(frozen=True, slots=True)
class DigitScore:
    """How well one digit is read. What there is none to measure on is 0.

    Attributes:
        digit: 0 to 9.
        total: so many were meant as it.
        precision: of what was read as it, the share that was meant as it.
        recall: of what was meant as it, the share that was read as it.
        f1: the harmonic mean of both (van Rijsbergen 1979).
        interval: of the recall, 95 %; None where there is none to measure on.
    """

    digit: int
    total: int
    precision: float
    recall: float
    f1: float
    interval: tuple[float, float] | None


def digit_scores(counts: NDArray[np.integer]) -> list[DigitScore]:
    """Of each digit, from a ``confusion``."""
    meant, read, right = counts.sum(axis=1), counts.sum(axis=0), counts.diagonal()
    return [
        DigitScore(
            digit,
            total := int(meant[digit]),
            precision=ratio(right[digit], read[digit]),
            recall=ratio(right[digit], total),
            f1=ratio(2 * right[digit], total + read[digit]),
            interval=wilson_interval(int(right[digit]), total) if total else None,
        )
        for digit in range(len(counts))
    ]


def macro(counts: NDArray[np.integer]) -> tuple[float, float, float]:
    """Precision, recall and F1, each the mean of those of the digits that were meant or read."""
    is_seen = counts.sum(axis=0) + counts.sum(axis=1) > 0
    seen = [one for one in digit_scores(counts) if is_seen[one.digit]]
    if not seen:
        return 0.0, 0.0, 0.0
    precision, recall, f1 = np.mean([(one.precision, one.recall, one.f1) for one in seen], axis=0)
    return float(precision), float(recall), float(f1)


def ratio(part: int, whole: int) -> float:
    """A part of a whole, 0 to 1; 0 where there is no whole."""
    return float(part / whole) if whole else 0.0


def confusion(truth: NDArray[np.integer], read: NDArray[np.integer]) -> NDArray[np.int64]:
    """(10, 10) counts: rows are the truth, columns what was read."""
    counts = np.zeros((CLASSES, CLASSES), dtype=np.int64)
    np.add.at(counts, (truth, read), 1)
    return counts


def score(correct: int, total: int) -> Score:
    """Accuracy with its 95 % interval."""
    return Score(correct / total, wilson_interval(correct, total), total)


def wilson_interval(correct: int, total: int) -> tuple[float, float]:
    """The 95 % score interval of a share (Wilson 1927), from 0 to 1.

    Unlike the normal interval it stays within 0 and 1 and is right for shares near them.
    """
    z = Z_95
    share = correct / total
    centre = share + z * z / (2 * total)
    reach = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    scale = 1 + z * z / total
    return max(0.0, (centre - reach) / scale), min(1.0, (centre + reach) / scale)
