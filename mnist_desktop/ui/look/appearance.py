"""The application looks as a person has chosen, and follows when they choose anew."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication

from mnist_desktop.ui.look.fonts import set_text_size
from mnist_desktop.ui.look.theme import THEME_NAMES, ThemeName
from mnist_desktop.ui.look.translation import Translation, system_language
from mnist_desktop.ui.look.wardrobe import Wardrobe
from mnist_desktop.ui.session.preferences import Preferences


class Appearance(QObject):
    """Theme, size of texts and language.

    Signals:
        renewed(): texts or sizes are others, so that windows have to be made anew. Another theme
            needs nothing of the kind.
    """

    renewed = Signal()

    def __init__(self, application: QApplication, preferences: Preferences) -> None:
        super().__init__(application)
        self._application = application
        self._preferences = preferences
        self._translation = Translation(application)
        self._translation.speak(preferences.language or system_language())
        set_text_size(application, preferences.text_size)
        self._wardrobe = Wardrobe(application, self._theme)
        preferences.changed.connect(self._on_changed)

    @property
    def _theme(self) -> ThemeName:
        name = self._preferences.theme
        return name if name in THEME_NAMES else "system"

    @Slot(str)
    def _on_changed(self, name: str) -> None:
        if name == "theme":
            self._wardrobe.choose(self._theme)
        elif name == "text_size":
            set_text_size(self._application, self._preferences.text_size)
            self.renewed.emit()
        elif name == "language":
            self._translation.speak(self._preferences.language or system_language())
            self.renewed.emit()
