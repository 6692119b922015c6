"""How far a confidence can be believed. Needs no torch."""

from __future__ import annotations

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


def expected_calibration_error(
    confidences: NDArray[np.floating], correct: NDArray[np.bool_], bins: int = BINS
) -> float:
    """By how much confidence and accuracy differ, 0 to 1 (Guo et al. 2017, eq. 3).

    The confidences are put into bins of equal width; of each bin, the mean confidence and the
    share that is right are compared, and the differences weighted by how many are in the bin.

    Args:
        confidences: (n,) 0 to 1, n ≥ 1.
        correct: (n,) whether what was said with that confidence is so.
    """
    # A bin has its upper end in it and not its lower one, as in the paper; 0 is in the first.
    places = np.clip(np.ceil(np.asarray(confidences) * bins).astype(int) - 1, 0, bins - 1)
    surplus = np.bincount(places, np.asarray(confidences) - correct, minlength=bins)
    return float(np.abs(surplus).sum() / len(correct))


def area_under_roc(positives: NDArray[np.floating], negatives: NDArray[np.floating]) -> float:
    """How likely a positive one scores higher than a negative one; a tie is half (Mann, Whitney).

    Args:
        positives, negatives: (n,) and (m,) scores, neither empty.
    """
    ordered = np.sort(negatives)
    below = np.searchsorted(ordered, positives, side="left")
    not_above = np.searchsorted(ordered, positives, side="right")
    return float((below + not_above).mean() / (2 * len(ordered)))
