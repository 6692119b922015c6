"""What of a reading can be shown without contradicting it elsewhere in the window."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.learning.read.reading import RUN_TOGETHER, TOO_LITTLE_INK, Digit, Reading


def has_guess(reading: Reading) -> bool:
    """Whether it says what may be meant, if only as a guess.

    The network answers whatever it is shown, and mostly surely. But a dot is no digit yet, and of
    several that run together the one that they look like as a whole is none.
    """
    if reading.declined == RUN_TOGETHER:
        return len(reading.digits) > 1
    return bool(reading.digits) and reading.declined != TOO_LITTLE_INK


def shown_text(reading: Reading) -> str:
    """The digits, whether declined or not; "?" where there is no guess."""
    return reading.best_text if has_guess(reading) else reading.text


def shares_of(digit: Digit) -> NDArray[np.float64]:
    """(10,), 0 to 1: how sure it is of each digit that it is meant.

    Not the network's probabilities, which take for granted that what they are shown is one digit:
    the answer is declined by ``Digit.confidence``, so that is what people are to see everywhere,
    and the other nine are in the same measure. What they lack of 1 is that it is no digit by
    itself.
    """
    return digit.probabilities.astype(float) * digit.belief * digit.separation
