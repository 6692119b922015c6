"""Rings drawn around what is written, in the ink of a picture."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from mnist_desktop.ink.photo.centreline import pen_width
from mnist_desktop.ink.photo.paper import Mask
from mnist_desktop.ink.photo.rules import EIGHT, large_windows
from mnist_desktop.ink.photo.shapes import MAX_SHAPES
from mnist_desktop.ink.rings import Places, is_around

HOLLOW, LINE = 0.3, 1.5
"""A closed ring leaves that part of its box empty, and is so many pens wide at the most: what is
further in was written there, though it touches the ring."""


def without_rings(ink: Mask) -> Mask:
    """Without rings around other ink; if they are closed, it may touch them."""
    from scipy import ndimage

    labels, count = ndimage.label(ink, EIGHT)
    if count > MAX_SHAPES:
        return ink
    found = ink.copy()
    for number, window in large_windows(labels):
        shape = labels[window] == number
        ring = _outline(shape)
        rest = ink[window] & ~ring
        if rest.any() and is_around(_places(ring), _places_of_shapes(rest)):
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


def _places(ink: Mask) -> Places:
    """(n, 2) x and y of each pixel."""
    return np.argwhere(ink)[:, ::-1].astype(float)


def _places_of_shapes(ink: Mask) -> Iterator[Places]:
    from scipy import ndimage

    labels, _ = ndimage.label(ink, EIGHT)
    for number, window in enumerate(ndimage.find_objects(labels), start=1):
        yield np.add(_places(labels[window] == number), [window[1].start, window[0].start])
