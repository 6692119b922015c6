"""Round values: where an axis is marked, and how far it goes."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

SMALLEST = 1e-7
"""What stands for zero where the scale is logarithmic."""

FEWEST_TICKS = 4
STEPS = 10
"""About so many make a range: more, and it would hardly rest while a run goes on; fewer, and much
of it would be empty."""

MARGIN = 0.03
"""Of a range, beyond its ends, so that lines and marks there are whole."""

Numbers = NDArray[np.float64]
Range = tuple[float, float]
Tick = tuple[float, str]


def on_scale(values: Numbers, *, is_log: bool) -> Numbers:
    """Values as they are, or their decimal logarithms."""
    return np.log10(np.maximum(values, SMALLEST)) if is_log else values


def fitted(values: Numbers, low: float = -math.inf, high: float = math.inf) -> Range:
    """The range of an axis that shows these values, with round ends; what is not finite is not.

    It grows and shrinks in steps: each new range has the axis made and painted anew, which takes
    longer than all the curves.

    Args:
        low, high: the lowest and the highest value there can be.
    """
    finite = values[np.isfinite(values)]
    if len(finite):
        first, last = float(finite.min()), float(finite.max())
    else:
        first = low if math.isfinite(low) else -1.0
        last = high if math.isfinite(high) else 1.0
    step = round_step((last - first) / STEPS or abs(last) / STEPS or 1.0)
    begin, end = math.floor(first / step + 1e-9), math.ceil(last / step - 1e-9)
    if begin == end:
        begin, end = begin - 1, end + 1
    first, last = max(low, begin * step), min(high, end * step)
    margin = MARGIN * (last - first)
    return first - margin, last + margin


def ticks(low: float, high: float, most: int = 6, *, whole: bool = False) -> list[Tick]:
    """Round values from one to another, with their texts; ``whole`` ones only, if so wished."""
    step = round_step((high - low) / most)
    if whole:
        step = max(1.0, step)
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [(place * step, f"{place * step:,.{decimals}f}") for place in range(first, last + 1)]


def log_ticks(low: float, high: float) -> list[Tick]:
    """The same for a logarithmic scale, whose values are powers of ten."""
    powers = range(math.floor(low), math.ceil(high) + 1)
    for factors in ((1,), (1, 2, 5)):
        values = [factor * 10.0**power for power in powers for factor in factors]
        found = [(math.log10(value), f"{value:g}") for value in values]
        found = [(place, text) for place, text in found if low <= place <= high]
        if len(found) >= FEWEST_TICKS:
            return found
    return [(math.log10(value), text) for value, text in ticks(10**low, 10**high) if value > 0]


def round_step(step: float, steps: Sequence[float] = (1, 2, 5, 10)) -> float:
    """The next higher of 1, 2, 5, 10, 20, 50, …, or of their tenths and hundredths.

    Args:
        steps: others, from 1 to 10.
    """
    power = 10.0 ** math.floor(math.log10(step))
    # Single precision makes 0.2 a little more than 0.2.
    return next(one * power for one in steps if one * power >= step * (1 - 1e-6))
