"""Which strokes, or shapes of a picture, are in one line. Knows neither torch nor Qt."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.ink.strokes import Drawing

# Lengths below are parts of the height of the highest stroke.

TALL = 0.4
"""A stroke of at least this height shows where a line is, if it is also as high as ``FLAT`` of its
width. Others, dots and dashes and bars, go with the one beside them, or else the nearest."""

FLAT = 0.3

SMALL, FEWEST_SMALL, CLEAR = 0.15, 3, 0.3
"""So many of at least this height, beside each other, with so much paper between them and all that
is tall, are a line of smaller writing."""

BESIDE = 0.3
"""Two strokes are beside each other if at least this part of the lower one is."""

REACH = 1.5
"""How far to the side that counts. Further away only the nearest does: a line that slants may come
down to where the next one begins."""

WIDE_STROKE = 2.0
"""A line of one stroke that is wider than this, in its own height, is surely a number; the curved
hat of a 5 is as wide, but not so high."""

HIGH = 0.8

STACKED = (0.4, 1.2)
"""Where no line is surely a number, how far apart they are: what is nearer is one digit, as an 8 of
two circles that do not touch, and what is further away is no writing, as a colon."""

NEAR = STACKED[0]
"""Groups that are further apart, from top to bottom, are not one line."""

STAGGERED = 0.1
"""Groups that are hardly over or under each other are one line whose digits go up and down, if no
more than this is, from top to bottom, between a stroke and the nearest to its side."""

OVERLAP = 0.2
"""This part of the width of the narrower group may be over or under the other."""

NARROW = 0.3
"""A stroke takes this width at least: a 1 has next to none of its own."""

TOUCHING = 0.1
"""A stroke with another one over or under it, and no more than this between them, is part of the
same digit, as the circles of an 8 are;"""

WHOLE = 1.5
"""so is one with more between them, if both together are not higher than this."""

SIDE_BY_SIDE = 0.5
"""A dot, a dash or a bar goes with what is beside it, if no more than this is between them."""

ALIKE = 0.6
"""The lower of two lines is at least this part of the other: else it is the dot of an i."""

MOST_STROKES = 300
"""What has more is a scribble, in one line."""


def lines_of(drawing: Drawing) -> list[Drawing]:
    """The lines of a drawing from top to bottom, each with its strokes in their order.

    Neighbours in a line are beside each other, or at least neither over nor under each other and
    close: so a line may slant, and may wave up and down. No stroke is lost.
    """
    strokes = drawing.strokes
    if len(strokes) > MOST_STROKES:
        return [drawing]
    return [
        Drawing(tuple(strokes[index] for index in sorted(line)))
        for line in in_lines_by_boxes(drawing.boxes)
    ]


def in_lines_by_boxes(boxes: NDArray[np.float64]) -> list[list[int]]:
    """Which shapes are in one line, from top to bottom: indices, each of them once.

    Args:
        boxes: (n, 4) left, top, right, bottom of each shape, of strokes or of ink in a picture.
    """
    everything = [list(range(len(boxes)))]
    if len(boxes) < 2:
        return everything
    width, height = (boxes[:, 2:] - boxes[:, :2]).T
    highest = float(height.max())
    upright = height >= FLAT * width
    tall = np.flatnonzero((height >= TALL * highest) & upright)
    if not len(tall) or highest == 0:
        return everything
    small = np.flatnonzero((height >= SMALL * highest) & (height < TALL * highest) & upright)
    lines = _tall_lines(boxes, tall, highest) + _small_lines(boxes, small, tall)
    if len(lines) < 2:
        return everything
    owner = {index: number for number, line in enumerate(lines) for index in line}
    placed = np.array(sorted(owner))
    for index in set(range(len(boxes))) - owner.keys():
        lines[owner[int(placed[_nearest(boxes[index], boxes[placed], highest)])]].append(index)
    lines.sort(key=lambda line: float(boxes[line][:, [1, 3]].mean()))
    return lines


def _tall_lines(
    boxes: NDArray[np.float64], tall: NDArray[np.intp], highest: float
) -> list[list[int]]:
    """The lines of what is tall, as indices of boxes."""
    groups = connected(_beside(boxes[tall], highest))
    lines = [[int(tall[member]) for member in group] for group in groups]
    _, top, _, bottom = np.array([around(boxes[line]) for line in lines]).T
    together = np.maximum.outer(top, top) - np.minimum.outer(bottom, bottom) <= NEAR * highest
    for one, other in np.argwhere(together):
        together[one, other] = _are_one(boxes[lines[one]], boxes[lines[other]], highest)
    lines = [
        [index for number in group for index in lines[number]]
        for group in connected(together | together.T)
    ]
    if len(lines) < 2 or _are_lines([boxes[line] for line in lines], highest):
        return lines
    return [tall.tolist()]


def _small_lines(
    boxes: NDArray[np.float64], small: NDArray[np.intp], tall: NDArray[np.intp]
) -> list[list[int]]:
    """Lines of small writing, as a caption is: some in a row, clear of all that is tall."""
    _, top, _, bottom = boxes[tall].T
    clear = CLEAR * (bottom - top).max()
    small = small[
        [((top > low + clear) | (bottom < high - clear)).all() for _, high, _, low in boxes[small]]
    ]
    if len(small) < FEWEST_SMALL:
        return []
    _, high, _, low = boxes[small].T
    return [
        [int(small[member]) for member in group]
        for group in connected(_beside(boxes[small], (low - high).max()))
        if len(group) >= FEWEST_SMALL
    ]


def _beside(boxes: NDArray[np.float64], unit: float) -> NDArray[np.bool_]:
    """(n, n) which boxes are neighbours in a line."""
    left, top, right, bottom = boxes.T
    height = bottom - top
    shared = np.minimum.outer(bottom, bottom) - np.maximum.outer(top, top)
    level = shared >= BESIDE * np.minimum.outer(height, height)
    gap = np.maximum.outer(left, left) - np.minimum.outer(right, right)
    far = np.where(level & ~np.eye(len(boxes), dtype=bool), gap, np.inf)
    reach = np.maximum(REACH * unit, far.min(axis=1, keepdims=True))
    near: NDArray[np.bool_] = level & (gap <= reach)
    return near | near.T


def connected(together: NDArray[np.bool_]) -> list[list[int]]:
    """Groups of those that hang together, in order, as the groups are by their first.

    Args:
        together: (n, n), whichever of two comes first.
    """
    left = np.ones(len(together), dtype=np.bool_)
    groups = []
    for first in range(len(together)):
        group = [first] if left[first] else []
        left[first] = False
        for index in group:  # which grows
            more = np.flatnonzero(together[index] & left)
            left[more] = False
            group += more.tolist()
        if group:
            groups.append(sorted(group))
    return groups


def _are_lines(lines: list[NDArray[np.float64]], unit: float) -> bool:
    """Whether groups of strokes, by their boxes, are lines of writing and not parts of a digit."""
    boxes = sorted((around(line) for line in lines), key=lambda box: float(box[1]))
    if any(_is_number(line, unit) for line in lines):
        return True
    least, most = STACKED
    heights = [bottom - top for _, top, _, bottom in boxes]
    return min(heights) >= ALIKE * max(heights) and all(
        least * unit <= below[1] - above[3] <= most * unit for above, below in pairwise(boxes)
    )


def _are_one(line: NDArray[np.float64], other: NDArray[np.float64], unit: float) -> bool:
    """Whether two groups of strokes are one line although no two of them are beside each other."""
    narrower = np.minimum.outer(line[:, 2] - line[:, 0], other[:, 2] - other[:, 0])
    over = np.minimum.outer(line[:, 2], other[:, 2]) - np.maximum.outer(line[:, 0], other[:, 0])
    gap = np.maximum.outer(line[:, 1], other[:, 1]) - np.minimum.outer(line[:, 3], other[:, 3])
    both = np.maximum.outer(line[:, 3], other[:, 3]) - np.minimum.outer(line[:, 1], other[:, 1])
    widths = [np.maximum(each[:, 2] - each[:, 0], NARROW * unit).sum() for each in (line, other)]
    if over.clip(min=0).sum() <= OVERLAP * min(widths):
        nearest = over.argmax(axis=1)  # sideways
        return bool(gap[np.arange(len(line)), nearest].min() <= STAGGERED * unit)
    near = (gap <= TOUCHING * unit) | ((both <= WHOLE * unit) & (gap <= STACKED[0] * unit))
    return bool((near & (over >= narrower / 2)).any(axis=1).all())


def _is_number(line: NDArray[np.float64], unit: float) -> bool:
    """Whether a group of strokes is digits side by side: one begins where another has ended."""
    left, top, right, bottom = around(line)
    if len(line) > 1:
        return bool(line[:, 0].max() >= line[:, 2].min())
    return bool(right - left > WIDE_STROKE * (bottom - top) and bottom - top >= HIGH * unit)


def around(boxes: NDArray[np.float64]) -> NDArray[np.float64]:
    """The box around boxes: (n, 4) → (4,)."""
    return np.concatenate([boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)])


def _nearest(box: NDArray[np.float64], others: NDArray[np.float64], unit: float) -> int:
    """Which of others a dot, a dash or a bar goes with: the nearest, but rather one beside it.

    Where lines are close, a comma that hangs below its own is nearer to what is under it.
    """
    apart = np.maximum(others[:, :2] - box[2:], box[:2] - others[:, 2:]).clip(min=0)
    distances = np.hypot(*apart.T)  # 0 where they overlap
    shared = np.minimum(box[3], others[:, 3]) - np.maximum(box[1], others[:, 1])
    beside = (shared >= BESIDE * (box[3] - box[1])) & (distances <= SIDE_BY_SIDE * unit)
    return int(np.where(beside, distances, np.inf if beside.any() else distances).argmin())
