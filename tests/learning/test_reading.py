import numpy as np
import pytest

from mnist_desktop.learning.reading import LOOKS_LIKE_NO_DIGIT, Digit, Reading

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

    def test_of_nothing_it_is_empty(self):
        assert (Reading().text, Reading().best_text, Reading().confidence) == ("", "", 0.0)

    def test_a_digit_is_the_most_probable_one(self):
        digit = digit_of(7, 0.8)
        assert digit.digit == 7
        assert digit.probability == digit.confidence == pytest.approx(0.8)
