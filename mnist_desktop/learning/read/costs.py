"""What a way of reading a line of ink costs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Costs:
    """What speaks against a way of grouping, in nats: the logarithm of how many times less likely.

    Lengths are parts of the line's height, the height of the highest part. None is below 0: what
    the network makes of a group only adds to what its shape costs. Chosen by
    ``tests/benchmarks/costs.py``.

    Attributes:
        doubt: times -log of the probability of a group's digit.
        disbelief: times -log of a group's ``Digit.belief``, where a line that could be cut runs on
            within it.
        digit: for each group: splitting must be worth it.
        one: the same, more, for a 1: many a piece of another digit looks like it.
        gap, gap_scale: neighbours this far apart are as likely one digit as two; the scale is by
            how much the gap must grow for that to change by a factor of e.
        tall, tall_from: for each part in a group that is, like one before it, at least as high as
            this share of the group: few digits are of two strokes side by side.
        cut: for dividing a line that runs on.
        cut_one: the same, more, for a 1 at either end.
        cut_overlap: times how far what is on both sides of a cut overlaps in x.
        link: for leaving one out.
        wide, wide_from: times the excess of a group's width over its height.
        low, low_below: times how much less high than this it is.
        raised, raised_from: times how much further than this it ends above a neighbour: digits
            stand on one line, the left half of a 4 does not.
        sign: for each sign,
        sign_first: and more for one that stands before all digits.
        sign_doubt: times -log of the probability that a group is what it is taken for, a digit or
            a certain sign, by its size, place and shape.
        speck: for taking ink for nothing, or for an unreadable sign unless it is a quotation mark.
        trusted: a drawing whose digits all have this probability is not cut,
        trusted_width: if none is wider than this, in its own height.
    """

    doubt: float = 2.2
    disbelief: float = 0.3
    digit: float = 0.18
    one: float = 0.06
    gap: float = 0.005
    gap_scale: float = 0.28
    tall: float = 1.0
    tall_from: float = 0.75
    cut: float = 0.35
    wide: float = 2.9
    wide_from: float = 0.55
    low: float = 6.7
    low_below: float = 0.5
    raised: float = 5.0
    raised_from: float = 0.3
    cut_one: float = 0.3
    cut_overlap: float = 1.0
    link: float = 0.12
    sign: float = 0.1
    sign_first: float = 1.0
    sign_doubt: float = 0.5
    speck: float = 1.6
    trusted: float = 0.99
    trusted_width: float = 2.5


COSTS = Costs()
