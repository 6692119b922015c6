import numpy as np
import pytest

from mnist_desktop.ink.strokes import Drawing
from mnist_desktop.ink.synthetic.hand import Hand, arc

COUNT = 400


@pytest.fixture
def hand() -> Hand:
    return Hand(np.random.default_rng(0), COUNT)


def middle(strokes):
    """What all hands drew, on average: their tremor is in no direction."""
    return strokes.mean(axis=0)


class TestProportions:
    def test_between_stays_between(self, hand):
        numbers = hand.between(2.0, 3.0)
        assert numbers.shape == (COUNT,)
        assert 2.0 <= numbers.min() < 2.1
        assert 2.9 < numbers.max() <= 3.0

    def test_about_never_strays_further_than_two_deviations(self, hand):
        numbers = hand.about(5.0, 0.5)
        assert 4.0 <= numbers.min() < 4.3
        assert 5.7 < numbers.max() <= 6.0
        assert numbers.mean() == pytest.approx(5.0, abs=0.1)

    def test_either_is_one_of_two_as_often_as_asked(self, hand):
        numbers = hand.either(1, -1, 0.9)
        assert set(numbers) == {1, -1}
        assert (numbers == 1).mean() == pytest.approx(0.9, abs=0.05)


class TestLine:
    def test_it_is_a_stroke_for_each_hand_through_all_points(self, hand):
        points = [(0.0, 0.0), (0.5, 0.2), (0.7, 0.8), (0.0, 1.0)]
        strokes = hand.line(*points)
        assert strokes.shape[0] == COUNT
        assert strokes.shape[2] == 2
        for point in points:
            nearest = np.hypot(*(middle(strokes) - point).T).min()
            assert nearest < 0.01, point

    def test_a_coordinate_may_differ_from_hand_to_hand(self, hand):
        x = np.linspace(0, 10, COUNT)
        strokes = hand.line((0, 0), (x, 1))
        np.testing.assert_allclose(strokes[:, -1, 0], x, atol=0.15)

    def test_two_points_make_a_straight_line_of_many(self, hand):
        line = middle(hand.line((0, 0), (1, 2)))
        assert len(line) >= 24
        np.testing.assert_allclose(line[:, 1], 2 * line[:, 0], atol=0.02)
        steps = np.diff(line[:, 0])
        np.testing.assert_allclose(steps, steps[0], rtol=1e-6)

    def test_a_corner_is_sharper_than_a_bend(self, hand):
        points = [(0, 0), (1, 0), (1, 1)]
        corner, bend = middle(hand.line(*points, corners=(1,))), middle(hand.line(*points))
        # A bend swings out before it turns; with a corner nearly all stays on the two sides.
        assert corner[:, 1].min() > -0.03
        assert bend[:, 1].min() < -0.03

    def test_hands_tremble_and_turn_corners_each_in_its_own_way(self, hand):
        strokes = hand.line((0, 0), (1, 0), (1, 1), corners=(1,))
        deviation = strokes[:, 0].std(axis=0)
        assert (deviation > 0.01).all()
        assert (deviation < 0.04).all()
        assert len(np.unique(strokes[:, 5, 1])) == COUNT


class TestArc:
    def test_it_begins_and_ends_where_it_should_and_positive_is_clockwise(self):
        points = np.array(arc((1, 2), (3, 4), -90, 90))
        np.testing.assert_allclose(points[0], [1, 2 - 4], atol=1e-9)  # the top, y pointing down
        np.testing.assert_allclose(points[-1], [1 + 3, 2], atol=1e-9)  # the right
        back = np.array(arc((1, 2), (3, 4), -90, -90))
        np.testing.assert_allclose(back[-1], [1 - 3, 2], atol=1e-9)

    def test_growth_is_of_both_radii_at_its_end(self):
        points = np.array(arc((0, 0), (2, 1), 0, 360, growth=0.5))
        np.testing.assert_allclose(points[0], [2, 0], atol=1e-9)
        np.testing.assert_allclose(points[-1], [3, 0], atol=1e-9)

    def test_tilted_its_right_side_is_higher(self):
        points = np.array(arc((0, 0), (2, 1), 0, 180, tilt=0.25))
        np.testing.assert_allclose(points[0], [2, -0.5], atol=1e-9)
        np.testing.assert_allclose(points[-1], [-2, 0.5], atol=1e-9)


class TestDrawings:
    def test_there_is_one_for_each_hand_with_all_its_strokes(self, hand):
        drawings = hand.drawings([hand.line((0, 0), (0, 1)), hand.line((0, 0.5), (1, 0.5))])
        assert len(drawings) == COUNT
        assert all(isinstance(drawing, Drawing) for drawing in drawings)
        assert {len(drawing.strokes) for drawing in drawings} == {2}
        first, second = drawings[0].strokes
        assert np.ptp(first.points[:, 1]) > np.ptp(first.points[:, 0])
        assert np.ptp(second.points[:, 0]) > np.ptp(second.points[:, 1])

    def test_upright_lines_lean_to_the_right_by_and_large(self, hand):
        drawings = hand.drawings([hand.line((0, 0), (0, 1))])
        leans = np.array([d.strokes[0].points[4, 0] - d.strokes[0].points[-5, 0] for d in drawings])
        assert leans.mean() > 0.03
        assert 0.1 < leans.std() < 0.35
        assert np.abs(leans).max() < 0.8

    def test_level_lines_stay_level_but_for_a_small_turn(self, hand):
        drawings = hand.drawings([hand.line((0, 0), (1, 0))])
        slopes = np.array(
            [d.strokes[0].points[-5, 1] - d.strokes[0].points[4, 1] for d in drawings]
        )
        assert abs(slopes.mean()) < 0.03
        assert np.abs(slopes).max() < 0.4

    def test_straight_lines_bend_a_little(self, hand):
        lines = [d.strokes[0].points[3:-3] for d in hand.drawings([hand.line((0, 0), (0, 1))])]
        bends = []
        for line in lines:
            (x, y), sides = line[-1] - line[0], line - line[0]
            bends.append(np.abs(sides[:, 0] * y - sides[:, 1] * x).max() / np.hypot(x, y))
        assert 0.004 < np.median(bends) < 0.05
        assert max(bends) < 0.2

    def test_widths_differ_and_heights_hardly(self, hand):
        drawings = hand.drawings([hand.line(*arc((0, 0), (1, 1), 0, 360, count=17))])
        extents = np.array([np.ptp(d.strokes[0].points, axis=0) for d in drawings])
        assert 0.12 < np.log(extents[:, 0]).std() < 0.35
        assert np.log(extents[:, 1]).std() < 0.12

    def test_only_the_outer_ends_of_the_strokes_have_flourishes(self):
        hand = Hand(np.random.default_rng(1), 500)
        plain = hand.line((0, 0), (0, 1))
        drawings = hand.drawings([plain, plain, plain])
        lengths = np.array([[len(stroke.points) for stroke in d.strokes] for d in drawings])
        assert np.unique(lengths - plain.shape[1], axis=0).tolist() == [[2, 0, 2]]
        ends = np.array([d.strokes[-1].points[-1] - d.strokes[-1].points[-3] for d in drawings])
        longer = np.hypot(*ends.T) > 0.01
        assert longer.mean() == pytest.approx(0.35, abs=0.08)
