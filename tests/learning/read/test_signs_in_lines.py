"""Signs between digits, with real pictures and a network that knows digits by their width."""

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageDraw

from mnist_desktop.ink.photo.parts import page_of_picture
from mnist_desktop.ink.segment import StrokeParts
from mnist_desktop.ink.strokes import Drawing, Stroke
from mnist_desktop.learning.read.lines import read_lines
from mnist_desktop.learning.read.reading import (
    UNREADABLE_SIGN,
    UNSURE_SIGN,
    Digit,
    Reading,
    Sign,
)

ANGLES = np.linspace(0, 2 * np.pi, 30)
CIRCLE = np.stack([np.cos(ANGLES), np.sin(ANGLES)], axis=1)

# All on a base line at 100, beginning at 0.
ZERO = [[25, 50] + CIRCLE * [25, 50]]
ONE = [np.array([[3, 0], [0, 100]])]
POINT = [np.array([[0, 94], [4, 99], [2, 100]])]
COMMA = [np.array([[8, 88], [9, 100], [0, 122]])]
DASH = [np.array([[0, 52], [20, 50], [40, 51]])]
SLASH = [np.array([[60, -5], [30, 50], [0, 110]])]
LEANING_SLASH = [np.array([[100, -5], [50, 50], [0, 110]])]
COLON = [np.array([[0, 35], [3, 38]]), np.array([[0, 80], [2, 83]])]
PLUS = [np.array([[0, 50], [25, 51], [50, 50]]), np.array([[25, 25], [24, 50], [25, 75]])]
EQUALS = [np.array([[0, 40], [20, 41], [40, 40]]), np.array([[1, 60], [20, 60], [41, 59]])]
QUOTE = [np.array([[4, -5], [3, 5], [0, 18]])]
SPECK = [np.array([[0, 30], [2, 31]])]


def written(*characters, gap=16.0):
    strokes = []
    right = 0.0
    for lines in characters:
        strokes += [Stroke(line + np.array([right, 0.0])) for line in lines]
        right = max(stroke.points[:, 0].max() for stroke in strokes) + gap
    return Drawing(tuple(strokes))


def network(pictures):
    """0 where there is no ink in the middle and much to both sides, nothing where there is none but
    above and below it, else a not very sure 1.
    """
    rows = np.full((len(pictures), 10), 0.01, dtype=np.float32)
    for row, picture in zip(rows, pictures, strict=True):
        ink = picture > 100
        is_hollow = not ink[12:16, 12:16].any() and ink[:, 4:12].any() and ink[:, 16:24].any()
        are_bars = is_hollow and not ink[13:15].any()
        row[0 if is_hollow else 1] = 0.1 if are_bars else 0.91
    return rows


def in_a_picture(*characters, pen):
    """Dark on light, drawn with a round pen of that width."""
    drawing = written(*characters, gap=16.0 + pen)
    points = np.concatenate([stroke.points for stroke in drawing.strokes])
    width, height = np.ceil(points.max(axis=0) + 60).astype(int)
    picture = Image.new("L", (int(width), int(height)), 230)
    draw = ImageDraw.Draw(picture)
    for stroke in drawing.strokes:
        for one, other in zip(stroke.points[:-1], stroke.points[1:], strict=True):
            for x, y in np.linspace(one, other, 60) + 30:
                draw.ellipse((x - pen / 2, y - pen / 2, x + pen / 2, y + pen / 2), fill=20)
    return page_of_picture(np.asarray(picture))


def read(*characters, gap=16.0, strictness=0.0):
    return read_lines([StrokeParts(written(*characters, gap=gap))], network, strictness)


each_text = pytest.mark.parametrize(
    ("characters", "text"),
    [
        ((ZERO, POINT, ZERO, ZERO), "0.00"),
        ((ZERO, COMMA, ZERO), "0,0"),
        ((ZERO, DASH, ZERO), "0-0"),
        ((ZERO, SLASH, ZERO), "0/0"),
        ((ZERO, LEANING_SLASH, ZERO), "0/0"),
        ((ZERO, ZERO, COLON, ZERO, ZERO), "00:00"),
        ((DASH, ZERO), "-0"),
        ((PLUS, ZERO, ZERO), "+00"),
        ((DASH, ZERO, COMMA, ZERO), "-0,0"),
        ((ZERO, POINT, ZERO, ZERO, POINT, ZERO), "0.00.0"),
        ((ZERO, ONE, ZERO), "010"),
    ],
)


@each_text
def test_signs_are_in_the_text_and_digits_are_digits(characters, text):
    reading = read(*characters)
    assert reading.text == text
    assert [digit.text for digit in reading.digits] == [one for one in text if one.isdigit()]
    assert all(isinstance(digit, Digit) for digit in reading.digits)
    assert not reading.unread


@each_text
@pytest.mark.parametrize("pen", [3, 8, 13])
def test_how_broad_the_pen_is_in_a_picture_makes_no_other_sign(characters, text, pen):
    reading = read_lines(in_a_picture(*characters, pen=pen).lines, network)
    assert reading.text == text
    assert not reading.unread


