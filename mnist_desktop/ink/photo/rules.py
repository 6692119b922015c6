"""Printed straight lines through the ink of a picture: ruled and squared paper."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.ink.photo.paper import Mask

EIGHT = np.ones((3, 3))

RULE_RUN = 1 / 16
"""A printed line has runs of ink of this part of the side that it goes along, however it is
askew."""

RULE_SPAN, RULE_COVER = 0.85, 0.5
"""A printed line reaches through this part of the side, and is seen in that part of it: the rest
is covered by what is written over it."""

RULE_WIDTH = 0.06
"""And is no wider than this part of the shorter side."""

OWN_BAR = 2.4
"""A digit's own bar is at most so many times as long as the rest of the digit is high."""

BESIDE = 0.6
"""And the rest is over or under at least this part of it, or at one end, as the stem of a 7 is: a
printed line goes on to both sides."""

LEAST_AROUND, MOST_LAYERS = 16, 4
"""What is around other ink has so many pixels along its shorter side. There are rings around rings,
and frames in frames, but not so many."""


def without_rules(ink: Mask) -> Mask:
    """Without lines that go through the whole picture, where the ink that crosses them stays."""
    for _ in (0, 1):
        ink = np.ascontiguousarray(without_horizontal_rules(ink).T)
    return ink


def without_horizontal_rules(
    ink: Mask, widest: int | None = None, side: float = 1.0, cover: float = RULE_COVER
) -> Mask:
    """Without lines from side to side; a digit's own bar stays, unless ``widest`` is given.

    Args:
        widest: of a frame's line, in pixels.
        side: how much of the whole width a frame's side has that leans.
        cover: in how much of the width a line is seen at least.
    """
    from scipy import ndimage

    height, width = ink.shape
    run = max(9, round(RULE_RUN * width) | 1)
    thickest = widest or max(4, round(RULE_WIDTH * min(height, width)))
    runs = opened(ink, run, axis=1) & ~opened(ink, thickest | 1, axis=0)
    if not runs.any():
        return ink
    # Runs of one line that is askew lie beside each other with a step between them.
    linked = grown(grown(runs, 2 * run + 1, axis=1), 3, axis=0)
    labels, _ = ndimage.label(linked, EIGHT)
    rules: list[tuple[tuple[slice, ...], Mask, int]] = []
    for number, window in enumerate(ndimage.find_objects(labels), start=1):
        line = runs[window] & (labels[window] == number)
        columns = np.flatnonzero(line.any(axis=0))
        if len(columns) >= cover * width and np.ptp(columns) >= RULE_SPAN * side * width:
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
    near = grown(grown(rule, 2 * thickness + 3, axis=0), 3, axis=1)
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
    touching = grown(grown(labels == tall[0], 5, axis=0), 5, axis=1) & near & ink
    reach = 3 * thickness
    is_outside = rows.stop <= window[0].stop + reach or rows.start >= window[0].start - reach
    to_ends = columns.start - window[1].start, window[1].stop - columns.stop
    is_beside = min(to_ends) <= reach or columns.stop - columns.start >= BESIDE * length
    return bool(touching.any() and is_outside and is_beside)


def _without_line(ink: Mask, rule: Mask, thickness: int) -> Mask:
    """Without one printed line; what crosses it stays, and is closed again where it is thin."""
    crossing = opened(ink, 2 * thickness + 3, axis=0)
    rule = grown(rule, 3, axis=0) & ink & ~crossing
    rest = ink & ~rule
    reach = (thickness + 4) | 1
    bridges = rest
    for change in (grown, shrunk):
        for axis in (0, 1):
            bridges = change(bridges, reach, axis)
    cleaned: Mask = rest | (bridges & rule)
    return cleaned


def large_windows(labels: NDArray[np.signedinteger]) -> Iterator[tuple[int, tuple[slice, ...]]]:
    """The number and the window of each shape that is large enough to be around others.

    Of shapes as in hatching, whose windows lie over each other many times, the last are left out.
    """
    from scipy import ndimage

    left = MOST_LAYERS * labels.size
    for number, window in enumerate(ndimage.find_objects(labels), start=1):
        height, width = (side.stop - side.start for side in window)
        if min(height, width) >= LEAST_AROUND and left > 0:
            left -= height * width
            yield number, window


def opened(mask: Mask, size: int, axis: int) -> Mask:
    """Runs of at least ``size`` pixels, an odd number, along one axis."""
    return grown(shrunk(mask, size, axis), size, axis)


def grown(mask: Mask, size: int, axis: int) -> Mask:
    """Dilated along one axis by a line of ``size`` pixels, an odd number."""
    from scipy import ndimage

    found: NDArray[np.uint8] = ndimage.maximum_filter1d(
        mask.view(np.uint8), size, axis, mode="constant"
    )
    return found.view(np.bool_)


def shrunk(mask: Mask, size: int, axis: int) -> Mask:
    """Eroded along one axis; beyond the picture there is no ink."""
    from scipy import ndimage

    found: NDArray[np.uint8] = ndimage.minimum_filter1d(
        mask.view(np.uint8), size, axis, mode="constant"
    )
    return found.view(np.bool_)
