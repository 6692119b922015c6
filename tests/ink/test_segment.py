import tracemalloc
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_desktop.ink.normalise import normalise
from mnist_desktop.ink.segment import MAX_PARTS, StrokeParts, in_lines, line_height
from mnist_desktop.ink.strokes import Drawing, Stroke

ANGLES = np.linspace(0, 2 * np.pi, 40)
CIRCLE = np.stack([np.cos(ANGLES), np.sin(ANGLES)], axis=1)


def one(x):
    return [[x, 0], [x - 2, 50], [x, 100]]


def zero(x, width=60):
    """From its top around, its middle at x."""
    return [x, 50] + CIRCLE[:, ::-1] * [width / 2, -50]


def spans(parts):
    return [(round(left), round(right)) for left, _, right, _ in parts.boxes.tolist()]


def joined(*drawings):
    return Drawing(tuple(stroke for drawing in drawings for stroke in drawing.strokes))


def moved(drawing, x, scale=1.0):
    return Drawing(tuple(Stroke(stroke.points * scale + [x, 0]) for stroke in drawing.strokes))


class TestStrokesThatAreOneDigit:
    @pytest.mark.parametrize(
        "strokes",
        [
            ([[0, 0], [60, 0], [30, 100]], [[15, 50], [55, 50]]),  # a crossed 7
            ([[10, 0], [0, 60], [70, 60]], [[45, 20], [45, 100]]),  # a 4
            ([[5, 0], [5, 45], [40, 60], [0, 100]], [[5, 0], [50, 0]]),  # a 5 and its hat
            (zero(40), [[70, -5], [10, 105]]),  # a slashed zero
            (zero(40), [[40, 50]]),  # a dotted zero
            ([40, 25] + CIRCLE * 25, [40, 75] + CIRCLE * 25),  # an 8 of two circles
            (one(20), [[0, 100], [40, 100]]),  # a 1 and its foot
            (one(20), [[22, 1], [20, 51], [21, 98]], one(18)),  # a 1 drawn again, and again
            ([[-2, 1]], [[0, 0], [60, 0], [30, 100]]),  # a pen that had touched down before
            ([[0, 0], [60, 0], [30, 100]], [[28, 101]]),  # and that slips when it is lifted
        ],
    )
    def test_are_one_part(self, drawing_of, strokes):
        drawing = drawing_of(*strokes)
        parts = StrokeParts(drawing)
        # Where a line could be cut, it is not without need.
        assert parts.cuts.tolist() == [False] + [True] * (len(parts.boxes) - 1)
        assert parts.drawing(0, len(parts.boxes)).strokes == drawing.strokes
        points = np.concatenate([np.asarray(stroke, dtype=float) for stroke in strokes])
        around = [*parts.boxes[:, :2].min(axis=0), *parts.boxes[:, 2:].max(axis=0)]
        np.testing.assert_array_equal(around, [*points.min(axis=0), *points.max(axis=0)])

    def test_whatever_the_order_in_which_they_were_drawn(self, drawing_of):
        bar, stem = [[15, 50], [55, 50]], [[0, 0], [60, 0], [30, 100]]
        other = zero(150)
        assert len(StrokeParts(drawing_of(stem, other, bar)).boxes) == 2
        assert len(StrokeParts(drawing_of(bar, other, stem)).boxes) == 2

    def test_three_strokes_are_joined_by_the_one_between_them(self, drawing_of):
        # The outer two are beside each other.
        parts = StrokeParts(
            drawing_of([[0, 0], [40, 100]], [[45, 0], [85, 100]], [[0, 50], [85, 50]])
        )
        assert len(parts.boxes) == 1


