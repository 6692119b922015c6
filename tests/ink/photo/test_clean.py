import numpy as np
import pytest
from scipy import ndimage

from mnist_desktop.ink.photo import clean


def without_paper(ink, faint=None):
    return clean.without_paper(ink, ink if faint is None else faint)


def page(*boxes, size=(240, 300)):
    """Ink in boxes: left, top, right, bottom."""
    ink = np.zeros(size, bool)
    for left, top, right, bottom in boxes:
        ink[top:bottom, left:right] = True
    return ink


def frame(left, top, right, bottom, thickness=3):
    return (
        (left, top, right, top + thickness),
        (left, bottom - thickness, right, bottom),
        (left, top, left + thickness, bottom),
        (right - thickness, top, right, bottom),
    )


STEM = (140, 60, 148, 160)


class TestRules:
    @pytest.mark.parametrize("thickness", [2, 5, 8])
    def test_what_stands_on_a_rule_or_crosses_it_keeps_its_ends(self, thickness):
        for top in (100, 160 - thickness):
            ink = page(STEM, (0, top, 300, top + thickness))
            np.testing.assert_array_equal(without_paper(ink), page(STEM))

    def test_so_it_is_with_upright_ones(self):
        bar = (100, 120, 200, 128)
        for left in (150, 196):
            cleaned = without_paper(page(bar, (left, 0, left + 4, 240)))
            np.testing.assert_array_equal(cleaned, page(bar))

    def test_the_foot_of_a_digit_may_lie_on_one(self):
        foot = (120, 152, 180, 160)
        cleaned = without_paper(page(STEM, foot, (0, 158, 300, 160)))
        np.testing.assert_array_equal(cleaned, page(STEM, foot))

    def test_a_thin_line_that_crosses_one_is_closed_again(self):
        y, x = np.indices((240, 300))
        line = (np.abs(y - 1.2 * x + 60) < 3.5) & (y >= 60) & (y < 160)
        cleaned = without_paper(line | page((0, 110, 300, 113)))
        assert ndimage.label(cleaned, np.ones((3, 3)))[1] == 1
        assert (cleaned != line).sum() < 20

    def test_many_go_as_one_goes_and_the_ink_itself_is_not_written_to(self):
        rules = [(0, top, 300, top + 2) for top in range(10, 240, 20)]
        ink = page(STEM, *rules)
        np.testing.assert_array_equal(without_paper(ink), page(STEM))
        np.testing.assert_array_equal(ink, page(STEM, *rules))


class TestFrames:
    @pytest.mark.parametrize("thickness", [2, 4])
    def test_one_goes_that_has_ink_within(self, thickness):
        around = frame(90, 40, 200, 180, thickness)
        np.testing.assert_array_equal(without_paper(page(STEM, *around)), page(STEM))

    @pytest.mark.parametrize(
        "at", [(90, 100), (130, 30), (195, 90)], ids=["left", "above", "right"]
    )
    def test_one_goes_whose_line_is_pale_in_part(self, at):
        """Where the light is strong, it breaks."""
        whole = page(STEM, *frame(90, 40, 200, 180))
        left, top = at
        broken = whole & ~page((left, top, left + 40, top + 60))
        broken |= page(STEM)
        assert (without_paper(broken) != page(STEM)).any()
        np.testing.assert_array_equal(without_paper(broken, whole), page(STEM))

    def test_what_is_pale_is_no_ink_for_all_that(self):
        """A pale line that makes no frame changes nothing."""
        ink = page(STEM, (180, 60, 188, 160))
        pale = page((20, 120, 280, 123), (100, 20, 103, 230))
        np.testing.assert_array_equal(without_paper(ink, ink | pale), ink)

    def test_alone_it_stays_for_it_may_be_a_zero(self):
        around = page(*frame(90, 40, 200, 180))
        np.testing.assert_array_equal(without_paper(around), around)

    def test_a_zero_with_a_slash_is_no_frame(self):
        y, x = np.indices((240, 300))
        oval = np.abs(np.hypot((x - 145) / 55, (y - 110) / 70) - 1) < 0.06
        slashed = oval | page(STEM)
        np.testing.assert_array_equal(without_paper(slashed), slashed)

    def test_three_sides_are_none(self):
        sides = page(STEM, *frame(90, 40, 200, 180)[1:])
        np.testing.assert_array_equal(without_paper(sides), sides)


