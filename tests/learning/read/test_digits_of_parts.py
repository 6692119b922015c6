"""Strokes that do not touch, in one digit or in several, read with the bundled model."""

import numpy as np
import pytest

from mnist_desktop.ink.strokes import Drawing, Stroke

# All 100 high or less, with the bottom at 100.
FIVE = [[28, 36], [18, 42], [15, 51], [20, 61], [32, 77], [36, 86], [33, 94], [20, 100], [8, 99]]
FIVE += [[1, 94], [0, 85]]
HAT = [[34, 36], [38, 38], [61, 29], [88, 18], [130, 3], [142, 0]]
LEVEL_HAT = [[32, 37], [60, 38], [90, 37], [130, 36]]
CORNER = [[22, 0], [14, 18], [5, 38], [0, 52], [2, 57], [14, 59], [34, 58], [48, 57]]
BAR = [[82, 4], [76, 26], [68, 52], [58, 80], [55, 92], [54, 100]]
TWO = [[2, 14], [14, 2], [32, 0], [44, 12], [44, 30], [30, 56], [10, 84], [0, 99], [24, 97]]
TWO += [[52, 98]]
THREE = [[2, 8], [18, 0], [38, 4], [44, 18], [36, 36], [18, 44], [38, 52], [48, 72], [38, 92]]
THREE += [[18, 100], [0, 92]]
DASH = [[0, 62], [18, 61], [36, 62]]


def drawing(*lines):
    return Drawing(tuple(Stroke(np.array(line, dtype=float)) for line in lines))


def read(recognizer, *lines):
    return recognizer.read(drawing(*lines), strictness=0.0).best_text


def moved(line, right, down=0.0):
    return [[x + right, y + down] for x, y in line]


@pytest.mark.parametrize("hat", [HAT, LEVEL_HAT, moved(HAT, 12, -8)])
def test_a_5_may_have_a_long_hat(recognizer, hat):
    assert read(recognizer, FIVE, hat) == "5"


@pytest.mark.parametrize("right", [-10, -4, 0])
@pytest.mark.parametrize("down", [-3, 0, 15])
def test_a_4_may_be_of_a_corner_and_a_bar_that_do_not_touch(recognizer, right, down):
    assert read(recognizer, CORNER, moved(BAR, right, down)) == "4"


@pytest.mark.parametrize("down", [-25, -10, 0, 10, 25])
def test_digits_that_stand_on_one_line_however_uneven_are_several(recognizer, down):
    assert read(recognizer, TWO, moved(BAR, 6, down)) == "21"
    assert read(recognizer, BAR, moved(TWO, 100, down)) == "12"
    assert read(recognizer, FIVE, moved(THREE, 60, down)) == "53"


def test_what_is_raised_between_digits_is_still_a_sign(recognizer):
    assert read(recognizer, FIVE, moved(HAT, 0), moved(DASH, 160), moved(THREE, 215)) == "5-3"
    assert read(recognizer, TWO, moved(DASH, 66), moved(THREE, 120)) == "2-3"


def test_a_sign_that_touches_a_digit_is_not_believed(recognizer):
    apart, touching = moved(BAR, 20), moved(BAR, -30)  # a t is a stem and a bar
    assert recognizer.read(drawing(DASH, apart)).text == "-1"
    assert recognizer.read(drawing(DASH, touching)).text == "?"
    raised = moved(DASH, 0, -10)
    assert recognizer.read(drawing(raised, moved(FIVE, 36))).text == "-5"
    assert recognizer.read(drawing(raised, moved(FIVE, 20))).text == "?"