class TestStrokesThatMayBeTwoDigits:
    def test_those_side_by_side_are_parts_from_left_to_right(self, drawing_of):
        parts = StrokeParts(drawing_of(zero(300), one(20), zero(150)))
        assert [left for left, _ in spans(parts)] == [18, 120, 270]
        assert not parts.cuts.any()

    @pytest.mark.parametrize(
        "beside", [one(25), [[20, 100], [25, 0]], [[24, 98]], [[15, 92], [15, 98]], [[20, 105]]]
    )
    def test_what_is_near_another_but_not_upon_it_is_a_part(self, drawing_of, beside):
        """Another 1, and points."""
        assert len(StrokeParts(drawing_of(one(20), beside)).boxes) == 2

    def test_their_order_is_that_of_their_middles(self, drawing_of):
        # The slash begins further left, with its foot under the dash, and goes far to the right.
        parts = StrokeParts(drawing_of([[0, 100], [100, 0]], [[10, 0], [30, 10]]))
        assert spans(parts) == [(10, 30), (0, 100)]

    def test_boxes_may_overlap_a_little(self, drawing_of):
        assert len(StrokeParts(drawing_of(zero(30), zero(80))).boxes) == 2
        assert len(StrokeParts(drawing_of(zero(30), one(55))).boxes) == 2

    def test_leaning_ones_are_two_though_one_reaches_over_the_other(self, drawing_of):
        leaning = [[60, 0], [0, 100]], [[85, 0], [25, 100]]
        # Upright, a bar and a stem that are as much above each other are one.
        assert len(StrokeParts(drawing_of(*leaning)).boxes) == 2
        assert len(StrokeParts(drawing_of(leaning[0], [[25, 0], [85, 100]])).boxes) == 1

    def test_nothing_is_lost_and_nothing_twice(self, drawing_of):
        drawing = drawing_of(zero(300), one(20), zero(150), [[150, 50]], one(22))
        parts = StrokeParts(drawing)
        alone = [parts.drawing(index, index + 1) for index in range(len(parts.boxes))]
        assert {id(s) for one in alone for s in one.strokes} == {id(s) for s in drawing.strokes}
        assert sum(len(one.strokes) for one in alone) == 5

    def test_a_scribble_of_more_parts_than_any_number_is_one(self, drawing_of):
        few = drawing_of(*(one(40 * place) for place in range(MAX_PARTS)))
        many = drawing_of(*(one(40 * place) for place in range(MAX_PARTS + 1)))
        assert len(StrokeParts(few).boxes) == MAX_PARTS > 20
        assert len(StrokeParts(many).boxes) == 1


class TestPictures:
    def test_all_parts_together_are_the_drawing_itself(self, drawing_of, seven):
        both = joined(moved(seven, 300), drawing_of(one(40)), moved(seven, 700))
        parts = StrokeParts(both)
        assert len(parts.boxes) == 3
        assert parts.drawing(0, 3).strokes == both.strokes
        np.testing.assert_array_equal(parts.picture(0, 3), normalise(both))

    def test_a_group_has_the_picture_of_its_strokes_alone(self, drawing_of, seven):
        parts = StrokeParts(joined(moved(seven, 300), drawing_of(one(40))))
        np.testing.assert_array_equal(parts.picture(0, 1), normalise(drawing_of(one(40))))
        np.testing.assert_array_equal(parts.picture(1, 2), normalise(moved(seven, 300)))

    def test_strokes_are_handed_on_as_they_are(self, seven):
        # So that whoever makes the pictures can remember them by their strokes.
        seen = []
        StrokeParts(seven, lambda drawing: seen.append(drawing) or normalise(drawing)).picture(0, 1)
        assert seen == [seven]


