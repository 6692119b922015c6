"""What a person says of a digit that was read. Knows neither torch nor Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.ink.segment import in_lines
from mnist_desktop.ink.strokes import Drawing, Stroke

NO_DIGIT = ""
"""What ink means that is no digit."""


@dataclass(frozen=True, eq=False)
class Correction:
    """One digit put right. Each is itself only, whatever others say the same.

    Attributes:
        box: left, top, right, bottom of its ink, as the reading has it: so it is found again.
        label: the digit that is meant, or ``NO_DIGIT``.
        ink: the digit's own strokes; of a picture (28, 28) uint8, what the network saw.
        source: "canvas" for what was drawn here, by this person's hand, "file" for a drawing of a
            strokes file, "picture" for a photo or scan.
    """

    box: tuple[float, float, float, float]
    label: str
    ink: Drawing | NDArray[np.uint8]
    source: Literal["canvas", "file", "picture"]


def ink_of(drawing: Drawing, box: tuple[float, float, float, float]) -> Drawing:
    """The strokes of a digit, cut where the reading cut them.

    Args:
        drawing: with at least one stroke.
        box: of the digit, as it was read.
    """
    for line in in_lines(drawing):
        count = len(line.boxes)
        for first in range(count):
            for last in range(first + 1, count + 1):
                some = line.boxes[first:last]
                if (*some[:, :2].min(axis=0), *some[:, 2:].max(axis=0)) == tuple(box):
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
