"""Which pixels of a photo or scan are ink."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.ink.photo.paper import (
    SMALL,
    WIDEST_PEN,
    Grey,
    Mask,
    drawn_paper,
    ink_is_light,
    is_edged,
    paper_of,
    shrunk,
    tones_of,
)

LENSES = (0.7, 2.0)
"""Standard deviation, in pixels, of the smoothing against noise; the second where the first
leaves too much of it."""

FINE_PEN = 0.05
"""Where no ink is found, or some that does not end at edges, the paper may be crumpled or blotchy,
and the pen a pencil: a line is then no wider than this part of the shorter side."""

COVERED = 0.3
"""What is ink for that part is ink where edges are looked for, in fewer pixels."""

THRESHOLD = 0.45
"""What is darker than this part of the ink's own darkness is ink."""

FAINTEST = 0.07
"""Ink is at least this much darker than the paper around it, as a part of the paper's tone."""

FAINT = 0.5
"""What is darker than this part of the threshold may be a printed line."""

FULL = 0.8
"""Each shape of ink is somewhere at least as dark as this part of the ink's mean darkness: what
is left of a shadow or a pale printed line is nowhere."""

DEVIATIONS = (5.0, 4.5, 4.0)
"""Ink is darker than the paper by so many standard deviations of the paper's noise; by fewer, where
what is less than half as dark has been left out before."""

ENOUGH = 200_000
"""Pixels of the paper, at least, by which its noise is measured."""

DARKEST_PAPER = 0.1
"""Darkness is a part of the paper's tone, as far as that is not nearly black."""


