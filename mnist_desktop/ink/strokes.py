"""Drawings as vectors: strokes of a pen, with y pointing down."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

DIGITS = "0123456789"

SIGNS = ".,-/:+"
"""What may stand between digits, and the ``-`` and ``+`` before them."""

MAX_COORDINATE = 1e100
"""Far from the largest number there is, so that distances and their squares are numbers too."""


@dataclass(frozen=True, eq=False)
class Stroke:
    """One touch of the pen, from down to up.

    Attributes:
        points: (n, 2) float64, n ≥ 1: x to the right and y down, in the drawing's own unit.
        widths: (n,) float64, the ink's width at each point, for showing only: what is read does
            not depend on it. None where the source has no widths.
        is_live: the pen is still down, and goes on.

    Raises:
        ValueError: wrong shapes, or numbers that are not finite or beyond ``MAX_COORDINATE``.
    """

    points: NDArray[np.float64]
    widths: NDArray[np.float64] | None = None
    is_live: bool = False

    def __post_init__(self) -> None:
        points = _frozen(self.points)
        if points.ndim != 2 or points.shape[1] != 2 or len(points) == 0:
            raise ValueError("a stroke needs at least one point, and two numbers for each")
        object.__setattr__(self, "points", points)
        if self.widths is not None:
            widths = _frozen(self.widths)
            if widths.shape != points.shape[:1]:
                raise ValueError(f"{len(points)} points need as many widths, not {widths.size}")
            object.__setattr__(self, "widths", widths)

    @cached_property
    def box(self) -> NDArray[np.float64]:
        """(4,) float64, read-only: left, top, right, bottom of its points."""
        return _read_only(extent(self.points))


@dataclass(frozen=True)
class Drawing:
    """Strokes in the order in which they were drawn. Immutable: a change makes a new drawing."""

    strokes: tuple[Stroke, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.strokes)

    @cached_property
    def boxes(self) -> NDArray[np.float64]:
        """(n, 4) float64, read-only: left, top, right, bottom of each stroke."""
        return _read_only(np.array([stroke.box for stroke in self.strokes]).reshape(-1, 4))

    def with_stroke(self, stroke: Stroke) -> Drawing:
        """The drawing with one more stroke at its end."""
        return Drawing((*self.strokes, stroke))

    def fitted(self, margin: float = 0.15) -> Drawing:
        """The same drawing in the unit square, proportions kept, centred, without widths."""
        if not self.strokes:
            return self
        points = np.concatenate([stroke.points for stroke in self.strokes])
        low, high = points.min(axis=0), points.max(axis=0)
        extent = float((high - low).max()) or 1.0
        middle, side = (low + high) / 2, 1 - 2 * margin
        return Drawing(
            tuple(Stroke((stroke.points - middle) / extent * side + 0.5) for stroke in self.strokes)
        )


@dataclass(frozen=True)
class LabelledDrawing:
    """A drawing with what its writer meant.

    Attributes:
        label: the digits meant ("7", "42"), with the signs ``. , - / : +`` and line breaks where
            there are any ("12.50"), another text for what is no digit, or None.
        writer: who drew it, where that is known.
    """

    drawing: Drawing
    label: str | None = None
    writer: str | None = None

    @property
    def digits(self) -> str | None:
        """The label where it is a digit or a number without signs, else None."""
        return self.label if self.label and set(self.label) <= set(DIGITS) else None

    @property
    def text(self) -> str | None:
        """The label where it is what a reading may be, else None."""
        return self.label if self.label is not None and may_be_read(self.label) else None


def may_be_read(text: str) -> bool:
    """Whether a text is what a reading may be: digits, signs and lines.

    Each line has a digit in it: a sign alone is no digit.
    """
    has_digits = all(set(line) & set(DIGITS) for line in text.split("\n"))
    return has_digits and set(text) <= set(DIGITS + SIGNS + "\n")


def extent(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n, 2) → (4,): left, top, right, bottom."""
    return np.concatenate([points.min(axis=0), points.max(axis=0)])


def length_of(points: NDArray[np.float64]) -> float:
    """Of the way from point to point, (n, 2), n ≥ 1."""
    return float(np.hypot(*np.diff(points, axis=0).T).sum())


def _frozen(values: ArrayLike) -> NDArray[np.float64]:
    """A private, read-only copy."""
    array = np.array(values, dtype=np.float64)
    if not (np.abs(array) <= MAX_COORDINATE).all():  # which is false for what is not a number
        raise ValueError(f"a number is not finite, or beyond {MAX_COORDINATE:g}")
    return _read_only(array)


def _read_only(array: NDArray[np.float64]) -> NDArray[np.float64]:
    array.flags.writeable = False
    return array
