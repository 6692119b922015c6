"""The way a pen went, whatever its size and place, and how far two such ways are apart.

A picture does not show where a stroke began, and which stroke came first; the hand of one person
hardly ever changes it, and those of most people are alike in it.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.ink.normalise import stray_dots
from mnist_desktop.ink.strokes import Drawing

POINTS = 24
"""Of a trajectory, evenly along the way of the pen, also where it is lifted."""

DIRECTION = 0.5
"""What opposite directions count, where the longer side of the drawing counts 1."""

STEPS = 32
"""Points of which ``pen_features`` tells, evenly along the way of the pen."""

FEATURES = 5 * STEPS
"""Numbers of ``pen_features``."""

BAND = 5
"""Points that one trajectory may be ahead of the other (Sakoe and Chiba 1978)."""

CHUNK = 1024
"""Pairs that are compared at once, for their memory."""

REMEMBERED = 1000
"""Ways of groups of strokes: while a person draws, most stay as they were."""

Trajectories = NDArray[np.float32]
"""(n, POINTS, 2): x and y, the longer side from -0.5 to 0.5, y pointing down."""


@lru_cache(maxsize=REMEMBERED)
def trajectory(drawing: Drawing) -> NDArray[np.float32]:
    """(POINTS, 2) of a drawing with at least one stroke, in the order drawn; without stray dots."""
    return _along(drawing, POINTS)[0]


@lru_cache(maxsize=REMEMBERED)
def pen_features(drawing: Drawing) -> NDArray[np.float32]:
    """(FEATURES,) of a drawing with at least one stroke: for each of ``STEPS`` points where it is,
    which way the pen goes there, and whether it is on the paper, 0 or 1.
    """
    points, is_down = _along(drawing, STEPS)
    return np.concatenate([_features(points[None])[0], is_down[:, None]], axis=1).ravel()


def _along(drawing: Drawing, count: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """(count, 2) points evenly along the way of the pen, the longer side from -0.5 to 0.5; and
    (count,) whether the pen was on the paper as it came to each, 0 or 1. Stray dots are left out,
    as they are of the picture.
    """
    strays = stray_dots(drawing.boxes)
    strokes = [one.points for one, stray in zip(drawing.strokes, strays, strict=True) if not stray]
    points = np.concatenate(strokes)
    points -= points.min(axis=0)
    size = points.max(axis=0)
    # Of what is small and far away not even differences are exact.
    points = np.clip((points - size / 2) / (float(size.max()) or 1.0), -0.5, 0.5)
    way = np.concatenate([[0.0], np.hypot(*np.diff(points, axis=0).T).cumsum()])
    places = np.linspace(0.0, way[-1], count)
    is_down = np.ones(len(points), np.float32)
    is_down[np.cumsum([len(stroke) for stroke in strokes[:-1]], dtype=int)] = 0.0
    along = np.stack([np.interp(places, way, values) for values in points.T], axis=1)
    return along.astype(np.float32), is_down[np.searchsorted(way, places)]


def _features(paths: Trajectories) -> NDArray[np.float32]:
    """(n, points, 4) of (n, points, 2): where the pen is, and its direction, ``DIRECTION`` long."""
    ahead = np.gradient(paths, axis=1)
    lengths = np.sqrt((ahead**2).sum(axis=2, keepdims=True))
    directions = ahead / np.maximum(lengths, np.float32(1e-6))
    return np.concatenate([paths, DIRECTION * directions], axis=2).astype(np.float32)


Diagonal = tuple[slice, slice, slice, slice]


def _band() -> tuple[list[NDArray[np.intp]], list[Diagonal]]:
    """The pairs of points within the band, and of each diagonal, whose pairs are equally far along
    together, which of them it has, and in which lanes, those of ``first - second``; and the lanes
    below and above.
    """
    pairs: list[tuple[int, int]] = []
    diagonals: list[Diagonal] = []
    for far in range(2 * POINTS - 1):
        some = [i for i in range(POINTS) if 0 <= far - i < POINTS and abs(2 * i - far) <= BAND]
        lane, length = 2 * some[0] - far + BAND + 1, 2 * len(some) - 1
        found = slice(len(pairs), len(pairs) + len(some))
        lanes, below, above = (slice(at, at + length, 2) for at in (lane, lane - 1, lane + 1))
        diagonals.append((found, lanes, below, above))
        pairs += [(i, far - i) for i in some]
    return list(np.array(pairs).T), diagonals


(FIRST, SECOND), DIAGONALS = _band()


class DynamicTimeWarping:
    """Distances from trajectories to some that are known, and prepared once.

    Args:
        known: m of them.
    """

    def __init__(self, known: Trajectories) -> None:
        self._count = len(known)
        self._known = np.ascontiguousarray(_features(known).transpose(1, 2, 0)[SECOND])
        self._squares = (self._known**2).sum(axis=1)[:, None, :]

    def distances(self, some: Trajectories) -> NDArray[np.float32]:
        """(n, m) how far each of n trajectories is from each that is known: 0 is the same.

        The mean squared distance of points and of directions, along the alignment in which it is
        least (dynamic time warping: Sakoe and Chiba 1978, "Dynamic programming algorithm
        optimization for spoken word recognition").
        """
        features = _features(some)
        found = np.empty((len(some), self._count), np.float32)
        step = max(1, CHUNK // max(1, self._count))
        for start in range(0, len(some), step):
            found[start : start + step] = self._warped(features[start : start + step])
        return found

    def _warped(self, features: NDArray[np.float32]) -> NDArray[np.float32]:
        """(n, m): all pairs at once, one diagonal after the other."""
        ways = features.transpose(1, 0, 2)[FIRST]
        costs = ways @ self._known
        costs *= -2
        costs += (ways**2).sum(axis=2)[:, :, None]
        costs += self._squares
        # The least sum on a way to the newest pair of each lane. A step on both trajectories stays
        # in the lane, one on either comes from beside it. Nothing comes from outside the band.
        least = np.full((2 * BAND + 3, len(features), self._count), np.inf, np.float32)
        least[BAND + 1] = 0.0
        for pairs, lanes, below, above in DIAGONALS:
            before = np.minimum(least[below], least[above])
            np.minimum(before, least[lanes], out=before)
            before += costs[pairs]
            least[lanes] = before
        found: NDArray[np.float32] = np.maximum(least[BAND + 1], 0) / POINTS
        return found
