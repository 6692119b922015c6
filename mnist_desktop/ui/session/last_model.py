"""The model that read the last time reads again."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from mnist_desktop.paths import DEFAULT_MODEL
from mnist_desktop.ui.session.preferences import PROFILE, Preferences
from mnist_desktop.ui.session.run_control import RunControl
from mnist_desktop.ui.session.shelf import Entry, Shelf


class LastModel(QObject):
    """Remembers which model reads; and once the models of earlier days are there, chooses it.

    Not if another has been opened by then. A model that is nowhere any more is passed over.
    """

    def __init__(
        self, preferences: Preferences, shelf: Shelf, run_control: RunControl, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._shelf = shelf
        self._run_control = run_control
        self._is_remembering = False
        shelf.current_changed.connect(self._remember)
        shelf.changed.connect(self._remember)
        run_control.recovered.connect(self._choose)

    @Slot()
    def _remember(self) -> None:
        current = self._shelf.current
        if self._is_remembering and current is not None and not current.is_training:
            self._preferences.set("model", _name_of(current))

    @Slot()
    def _choose(self) -> None:
        self._is_remembering = True
        wanted, current = self._preferences.model, self._shelf.current
        if current is None or current.path != DEFAULT_MODEL:
            self._remember()
        elif run := re.fullmatch(r"run ([0-9]{1,18})", wanted):
            self._run_control.use_again(int(run[1]))
        else:
            for entry in self._shelf.entries:
                if entry.path == Path(wanted):
                    self._shelf.read_with(entry)


def _name_of(entry: Entry) -> str:
    if entry.is_in_profile:
        return PROFILE
    if entry.run_id is not None:
        return f"run {entry.run_id}"
    return "" if entry.path in (None, DEFAULT_MODEL) else str(entry.path)
