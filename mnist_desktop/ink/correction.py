"""What a person says of a digit or sign that was read. Knows neither torch nor Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.ink.lines import around
from mnist_desktop.ink.marks import without_marks
from mnist_desktop.ink.segment import in_lines
from mnist_desktop.ink.signs import UNREADABLE
from mnist_desktop.ink.strokes import SIGNS, Drawing, Stroke

NO_DIGIT = ""
"""What ink means that is no digit."""

Source = Literal["canvas", "file", "picture"]
"""Where ink comes from, see ``Correction``."""

UNTEACHABLE = frozenset(".,/" + UNREADABLE)
"""Signs that are told from a 1 by size and place, of which a network sees neither; so is a
quotation mark, which cannot be read.
"""


@dataclass(frozen=True, eq=False)
class Correction:
    """One digit or sign put right. Each is itself only, whatever others say the same.

    Attributes:
        box: left, top, right, bottom of its ink, as the reading has it: so it is found again.
        read: the digit or sign that was read.
        label: the digit or sign that is meant, or ``NO_DIGIT``, which is no sign either.
        ink: its own strokes; of a picture (28, 28) uint8, what the network saw.
        source: "canvas" for what was drawn here, by this person's hand, "file" for a drawing of a
            strokes file, "picture" for a photo or scan.
    """

    box: tuple[float, float, float, float]
    read: str
    label: str
    ink: Drawing | NDArray[np.uint8]
    source: Source

    @property
    def lesson(self) -> str | None:
        """What a network can learn from the ink: a digit, or ``NO_DIGIT``; None for nothing.

        To learn that a point or a slash is no digit would be to forget ones.
        """
        sign = self.read if self.label == NO_DIGIT else self.label
        if sign in UNTEACHABLE:
            return None
        return NO_DIGIT if self.label in SIGNS else self.label


def ink_of(drawing: Drawing, box: tuple[float, float, float, float]) -> Drawing:
    """The strokes of a digit, cut where the reading cut them.

    Args:
        drawing: with at least one stroke.
        box: of the digit, as it was read.
    """
    written, _ = without_marks(drawing)
    for line in in_lines(written):
        count = len(line.boxes)
        for first in range(count):
            for last in range(first + 1, count + 1):
                if tuple(around(line.boxes[first:last])) == tuple(box):
                    return line.drawing(first, last)
    return _inside(drawing, box)


def _inside(drawing: Drawing, box: tuple[float, float, float, float]) -> Drawing:
    """What lies within a box, for one that no group of parts has; all where nothing does."""
    low, high = np.array(box[:2]), np.array(box[2:])
    found = []
    for stroke in drawing.strokes:
        points = stroke.points[((stroke.points >= low) & (stroke.points <= high)).all(axis=1)]
        if len(points):
            found.append(Stroke(points))
    return Drawing(tuple(found)) or drawing