class TestSpecks:
    def test_small_ones_go_that_lie_apart(self):
        near, apart, noise = (152, 100, 158, 106), (220, 100, 226, 106), (150, 70, 152, 72)
        np.testing.assert_array_equal(
            without_paper(page(STEM, near, apart, noise)), page(STEM, near)
        )

    def test_among_very_many_shapes_none_is_looked_for(self, monkeypatch):
        ink = page(STEM, (180, 60, 188, 160), (220, 100, 226, 106))
        assert (without_paper(ink) != ink).any()
        monkeypatch.setattr(clean, "MAX_SHAPES", 1)
        np.testing.assert_array_equal(without_paper(ink), ink)


def test_two_lines_both_stay():
    above = page((100, 20, 108, 100), (140, 20, 148, 100))
    below = page(*((left, 140, left + 8, 220) for left in (100, 140, 180)))
    np.testing.assert_array_equal(without_paper(above | below), above | below)


class TestFormCells:
    CELLS = (*frame(40, 40, 260, 160), (110, 40, 113, 160), (185, 40, 188, 160))

    def test_a_row_of_cells_goes_and_what_is_in_them_stays(self):
        digits = ((70, 60, 78, 140), (140, 60, 148, 140), (220, 60, 228, 140))
        np.testing.assert_array_equal(without_paper(page(*self.CELLS, *digits)), page(*digits))

    def test_a_knob_of_a_border_goes_with_it(self):
        """Where a line is broader, it might be read as a sign."""
        digits = ((70, 60, 78, 140), (140, 60, 148, 140), (220, 60, 228, 140))
        knobs = ((106, 130, 117, 139), (181, 90, 192, 99))
        np.testing.assert_array_equal(
            without_paper(page(*self.CELLS, *digits, *knobs)), page(*digits)
        )

    def test_so_does_one_that_a_digit_touches(self):
        cleaned = without_paper(page(*self.CELLS, (140, 80, 148, 170)))
        assert cleaned[85:158, 142:146].all()
        assert not cleaned[:, :120].any()
        assert not cleaned[:, 180:].any()


class TestBars:
    def test_a_digit_s_own_bar_is_no_printed_line(self):
        # A 7 that is cut out tightly: its bar goes from side to side.
        y, x = np.indices((200, 130))
        seven = (y < 8) | (np.abs(x - 124 + 0.55 * y) < 5)
        np.testing.assert_array_equal(without_paper(seven), seven)

    def test_nor_is_that_of_a_steep_seven_from_the_end_of_which_the_stem_goes_down(self):
        y, x = np.indices((350, 300))
        seven = ((y < 16) & (x < 294)) | (np.abs(x - 282 + 0.3 * y) < 12)
        np.testing.assert_array_equal(without_paper(seven), seven)

    def test_an_underline_is_one_and_a_dash_in_the_middle_is_not(self):
        under, dash = (110, 180, 190, 188), (170, 108, 205, 116)
        np.testing.assert_array_equal(without_paper(page(STEM, under)), page(STEM))
        beside = page(STEM, dash, (220, 60, 228, 160))
        np.testing.assert_array_equal(without_paper(beside), beside)

    @pytest.mark.parametrize("rise", [0.0, 0.15, -0.3])
    def test_an_underline_may_lean(self, rise):
        rows, columns = np.indices((240, 300))
        line = (np.abs(rows - 195 + rise * (columns - 150)) < 4) & (np.abs(columns - 150) < 60)
        np.testing.assert_array_equal(without_paper(page(STEM) | line), page(STEM))

    def test_it_may_lean_higher_than_the_foot_of_what_is_over_it(self):
        rows, columns = np.indices((240, 300))
        line = (np.abs(rows - 158 - 0.3 * (columns - 110)) < 4) & (np.abs(columns - 110) < 70)
        np.testing.assert_array_equal(without_paper(page(STEM) | line), page(STEM))

    def test_what_stands_on_a_line_that_leans_is_not_lost_with_it(self):
        rows, columns = np.indices((240, 300))
        line = (np.abs(rows - 195 - 0.15 * (columns - 150)) < 4) & (np.abs(columns - 150) < 100)
        on_it = page(STEM) | page((180, 170, 188, 202)) | line
        assert without_paper(on_it)[170:190, 181:187].all()


