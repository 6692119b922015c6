"""What the drawing would have been read as after each epoch of a run."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from mnist_desktop.learning.read.reading import TOO_LITTLE_INK, Reading
from mnist_desktop.progress import Progress, share_of
from mnist_desktop.ui.session.work import Latest

if TYPE_CHECKING:
    from mnist_desktop.learning.read.recognizer import Recognizer
    from mnist_desktop.ui.session.session import Session

REST_MILLISECONDS = 150
"""So long after the last point the pen is at rest."""


class EpochReadings(QObject):
    """What the drawing is read as at every position of the timeline.

    Found out in the background while the pen is up and at rest, so that no answer waits for it.
    A picture, which is read slowly, and a mere tap are not read so often.

    Attributes:
        is_outdated: the drawing or the strictness is another one by now.

    Signals:
        changed(): they are others, or outdated.
    """

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.is_outdated = False
        self._sketch = session.sketch
        self._reader = session.reader
        self._timeline = session.timeline
        self._readings: dict[Recognizer, Reading] = {}
        self._work = Latest(session.jobs)
        self._rest = QTimer(self, singleShot=True, interval=REST_MILLISECONDS)
        self._rest.timeout.connect(self._begin)
        self._sketch.changed.connect(self._outdate)
        self._sketch.extended.connect(self._outdate)
        self._reader.strictness_changed.connect(self._outdate)
        self._timeline.changed.connect(self._complete)
        session.shelf.current_changed.connect(self._complete)

    def at(self, position: int | None) -> Reading | None:
        """What is read there, or was, if that is outdated; None where that is not known."""
        recognizer = self._timeline.at(position)
        return None if recognizer is None else self._readings.get(recognizer)

    @Slot()
    def _outdate(self) -> None:
        """All anew, when the pen is at rest."""
        self._work.cancel()
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
        is_early = self._work.is_busy or self._reader.is_reading
        if is_early:
            self._rest.start()
        if is_early or self._sketch.live_stroke is not None:
            return
        drawing, strictness = self._sketch.drawing, self._reader.strictness
        known = {} if self.is_outdated else self._readings
        wanted = self._wanted() if drawing else []
        missing = [recognizer for recognizer in wanted if recognizer not in known]
        keep = partial(self._keep, known, wanted)
        if not missing:
            keep({})
            return

        def work(progress: Progress) -> dict[Recognizer, Reading]:
            found: dict[Recognizer, Reading] = {}
            for recognizer in missing:
                one = share_of(progress, len(found), len(missing))
                found[recognizer] = recognizer.read(drawing, strictness, one)
            return found

        title = self.tr("Reading with the network of each epoch")
        self._work.begin(title, work, keep)

    def _keep(
        self,
        known: dict[Recognizer, Reading],
        wanted: list[Recognizer],
        found: dict[Recognizer, Reading],
    ) -> None:
        self._readings = {one: (found | known)[one] for one in wanted}
        self.is_outdated = False
        self.changed.emit()

    def _wanted(self) -> list[Recognizer]:
        timeline = self._timeline
        if len(timeline.epochs) < 2 or not timeline.is_available:
            return []
        if self._reader.reading.declined == TOO_LITTLE_INK:
            return []
        found = [timeline.at(stop) for stop in timeline.stops]
        # While the run goes on, how it is now is how it was after the newest epoch.
        return [one for one in dict.fromkeys(found) if one is not None]
