"""What it costs to take ink for a sign, or for a speck."""

from __future__ import annotations

from collections.abc import Iterator
from math import log

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.ink.signs import CLASSES, SPECK, UNREADABLE, UNREADABLE_CLASSES
from mnist_desktop.ink.strokes import SIGNS
from mnist_desktop.learning.read.costs import Costs

MOST_IN_SIGN = 3
"""Parts: the dots of a colon, the bars of a plus, and one more for a pen that jumps."""

OF_ONE, OF_SEVERAL = ".,-/", ":+"
"""Signs of one part, and those that may be of more."""

SMALL = [CLASSES.index(sign) for sign in (".", ",", "-", SPECK)]
"""What can be overlooked where it stands for nothing."""

READABLE = [CLASSES.index(sign) for sign in SIGNS]
STRANGE = [CLASSES.index(sign) for sign in UNREADABLE_CLASSES]
"""Places of the signs that can be read among the probabilities, and of those that cannot."""

LEAST_SURE, LEAST_STRANGE = 0.5, 0.6
"""What is less probable is not tried as a sign; as one that cannot be read the number is lost."""

CLEARLY = 2.0
"""How much more probable it must be than any sign that can be read."""

LOW = 0.4
"""Parts none of which is higher than this, in heights of the line, may together be a sign that
cannot be read: the bars of ``=`` are, two low digits are not.
"""


def sign_costs(
    likely: NDArray[np.float64], costs: Costs, *, is_one: bool, height: float
) -> Iterator[tuple[str, float]]:
    """The signs that a group of parts may be, specks among them, each with its cost.

    Args:
        likely: (10,) how probable each of ``CLASSES`` is.
        costs: of signs and specks.
        is_one: whether the group is of one part, or of what was cut from one.
        height: of its highest part, in heights of the line.
    """
    equals, quote = likely[STRANGE]
    strange = equals + quote
    is_strange = strange > max(LEAST_STRANGE, CLEARLY * likely[READABLE].max())
    if not is_strange:  # it is one of the others, then
        likely = likely / (1 - strange)
    for sign, probability in zip(SIGNS, likely[READABLE].tolist(), strict=True):
        if probability > LEAST_SURE and (sign in OF_SEVERAL or (is_one and sign in OF_ONE)):
            yield sign, costs.sign - costs.sign_doubt * log(probability)
    nothing = likely[SMALL].sum()
    if is_one and nothing > LEAST_SURE:
        yield SPECK, costs.speck - costs.sign_doubt * log(nothing)
    if is_strange and height < (costs.tall_from if is_one else LOW):
        # The left half of an open 4 looks like one, and is none; a quotation mark beside a digit
        # changes it little.
        cost = costs.sign if quote > equals else costs.speck
        yield UNREADABLE, cost - costs.sign_doubt * log(strange)
