"""Which ink between digits is a sign: ``.`` ``,`` ``-`` ``/`` ``:`` ``+``, another one, or a speck.

A point is told by its size and place, a stroke by how it slants, a plus by its cross. So signs are
told from boxes and pictures that strokes and photos have alike, by a multinomial logistic
regression over a few measures; unreadable ones also by how unsure the network is. Knows neither
torch nor Qt.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.ink import SIDE
from mnist_desktop.ink.lines import around
from mnist_desktop.ink.segment import line_height
from mnist_desktop.ink.sign_weights import WEIGHTS

SPECK = "·"
"""Ink that means nothing: where the pen touched the paper by mistake."""

UNREADABLE = "?"
"""A sign that is none of those, such as ``=`` ``*`` ``<`` or a quotation mark."""

EQUALS, QUOTE = UNREADABLE_CLASSES = "=", "'"
"""Unreadable signs as they are told: by their size and shape, or as what is small and high."""

DIGIT = "digit"

CLASSES = (DIGIT, ".", ",", "-", "/", ":", "+", SPECK, *UNREADABLE_CLASSES)
"""In the order of the probabilities. What is a digit says the network."""

TALL = 0.5
"""Parts of at least this share of the line's height show where the digits of a line stand."""

ARM = 2
"""Pixels: half the width of a plus's arms, with some room for those that are not straight."""

_WITHIN_ARM = np.abs(np.subtract.outer(np.arange(SIDE), np.arange(SIDE))) <= ARM
"""(28, 28) which rows, or columns, are in an arm along which one."""


class _Around:
    """The digits to the left and to the right of each group: (g,) each.

    They are the nearest that are tall, so a slanting line is followed. Where there is none on one
    side, that on the other stands for both; a group with nothing tall beside it is its own
    neighbour.
    """

    def __init__(self, boxes: NDArray[np.float64], groups: NDArray[np.intp]) -> None:
        heights = boxes[:, 3] - boxes[:, 1]
        tall = np.flatnonzero(heights >= TALL * heights.max())
        first, last = groups.T
        before, after = np.searchsorted(tall, first) - 1, np.searchsorted(tall, last)
        has_left, has_right = before >= 0, after < len(tall)
        before, after = np.where(has_left, before, after), np.where(has_right, after, before)
        none = ~has_left & ~has_right
        own = _boxes_of(boxes, groups)
        both = [
            np.where(none[:, None], own, boxes[tall[side.clip(0, len(tall) - 1)]])
            for side in (before, after)
        ]
        least = line_height(boxes) / 10
        self.bases = [box[:, 3] for box in both]
        self.heights = [np.maximum(box[:, 3] - box[:, 1], least) for box in both]
        self.base, self.height = sum(self.bases) / 2, sum(self.heights) / 2
        # To the nearest ink, tall or not.
        reach = np.maximum.accumulate(boxes[:, 2])[np.maximum(first - 1, 0)]
        begin = np.minimum.accumulate(boxes[::-1, 0])[::-1][np.minimum(last, len(boxes) - 1)]
        self.left_gap = np.where(first > 0, own[:, 0] - reach, self.height) / self.height
        self.right_gap = np.where(last < len(boxes), begin - own[:, 2], self.height) / self.height


def without_pen(boxes: NDArray[np.float64], pen: float) -> NDArray[np.float64]:
    """Boxes, (n, 4), around the middles of lines instead of around the lines, of that width."""
    low, high = boxes[:, :2], boxes[:, 2:]
    inset = np.minimum(pen, high - low) / 2
    return np.concatenate([low + inset, high - inset], axis=1)


def sign_probabilities(
    pictures: NDArray[np.uint8],
    boxes: NDArray[np.float64],
    groups: NDArray[np.intp],
    sureness: NDArray[np.floating],
) -> NDArray[np.float64]:
    """How likely each group of parts is a sign: (g, 10), in the order of ``CLASSES``.

    Args:
        pictures: (g, 28, 28) uint8, of the groups, as the network sees them.
        boxes: (n, 4) float64: left, top, right, bottom of each part, from left to right.
        groups: (g, 2): parts from the first number to before the second.
        sureness: (g,) 0 to 1, of the network that each group is some digit.
    """
    scores = measures(pictures, boxes, groups, sureness) @ WEIGHTS
    likely = np.exp(scores - scores.max(axis=1, keepdims=True))
    probabilities: NDArray[np.float64] = likely / likely.sum(axis=1, keepdims=True)
    return probabilities


