"""From a shape of ink, as a photo shows it, to the 28×28 that the network reads.

A pen may be thin or thick: the shape is thinned to its centre line, and that is drawn with the
same pen as strokes are. So a photo of a drawing and the drawing itself give nearly one picture.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.ink import SIDE
from mnist_desktop.ink.normalise import BOX, PEN, drawn_centred

HEIGHT = 96
"""Pixels of a shape's longer side while it is thinned: 5 for each of the 20 of the result."""

SMOOTHING = 0.15
"""Standard deviation of the smoothing of its outline, as a part of the pen's width."""

SPUR = 0.6
"""A side branch of the centre line is a roughness of the outline if it is no longer than this
part of the pen's width."""


def picture_of_shape(shape: NDArray[np.bool_], width: float | None = None) -> NDArray[np.uint8]:
    """A shape as one digit, normalised as strokes are: (h, w) bool → (28, 28) uint8.

    An empty shape gives an empty picture.

    Args:
        width: of its pen, where that is known: it takes long to measure.
    """
    if not shape.any():
        return np.zeros((SIDE, SIDE), dtype=np.uint8)
    line = centreline(_at_working_size(shape, width or pen_width(shape)))
    points = np.argwhere(line)[:, ::-1].astype(np.float64)
    low, high = points.min(axis=0), points.max(axis=0)
    # A dot has no extent.
    points = (points - (low + high) / 2) * ((BOX - PEN) / max((high - low).max(), 1.0))
    return drawn_centred(points + (SIDE - 1) / 2)


def _at_working_size(shape: NDArray[np.bool_], width: float) -> NDArray[np.bool_]:
    """The shape cropped, scaled to ``HEIGHT``, its outline smoothed, one pixel of paper around."""
    from scipy import ndimage

    rows, columns = (np.flatnonzero(shape.any(axis=axis)) for axis in (1, 0))
    cropped = shape[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    factor = HEIGHT / max(cropped.shape)
    margin = int(np.ceil(4 / factor)) + 1
    ink = np.pad(cropped, margin).astype(np.float32)
    if width * factor < 1:  # a line would fall between the pixels
        ink = ndimage.maximum_filter(ink, int(np.ceil(1 / factor)))
    blur = SMOOTHING * width
    ink = ndimage.gaussian_filter(ink, np.clip(blur, min(0.4 / factor, 0.3), 3 / factor))
    scaled: NDArray[np.float32] = ndimage.zoom(
        ink, factor, order=1, grid_mode=True, mode="grid-constant"
    )
    # Smoothed, a dot of one pixel is nowhere half as dark as it was.
    return scaled > min(0.5, 0.9 * float(scaled.max()))


def pen_width(shape: NDArray[np.bool_]) -> float:
    """The typical width of a shape's lines, in pixels: four times the mean depth inside it."""
    from scipy import ndimage

    depth = ndimage.distance_transform_edt(np.pad(shape, 1))
    # In a line of width w the depth runs evenly from 0 to w/2; pixels begin at half a pixel.
    return max(1.0, 4.0 * float(depth[depth > 0].mean() - 0.5))


def centreline(shape: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The line of one pixel's width in the middle of a shape, its short side branches cut off."""
    width = pen_width(shape)
    return without_spurs(thinned(shape), round(SPUR * width))


def thinned(shape: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """A shape worn off from all sides until only lines are left (Guo and Hall 1989, method A1).

    Unlike Zhang's and Suen's better known method it keeps slanting lines of two pixels' width,
    and a dot.
    """
    ink = np.pad(shape, 1)
    worn_before = True
    while True:
        worn_any = False
        for needless in _needless():
            worn = needless[_codes(ink)]
            ink[1:-1, 1:-1] ^= worn
            worn_any |= bool(worn.any())
        if not worn_any and not worn_before:
            return ink[1:-1, 1:-1]
        worn_before = worn_any


def _codes(padded: NDArray[np.bool_]) -> NDArray[np.signedinteger]:
    """Each pixel and its neighbours as a number of nine bits, of which the pixel itself is the
    fifth; the padding is cut off.
    """
    bits = padded.astype(np.int16)
    rows = bits[:, :-2] | bits[:, 1:-1] << 1 | bits[:, 2:] << 2
    codes: NDArray[np.signedinteger] = rows[:-2] | rows[1:-1] << 3 | rows[2:] << 6
    return codes


@cache
def _needless() -> list[NDArray[np.bool_]]:
    """For either half, whether a pixel of each code is ink that can be worn: (512,) each."""
    codes = np.arange(512)
    nw, n, ne, w, ink, e, sw, s, se = (codes >> bit & 1 == 1 for bit in range(9))
    return [ink & _can_be_worn((n, ne, e, se, s, sw, w, nw), half) for half in (0, 1)]


def _can_be_worn(around: tuple[NDArray[np.bool_], ...], half: int) -> NDArray[np.bool_]:
    """Pixels at the south-east (half 0) or north-west (half 1) that no line needs."""
    n, ne, e, se, s, sw, w, nw = around
    pieces = _count(~n & (ne | e), ~e & (se | s), ~s & (sw | w), ~w & (nw | n))
    sides = np.minimum(
        _count(nw | n, ne | e, se | s, sw | w), _count(n | ne, e | se, s | sw, w | nw)
    )
    inner = (n | ne | ~se) & e if half == 0 else (s | sw | ~nw) & w
    worn: NDArray[np.bool_] = (pieces == 1) & (sides >= 2) & (sides <= 3) & ~inner
    return worn


def _count(*masks: NDArray[np.bool_]) -> NDArray[np.int8]:
    count: NDArray[np.int8] = np.sum(masks, axis=0, dtype=np.int8)
    return count


def without_spurs(line: NDArray[np.bool_], length: int) -> NDArray[np.bool_]:
    """A centre line without side branches of at most ``length`` pixels; its own ends stay whole.

    Its ends are worn off ``length`` times. What is left grows back along the line from the ends
    that it then has; a spur that is gone to its root has none there, and stays away.
    """
    if length < 1:
        return line
    from scipy import ndimage

    eight = np.ones((3, 3), dtype=bool)
    worn = line.copy()
    for _ in range(length):
        ends = _ends(worn)
        if not ends.any():
            return line
        worn &= ~ends
    if not worn.any():
        return line
    tips = _ends(worn)
    grown = tips
    for _ in range(length):
        grown = ndimage.binary_dilation(grown, eight) & line & (~worn | tips)
    # What was worn away whole, as a line no longer than a spur, is no branch of anything.
    labels, _count = ndimage.label(line, eight)
    lost = line & ~np.isin(labels, labels[worn])
    kept: NDArray[np.bool_] = worn | grown | lost
    return kept


def _ends(line: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Pixels of a line with at most one neighbour."""
    ends: NDArray[np.bool_] = line & (_count(*_neighbours(np.pad(line, 1))) <= 1)
    return ends


def _neighbours(padded: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], ...]:
    """The eight neighbours of each pixel, clockwise from above; the padding is cut off."""
    height, width = padded.shape
    places = ((-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1))
    return tuple(padded[1 + y : height - 1 + y, 1 + x : width - 1 + x] for y, x in places)
