"""Which colours the application has.

Widgets that paint themselves ask ``current_theme`` when they paint, so that a change needs no
message of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

FADED = 0.38
"""Of the text's colour, and the rest of the ground's, in what cannot be used now."""


@dataclass(frozen=True)
class Theme:
    """One set of colours.

    ``train``, ``test`` and ``best`` are of Okabe and Ito's palette, which colour-blind eyes can
    tell apart; the curves differ in dash, too.

    Attributes:
        window, paper, raised: what lies behind all, behind ink and texts, and below buttons.
        ink, text, quiet, error: what is drawn and written.
        line: fills and lines that say nothing.
        border: of what can be used or looked at: stands out three to one from all grounds.
        accent, on_accent: of what is chosen, and what is written on it.
    """

    is_dark: bool
    window: str
    paper: str
    ink: str
    text: str
    quiet: str
    line: str
    border: str
    raised: str
    accent: str
    on_accent: str
    error: str
    batch: str
    train: str
    test: str
    best: str

    @property
    def faded(self) -> str:
        """Of the text of what cannot be used now."""
        return mixed(self.text, self.window, FADED)


LIGHT = Theme(
    is_dark=False,
    window="#f5f6f8",
    paper="#ffffff",
    ink="#15181c",
    text="#1b1f24",
    quiet="#59626d",
    line="#d3d8de",
    border="#7d8794",
    raised="#ffffff",
    accent="#0072b2",
    on_accent="#ffffff",
    error="#b3261e",
    batch="#8c95a1",
    train="#0072b2",
    test="#d55e00",
    best="#009e73",
)
DARK = Theme(
    is_dark=True,
    window="#17191d",
    paper="#1f2227",
    ink="#f2f4f6",
    text="#e5e8ec",
    quiet="#a0a8b2",
    line="#3a4048",
    border="#757e8a",
    raised="#2a2e35",
    accent="#56b4e9",
    on_accent="#0c1116",
    error="#ff8a80",
    batch="#757e8a",
    train="#56b4e9",
    test="#e69f00",
    best="#2cc79a",
)


CONTRAST_LIGHT = replace(
    LIGHT,
    window="#ffffff",
    ink="#000000",
    text="#000000",
    quiet="#26292d",
    line="#8a93a0",
    border="#000000",
    accent="#00497a",
    error="#8c1010",
    batch="#767d86",
    train="#00497a",
    test="#a33a00",
    best="#00634a",
)
CONTRAST_DARK = replace(
    DARK,
    window="#000000",
    paper="#000000",
    raised="#000000",
    ink="#ffffff",
    text="#ffffff",
    quiet="#dfe4ea",
    line="#7a838f",
    border="#ffffff",
    accent="#ffd54a",
    on_accent="#000000",
    error="#ffb3ab",
    batch="#8a93a0",
    train="#7cc8f5",
    test="#ffb638",
    best="#57e3b6",
)


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


def mixed(first: str, second: str, share: float) -> str:
    """``share`` of the first colour and the rest of the second."""
    one, other = QColor(first), QColor(second)
    return QColor.fromRgbF(
        one.redF() * share + other.redF() * (1 - share),
        one.greenF() * share + other.greenF() * (1 - share),
        one.blueF() * share + other.blueF() * (1 - share),
    ).name()
