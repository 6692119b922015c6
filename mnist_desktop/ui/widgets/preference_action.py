"""Preferences as actions with a tick."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from mnist_desktop.ui.session.preferences import Preferences
from mnist_desktop.ui.widgets.controls import make_action


class PreferenceAction(QAction):
    """Shows what was chosen, wherever it was, and changes it.

    Args:
        preference: its name; it is either chosen or not.
        key: its shortcut.
    """

    def __init__(
        self,
        text: str,
        preferences: Preferences,
        preference: str,
        key: str,
        *,
        parent: QObject,
    ) -> None:
        super().__init__(text, parent)
        self.setCheckable(True)
        self.setChecked(getattr(preferences, preference))
        self.setShortcut(key)
        self._preferences = preferences
        self._preference = preference
        self.triggered.connect(self._on_triggered)
        preferences.changed.connect(self._on_changed)

    @Slot(bool)
    def _on_triggered(self, is_chosen: bool) -> None:
        self._preferences.set(self._preference, is_chosen)

    @Slot(str)
    def _on_changed(self, name: str) -> None:
        if name == self._preference:
            self.setChecked(getattr(self._preferences, name))


def add_choices(
    menu: QMenu, preferences: Preferences, preference: str, choices: Mapping[Any, str]
) -> None:
    """Entries for a menu, a text for each value of a preference, of which one is chosen."""
    group = QActionGroup(menu)
    for value, text in choices.items():
        choose = partial(preferences.set, preference, value)
        action = make_action(group, text, choose, "", f"{preference}-{value}")
        action.setCheckable(True)
        action.setChecked(getattr(preferences, preference) == value)
        menu.addAction(action)
