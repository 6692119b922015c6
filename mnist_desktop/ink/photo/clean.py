"""What is not handwriting in the ink of a picture: printed lines, frames, edges, specks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]

RULE_RUN = 1 / 16
"""A printed line has runs of ink of this part of the picture's side, however it is askew."""

RULE_SPAN, RULE_COVER = 0.85, 0.5
"""A printed line reaches through this part of the picture, and is seen in that part of it: the
rest is covered by what is written over it."""

RULE_WIDTH = 0.04
"""And is no wider than this part of the picture's shorter side."""

EDGE_RUN = 0.5
"""What covers this part of one of the picture's edges is no digit."""

EDGE_EXTENT = 0.6
"""What touches an edge and is smaller than this part of the largest shape inside was cut off."""

FRAME = 0.08
"""A frame has its ink within this part of its sides from its outline."""

SPECK = 0.15
"""What is smaller than this part of the largest shape is a speck if it lies apart."""

SPECK_GAP = 0.10
"""How far apart, as a part of the largest shape."""

SMALLEST = 4
"""Pixels of a shape's longer side: what is smaller is noise."""

MAX_SHAPES = 2000
"""A picture of more is no line of digits, and nobody misses its specks."""

LINE_GAP = 0.2
"""Two lines of digits have this part of a line's height between them."""


def without_paper(ink: Mask) -> Mask:
    """The handwriting in what looks like ink; of several lines, the one with the most ink."""
    clean = _without_rules(ink)
    clean = _without_edges(clean)
    clean = _without_frames(clean)
    return _without_specks(_one_line(clean))


def _without_rules(ink: Mask) -> Mask:
    """Without long straight lines, where the ink that crosses them stays."""
    for _ in (0, 1):
        ink = np.ascontiguousarray(_without_horizontal_rules(ink).T)
    return ink


def _without_horizontal_rules(ink: Mask) -> Mask:
    from scipy import ndimage

    height, width = ink.shape
    run = max(9, round(RULE_RUN * width) | 1)
    thickest = max(4, round(RULE_WIDTH * min(height, width)))
    runs = _opened(ink, run, axis=1) & ~_opened(ink, thickest | 1, axis=0)
    if not runs.any():
        return ink
    # Runs of one line that is askew lie beside each other with a step between them.
    linked = _grown(_grown(runs, 2 * run + 1, axis=1), 3, axis=0)
    labels, _ = ndimage.label(linked, np.ones((3, 3)))
    ink = ink.copy()
    for number, window in enumerate(ndimage.find_objects(labels), start=1):
        line = runs[window] & (labels[window] == number)
        columns = np.flatnonzero(line.any(axis=0))
        if len(columns) < RULE_COVER * width or np.ptp(columns) < RULE_SPAN * width:
            continue
        thickness = int(np.median(line.sum(axis=0)[columns]))
        # As far around the line as anything that is done there reaches.
        margin = 3 * thickness + 12
        first = max(0, window[0].start - margin)
        around = ink[first : window[0].stop + margin]
        rule = np.zeros_like(around)
        rule[window[0].start - first : window[0].stop - first, window[1]] = line
        around[:] = _without_line(around, rule, thickness)
    return ink


def _without_line(ink: Mask, rule: Mask, thickness: int) -> Mask:
    """Without one printed line; what crosses it stays, and is closed again where it is thin."""
    crossing = _opened(ink, 2 * thickness + 3, axis=0)
    rule = _grown(rule, 3, axis=0) & ink & ~crossing
    rest = ink & ~rule
    reach = (thickness + 4) | 1
    bridges = rest
    for change in (_grown, _shrunk):
        for axis in (0, 1):
            bridges = change(bridges, reach, axis)
    cleaned: Mask = rest | (bridges & rule)
    return cleaned


def _opened(mask: Mask, size: int, axis: int) -> Mask:
    """Runs of at least ``size`` pixels, an odd number, along one axis."""
    return _grown(_shrunk(mask, size, axis), size, axis)


def _grown(mask: Mask, size: int, axis: int) -> Mask:
    """Dilated along one axis by a line of ``size`` pixels, an odd number."""
    from scipy import ndimage

    grown: NDArray[np.uint8] = ndimage.maximum_filter1d(
        mask.view(np.uint8), size, axis, mode="constant"
    )
    return grown.view(np.bool_)


