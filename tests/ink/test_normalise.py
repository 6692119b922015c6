import tracemalloc

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mnist_desktop.ink.normalise import BOX, PEN, normalise, stray_dots
from mnist_desktop.ink.strokes import Drawing, Stroke

ANGLES = np.linspace(0, 2 * np.pi, 60)
CIRCLE = np.stack([np.cos(ANGLES), np.sin(ANGLES)], axis=1)


@pytest.fixture(scope="module")
def digits(drawing_of, seven) -> dict[str, Drawing]:
    """Digits as a mouse would leave them on a canvas of a few hundred."""
    return {
        "zero": drawing_of(200 + CIRCLE * [60, 100]),
        "one": drawing_of([[200, 80], [198, 200], [203, 330]]),
        "two": drawing_of(
            [[100, 150], [140, 90], [210, 80], [240, 140], [180, 220], [100, 310], [250, 305]]
        ),
        "four": drawing_of([[200, 80], [120, 220], [280, 220]], [[230, 120], [225, 330]]),
        "seven": seven,
        "eight": drawing_of(np.concatenate([150 + CIRCLE * 50, [150, 250] + CIRCLE * 55])),
    }


each_digit = pytest.mark.parametrize("name", ["zero", "one", "two", "four", "seven", "eight"])


def centre_of_mass(picture):
    """x and y, as pixel indices."""
    indices, ink = np.arange(28), picture.astype(float)
    return np.array([ink.sum(axis=0) @ indices, ink.sum(axis=1) @ indices]) / ink.sum()


def inked_sides(picture, threshold=127):
    """How many columns and rows lie between the first and the last with ink."""
    columns, rows = (np.flatnonzero((picture > threshold).any(axis=axis)) for axis in (0, 1))
    return columns[-1] - columns[0] + 1, rows[-1] - rows[0] + 1


def thickness(pictures):
    """Twice the ink's area over its outline's length, for pictures (n, 28, 28)."""
    ink = np.pad(pictures / 255.0, ((0, 0), (1, 1), (1, 1)))
    outline = sum(np.abs(np.diff(ink, axis=axis)).sum(axis=(1, 2)) for axis in (1, 2))
    return 2 * ink.sum(axis=(1, 2)) / outline


def changed(drawing, change):
    return Drawing(tuple(Stroke(change(stroke.points)) for stroke in drawing.strokes))


def difference(one, other):
    """Of their pictures, by how much each pixel differs."""
    return np.abs(normalise(one).astype(int) - normalise(other))


def test_nothing_drawn_gives_an_empty_picture():
    picture = normalise(Drawing())
    assert picture.shape == (28, 28)
    assert picture.dtype == np.uint8
    assert not picture.any()


class TestTheConvention:
    @each_digit
    def test_a_digit_is_20_pixels_long_full_inside_grey_at_its_edge_and_centred(self, digits, name):
        picture = normalise(digits[name])
        assert 19 <= max(inked_sides(picture)) <= 21
        assert picture.max() == 255
        assert ((picture > 20) & (picture < 235)).sum() > 20
        np.testing.assert_allclose(centre_of_mass(picture), 14.0, atol=0.1)

    def test_proportions_are_kept(self, drawing_of):
        wide, high = inked_sides(normalise(drawing_of(CIRCLE * [100, 50])))
        # The pen has its width in both directions.
        assert wide == pytest.approx(BOX, abs=1)
        assert high == pytest.approx((BOX - PEN) / 2 + PEN, abs=1)

    def test_the_picture_is_centred_by_its_mass_and_not_by_its_box(self, drawing_of):
        heavy_below = drawing_of([[50, 0], [50, 100]], [[30, 100], [70, 100]])
        rows = np.flatnonzero((normalise(heavy_below) > 127).any(axis=1))
        assert rows[0] + rows[-1] < 2 * 12
        np.testing.assert_allclose(centre_of_mass(normalise(heavy_below)), 14.0, atol=0.25)

    def test_down_on_the_canvas_is_down_in_the_picture(self, drawing_of):
        # A seven: its bar above, its stem below to the left.
        picture = normalise(drawing_of([[0, 0], [10, 0], [3, 20]])) > 127
        rows, columns = np.nonzero(picture)
        assert picture[rows.min()].sum() > 2 * picture[rows.max()].sum()
        assert columns[rows == rows.max()].mean() < columns[rows == rows.min() + 1].mean()

    def test_ink_that_would_leave_the_frame_is_clipped(self, drawing_of):
        # Almost all mass at one end: 20 pixels reach out of a frame of 28 then.
        blot = [[[0, y], [200, y]] for y in (180, 190, 200)]
        picture = normalise(drawing_of([[100, 0], [100, 200]], *blot))
        assert picture[0].any()
        assert not picture[-1].any()

    def test_ink_is_as_heavy_and_as_thick_as_in_mnist(self, mnist, digits):
        pictures = np.stack([normalise(drawing) for drawing in digits.values()])
        of_mnist = mnist.test.pictures
        assert thickness(pictures).mean() == pytest.approx(thickness(of_mnist).mean(), rel=0.1)
        for picture, digit in zip(pictures, (0, 1, 2, 4, 7, 8), strict=True):
            masses = of_mnist[mnist.test.labels == digit].sum(axis=(1, 2)) / 255
            low, high = np.quantile(masses, [0.05, 0.95])
            assert low < picture.sum() / 255 < high, digit


