"""Which shapes of a picture belong together."""

import numpy as np
import pytest

from mnist_desktop.ink.photo.joining import extents_of, has_stack, hats_joined, joined
from mnist_desktop.ink.photo.parts import page_of_picture


def boxes(*of):
    return np.array(of, dtype=float)


LYING = boxes([0, 0, 60, 40], [5, 50, 58, 95], [0, 105, 55, 150])
COLUMN = boxes([0, 0, 60, 150])


def test_lying_digits_one_above_the_other_are_a_column():
    assert has_stack(LYING, COLUMN)


@pytest.mark.parametrize(
    ("shapes", "part"),
    [
        (LYING[:2], boxes([0, 0, 60, 150])),  # a digit may be of two shapes
        (boxes([0, 0, 9, 40], [1, 50, 9, 95], [0, 105, 8, 150]), boxes([0, 0, 9, 150])),
        (LYING, boxes([0, 0, 90, 150])),  # not so high that it would be a column
        # parts of a digit, and not as wide as it
        (boxes([0, 0, 24, 18], [0, 50, 24, 68], [0, 105, 24, 123]), COLUMN),
        (LYING + np.array([80, 0, 80, 0]), COLUMN),  # those are beside it
    ],
)
def test_other_shapes_are_none(shapes, part):
    assert not has_stack(shapes, part)


def test_one_column_of_several_is_enough():
    beside = LYING + np.array([100, 0, 100, 0])
    assert has_stack(
        np.concatenate([LYING[:1], beside]),
        np.concatenate([LYING, COLUMN + np.array([100, 0, 100, 0])]),
    )


def test_a_page_on_its_side_is_more_than_can_be_held_apart(small):
    digits = [np.kron(one, np.ones((4, 4), np.uint8)) for one in small.test.pictures[:6]]
    row = 255 - np.pad(np.concatenate([one[:, 18:94] for one in digits], axis=1), 40)
    (line,) = page_of_picture(row).lines
    assert not line.is_crowd
    (line,) = page_of_picture(np.ascontiguousarray(np.rot90(row))).lines
    assert line.is_crowd


def test_the_hat_of_a_five_belongs_to_it():
    assert hats_joined(boxes([0, 20, 40, 80], [10, 8, 40, 14])) == [[0, 1]]
    assert hats_joined(boxes([0, 20, 40, 80], [60, 20, 90, 80])) == [[0], [1]]


def test_a_point_between_two_digits_is_no_hat_of_one_in_the_line_below():
    line = [0, 0, 60, 90], [70, 85, 80, 95], [90, 0, 150, 90]
    assert hats_joined(boxes(*line, [55, 130, 100, 220])) == [[0], [1], [2], [3]]
    # Without that line it is one, and so is what is in one line with its body's neighbour.
    assert hats_joined(boxes(line[1], [55, 130, 100, 220])) == [[1, 0]]
    five, hat, other = [0, 140, 60, 220], [20, 124, 60, 130], [80, 120, 130, 220]
    assert hats_joined(boxes(line[0], five, hat, other)) == [[0], [1, 2], [3]]


def test_shapes_above_each_other_are_one_part():
    labels = np.zeros((40, 30), dtype=np.int32)
    labels[0:6, 5:15], labels[10:40, 5:20], labels[8:38, 22:30] = 1, 2, 3
    assert len(extents_of(joined(labels))) == 2


def test_a_small_digit_in_a_line_of_such_is_no_hat_of_one_in_the_line_below():
    above, below = [[0, 0, 26, 60], [40, 5, 70, 62]], [[0, 120, 60, 225], [80, 125, 140, 225]]
    assert hats_joined(boxes(*above, *below)) == [[0], [1], [2], [3]]
    # Alone, or as near as the piece of a broken digit, it is one.
    assert hats_joined(boxes(above[0], *below)) == [[1, 0], [2]]
    near = [[0, 80, 60, 185], [70, 85, 130, 185]]
    assert hats_joined(boxes([0, 20, 40, 72], [70, 20, 110, 76], *near)) == [[2, 0], [3, 1]]
