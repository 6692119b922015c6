"""Cards: surfaces amid a picture, which may be written on. A plot's pictures are such, too."""

from __future__ import annotations

import numpy as np

from mnist_desktop.ink.photo.paper import Mask

SURFACE, SIDE = 0.65, 0.7
"""What has that part of the box around it, and of each side, is all of that box: ink may run over
it."""

HOLE = 0.7
"""A zero's hole has at least this part of the box around it."""

MOST_OF_CARDS = 0.85
"""Several cards have no more than this part of the picture together."""

PIECE = 0.1
"""What has at least this part of the largest card's size is no title."""


def overrun(surface: Mask) -> Mask:
    """With what is on it: within, or so that it runs over a side of it here and there, as a digit
    does in a plot.
    """
    from scipy import ndimage

    filled = np.asarray(ndimage.binary_fill_holes(surface))
    # Without what sticks out, as a plot's ticks.
    rows, columns = (np.flatnonzero(surface.mean(axis=axis) >= 0.5) for axis in (1, 0))
    if not len(rows) or not len(columns):
        return filled
    box = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    inner = surface[box]
    sides = inner[0], inner[-1], inner[:, 0], inner[:, -1]
    if inner.mean() >= SURFACE and all(side.mean() >= SIDE for side in sides):
        filled[box] = True
    return filled


def hole_in(surface: Mask, tone: Mask) -> float:
    """How large what is on a surface is, as a part of that in height or width, if it may be a
    zero's hole: it fills the box around it, and has nothing within. Else 0.
    """
    from scipy import ndimage

    inside = ndimage.binary_fill_holes(surface) & ~tone
    rows, columns = (np.flatnonzero(inside.any(axis=axis)) for axis in (1, 0))
    if not len(rows) or ndimage.binary_fill_holes(inside).sum() > inside.sum():
        return 0.0
    sides = np.array([np.ptp(rows) + 1, np.ptp(columns) + 1])
    return float((sides / inside.shape).min()) if inside.sum() > HOLE * sides.prod() else 0.0


def together(cards: list[tuple[Mask, bool]], tone: Mask) -> list[Mask]:
    """Several cards as one sheet: a plot's pictures. Else none: cells have but lines in between,
    zeros each a hole, and of a picture that something runs across there are pieces left over.
    """
    from scipy import ndimage

    if len(cards) < 2 or all(has_hole for _, has_hole in cards):
        return []
    union = np.logical_or.reduce([card for card, _ in cards])
    labels, _ = ndimage.label(tone & ~union)
    left_over = int(np.bincount(labels.ravel())[1:].max(initial=0))
    largest = max(int(card.sum()) for card, _ in cards)
    return [union] if union.mean() <= MOST_OF_CARDS and left_over < PIECE * largest else []
