from itertools import pairwise

import numpy as np
import pytest

from mnist_desktop.ink import trajectory as module
from mnist_desktop.ink.strokes import MAX_COORDINATE, Drawing, Stroke
from mnist_desktop.ink.trajectory import (
    BAND,
    DIRECTION,
    FEATURES,
    POINTS,
    STEPS,
    DynamicTimeWarping,
    pen_features,
    trajectory,
)

HOOK = [[0, 0], [60, 0], [60, 120]]
BAR = [[0, 60], [90, 60]]


def way(*strokes):
    return trajectory(Drawing(tuple(Stroke(np.array(points, float)) for points in strokes)))


def distances(some, others):
    return DynamicTimeWarping(others).distances(some)


def apart(one, other):
    return float(distances(one[None], other[None])[0, 0])


def noisy(count, seed=0):
    """Ways of pens that nobody guides."""
    random = np.random.default_rng(seed)
    return np.stack([way(random.normal(size=(30, 2)).cumsum(axis=0)) for _ in range(count)])


class TestTrajectory:
    def test_points_are_evenly_along_the_way_and_the_longer_side_is_one(self):
        points = way(HOOK)
        assert points.shape == (POINTS, 2)
        assert points.dtype == np.float32
        steps = np.hypot(*np.diff(points, axis=0).T)
        assert steps == pytest.approx(np.full(POINTS - 1, 1.5 / (POINTS - 1)), abs=0.02)
        assert points[0] == pytest.approx([-0.25, -0.5])
        assert points[-1] == pytest.approx([0.25, 0.5])

    def test_neither_place_nor_size_nor_how_often_the_pen_was_asked_matters(self):
        often = np.concatenate([np.linspace(a, b, 33) for a, b in pairwise(HOOK)])
        assert way(often * 7 - 300) == pytest.approx(way(HOOK), abs=1e-6)

    def test_the_way_goes_on_where_the_pen_is_lifted(self):
        points = way(HOOK, BAR)
        assert points[0] == pytest.approx(way(HOOK, BAR)[0])
        assert points[-1] == pytest.approx([0.375, 0.0])
        # From the end of the hook to the beginning of the bar there are points, too.
        assert ((points[:, 0] < 0.1) & (points[:, 1] > 0.1) & (points[:, 1] < 0.4)).any()

    def test_a_stray_dot_beside_it_is_no_part_of_the_way(self):
        np.testing.assert_array_equal(way(HOOK, [[300, 0]], BAR), way(HOOK, BAR))

    def test_a_dot_and_the_largest_numbers_there_are_have_one(self):
        assert (way([[5, 5]]) == 0).all()
        assert (way([[5, 5], [5, 5]]) == 0).all()
        huge = way([[-MAX_COORDINATE, 0], [MAX_COORDINATE, MAX_COORDINATE]])
        assert huge[-1] == pytest.approx([0.5, 0.25])

    @pytest.mark.parametrize(
        "points",
        [
            [[1, 0], [np.nextafter(1, 2), 0]],
            [[1e16, 0], [1e16 + 2, 0], [1e16 + 2, 2]],
            [[-1e100, 1e100], [-1e100, np.nextafter(1e100, 0)]],
            [[0, 0], [5e-324, 0]],
        ],
    )
    def test_what_is_small_and_far_away_stays_within_its_box(self, points):
        assert (np.abs(way(points)) <= 0.5).all()