class TestInvariance:
    def test_the_width_of_the_pen_changes_nothing(self, seven):
        thick = Drawing(
            tuple(
                Stroke(stroke.points, np.linspace(4, 40, len(stroke.points)))
                for stroke in seven.strokes
            )
        )
        np.testing.assert_array_equal(normalise(thick), normalise(seven))

    @each_digit
    def test_the_number_of_points_on_a_line_changes_little(self, digits, name):
        def many(points):
            along = np.linspace(0, len(points) - 1, 20 * len(points) - 19)
            return np.stack(
                [np.interp(along, np.arange(len(points)), points[:, axis]) for axis in (0, 1)], 1
            )

        assert difference(changed(digits[name], many), digits[name]).max() <= 25

    @each_digit
    def test_the_direction_and_the_order_of_the_strokes_change_little(self, digits, name):
        backwards = Drawing(
            tuple(Stroke(stroke.points[::-1]) for stroke in reversed(digits[name].strokes))
        )
        assert difference(backwards, digits[name]).max() <= 2

    @each_digit
    def test_steps_of_whole_mouse_pixels_change_little(self, digits, name):
        # On a small canvas, 80 pixels wide, a digit is drawn with steps.
        fine = changed(digits[name], lambda points: points / 4)
        assert difference(fine, changed(fine, np.rint)).mean() < 4

    def test_a_shaking_hand_draws_no_thicker_line(self, drawing_of):
        straight = np.stack([np.zeros(100), np.linspace(0, 200, 100)], axis=1)
        shaking = straight + np.tile([[-6.0, 0.0], [6.0, 0.0]], (50, 1))
        steady, shaken = normalise(drawing_of(straight)), normalise(drawing_of(shaking))
        assert float(shaken.sum()) == pytest.approx(float(steady.sum()), rel=0.2)

    def test_a_stroke_drawn_twice_is_as_thick_as_one(self, digits):
        one = digits["one"]
        twice = Drawing(one.strokes * 2)
        np.testing.assert_array_equal(normalise(one), normalise(twice))


class TestStrayDots:
    @each_digit
    @pytest.mark.parametrize("place", [[350, 40], [-150, 400], [200, 400], [1e6, -1e6]])
    def test_one_apart_from_the_digit_changes_nothing(self, digits, name, place):
        dotted = digits[name].with_stroke(Stroke(np.array([place, np.add(place, 3)], dtype=float)))
        np.testing.assert_array_equal(normalise(dotted), normalise(digits[name]))

    def test_several_change_nothing_wherever_they_come_in_the_order(self, digits):
        two = digits["two"]
        dots = [Stroke(np.array([[x, 500.0]])) for x in (0, 300, 700)]
        dotted = Drawing((*dots[:2], *two.strokes, dots[2]))
        np.testing.assert_array_equal(normalise(dotted), normalise(two))

    def test_one_inside_a_zero_stays(self, digits):
        dotted = digits["zero"].with_stroke(Stroke(np.array([[200.0, 200.0]])))
        plain, picture = normalise(digits["zero"]), normalise(dotted)
        assert plain[12:17, 12:17].max() == 0
        assert picture[12:17, 12:17].max() == 255

    def test_one_that_touches_the_digit_stays(self, digits, drawing_of):
        one = digits["one"]
        near = one.with_stroke(Stroke(np.array([[210.0, 80.0]])))
        assert np.count_nonzero(~stray_dots(near.boxes)) == 2

    def test_a_long_stroke_apart_is_no_dot(self, drawing_of):
        # The two strokes of an eleven, or of a four whose stem stands apart.
        boxes = np.array([[0.0, 0, 0, 100], [80, 0, 80, 40]])
        assert np.count_nonzero(~stray_dots(boxes)) == 2

    def test_dots_alone_all_stay(self):
        boxes = np.array([[float(x), 0.0, x, 0.0] for x in (0, 5, 100)])
        assert np.count_nonzero(~stray_dots(boxes)) == 3


