import numpy as np
import pytest

from mnist_desktop.ink.signs import CLASSES, SPECK, UNREADABLE
from mnist_desktop.learning.read.costs import COSTS
from mnist_desktop.learning.read.sign_costs import sign_costs


def costs_of(is_one=True, height=0.3, **likely):
    """Of what may be a sign, which is a digit as far as nothing else is said."""
    names = {"point": ".", "colon": ":", "speck": SPECK, "equals": "=", "quote": "'"}
    probabilities = np.zeros(len(CLASSES))
    for name, probability in likely.items():
        probabilities[CLASSES.index(names[name])] = probability
    probabilities[0] = 1 - probabilities.sum()
    return dict(sign_costs(probabilities, COSTS, is_one=is_one, height=height))


def test_what_is_likely_may_be_a_sign_and_costs_less_the_likelier_it_is():
    assert list(costs_of(colon=0.6)) == [":"]
    assert not costs_of(colon=0.4)
    assert costs_of(colon=0.9)[":"] < costs_of(colon=0.6)[":"]


def test_a_point_is_of_one_part_and_may_be_a_speck_too():
    found = costs_of(point=0.9)
    assert list(found) == [".", SPECK]
    assert found["."] < found[SPECK]
    assert not costs_of(point=0.9, is_one=False)
    assert list(costs_of(point=0.3, speck=0.3)) == [SPECK], "whichever of them it is"


@pytest.mark.parametrize(
    ("is_one", "height", "may_be"),
    [(True, 0.7, True), (True, 0.8, False), (False, 0.3, True), (False, 0.5, False)],
)
def test_two_low_digits_are_no_unreadable_sign_nor_is_a_tall_one(is_one, height, may_be):
    found = costs_of(equals=0.9, is_one=is_one, height=height)
    assert list(found) == [UNREADABLE] * may_be


def test_which_unreadable_sign_it_is_does_not_matter():
    assert list(costs_of(equals=0.4, quote=0.4)) == [UNREADABLE]
    assert not costs_of(equals=0.3, quote=0.2), "what is lost by it must be surer"


def test_half_a_four_is_no_unreadable_sign_as_soon_as_a_quotation_mark_is_one():
    assert costs_of(equals=0.8)[UNREADABLE] > costs_of(quote=0.8)[UNREADABLE]


def test_a_sign_that_can_be_read_comes_before_an_unreadable_one_unless_that_is_much_likelier():
    assert list(costs_of(colon=0.4, equals=0.5)) == [":"]
    assert list(costs_of(colon=0.35, equals=0.65)) == [":"]
    assert list(costs_of(colon=0.25, equals=0.75)) == [UNREADABLE]
