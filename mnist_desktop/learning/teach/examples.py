"""What a person has said of some ink, for a model to learn from. Needs no torch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.ink import SIDE
from mnist_desktop.ink.normalise import normalise
from mnist_desktop.ink.real import write_again
from mnist_desktop.ink.strokes import Drawing, LabelledDrawing
from mnist_desktop.learning.settings.config import NO_DIGIT


@dataclass(frozen=True, eq=False)
class Example:
    """A piece of ink with what is meant by it.

    Attributes:
        label: 0 to 9, or ``config.NO_DIGIT``.
        ink: strokes; or (28, 28) uint8, what the network saw.

    Raises:
        ValueError: another label or shape, or a drawing without strokes.
    """

    label: int
    ink: Drawing | NDArray[np.uint8]

    def __post_init__(self) -> None:
        if not 0 <= self.label <= NO_DIGIT:
            raise ValueError(f"a label is a digit, or {NO_DIGIT} for none, not {self.label}")
        if isinstance(self.ink, Drawing):
            if not self.ink:
                raise ValueError("a drawing needs strokes")
        elif self.ink.shape != (SIDE, SIDE) or self.ink.dtype != np.uint8:
            raise ValueError(f"a picture is {SIDE}×{SIDE} bytes")

    @property
    def drawing(self) -> Drawing | None:
        """The strokes; None of a picture."""
        return self.ink if isinstance(self.ink, Drawing) else None

    @property
    def picture(self) -> NDArray[np.uint8]:
        """(28, 28) uint8, what the network sees."""
        return normalise(self.ink) if isinstance(self.ink, Drawing) else self.ink

    def written_again(self, count: int, random: np.random.Generator) -> list[NDArray[np.uint8]]:
        """So many pictures of the same strokes in slightly other hands; none where there are none.

        See ``ink.real``.
        """
        if not isinstance(self.ink, Drawing):
            return []
        again = write_again([LabelledDrawing(self.ink)], count, random)
        return [normalise(one.drawing) for one in again]


def examples_of(drawings: Iterable[LabelledDrawing]) -> tuple[list[Example], int]:
    """What can be learned from labelled drawings, and how many of them cannot be learned from.

    Those are numbers of several digits, and drawings without strokes. What has a label that is no
    text of digits is an example of no digit.
    """
    examples, others = [], 0
    for one in drawings:
        if not one.drawing or (one.text is not None and len(one.text) > 1):
            others += 1
        else:
            label = NO_DIGIT if one.digits is None else int(one.digits)
            examples.append(Example(label, one.drawing))
    return examples, others
