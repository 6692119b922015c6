"""Two roads from ink in a picture to the 28×28 that the network reads, and which is taken.

Where the pen is about as broad as MNIST's the ink itself is scaled; a thinner one is redrawn along
its centre line. Measured with pens of 0.4 to 5 of the result's pixels, drawn and scanned: scaling
is better from 1.5 on, and for broad pens by ten points and more, since a centre line fills small
loops; below it redrawing is. Keeping the surer of both is no better than that.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.ink.photo.centreline import pen_width, picture_of_shape
from mnist_desktop.ink.photo.inked import BOX, scaled_ink
from mnist_desktop.ink.photo.paper import means_of_squares

THINNEST = 1.5
"""A pen's width, in the result's pixels, from which ink is scaled as it is."""

FULL_INK = 85
"""The percentile of the darkness within a shape that is full ink."""

SLACK = 1
"""Pixels around a shape whose greys belong to it."""


def picture_of_ink(
    shape: NDArray[np.bool_], others: NDArray[np.bool_], darkness: NDArray[np.uint8], scale: int
) -> NDArray[np.uint8]:
    """Ink as one digit, normalised: (28, 28) uint8.

    Args:
        shape: (h * scale, w * scale), its ink.
        others: (h * scale, w * scale), ink that is not its own.
        darkness: (h, w), 0 for paper to 255; how dark full ink is does not matter.
        scale: how many of the shape's pixels, along a side, each of ``darkness`` has.
    """
    rows, columns = (np.flatnonzero(shape.any(axis=axis)) for axis in (1, 0))
    if not len(rows):
        return picture_of_shape(shape)
    longer = max(np.ptp(rows), np.ptp(columns)) + 1
    if (width := pen_width(shape)) * BOX / longer < THINNEST:
        return picture_of_shape(shape, width)
    return scaled_ink(_amount(shape, others, darkness, scale))


def _amount(
    shape: NDArray[np.bool_], others: NDArray[np.bool_], darkness: NDArray[np.uint8], scale: int
) -> NDArray[np.float32]:
    """How much of each pixel is the shape's ink: (h, w) float32, 0 to 1."""
    from scipy import ndimage

    own, foreign = (means_of_squares(mask, scale) for mask in (shape, others))
    near = ndimage.maximum_filter(own, 2 * SLACK + 1) > 0
    near &= foreign <= own
    inside = darkness[own > 0.5]
    inside = inside if len(inside) else darkness[own > 0]
    full = max(1.0, float(np.percentile(inside, FULL_INK)))
    amount: NDArray[np.float32] = np.where(near, np.minimum(darkness / full, 1), 0)
    return amount.astype(np.float32)
