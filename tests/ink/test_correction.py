import numpy as np
import pytest

from mnist_desktop.ink.correction import NO_DIGIT, Correction, ink_of
from mnist_desktop.ink.segment import in_lines
from mnist_desktop.ink.strokes import Drawing, Stroke


def box_of(*strokes):
    points = np.concatenate([stroke.points for stroke in strokes])
    return (*points.min(axis=0), *points.max(axis=0))


def test_the_strokes_of_a_digit_are_found_by_its_box(seven):
    one = Stroke(np.array([[400.0, 90], [390, 320]]))
    number = Drawing((seven.strokes[0], one, seven.strokes[1]))
    assert ink_of(number, box_of(*seven.strokes)).strokes == seven.strokes
    assert ink_of(number, box_of(one)).strokes == (one,)


def test_a_stroke_that_was_cut_is_kept_as_far_as_it_is_the_digit_s(drawing_of):
    """Two sevens without lifting the pen."""
    both = drawing_of(
        [[0, 0], [30, 0], [60, 0], [45, 50], [30, 100], [60, 80], [100, 50], [130, 0], [160, 0],
         [190, 0], [175, 50], [160, 100]]
    )  # fmt: skip
    (line,) = in_lines(both)
    assert len(line.boxes) > 1
    ink = ink_of(both, tuple(line.boxes[0]))
    assert 1 <= len(ink.strokes[0].points) < len(both.strokes[0].points)
    np.testing.assert_array_equal(box_of(*ink.strokes), line.boxes[0])


def test_a_line_below_is_not_part_of_the_digit_that_it_touches(seven):
    one = Stroke(np.array([[400.0, 90], [390, 320]]))
    below = Stroke(np.array([[100.0, 318], [250, 318], [420, 318]]))
    number = Drawing((*seven.strokes, one, below))
    assert ink_of(number, box_of(*seven.strokes)).strokes == seven.strokes


def test_what_lies_in_a_box_that_no_parts_have(seven):
    ink = ink_of(seven, (100, 80, 290, 100))
    np.testing.assert_array_equal(ink.strokes[0].points, seven.strokes[0].points[:3])
    assert ink_of(seven, (900, 900, 901, 901)) == seven


@pytest.mark.parametrize(
    ("read", "meant", "lesson"),
    [
        ("1", "7", "7"),
        (".", "0", "0"),
        ("1", NO_DIGIT, NO_DIGIT),
        ("1", "-", NO_DIGIT),
        ("1", "+", NO_DIGIT),
        ("1", ":", NO_DIGIT),
        # These look like a 1 to what sees neither size nor place.
        ("1", "/", None),
        ("1", ",", None),
        ("0", ".", None),
        ("/", NO_DIGIT, None),
        ("?", NO_DIGIT, None),
        ("?", "7", "7"),
        ("-", NO_DIGIT, NO_DIGIT),
    ],
)
def test_what_teaches_a_network_is_true_of_the_ink_alone(seven, read, meant, lesson):
    assert Correction((0, 0, 1, 1), read, meant, seven, "canvas").lesson == lesson
