from itertools import pairwise

import numpy as np
import pytest

from mnist_desktop.ink.cuts import CUT_WIDTH, MAX_CUTS, MOST_POINTS, Piece, cut_pieces

ANGLES = np.linspace(0, 2 * np.pi, 40)
CIRCLE = np.stack([np.cos(ANGLES), np.sin(ANGLES)], axis=1)


def zero(x, width=60):
    """From its top around, its middle at x."""
    return [x, 50] + CIRCLE[:, ::-1] * [width / 2, -50]


def along(*corners, step=4.0):
    """Points along straight lines from corner to corner."""
    points = [np.array(corners[0], dtype=float)]
    for corner in corners[1:]:
        way = np.array(corner) - points[-1]
        count = max(1, round(float(np.hypot(*way)) / step))
        points += [points[-1] + way * part for part in np.arange(1, count + 1) / count]
    return np.array(points)


@pytest.mark.parametrize(
    "points",
    [
        along((0, 20), (50, 0), (60, 40), (0, 100), (110, 98)),  # a wide 2
        along((0, 60), (60, 0), (60, 100)),  # a 1 with a long flag
        along((0, 25), (20, 0), (20, 100)),  # a 1 with a short one
        zero(60, width=120),
        along((0, 50), (300, 52)),  # a dash
        along((0, 0), (70, 0), (30, 100)),  # a 7
        np.array([[0.0, 50.0]]),
    ],
)
def test_no_digit_of_one_stroke_is_cut_into_two_that_stand_beside_each_other(points):
    for piece in cut_pieces(points, 100)[1:]:
        # Where there is a place to cut at all, both sides are under each other.
        left = points[: piece.start, 0]
        assert points[piece.stop - 1 :, 0].min() < left.max()


@pytest.mark.parametrize(
    "points",
    [
        along((0, 60), (60, 0), (60, 100)),
        along((0, 50), (300, 52)),
        along((0, 0), (70, 0), (30, 100)),
        along((0, 0), (100, 100)),
        along((0, 0), (0, 100), (60, 0), (60, 20)),  # what ends in a hook
    ],
)
def test_flags_and_bars_and_dashes_stay_whole(points):
    assert cut_pieces(points, 100) == [Piece(0, len(points))]


def test_a_way_from_digit_to_digit_is_a_link():
    # 1 and 1: down, up to the right, down.
    points = along((0, 0), (0, 100), (60, 0), (60, 100))
    before, link, after = cut_pieces(points, 100)
    assert [before.is_link, link.is_link, after.is_link] == [False, True, False]
    assert points[before.start : before.stop, 0].max() < 5
    assert points[after.start : after.stop, 0].min() > 55


def test_a_short_way_is_part_of_both_digits():
    for length, links in ((10, [False, False]), (20, [False, True, False])):
        points = along((0, 0), (30, 100), (30 + length, 98), (60 + length, 0))
        assert [piece.is_link for piece in cut_pieces(points, 100)] == links


def test_a_scribble_of_very_many_points_is_not_cut():
    points = along((0, 0), (0, 100), (60, 0), (60, 100), step=0.01)
    assert len(points) > MOST_POINTS
    assert cut_pieces(points, 100) == [Piece(0, len(points))]
    assert len(cut_pieces(points[:: len(points) // MOST_POINTS + 1], 100)) == 3


def test_where_the_pen_jumped_there_is_no_ink_and_no_link():
    points = np.concatenate([along((0, 0), (0, 100)), along((60, 0), (60, 100))])
    half = len(points) // 2
    assert cut_pieces(points, 100) == [Piece(0, half), Piece(half, 2 * half)]


def test_a_way_is_found_that_begins_under_the_digit_before_it():
    # A 3 ends at its lower left; the way goes on under it.
    three = along((0, 0), (50, 15), (25, 45), (50, 75), (0, 100))
    points = np.concatenate([three, along((0, 100), (90, 5))[1:], zero(110)])
    link = next(piece for piece in cut_pieces(points, 100) if piece.is_link)
    assert link.start == pytest.approx(len(three), abs=2)
    assert points[link.stop - 1, 0] > 80


def test_a_narrow_stroke_is_never_cut():
    points = along((0, 0), (0, 100), (60, 0), (60, 100))
    assert len(cut_pieces(points * [(CUT_WIDTH + 0.02) / 0.6, 1], 100)) == 3
    assert len(cut_pieces(points * [(CUT_WIDTH - 0.02) / 0.6, 1], 100)) == 1


def test_there_are_no_more_cuts_than_there_can_be_digits():
    points = np.concatenate([zero(30 + 70 * place) for place in range(9)])
    pieces = [piece for piece in cut_pieces(points, 100) if not piece.is_link]
    assert len(pieces) == MAX_CUTS + 1


def test_pieces_are_in_order_and_together_the_stroke():
    random = np.random.default_rng(2)
    for _ in range(40):
        points = np.cumsum(random.normal([3, 0], 12, (60, 2)), axis=0)
        pieces = cut_pieces(points, 60)
        assert pieces[0].start == 0
        assert pieces[-1].stop == len(points)
        assert all(one.stop == other.start for one, other in pairwise(pieces))
        assert all(piece.stop > piece.start for piece in pieces)


def test_size_and_place_change_nothing():
    points = along((0, 0), (0, 100), (60, 0), (60, 100), (130, 0), (130, 100))
    assert len(cut_pieces(points, 100)) == 5
    for scale in (1e-3, 1e5):
        assert cut_pieces(points * scale + 7 * scale, 100 * scale) == cut_pieces(points, 100)
