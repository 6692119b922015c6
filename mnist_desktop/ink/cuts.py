"""Where a line that runs on from digit to digit may be cut. Knows neither torch nor Qt.

Between two digits that are written without lifting the pen the line goes on to the right, mostly
straight. Such a straight piece is offered as a link, which belongs to the digit before it, to the
one after it, or to neither: a 2 keeps its foot, and a 3 is not struck through by the way from its
lower end to the next digit's top.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

# Lengths below are parts of the line's height: the height of the highest stroke.

CUT_WIDTH = 0.35
"""A stroke narrower than this is never offered cut: not even two 1s are as narrow."""

CUT_OVERLAP = 0.3
"""How far the two sides of a cut may overlap in x."""

CUT_PIECE = 0.3
"""Each side of a cut is at least this wide or high: else it is a hook and no digit. The hat of a
5 is not high, and may be all that hangs together with the next digit."""

MAX_CUTS = 4
"""In one stroke, so that at most five digits can be written without lifting the pen; with a link,
both of its ends are one."""

MOST_POINTS = 5000
"""Of a stroke: what has more is a scribble, and of a zigzag every corner would be looked for."""

STRAIGHT = 0.05
"""How far a straight piece may bend."""

JUMP = 0.5
"""A straight piece of which this part is one step from point to point has no ink to speak of: the
line is cut there."""

LINK = 0.15
"""A shorter straight piece is part of a curve and no link: the line is cut in its middle."""


class Piece(NamedTuple):
    """Some of a stroke's points, from ``start`` to before ``stop``."""

    start: int
    stop: int
    is_link: bool = False


def cut_pieces(points: NDArray[np.float64], height: float) -> list[Piece]:
    """A stroke in the pieces that it may be cut into, in the order in which it was drawn.

    One piece, of all points, where it goes on to the right nowhere, or is a scribble.

    Args:
        points: (n, 2).
        height: of the line.
    """
    count = len(points)
    if not 4 <= count <= MOST_POINTS or np.ptp(points[:, 0]) < CUT_WIDTH * height:
        return [Piece(0, count)]
    # For each point: how far the line up to it, and from it, reaches.
    before, after = _Reach(points), _Reach(points[::-1])
    overlap = before.right[:-1] - after.left[::-1][1:]
    sized = (before.extent[:-1] >= CUT_PIECE * height) & (
        after.extent[::-1][1:] >= CUT_PIECE * height
    )
    if not (sized & (overlap <= CUT_OVERLAP * height)).any():
        return [Piece(0, count)]
    corners = _corners(points, STRAIGHT * height)
    left, right = corners[:-1], corners[1:]
    overlaps = before.right[left] - after.left[::-1][right]
    chosen: list[tuple[int, int]] = []
    for index in np.argsort(overlaps, kind="stable"):
        if len(chosen) == MAX_CUTS or overlaps[index] > CUT_OVERLAP * height:
            break
        tried = sorted([*chosen, (int(left[index]), int(right[index]))])
        ends = [0, *(end for _, end in tried)]
        starts = [*(start for start, _ in tried), count - 1]
        if all(
            np.ptp(points[end : start + 1], axis=0).max() >= CUT_PIECE * height
            for end, start in zip(ends, starts, strict=True)
        ):
            chosen = tried
    return _pieces(points, chosen, LINK * height)


class _Reach:
    """How far a line reaches up to each of its points: (n,) each."""

    def __init__(self, points: NDArray[np.float64]) -> None:
        low = np.minimum.accumulate(points)
        high = np.maximum.accumulate(points)
        self.left, self.right = low[:, 0], high[:, 0]
        self.extent = (high - low).max(axis=1)


def _pieces(
    points: NDArray[np.float64], cuts: list[tuple[int, int]], shortest: float
) -> list[Piece]:
    """Those between cuts, and those that are links: from the first point to the second."""
    pieces = []
    begin = 0
    for start, end in cuts:
        steps = np.hypot(*np.diff(points[start : end + 1], axis=0).T)
        length = float(np.hypot(*(points[end] - points[start])))
        longest = int(steps.argmax())
        if steps[longest] >= JUMP * length:
            stop = begin_next = start + longest + 1
        elif length >= shortest:
            stop, begin_next = start + 1, end
            pieces.append(Piece(stop, end, is_link=True))
        else:
            stop = begin_next = (start + end) // 2 + 1
        pieces.append(Piece(begin, stop))
        begin = begin_next
    return sorted([*pieces, Piece(begin, len(points))])


def _corners(points: NDArray[np.float64], tolerance: float) -> NDArray[np.intp]:
    """Indices of the points between which the line is straight (Douglas, Peucker 1973)."""
    corners = [0]
    ends = [len(points) - 1]
    while ends:
        start, end = corners[-1], ends[-1]
        along = points[end] - points[start]
        offsets = points[start + 1 : end] - points[start]
        length = float(np.hypot(*along))
        if length > tolerance:
            away = np.abs(offsets @ (-along[1], along[0])) / length
        else:
            away = np.hypot(*offsets.T)
        if len(away) and away.max() > tolerance:
            ends.append(start + 1 + int(away.argmax()))
        else:
            corners.append(ends.pop())
    return np.array(corners)
