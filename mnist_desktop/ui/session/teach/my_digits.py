"""All that was taught, to look through, put right, take away and bring back."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal, Slot

from mnist_desktop.errors import UserError
from mnist_desktop.ink import SIDE
from mnist_desktop.ink.correction import NO_DIGIT
from mnist_desktop.ink.normalise import normalise
from mnist_desktop.ink.strokes import Drawing, LabelledDrawing
from mnist_desktop.ink.strokes_file import read_strokes
from mnist_desktop.library import taught
from mnist_desktop.library.taught import TaughtDigit
from mnist_desktop.progress import Progress
from mnist_desktop.texts import QT_TRANSLATE_NOOP
from mnist_desktop.ui.session.work import Latest
from mnist_desktop.ui.session.write_queue import WriteQueue

if TYPE_CHECKING:
    from mnist_desktop.learning.read.recognizer import Recognizer
    from mnist_desktop.ui.session.session import Session

NOTHING_TO_IMPORT = QT_TRANSLATE_NOOP(
    "core", "There is no single digit in this file, nor ink that is labelled as none."
)

BETWEEN_REPORTS = 100
"""Drawings."""


@dataclass(frozen=True)
class Filter:
    """What is shown.

    Attributes:
        profile: of one person; None for all.
        label: one digit, or ``NO_DIGIT``; None for all.
        is_wrong: only what is read wrongly now.
    """

    profile: int | None = None
    label: str | None = None
    is_wrong: bool = False


@dataclass(frozen=True, eq=False)
class Shown:
    """Digits with what is made of them.

    Attributes:
        digits: n of them.
        pictures: (n, 28, 28) uint8, as the network sees them.
        read: n texts: what they are read as now; "?" where it declines.
    """

    digits: Sequence[TaughtDigit] = ()
    pictures: NDArray[np.uint8] = field(default_factory=lambda: np.zeros((0, 28, 28), np.uint8))
    read: Sequence[str] = ()


class MyDigits(QObject):
    """The digits of the library that a filter lets through.

    Attributes:
        filter: what is asked for.
        shown: what there is of it.
        writes: what is still to be changed.

    Signals:
        changed(): others are shown, or the same are read otherwise.
        taught(): there are more or fewer of them in the library, or they mean something else.
    """

    changed = Signal()
    taught = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.filter = Filter()
        self.shown = Shown()
        self._library = session.library
        self._jobs = session.jobs
        self._shelf = session.shelf
        self._reader = session.reader
        self._reading = Latest(self._jobs)
        self._pictures: dict[int, NDArray[np.uint8]] = {}
        self.writes = WriteQueue(self._jobs, self, tries_again=False)
        self.writes.written.connect(self._on_changed)
        self._undoes: list[Callable[[], object]] = []

    @property
    def can_undo(self) -> bool:
        """Whether something was deleted, relabelled or imported, which can be taken back."""
        return bool(self._undoes)

    def show(self, wanted: Filter) -> None:
        """Let others through."""
        self.filter = wanted
        self.read()

    @Slot()
    def read(self) -> None:
        """See what there is, and what it is read as."""
        wanted, current = self.filter, self._shelf.current
        recognizer = current.recognizer if current else None
        strictness = self._reader.strictness

        def work(progress: Progress) -> Shown:
            digits = taught.read_taught(self._library, wanted.profile)
            if wanted.label is not None:
                digits = [one for one in digits if one.label == wanted.label]
            for place, one in enumerate(digits):
                if place % BETWEEN_REPORTS == 0:
                    progress(place / len(digits))
                if one.id not in self._pictures:
                    self._pictures[one.id] = picture_of(one)
            pictures = np.array([self._pictures[one.id] for one in digits], dtype=np.uint8)
            pictures = pictures.reshape(-1, SIDE, SIDE)
            read = _read(recognizer, digits, pictures, strictness)
            kept = [
                place
                for place, one in enumerate(digits)
                if not wanted.is_wrong or is_wrong(one, read[place])
            ]
            return Shown(
                [digits[place] for place in kept],
                pictures[kept],
                [read[place] for place in kept],
            )

        self._reading.begin(self.tr("Reading your digits"), work, self._on_read)

    def relabel(self, places: Sequence[int], label: str) -> None:
        """Let some of those that are shown mean something else; it can be undone."""
        ids = [self.shown.digits[place].id for place in places]

        def step() -> None:
            if before := taught.relabel(self._library, dict.fromkeys(ids, label)):
                self._undoes.append(partial(taught.mean_again, self._library, before))

        if ids:
            self._change(step)

    def delete(self, places: Sequence[int]) -> None:
        """Take some of those that are shown away; it can be undone."""
        ids = [self.shown.digits[place].id for place in places]

        def step() -> None:
            if gone := taught.delete(self._library, ids):
                self._undoes.append(partial(taught.restore, self._library, gone))

        if ids:
            self._change(step)

    def undo(self) -> None:
        """Take back the last of these steps."""
        if self._undoes or self.writes.is_busy:
            self._change(self._take_back)

    def import_file(self, path: Path, profile: int) -> None:
        """Teach all single digits of a strokes file, and its ink that is no digit; it can be
        undone.
        """

        def work(progress: Progress) -> None:
            now = time.time()
            digits = [
                TaughtDigit(0, now, label, one.drawing, "file", profile)
                for one in read_strokes(path, progress)
                if (label := _label_of(one)) is not None and one.drawing
            ]
            if not digits:
                raise UserError(NOTHING_TO_IMPORT)
            new = taught.restore(self._library, digits)
            self._undoes.append(partial(taught.delete, self._library, new))

        title = self.tr("Opening {name}").format(name=path.name)
        self._jobs.begin(title, work, lambda _: self._on_changed(), is_lasting=True)

    def drawings(self) -> list[LabelledDrawing]:
        """Those of the digits that are shown that are drawn, for a strokes file."""
        return [
            LabelledDrawing(one.drawing, one.label or None)
            for one in self.shown.digits
            if one.drawing is not None
        ]

    def _take_back(self) -> None:
        if self._undoes:
            self._undoes[-1]()
            self._undoes.pop()  # what fails can be tried again

    def _change(self, step: Callable[[], None]) -> None:
        self.writes.add(self.tr("Keeping the change"), step)

    @Slot()
    def _on_changed(self) -> None:
        self.taught.emit()
        self.read()

    def _on_read(self, shown: Shown) -> None:
        self.shown = shown
        self.changed.emit()


def picture_of(digit: TaughtDigit) -> NDArray[np.uint8]:
    """(28, 28) uint8, what the network sees."""
    return normalise(digit.ink) if isinstance(digit.ink, Drawing) else digit.ink


def is_wrong(digit: TaughtDigit, read: str) -> bool:
    """Whether this is not what it was meant to be; what is no digit should be declined."""
    return read != (digit.label if digit.label != NO_DIGIT else "?")


def _read(
    recognizer: Recognizer | None,
    taught_digits: Sequence[TaughtDigit],
    pictures: NDArray[np.uint8],
    strictness: float,
) -> list[str]:
    if recognizer is None or not len(pictures):
        return [""] * len(pictures)
    drawings = [one.drawing for one in taught_digits]
    probabilities = recognizer.probabilities_of(drawings, pictures)
    digits = probabilities.argmax(axis=1)
    sure = probabilities.max(axis=1) >= strictness
    return [str(digit) if is_sure else "?" for digit, is_sure in zip(digits, sure, strict=True)]


def _label_of(drawing: LabelledDrawing) -> str | None:
    """A digit, or ``NO_DIGIT``; None for a number, which cannot be taught as a whole."""
    if drawing.text is not None and len(drawing.text) > 1:
        return None
    return NO_DIGIT if drawing.digits is None else drawing.digits
