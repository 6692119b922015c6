import numpy as np
import pytest

from mnist_desktop.ink.lines import MOST_STROKES, lines_of
from mnist_desktop.ink.strokes import Drawing

ANGLES = np.linspace(0, 2 * np.pi, 24)
CIRCLE = np.stack([np.cos(ANGLES), np.sin(ANGLES)], axis=1)


def zero(x, y, height=100.0):
    """Its lower left corner at x, y."""
    return [x + 0.3 * height, y - height / 2] + CIRCLE * [0.3 * height, height / 2]


def one(x, y, height=100.0):
    return np.array([[x, y - height], [x, y]], dtype=float)


def places(drawing):
    """For each line, the strokes' numbers."""
    numbers = {id(stroke): number for number, stroke in enumerate(drawing.strokes)}
    return [[numbers[id(stroke)] for stroke in line.strokes] for line in lines_of(drawing)]


def test_lines_are_from_top_to_bottom_whatever_was_drawn_first(drawing_of):
    drawing = drawing_of(zero(0, 250), one(0, 100), zero(80, 250), zero(40, 100))
    assert places(drawing) == [[1, 3], [0, 2]]


def test_digits_below_each_other_are_a_line_each(drawing_of):
    assert places(drawing_of(one(0, 100), one(3, 250), zero(0, 400))) == [[0], [1], [2]]


@pytest.mark.parametrize("slant", [-0.6, -0.3, 0.3, 0.6])
def test_a_number_that_slants_is_one_line(drawing_of, slant):
    drawing = drawing_of(*(zero(80 * place, 80 * slant * place) for place in range(7)))
    assert len(places(drawing)) == 1


def test_a_digit_in_two_parts_above_each_other_is_in_the_line_of_its_lower_one(drawing_of):
    eight = zero(100, 45, 45), zero(100, 100, 45)
    assert len(places(drawing_of(zero(0, 100), *eight, zero(200, 95)))) == 1
    lower_than_others = zero(100, 90, 45), zero(100, 155, 45)
    assert len(places(drawing_of(zero(0, 100), *lower_than_others, zero(200, 95)))) == 1
    # What is as high as the others is a digit by itself, and so in a line by itself.
    assert len(places(drawing_of(zero(0, 100), zero(100, 100), zero(100, 220)))) == 2


def test_what_stands_higher_but_beside_is_in_the_line(drawing_of):
    assert len(places(drawing_of(one(0, 100), zero(30, 100), one(110, 10, 80), zero(140, 15)))) == 1


@pytest.mark.parametrize("slant", [-0.35, -0.25, 0.25, 0.35])
def test_two_lines_that_slant_are_two(drawing_of, slant):
    # The end of one is as high as the beginning of the other.
    upper = [zero(80 * place, 80 * slant * place) for place in range(7)]
    lower = [one(80 * place, 160 + 80 * slant * place) for place in range(7)]
    assert places(drawing_of(*upper, *lower)) == [list(range(7)), list(range(7, 14))]


def test_digits_of_uneven_size_and_height_are_one_line(drawing_of):
    assert len(places(drawing_of(zero(0, 100, 130), zero(90, 60, 70), one(160, 130, 90)))) == 1


@pytest.mark.parametrize(
    "heights",
    [(100, 220, 100), (220, 100, 100, 220), (100, 100, 205, 205, 100), (60, 100, 205, 250)],
)
def test_digits_that_go_up_and_down_are_one_line_as_long_as_none_is_under_another(
    drawing_of, heights
):
    drawing = drawing_of(*(zero(70 * x, y, 110) for x, y in enumerate(heights)))
    assert len(places(drawing)) == 1
    second = [zero(70 * x, 500, 110) for x in range(4)]
    drawing = drawing_of(*(zero(70 * x, y, 110) for x, y in enumerate(heights)), *second)
    assert len(places(drawing)) == 2


def test_a_1_that_leans_a_little_over_the_next_digit_is_not_under_it(drawing_of):
    drawing = drawing_of([[12, 0], [0, 100]], zero(8, 205), [[92, 0], [80, 100]], zero(88, 205))
    assert len(places(drawing)) == 1


@pytest.mark.parametrize("gap", [-10, 0, 8])
def test_digits_of_two_circles_each_are_one_line(drawing_of, gap):
    eights = [[zero(x, 100), zero(x + 5, 200 + gap)] for x in (0, 90, 180)]
    assert len(places(drawing_of(*(circle for eight in eights for circle in eight)))) == 1
    # Where not each has one under it, they are digits.
    assert len(places(drawing_of(*eights[0], eights[1][0], eights[2][1], zero(280, 100)))) == 2


def test_two_numbers_of_two_digits_are_two_lines_however_far_apart(drawing_of):
    for y in (250, 400, 900):
        drawing = drawing_of(zero(0, 100), one(80, 60), one(10, y + 50), zero(40, y))
        assert places(drawing) == [[0, 1], [2, 3]]


def test_digits_far_apart_are_one_line_with_those_beside_them(drawing_of):
    assert len(places(drawing_of(one(0, 100), one(700, 110)))) == 1


