"""Digits in the styles that people write them and MNIST lacks, written by a program.

MNIST was written by Americans in the 1990s: no slashed zeros, hardly a crossed seven, no 1 with a
long upstroke. What a network has never seen it cannot read, so these are added to its training.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from mnist_desktop.ink.strokes import LabelledDrawing
from mnist_desktop.ink.synthetic.hand import Array, Hand
from mnist_desktop.ink.synthetic.shapes import (
    eight,
    four_five,
    nine,
    six_seven,
    three,
    two,
    zero_one,
)

AT_ONCE = 2048
"""So many digits are written together: enough to be fast, and little memory."""


@dataclass(frozen=True)
class Style:
    """One way to write a digit.

    Attributes:
        weight: how often it is written, relative to the digit's other styles.
        strokes: gives its strokes, arrays of (count, points, 2), from a hand.
    """

    digit: str
    name: str
    weight: float
    strokes: Callable[[Hand], list[Array]]


STYLES = (
    Style("0", "zero_plain", 2.0, zero_one.zero_plain),
    Style("0", "zero_narrow", 1.5, zero_one.zero_narrow),
    Style("0", "zero_flat", 1.0, zero_one.zero_flat),
    Style("0", "zero_unclosed", 1.2, zero_one.zero_unclosed),
    Style("0", "zero_open_at_the_left", 0.7, zero_one.zero_open_at_the_left),
    Style("0", "zero_angular", 0.4, zero_one.zero_angular),
    Style("0", "zero_tailed", 1.0, zero_one.zero_tailed),
    Style("0", "zero_curled", 1.0, zero_one.zero_curled),
    Style("0", "zero_flat_curled", 0.7, zero_one.zero_flat_curled),
    Style("0", "zero_slashed", 2.0, zero_one.zero_slashed),
    Style("0", "zero_slashed_within", 1.0, zero_one.zero_slashed_within),
    Style("0", "zero_slashed_in_one_stroke", 1.0, zero_one.zero_slashed_in_one_stroke),
    Style("0", "zero_dotted", 0.7, zero_one.zero_dotted),
    Style("1", "one_bare", 2.0, zero_one.one_bare),
    Style("1", "one_hooked", 1.5, zero_one.one_hooked),
    Style("1", "one_rising_foot", 0.8, zero_one.one_rising_foot),
    Style("1", "one_short_flag", 2.0, zero_one.one_short_flag),
    Style("1", "one_flag_apart", 0.8, zero_one.one_flag_apart),
    Style("1", "one_long_upstroke", 3.0, zero_one.one_long_upstroke),
    Style("1", "one_arched", 0.7, zero_one.one_arched),
    Style("1", "one_long_curved_flag", 1.5, zero_one.one_long_curved_flag),
    Style("1", "one_foot", 0.5, zero_one.one_foot),
    Style("1", "one_flag_and_foot", 1.5, zero_one.one_flag_and_foot),
    Style("2", "two_plain", 2.0, two.two_plain),
    Style("2", "two_angular", 1.5, two.two_angular),
    Style("2", "two_looped", 2.0, two.two_looped),
    Style("2", "two_wavy_base", 1.5, two.two_wavy_base),
    Style("2", "two_swan", 1.0, two.two_swan),
    Style("2", "two_rising", 1.2, two.two_rising),
    Style("2", "two_long_base", 0.7, two.two_long_base),
    Style("2", "two_hookless", 1.2, two.two_hookless),
    Style("2", "two_upright", 0.8, two.two_upright),
    Style("2", "two_closed_head", 0.7, two.two_closed_head),
    Style("3", "three_round", 2.0, three.three_round),
    Style("3", "three_flat_top", 1.2, three.three_flat_top),
    Style("3", "three_looped", 1.5, three.three_looped),
    Style("3", "three_tailed", 0.8, three.three_tailed),
    Style("3", "three_narrow", 1.0, three.three_narrow),
    Style("3", "three_angular", 1.0, three.three_angular),
    Style("3", "three_big_bowl", 1.0, three.three_big_bowl),
    Style("3", "three_small_top", 1.0, three.three_small_top),
    Style("4", "four_open", 2.0, four_five.four_open),
    Style("4", "four_short_stem", 1.5, four_five.four_short_stem),
    Style("4", "four_apart", 1.5, four_five.four_apart),
    Style("4", "four_cup_apart", 1.0, four_five.four_cup_apart),
    Style("4", "four_closed", 1.0, four_five.four_closed),
    Style("4", "four_closed_in_one_stroke", 0.6, four_five.four_closed_in_one_stroke),
    Style("4", "four_open_in_one_stroke", 1.0, four_five.four_open_in_one_stroke),
    Style("4", "four_lightning", 1.0, four_five.four_lightning),
    Style("4", "four_cup", 0.7, four_five.four_cup),
    Style("4", "four_cup_and_stem", 1.0, four_five.four_cup_and_stem),
    Style("5", "five_hat", 1.5, four_five.five_hat),
    Style("5", "five_long_hat", 1.5, four_five.five_long_hat),
    Style("5", "five_hat_apart", 1.3, four_five.five_hat_apart),
    Style("5", "five_hat_aside", 1.0, four_five.five_hat_aside),
    Style("5", "five_dash_and_bowl", 1.0, four_five.five_dash_and_bowl),
    Style("5", "five_hat_first", 1.0, four_five.five_hat_first),
    Style("5", "five_in_one_stroke", 1.2, four_five.five_in_one_stroke),
    Style("5", "five_s", 1.2, four_five.five_s),
    Style("5", "five_angular", 0.7, four_five.five_angular),
    Style("6", "six_round", 2.0, six_seven.six_round),
    Style("6", "six_small_loop", 1.5, six_seven.six_small_loop),
    Style("6", "six_straight", 1.5, six_seven.six_straight),
    Style("6", "six_wide", 1.0, six_seven.six_wide),
    Style("6", "six_curled", 1.0, six_seven.six_curled),
    Style("6", "six_open", 1.0, six_seven.six_open),
    Style("6", "six_crossing", 0.7, six_seven.six_crossing),
    Style("7", "seven_plain", 2.0, six_seven.seven_plain),
    Style("7", "seven_wide", 1.0, six_seven.seven_wide),
    Style("7", "seven_curved", 1.0, six_seven.seven_curved),
    Style("7", "seven_round", 1.0, six_seven.seven_round),
    Style("7", "seven_serif", 1.0, six_seven.seven_serif),
    Style("7", "seven_curled", 0.6, six_seven.seven_curled),
    Style("7", "seven_foot", 0.15, six_seven.seven_foot),
    Style("7", "seven_crossed", 2.0, six_seven.seven_crossed),
    Style("7", "seven_crossed_round", 1.2, six_seven.seven_crossed_round),
    Style("7", "seven_crossed_wavy", 0.6, six_seven.seven_crossed_wavy),
    Style("7", "seven_crossed_serif", 0.8, six_seven.seven_crossed_serif),
    Style("7", "seven_crossed_in_one_stroke", 0.3, six_seven.seven_crossed_in_one_stroke),
    Style("7", "seven_roof_apart", 0.7, six_seven.seven_roof_apart),
    Style("8", "eight_s", 2.0, eight.eight_s),
    Style("8", "eight_tailed", 1.5, eight.eight_tailed),
    Style("8", "eight_narrow", 1.2, eight.eight_narrow),
    Style("8", "eight_open", 1.2, eight.eight_open),
    Style("8", "eight_unfinished", 0.8, eight.eight_unfinished),
    Style("8", "eight_mirrored", 1.0, eight.eight_mirrored),
    Style("8", "eight_circles", 1.0, eight.eight_circles),
    Style("8", "eight_cup_and_bowl", 0.8, eight.eight_cup_and_bowl),
    Style("8", "eight_angular", 0.5, eight.eight_angular),
    Style("9", "nine_straight", 1.5, nine.nine_straight),
    Style("9", "nine_small_loop", 1.2, nine.nine_small_loop),
    Style("9", "nine_flat_loop", 1.0, nine.nine_flat_loop),
    Style("9", "nine_thin_loop", 1.0, nine.nine_thin_loop),
    Style("9", "nine_curved", 1.5, nine.nine_curved),
    Style("9", "nine_big_tail", 1.5, nine.nine_big_tail),
    Style("9", "nine_rounded", 1.0, nine.nine_rounded),
    Style("9", "nine_open", 0.8, nine.nine_open),
    Style("9", "nine_curled_open", 1.0, nine.nine_curled_open),
    Style("9", "nine_hasty", 1.0, nine.nine_hasty),
    Style("9", "nine_forward", 1.0, nine.nine_forward),
    Style("9", "nine_and_stem", 0.8, nine.nine_and_stem),
)


def write_digits(count: int, random: np.random.Generator) -> list[LabelledDrawing]:
    """``count`` digits in random order, each digit equally likely, each in a random style.

    The label is the digit, "0" to "9", and the writer is the style's name.
    """
    times = random.multinomial(count, [style.weight / _total(style.digit) for style in STYLES])
    written = [
        drawing
        for style, often in zip(STYLES, times, strict=True)
        for drawing in write_style(style, int(often), random)
    ]
    return [written[index] for index in random.permutation(count)]


def write_style(style: Style, count: int, random: np.random.Generator) -> list[LabelledDrawing]:
    """``count`` digits of one style."""
    written = []
    for start in range(0, count, AT_ONCE):
        hand = Hand(random, min(AT_ONCE, count - start))
        written += [
            LabelledDrawing(drawing, style.digit, style.name)
            for drawing in hand.drawings(style.strokes(hand))
        ]
    return written


def _total(digit: str) -> float:
    """What to divide a style's weight by, so that all styles' chances sum to one."""
    digits = {style.digit for style in STYLES}
    return len(digits) * sum(style.weight for style in STYLES if style.digit == digit)