class TestEdges:
    def test_a_rim_goes_and_a_digit_cut_off_at_the_side_stays(self):
        others = ((60, 60, 68, 160), (90, 60, 130, 68), (90, 60, 98, 160), (90, 152, 130, 160))
        rim = (288, 0, 300, 240)
        np.testing.assert_array_equal(without_paper(page(*others, rim)), page(*others))
        cut_off = (0, 60, 12, 158)
        np.testing.assert_array_equal(without_paper(page(*others, cut_off)), page(*others, cut_off))

    @pytest.mark.parametrize("enlarged", [1, 4])
    def test_a_finger_that_holds_the_sheet_goes_and_a_broad_digit_that_is_cut_off_stays(
        self, enlarged
    ):
        def large(ink):
            return ink.repeat(enlarged, axis=0).repeat(enlarged, axis=1)

        rows, columns = np.indices((240, 300))
        two = page((60, 60, 74, 160), (110, 60, 124, 160))
        thumb = np.hypot(rows - 230, columns - 280) < 70
        for finger in (thumb, page((190, 100, 300, 160))):
            np.testing.assert_array_equal(without_paper(large(two | finger)), large(two))
        away = np.hypot(rows - 110, columns - 250)
        for stays in (page((200, 60, 230, 240)), np.abs(away - 40) < 12, away < 45):
            np.testing.assert_array_equal(without_paper(large(two | stays)), large(two | stays))
        broad, fine = np.abs(away - 50) < 17, page((60, 60, 70, 160))
        assert without_paper(large(fine | broad))[large(broad)].all()
        # Where nothing else is written it may be what is.
        np.testing.assert_array_equal(without_paper(large(thumb)), large(thumb))
        shadow = (columns - rows > 140) | page((160, 80, 174, 160), (160, 80, 240, 94))
        assert without_paper(large(two | shadow))[large(shadow)].all()

    @pytest.mark.parametrize("step", [1, -1])
    def test_in_a_tight_picture_a_one_at_an_end_stays(self, step):
        """It looks like a border, but digits touch the other sides."""
        boxes = (0, 0, 6, 100), (40, 30, 80, 40), (60, 40, 68, 110), (110, 20, 120, 90)
        tight = page(*boxes, size=(110, 120))[:, ::step]
        np.testing.assert_array_equal(without_paper(tight), tight)
        # Where nothing touches the other end it is a border.
        loose = page((0, 0, 6, 150), *boxes[1:], size=(150, 150))[:, ::step]
        digits = page(*boxes[1:], size=(150, 150))[:, ::step]
        np.testing.assert_array_equal(without_paper(loose), digits)

    def test_a_line_under_digits_that_touch_an_edge_is_printed_all_the_same(self):
        digits = page((40, 0, 80, 10), (60, 0, 68, 90), (100, 20, 108, 100), size=(120, 160))
        printed = page((0, 20, 5, 100), (10, 114, 160, 118), size=(120, 160))
        np.testing.assert_array_equal(without_paper(digits | printed), digits)

    def test_nor_do_borders_on_all_sides_make_a_picture_a_tight_one(self):
        digits = page((60, 60, 68, 160), (100, 60, 140, 70), (115, 60, 123, 160))
        borders = page((0, 0, 5, 240), (295, 0, 300, 240))
        np.testing.assert_array_equal(without_paper(digits | borders), digits)

    def test_with_an_upright_line_from_edge_to_edge_beside_lower_digits_it_is_a_border(self):
        digits = page((60, 60, 68, 160), (100, 60, 140, 70), (115, 60, 123, 160))
        border = page((292, 0, 297, 240))
        np.testing.assert_array_equal(without_paper(digits | border), digits)


