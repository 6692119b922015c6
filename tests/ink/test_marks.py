import numpy as np
import pytest

from mnist_desktop.ink.marks import MOST_STROKES, without_marks
from mnist_desktop.ink.strokes import Drawing, Stroke


def line(*corners):
    return Stroke(np.array(corners, dtype=float))


def ring(middle=(100, 50), half=(80, 70), turns=1.0):
    angles = 2 * np.pi * np.linspace(0.1, 0.1 + turns, 60)
    return Stroke(middle + half * np.stack([np.cos(angles), np.sin(angles)], axis=1))


ONE = line((65, 0), (65, 100))
SEVEN = line((100, 0), (140, 0), (115, 100))
FOUR = (line((190, 0), (170, 60), (220, 60)), line((205, 30), (205, 100)))
NUMBER = (ONE, SEVEN)
BOX = line((40, -20), (160, -20), (160, 120), (40, 120), (40, -20))
BELOW = line((50, 110), (155, 116))


@pytest.mark.parametrize(
    "mark",
    [ring(), ring(turns=0.9), ring(turns=1.1), ring(half=(110, 75)), BOX, BELOW],
    ids=["ring", "open ring", "more than once around", "wide ring", "box", "underline"],
)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_what_marks_a_number_is_apart_whenever_it_was_drawn(mark, place):
    strokes = [*NUMBER]
    strokes.insert(place, mark)
    written, marks = without_marks(Drawing(tuple(strokes)))
    assert written.strokes == NUMBER
    assert marks.strokes == (mark,)


@pytest.mark.parametrize(
    "strokes",
    [
        (ring(half=(40, 60)), line((100, 40), (102, 44))),
        (ring(half=(40, 60)), line((100, 50))),
        (ring(), line((60, 90), (140, 10))),
        (ring(half=(40, 60)), line((100, 10), (100, 90))),
        (ONE, line((50, 100), (80, 102))),
        (*NUMBER, line((50, 102), (80, 102))),
        (line((40, 95), (44, 95)), ONE, line((38, 102), (80, 102))),
        (line((100, 40), (160, 40)), line((100, 60), (160, 60))),
        (ONE, SEVEN, line((50, 60), (155, 60))),
        (ONE, line((50, -30), (80, -30))),
        (line((0, -150), (0, -50)), line((0, -20), (60, -20)), line((10, 0), (50, 60), (0, 100))),
        (ONE, SEVEN, *FOUR, line((60, 125), (120, 125))),
        (*NUMBER, line((50, 110), (100, 120), (70, 112), (155, 110))),
        (*NUMBER, line((50, 110), (155, 160))),
        NUMBER,
        (ONE,),
    ],
    ids=[
        "dot in a zero",
        "tap in a zero",
        "slash in a zero",
        "upright slash in a narrow zero",
        "foot of a 1",
        "foot of one of two digits",
        "foot of a 1 beside a point",
        "equals",
        "crossed out",
        "hat",
        "hat below another digit",
        "below a part",
        "back and forth",
        "steep",
        "nothing",
        "one stroke",
    ],
)
def test_digits_and_signs_stay_whole(strokes):
    written, marks = without_marks(Drawing(strokes))
    assert written.strokes == strokes
    assert not marks


def test_one_digit_is_underlined_where_the_line_is_apart():
    below = line((50, 120), (80, 120))
    assert without_marks(Drawing((ONE, below)))[1].strokes == (below,)


def test_one_of_two_numbers_in_a_row_may_be_underlined():
    beside = line((400, 0), (400, 100))
    assert without_marks(Drawing((*NUMBER, beside, BELOW)))[1].strokes == (BELOW,)


def test_a_ring_around_a_long_number_is_flat():
    digits = tuple(line((x, 0), (x, 100)) for x in range(0, 701, 100))
    around = ring(middle=(350, 50), half=(480, 70))
    assert without_marks(Drawing((*digits, around)))[1].strokes == (around,)


def test_a_line_between_two_numbers_is_under_the_upper_one():
    between, lower = line((50, 110), (155, 110)), line((80, 140), (80, 240))
    written, marks = without_marks(Drawing((*NUMBER, between, lower)))
    assert written.strokes == (*NUMBER, lower)
    assert marks.strokes == (between,)


def test_a_double_underline_and_a_ring_around_all_are_three_marks():
    second = line((50, 124), (155, 130))
    around = ring(middle=(105, 60), half=(130, 130))
    written, marks = without_marks(Drawing((BELOW, *NUMBER, second, around)))
    assert written.strokes == NUMBER
    assert marks.strokes == (BELOW, second, around)


def test_the_order_of_strokes_stays():
    written, _ = without_marks(Drawing((SEVEN, BELOW, ONE)))
    assert written.strokes == (SEVEN, ONE)


@pytest.mark.parametrize("factor", [1e-90, 1e-3, 1e90])
def test_the_unit_does_not_matter(factor):
    strokes = tuple(Stroke(stroke.points * factor) for stroke in (*NUMBER, ring(), BELOW))
    written, marks = without_marks(Drawing(strokes))
    assert (len(written.strokes), len(marks.strokes)) == (2, 2)


@pytest.mark.parametrize(
    ("end", "count"), [((143.9, 90.0), 26), ((161.7, 63.1), 24), ((36.0, 196.7), 16)]
)
def test_a_straight_stroke_is_no_ring(end, count):
    leaning = Stroke(np.linspace((0, 0), end, count))
    strokes = leaning, line(np.array(end) * 0.4, np.array(end) * (0.5, 0.7))
    assert without_marks(Drawing(strokes))[0].strokes == strokes


def test_points_in_one_place_are_no_marks():
    dots = tuple(Stroke(np.zeros((count, 2))) for count in (1, 5, 1))
    assert without_marks(Drawing(dots))[0].strokes == dots


def test_in_a_scribble_nothing_is_looked_for():
    many = tuple(line((x, 0), (x, 100)) for x in range(MOST_STROKES))
    assert not without_marks(Drawing((*many, line((0, 110), (MOST_STROKES, 110)))))[1]
