"""The light and the paper of a picture: which tone is ink's, and how light the paper is where."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.float32]
"""(h, w) float32, 0 for black to 1 for white."""

Mask = NDArray[np.bool_]

SMALL = 240
"""Where light and paper are estimated, the picture's longer side has about so many pixels."""

PENS = (0.02, 0.03, 0.04, 0.06, 0.08, 0.12, 0.16)
"""Widths of lines, as parts of the picture's shorter side, at which ink is looked for."""

PAPER_AROUND = 2.0
"""How much the tone of the picture's edge says about the paper, in nats, where it is all dark or
all light; where it is mixed, by ink or by the light, much less."""

MOST_OF_EDGE = 0.8
"""A shadow covers this part of one of the picture's edges."""

ALL_AROUND = 0.9
"""Under even light, a tone that has this part of the picture's edge is the paper's. So is a light
one that has all four corners: a picture may be cut out so tightly that much ink lies
along its edge. A dark one there may be a rim."""

CORNER = 0.04
"""Of the shorter side: so large is a corner."""

DRAWN, CONSTANT, VARIED = 100, 0.15, 0.35
"""A picture that a program has drawn has at most so many pixels along a side; the paper's tone has
that part of them, and no tone on the other side of the middle has more than that part of those."""

ALIKE, NOISE_TONES, FEW_ALIKE = 0.02, 5, 0.2
"""Tones that differ from it by no more than this part of all, or so many, are that part of it at
the most: a photo's paper has noise, though what was put around it may have none."""

WIDEST_PEN = 0.3
"""Under uneven light, nothing wider than this part of the shorter side is a pen's line."""

THICKEST = 0.6
"""Nor is it under even light, where the other tone is the paper whatever its share."""

EDGED = 0.9
"""The light is even where this part of the border between two tones is an edge."""

EDGE_CONTRAST = 0.5
"""And an edge is where the tones nearby differ by this part of what the two differ."""

NOISE_RANGE = 6.0
"""Among the pixels nearby, noise makes a difference of this many times its median."""

EDGE_REACH = 600
"""Divided by the pixels of the shorter side: across how many pixels an edge may go, 5 to 9."""


def drawn_paper(picture: NDArray[np.uint8]) -> tuple[int, bool] | None:
    """The paper's tone, 0 to 255, where it is one and the same, and whether ink is lighter; None
    where no tone is.

    So it is in small pictures that a program has drawn, MNIST's among them. The ink's tones differ
    by how much of a pixel it covers; where it is broad and of one tone too, the paper is what
    has most of the corners, or else of the edge.
    """
    least, most = int(picture.min()), int(picture.max())
    if max(picture.shape) > DRAWN or least == most:
        return None
    counts = np.bincount(picture.ravel(), minlength=256)
    middle = (least + most) // 2 + 1
    dark, light = int(counts[:middle].argmax()), middle + int(counts[middle:].argmax())
    rarer, common = sorted((dark, light), key=lambda tone: int(counts[tone]))
    reach = max(NOISE_TONES, round(ALIKE * (most - least)))
    alike = counts[max(0, common - reach) : common + reach + 1].sum() - counts[common]
    if counts[common] < CONSTANT * picture.size or alike > FEW_ALIKE * counts[common]:
        return None
    if counts[rarer] <= VARIED * counts[common]:
        return common, common == dark
    edge = np.concatenate([picture[0], picture[-1], picture[:, 0], picture[:, -1]]) >= middle
    in_corners = np.count_nonzero(picture[[0, 0, -1, -1], [0, -1, 0, -1]] >= middle)
    is_light = (in_corners, edge.mean()) <= (2, 0.5)
    return dark if is_light else light, is_light


def tones_of(picture: NDArray[np.uint8]) -> Grey:
    """(h, w) uint8 as parts of white."""
    tones: Grey = np.divide(picture, 255, dtype=np.float32)
    return tones


