from dataclasses import replace

import numpy as np
import pytest

from mnist_desktop.learning.read.reading import (
    LOOKS_LIKE_NO_DIGIT,
    RUN_TOGETHER,
    TOO_LITTLE_INK,
    Reading,
)
from mnist_desktop.ui.canvas.guess import has_guess, shares_of, shown_text


@pytest.mark.parametrize(
    ("count", "declined", "expected"),
    [
        (0, None, ""),
        (1, None, "4"),
        (1, LOOKS_LIKE_NO_DIGIT, "4"),
        (1, TOO_LITTLE_INK, "?"),
        (1, RUN_TOGETHER, "?"),
        (2, RUN_TOGETHER, "44"),
        (2, LOOKS_LIKE_NO_DIGIT, "44"),
    ],
)
def test_there_is_a_guess_unless_it_contradicts_the_reason(make_digit, count, declined, expected):
    reading = Reading(((make_digit(4),) * count,) if count else (), declined)
    assert shown_text(reading) == expected
    assert has_guess(reading) == expected.isdigit()


def test_the_best_share_is_what_it_declines_by(make_digit):
    digit = replace(make_digit(4, 0.9), separation=0.5, belief=0.8)
    shares = shares_of(digit)
    assert shares.argmax() == 4
    assert shares.max() == digit.confidence
    np.testing.assert_allclose(shares / shares.sum(), digit.probabilities, rtol=1e-6)
