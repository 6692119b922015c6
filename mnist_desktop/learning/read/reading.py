"""What was read: digits and signs in lines, and whether an answer is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.ink.signs import UNREADABLE
from mnist_desktop.texts import QT_TRANSLATE_NOOP

Box = tuple[float, float, float, float]
"""left, top, right, bottom, in the ink's own unit."""

LOOKS_LIKE_NO_DIGIT = QT_TRANSLATE_NOOP("core", "this looks like no digit")
RUN_TOGETHER = QT_TRANSLATE_NOOP("core", "several digits run together that cannot be split")
UNSURE_SIGN = QT_TRANSLATE_NOOP("core", "one of the signs is not clear")
ONE_OF_TWO = QT_TRANSLATE_NOOP("core", "it may be one of two digits")
UNREADABLE_SIGN = QT_TRANSLATE_NOOP("core", "there is a sign that cannot be read")
LOOKS_OTHERWISE = QT_TRANSLATE_NOOP(
    "core", "its look and the way you write it speak for different digits"
)
WRITTEN_OTHERWISE = QT_TRANSLATE_NOOP("core", "no digit is written like this")
TOO_LITTLE_INK = QT_TRANSLATE_NOOP("core", "too little ink")

DEFAULT_STRICTNESS = 0.65
"""It declines what it is less sure of than this, 0 (never) to 1, unless told otherwise."""


CLEARLY_TWO = 0.9
"""It may be one of two digits where it is that sure that it is one of them."""


def box_of(extent: NDArray[np.float64]) -> Box:
    """(4,) as a box."""
    left, top, right, bottom = extent.tolist()
    return left, top, right, bottom


@dataclass(frozen=True, eq=False)
class Digit:
    """One digit that was read.

    Attributes:
        probabilities: (10,) float32, of the digits 0 to 9.
        picture: (28, 28) uint8, what the network saw.
        box: where it is.
        separation: 0 to 1, how believable it is that it begins and ends there: 1 where it stands
            apart, less where it overlaps or touches a neighbour or a line had to be cut.
        support: (10,) float32, what the way the pen went has added to each digit's score (``pen``,
            ``templates``); None where nothing is known of it.
        belief: 0 to 1, how believable it is that this is a digit at all, by that way and by how
            probable the most probable one is.
        meant: what a person says that it is, a digit or a sign, or "" for neither; None where
            nobody has.
    """

    probabilities: NDArray[np.float32]
    picture: NDArray[np.uint8]
    box: Box
    separation: float = 1.0
    support: NDArray[np.float32] | None = None
    belief: float = 1.0
    meant: str | None = None

    @property
    def digit(self) -> int:
        """The most probable one."""
        return int(self.probabilities.argmax())

    @property
    def seen(self) -> Digit:
        """The same, if the network alone had said which digit it is, by its look."""
        if self.support is None:
            return self
        probabilities = self.probabilities * np.exp(-self.support)
        return replace(
            self, probabilities=probabilities / probabilities.sum(), support=None, belief=1.0
        )

    @property
    def text(self) -> str:
        """The same as it is written, or what it is meant to be."""
        return str(self.digit) if self.meant is None else self.meant

    @property
    def probability(self) -> float:
        """Of that digit, 0 to 1."""
        return float(self.probabilities.max())

    @property
    def confidence(self) -> float:
        """How sure it is that this is a digit and which, 0 to 1: what strictness is compared with.

        A letter falls apart into strokes that look like digits by themselves, but hardly ever
        stand apart as digits do, nor is it written as they are. What a person says is sure.
        """
        return self.probability * self.belief * self.separation if self.meant is None else 1.0


@dataclass(frozen=True, eq=False)
class Sign:
    """What stands between or before digits.

    Attributes:
        sign: one of ``. , - / : +``, or ``UNREADABLE``.
        probability: of that sign, 0 to 1; 0 of one that cannot be read.
        picture: (28, 28) uint8, its ink as a network sees ink.
        box: where it is.
        meant: as of a digit.
    """

    sign: str
    probability: float
    picture: NDArray[np.uint8]
    box: Box
    meant: str | None = None

    @property
    def text(self) -> str:
        """The sign, or what it is meant to be."""
        return self.sign if self.meant is None else self.meant

    @property
    def confidence(self) -> float:
        """How sure it is that this is that sign, 0 to 1. What a person says is sure."""
        return self.probability if self.meant is None else 1.0


Item = Digit | Sign

Line = tuple[Item, ...]
"""From left to right."""