def even_threshold(small: Grey) -> float | None:
    """One tone that divides ink from paper all over a picture; None where the light is uneven.

    Of all tones it is the one that divides best (Otsu 1979, "A threshold selection method from
    gray-level histograms"). It is believed where it runs along edges nearly everywhere: through a
    lamp's light or a shadow's soft edge it would run where there is none. So it does not matter
    how much of the picture is ink.
    """
    threshold = best_threshold(small)
    light = small > threshold
    return None if light.all() or not light.any() or not is_edged(small, light) else threshold


def is_edged(small: Grey, mask: Mask) -> bool:
    """Whether the border between a mask and the rest is an edge nearly everywhere."""
    from scipy import ndimage

    border = np.zeros_like(mask)
    for axis in (0, 1):
        changes = np.diff(mask, axis=axis)
        inside: list[tuple[int, int]] = [(0, 0), (0, 0)]
        inside[axis] = (0, 1)
        border |= np.pad(changes, inside)
        border |= np.pad(changes, [pair[::-1] for pair in inside])
    # What is small has been enlarged, or is as blurred.
    reach = int(np.clip(EDGE_REACH / min(small.shape), 5, 9)) | 1
    contrast = ndimage.maximum_filter(small, reach) - ndimage.minimum_filter(small, reach)
    # Among so many pixels noise alone makes some differ.
    rough = np.abs(small - ndimage.median_filter(small, 3))
    contrast -= NOISE_RANGE * float(np.median(rough))
    between = abs(float(small[mask].mean() - small[~mask].mean()))
    return bool((contrast[border] > EDGE_CONTRAST * between).mean() >= EDGED)


def best_threshold(small: Grey) -> float:
    """The tone that divides a picture best, see ``even_threshold``, however its light is."""
    counts, edges = np.histogram(small, 256, (0, 1))
    middles = (edges[:-1] + edges[1:]) / 2
    below = np.cumsum(counts)
    sums = np.cumsum(counts * middles)
    total = below[-1]
    between = (sums[-1] * below - sums * total) ** 2 / np.maximum(below * (total - below), 1)
    # Between two tones that are far apart, all in between divide as well.
    return float(edges[1:][between >= between.max() * (1 - 1e-9)].mean())


def ink_is_light(grey: Grey) -> bool:
    """Whether the narrow things in a picture are lighter than what is around them.

    What a closing fills in is narrow and dark, what an opening takes away is narrow and light.
    Between lines the paper is narrow too, but seldom as narrow as the lines: so several widths
    are tried, and the narrower counts for more. The edge of a shadow is narrow at none. And what
    is along the picture's edge is mostly paper: that decides for a very broad pen.
    """
    from scipy import ndimage

    small, _ = shrunk(grey, SMALL)
    edge = np.concatenate([small[0], small[-1], small[:, 0], small[:, -1]])
    threshold = even_threshold(small)
    if threshold is not None:
        share = float((edge > threshold).mean())
        ends = np.s_[: (side := max(1, round(CORNER * min(small.shape))))], np.s_[-side:]
        corners = [float(small[rows, columns].mean()) for rows in ends for columns in ends]
        if share >= ALL_AROUND or min(corners) > threshold:
            return False
        if share <= 1 - ALL_AROUND:
            return True
    dark = light = 1e-6
    for share in PENS:
        size = max(3, round(share * min(small.shape))) | 1
        closed = ndimage.grey_closing(small, size=(size, size), mode="nearest")
        opened = ndimage.grey_opening(small, size=(size, size), mode="nearest")
        dark += float(((closed - small) ** 2).sum()) / share**2
        light += float(((small - opened) ** 2).sum()) / share**2
    middle = np.percentile(small, (1, 99)).mean()
    dark_edge = float((edge < middle).mean() - (edge > middle).mean())
    return bool(np.log(light / dark) + PAPER_AROUND * dark_edge**3 > 0)


