"""Which colours the application has, and how it comes to have others.

Widgets that paint themselves ask ``current_theme`` when they paint, so that a change needs no
message of its own.
"""

from __future__ import annotations

from typing import Literal, get_args

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from mnist_desktop.ui.look.style_sheet import style_sheet
from mnist_desktop.ui.look.themes import CONTRAST_DARK, CONTRAST_LIGHT, DARK, LIGHT, Theme

ThemeName = Literal["system", "light", "dark", "contrast"]
THEME_NAMES: tuple[ThemeName, ...] = get_args(ThemeName)
"""The system decides between light and dark; also, where there is to be more contrast, of that."""

THEMES = {
    "light": LIGHT,
    "dark": DARK,
    "contrast-light": CONTRAST_LIGHT,
    "contrast-dark": CONTRAST_DARK,
}
_WORN = "theme"
"""A property of the application: which of these it is dressed in."""


def current_theme() -> Theme:
    """The theme that the application is dressed in."""
    application = QApplication.instance()
    worn = application.property(_WORN) if application else None
    return THEMES.get(str(worn), LIGHT)


class Wardrobe(QObject):
    """Dresses the application as a person or the system wants it, now and when either changes."""

    def __init__(self, application: QApplication, name: ThemeName = "system") -> None:
        super().__init__(application)
        self._application = application
        self._name = name
        if application.property(_WORN) is None:
            application.setStyle("Fusion")
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
    application.setProperty(_WORN, worn)
    palette, sheet = _palette(THEMES[worn]), style_sheet(THEMES[worn])
    if application.palette() == palette and application.styleSheet() == sheet:
        return
    # In place of another one, Qt works a style sheet out for each widget once for itself and once
    # for each widget that it is in; for an application without one it does so once.
    application.setStyleSheet("")
    application.setPalette(palette)
    application.setStyleSheet(sheet)


def _palette(theme: Theme) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette(QColor(theme.raised), QColor(theme.window))
    for where, colour in (
        (role.Window, theme.window),
        (role.WindowText, theme.text),
        (role.Base, theme.paper),
        (role.AlternateBase, theme.window),
        (role.Text, theme.text),
        (role.Button, theme.raised),
        (role.ButtonText, theme.text),
        (role.ToolTipBase, theme.raised),
        (role.ToolTipText, theme.text),
        (role.PlaceholderText, theme.quiet),
        (role.Highlight, theme.accent),
        (role.HighlightedText, theme.on_accent),
        (role.Accent, theme.accent),
        (role.Link, theme.accent),
        (role.Mid, theme.border),
    ):
        palette.setColor(where, QColor(colour))
    for where in (role.WindowText, role.Text, role.ButtonText):
        faded = QColor(theme.text)
        faded.setAlphaF(0.4)
        palette.setColor(QPalette.ColorGroup.Disabled, where, faded)
    palette.setColor(QPalette.ColorGroup.Disabled, role.Accent, QColor(theme.line))
    return palette
