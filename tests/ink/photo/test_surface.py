import numpy as np
import pytest
from scipy import ndimage

from mnist_desktop.ink.photo.paper import even_threshold, tones_of
from mnist_desktop.ink.photo.surface import only_sheet, without_bands


def sheet(paper=220, table=40, ink=30):
    """A stroke on a sheet, that lies on something else."""
    grey = np.full((200, 240), table, np.uint8)
    grey[30:170, 40:200] = paper
    grey[60:140, 110:118] = ink
    return grey


@pytest.mark.parametrize(("paper", "table", "ink"), [(220, 40, 30), (10, 255, 250)])
def test_around_a_sheet_there_is_paper_only(paper, table, ink):
    alone = only_sheet(sheet(paper, table, ink))
    np.testing.assert_array_equal(alone[60:140, 110:118], ink)
    assert (alone[:30] == paper).all()
    assert (alone[:, 200:] == paper).all()


def test_a_sheet_on_a_sheet_on_a_table():
    grey = np.full((400, 480), 30, np.uint8)
    grey[40:380, 40:460] = 240
    grey[100:300, 120:340] = 20
    grey[150:250, 220:230] = 250
    alone = only_sheet(grey)
    assert (alone[150:250, 220:230] == 250).all()
    assert (alone[:90] == 20).all()


def test_a_shadow_is_no_table():
    grey = np.full((200, 240), 220, np.uint8)
    grey[60:140, 50:58] = 30
    grey[:, 120:] = 140
    np.testing.assert_array_equal(only_sheet(grey), grey)
    grey[60:140, 170:178] = 20
    np.testing.assert_array_equal(only_sheet(grey), grey)


def test_a_broad_zero_is_no_sheet_nor_is_a_cell():
    y, x = np.indices((200, 200)) - 100
    zero = np.where(np.abs(np.hypot(x / 0.8, y) - 60) < 22, 30, 220).astype(np.uint8)
    np.testing.assert_array_equal(only_sheet(zero), zero)
    cells = np.full((120, 240), 220, np.uint8)
    cells[20:100:79, 20:220] = 30
    cells[20:100, 20:220:66] = 30
    cells[40:80, 50:56] = cells[40:80, 120:126] = 30
    np.testing.assert_array_equal(only_sheet(cells), cells)


@pytest.mark.parametrize("start", [120, 60])
def test_writing_in_a_deep_shadow_and_beside_it_is_not_lost(start):
    grey = np.full((200, 240), 220, np.uint8)
    grey[60:140, 30:38] = 30
    grey[:, start:] = 100
    grey[60:140, 170:178] = 15
    # A gleam in it, light enough to be taken for what is written on a dark sheet.
    grey[20:30, 190:210] = 220
    np.testing.assert_array_equal(only_sheet(grey), grey)


def test_paper_between_two_digits_from_edge_to_edge_is_no_sheet():
    grey = np.full((60, 200), 220, np.uint8)
    grey[:, 20:50] = grey[:, 150:180] = 30
    grey[15:45, 95:105] = 30
    np.testing.assert_array_equal(only_sheet(grey), grey)


def test_a_board_is_no_sheet_where_a_digit_runs_over_its_edge():
    grey = np.full((200, 240), 40, np.uint8)
    grey[60:140, 50:60] = 235
    grey[50:150, 190:206] = grey[134:150, 190:] = 235
    np.testing.assert_array_equal(only_sheet(grey), grey)


def test_a_digit_that_runs_over_a_sheet_s_edge_stays_where_there_is_a_table_too():
    grey = np.full((200, 240), 220, np.uint8)
    grey[60:140, 50:60] = 30
    grey[:, 220:] = 40
    grey[170:, 120:140] = 30
    alone = only_sheet(grey)
    assert (alone[:, 220:] == 220).all()
    assert (alone[175:195, 122:138] == 30).all()


