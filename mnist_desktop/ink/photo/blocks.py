"""Pictures that were enlarged in blocks, as programs do that show pixels."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FEWEST, FEWEST_TONES = 8, 5
"""Pixels of the shorter side before it was enlarged, at least: scikit-learn's digits have so many.
What is made of less, or of fewer tones, is a drawing of rectangles."""


def without_blocks(grey: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], int]:
    """The pixels that a picture of blocks was made of, and the blocks' side in its own pixels.

    Its corners say nothing of the ink's form, and so between the pixels it had better be smooth.
    A picture that has no blocks is returned as it is, with 1.
    """
    borders = [np.flatnonzero(np.diff(grey, axis=axis).any(axis=1 - axis)) + 1 for axis in (0, 1)]
    side = int(np.gcd.reduce([*grey.shape, *borders[0], *borders[1]]))
    pixels = grey[::side, ::side]
    if side == 1 or min(pixels.shape) < FEWEST or len(np.unique(pixels)) < FEWEST_TONES:
        return grey, 1
    return pixels.copy(), side
