"""Printed frames, rows of cells, and corners of them, in the ink of a picture."""

from __future__ import annotations

import numpy as np

from mnist_desktop.ink.photo.paper import Mask
from mnist_desktop.ink.photo.rules import (
    EIGHT,
    RULE_WIDTH,
    grown,
    large_windows,
    opened,
    shrunk,
    without_horizontal_rules,
)

LINE_RUN, GAPS = 1 / 30, 5
"""A pale line has runs of this part of the picture's longer side, with gaps of so many pixels."""

BORDER_WIDTH = 1.5
"""In a frame it is no wider than this many times the frame's own line."""

SIDE, SIDE_COVER = 0.12, 0.88
"""A frame has ink within that part of its box from each side, along that part of the side."""

ASKEW = 0.03
"""A frame's sides may lean by this much."""

MOST_LEANING = 0.2
"""The part of a side that a leaning frame may lack at its box's edge."""

CONTENT = 0.3
"""In a frame there is ink of at least this part of its height."""

MOST_CORNERS = 40
"""Shapes, the widest ones, among which corners are looked for: of a rough ground there are many."""

ALONG, CLOSE, LEVEL_SIDE = 0.6, 0.4, 1.1
"""Along a corner's level side, no further from it than the second part of the height of the
tallest, there is ink of the first part of it; and the side is as long as the third."""

UNLIKE = 2.5
"""One side of a corner is no more than so many times as broad as the other: a 1 that stands on a
printed rule is no side."""


def without_frames(ink: Mask, lines: Mask) -> Mask:
    """Without frames and rows of cells that have ink within, whether it touches them or not.

    What has nothing but its four sides stays: it may be a zero.

    Args:
        lines: straight lines of pale ink: where the light is strong, a frame's lines break.
    """
    found = _without_whole_frames(ink)
    if found is not ink:
        return found
    broken = lines & ~ink
    return ink & _without_whole_frames(ink | broken) if broken.any() else ink


def without_corners(ink: Mask, faint: Mask) -> Mask:
    """Without two sides of a cell that meet, and go along what is written and past it.

    Of a cell that was cut out of a table they are often all that is there, or dark enough.

    Args:
        faint: ink, pale ink, and straight lines of it.
    """
    from scipy import ndimage

    labels, _ = ndimage.label(faint, EIGHT)
    found = ink
    windows = sorted(large_windows(labels), key=lambda each: each[1][1].start - each[1][1].stop)
    for number, window in windows[:MOST_CORNERS]:
        shape = labels[window] == number
        widest = round(BORDER_WIDTH * _line_width(shape)) + 1
        across = shape & ~without_horizontal_rules(shape, widest)
        if not _is_at_an_end(across, widest):
            continue
        down = shape & ~without_horizontal_rules(np.ascontiguousarray(shape.T), widest).T
        if not _is_at_an_end(down.T, widest):
            continue
        thin, thick = sorted((_breadth(across), _breadth(down.T)))
        if thick > UNLIKE * thin:
            continue
        sides = across | down
        rest = _without_crumbs(shape & ~sides, sides, widest) & found[window]
        without = found.copy()
        without[window] = rest | (found[window] & ~shape)
        if _goes_along(window, without):
            found = without
    return found


def _is_at_an_end(line: Mask, widest: int) -> bool:
    """Whether there is a line, and it is no further in from the upper or lower end of its box than
    a side of a frame is, which may be as wide as this, in pixels.
    """
    rows = np.flatnonzero(line.any(axis=1))
    if not len(rows):
        return False
    height, width = line.shape
    margin = widest + round(SIDE * height + 2 * ASKEW * width)
    return bool(rows[-1] < margin or rows[0] >= height - margin)


def _breadth(line: Mask) -> float:
    """How broad a level line is in the middle of its columns, in pixels."""
    inked = line.sum(axis=0)
    return float(np.median(inked[inked > 0]))


def _goes_along(window: tuple[slice, ...], rest: Mask) -> bool:
    """Whether a corner's level side is longer than what is written is high, and all of something
    large is close over or under it: a digit's own bar is shorter, and goes along that digit.
    """
    from scipy import ndimage

    labels, _ = ndimage.label(rest, EIGHT)
    boxes = ndimage.find_objects(labels)
    tallest = max((rows.stop - rows.start for rows, _ in boxes), default=0)
    if window[1].stop - window[1].start < LEVEL_SIDE * tallest:
        return False
    reach = CLOSE * tallest
    return any(
        rows.stop - rows.start >= ALONG * tallest
        and window[1].start <= columns.start
        and columns.stop <= window[1].stop
        and rows.start - window[0].stop <= reach
        and window[0].start - rows.stop <= reach
        for rows, columns in boxes
    )


def straight_lines(ink: Mask) -> Mask:
    """Runs along the rows and columns, as long as a printed line's, and as thin."""
    found = np.zeros_like(ink)
    for axis in (0, 1):
        run = max(9, round(LINE_RUN * max(ink.shape)) | 1)
        closed = shrunk(grown(ink, GAPS, axis), GAPS, axis)
        thickest = max(4, round(RULE_WIDTH * min(ink.shape)))
        found |= opened(closed, run, axis) & ~opened(ink, thickest | 1, 1 - axis)
    return found


def _without_whole_frames(ink: Mask) -> Mask:
    from scipy import ndimage

    labels, _ = ndimage.label(ink, EIGHT)
    found = ink
    for number, window in large_windows(labels):
        shape = labels[window] == number
        if not _has_four_sides(shape):
            continue
        rest = found[window] & ~shape
        inner = shape
        widest = round(BORDER_WIDTH * _line_width(shape)) + 1
        for side in _sides_within_box(shape):
            inner = np.ascontiguousarray(without_horizontal_rules(inner, widest, side).T)
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
    for side in (np.pad(one, ((0, 1), (0, 0))) for one in (frame, frame.T)):
        reach = np.arange(side.shape[0] // 3 + 1)
        below = side.argmax(axis=0) + reach[:, None]
        columns = np.arange(side.shape[1])
        widths.append(np.median((~side[np.minimum(below, len(side) - 1), columns]).argmax(axis=0)))
    return float(max(widths))


def _without_outline(shape: Mask) -> Mask:
    """Without what is left of a frame's sides, which no other ink crosses."""
    margin = max(3, round(SIDE * min(shape.shape)))
    return _reaching(shape, np.s_[margin:-margin, margin:-margin])


def _without_crumbs(ink: Mask, lines: Mask, widest: int) -> Mask:
    """Without what is left of lines that were taken away: it lies along them, and nowhere else."""
    near = grown(grown(lines, 2 * widest + 1, axis=0), 2 * widest + 1, axis=1)
    return _reaching(ink, ~near)


def _reaching(ink: Mask, place: Mask | tuple[slice, ...]) -> Mask:
    """The shapes that have some of their ink in a place."""
    from scipy import ndimage

    labels, count = ndimage.label(ink, EIGHT)
    is_there = np.zeros(count + 1, dtype=np.bool_)
    is_there[labels[place]] = True
    is_there[0] = False
    kept: Mask = is_there[labels]
    return kept


def _is_written_in(rest: Mask) -> bool:
    from scipy import ndimage

    labels, _ = ndimage.label(rest, EIGHT)
    heights = [rows.stop - rows.start for rows, _ in ndimage.find_objects(labels)]
    return bool(max(heights, default=0) >= CONTENT * rest.shape[0])
