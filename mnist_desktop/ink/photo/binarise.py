"""Which pixels of a photo or scan are ink."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.float32]
"""(h, w) float32, 0 for black to 1 for white."""

SMALL = 240
"""Where light and paper are estimated, the picture's longer side has about so many pixels."""

PENS = (0.02, 0.03, 0.04, 0.06, 0.08, 0.12, 0.16)
"""Widths of lines, as parts of the picture's shorter side, at which ink is looked for."""

PAPER_AROUND = 2.0
"""How much the tone of the picture's edge says about the paper, in nats, at the most."""

WIDEST_PEN = 0.3
"""Nothing wider than this part of the picture's shorter side is a pen's line."""

LENSES = (0.7, 2.0)
"""Standard deviation, in pixels, of the smoothing against noise; the second where the first
leaves too much of it."""

THRESHOLD = 0.45
"""What is darker than this part of the ink's own darkness is ink."""

FAINTEST = 0.07
"""Ink is at least this much darker than the paper around it, as a part of the paper's tone."""

FULL = 0.8
"""Each shape of ink is somewhere at least as dark as this part of the ink's mean darkness: what
is left of a shadow or a pale printed line is nowhere."""

NOISE = 5.0
"""Ink is darker than the paper by this many standard deviations of the paper's noise."""


def find_ink(picture: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """The ink of a picture: (h, w) uint8 → (h, w) bool, empty where there is none.

    The tone that covers less is the ink. The paper's tone at each place is what is left when all
    that is narrow has been filled in (a grey closing), so neither a lamp at the side nor the edge
    of a shadow counts as ink.
    """
    from scipy import ndimage

    ink = np.zeros(picture.shape, dtype=np.bool_)
    for lens in LENSES:
        sharp = picture.astype(np.float32) / 255
        grey: Grey = ndimage.gaussian_filter(sharp, lens, mode="nearest").astype(np.float32)
        ink = _ink_of(darkness_of(grey))
        if ink.any():
            break
    return ink


def darkness_of(grey: Grey) -> Grey:
    """How much ink there is at each pixel, of whichever polarity: (h, w) float32, 0 for paper."""
    if ink_is_light(grey):
        # Light on dark: there is no paper's tone to divide by where it is nearly black.
        grey = 1 - grey
        darkness = paper_of(grey) - grey
    else:
        darkness = 1 - grey / np.maximum(paper_of(grey), 0.1)
    centred: Grey = darkness - np.median(darkness)
    return centred


def _ink_of(darkness: Grey) -> NDArray[np.bool_]:
    from scipy import ndimage

    threshold = threshold_of(darkness)
    ink = darkness > threshold
    if not ink.any():
        return ink
    labels, count = ndimage.label(ink, np.ones((3, 3)))
    darkest = ndimage.maximum(darkness, labels, np.arange(count + 1))
    is_ink = darkest >= FULL * darkness[ink].mean()
    is_ink[0] = False
    kept: NDArray[np.bool_] = is_ink[labels]
    return kept


def ink_is_light(grey: Grey) -> bool:
    """Whether the narrow things in a picture are lighter than what is around them.

    What a closing fills in is narrow and dark, what an opening takes away is narrow and light.
    Between lines the paper is narrow too, but seldom as narrow as the lines: so several widths
    are tried, and the narrower counts for more. The edge of a shadow is narrow at none. And what
    is along the picture's edge is mostly paper: that decides for a very broad pen.
    """
    from scipy import ndimage

    small, _ = _shrunk(grey, SMALL)
    dark = light = 1e-6
    for share in PENS:
        size = max(3, round(share * min(small.shape))) | 1
        closed = ndimage.grey_closing(small, size=(size, size), mode="nearest")
        opened = ndimage.grey_opening(small, size=(size, size), mode="nearest")
        dark += float(((closed - small) ** 2).sum()) / share**2
        light += float(((small - opened) ** 2).sum()) / share**2
    edge = np.concatenate([small[0], small[-1], small[:, 0], small[:, -1]])
    middle = np.percentile(small, (1, 99)).mean()
    dark_edge = float((edge < middle).mean() - (edge > middle).mean())
    return bool(np.log(light / dark) + PAPER_AROUND * dark_edge > 0)


def paper_of(grey: Grey) -> Grey:
    """The paper's tone at each pixel, for ink that is darker than the paper."""
    from scipy import ndimage

    small, factor = _shrunk(grey, SMALL)
    light = slope_of(small)
    size = max(3, round(WIDEST_PEN * min(small.shape))) | 1
    # Without the slope, or a corner that is a little darker would be filled in too.
    closed = ndimage.grey_closing(small - light, size=(size, size), mode="nearest")
    smooth = ndimage.gaussian_filter(closed, size / 8, mode="nearest")
    return _enlarged(smooth + light, factor, grey.shape)


def slope_of(small: Grey) -> Grey:
    """The even part of the light: a surface of second degree through the paper's tones.

    What is darker than the surface by more than most is taken for ink, and left out when the
    surface is laid again.
    """
    y, x = (np.linspace(-1, 1, length) for length in small.shape)
    surface_y, surface_x = np.meshgrid(y, x, indexing="ij")
    terms = np.stack(
        [surface_x**0, surface_x, surface_y, surface_x**2, surface_x * surface_y, surface_y**2], -1
    ).reshape(-1, 6)
    tones = small.ravel().astype(np.float64)
    used = np.ones(len(tones), dtype=np.bool_)
    for _ in range(4):
        factors = np.linalg.lstsq(terms[used], tones[used], rcond=None)[0]
        difference = tones - terms @ factors
        # Half of all is never left out.
        used = difference > min(-2 * np.abs(difference[used]).mean(), np.median(difference) - 1e-6)
    surface: Grey = (terms @ factors).reshape(small.shape).astype(np.float32)
    return surface


def threshold_of(darkness: Grey) -> float:
    """What divides ink from paper; infinite where nothing is ink.

    The means of both sides are balanced first (Ridler and Calvard 1978), which finds the ink's
    own darkness however little of it there is.
    """
    noise = 1.4826 * float(np.median(np.abs(darkness)))
    least = max(FAINTEST, NOISE * noise)
    dividing = float(darkness.max()) / 2
    for _ in range(20):
        above = darkness[darkness > dividing]
        if not len(above):
            break
        middle = THRESHOLD * float(above.mean())
        if abs(middle - dividing) < 1e-3:
            break
        dividing = middle
    above = darkness[darkness > dividing]
    if not len(above) or above.mean() < least:
        return np.inf
    return max(dividing, least / 2)


def _shrunk(grey: Grey, side: int) -> tuple[Grey, int]:
    """The means of squares of pixels, so that the longer side has about ``side``."""
    factor = max(1, max(grey.shape) // side, 1)
    factor = min(factor, *grey.shape)
    height, width = (length // factor * factor for length in grey.shape)
    squares = grey[:height, :width].reshape(height // factor, factor, width // factor, factor)
    means: Grey = squares.mean(axis=(1, 3))
    return means, factor


def _enlarged(small: Grey, factor: int, shape: tuple[int, ...]) -> Grey:
    """The opposite of ``_shrunk``, smooth between the squares' middles."""
    from scipy import ndimage

    if factor == 1:
        return small
    places = [(np.arange(length) + 0.5) / factor - 0.5 for length in shape]
    rows, columns = (
        np.clip(place, 0, length - 1) for place, length in zip(places, small.shape, strict=True)
    )
    grid = np.meshgrid(rows, columns, indexing="ij")
    large: Grey = ndimage.map_coordinates(small, grid, order=1).astype(np.float32)
    return large
