"""Ink in parts, of which neighbours may together be one digit. Knows neither torch nor Qt."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.ink.normalise import normalise
from mnist_desktop.ink.strokes import Drawing, Stroke


class Parts(Protocol):
    """Ink in parts that are not divided any further, ordered from left to right.

    Whoever reads a number tries which neighbouring parts together are a digit. A digit is always
    a run of consecutive parts, and every part belongs to exactly one digit.
    """

    @property
    def boxes(self) -> NDArray[np.float64]:
        """(n, 4) float64: left, top, right, bottom of each part, in the ink's own unit."""

    @property
    def cuts(self) -> NDArray[np.bool_]:
        """(n,) bool: a line that runs on has been cut between this part and the one before."""

    def picture(self, first: int, last: int) -> NDArray[np.uint8]:
        """Parts ``first`` to ``last`` - 1 as one digit, normalised: (28, 28) uint8."""


# Lengths below are parts of the line's height: the height of the highest stroke.

JOIN_DEPTH = 0.2
"""Strokes that would have to be moved at least this far to stand side by side are one part, if
the middle of one is also over the other: the bar and the stem of a 4, the circles of an 8."""

SLANTS = (0.0, 0.35)
"""Sideways per height. Strokes that stand side by side when seen along one of these are not
joined: leaning digits overlap in x."""

CUT_WIDTH = 0.7
"""A stroke narrower than this is never offered cut: it would be two very narrow digits."""

CUT_OVERLAP = 0.3
"""How far the two sides of a cut may overlap in x."""

CUT_PIECE = 0.45
"""Each side of a cut is at least this high: else it is a hook and no digit."""

MAX_CUTS = 4
"""In one stroke, so that at most five digits can be written without lifting the pen."""

LIGATURE = 0.03
"""What a cut leaves out: the line, as long as it stays this near to where it is cut best."""

LIGATURE_LENGTH = 1.3
"""A longer piece is not left out: there may be digits in it."""

MAX_PARTS = 60
"""A drawing of more is no number: it is one part."""

FLAT = 0.2
"""The line is at least this part of its widest stroke high: a dash has no height."""

MOST_HEIGHTS = 1000.0
"""No line is wider than this: what is, is dots far apart."""

Piece = tuple[int, int, int]
"""A stroke's index, and its points from the second number to before the third."""


class StrokeParts:
    """A drawing in parts.

    Strokes above each other are one part from the start. A wide stroke that goes on to the right
    is offered cut where a second digit may begin. A group of parts has its strokes in the order
    in which they were drawn, and those that were cut whole again: so the group of all parts is
    the drawing itself.

    Args:
        drawing: with at least one stroke.
        picture_of: the road from a drawing to a picture; for one that remembers. Strokes that are
            not cut are handed on as they are, not as copies.
    """

    def __init__(
        self, drawing: Drawing, picture_of: Callable[[Drawing], NDArray[np.uint8]] = normalise
    ) -> None:
        self._strokes = drawing.strokes
        self._picture_of = picture_of
        extents = np.array([_extent(stroke.points) for stroke in self._strokes])
        members = _joined(self._strokes, extents, JOIN_DEPTH * line_height(extents))
        if len(members) > MAX_PARTS:
            members = [list(range(len(self._strokes)))]
        wholes = [[self._whole(index) for index in group] for group in members]
        height = line_height(np.array([self._box(whole) for whole in wholes]))
        parts = [part for whole in wholes for part in self._divided(whole, height)]
        boxes = np.array([self._box(part) for part in parts])
        order = np.argsort(boxes[:, 0] + boxes[:, 2], kind="stable")
        self._parts = [parts[index] for index in order]
        self._boxes: NDArray[np.float64] = boxes[order]
        owners = [{stroke for stroke, _, _ in part} for part in self._parts]
        self._cuts = np.array([False] + [bool(one & other) for one, other in pairwise(owners)])

    @property
    def boxes(self) -> NDArray[np.float64]:
        """(n, 4) float64: left, top, right, bottom of each part, in the drawing's unit."""
        return self._boxes

    @property
    def cuts(self) -> NDArray[np.bool_]:
        """(n,) bool: a stroke has been cut between this part and the one before."""
        return self._cuts

    def picture(self, first: int, last: int) -> NDArray[np.uint8]:
        """Parts ``first`` to ``last`` - 1 as one digit, normalised: (28, 28) uint8."""
        return self._picture_of(self.drawing(first, last))

    def drawing(self, first: int, last: int) -> Drawing:
        """The strokes of parts ``first`` to ``last`` - 1."""
        pieces: list[Piece] = []
        for piece in sorted(piece for part in self._parts[first:last] for piece in part):
            if pieces and pieces[-1][0] == piece[0]:
                pieces[-1] = (piece[0], pieces[-1][1], piece[2])
            else:
                pieces.append(piece)
        return Drawing(tuple(self._stroke(piece) for piece in pieces))

    def _stroke(self, piece: Piece) -> Stroke:
        index, start, stop = piece
        whole = self._strokes[index]
        return whole if stop - start == len(whole.points) else Stroke(whole.points[start:stop])

    def _box(self, part: list[Piece]) -> NDArray[np.float64]:
        return _extent(
            np.concatenate([self._strokes[index].points[start:stop] for index, start, stop in part])
        )

    def _whole(self, index: int) -> Piece:
        return index, 0, len(self._strokes[index].points)

    def _divided(self, whole: list[Piece], height: float) -> list[list[Piece]]:
        """Strokes that belong together: as they are, or in parts where the widest can be cut."""
        widest = max(whole, key=lambda piece: float(np.ptp(self._box([piece])[[0, 2]])))
        stroke = widest[0]
        ranges = cut_places(self._strokes[stroke].points, height)
        if len(ranges) < 2:
            return [whole]
        parts = [[(stroke, start, stop)] for start, stop in ranges]
        places = np.array([self._box(part)[[0, 2]].mean() for part in parts])
        for piece in whole:
            if piece != widest:
                place = self._box([piece])[[0, 2]].mean()
                parts[int(np.abs(places - place).argmin())].append(piece)
        return parts


