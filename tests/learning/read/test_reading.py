import numpy as np
import pytest

from mnist_desktop.learning.read.reading import (
    LOOKS_LIKE_NO_DIGIT,
    ONE_OF_TWO,
    TOO_LITTLE_INK,
    UNSURE_SIGN,
    Digit,
    Reading,
    Sign,
)

PICTURE = np.zeros((28, 28), dtype=np.uint8)


def sure_of(digit, probability):
    probabilities = np.full(10, (1 - probability) / 9, dtype=np.float32)
    probabilities[digit] = probability
    return probabilities


def digit_of(digit, probability=0.99, box=(0.0, 0.0, 50.0, 100.0)):
    return Digit(sure_of(digit, probability), PICTURE, box)


class TestReading:
    def test_its_text_is_its_digits(self):
        reading = Reading(((digit_of(4), digit_of(0), digit_of(2)),))
        assert reading.text == reading.best_text == "402"

    def test_where_it_declines_the_digits_are_still_there(self):
        reading = Reading(((digit_of(4), digit_of(2)),), LOOKS_LIKE_NO_DIGIT)
        assert reading.text == "?"
        assert reading.best_text == "42"

    def test_it_is_as_sure_as_of_its_least_sure_digit(self):
        reading = Reading(((digit_of(4, 0.9), digit_of(2, 0.6)), (digit_of(1, 0.8),)))
        assert reading.confidence == pytest.approx(0.6)

    def test_another_strictness_gives_another_answer_of_the_same_digits(self):
        reading = Reading(((digit_of(4, 0.9), digit_of(2, 0.6)),))
        assert reading.answered(0.7).text == "?"
        assert reading.answered(0.7).answered(0.5) == reading
        assert reading.answered(0.7).digits == reading.digits

    def test_a_mere_dot_is_declined_unless_it_must_answer_or_somebody_says_what_it_is(self):
        dot = Reading(((digit_of(0),),), is_mere_dot=True)
        assert dot.answered(0.1).declined == TOO_LITTLE_INK
        assert dot.answered(0.1).answered(0.0).text == "0"
        assert dot.answered(0.9).corrected({dot.items[0].box: "."}, 0.9).text == "."

    def test_why_it_declines_is_what_it_is_unsure_of(self):
        three = sure_of(5, 0.55)
        three[3] += 0.4
        three[[0, 1, 2, 4, 6, 7, 8, 9]] *= 0.05 / 0.45
        either = Digit(three, PICTURE, (60.0, 0.0, 110.0, 100.0))
        unlike = Digit(three, PICTURE, (60.0, 0.0, 110.0, 100.0), belief=0.5)
        point = Sign(".", 0.6, PICTURE, (120.0, 90.0, 125.0, 95.0))
        for items, declined in (
            ((digit_of(4), point, digit_of(2)), UNSURE_SIGN),
            ((digit_of(4), either), ONE_OF_TWO),
            ((either, point, digit_of(2)), ONE_OF_TWO),
            ((digit_of(4), unlike), LOOKS_LIKE_NO_DIGIT),
            ((either, digit_of(4, 0.5)), LOOKS_LIKE_NO_DIGIT),
            ((digit_of(4), digit_of(2)), None),
        ):
            assert Reading((items,)).answered(0.65).declined == declined

    def test_of_nothing_it_is_empty(self):
        assert (Reading().text, Reading().best_text, Reading().confidence) == ("", "", 0.0)

    def test_a_digit_is_the_most_probable_one(self):
        digit = digit_of(7, 0.8)
        assert digit.digit == 7
        assert digit.probability == digit.confidence == pytest.approx(0.8)

    def test_what_a_person_says_takes_the_place_of_what_was_read(self):
        boxes = [(float(x), 0.0, x + 10.0, 20.0) for x in (0, 20, 40)]
        digits = [digit_of(4, 0.5, boxes[0]), digit_of(2, 0.9, boxes[1])]
        reading = Reading((tuple(digits), (digit_of(1, 0.9, boxes[2]),))).answered(0.7)
        assert reading.text == "?"
        right = reading.corrected({boxes[0]: "9"}, 0.7)
        assert right.text == "92\n1"
        assert right.is_corrected
        assert right.digits[0].digit == 4, "what the network says is still there"
        assert reading.corrected({boxes[1]: ""}, 0.0).text == "4\n1"

    def test_a_sign_is_put_right_and_a_digit_may_be_one(self):
        boxes = [(float(x), 0.0, x + 10.0, 20.0) for x in (0, 20, 40)]
        dash = Sign("-", 0.5, PICTURE, boxes[1])
        line = (digit_of(1, 0.9, boxes[0]), dash, digit_of(2, 0.9, boxes[2]))
        reading = Reading((line,)).answered(0.7)
        assert (reading.text, reading.best_text) == ("?", "1-2")
        right = reading.corrected({boxes[1]: "/", boxes[0]: "+"}, 0.7)
        assert right.text == "+/2"
        assert right.is_corrected
        assert right.items[1].sign == "-"
        assert reading.corrected({boxes[1]: ""}, 0.7).text == "12"
        assert reading.corrected({boxes[1]: "7"}, 0.7).text == "172"

    def test_it_still_declines_what_nobody_has_said_anything_of(self):
        one, other = digit_of(4, 0.5), digit_of(2, 0.5, (60.0, 0.0, 90.0, 50.0))
        assert Reading(((one, other),)).corrected({one.box: "9"}, 0.7).text == "?"

    def test_what_is_said_of_other_boxes_changes_nothing(self):
        reading = Reading(((digit_of(4),),), LOOKS_LIKE_NO_DIGIT)
        assert reading.corrected({(1.0, 2.0, 3.0, 4.0): "9"}, 0.0) is reading
