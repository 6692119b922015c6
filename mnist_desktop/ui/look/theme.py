"""Colours, sizes and the application's style, light and dark.

The system decides between light and dark. Widgets that paint themselves ask ``current_theme``
when they paint, so that a change needs no message of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from mnist_desktop.paths import bundled

GRID = 8
"""Space within a group; twice as much between groups, three times at the edges."""

CONTROL_HEIGHT = 32
HEADING_SCALE = 1.25


@dataclass(frozen=True)
class Theme:
    """One set of colours.

    ``train``, ``test`` and ``best`` are of Okabe and Ito's palette, which colour-blind eyes can
    tell apart; the curves differ in dash, too.
    """

    window: str
    paper: str
    ink: str
    text: str
    quiet: str
    line: str
    raised: str
    accent: str
    on_accent: str
    error: str
    train: str
    test: str
    best: str


LIGHT = Theme(
    window="#f5f6f8",
    paper="#ffffff",
    ink="#15181c",
    text="#1b1f24",
    quiet="#59626d",
    line="#d3d8de",
    raised="#ffffff",
    accent="#0072b2",
    on_accent="#ffffff",
    error="#b3261e",
    train="#0072b2",
    test="#d55e00",
    best="#009e73",
)
DARK = Theme(
    window="#17191d",
    paper="#1f2227",
    ink="#f2f4f6",
    text="#e5e8ec",
    quiet="#a0a8b2",
    line="#3a4048",
    raised="#2a2e35",
    accent="#56b4e9",
    on_accent="#0c1116",
    error="#ff8a80",
    train="#56b4e9",
    test="#e69f00",
    best="#2cc79a",
)


def current_theme() -> Theme:
    """The theme that the application is dressed in."""
    return DARK if QApplication.palette().window().color().lightness() < 128 else LIGHT


def follow_system(application: QApplication) -> None:
    """Dress the application as the system wants it, now and whenever the system changes."""
    application.setStyle("Fusion")
    hints = application.styleHints()
    hints.colorSchemeChanged.connect(lambda scheme: dress(application, scheme))
    dress(application, hints.colorScheme())


def heading_font(font: QFont) -> QFont:
    """A font for headings, from that of the text."""
    heading = QFont(font)
    heading.setPointSizeF(font.pointSizeF() * HEADING_SCALE)
    heading.setWeight(QFont.Weight.DemiBold)
    return heading


def tabular(font: QFont) -> QFont:
    """The same font with digits of one width, so that figures that change do not jump."""
    figures = QFont(font)
    figures.setFeature(QFont.Tag("tnum"), 1)
    return figures


def dress(application: QApplication, scheme: Qt.ColorScheme) -> None:
    """Give the application the colours of a scheme."""
    theme = DARK if scheme == Qt.ColorScheme.Dark else LIGHT
    application.setPalette(_palette(theme))
    application.setStyleSheet(_style_sheet(theme))


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
        (role.Mid, theme.line),
    ):
        palette.setColor(where, QColor(colour))
    for where in (role.WindowText, role.Text, role.ButtonText):
        faded = QColor(theme.text)
        faded.setAlphaF(0.4)
        palette.setColor(QPalette.ColorGroup.Disabled, where, faded)
    palette.setColor(QPalette.ColorGroup.Disabled, role.Accent, QColor(theme.line))
    return palette


def _style_sheet(theme: Theme) -> str:
    faded = _mixed(theme.text, theme.window, 0.38)
    icons = bundled("resources/icons").as_posix()
    check = "check-dark.svg" if theme is DARK else "check-light.svg"
    return f"""
    QTabWidget::pane {{ border: none; border-top: 1px solid {theme.line}; }}
    QTabWidget::tab-bar {{ left: {GRID}px; }}
    QTabBar {{ qproperty-drawBase: 0; }}
    QMenuBar {{ background: {theme.window}; padding: 2px {2 * GRID - 6}px; }}
    QTabBar::tab {{
        background: transparent; color: {theme.quiet}; border: none;
        border-bottom: 2px solid transparent; padding: 9px 16px 7px 16px;
    }}
    QTabBar::tab:hover {{ color: {theme.text}; }}
    QTabBar::tab:selected {{ color: {theme.text}; border-bottom-color: {theme.accent}; }}
    QTabBar::tab:focus {{ color: {theme.accent}; }}

    QPushButton {{
        min-height: {CONTROL_HEIGHT - 2}px; max-height: {CONTROL_HEIGHT - 2}px;
        padding: 0 12px; border: 1px solid {theme.line};
        border-radius: 6px; background: {theme.raised}; color: {theme.text};
    }}
    QPushButton:hover {{ border-color: {theme.quiet}; }}
    QPushButton:focus {{ border-color: {theme.accent}; }}
    QPushButton:pressed {{ background: {theme.line}; }}
    QPushButton:disabled {{ color: {faded}; background: transparent; }}
    QPushButton:default {{
        background: {theme.accent}; border-color: {theme.accent}; color: {theme.on_accent};
    }}
    QPushButton:default:hover {{ background: {_mixed(theme.accent, theme.text, 0.88)}; }}
    QPushButton:default:disabled {{
        background: transparent; border-color: {theme.line}; color: {faded};
    }}

    QLineEdit, QAbstractSpinBox, QComboBox {{
        min-height: {CONTROL_HEIGHT - 2}px; max-height: {CONTROL_HEIGHT - 2}px; padding: 0 8px;
        border: 1px solid {theme.line}; border-radius: 6px; background: {theme.paper};
        color: {theme.text};
        selection-background-color: {theme.accent}; selection-color: {theme.on_accent};
    }}
    QLineEdit:hover, QAbstractSpinBox:hover, QComboBox:hover {{ border-color: {theme.quiet}; }}
    QLineEdit:focus, QAbstractSpinBox:focus, QComboBox:focus {{ border-color: {theme.accent}; }}
    QLineEdit[invalid="true"] {{ border-color: {theme.error}; }}
    QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled {{
        color: {faded}; background: transparent;
    }}
    QAbstractSpinBox {{ padding-right: 24px; }}
    QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{
        subcontrol-origin: border; width: 22px; height: 14px; border: none;
        background: transparent; right: 2px;
    }}
    QAbstractSpinBox::up-button {{ subcontrol-position: top right; top: 2px; }}
    QAbstractSpinBox::down-button {{ subcontrol-position: bottom right; bottom: 2px; }}
    QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover {{
        background: {theme.line}; border-radius: 3px;
    }}
    QAbstractSpinBox::up-arrow {{ image: url({icons}/up.svg); width: 10px; height: 10px; }}
    QAbstractSpinBox::down-arrow {{ image: url({icons}/down.svg); width: 10px; height: 10px; }}
    QAbstractSpinBox::up-arrow:disabled, QAbstractSpinBox::down-arrow:disabled,
    QAbstractSpinBox::up-arrow:off, QAbstractSpinBox::down-arrow:off {{ image: none; }}
    QComboBox::drop-down {{ border: none; width: 24px; }}
    QComboBox::down-arrow {{ image: url({icons}/down.svg); width: 12px; height: 12px; }}
    QComboBox QAbstractItemView {{
        border: 1px solid {theme.line}; background: {theme.raised}; padding: 4px; outline: none;
        selection-background-color: {theme.accent}; selection-color: {theme.on_accent};
    }}
    QCheckBox {{ spacing: 8px; min-height: {CONTROL_HEIGHT - 8}px; }}
    QCheckBox::indicator {{
        width: 16px; height: 16px; border: 1px solid {theme.quiet}; border-radius: 4px;
        background: {theme.paper};
    }}
    QCheckBox::indicator:hover, QCheckBox::indicator:focus {{ border-color: {theme.accent}; }}
    QCheckBox::indicator:checked {{
        background: {theme.accent}; border-color: {theme.accent};
        image: url({icons}/{check});
    }}
    QCheckBox::indicator:disabled {{ border-color: {theme.line}; background: transparent; }}
    QCheckBox::indicator:checked:disabled {{ background: {theme.line}; }}
    QPlainTextEdit {{
        border: 1px solid {theme.line}; border-radius: 6px; background: {theme.paper};
        padding: 4px;
    }}
    QLabel[role="quiet"] {{ color: {theme.quiet}; }}
    QLabel[role="error"] {{ color: {theme.error}; }}

    QFrame#continueBar {{
        border: 1px solid {theme.accent}; border-radius: 6px; background: {theme.raised};
    }}

    QProgressBar {{
        border: none; border-radius: 4px; background: {theme.line};
        min-height: 8px; max-height: 8px;
    }}
    QProgressBar::chunk {{ border-radius: 4px; background: {theme.accent}; }}

    QScrollArea {{ border: none; background: transparent; }}
    QScrollArea > QWidget > QWidget {{ background: transparent; }}
    QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
    QScrollBar::handle:vertical {{
        background: {theme.line}; border-radius: 3px; min-height: 32px; margin: 0 0 0 4px;
    }}
    QScrollBar::handle:vertical:hover {{ background: {theme.quiet}; }}
    QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
    QScrollBar::handle:horizontal {{
        background: {theme.line}; border-radius: 3px; min-width: 32px; margin: 4px 0 0 0;
    }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QToolTip {{
        border: 1px solid {theme.line}; background: {theme.raised}; color: {theme.text};
        padding: 4px;
    }}
    """


def _mixed(first: str, second: str, share: float) -> str:
    """``share`` of the first colour and the rest of the second."""
    one, other = QColor(first), QColor(second)
    return QColor.fromRgbF(
        one.redF() * share + other.redF() * (1 - share),
        one.greenF() * share + other.greenF() * (1 - share),
        one.blueF() * share + other.blueF() * (1 - share),
    ).name()
