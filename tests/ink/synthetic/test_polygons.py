from functools import partial

import numpy as np
import pytest

from mnist_desktop.ink.synthetic.hand import Hand
from mnist_desktop.ink.synthetic.polygons import diamond, rectangle, regular, star, triangle

COUNT = 200

MAKERS = {
    "rectangle": (partial(rectangle, high=(0.5, 2.0)), 4),
    "diamond": (diamond, 4),
    "triangle": (triangle, 3),
    "triangle on a tip": (partial(triangle, tip_down=True), 3),
    "star": (partial(star, tips=5), 10),
    "hexagon": (partial(regular, corners=6), 6),
}


@pytest.fixture
def hand():
    return Hand(np.random.default_rng(0), COUNT)


@pytest.mark.parametrize("name", MAKERS)
class TestEveryPolygon:
    def test_it_has_as_many_straight_sides_as_it_should(self, name, hand):
        maker, sides = MAKERS[name]
        (stroke,) = maker(hand)
        for side in np.split(stroke, sides, axis=1):
            along = side[:, -1] - side[:, 0]
            away = side - side[:, :1]
            bow = np.abs(away[..., 0] * along[:, None, 1] - away[..., 1] * along[:, None, 0])
            length = np.hypot(*along.T)
            assert (bow.max(axis=1) / length**2 < 1e-6).all()  # sharp corners, whoever draws

    def test_it_closes_nearly_and_in_each_hand_otherwise(self, name, hand):
        (stroke,) = MAKERS[name][0](hand)
        gaps = np.hypot(*(stroke[:, -1] - stroke[:, 0]).T)
        assert np.median(gaps) < 0.12
        assert len(np.unique(gaps)) == COUNT


def test_lifted_each_side_is_a_stroke(hand):
    assert len(rectangle(hand, high=(1, 1), lifted=True)) == 4
    assert len(triangle(hand, lifted=True)) == 3


def test_a_rectangle_is_as_high_as_asked(hand):
    (stroke,) = rectangle(hand, high=(1.5, 2.0))
    ratios = np.ptp(stroke[..., 1], axis=1) / np.ptp(stroke[..., 0], axis=1)
    assert 1.4 < np.quantile(ratios, 0.05) < np.quantile(ratios, 0.95) < 2.15


@pytest.mark.parametrize("tip_down", [False, True])
def test_a_triangle_stands_on_a_side_or_on_a_tip(hand, tip_down):
    (stroke,) = triangle(hand, tip_down=tip_down)
    halves = [np.ptp(stroke[0][rows], axis=0)[0] for rows in _upper_and_lower(stroke[0])]
    assert (halves[0] > halves[1]) == tip_down


def _upper_and_lower(points):
    middle = (points[:, 1].min() + points[:, 1].max()) / 2
    return points[:, 1] < middle, points[:, 1] >= middle


def test_a_star_goes_in_and_out(hand):
    (stroke,) = star(hand, tips=5)
    corners = np.hypot(*stroke[:, :: stroke.shape[1] // 10][:, :10].transpose(2, 0, 1))
    assert (corners[:, ::2].mean(axis=1) > 1.4 * corners[:, 1::2].mean(axis=1)).all()
