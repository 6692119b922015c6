"""What ink in parts is to whoever reads a number: strokes and pictures alike."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.ink.strokes import Drawing


class Parts(Protocol):
    """Ink in parts that are not divided any further, ordered from left to right.

    Whoever reads a number tries which neighbouring parts together are a digit. A digit is always
    a run of consecutive parts, and every part belongs to exactly one digit.
    """

    @property
    def boxes(self) -> NDArray[np.float64]:
        """(n, 4) float64: left, top, right, bottom of each part, in the ink's own unit."""

    @property
    def pen(self) -> float:
        """How wide the lines are of which ``boxes`` show the outsides, in the same unit; 0 where
        they show the middles.
        """

    @property
    def cuts(self) -> NDArray[np.bool_]:
        """(n,) bool: a line that runs on has been cut between this part and the one before, or
        between some part on this side and some part on the other.
        """

    @property
    def joined(self) -> NDArray[np.bool_]:
        """(n,) bool: the same, and also where that is surely between two digits, and no cut."""

    @property
    def links(self) -> NDArray[np.bool_]:
        """(n,) bool: a part that may be the way from one digit to the next, and in neither."""

    @property
    def is_crowd(self) -> bool:
        """Whether it is more than can be held apart, as one part: no digit in any case."""

    def picture(self, first: int, last: int) -> NDArray[np.uint8]:
        """Parts ``first`` to ``last`` - 1 as one digit, normalised: (28, 28) uint8."""

    def drawing(self, first: int, last: int) -> Drawing | None:
        """The strokes of these parts in the order they were drawn; None of a picture's ink."""

    def left_out(self, first: int, last: int) -> NDArray[np.float64]:
        """(n, 4) the boxes of ink that is in these parts and not in their picture."""

    def touch(self, first: int, border: int, last: int) -> bool:
        """Whether ink of parts ``first`` to ``border`` - 1 touches that of ``border`` to ``last``
        - 1, though no line runs on between the two that meet.
        """