class TestCuts:
    def linked(self, drawing_of):
        """1 and 0 without lifting the pen."""
        return drawing_of([*one(10), *zero(80).tolist()])

    def test_a_stroke_that_goes_on_to_the_right_is_cut_between_its_digits(self, drawing_of):
        parts = StrokeParts(self.linked(drawing_of))
        assert spans(parts) == [(8, 10), (50, 110)]
        assert parts.cuts.tolist() == [False, True]
        for place, points in enumerate([one(10), zero(80)]):
            (stroke,) = parts.drawing(place, place + 1).strokes
            np.testing.assert_array_equal(stroke.points, points)

    def test_the_stroke_that_the_pen_is_still_on_is_not_cut(self, drawing_of):
        drawing = self.linked(drawing_of)
        live = Stroke(drawing.strokes[0].points + np.array([200, 0]), is_live=True)
        assert spans(StrokeParts(Drawing((live,)))) == [(208, 310)]
        assert spans(StrokeParts(drawing.with_stroke(live))) == [(8, 10), (50, 110), (208, 310)]

    def test_a_line_between_two_digits_may_belong_to_either_or_to_neither(self, drawing_of):
        path = [*zero(30).tolist(), *([x, 4] for x in range(60, 150, 5)), *zero(180).tolist()]
        parts = StrokeParts(drawing_of(path))
        assert parts.links.tolist() == [False, True, False]
        assert parts.cuts.tolist() == [False, True, True]
        (_, right), _, (left, _) = spans(parts)
        # The first ends at 60, the second begins at 150.
        assert right <= 66
        assert left >= 144
        assert max(x for x, _ in parts.drawing(0, 2).strokes[0].points) > 140
        assert min(x for x, _ in parts.drawing(1, 3).strokes[0].points) < 70

    def test_a_dot_between_the_halves_of_a_cut_line_does_not_hide_the_cut(self, drawing_of):
        # Without a cut there is nothing between what was drawn without lifting the pen.
        for x in range(15, 130, 5):
            parts = StrokeParts(drawing_of([*one(10), *zero(100).tolist()], [[x, 50]]))
            assert parts.cuts.tolist()[:2] == [False, True]
            whole = [len(stroke.points) for stroke in parts.drawing(0, len(parts.cuts)).strokes]
            assert whole == [43, 1]

    def test_what_is_outside_of_a_cut_line_may_stand_by_itself(self, drawing_of):
        parts = StrokeParts(drawing_of(one(-40), [*one(10), *zero(80).tolist()], one(150)))
        assert parts.cuts.tolist() == [False, False, True, False]

    def test_what_is_drawn_upon_another_beside_a_cut_line_stays_with_it(self, drawing_of):
        cut, again = [*one(10), *zero(80).tolist()], [[152, 1], [150, 51], [151, 98]]
        assert spans(StrokeParts(drawing_of(cut, one(150), again)))[2:] == [(148, 152)]

    def test_both_strokes_of_a_digit_that_is_linked_are_in_it(self, drawing_of):
        # A 4 whose stem, drawn last, runs on to a 0.
        flag = [[10, 0], [0, 60], [70, 60]]
        parts = StrokeParts(drawing_of(flag, [[45, 20], [45, 100], *zero(130).tolist()]))
        assert [len(parts.drawing(i, i + 1).strokes) for i in range(2)] == [2, 1]
        assert parts.cuts.tolist() == [False, True]

    def test_together_they_are_the_stroke_again(self, drawing_of):
        drawing = self.linked(drawing_of)
        assert StrokeParts(drawing).drawing(0, 2).strokes == drawing.strokes

    def test_three_digits_are_cut_twice(self, drawing_of):
        path = [*zero(30).tolist(), *zero(100).tolist(), *zero(170).tolist()]
        parts = StrokeParts(drawing_of(path))
        assert spans(parts) == [(0, 60), (70, 130), (140, 200)]
        assert parts.cuts.tolist() == [False, True, True]

    def test_a_second_stroke_goes_with_the_digit_that_it_is_over(self, drawing_of):
        slash = [[105, -5], [55, 105]]
        drawing = joined(self.linked(drawing_of), drawing_of(slash))
        parts = StrokeParts(drawing)
        assert spans(parts) == [(8, 10), (50, 110)]
        assert [len(parts.drawing(i, i + 1).strokes) for i in (0, 1)] == [1, 2]
        assert parts.drawing(0, 2).strokes == drawing.strokes


STEM = [[0, 0], [0, 100]]


