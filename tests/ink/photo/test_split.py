import numpy as np
import pytest
from scipy import ndimage

from mnist_desktop.ink.photo.split import cut_at_valleys

HEIGHT = 100


def ink(*boxes, size=(HEIGHT, 200)):
    """Ink in boxes: left, top, right, bottom; cut out of its surroundings."""
    shape = np.zeros(size, bool)
    for left, top, right, bottom in boxes:
        shape[top:bottom, left:right] = True
    rows, columns = (np.flatnonzero(shape.any(axis=axis)) for axis in (1, 0))
    return shape[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def ring(width, thickness=10):
    """An ellipse as high as the line."""
    rows, columns = np.indices((HEIGHT, width))
    middle, across = (HEIGHT - 1) / 2, (width - 1) / 2
    inside = np.hypot((rows - middle) / middle, (columns - across) / across) <= 1
    return inside & ~ndimage.binary_erosion(inside, iterations=thickness)


def ends(shape):
    """Where the pieces end, from left to right."""
    return [int(np.flatnonzero(piece.any(axis=0))[-1]) for piece in cut_at_valleys(shape, HEIGHT)]


def test_pieces_are_all_of_the_ink_each_once():
    shape = np.hstack([ring(60), ink((0, 45, 6, 55), (6, 0, 16, 100)), ring(60)])
    pieces = cut_at_valleys(shape, HEIGHT)
    assert len(pieces) > 2
    np.testing.assert_array_equal(np.sum(pieces, axis=0), shape)


@pytest.mark.parametrize("top", [0, 65])
def test_a_narrow_pair_is_divided_where_it_touches_though_one_is_low(top):
    shape = ink((0, 0, 12, 100), (12, 80, 50, 86), (50, top, 62, 100))
    assert any(12 <= end < 50 for end in ends(shape)[:-1])


def test_what_is_narrow_or_low_is_not_divided():
    assert len(cut_at_valleys(ring(55), HEIGHT)) == 1
    assert len(cut_at_valleys(ink((0, 40, 90, 60)), HEIGHT)) == 1


def test_between_a_ring_and_a_stroke_it_divides_and_not_through_the_ring():
    shape = np.hstack([ring(60, 4), ink((0, 46, 8, 54), (8, 0, 12, 100))])
    assert ends(shape) == [pytest.approx(61, abs=4), 71]


def test_a_wide_zero_is_not_divided():
    assert len(cut_at_valleys(ring(160), HEIGHT)) == 1
    assert len(cut_at_valleys(np.hstack([ring(90), ring(90)]), HEIGHT)) > 1
    assert (
        len(cut_at_valleys(np.hstack([ring(90), ink((0, 0, 40, 10))[:1].repeat(100, 0)]), 100)) > 1
    )


def test_a_long_low_loop_is_no_zero():
    """As between two digits that touch at their heads and at their feet."""
    shape = ink((0, 0, 10, 100), (90, 0, 100, 100), (0, 40, 100, 46), (0, 60, 100, 66))
    assert len(cut_at_valleys(shape, HEIGHT)) > 1
