import numpy as np
import pytest
from scipy import ndimage

from mnist_desktop.ink.photo.centreline import (
    centreline,
    pen_width,
    picture_of_shape,
    thinned,
    without_spurs,
)

EIGHT = np.ones((3, 3))


def shape_with(*boxes, size=(80, 160)):
    """A shape of boxes: left, top, right, bottom."""
    shape = np.zeros(size, bool)
    for left, top, right, bottom in boxes:
        shape[top:bottom, left:right] = True
    return shape


def ends(line):
    neighbours = ndimage.convolve(line.astype(int), EIGHT, mode="constant") - 1
    return int((line & (neighbours == 1)).sum())


@pytest.mark.parametrize("width", [2, 5, 12])
def test_the_pen_s_width_is_measured(width):
    bar = shape_with((10, 20, 110, 20 + width))
    assert pen_width(bar) == pytest.approx(width, rel=0.25, abs=0.5)


class TestThePicture:
    def test_of_nothing_is_empty(self):
        assert not picture_of_shape(np.zeros((5, 5), bool)).any()

    def test_of_a_dot_is_a_dot(self):
        rows, columns = np.nonzero(picture_of_shape(shape_with((4, 4, 5, 5), size=(9, 9))) > 127)
        assert np.ptp(rows) <= 4
        assert np.ptp(columns) <= 4

    @pytest.mark.parametrize("pen", [1, 3])
    def test_of_a_long_line_is_that_line_however_thin_it_is(self, pen):
        frame = shape_with((0, 0, 700, 2000), size=(2000, 700))
        broad = frame & ~shape_with((60, 60, 640, 1940), size=frame.shape)
        frame[pen:-pen, pen:-pen] = False
        difference = np.abs(picture_of_shape(frame).astype(int) - picture_of_shape(broad))
        assert difference.mean() < 5

    @pytest.mark.parametrize("shape", [(1, 2000), (2000, 1), (3, 2000)])
    def test_of_a_bar_as_thin_as_a_picture_can_be_is_a_bar(self, shape):
        inked = picture_of_shape(np.ones(shape, bool)) > 127
        assert sorted([inked.any(axis=0).sum(), inked.any(axis=1).sum()]) == [3, 19]


class TestThinning:
    def test_a_bar_becomes_its_middle_line(self):
        rows, columns = np.nonzero(thinned(shape_with((5, 6, 55, 15), size=(21, 60))))
        assert set(rows) <= {9, 10, 11}
        assert len(np.unique(columns)) >= 40
        assert len(columns) <= 1.1 * len(np.unique(columns))

    def test_a_ring_stays_one_ring(self):
        y, x = np.indices((60, 60)) - 30
        ring = thinned(np.abs(np.hypot(x, y) - 20) < 4)
        _, count = ndimage.label(ring, EIGHT)
        _, holes = ndimage.label(~ring)
        assert (count, holes) == (1, 2)


class TestSideBranches:
    def test_short_ones_go_and_ends_stay(self):
        line = shape_with((5, 15, 55, 16), (30, 11, 31, 15))
        pruned = without_spurs(line, 5)
        assert pruned[15, 5:55].all()
        assert not pruned[:14].any()

    def test_one_that_is_longer_stays_whole(self):
        line = shape_with((5, 15, 55, 16), (30, 3, 31, 15))
        np.testing.assert_array_equal(without_spurs(line, 5), line)

    def test_a_bump_of_half_a_pen_is_roughness_and_a_stem_of_a_whole_one_is_drawn(self):
        bar = shape_with((10, 40, 150, 52))
        y, x = np.indices(bar.shape)
        bump = (np.abs(x - 80) <= (y - 34) / 1.5 + 1) & (y >= 34) & (y <= 40)
        assert ends(thinned(bar | bump)) == 3  # or it would show nothing
        assert ends(centreline(bar | bump)) == 2
        assert ends(centreline(bar | shape_with((74, 28, 86, 40)))) == 3
