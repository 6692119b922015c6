"""A preference that is either chosen or not, as an action with a tick."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from mnist_desktop.ui.session.preferences import Preferences


class PreferenceAction(QAction):
    """Shows what was chosen, wherever it was, and changes it.

    Args:
        preference: its name; it is a bool.
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
