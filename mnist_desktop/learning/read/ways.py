"""Ways through the parts of a line: which groups they take, and what may follow what."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import NamedTuple

from mnist_desktop.ink.signs import SPECK, UNREADABLE

Group = tuple[int, int]
"""Parts from the first number to before the second."""

START, AFTER_DIGIT, AFTER_SIGN = range(3)
"""What a way has come to, but for what was not read."""

BEFORE_DIGITS = "-+"
"""Signs that may stand at the beginning. All others stand between two digits."""


UNREAD = (SPECK, UNREADABLE)
"""Whatever comes before them may be followed by the same as without them."""


class Step(NamedTuple):
    """A group of parts, and the sign that it is read as: none for a digit."""

    group: Group
    sign: str = ""


Way = tuple[Step, ...]

Least = dict[tuple[int, int], tuple[float, Way]]
"""The cheapest way to before each part, by what it has come to, with its cost."""


def state_after(state: int, sign: str) -> int | None:
    """What a way has come to with one more step; None where it may not take it."""
    if not sign:
        return AFTER_DIGIT
    if sign in UNREAD:
        return state
    may = state == AFTER_DIGIT or (state == START and sign in BEFORE_DIGITS)
    return AFTER_SIGN if may else None


def keep_less(least: Least, place: tuple[int, int], cost: float, way: Way) -> None:
    """Remember a way to a place if it costs less than the one that is known."""
    if cost < least.get(place, (inf, ()))[0]:
        least[place] = (cost, way)


def least_through(costs: Sequence[tuple[Group, float]], count: int) -> list[float]:
    """What the cheapest way through each group costs, from the first to the last of all parts."""
    there, back = [0.0, *[inf] * count], [*[inf] * count, 0.0]
    for (first, last), cost in sorted(costs):
        there[last] = min(there[last], there[first] + cost)
    for (first, last), cost in sorted(costs, key=lambda one: -one[0][1]):
        back[first] = min(back[first], cost + back[last])
    return [there[first] + cost + back[last] for (first, last), cost in costs]


def read_steps(way: Way) -> list[Step]:
    """Of a way with a digit in it what is read: without specks, and without the unreadable signs
    after several digits or signs. After a single digit they are read, for they tell that it is
    none: the dot of an i, the arms of a K. Before a digit they may be a minus.
    """
    steps = [step for step in way if step.sign != SPECK]
    places = [place for place, step in enumerate(steps) if step.sign != UNREADABLE]
    return steps if len(places) == 1 else steps[: places[-1] + 1]
