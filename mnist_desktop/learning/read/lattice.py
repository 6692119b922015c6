"""From ink in parts to a number: which neighbouring parts together are a digit.

Runs of neighbouring parts that could be a digit are shown to the network at once. The best way
through them, from the first part to the last, is found by dynamic programming: the one whose
costs, what the network thinks of each digit and what speaks against their places and shapes, are
lowest (recognition-based segmentation: Casey, Lecolinet 1996, "A survey of methods and strategies
in character segmentation"; LeCun, Bottou, Bengio, Haffner 1998, §V).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from math import exp, inf, log

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.ink.parts import Parts
from mnist_desktop.ink.signs import CLASSES, SPECK, sign_probabilities, without_pen
from mnist_desktop.ink.strokes import Drawing
from mnist_desktop.learning.models.pen import Judgement, heard
from mnist_desktop.learning.read.candidates import Candidates
from mnist_desktop.learning.read.costs import Costs
from mnist_desktop.learning.read.reading import Digit, Reading, Sign, box_of
from mnist_desktop.learning.read.sign_costs import sign_costs
from mnist_desktop.learning.read.ways import (
    AFTER_DIGIT,
    AFTER_SIGN,
    START,
    Group,
    Least,
    Step,
    Way,
    keep_less,
    least_through,
    read_steps,
    state_after,
)
from mnist_desktop.progress import Progress, unwatched

Classify = Callable[[NDArray[np.uint8]], NDArray[np.float32]]
"""(n, 28, 28) uint8 → probabilities (n, 10) float32."""

Judge = Callable[[Sequence[Drawing | None]], Judgement]
"""What the way the pen went says of drawings; of None, nothing."""

CUT_SEPARATION = 0.75
"""How far it is believed that two digits meet where a line had to be cut, or where their ink
touches: they are answered only if the network is sure of both."""

CUT_ONE_SEPARATION = 0.5
"""The same where one of them is a 1 or a sign: any piece of a letter looks like it."""

A_SPECK = CLASSES.index(SPECK)
"""Its place among the probabilities of signs."""

SAME = 1e-9
"""Sums that differ by less than this part of them are one, added up in another order."""

UNLIKELY = 1e-4
"""No part of a digit is less probable than this."""

OVERLAP = 0.15
"""Neighbours that overlap by this much, in heights of the line, are believed a third as often."""


class Lattice:
    """Groups of neighbouring parts that could be digits, and what the network makes of each.

    Attributes:
        candidates: the groups.

    Args:
        judge: speaks beside the network; None where nothing is known of how the pen goes.
        progress: called, with 0, before each picture is made, which takes longest: how many there
            will be is not known.
    """

    def __init__(
        self,
        parts: Parts,
        classify: Classify,
        judge: Judge | None = None,
        progress: Progress = unwatched,
    ) -> None:
        self._parts = parts
        self._classify = classify
        self._judge = judge
        self._progress = progress
        self._digits: dict[Group, Digit] = {}
        self._signs: dict[Group, NDArray[np.float64]] = {}
        self.candidates = Candidates(parts)

    def classify(self, groups: list[Group]) -> None:
        """Show the network those groups that it has not seen yet, all at once."""
        new = [group for group in groups if group not in self._digits]
        if not new:
            return
        pictures = np.stack([self._picture(group) for group in new])
        seen = self._classify(pictures)
        digits = [
            Digit(one, picture, self.candidates.box(group))
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
        whole = [place for place, group in enumerate(new) if self.candidates.may_be_sign(group)]
        if whole:
            some = [new[place] for place in whole]
            boxes = without_pen(self._parts.boxes, self._parts.pen)
            sure = seen[whole].max(axis=1)
            found = sign_probabilities(pictures[whole], boxes, np.array(some), sure)
            self._signs.update(zip(some, found, strict=True))

    def _picture(self, group: Group) -> NDArray[np.uint8]:
        self._progress(0.0)
        return self._parts.picture(*group)

    def best(self, costs: Costs) -> Reading:
        """What is read on the way that costs least, as one line that is not declined.

        Lines are cut only where that way is unsure, and where it may cost less: the network sees
        no group that does not lie on such a way (branch and bound: Land, Doig 1960).
        """
        cost, way = self._cheapest(self.candidates.groups(cut=False), costs)
        reading = self._reading(way)
        if not self._parts.cuts.any() or all(_is_trusted(one, costs) for one in reading.digits):
            return reading
        groups = self.candidates.groups(cut=True)
        # What is too wide for a digit is not left whole.
        most = cost if {step.group for step in way} <= set(groups) else inf
        return self._reading(self._cheapest(self._promising(groups, most, costs), costs)[1])

    def _promising(self, groups: list[Group], most: float, costs: Costs) -> list[Group]:
        """Those of the groups on a way that may cost no more than that."""
        least = {
            group: min(cost for _, cost in self._steps(group, costs))
            if group in self._digits
            else self.candidates.border(group[0], costs) + self._least_cost(group, costs)
            for group in groups
        }
        links = [
            ((int(part), int(part) + 1), costs.link) for part in self._parts.links.nonzero()[0]
        ]
        through = least_through([*least.items(), *links], len(self._parts.boxes))
        most *= 1 + SAME
        return [group for group, cost in zip(groups, through, strict=False) if cost <= most]

    def _cheapest(self, groups: list[Group], costs: Costs) -> tuple[float, Way]:
        """What the way through all parts costs that costs least, and the way, by dynamic
        programming.
        """
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
        return least[len(self._parts.boxes), AFTER_DIGIT]

    def _leave_out(self, part: int, least: Least, costs: Costs) -> None:
        """A link may be left out between two digits."""
        known = least.get((part, AFTER_DIGIT))
        if self._parts.links[part] and known:
            keep_less(least, (part + 1, AFTER_DIGIT), known[0] + costs.link, known[1])

    def _steps(self, group: Group, costs: Costs) -> list[tuple[Step, float]]:
        """What a group may be, each with its cost."""
        border = self.candidates.border(group[0], costs)
        steps = [(Step(group), border + self.cost(group, costs))]
        if (signs := self._signs.get(group)) is None:
            return steps
        is_one = bool(self._parts.cuts[group[0] + 1 : group[1]].all())
        height = float(self.candidates.heights[slice(*group)].max())
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
        unread = [self.candidates.box(step.group) for step in way if step not in read]
        for step in read if not self._parts.is_crowd else ():
            unread += map(box_of, self._parts.left_out(*step.group))
        return Reading((line,), unread=tuple(unread))

    def _sign(self, step: Step) -> Sign:
        is_read = step.sign in CLASSES
        probability = self._signs[step.group][CLASSES.index(step.sign)].item() if is_read else 0.0
        return Sign(
            step.sign,
            probability,
            self._digits[step.group].picture,
            self.candidates.box(step.group),
        )

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
        return min(believed, exp(min(0.0, self.candidates.gaps[first] / OVERLAP)))

    def cost(self, group: Group, costs: Costs) -> float:
        """Of a group that the network has seen, as one digit."""
        (first, last), digit, cuts = group, self._digits[group], self._parts.cuts
        cost = self._least_cost(group, costs) - costs.doubt * log(max(digit.probability, 1e-6))
        if cuts[first + 1 : last].any():
            cost -= costs.disbelief * log(max(digit.belief, UNLIKELY))
        if digit.digit == 1:
            cost += costs.one + costs.cut_one * sum(
                1 for end in group if end < len(cuts) and cuts[end]
            )
        return cost

    def _least_cost(self, group: Group, costs: Costs) -> float:
        """The same were the network sure of it, as far as its parts are known."""
        first, last = group
        cost = self.candidates.cost(group, costs)
        # A sign is not part of a digit; a speck may be.
        for part in range(first, last):
            if (signs := self._signs.get((part, part + 1))) is not None:
                inked = signs[0] + (signs[A_SPECK] if last > first + 1 else 0.0)
                cost -= costs.sign_doubt * log(max(inked, UNLIKELY))
        return cost


def _is_trusted(digit: Digit, costs: Costs) -> bool:
    left, top, right, bottom = digit.box
    is_narrow = right - left <= costs.trusted_width * (bottom - top)
    return digit.probability >= costs.trusted and is_narrow
