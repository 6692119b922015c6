"""The model that read the last time reads again."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from mnist_desktop.paths import DEFAULT_MODEL
from mnist_desktop.ui.session.preferences import PROFILE
from mnist_desktop.ui.session.shelf import Entry

if TYPE_CHECKING:
    from mnist_desktop.ui.session.session import Session


class LastModel(QObject):
    """Remembers which model reads; and once the models of earlier days are there, chooses it.

    Not if another has been opened by then. A model that is nowhere any more is passed over.
    """

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._is_remembering = False
        session.shelf.current_changed.connect(self._remember)
        session.shelf.changed.connect(self._remember)
        session.run_control.recovered.connect(self._choose)

    @Slot()
    def _remember(self) -> None:
        current = self._session.shelf.current
        if self._is_remembering and current is not None and not current.is_training:
            self._session.preferences.set("model", _name_of(current))

    @Slot()
    def _choose(self) -> None:
        self._is_remembering = True
        wanted, current = self._session.preferences.model, self._session.shelf.current
        if current is None or current.path != DEFAULT_MODEL:
            self._remember()
        elif run := re.fullmatch(r"run ([0-9]{1,18})", wanted):
            self._session.run_control.use_again(int(run[1]))
        else:
            for entry in self._session.shelf.entries:
                if entry.path == Path(wanted):
                    self._session.shelf.read_with(entry)


def _name_of(entry: Entry) -> str:
    if entry.is_in_profile:
        return PROFILE
    if entry.run_id is not None:
        return f"run {entry.run_id}"
    return "" if entry.path in (None, DEFAULT_MODEL) else str(entry.path)