def test_a_title_bar_becomes_paper_and_a_digit_s_bar_does_not():
    grey = np.full((200, 240), 220, np.uint8)
    grey[:30] = 40
    grey[80:160, 100:108] = 60
    without = without_bands(grey)
    assert (without[:40] == 220).all()
    assert (without[80:160, 100:108] == 60).all()
    grey[30:80, 100:108] = 40
    np.testing.assert_array_equal(without_bands(grey), grey)


def turned(grey, degrees, around):
    """Turned about its middle, with a tone around it."""
    return ndimage.rotate(grey, degrees, reshape=False, order=0, cval=around)


def test_beyond_a_turned_sheet_s_corners_there_is_paper_too():
    grey = np.full((200, 240), 40, np.uint8)
    grey[70:140, 50:190] = 220
    grey[85:125, 110:116] = 30
    alone = only_sheet(turned(grey, 6, 40))
    # All but the stroke, and the mixture of both tones at the sheet's border.
    assert (alone < 100).sum() <= 40 * 6 + 20
    assert (alone[:40] == 220).all()


@pytest.mark.parametrize("ink", [30, 200])
def test_a_digit_in_a_corner_lies_on_the_sheet(ink):
    grey = np.full((120, 240), 230 - ink, np.uint8)
    grey[0:90, 0:12] = grey[0:12, 0:60] = ink
    grey[20:100, 120:130] = grey[40:120, 200:210] = ink
    np.testing.assert_array_equal(only_sheet(grey), grey)


def test_so_does_one_with_a_hole():
    y, x = np.indices((50, 120))
    down = ((y - 8) / 32).clip(0, 1)
    six = np.abs(np.hypot(x - 108, y - 40) - 10) < 4
    six |= (np.abs(x - 111 + 13 * down) < 4) & (y >= 8) & (y <= 40)
    grey = np.where(six, 30, 220).astype(np.uint8)
    grey[7:44, 17:23] = grey[1:40, 52:58] = 30
    np.testing.assert_array_equal(only_sheet(grey), grey)


@pytest.mark.parametrize("side", [np.s_[:, :12], np.s_[:, -12:]])
def test_so_does_a_one_from_corner_to_corner_with_a_digit_at_the_other_end(side):
    grey = np.full((80, 200), 230, np.uint8)
    grey[side] = 30
    grey[0:60, 80:90] = 30
    rim = grey.copy()
    np.testing.assert_array_equal(without_bands(rim)[side], 230)
    np.testing.assert_array_equal(only_sheet(rim)[side], 230)
    grey[20:45, 190:] = grey[20:45, :10] = 30
    np.testing.assert_array_equal(only_sheet(without_bands(grey)), grey)


@pytest.mark.parametrize(("page", "card"), [(250, 180), (190, 250)])
def test_a_card_is_a_sheet_however_little_it_differs(page, card):
    grey = np.full((200, 240), page, np.uint8)
    grey[70:150, 60:180] = card
    grey[90:130, 110:116] = 60
    alone = only_sheet(grey)
    assert (alone[:60] == card).all()
    assert (alone[90:130, 110:116] == 60).all()


def card_in_its_shadow(paper, table):
    """A stroke on a card, around which the table grows darker little by little."""
    grey = np.full((240, 300), table, np.float32)
    shadow = np.zeros_like(grey)
    shadow[58:192, 78:242] = 1
    grey -= 0.4 * table * ndimage.gaussian_filter(shadow, 8)
    card = np.zeros_like(grey)
    card[54:186, 74:236] = 1
    card = ndimage.gaussian_filter(card, 2)
    grey += (paper - grey) * card
    grey[80:160, 150:158] = 20
    return grey.astype(np.uint8)


def test_a_card_is_a_sheet_though_its_shadow_is_soft():
    grey = card_in_its_shadow(paper=130, table=225)
    assert even_threshold(tones_of(grey)) is None
    alone = only_sheet(grey)
    np.testing.assert_array_equal(alone[80:160, 150:158], 20)
    assert np.abs(alone[:50].astype(int) - 130).max() < 15
    assert np.abs(alone[:, :68].astype(int) - 130).max() < 15


