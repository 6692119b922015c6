from itertools import pairwise

import numpy as np
import pytest
from scipy import ndimage

from mnist_desktop.ink.lines import around
from mnist_desktop.ink.normalise import normalise
from mnist_desktop.ink.parts import Parts
from mnist_desktop.ink.photo.paper import ink_is_light
from mnist_desktop.ink.photo.parts import MAX_PARTS, page_of_picture
from mnist_desktop.ink.strokes import Drawing, Stroke
from mnist_desktop.progress import Cancelled

ANGLES = np.linspace(0, 2 * np.pi, 60)
CIRCLE = np.stack([np.cos(ANGLES), np.sin(ANGLES)], axis=1) / 2 + 0.5
OPEN_CIRCLE = CIRCLE[: int(0.92 * len(CIRCLE))]

# Each is 1 high.
STROKES = {
    "0": [CIRCLE * [0.6, 1]],
    "1": [[[0.1, 0.2], [0.3, 0], [0.3, 1]]],
    "2": [[[0, 0.25], [0.2, 0], [0.5, 0.05], [0.55, 0.3], [0.3, 0.65], [0, 1], [0.65, 0.98]]],
    "4": [[[0.3, 0], [0, 0.6], [0.7, 0.6]], [[0.5, 0.3], [0.45, 1]]],
    "5": [[[0.1, 0.12], [0.1, 0.45], [0.5, 0.6], [0.4, 0.95], [0, 1]], [[0.15, 0], [0.6, 0]]],
    "7": [[[0, 0], [0.6, 0], [0.3, 1]], [[0.15, 0.5], [0.6, 0.5]]],
    "8": [[*CIRCLE * [0.5, 0.5], *(CIRCLE * [0.6, 0.5] + [-0.05, 0.5])]],
}
each_digit = pytest.mark.parametrize("digit", STROKES)


def drawing(digits, gap=0.4, height=1.0):
    """Digits side by side, with so much space between them."""
    strokes, cursor = [], 0.0
    for digit in digits:
        lines = [np.array(line) + np.array([cursor, 0.0]) for line in STROKES[digit]]
        strokes += [Stroke(line * height) for line in lines]
        cursor = max(stroke.points[:, 0].max() for stroke in strokes) / height + gap
    return Drawing(tuple(strokes))


def ink_of(drawn, pen, margin, shape=None):
    """A round pen's ink: (h, w) float, 0 to 1; the drawing is in pixels, ``margin`` from 0, 0."""
    points = np.concatenate([stroke.points for stroke in drawn.strokes]) + margin
    width, height = np.ceil(points.max(axis=0) + margin).astype(int)
    paper = np.ones(shape or (height, width), dtype=bool)
    for stroke in drawn.strokes:
        for one, other in zip(stroke.points, stroke.points[1:], strict=False):
            steps = int(np.hypot(*(other - one)) * 2) + 2
            x, y = np.rint(np.linspace(one, other, steps).T + margin).astype(int)
            paper[y, x] = False
    return np.clip(pen / 2 + 0.5 - ndimage.distance_transform_edt(paper), 0, 1)


def photo(ink, paper=220.0, tone=40.0, light=1.0, noise=2.0, seed=0):
    random = np.random.default_rng(seed)
    scene = (paper + (tone - paper) * ink) * light + random.normal(0, noise, ink.shape)
    return np.clip(np.rint(scene), 0, 255).astype(np.uint8)


def photo_of(digits, pen=8.0, margin=40, gap=0.4, height=100, **options):
    return photo(ink_of(drawing(digits, gap, height), pen, margin), **options)


def difference(one, other):
    """How much of the ink is not where the other has it, 0 to 1."""
    one, other = one.astype(float), other.astype(float)
    # A place half a pixel off is the same place, and a pen of another width the same line. Ink is
    # moved by whole pixels, so a line may lie half a pixel beside its like.
    one, other = (ndimage.gaussian_filter(picture, 1.5) for picture in (one, other))
    one, other = one / max(one.sum(), 1), other / max(other.sum(), 1)
    moves = [ndimage.shift(one, (y, x), order=1) for y in (-0.5, 0, 0.5) for x in (-0.5, 0, 0.5)]
    return min(np.abs(moved - other).sum() / 2 for moved in moves)


def parts_of_picture(picture, **options):
    """The one line that a picture shows."""
    (line,) = page_of_picture(picture, **options).lines
    return line


def shapes(parts):
    """Pictures of what stands apart from other ink: nothing is cut that may be one digit."""
    ends = [*np.flatnonzero(~parts.cuts), len(parts.boxes)]
    return [parts.picture(first, last) for first, last in pairwise(ends)]


