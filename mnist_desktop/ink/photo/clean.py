"""What is not handwriting in the ink of a picture: printed lines, rims, captions, specks."""

from __future__ import annotations

import numpy as np

from mnist_desktop.ink.photo.centreline import pen_width
from mnist_desktop.ink.photo.frames import straight_lines, without_corners, without_frames
from mnist_desktop.ink.photo.paper import Mask
from mnist_desktop.ink.photo.rings import without_rings
from mnist_desktop.ink.photo.rules import without_rules
from mnist_desktop.ink.photo.shapes import FLAT, MAX_SHAPES, Shapes
from mnist_desktop.ink.photo.underlines import without_line_under_all, without_underlines

RIM = 0.08
"""A rim lies within this part of the picture's shorter side from the edges that it touches."""

SOLID = 0.75
"""What covers that part of its box, and of an edge, is a rim however broad it is."""

BORDER, BEYOND = 0.2, 0.15
"""The border of a cell is no wider than this part of its height, and goes on to the picture's edge
above or below what is written by that part of its height."""

FAR_BEYOND = 1.5
"""The border of a cell that touches no edge is that many times as high as the line."""

THICK, LUMP, ROUND = 3.0, 0.35, 0.6
"""A finger that holds the sheet is so many times as thick as any line inside, as thick as that part
of its own extent, and fills that part of its box."""

FINGER_SIDE = 500
"""Pixels of the longer side in which it is looked for."""

LIKE_THE_OTHERS = 0.7
"""At an edge, what stands beside other ink from top to bottom, as far as this, is a digit."""

TOUCHING = 0.02
"""What is no further from an edge than this part of the picture's shorter side touches it."""

EDGE_EXTENT = 0.4
"""What touches an edge and is smaller than this part of the largest shape inside was cut off."""

SPECK = 0.15
"""What is smaller than this part of the shape that weighs most is a speck if it lies apart."""

SPECK_GAP = 0.10
"""How far apart, as a part of the largest shape."""

SIGN, SIGN_BESIDE, UNEVEN = 0.06, 0.8, 0.4
"""A speck of that part of the height, with ink within so many of its heights on both sides, may be
a sign: in the row of one of them, and no further from the other's than this part of its height."""

SMALLEST = 4
"""Pixels of a shape's longer side: what is smaller is noise."""

CAPTION = 0.4
"""What is smaller than this part of the shape that weighs most, and in no line with one that is
not, is printed, or dirt."""

STRAIGHT, THIN = 0.12, 0.55
"""A line no wider than that part of its length, of less than this part of the pen's width, is
printed."""


def without_paper(ink: Mask, faint: Mask) -> Mask:
    """The handwriting in what looks like ink: all lines of it.

    Args:
        faint: what looks like pale ink, too.
    """
    if _is_cut_tightly(ink):
        ink = without_underlines(ink)
    else:
        lines = straight_lines(faint)
        ink = without_frames(_without_rims(_without_fingers(ink)), lines)
        ink = without_corners(ink, faint | lines)
        ink = without_underlines(_without_rims(without_rules(ink)))
        ink = without_rings(without_line_under_all(ink))
    return _without_small(_without_thin_lines(ink))


def _without_rims(ink: Mask) -> Mask:
    """Without what lies along the picture's edges, or sticks into it and is small.

    A picture may be cut out tightly: a digit that touches an edge stays whole.
    """
    from scipy import ndimage

    shapes = Shapes(ink)
    if not shapes.count:
        return ink
    height, width = ink.shape
    margin = max(2, round(RIM * min(height, width)))
    inner = np.zeros_like(ink)
    inner[margin : height - margin, margin : width - margin] = True
    total = np.bincount(shapes.labels.ravel(), minlength=shapes.count + 1)[1:]
    within = ndimage.sum_labels(inner, shapes.labels, np.arange(1, shapes.count + 1))
    touching = shapes.touching()
    solid = total > SOLID * shapes.height * shapes.width
    across = (shapes.height > SOLID * height) | (shapes.width > SOLID * width)
    along = touching & ((within < 0.2 * total) | (solid & across))
    others = shapes.extent[~touching].max(initial=0)
    small = touching & (shapes.extent < EDGE_EXTENT * others)
    rest = ~(along | small)
    if not rest.any():
        return ink
    thin = shapes.width < BORDER * shapes.height
    line = rest & ~thin & (shapes.height >= CAPTION * shapes.main_height())
    if not line.any():
        return shapes.kept(rest)
    # A digit that is narrow and cut off at a side stands in the line all the same.
    top, bottom = shapes.top[line].min(), shapes.bottom[line].max()
    shared = np.minimum(bottom, shapes.bottom) - np.maximum(top, shapes.top)
    spans = np.maximum(bottom, shapes.bottom) - np.minimum(top, shapes.top)
    upright = (shapes.height > 2 * shapes.width) & (shapes.width > margin / 2)
    rest |= upright & (shared >= LIKE_THE_OTHERS * spans) & ~small
    # The border of a cell stands further in, but goes on beyond the line.
    outermost = (shapes.right < shapes.left[line].min()) | (shapes.left > shapes.right[line].max())
    beyond = np.maximum(top - shapes.top, shapes.bottom - bottom) > BEYOND * (bottom - top)
    through = (shapes.top == 0) & (shapes.bottom == height)
    beyond |= through & ~through[line].any()
    # Nor need it touch an edge, if it is about as high as the picture, and higher than the line.
    nearly = shapes.height > np.maximum(SOLID * height, FAR_BEYOND * (bottom - top))
    rest &= ~((touching | nearly) & thin & outermost & beyond)
    return shapes.kept(rest)


