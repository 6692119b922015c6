from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QApplication

from mnist_desktop.learning.read.reading import Sign
from mnist_desktop.ui.canvas.digit_boxes import DigitBox, box_at, paint_boxes, place_boxes
from mnist_desktop.ui.canvas.field import Field
from mnist_desktop.ui.look.appearance import dress
from mnist_desktop.ui.look.theme import LIGHT

SIDE = 400
FIELD = Field.empty(QSizeF(SIDE, SIDE))


@pytest.fixture
def place(qapp, make_digit):
    """Boxes of digits that are all sevens, from their boxes."""

    def place_them(*boxes, focus=0, pen_width=0.05):
        digits = [make_digit(7, 0.987, box) for box in boxes]
        return place_boxes(digits, focus, FIELD, pen_width, QFontMetricsF(QFont()))

    return place_them


def test_a_frame_is_around_the_ink_and_not_only_around_the_pen_s_path(place):
    (box,) = place((0.25, 0.25, 0.5, 0.75))
    assert box.frame.contains(QRectF(100, 100, 100, 200).adjusted(-10, -10, 10, 10))
    assert not box.frame.contains(QRectF(100, 100, 100, 200).adjusted(-20, -20, 20, 20))


def test_a_label_says_digit_and_per_cent_above_its_frame(place):
    (box,) = place((0.25, 0.25, 0.5, 0.75))
    assert box.text == "7  99 %"
    assert box.label.bottom() <= box.frame.top()
    assert box.label.center().x() == pytest.approx(150)


def test_per_cent_are_those_that_the_answer_is_declined_by(qapp, make_digit):
    digit = replace(make_digit(7, 0.9, (0.25, 0.25, 0.5, 0.75)), separation=0.5)
    (box,) = place_boxes([digit], 0, FIELD, 0.05, QFontMetricsF(QFont()))
    assert box.text == "7  45 %"


def test_without_a_guess_no_digit_is_named(qapp, make_digit):
    digit = make_digit(7, 0.9, (0.25, 0.25, 0.5, 0.75))
    (box,) = place_boxes([digit], 0, FIELD, 0.05, QFontMetricsF(QFont()), is_guessed=False)
    assert box.text == "?"


def test_signs_and_what_is_not_read_have_frames_and_no_number(qapp, make_digit):
    seven, two = (
        make_digit(value, 0.9, (x, 0.3, x + 0.1, 0.7)) for value, x in ((7, 0.1), (2, 0.6))
    )
    dash = Sign("-", 0.8, seven.picture, (0.3, 0.5, 0.4, 0.51))
    boxes = place_boxes(
        [seven, dash, two],
        2,
        FIELD,
        0.02,
        QFontMetricsF(QFont()),
        unread=((0.9, 0.7, 0.91, 0.71),),
    )
    assert [box.text for box in boxes] == ["7  90 %", "-", "2  90 %", ""]
    assert [box.is_focused for box in boxes] == [False, False, True, False]
    found = [box_at(boxes, box.frame.center()) for box in boxes]
    assert found == [0, 1, 2, None]


def test_what_is_not_read_is_framed_faintly(qapp, make_digit):
    dress(QApplication.instance(), "light")
    unread = ((0.4, 0.4, 0.6, 0.6),)
    picture = QImage(SIDE, SIDE, QImage.Format.Format_RGB32)
    picture.fill(QColor(LIGHT.paper))
    with QPainter(picture) as painter:
        paint_boxes(
            painter, place_boxes([], None, FIELD, 0.0, QFontMetricsF(QFont()), unread=unread)
        )
    tones = {picture.pixelColor(x, y).name() for x in range(SIDE) for y in range(SIDE)}
    assert len(tones) > 1
    assert QColor(LIGHT.accent).name() not in tones


@pytest.mark.parametrize("tone", [0, 128, 255])
def test_on_a_picture_a_box_has_a_ground_of_its_own(place, tone):
    dress(QApplication.instance(), "light")
    (box,) = place((0.25, 0.25, 0.5, 0.75), focus=None)

    def painted(*, on_picture):
        picture = QImage(SIDE, SIDE, QImage.Format.Format_RGB32)
        picture.fill(QColor(tone, tone, tone))
        with QPainter(picture) as painter:
            paint_boxes(painter, [box], on_picture=on_picture)
        return picture

    beside_the_line = QPointF(box.frame.center().x(), box.frame.bottom() + 1).toPoint()
    beside_the_text = QPointF(box.label.left() - 1, box.label.center().y()).toPoint()
    for spot in (beside_the_line, beside_the_text):
        ground = painted(on_picture=True).pixelColor(spot)
        assert ground.lightness() > 0.9 * QColor(LIGHT.paper).lightness()
        assert painted(on_picture=False).pixelColor(spot).lightness() <= max(tone, 60)