class TestCorners:
    DIGITS = page((110, 60, 150, 68), (130, 60, 138, 150), (180, 60, 188, 150))
    CORNER = page((40, 176, 240, 180), (236, 90, 240, 180))

    def test_two_sides_of_a_cell_go(self):
        found = without_paper(self.DIGITS | self.CORNER)
        np.testing.assert_array_equal(found, self.DIGITS)

    def test_the_level_one_may_be_pale(self):
        faint = self.DIGITS | self.CORNER
        upright = page((236, 90, 240, 180))
        np.testing.assert_array_equal(without_paper(self.DIGITS | upright, faint), self.DIGITS)

    def test_what_is_far_below_is_not_written_in_the_cell(self):
        """A 7 and a number in the line below it."""
        seven = page((60, 20, 130, 28), (122, 20, 130, 90))
        below = page((70, 150, 78, 210), (100, 150, 108, 210))
        np.testing.assert_array_equal(without_paper(seven | below), seven | below)

    def test_a_digit_of_two_straight_strokes_stays(self):
        seven = page((60, 60, 130, 68), (122, 60, 130, 150))
        lines = (
            self.DIGITS | seven,
            page((60, 60, 130, 68), (122, 60, 130, 150), (84, 100, 92, 190)),
        )
        for ink in lines:
            np.testing.assert_array_equal(without_paper(ink), ink)


class TestHats:
    """Of a 5, or the bar of a 7, drawn apart from the body."""

    BODY = (100, 120, 150, 200)

    def test_one_stays_that_lies_as_far_above_as_a_third_of_both(self):
        ink = page(self.BODY, (110, 84, 150, 92))
        np.testing.assert_array_equal(without_paper(ink), ink)

    def test_one_of_a_lower_line_is_no_underline_of_the_line_above(self):
        above, hat = (100, 10, 150, 90), (100, 105, 150, 113)
        lower = page(above, hat, self.BODY)
        np.testing.assert_array_equal(without_paper(lower), lower)
        nearer = (100, 95, 150, 101)
        np.testing.assert_array_equal(
            without_paper(page(above, nearer, self.BODY)), page(above, self.BODY)
        )

    @pytest.mark.parametrize(
        "box",
        [(110, 40, 150, 48), (116, 74, 134, 90), (170, 84, 210, 92), (60, 70, 190, 92)],
        ids=["far above", "not flat", "beside", "much wider"],
    )
    def test_otherwise_it_is_none(self, box):
        np.testing.assert_array_equal(without_paper(page(self.BODY, box)), page(self.BODY))


@pytest.mark.parametrize(
    ("line", "stays"),
    [
        ((120, 166, 168, 172), True),
        ((120, 180, 168, 186), False),
        ((50, 166, 168, 172), False),
    ],
    ids=["foot", "too far below", "under two"],
)
def test_under_one_digit_of_several_it_is_a_foot(line, stays):
    digits = page(*((x, 60, x + 8, 160) for x in (70, 140, 210)))
    ink = digits | page(line)
    np.testing.assert_array_equal(without_paper(ink), ink if stays else digits)


