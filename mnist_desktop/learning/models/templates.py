"""How a person's pen goes when they write a digit: what a picture does not show. Needs no torch.

In how their pen goes people differ from each other (``pen`` knows what most do), but one hardly
varies. So a model that was taught keeps the ways of the pen in what it was taught, and where a
drawing lies near one of them, that speaks for its digit, too (writer adaptation by templates:
Connell and Jain 2002, "Writer adaptation for online handwriting recognition"). A photo has no such
ways.

Of all that was tried, see ``tests/benchmarks/README.md``, this leaves the fewest errors: before
people's pens were heard new neurons alone left 0.63 of them, with the templates 0.31.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.ink.strokes import Drawing
from mnist_desktop.ink.trajectory import (
    POINTS,
    DynamicTimeWarping,
    Trajectories,
    trajectory,
)
from mnist_desktop.learning.settings.config import CLASSES

SUPPORT = 6.0
"""What is added to a digit's score, once it is calibrated, for a drawing that is the same as one
that was taught."""

REACH = 0.15
"""Of ``distances``: for one as far away as this nothing is added. Farther out there are letters."""

MOST_OF_DIGIT = 10
"""The newest are kept: the way somebody writes now."""


@dataclass(frozen=True, eq=False)
class Templates:
    """The ways of the pen in drawings that a person taught.

    Attributes:
        trajectories: (n, POINTS, 2) float32, as of ``ink.trajectory``.
        labels: (n,) int64, 0 to 9.

    Raises:
        ValueError: other shapes, points beyond what a trajectory can have, labels that are no
            digits, or more than ``MOST_OF_DIGIT`` of one.
    """

    trajectories: Trajectories = field(default_factory=lambda: np.empty((0, POINTS, 2), np.float32))
    labels: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))

    def __post_init__(self) -> None:
        if self.trajectories.shape != (len(self.labels), POINTS, 2):
            raise ValueError(f"{self.trajectories.shape} are not {len(self.labels)} trajectories")
        if not (np.abs(self.trajectories) <= 0.5).all():  # false for what is no number
            raise ValueError("a template has points beyond its box")
        if not np.isin(self.labels, np.arange(CLASSES)).all():
            raise ValueError("a template is of a digit")
        if len(self) and np.bincount(self.labels).max() > MOST_OF_DIGIT:
            raise ValueError(f"of a digit there are at most {MOST_OF_DIGIT} templates")

    @cached_property
    def _warping(self) -> DynamicTimeWarping:
        return DynamicTimeWarping(self.trajectories)

    def __len__(self) -> int:
        return len(self.labels)

    def with_drawings(self, drawings: Iterable[tuple[Drawing, int]]) -> Templates:
        """These and newer ones, each with its digit; of each digit the newest.

        One that is known already is not kept twice.
        """
        known = zip(self.trajectories, self.labels.tolist(), strict=True)
        new = ((trajectory(drawing), digit) for drawing, digit in drawings)
        unique = {(digit, one.tobytes()): one for one, digit in chain(known, new)}
        if not unique:
            return self
        trajectories = np.stack(list(unique.values()))
        labels = np.array([digit for digit, _ in unique], np.int64)
        of_digits = [np.flatnonzero(labels == digit)[-MOST_OF_DIGIT:] for digit in range(CLASSES)]
        newest = np.sort(np.concatenate(of_digits))
        return Templates(trajectories[newest], labels[newest])

    def support(self, drawings: Sequence[Drawing | None]) -> NDArray[np.float32]:
        """(n, 10) what each drawing, as one digit, adds to the scores of the ten digits, at least
        0; nothing for None.
        """
        support = np.zeros((len(drawings), CLASSES), np.float32)
        drawn = [place for place, one in enumerate(drawings) if one is not None]
        if not drawn or not len(self):
            return support
        ways = np.stack([trajectory(one) for one in drawings if one is not None])
        near = 1 - self._warping.distances(ways) / REACH
        for digit in np.unique(self.labels):
            nearest = near[:, self.labels == digit].max(axis=1)
            support[drawn, digit] = SUPPORT * np.maximum(nearest, 0)
        return support
