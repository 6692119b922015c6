"""From lines of ink to what they say: the numbers, and what is written small beside them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mnist_desktop.ink.parts import Parts
from mnist_desktop.ink.segment import line_height
from mnist_desktop.ink.signs import UNREADABLE
from mnist_desktop.learning.read.costs import COSTS, Costs
from mnist_desktop.learning.read.lattice import Classify, Judge, Lattice
from mnist_desktop.learning.read.reading import (
    DEFAULT_STRICTNESS,
    Box,
    Digit,
    Item,
    Line,
    Reading,
)
from mnist_desktop.progress import Progress, unwatched

CAPTION = 0.6
"""A line that is lower than this part of the highest, and of which the network is less sure than
it usually must be, is about the number and none itself: it makes nothing of the others doubtful.
Unreadable signs in it do not make it one."""


def read_lines(
    lines: Sequence[Parts],
    classify: Classify,
    strictness: float = 0.0,
    *,
    costs: Costs = COSTS,
    judge: Judge | None = None,
    progress: Progress = unwatched,
) -> Reading:
    """The numbers that lines of ink show, one a line; of captions, that they were not read.

    Args:
        lines: from top to bottom; one without parts is passed over.
        classify: what the network makes of pictures.
        strictness: it declines where it is less sure of something than this, 0 to 1.
        costs: of ways of grouping.
        judge: what the way the pen went says of groups of strokes, where anything is known of it.
        progress: see ``Lattice``.
    """
    inked = [parts for parts in lines if len(parts.boxes)]
    read = [Lattice(parts, classify, judge, progress).best(costs) for parts in inked]
    heights = np.array([line_height(parts.boxes) for parts in inked])
    kept: list[Line] = []
    unread: list[Box] = []
    for one, height in zip(read, heights, strict=True):
        least = min(_by_look(item) for item in one.items if item.text != UNREADABLE)
        is_caption = height < CAPTION * heights.max() and least < DEFAULT_STRICTNESS
        unread += [*(item.box for item in one.items if is_caption), *one.unread]
        kept += () if is_caption else one.lines
    return Reading(tuple(kept), unread=tuple(unread)).answered(strictness)


def _by_look(item: Item) -> float:
    """How sure the network alone is of it."""
    return item.seen.confidence if isinstance(item, Digit) else item.confidence
