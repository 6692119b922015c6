from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF

from mnist_desktop.ui.network.layout import LOUDEST, MOST_LINES, laid_out, strongest

ROOM = QRectF(2, 2, 640, 440)


@pytest.mark.parametrize(
    "widths",
    [(10,), (8, 10), (128, 256, 10), (1024, 1024, 10), (2500, 2000, 1500, 1000, 500, 10)],
    ids=str,
)
@pytest.mark.parametrize("size", [(420, 250), (640, 440), (1300, 860)], ids=str)
def test_layers_stand_side_by_side_within_the_room(widths, size):
    room = QRectF(2, 2, *size)
    places = laid_out(widths, room)
    assert len(places) == len(widths) + 1
    for place in places:
        assert room.adjusted(-1, -1, 1, 1).contains(place.area)
    for left, right in pairwise(places):
        assert left.area.right() < right.area.left()
    assert all(
        place.shown >= min(width, 60) for place, width in zip(places[1:], widths, strict=True)
    )
    assert places[-1].shown == 10


@pytest.mark.parametrize("width", [8, 128, 1024])
def test_each_neuron_is_found_where_it_stands(width):
    place = laid_out((width, 10), ROOM)[1]
    assert place.shown == width
    for neuron in {0, 1, place.rows - 1, min(place.rows, width - 1), width - 1}:
        assert place.at(place.place(neuron).center()) == neuron
    assert place.at(QPointF(place.area.left() - 3, place.area.center().y())) is None
    assert place.at(QPointF(place.area.center().x(), place.area.bottom() + 3)) is None


def test_the_last_column_s_empty_cells_are_no_neurons():
    place = laid_out((33, 10), ROOM)[1]
    last = place.place(32)
    assert place.at(last.center()) == 32
    assert place.at(QPointF(last.center().x(), place.area.bottom() - 1)) is None


def test_the_strongest_connections_are_those_that_carry_most():
    random = np.random.default_rng(0)
    values = np.maximum(random.normal(size=40), 0).astype(np.float32)
    weights = random.normal(size=(30, 40)).astype(np.float32)
    lines = strongest(values, weights, (40, 30))
    carried = weights * values
    sizes = np.sort(np.abs(carried).ravel())[-MOST_LINES:]
    np.testing.assert_allclose([abs(line[2]) for line in lines], sizes)
    for start, end, amount in lines:
        assert amount == carried[end, start]


def test_only_what_is_seen_and_says_something_has_lines():
    values = np.array([1, 0, 5], dtype=np.float32)
    weights = np.array([[1, 9, 9], [0.5, 9, 9], [7, 9, 9]], dtype=np.float32)
    assert strongest(values, weights, (2, 2)) == [(0, 1, 0.5), (0, 0, 1.0)]
    assert strongest(np.zeros(3, np.float32), weights, (3, 3)) == []
    nan = np.full(3, np.nan, dtype=np.float32)
    assert strongest(nan, weights, (3, 3)) == []


def test_of_a_wide_layer_the_loudest_are_compared():
    values = np.linspace(1, 2, 2 * LOUDEST).astype(np.float32)
    weights = np.ones((3, 2 * LOUDEST), dtype=np.float32)
    weights[:, 0] = 100  # of the one that says least
    starts = {line[0] for line in strongest(values, weights, (2 * LOUDEST, 3))}
    assert min(starts) >= LOUDEST