class TestTouch:
    def found(self, drawing):
        parts = StrokeParts(drawing)
        borders = range(1, len(parts.boxes))
        return [border for border in borders if parts.touch(border - 1, border, border + 1)]

    def test_lines_that_meet_or_cross_between_their_points(self, drawing_of):
        bow = [[1, 10], [50, 20], [50, 50], [3, 60]]
        assert self.found(drawing_of(STEM, bow)) == [1]
        across = [[-4, 50], [60, 50]]
        assert self.found(drawing_of(STEM, across)) == [1]

    def test_not_lines_that_only_come_near(self, drawing_of):
        assert self.found(drawing_of(STEM, [[3, 0], [50, 50], [3, 100]])) == []

    def test_not_what_is_far_away_though_it_is_as_high(self, drawing_of):
        hook = [[58.5, 50], [85, 60], [70, 95]]
        assert self.found(drawing_of(STEM, one(60), hook)) == [2]

    def test_of_several_parts_each_is_looked_at(self, drawing_of):
        below, dash = [[10, 60], [10, 100]], [[0, 50], [45, 50]]
        parts = StrokeParts(drawing_of(STEM, below, dash, np.add(STEM, (70, 0))))
        assert [box[0] for box in parts.boxes] == [0, 10, 0, 70]
        assert parts.touch(0, 2, 4)
        assert not parts.touch(1, 2, 4)

    def test_size_does_not_change_them(self, drawing_of):
        drawing = drawing_of(STEM, [[0.5, 10], [50, 20]])
        for scale in (1e-3, 1, 1e3):
            assert self.found(moved(drawing, 5, scale)) == [1]

    def test_not_the_pieces_of_one_line(self, drawing_of):
        parts = StrokeParts(drawing_of(np.concatenate([zero(0), [[40, 0]], zero(90)])))
        assert parts.cuts.any()
        assert not any(parts.touch(one, one + 1, len(parts.cuts)) for one in range(len(parts.cuts)))

    def test_of_the_longest_scribbles_are_found_in_little_memory(self, drawing_of):
        left, right = np.random.default_rng(0).uniform(0, 100, (2, 20_000, 2))
        parts = StrokeParts(drawing_of(left, np.add(right, (90, 0))))
        tracemalloc.start()
        try:
            parts.touch(0, 1, len(parts.boxes))
            assert tracemalloc.get_traced_memory()[1] < 32e6
        finally:
            tracemalloc.stop()


class TestLineHeight:
    def test_it_is_that_of_the_highest(self):
        assert line_height(np.array([[0, 0, 10, 40], [20, 10, 25, 90]], dtype=float)) == 80

    @pytest.mark.parametrize(
        "boxes", [[[5, 5, 5, 5]], [[0, 5, 30, 5]], [[0, 0, 0, 0], [9, 0, 9, 0]]]
    )
    def test_it_is_never_nothing(self, boxes):
        assert line_height(np.array(boxes, dtype=float)) > 0


@given(
    scale=st.sampled_from([1e-3, 0.5, 7.0, 1e4]),
    x=st.floats(-1e3, 1e3),
    y=st.floats(-1e3, 1e3),
)
def test_place_and_size_change_nothing(scale, x, y):
    strokes = [zero(30), zero(80), one(140), [*one(200), *zero(270).tolist()], [[270, 50]]]
    drawing = Drawing(tuple(Stroke(np.array(points, dtype=float)) for points in strokes))
    other = Drawing(
        tuple(Stroke((stroke.points + np.array([x, y])) * scale) for stroke in drawing.strokes)
    )
    parts, others = StrokeParts(drawing), StrokeParts(other)
    assert parts.cuts.tolist() == others.cuts.tolist() == [False] * 4 + [True]
    np.testing.assert_allclose(
        others.boxes, (parts.boxes + np.array([x, y, x, y])) * scale, rtol=1e-6, atol=1e-6 * scale
    )


@pytest.mark.parametrize("extent", [0.0, 1e-300, 1e-9, 1e99])
def test_ink_of_any_size_is_divided_without_a_fault(extent):
    random = np.random.default_rng(0)
    drawing = Drawing(tuple(Stroke(random.random((5, 2)) * extent) for _ in range(6)))
    parts = StrokeParts(drawing)
    assert parts.boxes.shape == (len(parts.cuts), 4)
    assert parts.picture(0, len(parts.cuts)).any()


def test_lines_are_divided_each_for_itself(drawing_of):
    below = [point + np.array([0, 150]) for point in (zero(30), zero(130))]
    first, second = in_lines(drawing_of(one(20), below[0], zero(100), below[1]))
    assert spans(first) == [(18, 20), (70, 130)]
    assert spans(second) == [(0, 60), (100, 160)]


def test_waves_in_a_row_are_not_cut_into_very_many_pieces(drawing_of):
    wave = np.array([[60 * place, 100 * (place % 2)] for place in range(6)], dtype=float)
    wave = np.concatenate([np.linspace(*pair, 20) for pair in pairwise(wave)])
    waves = [np.add(wave, [400 * place, 0]) for place in range(MAX_PARTS)]
    assert StrokeParts(drawing_of(*waves[:10])).cuts.any()
    parts = StrokeParts(drawing_of(*waves))
    assert len(parts.boxes) == MAX_PARTS
    assert not parts.cuts.any()
