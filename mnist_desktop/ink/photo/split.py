"""Where a wide shape of ink may be two digits that touch."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.ink.photo.paper import Mask, means_of_squares

CUT_WIDTH = 0.6
"""A shape narrower than this part of the line's height is never offered cut."""

PIECE_WIDTH = 0.12
PIECE_HEIGHT = 0.3
"""Each piece is at least so wide and so high, as parts of the line's height."""

LOOP = 0.4, 0.75
"""A hole that covers this part of the box around a shape, and goes along this part of its width, is
the inside of a 0."""

SURELY_TWO = 1.5
"""A shape wider than this many heights of the line is not one digit."""

ROWS = 64
"""The height at which cuts are looked for."""


def cut_at_valleys(shape: Mask, height: float) -> list[Mask]:
    """The shape's pieces from left to right; itself alone where it is not wide.

    A cut is the path from top to bottom that crosses the least ink, leaning by half a pixel a
    pixel at the most. Whether two pieces are one digit is for the reader to say.

    Args:
        shape: (h, w).
        height: of the line, in pixels.
    """
    width = shape.shape[1]
    if width < CUT_WIDTH * height or shape.shape[0] < PIECE_HEIGHT * height:
        return [shape]
    from scipy import ndimage

    step = max(1, round(height / ROWS))
    # What ink encloses is inside of a 0, 6, 8 or 9 much more often than between two digits.
    filled = ndimage.binary_fill_holes(shape)
    if _is_loop(filled & ~shape):
        return [shape]
    # Paper is added to fill the last squares.
    extra = [(0, -length % step) for length in shape.shape]
    coarse = means_of_squares(np.pad(filled, extra), step)
    paths, costs = _cheapest_paths(coarse)
    least = max(1, round(PIECE_WIDTH * height / step))
    columns = np.arange(coarse.shape[1])
    middles = paths.mean(axis=0)
    allowed = (middles >= least) & (middles <= len(columns) - 1 - least)
    seams: list[int] = []
    for column in sorted(map(int, np.flatnonzero(allowed)), key=lambda one: (costs[one], one)):
        if all(abs(middles[column] - middles[other]) >= least for other in seams):
            seams.append(column)
    pieces, rest = [], shape
    places = np.arange(width)
    for column in sorted(seams, key=lambda one: middles[one]):
        path = np.repeat((paths[:, column] + 1) * step, step)[: shape.shape[0]]
        left = rest & (places < path[:, None])
        remaining = rest & ~left
        if _is_high(left, height) and _is_high(remaining, height):
            pieces.append(left)
            rest = remaining
    return [*pieces, rest]


def _is_loop(holes: Mask) -> bool:
    """Whether one hole is nearly all that a shape has inside, as a wide 0 has."""
    from scipy import ndimage

    labels, _ = ndimage.label(holes)
    return any(
        np.count_nonzero(labels[window] == number) >= LOOP[0] * holes.size
        and window[1].stop - window[1].start >= LOOP[1] * holes.shape[1]
        for number, window in enumerate(ndimage.find_objects(labels), start=1)
    )


def _is_high(piece: Mask, height: float) -> bool:
    rows = np.flatnonzero(piece.any(axis=1))
    return len(rows) > 0 and rows[-1] + 1 - rows[0] >= PIECE_HEIGHT * height


def _cheapest_paths(ink: NDArray[np.float32]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """For each column, the path that ends there: (h, w) columns by row, and (w,) its ink.

    Found row by row; a step aside costs a little, and is taken in every second row only.
    """
    height, width = ink.shape
    cost = ink[0].copy()
    came_from = np.zeros((height, width), dtype=np.int64)
    columns = np.arange(width)
    for row in range(1, height):
        sources = np.stack(
            [columns, np.maximum(columns - 1, 0), np.minimum(columns + 1, width - 1)]
        )
        if row % 2:
            sources = sources[:1]
        offers = cost[sources] + np.array([0.0, 0.02, 0.02], np.float32)[: len(sources), None]
        best = offers.argmin(axis=0)
        came_from[row] = sources[best, columns]
        cost = offers[best, columns] + ink[row]
    paths = np.empty((height, width), dtype=np.int64)
    paths[-1] = columns
    for row in range(height - 1, 0, -1):
        paths[row - 1] = came_from[row][paths[row]]
    return paths, cost
