import numpy as np
import pytest

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


def test_writing_in_a_deep_shadow_is_not_lost():
    grey = np.full((200, 240), 220, np.uint8)
    grey[60:140, 50:58] = 30
    grey[:, 120:] = 100
    grey[60:140, 170:178] = 15
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