def paper_of(grey: Grey, widest: float = WIDEST_PEN) -> Grey:
    """The paper's tone at each pixel, for ink that is darker than the paper.

    Args:
        widest: nothing wider than this part of the shorter side is a line, where light is uneven.
    """
    small, factor = shrunk(grey, SMALL)
    threshold = even_threshold(small)
    if threshold is not None and not _is_shade(small <= threshold):
        return enlarged(_beside(small, small > threshold), factor, grey.shape)
    return enlarged(_closed(small, widest), factor, grey.shape)


def _is_shade(mask: Mask) -> bool:
    """Whether what is dark is too broad for ink, or broad and along most of an edge."""
    from scipy import ndimage

    along = max(edge.mean() for edge in (mask[0], mask[-1], mask[:, 0], mask[:, -1]))
    share = WIDEST_PEN if along > MOST_OF_EDGE else THICKEST
    # Whether a square of this part of the shorter side fits into the mask, and into the picture.
    size = max(3, round(share * min(mask.shape)))
    return bool(ndimage.minimum_filter(mask, size, mode="constant").any())


def _beside(small: Grey, is_paper: Mask) -> Grey:
    """The paper's tones carried on under the ink: each a mean of those around."""
    from scipy import ndimage

    # Beside ink a pixel is a mixture of both.
    sure = ndimage.binary_erosion(is_paper, border_value=1)
    sure = sure if sure.sum() > is_paper.sum() / 4 else is_paper
    reach = max(2.0, max(small.shape) / 8)
    weight = ndimage.gaussian_filter(sure.astype(np.float32), reach, mode="constant")
    tones = ndimage.gaussian_filter(np.where(sure, small, 0), reach, mode="constant")
    level = float(np.median(small[sure]))
    paper: Grey = ((tones + 1e-3 * level) / (weight + 1e-3)).astype(np.float32)
    return paper


def _closed(small: Grey, widest: float) -> Grey:
    """What is left when all that is narrow has been filled in (a grey closing).

    Light that grows to one side, and a shadow's edge, stay as they are: a closing alters no slope
    and no step, as long as they go on beyond the picture's edge.
    """
    from scipy import ndimage

    size = max(3, round(widest * min(small.shape))) | 1
    # The lightest of the noise would be taken for the paper.
    quiet = ndimage.median_filter(small, 5, mode="nearest")
    padded = np.pad(quiet, size, mode="edge")
    closed = ndimage.grey_closing(padded, size=(size, size))[size:-size, size:-size]
    paper: Grey = closed - max(0.0, float(np.median(closed - small)))
    return paper


def shrunk(grey: Grey, side: int) -> tuple[Grey, int]:
    """The means of squares of pixels, so that the longer side has about ``side``, and the
    squares' side.
    """
    factor = min(max(1, max(grey.shape) // side), *grey.shape)
    return means_of_squares(grey, factor), factor


def means_of_squares(plane: NDArray[np.floating] | Mask, side: int) -> Grey:
    """(h, w) → (h // side, w // side): the mean of each square of so many pixels a side."""
    height, width = (length // side for length in plane.shape)
    squares = plane[: height * side, : width * side].reshape(height, side, width, side)
    means: Grey = squares.mean(axis=(1, 3), dtype=np.float32)
    return means


def enlarged(small: Grey, factor: int, shape: tuple[int, ...]) -> Grey:
    """The opposite of ``shrunk``, smooth between the squares' middles."""
    if factor == 1:
        return small
    large = small
    # Along one side and then the other: a tenth of the time of both at once.
    for axis, length in enumerate(shape):
        places = np.clip((np.arange(length) + 0.5) / factor - 0.5, 0, small.shape[axis] - 1)
        before = places.astype(np.intp)
        after = np.minimum(before + 1, small.shape[axis] - 1)
        share = (places - before).astype(np.float32).reshape([-1, 1] if axis == 0 else [1, -1])
        first, second = np.take(large, before, axis), np.take(large, after, axis)
        large = first + (second - first) * share
    return large
