import numpy as np
import pytest

from mnist_desktop.ink.signs import (
    CLASSES,
    EQUALS,
    QUOTE,
    measures,
    sign_probabilities,
    without_pen,
)

DIGIT = (0, 0, 50, 100)


def blank():
    return np.zeros((28, 28), dtype=np.uint8)


def ring():
    rows, columns = np.indices((28, 28)) - 13.5
    away = np.hypot(rows, columns * 1.5)
    return np.where(np.abs(away - 8.5) < 1.3, 255, 0).astype(np.uint8)


def bar(rows, columns):
    picture = blank()
    picture[slice(*rows), slice(*columns)] = 255
    return picture


FLAT = bar((13, 15), (4, 24))
CROSS = np.maximum(FLAT, bar((4, 24), (13, 15)))
RISING = np.where(np.abs(np.subtract.outer(27 - np.arange(28), np.arange(28))) < 2, 255, 0)
RISING = RISING.astype(np.uint8)
BARS = np.maximum(bar((9, 11), (4, 24)), bar((17, 19), (4, 24)))
DOTS = np.maximum(bar((4, 7), (12, 16)), bar((21, 24), (12, 16)))


def told(picture, box, before=DIGIT, after=(120, 0, 170, 100), sureness=0.9):
    """What stands between two digits, or before one, is most likely."""
    boxes = [one for one in (before, box, after) if one is not None]
    place = boxes.index(box)
    found = sign_probabilities(
        picture[None],
        np.array(boxes, dtype=float),
        np.array([[place, place + 1]]),
        np.array([sureness]),
    )
    assert found.shape == (1, len(CLASSES))
    assert found.sum() == pytest.approx(1)
    return CLASSES[int(found.argmax())]


@pytest.mark.parametrize(
    ("picture", "box", "sign"),
    [
        (bar((8, 20), (8, 20)), (80, 94, 86, 100), "."),
        (bar((4, 24), (12, 16)), (80, 88, 90, 122), ","),
        (FLAT, (65, 48, 105, 53), "-"),
        (RISING, (60, -10, 115, 110), "/"),
        (DOTS, (80, 35, 86, 80), ":"),
        (CROSS, (60, 25, 110, 75), "+"),
        (ring(), (65, 0, 110, 100), "digit"),
        (bar((4, 24), (13, 15)), (80, 0, 84, 100), "digit"),
        (bar((8, 20), (8, 20)), (80, 30, 83, 33), "·"),
    ],
)
def test_a_sign_is_told_by_size_place_and_shape(picture, box, sign):
    assert told(picture, box) == sign


def test_what_is_in_the_middle_and_looks_like_no_digit_is_unreadable():
    for picture, box in ((BARS, (65, 40, 105, 60)), (ring(), (65, 30, 95, 75))):
        assert told(picture, box, sureness=0.2) == EQUALS
        assert told(picture, box, sureness=1.0) != EQUALS, "a network that knows digits only"
    assert told(ring(), (65, 0, 110, 100), sureness=0.3) == "digit", "not as large as that"


def test_what_is_small_and_high_is_unreadable_whatever_it_looks_like():
    for sureness in (0.2, 1.0):
        assert told(bar((4, 24), (12, 16)), (80, -5, 85, 18), sureness=sureness) == QUOTE
    assert told(bar((4, 24), (12, 16)), (80, 0, 85, 100)) == "digit"


def test_it_is_the_place_that_tells_a_point_from_a_speck_and_a_dash_from_a_hat():
    dot = bar((8, 20), (8, 20))
    assert told(dot, (80, 94, 84, 98)) == "."
    assert told(dot, (80, 10, 84, 14)) == "·"
    assert told(FLAT, (52, 0, 92, 5), before=(0, 0, 50, 100)) != "-"


@pytest.mark.parametrize("lean", [-0.15, 0.15])
def test_a_plus_may_lean(lean):
    down, across = np.indices((28, 28)) - 13.5
    is_stem = (np.abs(across - lean * down) < 1.2) & (np.abs(down) < 10)
    is_bar = (np.abs(down + lean * across) < 1.2) & (np.abs(across) < 10)
    picture = np.where(is_stem | is_bar, 255, 0).astype(np.uint8)
    assert told(picture, (60, 25, 110, 75)) == "+"


def test_a_one_with_a_foot_is_no_plus():
    one = np.maximum(bar((20, 23), (4, 24)), bar((5, 23), (13, 15)))
    assert told(one, (60, 30, 130, 100)) == "digit"
    lower = np.maximum(bar((18, 20), (4, 24)), bar((4, 24), (13, 15)))
    assert told(lower, (60, 25, 110, 75)) == "+"


def test_before_a_digit_there_may_be_a_sign_too():
    assert told(FLAT, (65, 48, 105, 53), before=None) == "-"
    assert told(CROSS, (60, 25, 110, 75), before=None) == "+"


def test_neighbours_show_where_a_line_is_that_slants():
    low, high = (0, 100, 50, 200), (120, 0, 170, 100)
    assert told(bar((8, 20), (8, 20)), (80, 145, 86, 151), low, high) == "."
    assert told(FLAT, (65, 98, 105, 103), low, high) == "-"


def test_without_the_pen_boxes_are_those_of_the_middles_of_lines():
    boxes = np.array([[0, 10, 40, 110], [60, 50, 68, 54]], dtype=float)
    np.testing.assert_allclose(without_pen(boxes, 8.0), [[4, 14, 36, 106], [64, 52, 64, 52]])
    np.testing.assert_array_equal(without_pen(boxes, 0.0), boxes)


@pytest.mark.parametrize(("scale", "move"), [(1e-3, 0.0), (1.0, 500.0), (1e4, -1e3)])
def test_unit_and_place_change_nothing(scale, move):
    boxes = np.array([DIGIT, (65, 48, 105, 53), (120, 0, 170, 100)], dtype=float)
    groups = np.array([[0, 1], [1, 2], [1, 3]])
    pictures = np.stack([ring(), FLAT, FLAT])
    np.testing.assert_allclose(
        measures(pictures, boxes * scale + move, groups, np.ones(3)),
        measures(pictures, boxes, groups, np.ones(3)),
        atol=1e-6,
    )


def test_ink_without_any_extent_is_measured_all_the_same():
    boxes = np.array([[0, 0, 0, 0], [9, 0, 9, 0]], dtype=float)
    groups = np.array([[0, 1], [1, 2], [0, 2]])
    pictures = np.stack([blank(), FLAT, CROSS])
    assert np.isfinite(measures(pictures, boxes, groups, np.zeros(3))).all()