def test_it_stands_below_where_there_is_no_room_above(place):
    (box,) = place((0.25, 0.02, 0.5, 0.75))
    assert box.label.top() >= box.frame.bottom()


@pytest.mark.parametrize(
    "where",
    [(0.0, 0.3, 0.01, 0.6), (0.99, 0.3, 1.0, 0.6), (0.1, 0.0, 0.9, 1.0), (-0.5, -0.5, 1.5, 1.5)],
)
def test_nothing_leaves_the_canvas(place, where):
    (box,) = place(where)
    assert QRectF(0, 0, SIDE, SIDE).contains(box.frame)
    assert QRectF(0, 0, SIDE, SIDE).contains(box.label)


def test_labels_of_narrow_neighbours_do_not_cover_each_other(place):
    ones = [(0.3 + 0.06 * index, 0.3, 0.3 + 0.06 * index, 0.7) for index in range(6)]
    boxes = place(*ones, pen_width=0.02)
    for index, box in enumerate(boxes):
        assert box.text.startswith("7")
        assert not any(box.label.intersects(other.label) for other in boxes[:index])
    assert boxes[0].text == "7  99 %"


@pytest.mark.parametrize(("meant", "texts"), [("1", ["1  ✓", "1"]), ("", ["no digit  ✓", "×"])])
def test_where_there_is_little_room_what_a_person_says_is_short(qapp, make_digit, meant, texts):
    said = [
        replace(make_digit(7, 0.9, (left, 0.3, left, 0.7)), meant=meant)
        for left in (0.3, 0.3 + 1.5 / SIDE * QFontMetricsF(QFont()).horizontalAdvance(texts[0]))
    ]
    # Below the canvas' upper edge, and above its lower one, nothing else is.
    beside = make_digit(7, 0.9, (said[1].box[0] + 0.03, 0.0, 0.9, 1.0))
    boxes = place_boxes([*said, beside], 0, FIELD, 0.0, QFontMetricsF(QFont()))
    assert [box.text for box in boxes[:2]] == texts


def test_a_label_hides_no_digit_unless_it_is_looked_at(place):
    lines = [(0.3, 0.02 + 0.11 * line, 0.36, 0.12 + 0.11 * line) for line in range(8)]
    boxes = place(*lines, focus=4, pen_width=0.0)
    for index, box in enumerate(boxes):
        hidden = [digit for digit in lines if box.label.intersects(FIELD.area(digit))]
        assert not hidden or index == 4
    assert boxes[0].label.isNull()
    assert boxes[3].label.isNull()
    assert not boxes[4].label.isNull()
    assert not boxes[7].label.isNull(), "below the last line there is room"


def test_the_box_under_a_place_is_found(place):
    boxes = place((0.1, 0.3, 0.3, 0.7), (0.25, 0.3, 0.6, 0.7))
    assert box_at(boxes, QPointF(60, 200)) == 0
    assert box_at(boxes, QPointF(220, 200)) == 1
    # Where both are: the one whose middle is nearer.
    assert box_at(boxes, QPointF(105, 200)) == 0
    assert box_at(boxes, QPointF(300, 200)) is None
    assert box_at(boxes, QPointF(60, 20)) is None
    blot = DigitBox(QRectF(55, 195, 10, 10), QRectF(), "", is_focused=False, number=None)
    assert box_at([*boxes, blot], QPointF(60, 200)) == 0, "that is not read"


def test_one_is_marked(place):
    boxes = place((0.1, 0.3, 0.3, 0.7), (0.5, 0.3, 0.6, 0.7), focus=1)
    assert [box.is_focused for box in boxes] == [False, True]


def test_what_a_person_says_is_marked_and_has_no_per_cent(qapp, make_digit):
    digit = make_digit(7, 0.4, (0.25, 0.25, 0.5, 0.75))
    sign = Sign("-", 0.4, digit.picture, digit.box)
    for item, meant, text in (
        (digit, "1", "1  ✓"),
        (digit, "-", "-  ✓"),
        (digit, "", "no digit  ✓"),
        (sign, "1", "1  ✓"),
    ):
        said = replace(item, meant=meant)
        (box,) = place_boxes([said], 0, FIELD, 0.05, QFontMetricsF(QFont()), is_guessed=False)
        assert box.text == text
        assert box.number == 0, "it can be put right again"