def measures(
    pictures: NDArray[np.uint8],
    boxes: NDArray[np.float64],
    groups: NDArray[np.intp],
    sureness: NDArray[np.floating],
) -> NDArray[np.float64]:
    """What signs are told by, see ``sign_probabilities``: (g, 24), most of it within -1 and 2."""
    digits = _Around(boxes, groups)
    base, height = digits.base, digits.height
    own = _boxes_of(boxes, groups)
    width, tall = ((own[:, 2:] - own[:, :2]) / height[:, None]).clip(0, 1.6).T
    centre = (own[:, 1] + own[:, 3]) / 2
    middle = ((base - centre) / height).clip(-0.5, 1.5)
    left, right = (
        ((side - centre) / high).clip(-0.5, 1.5)
        for side, high in zip(digits.bases, digits.heights, strict=True)
    )
    bottom = ((base - own[:, 3]) / height).clip(-0.6, 1)
    larger = np.maximum(width, tall)
    flat, upright, turned, thin, gap, cross, both = _shapes(pictures)
    return np.stack(
        [
            np.ones_like(width),
            larger,
            larger**2,
            np.exp(-larger / 0.1),
            width,
            tall,
            middle,
            middle**2,
            bottom,
            left,
            left**2,
            right,
            right**2,
            digits.left_gap.clip(-0.3, 0.4),
            digits.right_gap.clip(-0.3, 0.4),
            (tall - width) / (larger + 0.05),
            flat,
            upright,
            turned,
            thin,
            gap,
            cross,
            both,
            (1 - sureness) * (1 - thin),
        ],
        axis=1,
    )


def _boxes_of(boxes: NDArray[np.float64], groups: NDArray[np.intp]) -> NDArray[np.float64]:
    """(g, 4) around each group."""
    return np.array([around(boxes[first:last]) for first, last in groups]).reshape(-1, 4)


def _shapes(pictures: NDArray[np.uint8]) -> tuple[NDArray[np.float64], ...]:
    """(g,) each, 0 to 1 or -1 to 1, of pictures that are centred by their mass."""
    ink = pictures.astype(np.float64) / 255
    mass = np.maximum(ink.sum(axis=(1, 2)), 1.0)
    rows, columns = ink.sum(axis=2), ink.sum(axis=1)
    away = np.arange(SIDE) - SIDE / 2
    vertical, horizontal = rows @ away**2 / mass, columns @ away**2 / mass
    mixed = ((ink @ away) @ away) / mass
    spread = np.maximum(vertical + horizontal, 1.0)
    turn = np.hypot(vertical - horizontal, 2 * mixed)
    thin = turn / spread  # 1 for a straight line, 0 for what is round
    # Rows without ink between others that have some, as between the dots of a colon.
    middle = slice(SIDE // 2 - 3, SIDE // 2 + 3)
    gap = 1 - rows[:, middle].min(axis=1).clip(0, 1)
    # What lies along the column and the row that hold most ink: all of a plus.
    in_column, in_row = _fullest(columns), _fullest(rows)
    stem = (ink * (in_column[:, None] & ~in_row[:, :, None])).sum(axis=(1, 2)) / mass
    bar = (ink * (in_row[:, :, None] & ~in_column[:, None])).sum(axis=(1, 2)) / mass
    rest = (ink * (~in_row[:, :, None] & ~in_column[:, None])).sum(axis=(1, 2)) / mass
    return (
        (horizontal - vertical) / spread,
        thin * np.maximum(vertical - horizontal, 0) / spread,
        -2 * mixed / spread,  # 1 for what rises to the right at 45 degrees
        thin,
        gap,
        (1 - rest) ** 4,
        2 * np.minimum(stem, bar) * _amid(in_row, rows),
    )


def _fullest(sums: NDArray[np.float64]) -> NDArray[np.bool_]:
    """(n, 28) which rows or columns are near that around which there is most ink."""
    near: NDArray[np.bool_] = _WITHIN_ARM[(sums @ _WITHIN_ARM.astype(float)).argmax(axis=1)]
    return near


def _amid(arm: NDArray[np.bool_], rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n,) 1 where the middle of an arm, (n, 28) rows, is amid those with ink, 0 at their ends: it
    is the foot of a 1 there.
    """
    inked = rows > 0
    first, last = inked.argmax(axis=1), SIDE - 1 - inked[:, ::-1].argmax(axis=1)
    at = arm @ np.arange(SIDE) / arm.sum(axis=1)
    away = np.abs(2 * at - first - last) / np.maximum(last - first, 1)
    amid: NDArray[np.float64] = (2 - 2 * away).clip(0, 1)
    return amid
