"""Which colours the application has.

Widgets that paint themselves ask ``current_theme`` when they paint, so that a change needs no
message of its own.
"""

from __future__ import annotations

from typing import Literal, get_args

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

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
PLAIN = QPalette.ColorRole.WindowText
QUIET = QPalette.ColorRole.PlaceholderText
ERROR = QPalette.ColorRole.BrightText
"""Colours of labels, as of those that explain, and of those that say what is wrong."""

WORN = "theme"
"""A property of the application: which of these it is dressed in."""


def current_theme() -> Theme:
    """The theme that the application is dressed in."""
    application = QApplication.instance()
    worn = application.property(WORN) if application else None
    return THEMES.get(str(worn), LIGHT)
