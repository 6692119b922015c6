"""The application looks as a person has chosen, and follows when they choose anew."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from mnist_desktop.ui.look.fonts import set_text_size
from mnist_desktop.ui.look.style import Style
from mnist_desktop.ui.look.theme import ERROR, PLAIN, QUIET, THEMES, WORN, Theme
from mnist_desktop.ui.look.translation import Translation, system_language
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
        self._dress()
        application.styleHints().colorSchemeChanged.connect(self._dress)
        preferences.changed.connect(self._on_changed)

    @Slot()
    def _dress(self) -> None:
        """As a person or, where none has chosen, the system wants it. The system decides between
        light and dark also where there is to be more contrast.
        """
        name, scheme = self._preferences.theme, self._application.styleHints().colorScheme()
        is_dark = name == "dark" or (name != "light" and scheme == Qt.ColorScheme.Dark)
        brightness = "dark" if is_dark else "light"
        dress(self._application, f"contrast-{brightness}" if name == "contrast" else brightness)

    @Slot(str)
    def _on_changed(self, name: str) -> None:
        if name == "theme":
            self._dress()
        elif name == "text_size":
            set_text_size(self._application, self._preferences.text_size)
            self.renewed.emit()
        elif name == "language":
            self._translation.speak(self._preferences.language or system_language())
            self.renewed.emit()


def dress(application: QApplication, worn: str) -> None:
    """Give the application the colours of one of ``THEMES``."""
    application.setProperty(WORN, worn)
    if not isinstance(application.style(), Style):
        application.setStyle(Style())
    application.setPalette(_palette(THEMES[worn]))


def _palette(theme: Theme) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette(QColor(theme.raised), QColor(theme.window))
    for where, colour in (
        (role.Window, theme.window),
        (PLAIN, theme.text),
        (role.Base, theme.paper),
        (role.AlternateBase, theme.window),
        (role.Text, theme.text),
        (role.Button, theme.raised),
        (role.ButtonText, theme.text),
        (role.ToolTipBase, theme.raised),
        (role.ToolTipText, theme.text),
        (QUIET, theme.quiet),
        (role.Highlight, theme.accent),
        (role.HighlightedText, theme.on_accent),
        (role.Accent, theme.accent),
        (role.Link, theme.accent),
        (ERROR, theme.error),
        (role.Mid, theme.border),
    ):
        palette.setColor(where, QColor(colour))
    for where in (PLAIN, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, where, QColor(theme.faded))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Accent, QColor(theme.line))
    return palette