class TestDegenerateStrokes:
    def test_a_single_dot_is_a_dot_in_the_middle(self, drawing_of):
        picture = normalise(drawing_of([[123.0, 456.0]]))
        assert max(inked_sides(picture)) <= 3
        np.testing.assert_allclose(centre_of_mass(picture), 14.0, atol=0.01)
        assert picture.max() == 255

    def test_a_pen_that_stood_still_is_a_dot(self, drawing_of):
        dot = normalise(drawing_of([[5, 5]]))
        np.testing.assert_array_equal(normalise(drawing_of([[9, 9]] * 100)), dot)
        np.testing.assert_array_equal(normalise(drawing_of([[9, 9]], [[9, 9]])), dot)

    def test_repeated_points_change_nothing(self, seven):
        repeated = changed(seven, lambda points: np.repeat(points, 3, axis=0))
        np.testing.assert_array_equal(normalise(repeated), normalise(seven))

    @pytest.mark.parametrize("line", [[[0, 0], [10, 0]], [[0, 0], [0, 10]]])
    def test_a_straight_line_has_the_pen_s_width(self, drawing_of, line):
        picture = normalise(drawing_of(line))
        assert max(inked_sides(picture)) == pytest.approx(20, abs=1)
        assert thickness(picture[None])[0] == pytest.approx(2.1, abs=0.2)

    def test_a_stroke_retraced_again_and_again_is_still_that_stroke(self, drawing_of):
        there, back = [[0, 0], [50, 80]], [[50, 80], [0, 0]]
        once = normalise(drawing_of(there)).astype(int)
        often = normalise(drawing_of((there + back) * 50)).astype(int)
        # So much ink is drawn with points further apart, but none is lost.
        assert np.abs(inked_sides(often) - np.array(inked_sides(once))).max() <= 1
        assert int(often.sum()) == pytest.approx(int(once.sum()), rel=0.1)

    def test_a_million_points_are_no_trouble(self, drawing_of):
        along = np.linspace(0, 2 * np.pi, 10**6)
        circle = normalise(drawing_of(np.stack([np.cos(along), np.sin(along)], axis=1)))
        few = normalise(drawing_of(CIRCLE))
        assert np.abs(circle.astype(int) - few).max() < 25

    def test_endless_scribbling_takes_little_memory(self, drawing_of):
        scribble = drawing_of(np.random.default_rng(0).random((4000, 2)))
        tracemalloc.start()
        normalise(scribble)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < 50e6

    @pytest.mark.parametrize("scale", [5e-324, 1e-310, 1e-200, 1e99])
    def test_the_smallest_and_the_largest_numbers_are_only_numbers(self, drawing_of, scale):
        line = np.array([[0.0, 0.0], [1.0, 1.0]])
        np.testing.assert_array_equal(
            normalise(drawing_of(line * scale)), normalise(drawing_of(line))
        )


coordinates = st.floats(-1e100, 1e100) | st.floats(-1000, 1000) | st.integers(-5, 5).map(float)
strokes = arrays(np.float64, st.tuples(st.integers(1, 12), st.just(2)), elements=coordinates)


@given(st.lists(strokes, min_size=1, max_size=5))
def test_whatever_is_drawn_gives_a_picture_with_ink(drawing):
    picture = normalise(Drawing(tuple(map(Stroke, drawing))))
    assert picture.shape == (28, 28)
    assert picture.dtype == np.uint8
    assert picture.max() > 0


ordinary = arrays(
    np.float64,
    st.tuples(st.integers(2, 12), st.just(2)),
    elements=st.integers(0, 400).map(float),
)


@given(st.lists(ordinary, min_size=1, max_size=4))
def test_the_centre_of_mass_is_in_the_middle_unless_the_frame_clips(drawing):
    picture = normalise(Drawing(tuple(map(Stroke, drawing))))
    border = np.concatenate([picture[0], picture[-1], picture[:, 0], picture[:, -1]])
    assume(not border.any())
    # A pixel is a coarse measure of a thin slanting line: hence not nearer.
    np.testing.assert_allclose(centre_of_mass(picture), 14.0, atol=0.25)


@given(
    st.lists(ordinary, min_size=1, max_size=4),
    st.floats(-3, 3).map(lambda exponent: 10**exponent),
    st.tuples(st.floats(-1000, 1000), st.floats(-1000, 1000)),
)
def test_no_drawing_depends_on_where_and_how_large_it_is(drawing, scale, shift):
    original = Drawing(tuple(map(Stroke, drawing)))
    moved = changed(original, lambda points: points * scale + shift)
    # Numbers far from zero keep few digits of a small drawing; where all points are one, none.
    assume(np.ptp(np.concatenate(drawing), axis=0).max() * scale > 1e-3)
    assert difference(moved, original).max() <= 1
