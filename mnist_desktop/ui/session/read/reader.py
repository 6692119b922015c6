"""What is read, how strictly, and which of its digits and signs is looked at."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Qt, Signal, Slot

from mnist_desktop.ink.correction import Correction, ink_of
from mnist_desktop.ink.photo.parts import Page
from mnist_desktop.ink.strokes import Drawing
from mnist_desktop.learning.read.reading import DEFAULT_STRICTNESS, Digit, Item, Reading
from mnist_desktop.progress import Cancelled
from mnist_desktop.ui.session.read.photos import read_photo
from mnist_desktop.ui.session.read.sketch import Sketch
from mnist_desktop.ui.session.read.timeline import Timeline
from mnist_desktop.ui.session.shelf import Shelf
from mnist_desktop.ui.session.work import Jobs, Latest

if TYPE_CHECKING:
    from mnist_desktop.learning.read.recognizer import Recognizer

PATIENCE = 0.03
"""Seconds after which a drawing that is still not read is read in the background instead."""


class Reader(QObject):
    """Reads the sketch with the model that reads, whenever one of them changes.

    Where an epoch is chosen on the timeline it is read as the model was then. A drawing is read at
    once, but for one that takes long: that, and a picture, is read in the background.

    Attributes:
        timeline: the epochs that the model that reads has gone through.
        reading: what the sketch, or what was shown last, is read as; empty where nothing is drawn,
            or while there is no model.
        strictness: it declines what it is less sure of than this, 0 (never) to 1.

    Signals:
        changed(): there is another reading.
        focus_changed(): another of its digits and signs is looked at.
        strictness_changed(): it reads more or less strictly.
    """

    changed = Signal()
    focus_changed = Signal()
    strictness_changed = Signal()
    _due = Signal()

    def __init__(
        self,
        sketch: Sketch,
        shelf: Shelf,
        timeline: Timeline,
        jobs: Jobs,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.timeline = timeline
        self.reading = Reading()
        self._read_alone = Reading()
        self.strictness = DEFAULT_STRICTNESS
        self._sketch = sketch
        self._jobs = jobs
        self._work = Latest(jobs)
        self._is_stale = False
        self._begun: tuple[Recognizer | None, Drawing] = None, Drawing()
        self._picture: Page | None = None
        self._chosen: int | None = None
        self._is_due = False
        self._due.connect(self._read, Qt.ConnectionType.QueuedConnection)
        sketch.changed.connect(self._on_drawn)
        sketch.extended.connect(self._on_drawn)
        sketch.corrected.connect(self._on_corrected)
        shelf.current_changed.connect(self._on_model_changed)
        self.timeline.moved.connect(self._read_soon)

    @property
    def is_reading(self) -> bool:
        """Whether what it shows is about to be replaced by another reading."""
        return self._is_due or self._work.is_busy

    @property
    def focus(self) -> int | None:
        """The index, among the items, of what is looked at: the chosen one, else the last digit;
        None where there is none.
        """
        items = self.reading.items
        if self._chosen is not None and items:
            return min(self._chosen, len(items) - 1)
        digits = (place for place, item in enumerate(items) if isinstance(item, Digit))
        return max(digits, default=None)

    @property
    def focused(self) -> Item | None:
        """The digit or sign that is looked at."""
        return None if self.focus is None else self.reading.items[self.focus]

    @property
    def focused_digit(self) -> Digit | None:
        """The same where it is a digit."""
        return self.focused if isinstance(self.focused, Digit) else None

    def focus_on(self, index: int | None) -> None:
        """Look at another item, or, with None, at the last digit again. Nothing is read anew."""
        before = self.focus
        self._chosen = index
        if self.focus != before:
            self.focus_changed.emit()

    def move_focus(self, step: int) -> None:
        """Look at an item further right, or with a negative step further left, if there is one."""
        if self.focus is not None:
            self.focus_on(min(max(self.focus + step, 0), len(self.reading.items) - 1))

    def set_strictness(self, strictness: float) -> None:
        """Answer as strictly as this. A picture's digits, which take long, are not read anew."""
        if strictness != self.strictness:
            self.strictness = strictness
            self.strictness_changed.emit()
            if self._sketch.picture is None:
                self._read_soon()
            else:
                self.show(self._read_alone.answered(strictness))

    def show(self, reading: Reading) -> None:
        """Let this be what is read, until the sketch, the model or the strictness changes.

        What the person says of its digits and signs is put in.
        """
        self._read_alone = reading
        meant = {one.box: one.label for one in self._sketch.corrections}
        self.reading = reading.corrected(meant, self.strictness)
        self.changed.emit()

    def correct(self, label: str) -> bool:
        """Say what is looked at is meant to be: a digit, a sign, or ``NO_DIGIT``.

        False where there is nothing, where that has been said already, and while it is read.
        """
        item = self.focused
        if item is None or self.is_reading or self._sketch.live_stroke is not None:
            return False
        if item.meant == label:
            return False
        read = str(item.digit) if isinstance(item, Digit) else item.sign
        self._sketch.correct(Correction(item.box, read, label, *self._ink_of(item)))
        return True

    def confirm(self) -> bool:
        """Say that all digits are what they were read as; False where there is nothing to say, and
        while they are read.
        """
        digits = [digit for digit in self.reading.digits if digit.meant is None]
        if not digits or self.is_reading or self._sketch.live_stroke is not None:
            return False
        self._sketch.correct(
            *(Correction(one.box, one.text, one.text, *self._ink_of(one)) for one in digits)
        )
        return True

    def _ink_of(
        self, item: Item
    ) -> tuple[Drawing | NDArray[np.uint8], Literal["canvas", "file", "picture"]]:
        """What a correction keeps, and where it comes from."""
        if self._sketch.picture is not None:
            return item.picture, "picture"
        drawing = self._sketch.drawing
        # Only what was drawn on the canvas knows how wide its ink is.
        is_drawn_here = any(stroke.widths is not None for stroke in drawing.strokes)
        return ink_of(drawing, item.box), "canvas" if is_drawn_here else "file"

    @Slot()
    def _on_corrected(self) -> None:
        """Nothing is read anew, nor another digit looked at."""
        if not self.is_reading:
            self.show(self._read_alone)

    @Slot()
    def _on_drawn(self) -> None:
        self._chosen = None
        self._read_soon()

    @Slot()
    def _on_model_changed(self) -> None:
        """What is read with a chosen epoch stays as it is while the run goes on."""
        if self.timeline.position is None:
            self._read_soon()

    @Slot()
    def _read_soon(self) -> None:
        """Read once, however many points arrive together.

        A queued signal, since it overtakes the painting of the ink, which a timer does not.
        """
        if not self._is_due:
            self._is_due = True
            self._due.emit()

    @Slot()
    def _read(self) -> None:
        self._is_due = False
        recognizer = self.timeline.recognizer
        picture, drawing = self._sketch.picture, self._sketch.drawing
        self._is_stale = self._work.is_busy and self._goes_on(recognizer, drawing)
        if self._is_stale:
            return
        self._work.cancel()
        if picture is not self._picture:
            self._picture = picture
            if picture is not None:
                self.show(Reading())  # what was read before is not there any more
        if recognizer is None:
            self.show(Reading())
        elif picture is not None:
            self._begun = None, Drawing()
            title, read = self.tr("Reading the picture"), partial(read_photo, recognizer, picture)
            self._work.begin(title, read, self._answer)
        else:
            self._read_drawing(recognizer, drawing)

    def _goes_on(self, recognizer: Recognizer | None, drawing: Drawing) -> bool:
        """Whether a drawing is what is being read, with more ink.

        That must not be called off with every point. Anything else is not to have its answer.
        """
        reads, begun = self._begun
        known = [stroke for stroke in begun.strokes if not stroke.is_live]
        same = all(one is other for one, other in zip(known, drawing.strokes, strict=False))
        more = len(drawing.strokes) >= len(begun.strokes) > 0
        return reads is recognizer and more and same

    def _read_drawing(self, recognizer: Recognizer, drawing: Drawing) -> None:
        """At once, or, if that takes long, in the background."""
        end = time.monotonic() + PATIENCE

        def be_patient(_done: float) -> None:
            if time.monotonic() > end:
                raise Cancelled

        read = partial(recognizer.read, drawing, self.strictness)
        try:
            self.show(read(be_patient))
        except Cancelled:
            self._begun = recognizer, drawing
            title = self.tr("Reading the drawing")
            self._work.begin(title, read, self._answer, self._on_failure, can_be_cancelled=False)

    def _answer(self, reading: Reading) -> None:
        """Show what was read in the background, declined where it must be."""
        if self._is_stale:
            self._read_soon()
        self.show(reading.answered(self.strictness))

    def _on_failure(self, fault: Exception) -> None:
        self._jobs.failed.emit(fault)
        if self._is_stale:
            self._read_soon()
