import pytest

from mnist_desktop.ink.signs import SPECK, UNREADABLE
from mnist_desktop.learning.read.ways import (
    AFTER_DIGIT,
    AFTER_SIGN,
    START,
    Step,
    keep_less,
    least_through,
    read_steps,
    state_after,
)


@pytest.mark.parametrize("sign", list("-+"))
def test_minus_and_plus_stand_before_digits_and_between_them(sign):
    assert state_after(START, sign) == state_after(AFTER_DIGIT, sign) == AFTER_SIGN
    assert state_after(AFTER_SIGN, sign) is None


@pytest.mark.parametrize("sign", list(".,/:"))
def test_other_signs_stand_between_digits_only(sign):
    assert state_after(AFTER_DIGIT, sign) == AFTER_SIGN
    assert state_after(START, sign) is state_after(AFTER_SIGN, sign) is None


@pytest.mark.parametrize("state", [START, AFTER_DIGIT, AFTER_SIGN])
def test_digits_and_what_is_not_read_stand_anywhere(state):
    assert state_after(state, "") == AFTER_DIGIT
    assert state_after(state, SPECK) == state_after(state, UNREADABLE) == state


def way_of(*signs):
    return tuple(Step((place, place + 1), sign) for place, sign in enumerate(signs))


def test_what_is_read_has_no_specks_and_ends_with_a_digit_or_sign():
    way = way_of(UNREADABLE, SPECK, "-", "", UNREADABLE, SPECK, "", UNREADABLE, SPECK)
    assert read_steps(way) == [way[0], way[2], way[3], way[4], way[6]]


def test_an_unreadable_sign_beside_a_single_digit_is_read():
    way = way_of(SPECK, "", SPECK, UNREADABLE)
    assert read_steps(way) == [way[1], way[3]]
    assert read_steps(way[:3]) == [way[1]]


def test_of_two_ways_to_a_place_the_cheaper_is_kept():
    least = {}
    for cost, last in ((2.0, 1), (1.0, 2), (3.0, 3)):
        keep_less(least, (3, AFTER_DIGIT), cost, (Step((0, last)),))
    assert least == {(3, AFTER_DIGIT): (1.0, (Step((0, 2)),))}


def test_the_cheapest_way_through_each_group_goes_on_from_the_cheapest_way_there():
    costs = [((0, 1), 1.0), ((0, 2), 5.0), ((1, 2), 2.0), ((2, 3), 4.0), ((1, 3), 7.0)]
    assert least_through(costs, 3) == [7.0, 9.0, 7.0, 7.0, 8.0]
    # In whatever order, and also where one leads nowhere.
    assert least_through([((3, 4), 1.0), *costs[::-1]], 5) == [float("inf")] * 6
    assert least_through(costs[::-1], 3) == [8.0, 7.0, 7.0, 9.0, 7.0]
