"""Which neighbouring parts of a line of ink could be one digit, and what speaks against it."""

from __future__ import annotations

from math import exp, inf, log1p

import numpy as np

from mnist_desktop.ink.parts import Parts
from mnist_desktop.ink.segment import MOST_HEIGHTS, line_height
from mnist_desktop.learning.read.costs import Costs
from mnist_desktop.learning.read.reading import Box
from mnist_desktop.learning.read.sign_costs import MOST_IN_SIGN
from mnist_desktop.learning.read.ways import Group

MAX_GROUP, MAX_PIECES = 5, 8
"""Parts in one digit that stand apart: those of strokes that lie above each other are one already.
And all, with those that were cut from one another."""

MAX_GROUP_WIDTH = 2.2
"""A group of parts that is wider than this, in heights of the line and in its own, is no digit: a 5
with a hat that rises to the right is higher than its parts."""

MAX_INNER_GAP = 0.45
"""Parts that are further apart are not in one digit."""


class Candidates:
    """Runs of neighbouring parts that could be one digit, by their shapes and places alone.

    Lengths are in heights of the line, but for boxes.

    Attributes:
        heights: (n,) of the parts.
        gaps: (n,) before each part, to the furthest that the parts to its left reach.
    """

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._boxes: dict[Group, Box] = {}
        boxes = parts.boxes
        self._height = line_height(boxes)
        self.heights = (boxes[:, 3] - boxes[:, 1]) / self._height
        reach = np.maximum.accumulate(boxes[:, 2])
        self.gaps = np.concatenate([[0.0], boxes[1:, 0] - reach[:-1]]) / self._height

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
            and (self.gaps[inner] <= MAX_INNER_GAP).all()
        )

    def box(self, group: Group) -> Box:
        """Around a group."""
        if (known := self._boxes.get(group)) is not None:
            return known
        lefts, tops, rights, bottoms = zip(*self._parts.boxes[slice(*group)].tolist(), strict=True)
        self._boxes[group] = box = min(lefts), min(tops), max(rights), max(bottoms)
        return box

    def may_be_sign(self, group: Group) -> bool:
        """Whether a group may be a sign: what is part of ink that runs on is none; nor is all
        there is.
        """
        joined = self._parts.joined
        return group[1] - group[0] <= min(MOST_IN_SIGN, len(joined) - 1) and not any(
            joined[end] for end in group if end < len(joined)
        )

    def cost(self, group: Group, costs: Costs) -> float:
        """Of a group as one digit, whatever the network makes of it."""
        first, last = group
        left, top, right, bottom = self.box(group)
        height = (bottom - top) / self._height
        width = (right - left) / self._height
        cost = costs.digit
        cost += costs.wide * max(0.0, width - costs.wide_from * max(height, 0.3))
        cost += costs.low * max(0.0, costs.low_below - height)
        cost += costs.raised * max(0.0, self._raised(group) - costs.raised_from)
        had_tall = False
        for part in range(first, last):
            is_beside = part > first and not self._parts.cuts[part]
            if is_beside:
                cost += _softplus((self.gaps[part] - costs.gap) / costs.gap_scale)
            if self.heights[part] >= costs.tall_from * height:
                cost += costs.tall if is_beside and had_tall else 0.0
                had_tall = True
        return cost

    def _raised(self, group: Group) -> float:
        """How far it ends above the lower of the parts beside it, in heights of the line."""
        first, last = group
        beside = [part for part in (first - 1, last) if 0 <= part < len(self._parts.boxes)]
        lower = max((self.box((part, part + 1))[3] for part in beside), default=-inf)
        return min((lower - self.box(group)[3]) / self._height, MOST_HEIGHTS)

    def border(self, part: int, costs: Costs) -> float:
        """Of beginning anew with this part."""
        if not part:
            return 0.0
        gap = float(self.gaps[part])
        if self._parts.cuts[part]:
            return costs.cut + costs.cut_overlap * max(0.0, -gap)
        return _softplus((costs.gap - gap) / costs.gap_scale)


def _softplus(value: float) -> float:
    """-log of the logistic function of -value."""
    return max(value, 0.0) + log1p(exp(-abs(value)))
