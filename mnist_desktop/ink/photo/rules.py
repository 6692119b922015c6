"""Printed straight lines in the ink of a picture: ruled paper, frames and rows of cells."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]

EIGHT = np.ones((3, 3))

RULE_RUN = 1 / 16
"""A printed line has runs of ink of this part of the side that it goes along, however it is
askew."""

LINE_RUN, GAPS = 1 / 30, 5
"""A pale line has runs of this part of the picture's longer side, with gaps of so many pixels."""

RULE_SPAN, RULE_COVER = 0.85, 0.5
"""A printed line reaches through this part of the side, and is seen in that part of it: the rest
is covered by what is written over it."""

RULE_WIDTH = 0.06
"""And is no wider than this part of the shorter side."""

BORDER_WIDTH = 1.5
"""In a frame it is no wider than this many times the frame's own line."""

OWN_BAR = 2.4
"""A digit's own bar is at most so many times as long as the rest of the digit is high."""

BESIDE = 0.6
"""And the rest is over or under at least this part of it: a printed line goes on to both sides."""

FRAME_LEAST = 16
"""Pixels of a frame's shorter side."""

SIDE, SIDE_COVER = 0.12, 0.88
"""A frame has ink within that part of its box from each side, along that part of the side."""

ASKEW = 0.03
"""A frame's sides may lean by this much."""

MOST_LEANING = 0.2
"""The part of a side that a leaning frame may lack at its box's edge."""

CONTENT = 0.3
"""In a frame there is ink of at least this part of its height."""


def without_rules(ink: Mask) -> Mask:
    """Without lines that go through the whole picture, where the ink that crosses them stays."""
    for _ in (0, 1):
        ink = np.ascontiguousarray(_without_horizontal_rules(ink).T)
    return ink


def without_frames(ink: Mask, faint: Mask) -> Mask:
    """Without frames and rows of cells that have ink within, whether it touches them or not.

    What has nothing but its four sides stays: it may be a zero.

    Args:
        faint: what may be pale ink, too: where the light is strong, a frame's lines break.
    """
    found = _without_whole_frames(ink)
    if found is not ink:
        return found
    broken = _straight_lines(faint) & ~ink
    return ink & _without_whole_frames(ink | broken) if broken.any() else ink


def _straight_lines(ink: Mask) -> Mask:
    """Runs along the rows and columns, as long as a printed line's, and as thin."""
    found = np.zeros_like(ink)
    for axis in (0, 1):
        run = max(9, round(LINE_RUN * max(ink.shape)) | 1)
        closed = _shrunk(_grown(ink, GAPS, axis), GAPS, axis)
        thickest = max(4, round(RULE_WIDTH * min(ink.shape)))
        found |= _opened(closed, run, axis) & ~_opened(ink, thickest | 1, 1 - axis)
    return found


def _without_whole_frames(ink: Mask) -> Mask:
    from scipy import ndimage

    labels, _ = ndimage.label(ink, EIGHT)
    found = ink
    for number, window in enumerate(ndimage.find_objects(labels), start=1):
        shape = labels[window] == number
        if min(shape.shape) < FRAME_LEAST or not _has_four_sides(shape):
            continue
        rest = found[window] & ~shape
        inner = shape
        widest = round(BORDER_WIDTH * _line_width(shape)) + 1
        for side in _sides_within_box(shape):
            inner = np.ascontiguousarray(_without_horizontal_rules(inner, widest, side).T)
        rest |= _without_crumbs(_without_outline(inner), shape & ~inner, widest)
        if _is_written_in(rest):
            found = found.copy() if found is ink else found
            found[window] = rest
    return found


def _has_four_sides(shape: Mask) -> bool:
    """Whether there is ink near each side of its box, nearly all along it."""
    height, width = shape.shape
    across = max(3, round(SIDE * min(shape.shape) + ASKEW * height))
    down = max(3, round(SIDE * height + ASKEW * width))
    sides = (
        shape[:down].any(axis=0),
        shape[-down:].any(axis=0),
        shape[:, :across].any(axis=1),
        shape[:, -across:].any(axis=1),
    )
    # A long row of cells that leans is higher than its ends are.
    leaning = [
        ASKEW * max(0.0, length / other - 1) for length, other in ((height, width), (width, height))
    ]
    return all(
        float(side.mean()) > SIDE_COVER - share
        for side, share in zip(sides, np.repeat(np.clip(leaning, 0, MOST_LEANING), 2), strict=True)
    )