def test_a_soft_shadow_over_half_of_the_paper_is_no_table():
    grey = np.full((200, 240), 220, np.float32)
    grey[:, 140:] = 95
    grey = ndimage.gaussian_filter(grey, 8).astype(np.uint8)
    grey[60:140, 50:58] = 30
    assert even_threshold(tones_of(grey)) is None
    np.testing.assert_array_equal(only_sheet(grey), grey)


def test_what_is_written_beside_a_soft_shadow_is_not_lost():
    grey = card_in_its_shadow(paper=130, table=225)
    grey[80:160, 20:28] = 20
    np.testing.assert_array_equal(only_sheet(grey), grey)


def test_a_piece_of_a_digit_in_blocks_is_no_card():
    grey = np.full((64, 64), 250, np.uint8)
    for row, column in ((0, 3), (1, 2), (2, 2), (3, 3), (5, 2), (6, 3), (6, 4), (5, 5), (4, 4)):
        grey[8 * row : 8 * row + 8, 8 * column : 8 * column + 8] = 20
    grey[24:32, 32:40] = 120
    np.testing.assert_array_equal(only_sheet(grey), grey)


@pytest.mark.parametrize("bar", [np.s_[0:60, 0:10], np.s_[140:, 226:]])
def test_an_upright_stroke_in_one_corner_is_no_table(bar):
    grey = np.full((200, 240), 220, np.uint8)
    grey[60:140, 110:118] = 30
    grey[bar] = 40
    np.testing.assert_array_equal(only_sheet(grey), grey)


def test_a_plot_s_numbers_beside_it_do_not_keep_it_from_being_a_sheet():
    grey = np.full((200, 240), 255, np.uint8)
    grey[30:170, 60:200] = 0
    grey[60:140, 120:130] = 255
    for top in range(35, 165, 20):
        grey[top : top + 8, 48:54] = 0
    alone = only_sheet(grey)
    assert (alone[60:140, 121:129] == 255).all()
    assert (alone[:, :50] == 0).all()


def test_nor_do_they_where_its_digit_has_soft_steps():
    grey = np.full((240, 320), 255, np.uint8)
    grey[20:220, 80:280] = 30
    y, x = np.indices(grey.shape) - [[[120]], [[180]]]
    for step, tone in enumerate((70, 110, 140, 170, 215)):
        grey[np.abs(np.hypot(y, x) - 45) < 35 - 6 * step] = tone
    for top in range(25, 215, 20):
        grey[top : top + 8, 66:72] = 0
    assert even_threshold(tones_of(grey)) is None
    alone = only_sheet(grey)
    assert (alone[115:125, 132:138] == 215).all()
    assert (alone[:, :76] == 30).all()


def plots(*, gap, rows=2, columns=4):
    """A picture beside another, with a stroke on each, and white in between; where strokes are."""
    high, wide = (number * (60 + gap) + gap for number in (rows, columns))
    grey = np.full((high, wide), 255, np.uint8)
    inked = np.zeros((high, wide), dtype=bool)
    for top in range(gap, high, 60 + gap):
        for left in range(gap, wide, 60 + gap):
            grey[top : top + 60, left : left + 60] = 0
            inked[top + 15 : top + 45, left + 28 : left + 34] = True
            inked[top + 39 : top + 45, left + 28 : left + (28 if top == gap else 44)] = True
    grey[inked] = 255
    return grey, inked


@pytest.mark.parametrize(("rows", "columns"), [(2, 4), (5, 8)])
def test_pictures_of_one_size_lie_on_one_sheet(rows, columns):
    grey, inked = plots(gap=14, rows=rows, columns=columns)
    grey[2:9, 30:50:4] = 0  # the first one's title
    np.testing.assert_array_equal(only_sheet(grey), np.where(inked, 255, 0))