class TestPenFeatures:
    @staticmethod
    def features(*strokes):
        drawing = Drawing(tuple(Stroke(np.array(points, float)) for points in strokes))
        return pen_features(drawing).reshape(STEPS, 5)

    def test_places_are_along_the_way_and_directions_of_one_length(self):
        found = self.features(HOOK)
        assert found.shape == (STEPS, 5) == (FEATURES // 5, 5)
        assert found[0, :2] == pytest.approx([-0.25, -0.5])
        assert found[-1, :2] == pytest.approx([0.25, 0.5])
        assert np.hypot(*found[:, 2:4].T) == pytest.approx(np.full(STEPS, DIRECTION))
        assert found[0, 2:4] == pytest.approx([DIRECTION, 0])
        assert found[-1, 2:4] == pytest.approx([0, DIRECTION])

    def test_it_tells_where_the_pen_is_in_the_air(self):
        """From (60, 120) to (0, 60) it is, which is 85 of 355 units, behind 180 of them."""
        down = self.features(HOOK, BAR)[:, 4]
        along = np.linspace(0, 180 + np.hypot(60, 60) + 90, STEPS)
        in_air = (along > 180) & (along <= 180 + np.hypot(60, 60))
        np.testing.assert_array_equal(down, ~in_air)
        assert self.features(HOOK)[:, 4].all()

    @pytest.mark.parametrize(
        "strokes", [[[[5, 5]]], [[[5, 5], [5, 5]]], [[[0, 0]], [[0, 0]]], [[[1e16, 0]], [[0, 1]]]]
    )
    def test_a_dot_and_dots_have_some(self, strokes):
        assert np.isfinite(self.features(*strokes)).all()

    def test_the_way_ends_on_the_paper_however_it_is_rounded(self):
        random = np.random.default_rng(0)
        for _ in range(200):
            steps = random.normal(size=(20, 2)) * 10.0 ** random.integers(-8, 8)
            assert self.features(steps.cumsum(axis=0))[-1, 4] == 1


class TestDistances:
    def test_the_same_is_at_no_distance_and_what_was_drawn_the_other_way_round_is_far(self):
        assert apart(way(HOOK), way(HOOK)) == pytest.approx(0, abs=1e-6)
        assert apart(way(HOOK), way(HOOK[::-1])) > 0.5
        assert apart(way(HOOK, BAR), way(BAR, HOOK)) > 0.05

    def test_that_one_part_is_longer_is_less_than_that_it_is_elsewhere(self):
        longer = [[0, 0], [75, 0], [75, 120]]
        elsewhere = [[0, 120], [60, 120], [60, 0]]
        assert apart(way(HOOK), way(longer)) < 0.05
        assert apart(way(HOOK), way(elsewhere)) > 0.1

    def test_it_is_the_cheapest_way_through_all_pairs_in_the_band(self):
        """Against the plainest way to work it out."""

        def slow(one, other):
            costs = np.full((POINTS, POINTS), np.inf)
            least = np.full((POINTS + 1, POINTS + 1), np.inf)
            least[0, 0] = 0
            turned = []
            for points in (one, other):
                ahead = np.gradient(points.astype(float), axis=0)
                ahead /= np.maximum(np.linalg.norm(ahead, axis=1, keepdims=True), 1e-6)
                turned.append(np.concatenate([points, DIRECTION * ahead], axis=1))
            for i in range(POINTS):
                for j in range(max(0, i - BAND), min(POINTS, i + BAND + 1)):
                    costs[i, j] = ((turned[0][i] - turned[1][j]) ** 2).sum()
                    before = min(least[i, j], least[i, j + 1], least[i + 1, j])
                    least[i + 1, j + 1] = costs[i, j] + before
            return least[POINTS, POINTS] / POINTS

        some, others = noisy(4), noisy(3, seed=1)
        expected = [[slow(one, other) for other in others] for one in some]
        assert distances(some, others) == pytest.approx(np.array(expected), abs=1e-4)

    def test_many_are_compared_as_few_are(self, monkeypatch):
        some, others = noisy(7), noisy(5, seed=1)
        at_once = distances(some, others)
        monkeypatch.setattr(module, "CHUNK", 6)
        assert distances(some, others) == pytest.approx(at_once, abs=1e-6)
        assert distances(some[:0], others).shape == (0, 5)
        assert distances(some, others[:0]).shape == (7, 0)
