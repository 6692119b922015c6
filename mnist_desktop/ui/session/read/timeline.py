"""How the network of a run was after each of its epochs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from mnist_desktop.library.run_record import kept_epochs
from mnist_desktop.ui.session.shelf import Entry, Shelf

if TYPE_CHECKING:
    from mnist_desktop.learning.read.recognizer import Recognizer

FLOAT_BYTES = 4


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
        """What reads where it is; None where nothing does."""
        return self.at(self.position)

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
            position = self.position
            self.position = min(self._recognizers, key=lambda kept: abs(kept - position))
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

    def _thin_out(self) -> None:
        if not self._recognizers:
            return
        newest = max(self._recognizers)
        size = FLOAT_BYTES * self._recognizers[newest].model.network.parameters
        kept = kept_epochs(self._recognizers, size)
        self._recognizers = {
            epoch: recognizer for epoch, recognizer in self._recognizers.items() if epoch in kept
        }