def _shrunk(mask: Mask, size: int, axis: int) -> Mask:
    """Eroded along one axis; beyond the picture there is no ink."""
    from scipy import ndimage

    shrunk: NDArray[np.uint8] = ndimage.minimum_filter1d(
        mask.view(np.uint8), size, axis, mode="constant"
    )
    return shrunk.view(np.bool_)


def _without_edges(ink: Mask) -> Mask:
    """Without what lies along an edge of the picture, or sticks into it and is small.

    A picture may be cut out tightly: what is as large as the rest, or is all there is, stays.
    """
    from scipy import ndimage

    labels, count = ndimage.label(ink, np.ones((3, 3)))
    if not count:
        return ink
    extents = np.array(
        [max(side.stop - side.start for side in window) for window in ndimage.find_objects(labels)]
    )
    drop = np.zeros(count + 1, dtype=bool)
    touching = np.zeros(count + 1, dtype=bool)
    for edge in (labels[0], labels[-1], labels[:, 0], labels[:, -1]):
        touches = np.bincount(edge, minlength=count + 1)
        drop |= touches >= EDGE_RUN * len(edge)
        touching |= touches > 0
    inside = np.where(touching[1:], 0, extents).max()
    drop[1:] |= touching[1:] & (extents < EDGE_EXTENT * inside)
    drop[0] = False
    kept: Mask = ink & ~drop[labels]
    return kept if kept.any() else ink


def _without_frames(ink: Mask) -> Mask:
    """Without rectangles drawn or printed around something."""
    from scipy import ndimage

    labels, _ = ndimage.label(ink, np.ones((3, 3)))
    for number, window in enumerate(ndimage.find_objects(labels), start=1):
        shape = labels[window] == number
        inside = ink[window] & ~shape
        margins = [max(3, round(FRAME * length)) for length in shape.shape]
        core = np.s_[margins[0] : -margins[0], margins[1] : -margins[1]]
        if min(shape.shape) < 20 or shape[core].any() or not inside[core].any():
            continue
        outline = np.concatenate(
            [
                shape[: margins[0]].any(axis=0),
                shape[-margins[0] :].any(axis=0),
                shape[:, : margins[1]].any(axis=1),
                shape[:, -margins[1] :].any(axis=1),
            ]
        )
        if outline.mean() > 0.9:
            ink = ink & ~(labels == number)
    return ink


def _one_line(ink: Mask) -> Mask:
    """The line of digits with the most ink."""
    rows = ink.any(axis=1)
    changes = np.flatnonzero(np.diff(np.concatenate([[False], rows, [False]]).astype(np.int8)))
    starts, stops = changes[::2], changes[1::2]
    if len(starts) < 2:
        return ink
    highest = (stops - starts).max()
    bands = [(int(starts[0]), int(stops[0]))]
    for start, stop in zip(starts[1:], stops[1:], strict=True):
        gap = start - bands[-1][1]
        if gap < LINE_GAP * highest or min(stop - start, bands[-1][1] - bands[-1][0]) < highest / 2:
            bands[-1] = (bands[-1][0], int(stop))
        else:
            bands.append((int(start), int(stop)))
    top, bottom = max(bands, key=lambda band: int(ink[band[0] : band[1]].sum()))
    line = np.zeros_like(ink)
    line[top:bottom] = ink[top:bottom]
    return line


def _without_specks(ink: Mask) -> Mask:
    """Without shapes that are small and lie apart; the dot in a zero stays."""
    from scipy import ndimage

    labels, count = ndimage.label(ink, np.ones((3, 3)))
    if not count:
        return ink
    windows = ndimage.find_objects(labels)
    lows = np.array([[w.start for w in window] for window in windows], dtype=float)
    highs = np.array([[w.stop for w in window] for window in windows], dtype=float)
    extents = (highs - lows).max(axis=1)
    large = extents >= max(SMALLEST, SPECK * extents.max())
    if np.count_nonzero(large) > MAX_SHAPES:
        return ink
    small = np.flatnonzero(~large & (extents >= SMALLEST))
    keep = np.concatenate([[False], large])
    for low, high in zip(lows[large], highs[large], strict=True):
        gaps = np.maximum(low - highs[small], lows[small] - high).max(axis=1)
        keep[1 + small[gaps <= SPECK_GAP * (high - low).max()]] = True
    kept: Mask = keep[labels]
    return kept