def test_one_that_a_digit_runs_across_is_not_left_out():
    grey, _ = plots(gap=14, rows=5, columns=8)
    grey[100:108, 14:74] = 255
    np.testing.assert_array_equal(only_sheet(grey), grey)


def test_a_table_s_cells_are_no_sheets_of_their_own():
    grey, _ = plots(gap=3)
    np.testing.assert_array_equal(only_sheet(grey), grey)


@pytest.mark.parametrize(
    ("pen", "count"), [(12, 1), (12, 2), (24, 1), (24, 2), (30, 1), (30, 2), (36, 2)]
)
def test_a_zero_with_corners_is_no_sheet(pen, count):
    y, x = np.abs(np.indices((140, 110)) - [[[70]], [[55]]])
    zero = ((x / 40) ** 3 + (y / 60) ** 3 < 1) & ((x / (40 - pen)) ** 3 + (y / (60 - pen)) ** 3 > 1)
    grey = np.where(np.concatenate([zero] * count, axis=1), 30, 220).astype(np.uint8)
    np.testing.assert_array_equal(only_sheet(grey), grey)


@pytest.mark.parametrize("paper", [10, 250])
def test_a_digit_that_runs_over_a_card_s_side_stays_on_it(paper):
    """In a plot the digit is as light as the page around."""
    grey = np.full((300, 320), 255 - paper, np.uint8)
    grey[40:240, 60:260] = paper
    grey[240:246, 100:102] = paper
    stem, bar = np.s_[80:200, 150:172], np.s_[130:152, 60:150]
    grey[stem] = grey[bar] = 255 - paper
    alone = only_sheet(grey)
    assert (alone[stem] == 255 - paper).all()
    assert (alone[135:147, 64:150] == 255 - paper).all()
    assert (np.delete(alone, np.r_[78:202], axis=0) == paper).all()
    assert (alone[:, :55] == paper).all()


def test_ink_on_a_highlighter_s_colour_does_not_run_out_of_it():
    """The colour is nearer to the ink's tone than to the paper's."""
    grey = np.full((240, 320), 245, np.uint8)
    grey[60:180, 60:260] = 155
    grey[62:160, 150:162] = 40
    assert only_sheet(grey)[62:160, 150:162].max() == 40
    assert (only_sheet(grey)[:50] == 155).all()


@pytest.mark.parametrize(("top", "left"), [(62, 280), (190, 150)])
def test_where_a_number_goes_on_beside_it_nothing_is_left_out(top, left):
    grey = np.full((240, 320), 245, np.uint8)
    grey[60:180, 60:260] = 155
    grey[70:150, 150:162] = 40
    grey[top : top + 45, left : left + 8] = grey[top + 37 : top + 45, left : left + 30] = 40
    np.testing.assert_array_equal(only_sheet(grey), grey)


def test_a_bar_of_colours_beside_it_is_left_out():
    grey = np.full((240, 320), 245, np.uint8)
    grey[60:180, 60:260] = 20
    grey[70:150, 150:162] = 250
    grey[60:180, 280:286] = np.linspace(250, 20, 120)[:, None]
    assert (only_sheet(grey)[:, 270:] == 20).all()


def test_a_card_may_be_small():
    grey = np.full((200, 240), 250, np.uint8)
    grey[90:140, 100:160] = 180
    grey[105:125, 128:132] = 40
    assert (only_sheet(grey)[:80] == 180).all()
    smaller = np.pad(grey, 100, constant_values=250)
    np.testing.assert_array_equal(only_sheet(smaller), smaller)


def test_a_dark_table_s_grain_is_no_writing():
    grain = np.random.default_rng(0).normal(40, 7, (200, 240))
    grey = np.clip(grain, 0, 255).astype(np.uint8)
    grey[:, 60:] = 220
    grey[60:140, 150:158] = 30
    assert (only_sheet(grey)[:, :60] == 220).all()
