"""Dresses the application: in the theme that a person or the system wants, now and later."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from mnist_desktop.ui.look.style import Style
from mnist_desktop.ui.look.theme import ERROR, PLAIN, QUIET, THEMES, WORN, Theme, ThemeName


class Wardrobe(QObject):
    """Dresses the application as a person or the system wants it, now and when either changes."""

    def __init__(self, application: QApplication, name: ThemeName = "system") -> None:
        super().__init__(application)
        self._application = application
        self._name = name
        application.styleHints().colorSchemeChanged.connect(self._dress)
        self._dress()

    def choose(self, name: ThemeName) -> None:
        """Wear another theme."""
        self._name = name
        self._dress()

    @Slot()
    def _dress(self) -> None:
        scheme = self._application.styleHints().colorScheme()
        is_dark = self._name == "dark" or (self._name != "light" and scheme == Qt.ColorScheme.Dark)
        brightness = "dark" if is_dark else "light"
        dress(
            self._application,
            f"contrast-{brightness}" if self._name == "contrast" else brightness,
        )


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
