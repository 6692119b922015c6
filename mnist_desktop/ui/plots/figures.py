"""Numbers as short as they can be read."""

from __future__ import annotations

import math

from mnist_desktop.ui.plots.ticks import round_step

STEPS = (1.0, 1.5, 2.0, 3.0, 5.0, 7.5, 10.0)
"""Where a scale may end, so that it does not change with every batch."""

_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def in_figures(value: float, digits: int = 2) -> str:
    """A number of so many significant digits: 1.3, 0.047, 2.1×10⁻⁵."""
    if value == 0:
        return "0"
    if not math.isfinite(value):
        return "?" if math.isnan(value) else f"{value}".replace("inf", "∞").replace("-", "−")
    mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
    power = int(exponent)
    if -4 < power < 6:
        text = f"{value:.{max(0, digits - 1 - power)}f}"
    else:
        text = f"{mantissa}×10{str(power).translate(_SUPERSCRIPTS)}"
    return text.replace("-", "−")


def rounded_up(value: float) -> float:
    """The next of 1, 1.5, 2, 3, 5, 7.5 that is as large, or of their tenfolds and tenths."""
    return round_step(value, STEPS) if 0 < value < math.inf else 1.0
