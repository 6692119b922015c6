"""Strokes that mark what is written and are none of it: rings and boxes around it, lines below."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.ink.normalise import resample
from mnist_desktop.ink.rings import Places, is_around
from mnist_desktop.ink.strokes import Drawing, length_of

MOST_STROKES = 60
"""Among more no marks are looked for."""

PLACES = 100
"""So many of a stroke are looked at."""

LEVEL, MERE = 0.3, 1.15
"""An underline is no higher than the first part of its width, and along it it is no further than so
many times as from end to end."""

# Lengths below are parts of the height of the highest stroke over an underline.

UPRIGHT = 0.3
"""That is at least so high as a part of its own width: what is over the other bar of = is not."""

COVER = 0.8
"""An underline goes along that part of all that is over it."""

INTO, FOOT_GAP = 0.1, 0.12
"""It may go so far into digits side by side; under one digit, what is nearer than the second part
is its foot."""


def without_marks(drawing: Drawing) -> tuple[Drawing, Drawing]:
    """What is written, and what marks it, each with its strokes in their order."""
    if not 1 < len(drawing.strokes) <= MOST_STROKES:
        return drawing, Drawing()
    fitted = drawing.fitted()
    lines, boxes = [stroke.points for stroke in fitted.strokes], fitted.boxes
    is_mark = np.zeros(len(lines), dtype=np.bool_)
    places = cache(lambda index: _places(lines[index]))
    for index, box in enumerate(boxes):
        within = (boxes[:, :2] > box[:2]).all(axis=1) & (boxes[:, 2:] < box[2:]).all(axis=1)
        if within.any():
            others = map(places, np.flatnonzero(within).tolist())
            is_mark[index] = is_around(places(index), others)
    width, height = (boxes[:, 2:] - boxes[:, :2]).T
    for index in map(int, np.flatnonzero(height <= LEVEL * width)):
        others = boxes[~is_mark & (np.arange(len(lines)) != index)]
        is_mark[index] |= _is_underline(lines[index], others)
    written, marks = (
        tuple(one for one, mark in zip(drawing.strokes, is_mark, strict=True) if mark == wanted)
        for wanted in (False, True)
    )
    return Drawing(written), Drawing(marks)


def _places(points: NDArray[np.float64]) -> Places:
    """So many at even distances along a stroke."""
    length = length_of(points)
    return resample(points, length / PLACES) if length else points[:1]


def _is_underline(points: NDArray[np.float64], others: NDArray[np.float64]) -> bool:
    """Whether a level stroke is under what is next to it, and not the foot or the hat of a digit.

    Args:
        others: (n, 4) boxes of other strokes.
    """
    start, stop = points[points[:, 0].argmin()], points[points[:, 0].argmax()]
    if length_of(points) > MERE * np.hypot(*(stop - start)):
        return False
    left, top, right, bottom = others[(others[:, 2] >= start[0]) & (others[:, 0] <= stop[0])].T
    line = np.interp((left + right) / 2, (start[0], stop[0]), (start[1], stop[1]))
    over = (top + bottom) / 2 < line
    if not over.any():
        return False
    left, right, height = left[over], right[over], (bottom - top)[over]
    unit = float(height.max())
    upright = (height >= UPRIGHT * (right - left)) & (height >= unit / 2)
    if not upright.any():
        return False
    is_one = left[upright].max() <= right[upright].min()
    gap = (line - bottom)[over].min()
    is_nearer = gap < (top - line)[~over].min(initial=np.inf)
    covered = min(right.max(), stop[0]) - max(left.min(), start[0])
    is_along = covered >= COVER * (right.max() - left.min())
    return bool(is_along and is_nearer and gap >= (FOOT_GAP if is_one else -INTO) * unit)