def cut_places(
    points: NDArray[np.float64], height: float, most: int = MAX_CUTS
) -> list[tuple[int, int]]:
    """Where a stroke may be cut, as ranges of its points, in the order in which it was drawn.

    One range, of all points, where it goes on to the right nowhere.

    Args:
        points: (n, 2).
        height: of the line.
        most: cuts.
    """
    whole = [(0, len(points))]
    if most < 1 or len(points) < 4 or np.ptp(points[:, 0]) < CUT_WIDTH * height:
        return whole
    x = points[:, 0]
    # For a cut between each point and the next: how far the two sides overlap.
    overlap = np.maximum.accumulate(x)[:-1] - np.minimum.accumulate(x[::-1])[::-1][1:]
    high_enough = (_heights(points)[:-1] >= CUT_PIECE * height) & (
        _heights(points[::-1])[::-1][1:] >= CUT_PIECE * height
    )
    overlap = np.where(high_enough, overlap, np.inf)
    best = int(overlap.argmin())
    if overlap[best] > CUT_OVERLAP * height:
        return whole
    near = overlap <= overlap[best] + LIGATURE * height
    start = best - int((~near[best::-1]).argmax() or best + 1) + 1
    stop = best + int((~near[best:]).argmax() or len(near) - best)
    if np.hypot(*np.diff(points[start : stop + 1], axis=0).T).sum() > LIGATURE_LENGTH * height:
        start, stop = best, best + 1
    left = cut_places(points[: start + 1], height, most - 1)
    right = cut_places(points[stop:], height, most - len(left))
    return left + [(begin + stop, end + stop) for begin, end in right]


def line_height(boxes: NDArray[np.float64]) -> float:
    """The height of the highest of boxes (n, 4), n ≥ 1; never 0, however flat they are."""
    width, height = (boxes[:, 2:] - boxes[:, :2]).max(axis=0)
    whole = boxes[:, 2].max() - boxes[:, 0].min()
    return float(max(height, FLAT * width, whole / MOST_HEIGHTS)) or 1.0


def _heights(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n,) the height of the line up to each of its points."""
    y = points[:, 1]
    heights: NDArray[np.float64] = np.maximum.accumulate(y) - np.minimum.accumulate(y)
    return heights


def _extent(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """(4,) left, top, right, bottom."""
    return np.concatenate([points.min(axis=0), points.max(axis=0)])


def _joined(
    strokes: tuple[Stroke, ...], extents: NDArray[np.float64], depth: float
) -> list[list[int]]:
    """Indices of strokes that are one part because they are above each other."""
    count = len(strokes)
    if count == 1:
        return [[0]]
    middles = (extents[:, 0] + extents[:, 2]) / 2
    over = (middles[:, None] >= extents[:, 0]) & (middles[:, None] <= extents[:, 2])
    together = over | over.T
    for slant in SLANTS:
        sideways = [stroke.points @ (1.0, slant) for stroke in strokes]
        low = np.array([line.min() for line in sideways])
        high = np.array([line.max() for line in sideways])
        reach = high[:, None] - low
        together &= np.minimum(reach, reach.T) >= depth
    groups: list[list[int]] = []
    for index in range(count):
        mine = [group for group in groups if together[index, group].any()]
        groups = [group for group in groups if group not in mine]
        groups.append([*(member for group in mine for member in group), index])
    return groups
