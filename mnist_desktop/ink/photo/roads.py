"""Two roads from ink in a picture to the 28×28 that the network reads, and which is taken.

Where the pen is about as broad as MNIST's the ink itself is scaled; a thinner one is redrawn along
its centre line. Measured with pens of 0.4 to 5 of the result's pixels, drawn and scanned: scaling
is better from 1.5 on, and for broad pens by ten points and more, since a centre line fills small
loops; below it redrawing is. Keeping the surer of both is no better than that.

Scaled it is as MNIST's pictures were made (LeCun, Bottou, Bengio, Haffner 1998, §III.A): into a box
of 20×20, its proportions kept, the greys left by the scaling, and moved by whole pixels so that the
centre of mass is at the centre. So small holes and short stubs stay, which a centre line loses.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.ink import SIDE
from mnist_desktop.ink.normalise import CENTRE
from mnist_desktop.ink.photo.centreline import pen_width, picture_of_shape
from mnist_desktop.ink.photo.paper import means_of_squares

THINNEST = 1.5
"""A pen's width, in the result's pixels, from which ink is scaled as it is."""

FULL_INK = 85
"""The percentile of the darkness within a shape that is full ink."""

BOX = 20
"""Pixels of the box's side."""

AS_IT_IS = 18
"""Ink whose longer side has from so many pixels to ``BOX`` is not scaled at all."""

EDGE = 0.2
"""The box's sides are where the ink has this part of its full darkness."""

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


def scaled_ink(amount: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Ink as one digit: (h, w) float32, 0 for paper to 1 for full ink → (28, 28) uint8.

    Where there is no ink the picture is empty.
    """
    from PIL import Image

    field = np.zeros((SIDE, SIDE), dtype=np.float32)
    inked = amount > min(EDGE, 0.5 * float(amount.max(initial=0)))
    if not inked.any():
        return field.astype(np.uint8)
    rows, columns = (np.flatnonzero(inked.any(axis=axis)) for axis in (1, 0))
    top, bottom, left, right = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
    longer = max(bottom - top, right - left)
    scale = 1.0 if AS_IT_IS <= longer <= BOX else BOX / longer
    # A field's pixels around what is scaled: the greys beyond the box's sides are ink as well.
    margin = (SIDE - BOX) / 2 / scale
    middle_y, middle_x = (top + bottom) / 2, (left + right) / 2
    if scale == 1.0:
        # On whole pixels, so that each comes out as it went in.
        middle_y, middle_x = float(int(middle_y)), float(int(middle_x))
    reach = SIDE / 2 / scale
    pad = int(np.ceil(reach + margin)) + 1
    padded = np.pad(amount, pad)
    frame = (
        middle_x - reach + pad,
        middle_y - reach + pad,
        middle_x + reach + pad,
        middle_y + reach + pad,
    )
    way = Image.Resampling.BOX if scale <= 1 else Image.Resampling.BICUBIC
    scaled = np.asarray(Image.fromarray(padded).resize((SIDE, SIDE), way, box=frame))
    return _centred(np.clip(scaled, 0, 1))


def _centred(ink: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Moved by whole pixels so that the centre of mass is at the centre."""
    indices = np.arange(SIDE)
    mass = float(ink.sum()) or 1.0
    moves = [round(CENTRE - float(ink.sum(axis=axis) @ indices) / mass) for axis in (1, 0)]
    moved = np.pad(ink, SIDE)[
        SIDE - moves[0] : 2 * SIDE - moves[0], SIDE - moves[1] : 2 * SIDE - moves[1]
    ]
    return np.rint(moved * 255).astype(np.uint8)
