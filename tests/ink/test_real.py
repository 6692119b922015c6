from collections import Counter

import numpy as np
import pytest

from mnist_desktop.ink.normalise import normalise
from mnist_desktop.ink.real import real_digits, real_letters, write_again
from mnist_desktop.ink.strokes import Drawing, LabelledDrawing, Stroke

MAY_BE_DIGITS = set("oOQDcCG(Ilir|/\\!'`,.JLr[])ZzSs$bB&gqayYuU^")


@pytest.fixture(scope="module")
def digits():
    return real_digits()


@pytest.fixture(scope="module")
def letters():
    return real_letters()


class TestWhatComesAlong:
    def test_each_digit_is_there_often_and_says_whose_it_is(self, digits):
        often = Counter(each.digits for each in digits)
        assert set(often) == set("0123456789")
        assert min(often.values()) > 500
        sources = {each.writer.partition("/")[0] for each in digits}
        assert sources == {"apa", "ced", "gmd", "val", "syn"}

    def test_no_letter_can_be_taken_for_a_digit(self, letters):
        labels = {each.label for each in letters}
        assert not labels & MAY_BE_DIGITS
        assert all(each.digits is None for each in letters)
        assert {"A", "e", "t", "+", "-", "="} <= labels


class TestWrittenAgain:
    def test_as_many_as_asked_for_with_their_labels(self, digits):
        again = write_again(digits, 300, np.random.default_rng(0))
        assert len(again) == 300
        assert {each.digits for each in again} == set("0123456789")

    def test_any_of_them_is_as_likely(self):
        each = [
            LabelledDrawing(Drawing((Stroke(np.array([[0.0, 0.0], [1.0, 1.0]])),)), label)
            for label in "0123"
        ]
        often = Counter(one.label for one in write_again(each, 4000, np.random.default_rng(0)))
        assert all(often[label] == pytest.approx(1000, abs=120) for label in "0123")

    def test_no_two_are_alike_and_all_like_the_first(self, digits):
        seven = next(each for each in digits if each.label == "7")
        again = write_again([seven], 40, np.random.default_rng(0))
        pictures = np.stack([normalise(each.drawing) for each in again]).astype(float)
        assert len({picture.tobytes() for picture in pictures}) == 40
        away = np.abs(pictures - normalise(seven.drawing)).mean(axis=(1, 2))
        other = np.abs(pictures - normalise(digits[0].drawing)).mean(axis=(1, 2))
        assert np.median(away) < 0.6 * np.median(other)

    def test_the_same_seed_writes_the_same(self, digits):
        first, again, other = (
            normalise(write_again(digits, 1, np.random.default_rng(seed))[0].drawing)
            for seed in (3, 3, 4)
        )
        assert np.array_equal(first, again)
        assert not np.array_equal(first, other)

    @pytest.mark.parametrize("unit", [1e-3, 1.0, 1e4])
    def test_the_unit_does_not_matter(self, unit):
        corner = np.array([[0.0, 0.0], [0.0, 2.0], [1.0, 2.0]])
        one = LabelledDrawing(Drawing((Stroke(corner * unit),)))
        again = write_again([one], 200, np.random.default_rng(1))
        lines = np.array([each.drawing.strokes[0].points for each in again])
        upright, level = (np.hypot(*(lines[:, k + 1] - lines[:, k]).T) for k in (0, 1))
        # Half as wide as high, but stretched, slanted and bent.
        assert np.median(upright) == pytest.approx(1.0, abs=0.06)
        assert np.median(level) == pytest.approx(0.5, abs=0.04)
        assert 0.12 < np.std(np.log(level)) < 0.22

    def test_strokes_move_a_little_against_each_other(self):
        line = np.array([[0.0, 0.0], [0.0, 1.0]])
        pair = LabelledDrawing(Drawing((Stroke(line), Stroke(line))))
        shifts = [
            np.hypot(*(each.drawing.strokes[0].points[0] - each.drawing.strokes[1].points[0]))
            for each in write_again([pair], 100, np.random.default_rng(0))
        ]
        assert 0.01 < np.median(shifts) < 0.05

    def test_a_single_dot_stays_one(self):
        dot = LabelledDrawing(Drawing((Stroke(np.array([[5.0, 5.0]])),)))
        assert len(write_again([dot], 1, np.random.default_rng(0))[0].drawing.strokes) == 1