@dataclass(frozen=True, eq=False)
class Ink:
    """The ink of a picture.

    Attributes:
        mask: (h * scale, w * scale) bool, False everywhere where there is none.
        faint: the same, and all that is darker than ``FAINT`` of what divides ink from paper:
            pale printed lines and noise.
        is_light: whether it is lighter than the paper.
        paper: (h, w) float32, the paper's tone, 0 to 1; of the negative, where the ink is light.
    """

    mask: Mask
    faint: Mask
    is_light: bool
    paper: Grey

    def darkness(self, picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """How much ink there is at each pixel, 0 for paper to 255: (h, w) uint8 of the same shape.

        Args:
            picture: what ink was found in, before it was enlarged.
        """
        found = _darkness(tones_of(picture), self.paper, is_light=self.is_light)
        return np.rint(np.clip(found, 0, 1) * 255).astype(np.uint8)


def find_ink(picture: NDArray[np.uint8], scale: int = 1) -> Ink:
    """The ink of a picture: (h, w) uint8, dark on light or light on dark.

    Args:
        scale: how many times as large the mask shall be. Light and paper are looked for in the
            picture as it is, since enlarging it makes all edges soft.
    """
    sharp = tones_of(picture)
    large = sharp if scale == 1 else _smoothed(_enlarged(sharp, scale), scale / 3)
    drawn = drawn_paper(picture)
    found = _find(sharp, large, drawn, WIDEST_PEN)
    if drawn is not None or _has_edges(sharp, found.mask):
        return found
    fine = _find(sharp, large, drawn, FINE_PEN)
    return fine if _has_edges(sharp, fine.mask) else found


def _find(sharp: Grey, large: Grey, drawn: tuple[int, bool] | None, widest: float) -> Ink:
    """The ink, where no line is wider than that part of the picture's shorter side.

    Args:
        large: the picture, enlarged as the mask shall be.
        drawn: see ``drawn_paper``.
    """
    scale = len(large) // len(sharp)
    for lens in LENSES:
        smooth = _smoothed(large, lens)
        grey = smooth if scale == 1 else sharp
        if drawn is None:
            is_light = ink_is_light(grey)
            paper = paper_of(1 - grey if is_light else grey, widest)
        else:
            tone, is_light = drawn
            paper = np.full_like(sharp, (255 - tone if is_light else tone) / 255)
        darkness = _darkness(smooth, _enlarged(paper, scale), is_light=is_light)
        mask, faint = _ink_of(darkness, is_clean=drawn is not None)
        if mask.any():
            break
    return Ink(mask, faint, is_light, paper)


def _has_edges(sharp: Grey, mask: Mask) -> bool:
    """Whether there is ink, and what is taken for it ends at edges nearly everywhere: blotches of
    the paper, or of the light, do not.
    """
    scale = len(mask) // len(sharp)
    small, _ = shrunk(sharp, SMALL)
    covered, _ = shrunk(mask[::scale, ::scale].astype(np.float32), SMALL)
    is_ink = covered > COVERED
    return bool(is_ink.any()) and not is_ink.all() and is_edged(small, is_ink)


def _smoothed(grey: Grey, lens: float) -> Grey:
    from scipy import ndimage

    smooth: Grey = ndimage.gaussian_filter(grey, lens, mode="nearest")
    return smooth


def _enlarged(grey: Grey, scale: int) -> Grey:
    """A picture ``scale`` times as large."""
    from scipy import ndimage

    if scale == 1:
        return grey
    large: Grey = ndimage.zoom(grey, scale, order=1, grid_mode=True, mode="nearest")
    return large


def _darkness(grey: Grey, paper: Grey, *, is_light: bool) -> Grey:
    """How much ink there is at each pixel: (h, w) float32, 0 for paper."""
    if is_light:
        # There is no paper's tone to divide by where it is nearly black.
        return np.subtract(paper, np.subtract(1, grey, dtype=np.float32), dtype=np.float32)
    found: Grey = np.divide(paper - grey, np.maximum(paper, DARKEST_PAPER), dtype=np.float32)
    return found


def _ink_of(darkness: Grey, *, is_clean: bool) -> tuple[Mask, Mask]:
    """What is ink, and what may be pale ink; on clean paper there is no noise."""
    from scipy import ndimage

    threshold = threshold_of(darkness, is_clean=is_clean)
    ink = darkness > threshold
    if not ink.any():
        return ink, ink
    labels, count = ndimage.label(ink, np.ones((3, 3)))
    darkest = np.zeros(count + 1, dtype=np.float32)
    np.maximum.at(darkest, labels[ink], darkness[ink])
    is_ink = darkest >= FULL * darkness[ink].mean()
    is_ink[0] = False
    return is_ink[labels], darkness > FAINT * threshold


def threshold_of(darkness: Grey, *, is_clean: bool) -> float:
    """What divides ink from paper, which may be without noise; infinite where nothing is ink.

    The means of both sides are balanced first (Ridler and Calvard 1978), which finds the ink's
    own darkness however little of it there is. Where noise or printed lines are most of what that
    finds, it is done again with what is darker than these.
    """
    floor = 0.0
    for deviations in DEVIATIONS:
        dividing = _balanced(darkness, floor)
        is_ink = darkness > dividing
        if not is_ink.any() or (mean := float(darkness[is_ink].mean())) < FAINTEST:
            break
        # Of the paper alone, however little of it there is.
        paper = darkness[~is_ink]
        paper = paper[:: max(1, len(paper) // ENOUGH)]
        has_noise = len(paper) and not is_clean
        noise = 1.4826 * float(np.median(np.abs(paper - np.median(paper)))) if has_noise else 0.0
        least = max(FAINTEST, deviations * noise)
        if mean >= least:
            return max(dividing, least / 2)
        floor = least / 2
    return np.inf


def _balanced(darkness: Grey, floor: float) -> float:
    """``THRESHOLD`` of the mean of all that is darker than the result; ``floor`` at least."""
    dividing = max(floor, float(darkness.max()) / 2)
    for _ in range(20):
        above = darkness[darkness > dividing]
        if not len(above):
            break
        middle = max(floor, THRESHOLD * float(above.mean()))
        if abs(middle - dividing) < 1e-3:
            break
        dividing = middle
    return dividing
