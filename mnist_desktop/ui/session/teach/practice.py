"""A practice sheet: each digit is asked for some times, and kept as the person writes it."""

from __future__ import annotations

import random

from PySide6.QtCore import QObject, Signal, Slot

from mnist_desktop.ink.correction import Correction
from mnist_desktop.ink.strokes import DIGITS
from mnist_desktop.ui.session.read.reader import Reader
from mnist_desktop.ui.session.read.sketch import Sketch
from mnist_desktop.ui.session.teach.corrections import Corrections

ROUNDS = 3
"""So often each digit is asked for."""

WHOLE = (0.0, 0.0, 1.0, 1.0)
"""The box of a digit that has the canvas to itself."""


class Practice(QObject):
    """The digits that are asked for, one after the other, in no order that a hand could learn.

    Each is kept as soon as it is accepted, so that a sheet that is broken off is not lost.

    Args:
        sketch: on which it is written.
        reader: reads it.
        corrections: keeps it.
        seed: of the order.

    Attributes:
        asked: the digits of the sheet, as texts.
        written: those that are done, as they are kept; None for what was passed over.

    Signals:
        changed(): another digit is asked for, or none any more.
    """

    changed = Signal()

    def __init__(
        self,
        sketch: Sketch,
        reader: Reader,
        corrections: Corrections,
        seed: int,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._sketch = sketch
        self._reader = reader
        self._corrections = corrections
        shuffled = random.Random(seed)  # noqa: S311 - an order, and no secret
        self.asked = [
            digit for _ in range(ROUNDS) for digit in shuffled.sample(DIGITS, len(DIGITS))
        ]
        self.written: list[Correction | None] = []
        self._is_accepted = False
        reader.changed.connect(self._on_read)

    @property
    def current(self) -> str:
        """The digit that is asked for; "" when the sheet is full."""
        return "" if self.is_over else self.asked[len(self.written)]

    @property
    def is_over(self) -> bool:
        return len(self.written) == len(self.asked)

    @property
    def kept(self) -> int:
        """How many were written."""
        return sum(1 for one in self.written if one is not None)

    @property
    def right(self) -> int:
        """How many of those were read rightly."""
        return sum(1 for one in self.written if one is not None and one.read == one.label)

    def accept(self) -> None:
        """Keep what is on the canvas, if there is anything, and ask for the next digit."""
        self._sketch.finish_stroke()
        drawing = self._sketch.finished
        self._is_accepted = self._reader.is_reading and not self.is_over and bool(drawing)
        if self._is_accepted or self.is_over or not drawing:
            return  # it is asked for again once this drawing, and not the one before, is read
        read = self._reader.reading.best_text
        correction = Correction(WHOLE, read, self.current, drawing, "canvas")
        self._corrections.change([correction], [])
        self._go_on(correction)

    def skip(self) -> None:
        """Ask for the next digit without this one."""
        if not self.is_over:
            self._go_on(None)

    def back(self) -> None:
        """Ask for the last one again; what was written for it is forgotten."""
        if self.written:
            last = self.written.pop()
            if last is not None:
                self._corrections.change([], [last])
            self._empty()

    def _go_on(self, written: Correction | None) -> None:
        self.written.append(written)
        self._empty()

    @Slot()
    def _on_read(self) -> None:
        if self._is_accepted:
            self.accept()

    def _empty(self) -> None:
        self._is_accepted = False
        self._sketch.clear()
        self.changed.emit()
