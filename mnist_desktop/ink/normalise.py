"""The one road from a drawing to the 28×28 that the network reads.

MNIST's convention (LeCun, Bottou, Bengio, Haffner 1998, §III.A): the ink is scaled, its
proportions kept, into a box of 20×20 pixels, and then moved so that its centre of mass is at the
centre of a field of 28×28.

The picture is made from the strokes' lines and not from pixels on a screen, with one pen for
everything. So the place on the canvas, the size, the pen's width and the screen's resolution
cannot change what is read.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.ink import SIDE
from mnist_desktop.ink.strokes import Drawing, length_of

NORMALISATION_VERSION = 2
"""Goes up whenever the same drawing gives another picture: a model remembers what it was
measured with."""

BOX = 19.7
"""The side of the box that holds the ink, in the picture's pixels, as all lengths below."""

CENTRE = 14.0
"""Where the centre of mass goes, as a pixel index: MNIST's pictures have it at (14.0, 14.0)."""

PEN = 2.55
"""The pen's width. With it and EDGE, the ink is as thick and as soft as MNIST's in the mean."""

EDGE = 1.1
"""Width of the grey edge from full ink to paper."""

REACH = 2
"""How many pixels around its own a point can ink: up to PEN / 2 + EDGE / 2 away."""

MARGIN = 16
"""Pixels around the field into which ink may fall that is outside of it."""

SPACING = 0.25
"""Distance of the points that stand for a line."""

SMOOTHING = 0.6
"""Standard deviation, along the line, of the smoothing that takes out the steps of whole-pixel
mouse positions and a shaking hand."""

MAX_POINTS = 2000
"""A scribble of more ink than this is drawn with points further apart."""

STRAY_EXTENT = 0.12
"""A stroke shorter than this part of the drawing is a stray dot if it lies apart."""

STRAY_GAP = 0.10
"""How far apart, as a part of the drawing."""

Lines = list[NDArray[np.float64]]


def normalise(drawing: Drawing) -> NDArray[np.uint8]:
    """The picture a network reads: (28, 28) uint8, 0 for paper to 255 for full ink.

    A drawing without strokes gives an empty picture.
    """
    lines = [stroke.points for stroke in drawing.strokes]
    if not lines:
        return np.zeros((SIDE, SIDE), dtype=np.uint8)
    strays = stray_dots(drawing.boxes)
    return drawn_centred(
        _fit_into_box([line for line, stray in zip(lines, strays, strict=True) if not stray])
    )


def drawn_centred(points: NDArray[np.float64]) -> NDArray[np.uint8]:
    """A pen's ink at points, (n, 2) in pixels, moved so that its centre of mass is at CENTRE.

    Every picture, from strokes or from a photo, is drawn here: (28, 28) uint8, 255 for full ink.
    """
    ink = _ink(points)
    indices = np.arange(SIDE)
    mass = ink.sum()
    centre_of_mass = np.array([(ink.sum(axis=0) @ indices), (ink.sum(axis=1) @ indices)]) / mass
    return np.rint(_ink(points + CENTRE - centre_of_mass) * 255).astype(np.uint8)


def stray_dots(boxes: NDArray[np.float64]) -> NDArray[np.bool_]:
    """(n,) which of n ≥ 1 strokes are small and lie apart from the rest; never all.

    MNIST scales the bounding box, so one touch of the pen beside a digit would shrink the digit.
    A dot within or near the rest, as in a dotted zero, stays.

    Args:
        boxes: (n, 4) left, top, right, bottom of each stroke.
    """
    if len(boxes) == 1:  # most drawings, in no time
        return np.zeros(1, dtype=np.bool_)
    lows, highs = boxes[:, :2], boxes[:, 2:]
    extents = (highs - lows).max(axis=1)
    large = extents >= STRAY_EXTENT * extents.max()
    low, high = lows[large].min(axis=0), highs[large].max(axis=0)
    gaps = np.maximum(low - highs, lows - high).max(axis=1)
    strays: NDArray[np.bool_] = ~large & (gaps > STRAY_GAP * (high - low).max())
    return strays


def _fit_into_box(lines: Lines) -> NDArray[np.float64]:
    """Points along all lines, (k, 2) in pixels, the inked box in the picture's middle."""
    rough = _scale_to(BOX, lines)
    length = sum(map(length_of, rough))
    spacing = max(SPACING, length / MAX_POINTS)
    smooth = [_smooth(resample(line, spacing), spacing) for line in rough]
    points: NDArray[np.float64] = np.concatenate(_scale_to(BOX - PEN, smooth))
    points += (SIDE - 1) / 2 - (points.min(axis=0) + points.max(axis=0)) / 2
    return points


def _scale_to(extent: float, lines: Lines) -> Lines:
    """The lines, their larger extent scaled to ``extent``; a single dot stays one."""
    everything = np.concatenate(lines)
    low, high = everything.min(axis=0), everything.max(axis=0)
    larger = (high - low).max() or 1.0
    return [(line - low) / larger * extent for line in lines]


def resample(line: NDArray[np.float64], spacing: float) -> NDArray[np.float64]:
    """Points at even distances, at most ``spacing``, along a line; its ends stay."""
    steps = np.hypot(*np.diff(line, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(steps)])
    count = max(2, int(np.ceil(along[-1] / spacing)) + 1)
    wanted = np.linspace(0.0, along[-1], count)
    return np.stack([np.interp(wanted, along, line[:, axis]) for axis in (0, 1)], axis=1)


def _smooth(line: NDArray[np.float64], spacing: float) -> NDArray[np.float64]:
    """A line of evenly spaced points, smoothed; its ends stay where they are."""
    reach = int(3 * SMOOTHING / spacing)
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) * spacing / SMOOTHING) ** 2)
    kernel /= kernel.sum()
    # Mirrored through its ends, a line keeps them under a symmetric kernel.
    if len(line) > reach:  # the same by hand, in a tenth of the time
        before, after = line[reach:0:-1], line[-2 : -reach - 2 : -1]
        padded = np.concatenate([2 * line[:1] - before, line, 2 * line[-1:] - after])
    else:
        padded = np.pad(line, ((reach, reach), (0, 0)), mode="reflect", reflect_type="odd")
    return np.stack([np.convolve(padded[:, axis], kernel, "valid") for axis in (0, 1)], axis=1)


def _ink(points: NDArray[np.float64]) -> NDArray[np.float32]:
    """A round pen's ink at points: (28, 28) float32, 0 to 1, by distance to the nearest point.

    Only the few pixels around each point are looked at: it cannot ink those further away.
    """
    places = points.astype(np.float32)[:, None, :]
    near = np.rint(places) + np.arange(-REACH, REACH + 1, dtype=np.float32)[:, None]
    squares = (near - places) ** 2
    side = SIDE + 2 * MARGIN
    indices = np.clip(near + MARGIN, 0, side - 1).astype(np.intp)
    nearest = np.full(side * side, np.inf, dtype=np.float32)
    np.minimum.at(
        nearest,
        (indices[:, :, None, 1] * side + indices[:, None, :, 0]).ravel(),
        (squares[:, :, None, 1] + squares[:, None, :, 0]).ravel(),
    )
    field = nearest.reshape(side, side)[MARGIN:-MARGIN, MARGIN:-MARGIN]
    ink: NDArray[np.float32] = np.clip((PEN / 2 - np.sqrt(field)) / EDGE + 0.5, 0.0, 1.0)
    return ink
