"""The sheet that is written on, where a picture shows more: a table, a black rim, a plot's page."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.ink.photo.cards import hole_in, overrun, together
from mnist_desktop.ink.photo.paper import (
    SMALL,
    Mask,
    best_threshold,
    even_threshold,
    is_edged,
    shrunk,
    tones_of,
)

LEAST = 0.12
"""A sheet covers at least this part of the picture, together with what is on it."""

STRIP = 4
"""And is at most so many times as long as broad: else it is a title or a border."""

RECTANGULAR = 0.86
"""And this part of the smallest rectangle around it, however that is turned."""

ELSEWHERE = 0.25
"""Around it at most this part has its tone: else it is a cell, or paper within a ring of ink. Of a
dark one that goes on beyond the picture it is as good as nothing: that may be a shadow, and ink."""

DARKER = 0.55
"""Of two tones the darker has at most this part of the lighter: a shadow is less dark."""

LEAST_CARD, LEAST_OF_CARDS = 0.03, 0.01
"""What has another tone on all of its sides is no shadow: a card, however dark, that covers at
least that part of the picture; or this part, if there are others."""

LARGE_HOLE = 0.25
"""A surface whose hole is so large a part of it, in height and width, is a zero; a 1 on a card is
narrower."""

BESIDE_CARD = 0.06
"""And around a card at most this part has its tone, as a plot's numbers have: else it is a piece of
a digit that is enlarged in blocks. Where a card's shadow makes its edges soft, next to none has."""

INK_ON_CARD = 0.8
"""What is on it is lighter than paper around it or, under the same light, darker than this part of
its own tone."""

INK_BESIDE_CARD, AS_HIGH, BAR = 0.6, 0.5, 8
"""Ink beside it, on lighter paper, is darker than that part of the paper. A title is less than half
as high as what is on the card, and a bar of colours more than eight times as high as wide."""

BAND, BAND_ROWS, BAND_GAP = 0.8, 0.4, 0.02
"""A band is of the other tone for that part of its rows, is no broader than that part of the
picture, and beside it is no more than that part of the other tone."""

WRITTEN_ON = 0.002, 0.5
"""What is on it, as parts of it: less is dirt, and more is no writing."""

ONE = 0.3
"""A 1 is no wider than this part of its height."""

SURROUNDING = 0.85
"""What is around a sheet has another tone for that part of it: digits have holes, and paper between
them and a corner of the picture."""

WEDGE = 0.45, 0.6
"""What is around a turned sheet fills that much of its box in a corner: strokes fill less, and an
upright one fills more."""

REACH = 4
"""Pixels of the small picture around one, in which its paper's tone is looked for."""

NESTED = 3
"""Sheets on sheets that are looked for."""

TURNS = np.deg2rad(np.arange(0, 90, 3))