def _without_fingers(ink: Mask) -> Mask:
    """Without what comes in over an edge and is much thicker than what is written inside."""
    from scipy import ndimage

    shapes = Shapes(ink)
    touching = shapes.touching()
    inside = ~touching & (shapes.extent >= SPECK * shapes.extent.max(initial=0))
    if not touching.any() or not inside.any():
        return ink
    # Every some pixels are enough, and what comes in goes on beyond the edge.
    every = -(-max(ink.shape) // FINGER_SIDE)
    depth = every * ndimage.distance_transform_edt(ink[::every, ::every])
    labels = shapes.labels[::every, ::every]
    thickness = 2 * ndimage.maximum(depth, labels, np.arange(1, shapes.count + 1))
    lump = thickness >= np.maximum(THICK * thickness[inside].max(), LUMP * shapes.extent)
    # A shadow's edge may hang together with what is written.
    total = np.bincount(shapes.labels.ravel(), minlength=shapes.count + 1)[1:]
    return shapes.kept(~(lump & (total > ROUND * shapes.height * shapes.width)))


def _is_cut_tightly(ink: Mask) -> bool:
    """Whether what is written touches all four sides of a picture, no one shape both ends: the
    digit at an end may be a 1, though it looks like a border.
    """
    shapes = Shapes(ink)
    height, width = ink.shape
    near = TOUCHING * min(ink.shape)
    sides = np.array(
        [
            shapes.top <= near,
            shapes.bottom >= height - near,
            shapes.left <= near,
            shapes.right >= width - near,
        ]
    )
    touching = sides.any(axis=0)
    if (sides[2] & sides[3]).any() or not touching.any():
        return False
    large = shapes.height >= CAPTION * shapes.main_height()
    thin = shapes.width < BORDER * shapes.height
    by_others = (touching & large & ~thin).any() or thin[large].all()
    return bool((sides & large).any(axis=1).all() and by_others)


def _without_thin_lines(ink: Mask) -> Mask:
    """Without straight lines that stand alone and are much thinner than the pen: cells' borders."""
    shapes = Shapes(ink)
    if shapes.count < 2 or shapes.count > MAX_SHAPES:
        return ink
    total = np.bincount(shapes.labels.ravel(), minlength=shapes.count + 1)[1:]
    width = total / shapes.extent
    straight = np.minimum(shapes.height, shapes.width) < STRAIGHT * shapes.extent
    straight &= shapes.extent > 0.5 * shapes.main_height()
    if not straight.any() or straight.all():
        return ink
    largest = int(np.where(straight, 0, total).argmax())
    rows = slice(int(shapes.top[largest]), int(shapes.bottom[largest]))
    columns = slice(int(shapes.left[largest]), int(shapes.right[largest]))
    pen = pen_width(shapes.labels[rows, columns] == largest + 1)
    return shapes.kept(~(straight & (width < THIN * pen)))


def _without_small(ink: Mask) -> Mask:
    """Without shapes that are small and lie apart; the dot in a zero stays, and so do signs."""
    shapes = Shapes(ink)
    if not shapes.count:
        return ink
    main = shapes.main_height()
    upright = shapes.height > FLAT * shapes.width
    least = max(SMALLEST, SPECK * shapes.extent[upright if upright.any() else slice(None)].max())
    digits = shapes.height >= CAPTION * main
    if np.count_nonzero(shapes.extent >= least) > MAX_SHAPES:
        return ink
    keep = digits.copy()
    for index in map(int, np.flatnonzero(~digits & (shapes.extent >= SMALLEST))):
        gap_x = np.maximum(
            shapes.left[digits] - shapes.right[index], shapes.left[index] - shapes.right[digits]
        )
        gap_y = np.maximum(
            shapes.top[digits] - shapes.bottom[index], shapes.top[index] - shapes.bottom[digits]
        )
        extent, heights = shapes.extent[digits], shapes.height[digits]
        near = (np.maximum(gap_x, gap_y) <= SPECK_GAP * extent).any()
        level = gap_y < 0.15 * main
        large = shapes.extent[index] >= least
        beside = large and ((level & (gap_x <= extent)).any() or shapes.is_hat(index, digits))
        is_left = shapes.right[digits] <= shapes.left[index] + 0.1 * main
        close = (gap_x <= SIGN_BESIDE * heights) & (gap_y < UNEVEN * heights)
        between = all((close & side).any() for side in (is_left, ~is_left))
        between &= (close & level).any()
        sign = between and shapes.extent[index] >= SIGN * main
        keep[index] = near or beside or sign
    return shapes.kept(keep)
