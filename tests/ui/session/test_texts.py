import time

import pytest

from mnist_desktop.ui.session.texts import date_and_time, duration, percent, short


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (-3.0, "0 s"),
        (0.4, "0 s"),
        (59.4, "59 s"),
        (59.6, "1 min 0 s"),
        (200.0, "3 min 20 s"),
        (3599.4, "59 min 59 s"),
        (3600.0, "1 h 0 min"),
        (7500.0, "2 h 5 min"),
        (90_059.0, "25 h 0 min"),
    ],
)
def test_a_duration_is_told_in_its_two_largest_units(seconds, text):
    assert duration(seconds) == text


def test_a_share_is_told_in_per_cent_with_as_many_decimals_as_are_asked_for():
    assert [percent(0.98765), percent(0.98765, 1), percent(1, 2)] == ["99 %", "98.8 %", "100.00 %"]


def test_a_time_is_told_so_that_it_sorts():
    when = time.mktime((2026, 3, 5, 7, 4, 9, 0, 0, -1))
    assert date_and_time(when) == "2026-03-05 07:04"


def test_a_long_name_is_cut_short_and_in_one_line():
    assert short("mine\nand yours") == "mine and yours"
    cut = short("x" * 200)
    assert len(cut) < 40
    assert cut.startswith("xxx")
