"""A picture that is looked at, wherever that is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.ink import SIDE
from mnist_desktop.ink.photo.mnist_picture import FAINT
from mnist_desktop.ink.strokes import Drawing

SPLITS = ("train", "validation", "test")
"""The names of a data set's parts, attributes of ``Splits``."""


CORRECTED = " ✎"
"""Behind the label of a picture that a person has put right."""


@dataclass(frozen=True)
class Place:
    """Where in the data set a picture is.

    Attributes:
        split: one of ``SPLITS``.
        index: in it, from 0.
    """

    split: str
    index: int


@dataclass(frozen=True, eq=False)
class Specimen:
    """One picture.

    Attributes:
        picture: (28, 28 k) uint8: k digits side by side.
        label: what it is said to show; "" where nobody has said.
        own_label: what the data set says, where a person has said otherwise.
        place: where in the data set it is; None where it is not in there.
        drawing: its strokes, where it was drawn and they are known.
    """

    picture: NDArray[np.uint8]
    label: str = ""
    own_label: str = ""
    place: Place | None = None
    drawing: Drawing | None = None

    @property
    def mark(self) -> str:
        """What stands behind its label."""
        return CORRECTED if self.own_label else ""

    @property
    def is_single(self) -> bool:
        """Whether the network can be asked about it: it is one digit."""
        return self.picture.shape == (SIDE, SIDE)

    @property
    def can_go_on_canvas(self) -> bool:
        """Whether it can be read there: it is one digit, and there is ink."""
        return self.is_single and bool((self.picture > FAINT).any())
