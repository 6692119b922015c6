"""Which lines are above, upon or near each other. Knows neither torch nor Qt."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.ink.normalise import resample
from mnist_desktop.ink.strokes import extent, length_of

Line = NDArray[np.float64]
"""(n, 2), n ≥ 1: x to the right and y down."""

# Lengths below are parts of the height of the line of writing.

JOIN_DEPTH = 0.2
"""Strokes that would have to be moved at least this far to stand side by side are one part, if
the middle of one is also over the other: the bar and the stem of a 4, the circles of an 8."""

UPON = 0.03
"""A line that is nowhere further from another one than this lies upon it: it was drawn again, or is
the dot of a pen that had touched down before. Another 1 stands further off, and so does a point."""

SLANT = 0.35
"""Sideways per height. Strokes that stand side by side when seen along this, or upright, are not
joined: leaning digits overlap in x."""

MOST_PLACES = 400
"""So many places of a part are looked at: the lines of a scribble may be long."""


def above(lines: Sequence[Line], height: float) -> NDArray[np.bool_]:
    """(n, n): which lines, (m, 2) each, are one part because they are above each other."""
    extents = np.array([extent(line) for line in lines])
    middles = (extents[:, 0] + extents[:, 2]) / 2
    over = (middles[:, None] >= extents[:, 0]) & (middles[:, None] <= extents[:, 2])
    together: NDArray[np.bool_] = over | over.T
    sideways = [line @ (1.0, SLANT) for line in lines]
    leaning = np.array([(line.min(), line.max()) for line in sideways])
    for low, high in (extents[:, [0, 2]].T, leaning.T):
        reach = high[:, None] - low
        together &= np.minimum(reach, reach.T) >= JOIN_DEPTH * height
    return together


def upon(lines: Sequence[Line], height: float) -> NDArray[np.bool_]:
    """(n, n): which of two lines, (m, 2) each, lies upon the other."""
    extents = np.array([extent(line) for line in lines])
    reach = UPON * height
    inside = [extents[:, None, :2] - extents[:, :2], extents[:, 2:] - extents[:, None, 2:]]
    within = np.asarray((np.concatenate(inside, axis=2) >= -reach).all(axis=2))
    np.fill_diagonal(within, val=False)
    places = {i: places_along([lines[i]], reach / 2) for i in np.unique(np.argwhere(within))}
    for one, other in np.argwhere(within):
        within[one, other] = _lies_upon(places[one], places[other], reach)
    return within | within.T


def _lies_upon(places: Line, others: Line, reach: float) -> bool:
    """Whether all places are within reach of some of the others, (n, 2) and (m, 2)."""
    # Of a scribble's lines most are told apart by a few places.
    for some in (places[:: max(1, len(places) // 4)], places):
        apart = some[:, None] - others
        if (np.hypot(apart[..., 0], apart[..., 1]).min(axis=1) > reach).any():
            return False
    return True


def places_along(lines: Sequence[Line], spacing: float) -> NDArray[np.float64]:
    """(n, 2) along lines, (m, 2) each: at this spacing, but not more than some hundreds."""
    length = sum(map(length_of, lines))
    spacing = max(spacing, length / MOST_PLACES)
    return np.concatenate([resample(line, spacing) for line in lines])


def come_near(one: Line, other: Line, reach: float) -> bool:
    """Whether a place of one is within reach of one of the other's, (n, 2) and (m, 2)."""
    one, other = _within(one, other, reach), _within(other, one, reach)
    apart = one[:, None] - other
    return bool((np.hypot(apart[..., 0], apart[..., 1]) <= reach).any())


def _within(one: Line, other: Line, reach: float) -> NDArray[np.float64]:
    """The places of one that are within reach of the other's box."""
    low, high = other.min(axis=0) - reach, other.max(axis=0) + reach
    within: NDArray[np.float64] = one[((low <= one) & (one <= high)).all(axis=1)]
    return within
