"""Rings drawn around what is written, as an answer is marked."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.ink.photo.centreline import pen_width
from mnist_desktop.ink.photo.rules import EIGHT, Mask
from mnist_desktop.ink.photo.shapes import MAX_SHAPES

LEAST = 16
"""Pixels of a ring's shorter side."""

HOLLOW, LINE = 0.3, 1.5
"""A closed ring leaves that part of its box empty, and is so many pens wide at the most: what is
further in was written there, though it touches the ring."""

BAND, SHARE = (0.7, 1.35), 0.95
"""That share of a ring's ink is so far from its centre, where 1 is on the ellipse of the same
moments. Its ends need not meet."""

WITHIN, AMID, CRUMB = 0.4, 0.4, 0.5
"""What is written in a ring is as high or as wide as the first part of it, and its middle no
further from the ring's than the second: the dot in a zero is not, nor where its ends cross. What
is smaller than the third part of the largest does not count."""

STRAIGHT, LEANING, NARROW = 0.2, (0.5, 3.0), 0.8
"""A straight stroke, no broader than that part of its length, is the slash of a zero if it leans to
the right by so much, as x moved for each y, or the ring is narrower than that part of its height;
else it is a 1, or a bar."""


def without_rings(ink: Mask) -> Mask:
    """Without rings around other ink; if they are closed, it may touch them."""
    from scipy import ndimage

    labels, count = ndimage.label(ink, EIGHT)
    if count > MAX_SHAPES:
        return ink
    found = ink.copy()
    for number, window in enumerate(ndimage.find_objects(labels), start=1):
        shape = labels[window] == number
        if min(shape.shape) < LEAST:
            continue
        ring = _outline(shape)
        if _is_around(ring, ink[window] & ~ring):
            found[window] &= ~ring
    return found


def _outline(shape: Mask) -> Mask:
    """What lies at the outside of a shape that encloses much; of others, all of it."""
    from scipy import ndimage

    filled = ndimage.binary_fill_holes(shape)
    if np.count_nonzero(filled & ~shape) < HOLLOW * shape.size:
        return shape
    depth = ndimage.distance_transform_edt(np.pad(filled, 1))[1:-1, 1:-1]
    outline: Mask = shape & (depth <= LINE * pen_width(shape))
    return outline


def _is_around(ring: Mask, rest: Mask) -> bool:
    """Whether some ink is a ring, and what is written in it is among the rest."""
    from scipy import ndimage

    places = np.argwhere(ring)
    centre, spread = places.mean(axis=0), np.cov(places.T)
    if not rest.any() or np.linalg.det(spread) <= 0:
        return False
    # The variances of an ellipse's outline are half the squares of its half axes.
    to_circle = np.linalg.inv(np.linalg.cholesky(2 * spread)).T
    away = np.linalg.norm((places - centre) @ to_circle, axis=1)
    if np.mean((away > BAND[0]) & (away < BAND[1])) < SHARE:
        return False
    labels, _ = ndimage.label(rest, EIGHT)
    shapes = [
        np.argwhere(labels[window] == number) + [side.start for side in window] - centre
        for number, window in enumerate(ndimage.find_objects(labels), start=1)
    ]
    inside = [shape for shape in shapes if np.linalg.norm(shape @ to_circle, axis=1).max() < 1]
    lengths = [np.ptp(shape, axis=0).max() for shape in inside]
    large = [
        shape
        for shape, length in zip(inside, lengths, strict=True)
        if length >= CRUMB * max(lengths)
    ]
    if not large:
        return False
    written, (high, wide) = np.concatenate(large), ring.shape
    is_large = (np.ptp(written, axis=0) >= [WITHIN * high, WITHIN * wide]).any()
    is_amid = np.linalg.norm(written.mean(axis=0) @ to_circle) < AMID
    is_narrow = wide < NARROW * high
    return bool(is_large and is_amid and not any(_is_slash(one, is_narrow) for one in large))


def _is_slash(places: NDArray[np.float64], is_narrow: bool) -> bool:
    """Whether what is in a ring is the slash of a zero.

    Args:
        places: (n, 2) row and column of each pixel.
    """
    variances, axes = np.linalg.eigh(np.cov(places.T))
    down, right = axes[:, 1]
    is_straight = variances[0] < STRAIGHT**2 * variances[1]
    is_leaning = LEANING[0] * abs(down) < -right * np.sign(down) < LEANING[1] * abs(down)
    return bool(is_straight and (is_narrow or is_leaning))