def _sides_within_box(frame: Mask) -> tuple[float, float]:
    """How much of its box's width, and of its height, a frame has that leans."""
    shares = []
    for side in (frame.T, frame):
        # How much lower one end of the upper side, or of the left one, is than the other.
        first = side.argmax(axis=0)
        end = max(1, len(first) // 10)
        rise = abs(float(np.median(first[:end]) - np.median(first[-end:])))
        shares.append(max(1 - MOST_LEANING, 1 - rise / len(side)))
    return shares[0], shares[1]


def _line_width(frame: Mask) -> float:
    """How broad a frame's line is, in pixels: in the middle of all columns, and of all rows."""
    widths = []
    for side in (frame, frame.T):
        reach = np.arange(side.shape[0] // 3 + 1)
        below = side.argmax(axis=0) + reach[:, None]
        columns = np.arange(side.shape[1])
        widths.append(np.median((~side[np.minimum(below, len(side) - 1), columns]).argmax(axis=0)))
    return float(max(widths))


def _without_outline(shape: Mask) -> Mask:
    """Without what is left of a frame's sides, which no other ink crosses."""
    from scipy import ndimage

    labels, count = ndimage.label(shape, EIGHT)
    inner = np.zeros(count + 1, dtype=np.bool_)
    margin = max(3, round(SIDE * min(shape.shape)))
    inner[np.unique(labels[margin:-margin, margin:-margin])] = True
    inner[0] = False
    kept: Mask = inner[labels]
    return kept


def _without_crumbs(ink: Mask, lines: Mask, widest: int) -> Mask:
    """Without what is left of lines that were taken away: it lies along them, and nowhere else."""
    from scipy import ndimage

    near = _grown(_grown(lines, 2 * widest + 1, axis=0), 2 * widest + 1, axis=1)
    labels, count = ndimage.label(ink, EIGHT)
    apart = np.zeros(count + 1, dtype=np.bool_)
    apart[labels[~near]] = True
    apart[0] = False
    kept: Mask = apart[labels]
    return kept


def _is_written_in(rest: Mask) -> bool:
    from scipy import ndimage

    labels, _ = ndimage.label(rest, EIGHT)
    heights = [rows.stop - rows.start for rows, _ in ndimage.find_objects(labels)]
    return bool(max(heights, default=0) >= CONTENT * rest.shape[0])


def _without_horizontal_rules(ink: Mask, widest: int | None = None, side: float = 1.0) -> Mask:
    """Without lines from side to side; a digit's own bar stays, unless ``widest`` is given.

    Args:
        widest: of a frame's line, in pixels.
        side: how much of the whole width a frame's side has that leans.
    """
    from scipy import ndimage

    height, width = ink.shape
    run = max(9, round(RULE_RUN * width) | 1)
    thickest = widest or max(4, round(RULE_WIDTH * min(height, width)))
    runs = _opened(ink, run, axis=1) & ~_opened(ink, thickest | 1, axis=0)
    if not runs.any():
        return ink
    # Runs of one line that is askew lie beside each other with a step between them.
    linked = _grown(_grown(runs, 2 * run + 1, axis=1), 3, axis=0)
    labels, _ = ndimage.label(linked, EIGHT)
    rules: list[tuple[tuple[slice, ...], Mask, int]] = []
    for number, window in enumerate(ndimage.find_objects(labels), start=1):
        line = runs[window] & (labels[window] == number)
        columns = np.flatnonzero(line.any(axis=0))
        if len(columns) >= RULE_COVER * width and np.ptp(columns) >= RULE_SPAN * side * width:
            thickness = int(np.median(line.sum(axis=0)[columns]))
            rules.append((window, line, thickness))
    if widest is None and len(rules) == 1 and _is_own_bar(ink, *rules[0]):
        return ink
    ink = ink.copy()
    for window, line, thickness in rules:
        # As far around the line as anything that is done there reaches.
        margin = 3 * thickness + 12
        first = max(0, window[0].start - margin)
        around = ink[first : window[0].stop + margin]
        rule = np.zeros_like(around)
        rule[window[0].start - first : window[0].stop - first, window[1]] = line
        around[:] = _without_line(around, rule, thickness)
    return ink


def _is_own_bar(ink: Mask, window: tuple[slice, ...], line: Mask, thickness: int) -> bool:
    """Whether a line is the bar of the one digit that stands on it or hangs from it.

    A tight picture of a 2, 5 or 7 is as wide as its bar. A printed line that is alone in a picture
    goes on to both sides of what is written, or lies apart from it, or under several digits.
    """
    from scipy import ndimage

    rule = np.zeros_like(ink)
    rule[window] = line
    near = _grown(_grown(rule, 2 * thickness + 3, axis=0), 3, axis=1)
    rest = ink & ~near
    labels, count = ndimage.label(rest, EIGHT)
    if not count:
        return False
    length = np.ptp(np.flatnonzero(line.any(axis=0))) + 1
    windows = ndimage.find_objects(labels)
    tall = [
        number
        for number, (rows, _) in enumerate(windows, start=1)
        if OWN_BAR * (rows.stop - rows.start) >= length
    ]
    if len(tall) != 1:
        return False
    rows, columns = windows[tall[0] - 1]
    touching = _grown(_grown(labels == tall[0], 5, axis=0), 5, axis=1) & near & ink
    is_outside = rows.stop <= window[0].stop or rows.start >= window[0].start
    return bool(touching.any() and is_outside and columns.stop - columns.start >= BESIDE * length)


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