@pytest.mark.parametrize(
    "strokes",
    [
        (zero(0, 50, 50), zero(0, 105, 55)),  # an 8 of two circles that touch,
        (zero(0, 50, 50), zero(2, 118, 50)),  # or do not
        ([[0, 0], [30, 50]], [[30, 0], [0, 50]], zero(0, 115, 50)),  # with a cross
        (zero(0, 50, 50), [[15, 60], [20, 110]]),  # a 9 of a circle and a tail
        ([[0, 15], [60, 0], [120, 30]], [[5, 35], [5, 60], [40, 70], [0, 95]]),  # a 5, wide hat
        ([[0, 0], [40, 2]], [[0, 30], [40, 33]]),  # =
        ([[0, 0], [3, 4]], [[0, 60], [2, 64]]),  # :
        ([[5, 20], [5, 60], [40, 70], [0, 100]], [[5, 0], [50, 0]]),  # a 5 under its hat
        ([[0, 0], [0, 100]], [[0, 0], [60, 0]], [[0, 50], [50, 50]], [[0, 100], [60, 100]]),  # E
        ([[20, 0], [20, 3]], [[20, 30], [20, 100]]),  # i
        ([20, 5] + CIRCLE * 14, [[20, 60], [20, 118]]),  # i with a ring
    ],
)
def test_strokes_above_each_other_that_are_one_character_are_one_line(drawing_of, strokes):
    assert len(places(drawing_of(*strokes))) == 1


def test_dots_and_dashes_go_with_what_they_are_nearest_to(drawing_of):
    point, dash, hat = [[45, 98]], [[60, 200], [90, 200]], [[0, 155], [40, 155]]
    drawing = drawing_of(one(30, 100), point, zero(60, 100), one(20, 260), dash, one(120, 260), hat)
    assert places(drawing) == [[0, 1, 2], [3, 4, 5, 6]]


def test_a_comma_goes_with_the_digits_beside_it_and_not_with_one_close_below(drawing_of):
    comma = [[62, 88], [52, 125]]
    drawing = drawing_of(one(30, 100), comma, zero(80, 100), zero(30, 240), zero(100, 240))
    assert places(drawing) == [[0, 1, 2], [3, 4]]


def test_no_stroke_is_lost_and_none_is_twice(drawing_of):
    random = np.random.default_rng(0)
    for _ in range(30):
        strokes = [
            random.uniform(0, 600, 2) + random.normal(0, 40, (5, 2))
            for _ in range(random.integers(1, 20))
        ]
        drawing = drawing_of(*strokes)
        found = [stroke for line in lines_of(drawing) for stroke in line.strokes]
        assert sorted(map(id, found)) == sorted(map(id, drawing.strokes))


def test_a_dash_that_is_far_from_what_is_beside_it_goes_with_what_is_near(drawing_of):
    upper, lower = [zero(0, 100)], [zero(80 * place, 250) for place in range(6)]
    dash = np.array([[400.0, 95], [420, 95]])
    assert places(drawing_of(*upper, *lower, dash)) == [[0], [1, 2, 3, 4, 5, 6, 7]]
    assert places(drawing_of(*upper, *lower, dash - [320, 0])) == [[0, 7], [1, 2, 3, 4, 5, 6]]


def test_a_scribble_is_one_line(drawing_of):
    few = [one(3 * place, 100 + 150 * (place % 2)) for place in range(MOST_STROKES)]
    assert len(places(drawing_of(*few))) == 2
    assert len(places(drawing_of(*few, one(0, 400)))) == 1


def test_one_line_is_the_drawing_itself(drawing_of):
    drawing = drawing_of(one(0, 100), zero(50, 100))
    assert lines_of(drawing) == [drawing]
    assert lines_of(Drawing()) == [Drawing()]
    assert len(lines_of(drawing_of([[0, 0]], [[0, 50]], [[30, 0]]))) == 1


class TestSmallLines:
    LETTERS = tuple(zero(x, 20, 20) for x in (0, 20, 40, 60))

    def test_a_row_of_small_shapes_clear_of_the_digits_is_a_line_above_or_below(self, drawing_of):
        drawing = drawing_of(*self.LETTERS, zero(0, 160), zero(80, 160))
        assert places(drawing) == [[0, 1, 2, 3], [4, 5]]
        drawing = drawing_of(*self.LETTERS, zero(0, -30))
        assert places(drawing) == [[4], [0, 1, 2, 3]]

    def test_one_that_is_no_digit_goes_with_the_small_ones_it_is_among(self, drawing_of):
        drawing = drawing_of(*self.LETTERS, one(90, 20, 3), zero(0, 160), zero(80, 160))
        assert places(drawing) == [[0, 1, 2, 3, 4], [5, 6]]

    @pytest.mark.parametrize(
        "small",
        [
            LETTERS[:2],
            [stroke + np.array([0, 25]) for stroke in LETTERS],
            [stroke + np.array([130, 100]) for stroke in LETTERS],
            [stroke * [1, 0.4] + [30 * x, 0] for x, stroke in enumerate(LETTERS)],
            [stroke * [6, 1] for stroke in LETTERS],
        ],
        ids=["only two", "close above", "beside", "specks", "bars"],
    )
    def test_otherwise_they_are_none(self, drawing_of, small):
        assert len(places(drawing_of(*small, zero(0, 160), zero(80, 160)))) == 1