@pytest.mark.parametrize(("left", "right"), [(20, 250), (50, 280)])
def test_a_line_under_all_that_is_written_goes_though_it_touches_a_digit(left, right):
    digits = page(*((x, 60, x + 8, 164) for x in (70, 130, 190)))
    line = page((left, 160, right, 164))
    np.testing.assert_array_equal(without_paper(digits | line), digits)


def test_where_it_touches_none_a_foot_close_to_it_stays_whole():
    y, x = np.indices((240, 300))
    digits = page(*((x, 60, x + 8, 160) for x in (70, 130, 190)), (190, 156, 238, 160))
    line = (np.abs(y - 163 - (238 - x) / 15) < 2) & (np.abs(x - 150) < 110)
    np.testing.assert_array_equal(without_paper(digits | line), digits)


def test_the_feet_of_digits_in_a_row_are_no_line_under_them():
    places = (40, 100, 160, 220)
    stems = page(*((x, 60, x + 8, 160) for x in places))
    digits = stems | page(*((x - 14, 154, x + 22, 160) for x in places))
    np.testing.assert_array_equal(without_paper(digits), digits)


def test_an_underline_may_be_as_short_as_the_one_digit_over_it():
    ink = page(STEM, (124, 170, 164, 174))
    np.testing.assert_array_equal(without_paper(ink), page(STEM))


def test_a_caption_goes_and_a_point_between_digits_stays():
    digits = ((100, 60, 108, 160), (160, 60, 168, 160))
    caption = [(left, 8, left + 6, 22) for left in range(20, 160, 12)]
    point = (130, 150, 139, 160)
    np.testing.assert_array_equal(
        without_paper(page(*digits, *caption, point)), page(*digits, point)
    )


@pytest.mark.parametrize(
    ("right", "stays"), [((170, 50, 180, 130), True), ((260, 60, 270, 160), False)]
)
def test_digits_beside_a_point_may_end_higher_but_not_stand_far_off(right, stays):
    one, point = (90, 60, 100, 160), (120, 152, 130, 162)
    ink = page(one, right, point)
    np.testing.assert_array_equal(without_paper(ink), ink if stays else page(one, right))


def test_a_line_much_thinner_than_the_pen_goes_and_a_one_stays():
    y, x = np.indices((240, 300))
    ring = np.abs(np.hypot(x - 80, y - 110) - 40) < 5
    one, border = (150, 65, 159, 155), (200, 65, 203, 155)
    np.testing.assert_array_equal(without_paper(ring | page(one, border)), ring | page(one))
    tick = page((200, 90, 203, 150))  # of a form
    np.testing.assert_array_equal(without_paper(ring | tick), ring)


def test_a_cells_border_that_ends_before_the_edges_goes_and_a_high_one_stays():
    digits = page(*frame(40, 30, 70, 65), *frame(85, 32, 115, 66), size=(90, 200))
    border, one = digits.copy(), digits.copy()
    border[4:86, 185:190] = True
    one[14:66, 185:190] = True

    np.testing.assert_array_equal(without_paper(border), digits)
    np.testing.assert_array_equal(without_paper(one), one)


@pytest.mark.parametrize(("rise", "border"), [(0, 12), (36, 3), (-36, 3)])
def test_a_long_row_of_cells_goes_that_leans_or_has_broad_borders(rise, border):
    ink = np.zeros((200, 900), bool)
    rows, columns = np.indices(ink.shape)
    rows = rows - rise * columns // 900
    written = np.zeros_like(ink)
    for place in range(6):
        left = 50 + 130 * place
        ring = np.hypot((rows - 100) / 32, (columns - left - 65) / 22)
        written |= np.abs(ring - 1) < 0.15
        ink |= (abs(columns - left) <= border // 2) & (abs(rows - 100) < 65)
    ink |= (abs(columns - 830) <= border // 2) & (abs(rows - 100) < 65)
    for row in (35, 165):
        ink |= (abs(rows - row) <= border // 2) & (abs(columns - 440) <= 390)

    np.testing.assert_array_equal(without_paper(ink | written), written)
