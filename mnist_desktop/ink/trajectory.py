"""The way a pen went, whatever its size and place, and how far two such ways are apart.

A picture does not show where a stroke began, and which stroke came first; the hand of one person
hardly ever changes it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.ink.strokes import Drawing

POINTS = 24
"""Of a trajectory, evenly along the way of the pen, also where it is lifted."""

DIRECTION = 0.5
"""What opposite directions count, where the longer side of the drawing counts 1."""

BAND = 5
"""Points that one trajectory may be ahead of the other (Sakoe and Chiba 1978)."""

CHUNK = 1024
"""Pairs that are compared at once, for their memory."""

Trajectories = NDArray[np.float32]
"""(n, POINTS, 2): x and y, the longer side from -0.5 to 0.5, y pointing down."""


def trajectory(drawing: Drawing) -> NDArray[np.float32]:
    """(POINTS, 2) of a drawing with at least one stroke, all of them in the order of drawing."""
    points = np.concatenate([stroke.points for stroke in drawing.strokes])
    low, high = points.min(axis=0), points.max(axis=0)
    # Halves, since the sum of two coordinates can be more than a number holds.
    points = (points - (low / 2 + high / 2)) / (float((high - low).max()) or 1.0)
    way = np.concatenate([[0.0], np.hypot(*np.diff(points, axis=0).T).cumsum()])
    places = np.linspace(0.0, way[-1], POINTS)
    return np.stack([np.interp(places, way, values) for values in points.T], axis=1).astype(
        np.float32
    )


def distances(some: Trajectories, others: Trajectories) -> NDArray[np.float32]:
    """(n, m) how far each of n trajectories is from each of m: 0 is the same.

    The mean squared distance of points and of directions, along the alignment in which it is least
    (dynamic time warping: Sakoe and Chiba 1978, "Dynamic programming algorithm optimization for
    spoken word recognition").
    """
    one, other = _features(some), _features(others)
    found = np.empty((len(one), len(other)), np.float32)
    step = max(1, CHUNK // max(1, len(other)))
    for start in range(0, len(one), step):
        found[start : start + step] = _warped(one[start : start + step], other)
    return found


def _features(paths: Trajectories) -> NDArray[np.float32]:
    """(n, POINTS, 4): where the pen is, and whither it goes."""
    ahead = np.gradient(paths, axis=1)
    lengths = np.sqrt((ahead**2).sum(axis=2, keepdims=True))
    directions = ahead / np.maximum(lengths, np.float32(1e-6))
    return np.concatenate([paths, DIRECTION * directions], axis=2).astype(np.float32)


def _band() -> tuple[list[NDArray[np.intp]], list[tuple[slice, slice]]]:
    """The pairs of points within the band, and of each diagonal, all of whose pairs are equally far
    along together, which of them it has, and in which lanes: those of ``first - second``.
    """
    pairs: list[tuple[int, int]] = []
    diagonals = []
    for far in range(2 * POINTS - 1):
        some = [i for i in range(POINTS) if 0 <= far - i < POINTS and abs(2 * i - far) <= BAND]
        lane = 2 * some[0] - far + BAND + 1
        found = slice(len(pairs), len(pairs) + len(some))
        diagonals.append((found, slice(lane, lane + 2 * len(some) - 1, 2)))
        pairs += [(i, far - i) for i in some]
    return list(np.array(pairs).T), diagonals


(FIRST, SECOND), DIAGONALS = _band()


def _warped(some: NDArray[np.float32], others: NDArray[np.float32]) -> NDArray[np.float32]:
    """(n, m): all pairs at once, one diagonal after the other."""
    one, other = some.transpose(1, 0, 2)[FIRST], others.transpose(1, 2, 0)[SECOND]
    costs = (one**2).sum(axis=2)[:, :, None] + (other**2).sum(axis=1)[:, None, :]
    costs -= 2 * (one @ other)
    # The least sum on a way to the newest pair of each lane. A step on both trajectories stays in
    # the lane, one on either comes from beside it. There is no way in from outside the band.
    least = np.full((2 * BAND + 3, len(some), len(others)), np.inf, np.float32)
    least[BAND + 1] = 0.0
    for pairs, lanes in DIAGONALS:
        below, above = slice(lanes.start - 1, lanes.stop - 1, 2), slice(lanes.start + 1, None, 2)
        beside = np.minimum(least[below], least[above][: len(least[below])])
        least[lanes] = np.minimum(least[lanes], beside) + costs[pairs]
    found: NDArray[np.float32] = np.maximum(least[BAND + 1], 0) / POINTS
    return found
