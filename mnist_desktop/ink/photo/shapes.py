"""Connected ink in a picture, each shape by the box around it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.ink.photo.joining import HAT, HAT_GAP, JOIN_OVERLAP, extents_of
from mnist_desktop.ink.photo.paper import Mask
from mnist_desktop.ink.photo.rules import EIGHT

FLAT = 0.2
"""A bar is no higher than this part of its width."""

EVEN = 3.0
"""What is nowhere higher than so many times what it is in most of its columns is a mere line."""

HAT_FLAT, HAT_WIDTH = 0.7, 1.5
"""The hat of a 5 or the bar of a 7 that is drawn apart is lower than that part of its own width,
and at most so many times as wide as what is under it; how low and how close, see ``joining``."""

MAX_SHAPES = 2000
"""A picture of more is no line of digits, and nobody misses its specks."""


class Shapes:
    """Connected ink, each shape by its box: rows and columns, (n,) each."""

    def __init__(self, ink: Mask) -> None:
        from scipy import ndimage

        self.ink = ink
        self.labels, self.count = ndimage.label(ink, EIGHT)
        self.left, self.top, self.right, self.bottom = extents_of(self.labels).T
        self.height, self.width = self.bottom - self.top, self.right - self.left
        self.extent = np.maximum(self.height, self.width)

    def kept(self, keep: NDArray[np.bool_]) -> Mask:
        """Ink of some of the shapes."""
        if keep.all():
            return self.ink
        kept: Mask = np.concatenate([[False], keep])[self.labels]
        return kept

    def touching(self) -> NDArray[np.bool_]:
        """(n,) which of them touch an edge of the picture."""
        height, width = self.ink.shape
        upright, across = (self.top == 0) | (self.bottom == height), self.left == 0
        return np.asarray(upright | across | (self.right == width))

    def columns_of(self, index: int, left: float = 0, right: float = np.inf) -> Mask:
        """What is of a shape between two columns, in the rows of its box."""
        columns = slice(
            int(max(left, self.left[index])), int(max(left, min(right, self.right[index])))
        )
        rows = slice(int(self.top[index]), int(self.bottom[index]))
        return np.asarray(self.labels[rows, columns] == index + 1)

    def shared_width(self, index: int) -> NDArray[np.float64]:
        """(n,) how many columns a shape's box shares with those of all; negative: are between."""
        left, right = self.left, self.right
        return np.asarray(np.minimum(right[index], right) - np.maximum(left[index], left))

    def shared_height(self, index: int) -> NDArray[np.float64]:
        """(n,) the same of rows."""
        top, bottom = self.top, self.bottom
        return np.asarray(np.minimum(bottom[index], bottom) - np.maximum(top[index], top))

    def is_thin(self, index: int) -> bool:
        """Whether a shape is nowhere much higher than elsewhere: a line, and nothing on it."""
        ink = self.columns_of(index)
        spans = len(ink) - ink.argmax(axis=0) - ink[::-1].argmax(axis=0)
        return bool(spans.max() <= EVEN * np.median(spans))

    def is_hat(self, index: int, bodies: NDArray[np.bool_]) -> bool:
        """Whether a shape is the hat of one of some, and not nearer to another above it."""
        narrower = np.minimum(self.width[index], self.width)
        near = bodies & (self.shared_width(index) >= JOIN_OVERLAP * narrower)
        gap = self.top - self.bottom[index]
        body = near & (self.top > self.top[index]) & (self.height[index] < HAT * self.height)
        body &= gap <= HAT_GAP * (self.bottom - self.top[index])
        body &= self.width[index] <= HAT_WIDTH * self.width
        above = self.top[index] - self.bottom[near & (self.top < self.top[index])]
        is_flat = self.height[index] < HAT_FLAT * self.width[index]
        return bool(is_flat and body.any() and gap[body].min() < above.min(initial=np.inf))

    def main_height(self) -> float:
        """The height of most of the ink: each shape counts by the area of its box."""
        upright = self.height > FLAT * self.width
        upright = upright if upright.any() else np.ones(self.count, dtype=np.bool_)
        heights, areas = self.height[upright], (self.height * self.width)[upright]
        order = np.argsort(heights)
        middle = np.searchsorted(np.cumsum(areas[order]), areas.sum() / 2)
        return float(heights[order[min(middle, len(order) - 1)]])
