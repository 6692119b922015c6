"""How far a confidence can be believed. Needs no torch."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log

import numpy as np
from numpy.typing import NDArray

BINS = 15

TEMPERATURES = (0.05, 20.0)
"""The lowest and the highest that is looked for."""


def fitted_temperature(probabilities: NDArray[np.floating], labels: NDArray[np.integer]) -> float:
    """What to divide a network's scores by, so that its probabilities can be believed.

    Of all temperatures the one whose negative log-likelihood on unseen digits is lowest (Guo et
    al. 2017, §4.2), looked for over its logarithm.

    Args:
        probabilities: (n, 10) the network's, at temperature 1.
        labels: (n,) 0 to 9.
    """
    from scipy.optimize import minimize_scalar
    from scipy.special import logsumexp

    scores = np.log(np.maximum(np.asarray(probabilities, dtype=np.float64), 1e-38))
    rows = np.arange(len(labels))

    def loss(log_temperature: float) -> float:
        cooled = scores / exp(log_temperature)
        return float((logsumexp(cooled, axis=1) - cooled[rows, labels]).mean())

    bounds = (log(TEMPERATURES[0]), log(TEMPERATURES[1]))
    found = minimize_scalar(loss, bounds=bounds, method="bounded", options={"xatol": 1e-6})
    return exp(found.x)


@dataclass(frozen=True, eq=False)
class Reliability:
    """How often it is right, where it says how sure it is: a reliability diagram, in numbers.

    Attributes:
        counts: (bins,) how many answers are in each of the bins of equal width, from 0 to 1.
        confidence, accuracy: (bins,) their mean confidence, and the share that is right; NaN where
            a bin is empty.
    """

    counts: NDArray[np.int64]
    confidence: NDArray[np.float64]
    accuracy: NDArray[np.float64]

    @property
    def error(self) -> float:
        """The expected calibration error, 0 to 1: the differences of confidence and accuracy,
        weighted by how many are in each bin (Guo et al. 2017, eq. 3).
        """
        gaps = np.nan_to_num(np.abs(self.confidence - self.accuracy))
        return float((gaps * self.counts).sum() / self.counts.sum())


def reliability(
    confidences: NDArray[np.floating], correct: NDArray[np.bool_], bins: int = BINS
) -> Reliability:
    """Compare confidence and accuracy, bin by bin (Guo et al. 2017, §2).

    Args:
        confidences: (n,) 0 to 1, n ≥ 1.
        correct: (n,) whether what was said with that confidence is so.
    """
    sureness = np.asarray(confidences, dtype=np.float64)
    # A bin has its upper end in it and not its lower one, as in the paper; 0 is in the first.
    places = np.clip(np.ceil(sureness * bins).astype(int) - 1, 0, bins - 1)
    counts = np.bincount(places, minlength=bins)
    with np.errstate(invalid="ignore"):
        return Reliability(
            counts,
            np.bincount(places, sureness, minlength=bins) / counts,
            np.bincount(places, correct, minlength=bins) / counts,
        )


def accuracy_by_declined(
    confidences: NDArray[np.floating], correct: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """What declining brings: the shares that could be declined, and the accuracy of the rest.

    The least sure are declined first, and those that are equally sure together (El-Yaniv and
    Wiener 2010, with accuracy for risk and what is declined for coverage).

    Args:
        confidences: (n,) 0 to 1, n ≥ 1.
        correct: (n,) whether what was said with that confidence is so.

    Returns:
        (m,) from 0 to below 1, and (m,) 0 to 1; m is at most n.
    """
    order = np.argsort(confidences, kind="stable")
    ordered = np.asarray(confidences)[order]
    begins = np.flatnonzero(np.diff(ordered, prepend=-1.0))
    right = np.asarray(correct, dtype=np.float64)[order]
    kept = right[::-1].cumsum()[::-1]
    return begins / len(right), kept[begins] / (len(right) - begins)


def area_under_roc(positives: NDArray[np.floating], negatives: NDArray[np.floating]) -> float:
    """How likely a positive one scores higher than a negative one; a tie is half (Mann, Whitney).

    Args:
        positives, negatives: (n,) and (m,) scores, neither empty.
    """
    ordered = np.sort(negatives)
    below = np.searchsorted(ordered, positives, side="left")
    not_above = np.searchsorted(ordered, positives, side="right")
    return float((below + not_above).mean() / (2 * len(ordered)))
