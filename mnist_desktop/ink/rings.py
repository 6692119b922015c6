"""Rings drawn around what is written, as an answer is marked: on a canvas or in a picture."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

BAND, SHARE = (0.7, 1.35), 0.95
"""That share of a ring's ink is so far from its centre, where 1 is on the ellipse of the same
moments. Its ends need not meet, and a box is nearly one."""

FLAT = 0.05
"""A ring is broader than that part of its length."""

WITHIN, AMID, CRUMB = 0.4, 0.4, 0.5
"""What is written in a ring is as high or as wide as the first part of it, and its middle no
further from the ring's than the second: the dot in a zero is not, nor where its ends cross. What
is smaller than the third part of the largest does not count."""

MOST, STRAIGHT = 0.6, 0.2
"""What is that part of all that is written, and no broader than that part of its length, may be the
slash of a zero:"""

LEANING, NARROW, LONG = (0.3, 3.0), 0.8, 0.8
"""it is one if it leans to the right by so much, as x moved for each y, or the ring is narrower
than that part of its height, or the stroke is that part of it long; else it is a 1, or a bar."""

Places = NDArray[np.float64]
"""(n, 2) x and y, down, of places evenly along a line, or all over its ink."""


def is_around(ring: Places, others: Iterable[Places]) -> bool:
    """Whether some ink is a ring, and some of the others are a number that is written in it.

    Args:
        ring: of n ≥ 2 places.
        others: of n ≥ 1 each; not asked for where the ring is none.
    """
    centre = ring.mean(axis=0)
    variances, axes = np.linalg.eigh(np.cov(ring.T))
    if variances[0] <= FLAT**2 * variances[1]:
        return False
    # The variances of an ellipse's outline are half the squares of its half axes.
    to_circle = axes / np.sqrt(2 * variances)
    away = np.linalg.norm((ring - centre) @ to_circle, axis=1)
    if np.mean((away > BAND[0]) & (away < BAND[1])) < SHARE:
        return False
    inside = [
        other for other in others if np.linalg.norm((other - centre) @ to_circle, axis=1).max() < 1
    ]
    inside.sort(key=_length)
    large = [one for one in inside if _length(one) >= CRUMB * _length(inside[-1])]
    if not large:
        return False
    written, size = np.concatenate(large), np.ptp(ring, axis=0)
    is_large = (np.ptp(written, axis=0) >= WITHIN * size).any()
    is_amid = np.linalg.norm((written.mean(axis=0) - centre) @ to_circle) < AMID
    may_be_slash = _length(large[-1]) >= MOST * sum(map(_length, large))
    return bool(is_large and is_amid and not (may_be_slash and _is_slash(large[-1], size)))


def _length(places: Places) -> float:
    return float(np.ptp(places, axis=0).max())


def _is_slash(places: Places, ring: NDArray[np.float64]) -> bool:
    """Whether what is in a ring of that width and height is the slash of a zero."""
    if len(places) < 2:
        return False
    variances, axes = np.linalg.eigh(np.cov(places.T))
    if variances[0] >= STRAIGHT**2 * variances[1]:
        return False
    right, down = axes[:, 1]
    is_leaning = LEANING[0] * abs(down) < -right * np.sign(down) < LEANING[1] * abs(down)
    is_narrow = ring[0] < NARROW * ring[1]
    return bool(is_leaning or is_narrow or _length(places) >= LONG * ring[1])
