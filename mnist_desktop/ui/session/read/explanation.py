"""Why the digit that is looked at is read as it is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

from mnist_desktop.ink.strokes import DIGITS
from mnist_desktop.learning.read.reading import Digit
from mnist_desktop.ui.session.read.neighbour_search import NeighbourSearch
from mnist_desktop.ui.session.work import Latest

if TYPE_CHECKING:
    from mnist_desktop.learning.explain.explaining import Contributions, Map
    from mnist_desktop.learning.explain.neighbours import Neighbours
    from mnist_desktop.learning.explain.smallest_change import Change
    from mnist_desktop.learning.models.network import MLP
    from mnist_desktop.learning.read.recognizer import Recognizer
    from mnist_desktop.ui.session.session import Session

View = Literal["ink", "missing", "change", "untrained"]

FRAME_MILLISECONDS = 25
"""No more often is it explained anew while the pen moves: the ink comes first."""

PAUSE = 4
"""So many times as long as an explanation took it waits before the next one: a large network, or a
busy machine, does not hold up the pen."""

REST_MILLISECONDS = 200
"""So long after the last change the pen is at rest, and what takes longer begins."""


class Explanation(QObject):
    """Explains the answer against a rival, anew whenever the drawing or the model changes.

    Nothing of it is worked out, nor waited for, while it is off.

    Attributes:
        view: what of it is looked at: what the ink adds, where ink is missing, the smallest change
            that turns the answer, or what the ink adds in a network that has learned nothing.
        digit: what is explained; None where nothing is read, or while it is off.
        rival: the digit it is explained against.
        added: (10,) float32, what is added to the network's scores for how the pen went;
            None where nothing is known of that.
        contributions: of the ink, in the network that reads.
        untrained: the same in one that has learned nothing; None while that is not looked at.
        missing: the map of missing ink; None while that is not looked at.
        change: the smallest change; None while it is not known, or where there is none.
        is_change_known: whether it is known, or known that there is none.
        neighbours: the training pictures most alike; None while they are not known.

    Signals:
        switched(): it is on now, or off.
        changed(): something else is explained, or against another rival, or is looked at.
        change_found(): the smallest change is known, or that there is none.
    """

    switched = Signal()
    changed = Signal()
    change_found = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.view: View = "ink"
        self.digit: Digit | None = None
        self.rival = 0
        self.added: NDArray[np.float32] | None = None
        self.contributions: Contributions | None = None
        self.untrained: Contributions | None = None
        self.missing: Map | None = None
        self.change: Change | None = None
        self.is_change_known = False
        self.neighbours: Neighbours | None = None
        self._awaited = (False, False)
        self._chosen: int | None = None
        self._untrained_network: MLP | None = None
        self._reader = session.reader
        self._search = NeighbourSearch(session)
        self._preferences = session.preferences
        self._changing, self._making = Latest(session.jobs), Latest(session.jobs)
        self._soon = QTimer(self, singleShot=True, interval=FRAME_MILLISECONDS)
        self._soon.timeout.connect(self._explain)
        self._rest = QTimer(self, singleShot=True, interval=REST_MILLISECONDS)
        self._rest.timeout.connect(self._on_rest)
        self._reader.changed.connect(self._begin)
        self._reader.focus_changed.connect(self._begin)
        session.data_set.changed.connect(self._on_other_data)
        self._search.ready.connect(self._explain)
        session.jobs.changed.connect(self._on_jobs_changed)
        self._preferences.changed.connect(self._on_preference_changed)

    @property
    def is_on(self) -> bool:
        return self._preferences.explain

    @property
    def is_looking(self) -> bool:
        """Whether the smallest change is still being looked for."""
        return self._changing.is_busy or self._rest.isActive()

    @property
    def is_comparing(self) -> bool:
        """Whether neighbours are on their way."""
        return self._search.is_busy

    def choose_rival(self, digit: int) -> None:
        """Explain against this digit, as long as it is not the answer itself."""
        if digit != self._chosen:
            self._chosen = digit
            self._explain()

    def look_at(self, view: View) -> None:
        """Look at another part of the explanation; or at the same once more, if it was cancelled
        on its way.
        """
        was_cancelled = {
            "change": not self.is_change_known and not self.is_looking,
            "untrained": self.untrained is None and not self._making.is_busy,
        }
        if view != self.view or was_cancelled.get(view):
            self.view = view
            self._explain()

    @Slot(str)
    def _on_preference_changed(self, name: str) -> None:
        if name != "explain":
            return
        if not self.is_on:
            self._soon.stop()
            self._rest.stop()
            for work in (self._changing, self._making, self._search):
                work.cancel()
            self._chosen = None
            self._clear()
        self.switched.emit()
        if self.is_on:
            self._explain()

    @Slot()
    def _begin(self) -> None:
        """Soon; what comes until then is explained with it."""
        if self.is_on and not self._soon.isActive():
            self._soon.start()

    @Slot()
    def _on_other_data(self) -> None:
        self.neighbours = None  # there are no such pictures any more
        self._begin()

    def _clear(self) -> None:
        self.digit = self.contributions = self.untrained = self.missing = None
        self.change = self.neighbours = self.added = None

    @Slot()
    def _explain(self) -> None:
        if not self.is_on:
            return
        digit, recognizer = self._reader.focused_digit, self._recognizer
        self._changing.cancel()
        self.change, self.is_change_known = None, False
        if digit is None or recognizer is None:
            self._clear()
            self._rest.stop()
        else:
            self._explain_digit(digit, recognizer)
            self._rest.start()
        self.changed.emit()

    def _explain_digit(self, digit: Digit, recognizer: Recognizer) -> None:
        from mnist_desktop.learning.explain.explaining import contributions, missing_ink

        clock = QElapsedTimer()
        clock.start()
        self.digit, self.rival = digit, self._rival_of(digit)
        network, support = recognizer.network, digit.support
        # It is known of scores that were divided by the temperature.
        self.added = None if support is None else support * recognizer.model.temperature
        pair = digit.picture, digit.digit, self.rival
        self.contributions = contributions(network, *pair)
        self.missing = missing_ink(network, *pair) if self.view == "missing" else None
        self.untrained = None
        if self.view == "untrained":
            self._explain_untrained(network)
        self.neighbours = self._search.nearest(network, digit.picture)
        self._soon.setInterval(max(FRAME_MILLISECONDS, PAUSE * clock.elapsed()))

    def _explain_untrained(self, network: MLP) -> None:
        from mnist_desktop.learning.explain.explaining import contributions, untrained

        made = self._untrained_network
        if made is None or made.config != network.config:
            self._making.begin(
                self.tr("Making an untrained network"),
                lambda _: untrained(network),
                self._on_made,
            )
        elif self.digit is not None:
            pair = self.digit.picture, self.digit.digit, self.rival
            self.untrained = contributions(made, *pair)

    def _on_made(self, network: MLP) -> None:
        self._untrained_network = network
        self._explain()

    def _rival_of(self, digit: Digit) -> int:
        """What was chosen, what the person says that it is, or what is second."""
        answer, meant = digit.digit, digit.meant
        if self._chosen is not None and self._chosen != answer:
            return self._chosen
        if meant and meant in DIGITS and meant != str(answer):  # not a sign, nor nothing
            return int(meant)
        return int(digit.probabilities.argsort()[-2])

    @property
    def _recognizer(self) -> Recognizer | None:
        """The one that has read."""
        return self._reader.timeline.recognizer

    @Slot()
    def _on_rest(self) -> None:
        recognizer, digit = self._recognizer, self.digit
        if recognizer is None or digit is None:
            return
        network = recognizer.network
        if self.view == "change":
            from mnist_desktop.learning.explain.smallest_change import smallest_change

            self._changing.begin(
                self.tr("Looking for the smallest change"),
                partial(smallest_change, network, digit.picture, self.rival, added=self.added),
                self._on_change_found,
            )
        self._search.prepare(network)
        self._awaited = self.is_looking, self.is_comparing
        if self.is_comparing:
            self.changed.emit()

    @Slot()
    def _on_jobs_changed(self) -> None:
        """Somebody may have cancelled what is waited for."""
        before, self._awaited = self._awaited, (self.is_looking, self.is_comparing)
        known = self.is_change_known, self.neighbours is not None
        if self.digit is not None and any(
            was and not one and not has
            for was, one, has in zip(before, self._awaited, known, strict=True)
        ):
            self.changed.emit()

    def _on_change_found(self, change: Change | None) -> None:
        self.change, self.is_change_known = change, True
        self.change_found.emit()
