"""What one has written oneself as a data set, or as a part of one. Needs no torch."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np

from mnist_desktop.errors import UserError
from mnist_desktop.learning.data.splits import Split, Splits, joined
from mnist_desktop.texts import QT_TRANSLATE_NOOP

Part = Literal["join", "alone"]

FEWEST = 10
"""Of these at least two are for testing, which tells next to nothing, but can be done."""

EVERY = 5
"""Of each digit every fifth goes to the test split, and every fifth to the validation split."""

SHARE = 0.05
"""What one's own digits make up of those that are learned from, where they join others."""

MOST_TIMES = 100
"""So often one of them comes in an epoch at the most, or it would be learned by heart."""


def with_own(splits: Splits, own: Split, part: Part) -> Splits:
    """A data set with one's own digits.

    Args:
        splits: another data set.
        own: digits from 0 to 9.
        part: "join" lets them be learned along, each so often that they make up a twentieth;
            what is tested on stays the other data set's. "alone" makes them a data set of their
            own, in three splits that are the same whenever the digits are.

    Raises:
        UserError: there are too few of them.
    """
    if len(own) < FEWEST:
        raise UserError(
            QT_TRANSLATE_NOOP(
                "core",
                "Too few digits of your own: {count}. Write at least {fewest}, as on a practice "
                "sheet.",
            ),
            count=len(own),
            fewest=FEWEST,
        )
    if part == "alone":
        return _alone(own)
    times = int(np.clip(SHARE * len(splits.train) / len(own), 1, MOST_TIMES))
    train = joined([splits.train, *[own] * times])
    return replace(splits, name=f"{splits.name} + {len(own)} own digits", train=train)


def _alone(own: Split) -> Splits:
    turn = np.zeros(len(own), dtype=np.int64)
    for digit in np.unique(own.labels):
        of_digit = own.labels == digit
        turn[of_digit] = np.arange(of_digit.sum())
    # A digit of which there are few is rather learned than tested.
    of_test, of_validation = turn % EVERY == EVERY - 1, turn % EVERY == EVERY - 2
    if not of_test.any() or not of_validation.any():
        places = np.arange(len(own))
        of_test, of_validation = places % EVERY == EVERY - 1, places % EVERY == EVERY - 2
    rest = ~(of_test | of_validation)
    train, validation, test = map(own.some, (rest, of_validation, of_test))
    return Splits(f"{len(own)} own digits", train, validation, test)
