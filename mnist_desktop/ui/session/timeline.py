"""How the network of a run was after each of its epochs, and what it would have read then."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from mnist_desktop.ink.normalise import normalise
from mnist_desktop.ink.segment import MAX_PARTS, StrokeParts
from mnist_desktop.ink.strokes import Drawing
from mnist_desktop.learning.lattice import MAX_GROUP, Lattice
from mnist_desktop.learning.reading import TOO_LITTLE_INK, Reading
from mnist_desktop.library.run_record import kept_epochs
from mnist_desktop.ui.session.shelf import Entry, Shelf

if TYPE_CHECKING:
    from mnist_desktop.learning.recognizer import Recognizer
    from mnist_desktop.ui.session.reader import Reader
    from mnist_desktop.ui.session.sketch import Sketch

FLOAT_BYTES = 4

REST_MILLISECONDS = 150
"""So long after the last point the pen is at rest."""

SLICE_SECONDS = 2 / 1000
"""So long at a time the window waits for readings that nobody has asked for."""


class Timeline(QObject):
    """The recognisers of a run's epochs, thinned out as the library thins out their weights.

    It can be moved to while the run's own entry reads, and to no other run's.

    Attributes:
        position: the epoch that is looked at; None looks at the entry as it is now.

    Signals:
        changed(): there are other epochs, or they can be looked at no more, or again.
        moved(): another position, or another recogniser at it.
    """

    changed = Signal()
    moved = Signal()

    def __init__(self, shelf: Shelf, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.position: int | None = None
        self._shelf = shelf
        self._entry: Entry | None = None
        self._recognizers: dict[int, Recognizer] = {}
        self._was_available = False
        shelf.current_changed.connect(self._on_current_changed)

    @property
    def epochs(self) -> list[int]:
        """Those that are kept, in order."""
        return list(self._recognizers)

    @property
    def stops(self) -> list[int | None]:
        """All positions there are: the kept epochs, and now."""
        return [*self._recognizers, None]

    @property
    def is_available(self) -> bool:
        """Whether the run's entry is the one that reads."""
        return self._entry is not None and self._shelf.current is self._entry

    @property
    def recognizer(self) -> Recognizer | None:
        """That of the chosen epoch; None where none is chosen."""
        return None if self.position is None else self._recognizers[self.position]

    def at(self, position: int | None) -> Recognizer | None:
        """What reads at a position; None where nothing does."""
        if position is not None:
            return self._recognizers.get(position)
        return self._shelf.current.recognizer if self._shelf.current else None

    def begin(
        self, entry: Entry | None, recognizers: Mapping[int, Recognizer] | None = None
    ) -> None:
        """Be about another run.

        Args:
            entry: what the run is on the shelf; None while it is not there yet.
            recognizers: those of its kept epochs, where it did not begin just now.
        """
        self._entry = entry
        self._recognizers = dict(sorted((recognizers or {}).items()))
        self._thin_out()
        self._was_available = self.is_available
        self.move_to(None)
        self.changed.emit()

    def add(self, epoch: int, recognizer: Recognizer) -> None:
        """One more epoch is done. What was once kept of it and later ones is gone."""
        before = self.recognizer
        self._recognizers = {
            kept: other for kept, other in self._recognizers.items() if kept < epoch
        } | {epoch: recognizer}
        self._thin_out()
        if self.position is not None:
            self.position = min(self._recognizers, key=self._distance)
        if self.recognizer is not before:
            self.moved.emit()
        self.changed.emit()

    def move_to(self, position: int | None) -> None:
        """Read with a kept epoch, or, with None, as it is now."""
        if position is not None and (not self.is_available or position not in self._recognizers):
            return
        if position != self.position:
            self.position = position
            self.moved.emit()

    @Slot()
    def _on_current_changed(self) -> None:
        if self.is_available != self._was_available:
            self._was_available = self.is_available
            self.move_to(None)
            self.changed.emit()

    def _distance(self, epoch: int) -> int:
        return abs(epoch - (self.position or 0))

    def _thin_out(self) -> None:
        if not self._recognizers:
            return
        newest = max(self._recognizers)
        size = FLOAT_BYTES * self._recognizers[newest].model.network.parameters
        kept = kept_epochs(self._recognizers, size)
        self._recognizers = {
            epoch: recognizer for epoch, recognizer in self._recognizers.items() if epoch in kept
        }


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
            parts = StrokeParts(drawing, self._picture_of)
            for group in Lattice(parts, missing[0].probabilities).groups(cut=True):
                parts.picture(*group)
                yield
        found = {}
        for recognizer in missing:
            found[recognizer] = recognizer.read_lines([parts], self._reader.strictness)
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
