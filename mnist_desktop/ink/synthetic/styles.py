"""Digits in the styles that people write them and MNIST lacks, written by a program.

MNIST was written by Americans in the 1990s: no slashed zeros, hardly a crossed seven, no 1 with a
long upstroke. What a network has never seen it cannot read, so these are added to its training.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from mnist_desktop.ink.strokes import LabelledDrawing
from mnist_desktop.ink.synthetic.hand import Array, Hand
from mnist_desktop.ink.synthetic.kinds import Kind, by_hand, draw_kinds
from mnist_desktop.ink.synthetic.shapes import (
    eight,
    four_five,
    nine,
    six_seven,
    three,
    two,
    zero_one,
)


def _style(digit: str, weight: float, shape: Callable[[Hand], Array | list[Array]]) -> Kind:
    """One way to write a digit."""
    return Kind(shape.__name__, weight, by_hand(shape), digit)


STYLES = (
    _style("0", 2.0, zero_one.zero_plain),
    _style("0", 1.5, zero_one.zero_narrow),
    _style("0", 1.0, zero_one.zero_flat),
    _style("0", 1.2, zero_one.zero_unclosed),
    _style("0", 0.7, zero_one.zero_open_at_the_left),
    _style("0", 0.4, zero_one.zero_angular),
    _style("0", 1.0, zero_one.zero_tailed),
    _style("0", 1.0, zero_one.zero_curled),
    _style("0", 0.7, zero_one.zero_flat_curled),
    _style("0", 2.0, zero_one.zero_slashed),
    _style("0", 1.0, zero_one.zero_slashed_within),
    _style("0", 1.0, zero_one.zero_slashed_in_one_stroke),
    _style("0", 0.7, zero_one.zero_dotted),
    _style("1", 2.0, zero_one.one_bare),
    _style("1", 1.5, zero_one.one_hooked),
    _style("1", 0.8, zero_one.one_rising_foot),
    _style("1", 2.0, zero_one.one_short_flag),
    _style("1", 0.8, zero_one.one_flag_apart),
    _style("1", 3.0, zero_one.one_long_upstroke),
    _style("1", 0.7, zero_one.one_arched),
    _style("1", 1.5, zero_one.one_long_curved_flag),
    _style("1", 0.5, zero_one.one_foot),
    _style("1", 1.5, zero_one.one_flag_and_foot),
    _style("2", 2.0, two.two_plain),
    _style("2", 1.5, two.two_angular),
    _style("2", 2.0, two.two_looped),
    _style("2", 1.5, two.two_wavy_base),
    _style("2", 1.0, two.two_swan),
    _style("2", 1.2, two.two_rising),
    _style("2", 0.7, two.two_long_base),
    _style("2", 1.2, two.two_hookless),
    _style("2", 0.8, two.two_upright),
    _style("2", 0.7, two.two_closed_head),
    _style("3", 2.0, three.three_round),
    _style("3", 1.2, three.three_flat_top),
    _style("3", 1.5, three.three_looped),
    _style("3", 0.8, three.three_tailed),
    _style("3", 1.0, three.three_narrow),
    _style("3", 1.0, three.three_angular),
    _style("3", 1.0, three.three_big_bowl),
    _style("3", 1.0, three.three_small_top),
    _style("4", 2.0, four_five.four_open),
    _style("4", 1.5, four_five.four_short_stem),
    _style("4", 1.5, four_five.four_apart),
    _style("4", 1.0, four_five.four_cup_apart),
    _style("4", 1.0, four_five.four_closed),
    _style("4", 0.6, four_five.four_closed_in_one_stroke),
    _style("4", 1.0, four_five.four_open_in_one_stroke),
    _style("4", 1.0, four_five.four_lightning),
    _style("4", 0.7, four_five.four_cup),
    _style("4", 1.0, four_five.four_cup_and_stem),
    _style("5", 1.5, four_five.five_hat),
    _style("5", 1.5, four_five.five_long_hat),
    _style("5", 1.3, four_five.five_hat_apart),
    _style("5", 1.0, four_five.five_hat_aside),
    _style("5", 1.0, four_five.five_dash_and_bowl),
    _style("5", 1.0, four_five.five_hat_first),
    _style("5", 1.2, four_five.five_in_one_stroke),
    _style("5", 1.2, four_five.five_s),
    _style("5", 0.7, four_five.five_angular),
    _style("6", 2.0, six_seven.six_round),
    _style("6", 1.5, six_seven.six_small_loop),
    _style("6", 1.5, six_seven.six_straight),
    _style("6", 1.0, six_seven.six_wide),
    _style("6", 1.0, six_seven.six_curled),
    _style("6", 1.0, six_seven.six_open),
    _style("6", 0.7, six_seven.six_crossing),
    _style("7", 2.0, six_seven.seven_plain),
    _style("7", 1.0, six_seven.seven_wide),
    _style("7", 1.0, six_seven.seven_curved),
    _style("7", 1.0, six_seven.seven_round),
    _style("7", 1.0, six_seven.seven_serif),
    _style("7", 0.6, six_seven.seven_curled),
    _style("7", 0.15, six_seven.seven_foot),
    _style("7", 2.0, six_seven.seven_crossed),
    _style("7", 1.2, six_seven.seven_crossed_round),
    _style("7", 0.6, six_seven.seven_crossed_wavy),
    _style("7", 0.8, six_seven.seven_crossed_serif),
    _style("7", 0.3, six_seven.seven_crossed_in_one_stroke),
    _style("7", 0.7, six_seven.seven_roof_apart),
    _style("8", 2.0, eight.eight_s),
    _style("8", 1.5, eight.eight_tailed),
    _style("8", 1.2, eight.eight_narrow),
    _style("8", 1.2, eight.eight_open),
    _style("8", 0.8, eight.eight_unfinished),
    _style("8", 1.0, eight.eight_mirrored),
    _style("8", 1.0, eight.eight_circles),
    _style("8", 0.8, eight.eight_cup_and_bowl),
    _style("8", 0.5, eight.eight_angular),
    _style("9", 1.5, nine.nine_straight),
    _style("9", 1.2, nine.nine_small_loop),
    _style("9", 1.0, nine.nine_flat_loop),
    _style("9", 1.0, nine.nine_thin_loop),
    _style("9", 1.5, nine.nine_curved),
    _style("9", 1.5, nine.nine_big_tail),
    _style("9", 1.0, nine.nine_rounded),
    _style("9", 0.8, nine.nine_open),
    _style("9", 1.0, nine.nine_curled_open),
    _style("9", 1.0, nine.nine_hasty),
    _style("9", 1.0, nine.nine_forward),
    _style("9", 0.8, nine.nine_and_stem),
)


def write_digits(count: int, random: np.random.Generator) -> list[LabelledDrawing]:
    """``count`` digits in random order, each digit equally likely, each in a random style.

    The label is the digit, "0" to "9", and the writer is the style's name.
    """
    chances = [style.weight / _total(style.label) for style in STYLES]
    return draw_kinds(STYLES, chances, count, random)


def _total(digit: str | None) -> float:
    """What to divide a style's weight by, so that all styles' chances sum to one."""
    digits = {style.label for style in STYLES}
    return len(digits) * sum(style.weight for style in STYLES if style.label == digit)
