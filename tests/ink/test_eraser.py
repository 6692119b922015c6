import numpy as np
import pytest

from mnist_desktop.ink.eraser import touched, without
from mnist_desktop.ink.strokes import Drawing, Stroke


@pytest.fixture
def drawing(drawing_of):
    """A bar, a stem far right of it, and a dot."""
    return drawing_of([[0.1, 0.2], [0.5, 0.2]], [[0.8, 0.1], [0.8, 0.9]], [[0.3, 0.7]])


@pytest.mark.parametrize(
    ("start", "stop", "found"),
    [
        ((0.3, 0.21), (0.3, 0.21), [0]),
        ((0.3, 0.25), (0.3, 0.25), []),
        ((0.52, 0.2), (0.52, 0.2), [0]),  # beyond its end, within reach
        ((0.7, 0.5), (0.9, 0.5), [1]),  # across it between two of its points
        ((0.3, 0.1), (0.9, 0.5), [1, 0]),  # across both
        ((0.28, 0.6), (0.28, 0.8), [2]),  # past a dot
        ((0.0, 0.0), (0.0, 1.0), []),
    ],
)
def test_what_the_eraser_comes_upon_the_newest_first(drawing, start, stop, found):
    assert touched(drawing, start, stop, 0.03) == [drawing.strokes[index] for index in found]


def test_broad_ink_is_touched_at_its_edge():
    points = np.array([[0.1, 0.2], [0.5, 0.2]])
    thin, broad = Stroke(points, np.full(2, 0.01)), Stroke(points, np.full(2, 0.1))
    assert touched(Drawing((thin, broad)), (0.3, 0.25), (0.3, 0.25), 0.02) == [broad]


def test_of_strokes_that_are_alike_one_is_taken_out():
    one, other = Stroke(np.zeros((1, 2))), Stroke(np.zeros((1, 2)))
    assert without(Drawing((one, other)), one).strokes == (other,)


def test_a_point_is_touched_wherever_it_is_in_a_stroke():
    way = (0.2, 0.0), (0.2, 1.0)
    for points in ([[0.0, 0.5], [0.18, 0.5], [0.0, 0.6]], [[0.18, 0.4], [0.0, 0.5]]):
        near = Stroke(np.array(points))
        assert touched(Drawing((near,)), *way, 0.03) == [near]
        assert touched(Drawing((near,)), *way, 0.01) == []
