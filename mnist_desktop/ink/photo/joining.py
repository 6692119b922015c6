"""Which of a picture's shapes belong together, by where they are."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.ink.lines import connected

Labels = NDArray[np.int32]
"""(h, w): 0 for paper, and for ink the number of its part, from 1."""

JOIN_OVERLAP = 0.5
"""Shapes are one part where this share of the narrower one is above or below the other."""

HAT, FLAT_HAT, HAT_GAP = 0.6, 0.5, 0.33
"""What is lower than that part of what is under or over it, or flatter than this part of its own
width, belongs to it if it is no further away than this part of the height of both."""

BROKEN = 0.12
"""Pieces of a broken digit are no further from each other, as a part of the height of both."""

LEVEL, BODY_LEVEL = 0.5, 0.3
"""Two shapes are level where this part of the lower one is beside the other: a small one beside its
neighbour, a body beside that of another."""

TALL = 0.7
"""Two shapes of at least this part of the line's height are two digits, however they lean."""

LYING, STACKED, LYING_PAGE, FEWEST_LYING = 1.3, 0.5, 2.0, 3
"""A part is a column of lying shapes where it is more than so many times as high as wide, and so
many of its shapes are at the most so many times as high as wide, and at least so much of its
width."""


def extents_of(labels: NDArray[np.signedinteger]) -> NDArray[np.float64]:
    """(n, 4) left, top, right, bottom of each label."""
    from scipy import ndimage

    boxes = [
        (columns.start, rows.start, columns.stop, rows.stop)
        for rows, columns in ndimage.find_objects(labels)
    ]
    return np.array(boxes, dtype=np.float64).reshape(-1, 4)


def hats_joined(boxes: NDArray[np.float64]) -> list[list[int]]:
    """Shapes, by their boxes, with what is small and close above or below them in one group.

    The hat of a 5 that is drawn apart is no line by itself. But what stands in a line, as a point
    between two digits, is not the hat of a digit in the line below.
    """
    left, top, right, bottom = boxes.T
    height = bottom - top
    groups = [[index] for index in range(len(boxes))]
    for index in np.argsort(height):
        shared = np.minimum(right[index], right) - np.maximum(left[index], left)
        apart = np.maximum(top[index] - bottom, top - bottom[index])
        both = np.maximum(bottom, bottom[index]) - np.minimum(top, top[index])
        is_flat = height[index] < FLAT_HAT * (right[index] - left[index])
        body = (
            ((height[index] < HAT * height) | (is_flat & (height > height[index])))
            & (shared >= JOIN_OVERLAP * np.minimum(right[index] - left[index], right - left))
            & (apart <= HAT_GAP * both)
        )
        if body.any():
            body &= ~_in_another_line(index, boxes)
        if body.any() and _has_its_like(index, boxes):
            body &= apart <= BROKEN * both
        if body.any():
            places = np.flatnonzero(body)
            groups[places[apart[places].argmin()]] += groups[index]
            groups[index] = []
    return [group for group in groups if group]


def _in_another_line(index: int, boxes: NDArray[np.float64]) -> NDArray[np.bool_]:
    """(n,) which shapes are in no line with any of those that a small shape stands beside."""
    left, top, right, bottom = boxes.T
    height = bottom - top
    shared = np.minimum.outer(bottom, bottom) - np.maximum.outer(top, top)
    gap = np.maximum(left - right[index], left[index] - right)
    beside = (HAT * height > height[index]) & (shared[index] >= LEVEL * height[index])
    beside &= (gap >= 0) & (gap <= height)
    if not beside.any():
        return np.zeros(len(boxes), dtype=np.bool_)
    level = shared >= BODY_LEVEL * np.minimum.outer(height, height)
    return np.asarray(~level[:, beside].any(axis=1))


def _has_its_like(index: int, boxes: NDArray[np.float64]) -> bool:
    """Whether one that is about as high, and not flat, stands beside a shape: as in a line of
    small digits, or in a word.
    """
    left, top, right, bottom = boxes.T
    height = bottom - top
    shared = np.minimum(bottom[index], bottom) - np.maximum(top[index], top)
    gap = np.maximum(left - right[index], left[index] - right)
    alike = (height > HAT * height[index]) & (HAT * height < height[index])
    alike &= (shared >= LEVEL * height[index]) & (height >= FLAT_HAT * (right - left))
    return bool((alike & (gap >= 0) & (gap <= height[index])).any())


def joined(labels: Labels) -> Labels:
    """Labels in which shapes above each other are one: the hat of a 5 and its body."""
    extents = extents_of(labels)
    if len(extents) < 2:
        return labels
    left, top, right, bottom = extents.T
    tall = bottom - top >= TALL * (bottom - top).max()
    shared = np.minimum.outer(right, right) - np.maximum.outer(left, left)
    narrower = np.minimum.outer(right - left, right - left)
    together = (shared >= JOIN_OVERLAP * narrower) & ~np.logical_and.outer(tall, tall)
    numbers = np.zeros(len(extents) + 1, dtype=np.int32)
    for number, group in enumerate(connected(together), start=1):
        numbers[np.add(group, 1)] = number
    return numbers[labels]


def has_stack(shapes: NDArray[np.float64], parts: NDArray[np.float64]) -> bool:
    """Whether a part is a column of lying shapes, as the digits of a page on its side are.

    The pieces of a broken digit stand up, or are not as wide as the digit.

    Args:
        shapes: (n, 4) left, top, right, bottom of what is in a line.
        parts: (m, 4) the same of its parts, in the same unit.
    """
    width, height = (shapes[:, 2:] - shapes[:, :2]).T
    middle = shapes[:, [0, 2]].mean(axis=1)
    lies = height <= LYING * width
    for left, top, right, bottom in parts:
        of_part = lies & (left < middle) & (middle < right) & (width >= STACKED * (right - left))
        is_column = bottom - top > LYING_PAGE * (right - left)
        if is_column and np.count_nonzero(of_part) >= FEWEST_LYING:
            return True
    return False
