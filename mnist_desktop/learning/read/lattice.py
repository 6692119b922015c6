"""From ink in parts to a number: which neighbouring parts together are a digit.

All runs of neighbouring parts that could be a digit are shown to the network at once. The best
way through them, from the first part to the last, is found by dynamic programming: the one whose
costs, what the network thinks of each digit and what speaks against their places and shapes, are
lowest (recognition-based segmentation: Casey, Lecolinet 1996, "A survey of methods and strategies
in character segmentation"; LeCun, Bottou, Bengio, Haffner 1998, §V).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from math import exp, inf, log, log1p

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.ink.parts import Parts
from mnist_desktop.ink.segment import line_height
from mnist_desktop.ink.signs import CLASSES, SPECK, sign_probabilities, without_pen
from mnist_desktop.ink.strokes import Drawing
from mnist_desktop.learning.models.pen import Judgement, heard
from mnist_desktop.learning.read.costs import Costs
from mnist_desktop.learning.read.reading import Box, Digit, Reading, Sign, box_of
from mnist_desktop.learning.read.sign_costs import MOST_IN_SIGN, sign_costs
from mnist_desktop.learning.read.ways import (
    AFTER_DIGIT,
    AFTER_SIGN,
    START,
    Group,
    Least,
    Step,
    Way,
    keep_less,
    read_steps,
    state_after,
)

Classify = Callable[[NDArray[np.uint8]], NDArray[np.float32]]
"""(n, 28, 28) uint8 → probabilities (n, 10) float32."""

Judge = Callable[[Sequence[Drawing | None]], Judgement]
"""What the way the pen went says of drawings; of None, nothing."""

MAX_GROUP, MAX_PIECES = 5, 8
"""Parts in one digit that stand apart: those of strokes that lie above each other are one already.
And all, with those that were cut from one another."""

MAX_GROUP_WIDTH = 2.2
"""A group of parts that is wider than this, in heights of the line and in its own, is no digit: a 5
with a hat that rises to the right is higher than its parts."""

MAX_INNER_GAP = 0.45
"""Parts that are further apart are not in one digit."""

CUT_SEPARATION = 0.75
"""How far it is believed that two digits meet where a line had to be cut, or where their ink
touches: they are answered only if the network is sure of both."""

CUT_ONE_SEPARATION = 0.5
"""The same where one of them is a 1 or a sign: any piece of a letter looks like it."""

A_SPECK = CLASSES.index(SPECK)
"""Its place among the probabilities of signs."""

UNLIKELY = 1e-4
"""No part of a digit is less probable than this."""

OVERLAP = 0.15
"""Neighbours that overlap by this much, in heights of the line, are believed a third as often."""


class Lattice:
    """Groups of neighbouring parts that could be digits, and what the network makes of each.

    Args:
        judge: speaks beside the network; None where nothing is known of how the pen goes.
    """

    def __init__(self, parts: Parts, classify: Classify, judge: Judge | None = None) -> None:
        self._parts = parts
        self._classify = classify
        self._judge = judge
        self._digits: dict[Group, Digit] = {}
        self._signs: dict[Group, NDArray[np.float64]] = {}
        self._boxes: dict[Group, Box] = {}
        boxes = parts.boxes
        self._height = line_height(boxes)
        self._heights = (boxes[:, 3] - boxes[:, 1]) / self._height
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
            for last in ends[position : position + MAX_PIECES]:
                if last > ends[position] and not self._could_be_one((first, last)):
                    break
                groups.append((first, last))
        return groups

    def _could_be_one(self, group: Group) -> bool:
        left, top, right, bottom = self.box(group)
        inner = slice(group[0] + 1, group[1])
        return bool(
            np.count_nonzero(~self._parts.cuts[inner]) < MAX_GROUP
            and right - left <= MAX_GROUP_WIDTH * max(self._height, bottom - top)
            and (self._gaps[inner] <= MAX_INNER_GAP).all()
        )

    def box(self, group: Group) -> Box:
        """Around a group."""
        if (known := self._boxes.get(group)) is not None:
            return known
        lefts, tops, rights, bottoms = zip(*self._parts.boxes[slice(*group)].tolist(), strict=True)
        self._boxes[group] = box = min(lefts), min(tops), max(rights), max(bottoms)
        return box

    def classify(self, groups: list[Group]) -> None:
        """Show the network those groups that it has not seen yet, all at once."""
        new = [group for group in groups if group not in self._digits]
        if not new:
            return
        pictures = np.stack([self._parts.picture(*group) for group in new])
        seen = self._classify(pictures)
        digits = [
            Digit(one, picture, self.box(group))
            for group, picture, one in zip(new, pictures, seen, strict=True)
        ]
        if self._judge:
            drawings = [self._parts.drawing(*group) for group in new]
            judgement = self._judge(drawings)
            probabilities, belief = heard(seen, judgement)
            for place, drawing in enumerate(drawings):
                if drawing is not None:
                    digits[place] = replace(
                        digits[place],
                        probabilities=probabilities[place],
                        support=judgement.support[place],
                        belief=belief[place].item(),
                    )
        self._digits.update(zip(new, digits, strict=True))
        # What is part of a line that runs on is no sign; nor is all there is.
        whole = [place for place, group in enumerate(new) if self._stands_alone(group)]
        if whole:
            some = [new[place] for place in whole]
            boxes = without_pen(self._parts.boxes, self._parts.pen)
            sure = seen[whole].max(axis=1)
            found = sign_probabilities(pictures[whole], boxes, np.array(some), sure)
            self._signs.update(zip(some, found, strict=True))

    def _stands_alone(self, group: Group) -> bool:
        cuts = self._parts.cuts
        return group[1] - group[0] <= min(MOST_IN_SIGN, len(cuts) - 1) and not any(
            cuts[end] for end in group if end < len(cuts)
        )

    def best(self, costs: Costs) -> Reading:
        """What is read on the way that costs least, as one line that is not declined.

        Lines are cut only where that way is unsure.
        """
        reading = self._cheapest(self.groups(cut=False), costs)
        if not self._parts.cuts.any() or all(_is_trusted(one, costs) for one in reading.digits):
            return reading
        return self._cheapest(self.groups(cut=True), costs)

    def _cheapest(self, groups: list[Group], costs: Costs) -> Reading:
        """The way through all parts that costs least, by dynamic programming."""
        self.classify(groups)
        least: Least = {(0, START): (0.0, ())}
        passed = 0
        for group in groups:  # those that begin further left come first
            first, last = group
            for part in range(passed, first):
                self._leave_out(part, least, costs)
            passed = first
            steps = self._steps(group, costs)
            for state in (START, AFTER_DIGIT, AFTER_SIGN):
                before, way = least.get((first, state), (inf, ()))
                for step, cost in steps if before < inf else ():
                    after = state_after(state, step.sign)
                    if after is not None:
                        keep_less(least, (last, after), before + cost, (*way, step))
        return self._reading(least[len(self._parts.boxes), AFTER_DIGIT][1])

    def _leave_out(self, part: int, least: Least, costs: Costs) -> None:
        """A link may be left out between two digits."""
        known = least.get((part, AFTER_DIGIT))
        if self._parts.links[part] and known:
            keep_less(least, (part + 1, AFTER_DIGIT), known[0] + costs.link, known[1])

    def _steps(self, group: Group, costs: Costs) -> list[tuple[Step, float]]:
        """What a group may be, each with its cost."""
        border = self.border(group[0], costs)
        steps = [(Step(group), border + self.cost(group, costs))]
        if (signs := self._signs.get(group)) is None:
            return steps
        is_one = bool(self._parts.cuts[group[0] + 1 : group[1]].all())
        height = float(self._heights[slice(*group)].max())
        for sign, cost in sign_costs(signs, costs, is_one=is_one, height=height):
            first = costs.sign_first if sign != SPECK and not group[0] else 0.0
            steps.append((Step(group, sign), border + cost + first))
        return steps

    def _reading(self, way: Way) -> Reading:
        """What a way says, its digits each with how well they stand apart from others."""
        read = read_steps(way)
        apart = [self._separation(one, other) for one, other in pairwise(read)]
        edge = 0.0 if self._parts.is_crowd else 1.0
        line = tuple(
            replace(self._digits[step.group], separation=min(around))
            if not step.sign
            else self._sign(step)
            for step, around in zip(read, pairwise([edge, *apart, edge]), strict=True)
        )
        unread = [self.box(step.group) for step in way if step not in read]
        for step in read if not self._parts.is_crowd else ():
            unread += map(box_of, self._parts.left_out(*step.group))
        return Reading((line,), unread=tuple(unread))

    def _sign(self, step: Step) -> Sign:
        is_read = step.sign in CLASSES
        probability = self._signs[step.group][CLASSES.index(step.sign)].item() if is_read else 0.0
        return Sign(step.sign, probability, self._digits[step.group].picture, self.box(step.group))

    def _separation(self, left: Step, right: Step) -> float:
        """How believable it is that one digit ends before the other begins."""
        first, is_sign = right.group[0], bool(left.sign or right.sign)
        is_cut = self._parts.cuts[first]
        believed = 1.0
        if is_cut or self._parts.touch(left.group[0], first, right.group[1]):
            is_one = any(self._digits[step.group].digit == 1 for step in (left, right))
            believed = CUT_ONE_SEPARATION if is_one or is_sign else CUT_SEPARATION
        if is_cut or is_sign:
            return believed
        return min(believed, exp(min(0.0, self._gaps[first] / OVERLAP)))

    def cost(self, group: Group, costs: Costs) -> float:
        """Of a group as one digit."""
        first, last = group
        left, top, right, bottom = self.box(group)
        height = (bottom - top) / self._height
        width = (right - left) / self._height
        cost = costs.digit - costs.doubt * log(max(self._digits[group].probability, 1e-6))
        cost += costs.wide * max(0.0, width - costs.wide_from * max(height, 0.3))
        cost += costs.low * max(0.0, costs.low_below - height)
        cost += costs.raised * max(0.0, self._raised(group) - costs.raised_from)
        cuts = self._parts.cuts
        if cuts[first + 1 : last].any():
            cost -= costs.disbelief * log(max(self._digits[group].belief, UNLIKELY))
        if self._digits[group].digit == 1:
            cost += costs.one + costs.cut_one * sum(
                1 for end in group if end < len(cuts) and cuts[end]
            )
        had_tall = False
        for part in range(first, last):
            is_beside = part > first and not cuts[part]
            if is_beside:
                cost += _softplus((self._gaps[part] - costs.gap) / costs.gap_scale)
            if self._heights[part] >= costs.tall_from * height:
                cost += costs.tall if is_beside and had_tall else 0.0
                had_tall = True
        # A sign is not part of a digit; a speck may be.
        for part in range(first, last):
            if (signs := self._signs.get((part, part + 1))) is not None:
                inked = signs[0] + (signs[A_SPECK] if last > first + 1 else 0.0)
                cost -= costs.sign_doubt * log(max(inked, UNLIKELY))
        return cost

    def _raised(self, group: Group) -> float:
        """How far it ends above the lower of the parts beside it, in heights of the line."""
        first, last = group
        beside = [part for part in (first - 1, last) if 0 <= part < len(self._parts.boxes)]
        lower = max((self.box((part, part + 1))[3] for part in beside), default=-inf)
        return (lower - self.box(group)[3]) / self._height

    def border(self, part: int, costs: Costs) -> float:
        """Of beginning anew with this part."""
        if not part:
            return 0.0
        gap = float(self._gaps[part])
        if self._parts.cuts[part]:
            return costs.cut + costs.cut_overlap * max(0.0, -gap)
        return _softplus((costs.gap - gap) / costs.gap_scale)


def _is_trusted(digit: Digit, costs: Costs) -> bool:
    left, top, right, bottom = digit.box
    is_narrow = right - left <= costs.trusted_width * (bottom - top)
    return digit.probability >= costs.trusted and is_narrow


def _softplus(value: float) -> float:
    """-log of the logistic function of -value."""
    return max(value, 0.0) + log1p(exp(-abs(value)))
