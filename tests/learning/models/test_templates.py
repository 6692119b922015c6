import numpy as np
import pytest

from mnist_desktop.ink.trajectory import POINTS
from mnist_desktop.learning.models.templates import (
    MOST_OF_DIGIT,
    SUPPORT,
    Templates,
)

ANGLES = np.linspace(0, 5.5, 40)


@pytest.fixture
def loop(drawing_of):
    """A ring from its top to the left, narrower or wider."""

    def make(width=80):
        return drawing_of(np.stack([-width * np.sin(ANGLES), -120 * np.cos(ANGLES)], axis=1))

    return make


class TestSupport:
    def test_what_is_written_like_one_that_was_taught_is_likelier_that_digit(self, loop, seven):
        known = Templates().with_drawings([(loop(), 0), (seven, 7)])
        same, near, other, unknown = known.support([loop(), loop(100), seven, None])
        assert same[0] == pytest.approx(SUPPORT, abs=1e-3)
        assert 0 < near[0] < same[0]
        assert other[7] == pytest.approx(SUPPORT, abs=1e-3)
        assert other[0] == 0
        assert (unknown == 0).all()
        assert (same[1:] == 0).all()

    def test_what_looks_the_same_and_was_begun_elsewhere_is_out_of_reach(self, drawing_of, loop):
        known = Templates().with_drawings([(loop(), 0)])
        (stroke,) = loop().strokes
        turned = drawing_of(np.roll(stroke.points, 8, axis=0))
        assert (known.support([turned]) == 0).all()

    def test_the_nearest_of_a_digit_counts_and_nothing_below_nothing(self, loop, seven):
        one = Templates().with_drawings([(loop(100), 0)])
        more = one.with_drawings([(seven, 0), (loop(), 0)])
        assert more.support([loop()])[0, 0] > one.support([loop()])[0, 0] > 0
        assert (one.support([seven]) == 0).all()

    def test_without_templates_nothing_is_added(self, loop):
        assert (Templates().support([loop(), None]) == 0).all()
        assert Templates().support([]).shape == (0, 10)


def test_what_is_taught_again_is_not_kept_twice(loop, seven):
    once = Templates().with_drawings([(seven, 7), (loop(), 0)])
    again = once.with_drawings([(seven, 7), (loop(), 0), (seven, 1)])
    assert again.labels.tolist() == [7, 0, 1]
    assert Templates().with_drawings([]).labels.tolist() == []


def test_of_each_digit_the_newest_are_kept_in_their_order(loop, seven):
    drawings = [(loop(20 + 5 * number), 3) for number in range(MOST_OF_DIGIT + 2)]
    known = Templates().with_drawings([(seven, 7), *drawings[:-1]]).with_drawings(drawings[-1:])
    assert known.labels.tolist() == [7, *[3] * MOST_OF_DIGIT]
    oldest = Templates().with_drawings(drawings[2:3])
    np.testing.assert_array_equal(known.trajectories[1], oldest.trajectories[0])


@pytest.mark.parametrize(
    ("trajectories", "labels"),
    [
        (np.zeros((1, POINTS, 3)), [1]),
        (np.zeros((1, POINTS, 2)), [1, 2]),
        (np.zeros((1, POINTS, 2)), [10]),
        (np.zeros((1, POINTS, 2)), [-1]),
        (np.full((1, POINTS, 2), 0.6), [1]),
        (np.full((1, POINTS, 2), np.nan), [1]),
        (np.zeros((MOST_OF_DIGIT + 1, POINTS, 2)), [4] * (MOST_OF_DIGIT + 1)),
    ],
)
def test_what_no_pen_has_drawn_is_no_template(trajectories, labels):
    with pytest.raises(ValueError, match=r"trajector|template"):
        Templates(trajectories.astype(np.float32), np.array(labels))
