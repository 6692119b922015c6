"""From ink with its greys to the 28×28 that the network reads, where the pen is MNIST's own.

MNIST's pictures were made so themselves (LeCun, Bottou, Bengio, Haffner 1998, §III.A): scaled into
a box of 20×20, their proportions kept, the greys left by the scaling, and moved by whole pixels so
that the centre of mass is at the centre. So small holes and short stubs stay, which a centre line
loses.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.ink import SIDE
from mnist_desktop.ink.normalise import CENTRE

BOX = 20
"""Pixels of the box's side."""

AS_IT_IS = 18
"""Ink whose longer side has from so many pixels to ``BOX`` is not scaled at all."""

EDGE = 0.2
"""The box's sides are where the ink has this part of its full darkness."""


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