def whole(parts):
    return parts.picture(0, len(parts.boxes))


class TestOneRoad:
    @pytest.mark.parametrize("pen", [2, 4, 8, 14, 18])
    @each_digit
    def test_a_photo_with_any_pen_gives_what_the_strokes_give(self, digit, pen):
        picture = whole(parts_of_picture(photo_of(digit, pen)))
        assert picture.shape == (28, 28)
        assert picture.dtype == np.uint8
        limit = 0.1 if pen < 14 else 0.2
        assert difference(picture, normalise(drawing(digit))) < limit

    @pytest.mark.parametrize("height", [24, 50, 400, 900])
    def test_at_any_size(self, height):
        found = parts_of_picture(photo_of("4", 0.08 * height, height // 3, height=height))
        assert difference(whole(found), normalise(drawing("4"))) < 0.1

    def test_mnist_s_own_pictures_stay_what_they_are(self, mnist):
        pictures = mnist.test.pictures[:40]
        found = [whole(parts_of_picture(255 - picture)) for picture in pictures]
        unlike = [
            np.abs(one.astype(int) - other).mean()
            for one, other in zip(found, pictures, strict=True)
        ]
        assert np.median(unlike) < 1
        assert max(unlike) < 8


class TestLightAndPaper:
    def same_as_strokes(self, picture, digit="2"):
        parts = parts_of_picture(picture)
        assert len(parts.boxes) == 1
        assert difference(whole(parts), normalise(drawing(digit))) < 0.12
        return parts

    def test_light_on_dark(self):
        self.same_as_strokes(photo_of("2", paper=30, tone=230))

    def test_both_polarities_give_the_same_boxes(self):
        dark = photo_of("41")
        np.testing.assert_allclose(
            parts_of_picture(dark).boxes, parts_of_picture(255 - dark).boxes, atol=1.5
        )

    @pytest.mark.parametrize("tones", [(220, 40), (40, 220)])
    @pytest.mark.parametrize("digit", ["1", "2", "4", "7"])
    def test_a_pen_so_broad_that_the_paper_between_its_lines_is_narrower(self, digit, tones):
        ink = ink_of(drawing(digit, height=100), 26, 24)
        paper, tone = tones
        grey = photo(ink, paper, tone).astype(np.float32) / 255
        assert ink_is_light(grey) == (tone > paper)

    @pytest.mark.parametrize("turns", range(4))
    @pytest.mark.parametrize("tones", [(220, 60), (60, 220)])
    def test_a_lamp_at_one_side(self, turns, tones):
        ink = ink_of(drawing("2", height=100), 8, 60)
        y, x = np.indices(ink.shape) / max(ink.shape)
        light = np.rot90((1 - 0.7 * (0.5 * y + x) / 1.5)[: min(ink.shape), : min(ink.shape)], turns)
        ink = ink[: min(ink.shape), : min(ink.shape)]
        self.same_as_strokes(photo(ink, *tones, light=light))

    def test_the_edge_of_a_shadow(self):
        ink = ink_of(drawing("2", height=100), 8, 60)
        y, x = np.indices(ink.shape)
        self.same_as_strokes(photo(ink, light=1 - 0.35 / (1 + np.exp((x + y - 180) / 2))))

    def test_pencil_on_noisy_paper(self):
        self.same_as_strokes(photo_of("2", tone=140, noise=12))

    @pytest.mark.parametrize("tone", [0, 90, 255])
    @pytest.mark.parametrize("noise", [0, 3, 15])
    def test_empty_paper_has_no_parts(self, tone, noise):
        page = page_of_picture(photo(np.zeros((150, 200)), paper=tone, noise=noise))
        assert page.lines == ()
        assert not page.aside.any()

    def test_empty_paper_under_a_lamp_has_no_parts(self):
        x = np.indices((150, 200))[1] / 200
        assert page_of_picture(photo(np.zeros((150, 200)), light=1 - 0.6 * x)).lines == ()

    def test_ruled_paper(self):
        ink = ink_of(drawing("2", height=100), 8, 60)
        y, x = np.indices(ink.shape)
        ink[(y + 0.01 * x).astype(int) % 45 < 2] = 0.9
        self.same_as_strokes(photo(ink))

    def test_squared_paper(self):
        ink = ink_of(drawing("2", height=100), 8, 60)
        y, x = np.indices(ink.shape)
        squares = (y % 35 < 2) | (x % 35 < 2)
        self.same_as_strokes(photo(np.maximum(ink, 0.7 * squares)))

    def test_the_lines_of_a_digit_are_no_ruled_lines(self):
        self.same_as_strokes(photo_of("7", margin=12), "7")

    def test_a_printed_frame_around_a_digit(self):
        ink = ink_of(drawing("2", height=100), 8, 60)
        ink[25:28, 20:-20] = ink[-28:-25, 20:-20] = 1
        ink[25:-25, 20:23] = ink[25:-25, -23:-20] = 1
        self.same_as_strokes(photo(ink))

    def test_the_dark_edge_of_a_scan(self):
        ink = ink_of(drawing("2", height=100), 8, 60)
        ink[:, :9] = 1
        ink[-6:] = 1
        self.same_as_strokes(photo(ink))

    def test_what_sticks_into_the_picture_is_not_read(self):
        ink = ink_of(drawing("2", height=100), 8, 60)
        ink[:22, 30:38] = 1
        self.same_as_strokes(photo(ink))

    def test_a_digit_that_is_cut_out_tightly(self):
        ink = ink_of(drawing("2", height=100), 8, 40)
        rows, columns = (np.flatnonzero((ink > 0.5).any(axis=axis)) for axis in (1, 0))
        tight = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        self.same_as_strokes(photo(tight))

    def test_specks_and_dust(self):
        ink = ink_of(drawing("2", height=100), 8, 60)
        random = np.random.default_rng(0)
        ink[random.integers(0, ink.shape[0], 60), random.integers(0, ink.shape[1], 60)] = 1
        ink[20:27, 20:27] = 1
        self.same_as_strokes(photo(ink))

    def test_the_dot_in_a_zero_stays(self):
        ink = ink_of(drawing("0", height=100), 6, 40)
        middle_y, middle_x = np.array(ink.shape) // 2
        ink[middle_y - 5 : middle_y + 5, middle_x - 5 : middle_x + 5] = 1
        picture = whole(parts_of_picture(photo(ink)))
        assert picture[12:16, 12:16].max() > 200


class TestParts:
    def test_they_are_what_a_reader_of_numbers_takes(self):
        parts: Parts = parts_of_picture(photo_of("12"))
        assert parts.boxes.dtype == np.float64
        assert parts.cuts.dtype == np.bool_

    def test_digits_side_by_side_are_parts_from_left_to_right(self):
        parts = parts_of_picture(photo_of("70214"))
        assert (np.diff(parts.boxes[:, 0]) > 0).all()
        for picture, digit in zip(shapes(parts), "70214", strict=True):
            assert difference(picture, normalise(drawing(digit))) < 0.1

    def test_boxes_are_in_the_picture_s_own_pixels(self):
        # Small, so that it is enlarged before it is looked at.
        parts = parts_of_picture(photo_of("1", pen=3, margin=20, height=30))
        left, top, right, bottom = parts.boxes[0]
        assert left == pytest.approx(20 + 3 - 1.5, abs=1.5)
        assert right == pytest.approx(20 + 9 + 1.5, abs=1.5)
        assert top == pytest.approx(20 - 1.5, abs=1.5)
        assert bottom == pytest.approx(20 + 30 + 1.5, abs=1.5)

    @pytest.mark.parametrize(("pen", "height"), [(3, 30), (8, 100), (20, 260)])
    def test_the_pen_is_as_wide_as_it_is_in_the_picture(self, pen, height):
        parts = parts_of_picture(photo_of("17", pen=pen, height=height))
        assert parts.pen == pytest.approx(pen, rel=0.2)

    def test_the_picture_is_kept_for_showing(self):
        grey = photo_of("1")
        np.testing.assert_array_equal(page_of_picture(grey).grey, grey)

    def test_finding_them_can_be_called_off_after_each_step(self):
        heard = []
        parts_of_picture(photo_of("12"), progress=heard.append)
        assert len(heard) >= 3
        assert heard == sorted(heard)

        def call_off(done):
            if done == heard[-1]:
                raise Cancelled

        with pytest.raises(Cancelled):
            parts_of_picture(photo_of("12"), progress=call_off)

    def test_the_hat_of_a_five_belongs_to_it(self):
        parts = parts_of_picture(photo_of("155", pen=5))
        _, five, _ = shapes(parts)
        assert difference(five, normalise(drawing("5"))) < 0.1

    def test_beside_a_one_two_circles_over_each_other_are_an_eight(self):
        strokes = [CIRCLE * 50, CIRCLE * 50 + [0, 64], np.array([[100.0, 0.0], [100.0, 114.0]])]
        parts = parts_of_picture(photo(ink_of(Drawing(tuple(map(Stroke, strokes))), 5, 40)))
        assert len(parts.boxes) == 2

    def test_neighbours_can_be_read_as_one(self):
        parts = parts_of_picture(photo_of("10", gap=0.2))
        assert difference(parts.picture(0, 2), normalise(drawing("10", gap=0.2))) < 0.15

    def test_touching_digits_are_offered_cut(self):
        parts = parts_of_picture(photo_of("22", pen=8, gap=-0.02))
        count = len(parts.boxes)
        assert min(self.unlike_two(parts, place) for place in range(1, count)) < 0.25
        together = normalise(drawing("22", gap=-0.02))
        assert difference(parts.picture(0, count), together) < 0.1

    def unlike_two(self, parts, place):
        """How far parts before and from this one on are from being 2s."""
        halves = parts.picture(0, place), parts.picture(place, len(parts.boxes))
        return max(difference(half, normalise(drawing("2"))) for half in halves)

    def test_a_cut_through_what_may_be_one_digit_is_marked_as_one(self):
        narrow = parts_of_picture(photo_of("11", pen=8, gap=-0.12))
        assert len(narrow.boxes) == 1
        wide = parts_of_picture(photo_of("222", pen=8, gap=-0.02))
        assert len(wide.boxes) >= 3
        assert not wide.cuts.any()
        assert list(wide.joined) == [False] + [True] * (len(wide.boxes) - 1)
        assert all(wide.touch(0, place, len(wide.boxes)) for place in range(1, len(wide.boxes)))
        apart = parts_of_picture(photo_of("22"))
        assert (list(apart.joined), apart.touch(0, 1, 2)) == ([False, False], False)
        squeezed = Drawing(
            tuple(Stroke(line.points * [0.8, 1]) for line in drawing("04", -0.02, 100).strokes)
        )
        between = parts_of_picture(photo(ink_of(squeezed, 8, 40)))
        assert list(between.cuts) == [False, True]

    def test_a_wide_zero_is_cut_only_where_it_is_marked(self):
        zero = Drawing((Stroke(OPEN_CIRCLE * [130, 100]),))
        parts = parts_of_picture(photo(ink_of(zero, 8, 40)))
        assert len(parts.cuts) > 1
        assert parts.cuts[1:].all()

    def test_digits_that_overlap_are_offered_cut_near_where_they_meet(self):
        # A cut through both of their lines.
        zeros = Drawing((Stroke(CIRCLE * [55, 100]), Stroke(CIRCLE * [55, 100] + [50, 0])))
        parts = parts_of_picture(photo(ink_of(zeros, 10, 40)))
        assert parts.cuts[1:].all()
        middles = (parts.boxes[1:, 0] + parts.boxes[:-1, 2]) / 2
        assert np.abs(middles - (40 + 52)).min() < 8

    def test_a_long_line_of_wide_digits_is_no_crowd(self):
        circles = (Stroke(OPEN_CIRCLE * [85, 100] + [120 * place, 0]) for place in range(14))
        parts = parts_of_picture(photo(ink_of(Drawing(tuple(circles)), 8, 40)))
        assert len(parts.boxes) > MAX_PARTS
        assert not parts.is_crowd

    def test_leaning_ones_are_not_joined(self):
        leaning = [Stroke(np.array([[x + 60, 0], [x, 100]])) for x in (0.0, 25.0, 50.0)]
        parts = parts_of_picture(photo(ink_of(Drawing(tuple(leaning)), 6, 40)))
        assert len(parts.boxes) == 3

    def test_the_order_is_that_of_their_middles(self):
        # A one over the foot of a slash, which begins further left and is wider.
        slash, one = [[60, 30], [0, 130]], [[12, 0], [12, 85]]
        strokes = (Stroke(np.array(line, float)) for line in (slash, one))
        parts = parts_of_picture(photo(ink_of(Drawing(tuple(strokes)), 6, 40)))
        (left, *_), (further_left, *_) = parts.boxes
        assert further_left < left < 60

    def test_a_picture_of_very_many_shapes_is_one_part(self):
        page = np.full((700, 700), 255, np.uint8)
        random = np.random.default_rng(0)
        for y, x in np.indices((48, 48)).reshape(2, -1).T * 14 + 10:
            shift = random.integers(0, 9)
            page[y + shift : y + shift + 6, x : x + 6] = 0
        parts = parts_of_picture(page)
        assert len(parts.boxes) == 1
        assert parts.is_crowd
        assert parts.picture(0, 1).any()

    def test_so_is_one_line_that_could_be_cut_very_often(self):
        comb = np.full((60, 1300), 220, np.uint8)
        for tooth in range(2 * MAX_PARTS):
            x = 20 + 12 * tooth
            comb[10:50, x : x + 4] = 30
            y = 10 if tooth % 2 else 46
            comb[y : y + 4, x : x + 16] = 30
        parts = parts_of_picture(comb)
        assert len(parts.boxes) == 1
        assert parts.is_crowd
        assert not parts.cuts.any()
        assert parts.picture(0, 1).any()


class TestLines:
    def lines_of(self, *rows, turned=0.0):
        """The lines that are found in a picture of rows of digits."""
        strokes = [
            Stroke(line.points + np.array([0, place * 140]))
            for place, row in enumerate(rows)
            for line in drawing(row, height=100).strokes
        ]
        turn = np.deg2rad(turned)
        rotation = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
        points = np.concatenate([one.points for one in strokes]) @ rotation
        low = points.min(axis=0)
        drawn = Drawing(tuple(Stroke(one.points @ rotation - low) for one in strokes))
        return page_of_picture(photo(ink_of(drawn, 8, 40))).lines

    def test_come_from_top_to_bottom(self):
        lines = self.lines_of("12", "745", "80")
        for line, row in zip(lines, ("12", "745", "80"), strict=True):
            for picture, digit in zip(shapes(line), row, strict=True):
                assert difference(picture, normalise(drawing(digit))) < 0.1

    @pytest.mark.parametrize("turned", [-12, 12])
    def test_may_slant(self, turned):
        lines = self.lines_of("12745", "80225", turned=turned)
        assert [len(shapes(line)) for line in lines] == [5, 5]

    def test_of_a_five_whose_hat_lies_apart_there_is_one(self):
        strokes = [[[0, 0], [70, 0]], [[0, 30], [50, 45], [60, 70], [40, 95], [0, 100]]]
        ink = ink_of(Drawing(tuple(Stroke(np.array(line, float)) for line in strokes)), 8, 60)
        (line,) = page_of_picture(photo(ink)).lines
        assert line.cuts[1:].all()

    def test_what_is_no_writing_is_kept_aside(self):
        ink = ink_of(drawing("2", height=100), 8, 60)
        ink[-20:-16] = 1
        page = page_of_picture(photo(ink))
        assert page.aside[-18].mean() > 0.9
        assert not page.aside[:-25].any()


class TestAnythingAtAll:
    @pytest.mark.parametrize("shape", [(1, 1), (1, 400), (400, 1), (2, 3), (3, 1900)])
    def test_small_and_narrow_pictures(self, shape):
        random = np.random.default_rng(0)
        for picture in (np.zeros(shape), random.integers(0, 256, shape)):
            page = page_of_picture(picture.astype(np.uint8))
            assert page.aside.shape == shape

    def test_noise_and_textures(self):
        random = np.random.default_rng(0)
        for _ in range(6):
            rough = ndimage.gaussian_filter(random.normal(0, 1, (120, 160)), random.uniform(0, 8))
            picture = (255 * (rough - rough.min()) / np.ptp(rough)).astype(np.uint8)
            for parts in page_of_picture(picture).lines:
                for index in range(len(parts.boxes)):
                    assert parts.picture(index, index + 1).any()
                left, top, right, bottom = parts.boxes.T
                assert (left < right).all()
                assert (top < bottom).all()
                assert (right <= 160).all()
                assert (bottom <= 120).all()


def eight_by_eight(index):
    digits = pytest.importorskip("sklearn.datasets").load_digits()
    return np.rint(255 - digits.images[index] * (255 / 16)).astype(np.uint8)


# Of the second four the ring of a 0 goes to the picture's edges.
@pytest.mark.parametrize("index", [605, 914, 1079, 1133, 55, 179, 516, 1563])
@pytest.mark.parametrize("side", [1, 8])
def test_a_tiny_digit_enlarged_in_blocks_or_not_is_one_digit_and_no_card(index, side):
    page = page_of_picture(np.kron(eight_by_eight(index), np.ones((side, side), np.uint8)))
    (line,) = page.lines
    left, top, right, bottom = around(line.boxes)
    assert bottom - top > 6.8
    assert right - left < 6.3
    assert page.reduced == side


@pytest.mark.parametrize("side", [32, 100])
def test_the_table_around_a_sheet_is_no_ink_in_a_small_picture_either(side):
    picture = np.full((side, side), 30, np.uint8)
    edge, middle = side // 6, side // 2
    picture[edge:-edge, edge:-edge] = 230
    picture[side // 4 : -side // 4, middle - 1 : middle + 1] = 60
    ((left, top, right, bottom),) = parts_of_picture(picture).boxes
    assert middle - 4 < left < right < middle + 4
    assert edge < top < bottom < side - edge