@dataclass(frozen=True)
class Reading:
    """What was read.

    Attributes:
        lines: from top to bottom, none of them empty; none where nothing is drawn.
        declined: why no answer is given, a template for translation; None where one is.
        unread: where there is ink that was taken for nothing: specks, and signs that stand where
            none can be, such as a point after the last digit; and unreadable signs after several.
        is_mere_dot: there is too little ink to say anything, unless it must always answer.
    """

    lines: tuple[Line, ...] = ()
    declined: str | None = None
    unread: tuple[Box, ...] = ()
    is_mere_dot: bool = False

    @property
    def items(self) -> tuple[Item, ...]:
        """The digits and signs of all lines, one line after the other."""
        return tuple(item for line in self.lines for item in line)

    @property
    def digits(self) -> tuple[Digit, ...]:
        """The digits among them."""
        return tuple(item for item in self.items if isinstance(item, Digit))

    @property
    def text(self) -> str:
        """As the window shows it: what was read, "?" where it declines, "" of nothing drawn."""
        return self.best_text if self.declined is None else "?"

    @property
    def is_answered(self) -> bool:
        """Whether there is a text that can be used: not of what is declined."""
        return bool(self.text) and self.declined is None

    @property
    def best_text(self) -> str:
        """Digits and signs, declined or not, with a line break between two lines."""
        # Of a line that a person says is none nothing is left.
        return "\n".join(filter(None, ("".join(item.text for item in line) for line in self.lines)))

    @property
    def seen_text(self) -> str:
        """The same, if the network alone had said which digits they are, by their look."""
        lines = tuple(
            tuple(item.seen if isinstance(item, Digit) else item for item in line)
            for line in self.lines
        )
        return replace(self, lines=lines).best_text

    @property
    def confidence(self) -> float:
        """In what it is least sure of, 0 to 1; 0 where nothing is drawn."""
        return min((item.confidence for item in self.items), default=0.0)

    @property
    def is_corrected(self) -> bool:
        """Whether a person has said something of one of its digits or signs."""
        return any(item.meant is not None for item in self.items)

    def answered(self, strictness: float) -> Reading:
        """The same, declined where it is less sure of something than this, 0 (never) to 1."""
        if self.is_mere_dot and strictness > 0 and not self.is_corrected:
            return replace(self, declined=TOO_LITTLE_INK)
        return replace(self, declined=_why_declined(self.items, strictness))

    def corrected(self, meant: Mapping[Box, str], strictness: float) -> Reading:
        """The same, with what a person says of the digits and signs in some boxes.

        Args:
            meant: for each box a digit or a sign, or "" for neither. Boxes that nothing was read in
                say nothing.
            strictness: it declines what it is less sure of than this, if there is a correction.
        """
        if not any(item.box in meant for item in self.items):
            return self
        lines = tuple(
            tuple(
                replace(item, meant=meant[item.box]) if item.box in meant else item for item in line
            )
            for line in self.lines
        )
        return replace(self, lines=lines).answered(strictness)


def _why_declined(items: tuple[Item, ...], strictness: float) -> str | None:
    """Why no answer is given; None where one is."""
    unsure = [item for item in items if item.confidence < strictness]
    if not unsure:
        return None
    if any(item.text == UNREADABLE for item in unsure):
        return UNREADABLE_SIGN
    if any(map(_looks_like_several, unsure)):
        return RUN_TOGETHER
    digits = [item for item in unsure if isinstance(item, Digit)]
    if not digits:
        return UNSURE_SIGN
    if all(digit.seen.confidence >= strictness for digit in digits):
        is_contradiction = any(digit.seen.digit != digit.digit for digit in digits)
        return LOOKS_OTHERWISE if is_contradiction else WRITTEN_OTHERWISE
    return ONE_OF_TWO if all(map(_is_one_of_two, digits)) else LOOKS_LIKE_NO_DIGIT


def _is_one_of_two(digit: Digit) -> bool:
    """Nearly all that speaks for a digit speaks for one of two."""
    two = float(np.partition(digit.probabilities, -2)[-2:].sum())
    return two * digit.belief * digit.separation >= CLEARLY_TWO


def _looks_like_several(item: Item) -> bool:
    """Hardly apart from its neighbour; or wide, but not as flat as a dash."""
    if isinstance(item, Sign):
        return False
    left, top, right, bottom = item.box
    wide, high = right - left, bottom - top
    return item.separation < 1 or 1.4 * high < wide < 4 * high
