import numpy as np
import pytest

from mnist_desktop.learning.models.pen import Judgement
from mnist_desktop.learning.read.lines import read_lines


class Row:
    """Parts beside each other, each of which stands apart and is not as wide as high."""

    is_crowd = False
    pen = 0.0

    def __init__(self, top, height, *sureness):
        self.sureness = sureness
        lefts = np.arange(len(sureness)) * 2 * height
        self.boxes = np.array(
            [(left, top, left + height / 2, top + height) for left in lefts], dtype=float
        ).reshape(-1, 4)
        self.cuts = self.joined = self.links = np.zeros(len(sureness), dtype=bool)

    def left_out(self, first, last):
        return np.zeros((0, 4))

    def touch(self, first, border, last):
        return False

    def drawing(self, first, last):
        return first, last

    def picture(self, first, last):
        assert last == first + 1, "they are too far apart to be one"
        picture = np.zeros((28, 28), dtype=np.uint8)
        picture[0, 0] = round(100 * self.sureness[first])
        return picture


def network(pictures):
    """Sees a 3 everywhere, as surely as the picture says."""
    rows = np.zeros((len(pictures), 10), dtype=np.float32)
    rows[:, 3] = pictures[:, 0, 0] / 100
    return rows


def test_a_smaller_line_that_shows_no_number_is_a_caption_and_is_marked_as_not_read():
    number, caption = Row(100, 100, 0.9, 0.9), Row(0, 50, 0.9, 0.2, 0.9)
    reading = read_lines([caption, number], network, 0.65)
    assert (reading.text, len(reading.lines)) == ("33", 1)
    assert reading.unread == tuple(map(tuple, caption.boxes))


def test_a_small_line_written_in_a_strange_way_is_no_caption():
    """Or an answer would be given without it."""

    def judge(drawings):
        odds = np.full(len(drawings), -9, np.float32)
        return Judgement(np.zeros((len(drawings), 10), np.float32), odds)

    reading = read_lines([Row(0, 100, 0.9), Row(200, 40, 0.7, 0.8)], network, 0.65, judge=judge)
    assert (reading.text, reading.best_text) == ("?", "3\n33")


@pytest.mark.parametrize("sureness", [0.7, 0.2])
def test_a_line_as_high_as_the_others_is_never_left_out(sureness):
    lines = [Row(0, 70, sureness, sureness), Row(100, 100, 0.9)]
    reading = read_lines(lines, network, 0.65)
    assert reading.text == ("33\n3" if sureness > 0.65 else "?")
    assert reading.best_text == "33\n3"
    assert not reading.unread


def test_a_smaller_line_that_shows_a_number_stays():
    reading = read_lines([Row(0, 100, 0.9), Row(200, 40, 0.7, 0.8)], network, 0.65)
    assert reading.text == "3\n33"


def test_the_line_of_the_highest_is_no_caption_however_unsure_it_is():
    reading = read_lines([Row(0, 100, 0.2), Row(200, 40, 0.9, 0.9)], network, 0.65)
    assert (reading.text, reading.best_text) == ("?", "3\n33")
    assert not reading.unread
