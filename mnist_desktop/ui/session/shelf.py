"""The models at hand: the one that came with the program, opened ones, trained ones."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

from mnist_desktop.paths import DEFAULT_MODEL
from mnist_desktop.texts import one_line

if TYPE_CHECKING:
    from mnist_desktop.learning.models.model import Model
    from mnist_desktop.learning.read.recognizer import Recognizer


class Entry:
    """One model.

    Args:
        name: None for the one that comes with the program; a function where it is in the window's
            language, which may become another.

    Attributes:
        recognizer: reads with it.
        path: the file that holds it; None while there is none.
        run_id: of the run of the library that holds it; None while none does.
        is_training: its weights still change with every epoch.
        is_in_profile: it is what reads for the person in use, and a lesson of the library holds it.
    """

    def __init__(
        self,
        name: str | Callable[[], str] | None,
        recognizer: Recognizer,
        path: Path | None = None,
        run_id: int | None = None,
        *,
        is_training: bool = False,
        is_in_profile: bool = False,
    ) -> None:
        self._name = name
        self.recognizer = recognizer
        self.path = path
        self.run_id = run_id
        self.is_training = is_training
        self.is_in_profile = is_in_profile

    @property
    def name(self) -> str:
        """For people, in one line; of the program's own in the window's language."""
        if self._name is None:
            return QCoreApplication.translate("Entry", "default")
        return one_line(self._name if isinstance(self._name, str) else self._name())

    @name.setter
    def name(self, name: str | Callable[[], str]) -> None:
        self._name = name

    @property
    def own_name(self) -> str:
        """The same in no language: empty for the program's own."""
        return "" if self._name is None else self.name

    @property
    def model(self) -> Model:
        return self.recognizer.model

    @property
    def is_unsaved(self) -> bool:
        """Whether closing the program would lose it."""
        is_kept = self.path is not None or self.run_id is not None or self.is_in_profile
        return not is_kept and not self.is_training


class Shelf(QObject):
    """The models, and which of them reads.

    Signals:
        changed(): there is another model, or one has another name, other weights or a file.
        current_changed(): another model reads, or the one that reads has other weights.
    """

    changed = Signal()
    current_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entries: list[Entry] = []
        self.current: Entry | None = None

    @property
    def unsaved(self) -> list[Entry]:
        """The models that no file holds."""
        return [entry for entry in self.entries if entry.is_unsaved]

    def add(self, entry: Entry) -> None:
        """Put a model on the shelf. It takes the place of one of the same file, also in reading."""
        replaced = [other for other in self.entries if other.path and other.path == entry.path]
        place = self.entries.index(replaced[0]) if replaced else len(self.entries)
        self.entries = [other for other in self.entries if other not in replaced]
        self.entries.insert(place, entry)
        was_reading = self.current in replaced
        if was_reading:
            self.current = entry
        self.changed.emit()
        if was_reading:
            self.current_changed.emit()

    def remove(self, entry: Entry) -> None:
        """Take a model away; if it was the one that reads, the last of the others does."""
        self.entries.remove(entry)
        was_reading = self.current is entry
        if was_reading:
            self.current = self.entries[-1] if self.entries else None
        self.changed.emit()
        if was_reading:
            self.current_changed.emit()

    def forget_runs(self, run_ids: Collection[int]) -> None:
        """Take away what only these runs held, which are gone for good; if that read, the model
        that comes with the program does.
        """
        for entry in [one for one in self.entries if one.run_id in run_ids]:
            entry.run_id = None
            if not entry.is_unsaved:
                continue
            own = next((one for one in self.entries if one.path == DEFAULT_MODEL), None)
            if entry is self.current and own is not None:
                self.read_with(own)
            self.remove(entry)

    def read_with(self, entry: Entry) -> None:
        """Choose the model that reads."""
        if entry is not self.current:
            self.current = entry
            self.current_changed.emit()

    def renew(self, entry: Entry, recognizer: Recognizer, *, is_training: bool) -> None:
        """Give a model in training its newest weights."""
        entry.recognizer = recognizer
        entry.is_training = is_training
        self.changed.emit()
        if entry is self.current:
            self.current_changed.emit()

    def rename(self, entry: Entry, name: str | Callable[[], str]) -> None:
        """Call a model by another name."""
        before = entry.name
        entry.name = name
        if entry.name != before:
            self.changed.emit()

    def mark_saved(self, entry: Entry, path: Path) -> None:
        """A file holds the model now, and names it."""
        entry.path = path
        entry.name = path.stem
        self.changed.emit()
