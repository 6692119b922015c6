"""What the drawing would have been read as after each epoch of a run."""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from mnist_desktop.ink.normalise import normalise
from mnist_desktop.ink.segment import MAX_PARTS, in_lines
from mnist_desktop.ink.strokes import Drawing
from mnist_desktop.learning.lattice import MAX_GROUP, Lattice
from mnist_desktop.learning.reading import TOO_LITTLE_INK, Reading
from mnist_desktop.ui.session.reader import Reader
from mnist_desktop.ui.session.shelf import Shelf
from mnist_desktop.ui.session.sketch import Sketch

if TYPE_CHECKING:
    from mnist_desktop.learning.recognizer import Recognizer

REST_MILLISECONDS = 150
"""So long after the last point the pen is at rest."""

SLICE_SECONDS = 2 / 1000
"""So long at a time the window waits for readings that nobody has asked for."""


class EpochReadings(QObject):
    """What the drawing is read as at every position of the timeline.

    Found out while the pen is up and at rest, a little at a time, so that no answer waits for it.
    A picture, which is read slowly, and a mere tap are not read so often.

    Attributes:
        is_outdated: the drawing or the strictness is another one by now.

    Signals:
        changed(): they are others, or outdated.
    """

    changed = Signal()

    def __init__(
        self, sketch: Sketch, shelf: Shelf, reader: Reader, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.is_outdated = False
        self._sketch = sketch
        self._reader = reader
        self._timeline = reader.timeline
        self._readings: dict[Recognizer, Reading] = {}
        self._work: Iterator[None] | None = None
        # One for all recognisers: to make the pictures takes longer than to read them.
        self._picture_of = lru_cache(maxsize=MAX_PARTS * MAX_GROUP)(normalise)
        self._rest = QTimer(self, singleShot=True, interval=REST_MILLISECONDS)
        self._rest.timeout.connect(self._begin)
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._go_on)
        sketch.changed.connect(self._outdate)
        sketch.extended.connect(self._outdate)
        reader.strictness_changed.connect(self._outdate)
        self._timeline.changed.connect(self._complete)
        shelf.current_changed.connect(self._complete)

    def at(self, position: int | None) -> Reading | None:
        """What is read there, or was, if that is outdated; None where that is not known."""
        recognizer = self._timeline.at(position)
        return None if recognizer is None else self._readings.get(recognizer)

    @Slot()
    def _outdate(self) -> None:
        """All anew, when the pen is at rest."""
        self._let_go()
        self._rest.start()
        is_news = not self.is_outdated
        self.is_outdated = True
        if self._readings and (self._sketch.is_empty or self._sketch.picture is not None):
            self._readings = {}
            is_news = True
        if is_news:
            self.changed.emit()

    @Slot()
    def _complete(self) -> None:
        """There may be other recognisers. Epochs may follow each other faster than a pen rests."""
        if not self._rest.isActive():
            self._rest.start()

    @Slot()
    def _begin(self) -> None:
        if self._work is not None:
            self._rest.start()
        elif self._sketch.live_stroke is None:
            self._work = self._steps(self._sketch.drawing)
            self._turn.start()

    @Slot()
    def _go_on(self) -> None:
        until = time.perf_counter() + SLICE_SECONDS
        for _ in self._work or ():
            if time.perf_counter() >= until:
                return
        self._let_go()
        self.changed.emit()

    def _let_go(self) -> None:
        self._work = None
        self._turn.stop()

    def _steps(self, drawing: Drawing) -> Iterator[None]:
        """Make the pictures, then read them with one recogniser after the other."""
        readings = {} if self.is_outdated else self._readings
        wanted = self._wanted() if drawing else []
        missing = [recognizer for recognizer in wanted if recognizer not in readings]
        if missing:
            lines = in_lines(drawing, self._picture_of)
            for parts in lines:
                for group in Lattice(parts, missing[0].probabilities).groups(cut=True):
                    parts.picture(*group)
                    yield
        found = {}
        for recognizer in missing:
            found[recognizer] = recognizer.read_lines(lines, self._reader.strictness)
            yield
        self._readings = {one: (found | readings)[one] for one in wanted}
        self.is_outdated = False

    def _wanted(self) -> list[Recognizer]:
        timeline = self._timeline
        if len(timeline.epochs) < 2 or not timeline.is_available:
            return []
        if self._reader.reading.declined == TOO_LITTLE_INK:
            return []
        found = [timeline.at(stop) for stop in timeline.stops]
        # While the run goes on, how it is now is how it was after the newest epoch.
        return [one for one in dict.fromkeys(found) if one is not None]
