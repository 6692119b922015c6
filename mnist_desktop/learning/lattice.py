"""From ink in parts to a number: which neighbouring parts together are a digit.

All runs of neighbouring parts that could be a digit are shown to the network at once. The best
way through them, from the first part to the last, is found by dynamic programming: the one whose
costs, what the network thinks of each digit and what speaks against their places and shapes, are
lowest (recognition-based segmentation: Casey, Lecolinet 1996, "A survey of methods and strategies
in character segmentation"; LeCun, Bottou, Bengio, Haffner 1998, §V).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import exp, inf, log, log1p

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.ink.segment import Parts, line_height
from mnist_desktop.learning.reading import Box, Digit, Reading

Group = tuple[int, int]
"""Parts from the first number to before the second, as one digit."""

Classify = Callable[[NDArray[np.uint8]], NDArray[np.float32]]
"""(n, 28, 28) uint8 → probabilities (n, 10) float32."""


@dataclass(frozen=True)
class Costs:
    """What speaks against a way of grouping, in nats: the logarithm of how many times less likely.

    Lengths are parts of the line's height, the height of the highest part. Chosen by
    ``tests/benchmarks/whole_numbers.py --tune``.

    Attributes:
        doubt: times -log of the probability of a group's digit.
        digit: for each group: splitting must be worth it.
        gap, gap_scale: neighbours this far apart are as likely one digit as two; the scale is by
            how much the gap must grow for that to change by a factor of e.
        cut: for dividing a line that runs on.
        cut_one: the same, more, where one of the two is a 1: any piece of a line looks like it.
        cut_overlap: times how far what is on both sides of a cut overlaps in x.
        link: for leaving one out.
        wide, wide_from: times the excess of a group's width over its height.
        low, low_below: times how much less high than this it is.
        trusted: a drawing whose digits all have this probability is not cut,
        trusted_width: if none is wider than this, in its own height.
    """

    doubt: float = 1.62
    digit: float = 0.18
    gap: float = 0.005
    gap_scale: float = 0.28
    cut: float = 0.25
    wide: float = 2.9
    wide_from: float = 0.55
    low: float = 6.7
    low_below: float = 0.5
    cut_one: float = 0.5
    cut_overlap: float = 1.0
    link: float = 0.1
    trusted: float = 0.73
    trusted_width: float = 1.1


COSTS = Costs()

MAX_GROUP = 5
"""Parts in one digit: those of strokes that lie above each other are one already."""

MAX_GROUP_WIDTH = 2.0
"""A group of parts that is wider than this, in heights of the line, is no digit."""

MAX_INNER_GAP = 0.45
"""Parts that are further apart are not in one digit."""

CUT_SEPARATION = 0.75
"""How far it is believed that two digits meet where a line had to be cut: they are answered only
if the network is sure of both."""

CUT_ONE_SEPARATION = 0.5
"""The same where one of them is a 1: any piece of a letter's line looks like it."""

OVERLAP = 0.15
"""Neighbours that overlap by this much, in heights of the line, are believed a third as often."""


def read_lines(
    lines: Sequence[Parts], classify: Classify, strictness: float = 0.0, costs: Costs = COSTS
) -> Reading:
    """The numbers that lines of ink show, one a line.

    Args:
        lines: from top to bottom; one without parts is passed over.
        classify: what the network makes of pictures.
        strictness: it declines where a digit is less sure than this, 0 to 1.
        costs: of ways of grouping.
    """
    read = [Lattice(parts, classify).best(costs) for parts in lines if len(parts.boxes)]
    return Reading(tuple(read)).answered(strictness)