def test_a_sign_has_a_box_and_a_sureness():
    reading = read(ZERO, DASH, ZERO)
    _, sign, _ = reading.items
    assert isinstance(sign, Sign)
    assert sign.box == (66, 50, 106, 52)
    assert 2 <= (sign.picture.max(axis=1) > 0).sum() <= 6, "the rows of a dash"
    assert 0.5 < sign.confidence <= 1
    assert reading.confidence == min(item.confidence for item in reading.items)


def test_what_is_unsure_of_a_sign_is_declined():
    reading = read(ZERO, DASH, ZERO)
    zero, sign, other = reading.items
    unsure = Reading(((zero, replace(sign, probability=0.6), other),))
    assert unsure.answered(0.6).text == "0-0"
    assert unsure.answered(0.61).text == "?"
    assert unsure.answered(0.61).declined == UNSURE_SIGN


def test_a_sign_that_reaches_over_a_digit_makes_it_no_less_sure():
    reading = read(ZERO, SLASH, ZERO, gap=-8.0)
    assert reading.text == "0/0"
    assert [digit.separation for digit in reading.digits] == [1.0, 1.0]


@pytest.mark.parametrize("size", [0.01, 1.0, 300.0])
def test_size_does_not_matter(size):
    drawing = written(ZERO, POINT, ZERO, DASH, ZERO)
    larger = Drawing(tuple(Stroke(stroke.points * size) for stroke in drawing.strokes))
    assert read_lines([StrokeParts(larger)], network).text == "0.0-0"


def test_a_sign_follows_a_line_that_slants():
    for slant in (-0.3, 0.3):
        strokes = written(ZERO, POINT, ZERO, ZERO).strokes
        turned = [one.points + slant * np.outer(one.points[:, 0], [0, 1]) for one in strokes]
        drawing = Drawing(tuple(map(Stroke, turned)))
        assert read_lines([StrokeParts(drawing)], network).text == "0.00"


@pytest.mark.parametrize(
    "characters",
    [(ZERO, SPECK), (SPECK, ZERO), (ZERO, SPECK, ZERO), (ZERO, ZERO, SPECK)],
)
def test_a_speck_is_no_sign_and_changes_no_digit(characters):
    reading = read(*characters)
    assert reading.text == "0" * sum(one is ZERO for one in characters)
    assert all(digit.digit == 0 for digit in reading.digits)


def test_a_point_after_the_last_digit_is_marked_as_not_read():
    reading = read(ZERO, ZERO, POINT, gap=30.0)
    assert reading.text == "00"
    assert reading.unread == ((160, 94, 164, 100),)
    assert read(ZERO, POINT, ZERO, gap=30.0).unread == ()


@pytest.mark.parametrize("sign", [EQUALS, QUOTE])
def test_between_digits_a_sign_that_cannot_be_read_is_told_and_makes_it_decline(sign):
    reading = read(ZERO, sign, ZERO, ZERO)
    assert [item.text for item in reading.items] == ["0", "?", "0", "0"]
    strict = reading.answered(0.1)
    assert (strict.text, strict.declined) == ("?", UNREADABLE_SIGN)
    assert strict.best_text == "0?00"
    assert not reading.unread


@pytest.mark.parametrize("sign", [EQUALS, QUOTE])
def test_after_several_digits_it_is_marked_as_not_read(sign):
    reading = read(ZERO, ZERO, sign, strictness=0.1)
    assert reading.text == "00"
    (box,) = reading.unread
    assert box[1] == min(line[:, 1].min() for line in sign)


def test_before_digits_it_may_be_a_minus():
    reading = read(EQUALS, ZERO, ZERO, strictness=0.1)
    assert (reading.text, reading.best_text) == ("?", "?00")


def test_a_small_line_in_which_a_sign_cannot_be_read_is_no_caption():
    large = StrokeParts(written(ZERO, ZERO))
    small = written(*([line * 0.5 for line in one] for one in (ZERO, EQUALS, ZERO)), gap=8.0)
    reading = read_lines([large, StrokeParts(small)], network, 0.1)
    assert (reading.text, reading.best_text) == ("?", "00\n0?0")


def test_beside_a_single_digit_it_makes_it_decline():
    """A 1 with a dot is an i."""
    for characters, text in (((ZERO, EQUALS), "0?"), ((EQUALS, ZERO), "?0")):
        reading = read(*characters, strictness=0.1)
        assert (reading.text, reading.best_text) == ("?", text)
        assert reading.declined == UNREADABLE_SIGN


def test_a_person_says_what_the_sign_is_or_that_it_is_none():
    reading = read(ZERO, EQUALS, ZERO, strictness=0.1)
    sign = reading.items[1]
    assert reading.corrected({sign.box: "-"}, 0.1).text == "0-0"
    assert reading.corrected({sign.box: ""}, 0.1).text == "00"


def test_one_part_alone_is_no_sign():
    for alone in (DASH, SLASH, POINT, PLUS):
        assert len(read(alone).digits) == len(read(alone).items) == 1