def only_sheet(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The same picture with the sheet's own tone around the sheet: (h, w) uint8.

    A sheet is a large and rectangular surface with writing on it and another tone around it. Where
    there is none the picture is returned as it is.
    """
    from scipy import ndimage

    for _ in range(NESTED):
        small, factor = shrunk(tones_of(grey), SMALL)
        found = _sheet_of(small)
        if found is None:
            break
        sheet, paper = found
        # Its border is a mixture of both tones, and so is what is beside it when enlarged.
        sheet = ndimage.binary_erosion(
            sheet, np.ones((3, 3), dtype=bool), iterations=2 if factor > 1 else 1
        )
        if not sheet.any():
            break
        at = [
            np.minimum(np.arange(n) // factor, m - 1)
            for n, m in zip(grey.shape, sheet.shape, strict=True)
        ]
        # The tone of what is blank around, and not a pixel's: ink may touch the sheet's border.
        blank = sheet & paper
        blank &= small >= INK_ON_CARD * float(np.median(small[blank]))
        blank = ndimage.binary_erosion(blank, np.ones((3, 3), dtype=bool), iterations=REACH)
        blank = blank if blank.any() else sheet
        rows, columns = ndimage.distance_transform_edt(
            ~blank, return_distances=False, return_indices=True
        )
        tones = ndimage.percentile_filter(np.rint(small * 255).astype(np.uint8), 50, 2 * REACH + 1)
        outside = ~sheet[np.ix_(*at)]
        around = tones[rows, columns][np.ix_(*at)]
        grey = np.where(outside, around, grey)
    return grey


def without_bands(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The same picture without bands of the other tone that lie along its edges.

    A title bar, the rim of a scan: they go from one corner to the next, and between them and what
    is written there is paper.
    """
    for turns in range(4):
        turned = np.rot90(grey, turns)
        small, factor = shrunk(tones_of(turned), SMALL)
        threshold = even_threshold(small)
        if threshold is None:
            return grey
        other = (small > threshold) == (np.median(small) <= threshold)
        shares = other.mean(axis=1)
        rows = int((shares < BAND).argmax())
        # The border between both is a mixture.
        behind = shares[rows + 1 : rows + 3]
        if turns % 2 and _may_be_one(rows, other):
            continue
        if 0 < rows <= BAND_ROWS * len(shares) and len(behind) and behind.max() < BAND_GAP:
            grey = grey.copy()
            np.rot90(grey, turns)[: (rows + 2) * factor] = round(255 * float(np.median(small)))
    return grey


def _may_be_one(rows: int, ink: Mask) -> bool:
    """Whether so many rows that are ink from side to side, of a picture that lies on its side, may
    be a 1: the picture is cut out tightly, with a digit at the other end.
    """
    return rows <= ONE * ink.shape[1] and 0 < float(ink[-1].mean()) < 0.5


def _sheet_of(small: NDArray[np.float32]) -> tuple[Mask, Mask] | None:
    """The largest sheet, what is on it included, and what has its tone; None if there is none."""
    threshold = even_threshold(small)
    if is_uneven := threshold is None:
        threshold = best_threshold(small)
    best: tuple[Mask, Mask] | None = None
    light = small > threshold
    for tone in (light, ~light):
        for filled in _surfaces(tone):
            largest = best is None or filled.sum() > best[0].sum()
            if largest and _is_sheet(small, filled, tone, is_uneven=is_uneven):
                best = filled, tone
    return best


def _surfaces(tone: Mask) -> list[Mask]:
    """What may be a sheet of this tone, what is on it included; and its cards as one sheet."""
    from scipy import ndimage

    labels, _ = ndimage.label(tone)
    sheets, cards = [], []
    for number, window in enumerate(ndimage.find_objects(labels), start=1):
        high, wide = (side.stop - side.start for side in window)
        if high * wide < LEAST_OF_CARDS * tone.size or max(high, wide) > STRIP * min(high, wide):
            continue
        surface = labels[window] == number
        filled = np.zeros_like(tone)
        if all(
            side.start > 0 and side.stop < n for side, n in zip(window, tone.shape, strict=True)
        ):
            hole = hole_in(surface, tone[window])
            if hole > LARGE_HOLE:
                continue
            filled[window] = overrun(surface)
            if _is_rectangular(filled):
                cards.append((filled, hole > 0))
        else:
            filled[window] = ndimage.binary_fill_holes(surface)
        filled = _with_edge_ink(filled, ~tone)
        if _is_rectangular(filled):
            sheets.append(filled)
    return [*sheets, *together(cards, tone)]


def _with_edge_ink(sheet: Mask, ink: Mask) -> Mask:
    """With what is on it and runs over the picture's edge, as a digit that is cut off there.

    What is around a sheet goes on to a corner of the picture, since a sheet's sides are straight,
    and is no less than a triangle there. A digit in a corner is of thin strokes.
    """
    from scipy import ndimage

    labels, _ = ndimage.label(~sheet)
    corners = labels[[0, 0, -1, -1], [0, -1, 0, -1]]
    around = [
        number
        for number in np.unique(corners[corners > 0])
        if not _is_of_strokes(labels == number, ink, int((corners == number).sum()))
        and not any(
            _is_one(np.rot90(labels == number, turns), np.rot90(ink, turns)) for turns in (1, 3)
        )
    ]
    return np.asarray(~np.isin(labels, around))


def _is_of_strokes(shape: Mask, ink: Mask, corners: int) -> bool:
    """Whether what goes on to so many of the picture's corners may be a digit there."""
    if float(ink[shape].mean()) < SURROUNDING:
        return True
    rows, columns = np.nonzero(shape)
    height, width = int(np.ptp(rows)) + 1, int(np.ptp(columns)) + 1
    filled = len(rows) / (height * width)
    return corners == 1 and (filled < WEDGE[0] or (filled > WEDGE[1] and width <= ONE * height))


def _is_one(shape: Mask, ink: Mask) -> bool:
    """Whether a shape goes along the first row from corner to corner, and may be a 1."""
    return bool(shape[0, [0, -1]].all()) and _may_be_one(int(shape.any(axis=1).sum()), ink)


def _is_sheet(small: NDArray[np.float32], filled: Mask, tone: Mask, *, is_uneven: bool) -> bool:
    """Whether a surface is a sheet; under uneven light only a card, whose shadow is soft."""
    from scipy import ndimage

    outside = ~filled
    is_card = bool(outside[[0, -1]].all() and outside[:, [0, -1]].all())
    is_large = filled.sum() >= (LEAST_CARD if is_card else LEAST) * small.size
    # A line of dirt along a side is no surroundings.
    if not is_large or outside.mean() < 0.02 or (is_uneven and not is_card):
        return False
    is_uneven &= not (is_card and is_edged(small, filled))
    own, other = float(np.median(small[filled & tone])), float(np.median(small[outside]))
    is_rare = is_uneven or (own <= other and not is_card)
    most = WRITTEN_ON[0] if is_rare else BESIDE_CARD if is_card else ELSEWHERE
    if tone[outside].mean() > most:
        return False
    # Ink may be on the same side of the threshold as a grey card.
    written = filled & (~tone | (is_card & (small < INK_ON_CARD * own)))
    if not WRITTEN_ON[0] <= float(written[filled].mean()) <= WRITTEN_ON[1]:
        return False
    if not is_card and min(own, other) > DARKER * max(own, other):
        return False
    if is_card and own < other:
        return not _is_written_beside(small < INK_BESIDE_CARD * other, filled, written)
    return is_card or not _has_ink(ndimage.median_filter(small, 3)[outside & ~tone])


def _is_written_beside(ink: Mask, card: Mask, on_it: Mask) -> bool:
    """Whether beside a card, on lighter paper, there is ink as high as what is on it: no title, no
    tick and no bar of colours.
    """
    from scipy import ndimage

    beside = ink & ~ndimage.binary_dilation(card, np.ones((3, 3), dtype=bool), iterations=2)
    heights, widths = _sizes(beside)
    highest = heights[heights < BAR * widths].max(initial=0)
    return bool(highest > AS_HIGH * _sizes(on_it)[0].max(initial=0))


def _sizes(mask: Mask) -> NDArray[np.int_]:
    """(2, n): the height and width of each shape."""
    from scipy import ndimage

    labels, _ = ndimage.label(mask, np.ones((3, 3)))
    windows = ndimage.find_objects(labels)
    return np.array([[s.stop - s.start for s in window] for window in windows]).reshape(-1, 2).T


def _has_ink(tones: NDArray[np.float32]) -> bool:
    """Whether there is writing around the sheet too: then it lies in a shadow, and not around."""
    level = float(np.median(tones))
    share = float((tones < 0.6 * level).mean()) if level > 0.15 else 0.0
    return 0.003 < share < 0.2


def _is_rectangular(mask: Mask) -> bool:
    """Whether it fills the smallest rectangle around it."""
    rows = np.flatnonzero(mask.any(axis=1))
    first, last = mask.argmax(axis=1)[rows], mask.shape[1] - mask[:, ::-1].argmax(axis=1)[rows]
    x = np.concatenate([first, last, first, last])
    y = np.concatenate([rows, rows, rows + 1, rows + 1])
    along = np.outer(np.cos(TURNS), x) + np.outer(np.sin(TURNS), y)
    across = np.outer(np.cos(TURNS), y) - np.outer(np.sin(TURNS), x)
    area = (np.ptp(along, axis=1) * np.ptp(across, axis=1)).min()
    return bool(mask.sum() >= RECTANGULAR * area)