class Lattice:
    """Groups of neighbouring parts that could be digits, and what the network makes of each."""

    def __init__(self, parts: Parts, classify: Classify) -> None:
        self._parts = parts
        self._classify = classify
        self._digits: dict[Group, Digit] = {}
        boxes = parts.boxes
        self._height = line_height(boxes)
        # The gap before each part: to the furthest that the parts to its left reach.
        reach = np.maximum.accumulate(boxes[:, 2])
        self._gaps = np.concatenate([[0.0], boxes[1:, 0] - reach[:-1]]) / self._height

    def groups(self, *, cut: bool) -> list[Group]:
        """All that could be one digit; without ``cut``, only such as divide no line."""
        cuts = self._parts.cuts
        count = len(cuts)
        starts = [index for index in range(count) if cut or not cuts[index]]
        ends = [*starts[1:], count]
        groups = []
        for position, first in enumerate(starts):
            for last in ends[position : position + MAX_GROUP]:
                if last > ends[position] and not self._could_be_one((first, last)):
                    break
                groups.append((first, last))
        return groups

    def _could_be_one(self, group: Group) -> bool:
        left, _, right, _ = self.box(group)
        return bool(
            right - left <= MAX_GROUP_WIDTH * self._height
            and (self._gaps[group[0] + 1 : group[1]] <= MAX_INNER_GAP).all()
        )

    def box(self, group: Group) -> Box:
        """Around a group."""
        boxes = self._parts.boxes[slice(*group)]
        left, top = boxes[:, :2].min(axis=0)
        right, bottom = boxes[:, 2:].max(axis=0)
        return float(left), float(top), float(right), float(bottom)

    def classify(self, groups: list[Group]) -> None:
        """Show the network those groups that it has not seen yet, all at once."""
        new = [group for group in groups if group not in self._digits]
        if not new:
            return
        pictures = np.stack([self._parts.picture(*group) for group in new])
        for group, picture, probabilities in zip(
            new, pictures, self._classify(pictures), strict=True
        ):
            self._digits[group] = Digit(probabilities, picture, self.box(group))

    def best(self, costs: Costs) -> tuple[Digit, ...]:
        """The digits of the way that costs least; lines are cut only where that way is unsure."""
        digits = self._cheapest(self.groups(cut=False), costs)
        if not self._parts.cuts.any() or all(_is_trusted(digit, costs) for digit in digits):
            return digits
        return self._cheapest(self.groups(cut=True), costs)

    def _cheapest(self, groups: list[Group], costs: Costs) -> tuple[Digit, ...]:
        """The way through all parts that costs least, by dynamic programming."""
        self.classify(groups)
        least: dict[int, tuple[float, list[Group]]] = {0: (0.0, [])}
        skipped = 0
        for group in groups:  # those that begin further left come first
            first, last = group
            while skipped < first:
                self._skip(skipped, least, costs)
                skipped += 1
            if first not in least:
                continue
            before, way = least[first]
            cost = before + self.cost(group, costs)
            if cost < least.get(last, (inf, []))[0]:
                least[last] = (cost, [*way, group])
        return self._separated(least[len(self._parts.boxes)][1])

    def _skip(
        self, part: int, least: dict[int, tuple[float, list[Group]]], costs: Costs
    ) -> None:
        """A link may be left out between two digits."""
        if not self._parts.links[part] or part not in least or not part:
            return
        before, way = least[part]
        if before + costs.link < least.get(part + 1, (inf, []))[0]:
            least[part + 1] = (before + costs.link, way)

    def _separated(self, way: list[Group]) -> tuple[Digit, ...]:
        """The digits of a way, each with how well it stands apart from its neighbours."""
        digits = [self._digits[group] for group in way]
        inner = [
            self._separation(first, left, right)
            for (first, _), (left, right) in zip(way[1:], pairwise(digits), strict=True)
        ]
        borders = [1.0, *inner, 1.0]
        return tuple(
            replace(digit, separation=min(around))
            for digit, around in zip(digits, pairwise(borders), strict=True)
        )

    def _separation(self, part: int, left: Digit, right: Digit) -> float:
        """How believable it is that one digit ends before this part and the other begins."""
        if self._parts.cuts[part]:
            return CUT_ONE_SEPARATION if 1 in {left.digit, right.digit} else CUT_SEPARATION
        return exp(min(0.0, self._gaps[part] / OVERLAP))

    def cost(self, group: Group, costs: Costs) -> float:
        """Of a group as one digit, and of the border before it."""
        first, last = group
        left, top, right, bottom = self.box(group)
        height = (bottom - top) / self._height
        width = (right - left) / self._height
        cost = costs.digit - costs.doubt * log(max(self._digits[group].probability, 1e-6))
        cost += costs.wide * max(0.0, width - costs.wide_from * max(height, 0.3))
        cost += costs.low * max(0.0, costs.low_below - height)
        if self._digits[group].digit == 1:
            ends = [end for end in group if end < len(self._parts.cuts) and self._parts.cuts[end]]
            cost += costs.cut_one * len(ends)
        for index in range(first, last):
            if self._parts.cuts[index]:
                if index == first:
                    cost += costs.cut + costs.cut_overlap * max(0.0, -float(self._gaps[index]))
            elif index:
                apart = (self._gaps[index] - costs.gap) / costs.gap_scale
                cost += _softplus(-apart if index == first else apart)
        return cost


def _is_trusted(digit: Digit, costs: Costs) -> bool:
    left, top, right, bottom = digit.box
    narrow = right - left <= costs.trusted_width * (bottom - top)
    return digit.probability >= costs.trusted and narrow


def _softplus(value: float) -> float:
    """-log of the logistic function of -value."""
    return max(value, 0.0) + log1p(exp(-abs(value)))
