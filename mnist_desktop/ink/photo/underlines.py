"""Lines that somebody drew under what is written, in the ink of a picture."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.ink.photo.paper import Mask
from mnist_desktop.ink.photo.rules import without_horizontal_rules
from mnist_desktop.ink.photo.shapes import FLAT, MAX_SHAPES, Shapes

LEANING = 0.4
"""An underline is no higher than ``FLAT`` of its width; or it leans, no higher than this part of
its width, and is a mere line."""

UNDERLINE = 0.4
"""It is at least as long as this part of the height of what it is under."""

FOOT_GAP = 0.15
"""What is under one digit of several, and no further away than this part of its height, is its
foot."""

LINE_UNDER_ALL = 2.0
"""A line under all that is written is so many times as long as that is high."""

UNBROKEN = 0.8
"""Such a line is seen in this part of its length: the feet of 2s beside each other are not."""


def without_line_under_all(ink: Mask) -> Mask:
    """Without a line from one side of what is written to the other, also if it touches a digit."""
    rows, columns = (np.flatnonzero(ink.any(axis=axis)) for axis in (1, 0))
    if not len(rows) or np.ptp(columns) < LINE_UNDER_ALL * Shapes(ink).main_height():
        return ink
    box = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    cleaned = ink.copy()
    cleaned[box] = without_horizontal_rules(np.ascontiguousarray(ink[box]), cover=UNBROKEN)
    return cleaned


def without_underlines(ink: Mask) -> Mask:
    """Without flat lines below everything that is over them, which may lean."""
    shapes = Shapes(ink)
    if shapes.count < 2 or shapes.count > MAX_SHAPES:
        return ink
    keep = np.ones(shapes.count, dtype=np.bool_)
    main = shapes.main_height()
    for line in map(int, np.flatnonzero(shapes.height <= LEANING * shapes.width)):
        if shapes.height[line] > FLAT * shapes.width[line] and not shapes.is_thin(line):
            continue
        large = shapes.height > 0.5 * main
        over = (shapes.shared_width(line) > 0) & large & (shapes.top < shapes.top[line])
        is_short = shapes.width[line] < UNDERLINE * main
        if not over.any() or is_short or shapes.is_hat(line, large):
            continue
        if _is_foot(shapes, line, over, large):
            continue
        keep[line] = any(
            shapes.top[line] + rows.mean() < shapes.bottom[one]
            for one in np.flatnonzero(over)
            if len(
                rows := shapes.columns_of(line, shapes.left[one], shapes.right[one]).nonzero()[0]
            )
        )
    return shapes.kept(keep)


def _is_foot(shapes: Shapes, line: int, over: NDArray[np.bool_], large: NDArray[np.bool_]) -> bool:
    """Whether a line is the foot of a 1, drawn apart: close under one of several in a row."""
    nearest = int(np.where(over, shapes.bottom, -np.inf).argmax())
    high = shapes.height[nearest]
    row = large & (shapes.shared_height(nearest) >= high / 2)
    is_close = shapes.top[line] - shapes.bottom[nearest] <= FOOT_GAP * high
    return bool(is_close and row.sum() > 1 and (row & over).sum() == 1)
