"""The application's style sheet."""

from __future__ import annotations

from PySide6.QtGui import QColor

from mnist_desktop.paths import bundled
from mnist_desktop.ui.look.fonts import GRID, control_height
from mnist_desktop.ui.look.themes import Theme


def style_sheet(theme: Theme) -> str:
    """The application's style in the colours of a theme."""
    height = control_height()
    faded = mixed(theme.text, theme.window, 0.38)
    icons = bundled("resources/icons").as_posix()
    check = "check-dark.svg" if theme.is_dark else "check-light.svg"
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
        min-height: {height - 2}px; max-height: {height - 2}px;
        padding: 0 12px; border: 1px solid {theme.border};
        border-radius: 6px; background: {theme.raised}; color: {theme.text};
    }}
    QPushButton:hover {{ border-color: {theme.quiet}; }}
    QPushButton:focus {{ border: 2px solid {theme.accent}; padding: 0 11px; }}
    QPushButton:pressed {{ background: {theme.line}; }}
    QPushButton:disabled {{ color: {faded}; background: transparent; }}
    QPushButton[flat="true"] {{ border-color: transparent; background: transparent; }}
    QPushButton[flat="true"]:hover {{ border-color: {theme.border}; }}
    QPushButton[flat="true"]:focus {{ border-color: {theme.accent}; }}
    QPushButton:checked {{
        background: {mixed(theme.accent, theme.raised, 0.15)}; border-color: {theme.accent};
        color: {theme.accent};
    }}
    QPushButton:default {{
        background: {theme.accent}; border-color: {theme.accent}; color: {theme.on_accent};
    }}
    QPushButton:default:focus {{ border: 2px solid {theme.text}; }}
    QPushButton:default:hover {{ background: {mixed(theme.accent, theme.text, 0.88)}; }}
    QPushButton:default:disabled {{
        background: transparent; border-color: {theme.border}; color: {faded};
    }}

    QLineEdit, QAbstractSpinBox, QComboBox {{
        min-height: {height - 2}px; max-height: {height - 2}px; padding: 0 8px;
        border: 1px solid {theme.border}; border-radius: 6px; background: {theme.paper};
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
        border: 1px solid {theme.border}; background: {theme.raised}; padding: 4px; outline: none;
        selection-background-color: {theme.accent}; selection-color: {theme.on_accent};
    }}
    QCheckBox {{ spacing: 8px; min-height: {height - 8}px; }}
    QCheckBox::indicator {{
        width: 16px; height: 16px; border: 1px solid {theme.border}; border-radius: 4px;
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
        border: 1px solid {theme.border}; border-radius: 6px; background: {theme.paper};
        padding: 4px;
    }}
    QLabel[role="quiet"] {{ color: {theme.quiet}; }}
    QLabel[role="error"] {{ color: {theme.error}; }}

    QFrame#continueBar {{
        border: 1px solid {theme.accent}; border-radius: 6px; background: {theme.raised};
    }}

    QSlider::groove:horizontal {{
        height: 4px; border-radius: 2px; background: {theme.border};
    }}
    QSlider::sub-page:horizontal {{ border-radius: 2px; background: {theme.accent}; }}
    QSlider::sub-page:horizontal:disabled {{ background: {theme.border}; }}
    QSlider::handle:horizontal {{
        width: 14px; height: 14px; margin: -6px 0; border-radius: 8px;
        border: 1px solid {theme.border}; background: {theme.raised};
    }}
    QSlider::handle:horizontal:focus {{
        border: 2px solid {theme.accent}; width: 12px; height: 12px;
    }}
    QDialogButtonBox, QMessageBox {{ dialogbuttonbox-buttons-have-icons: 0; }}

    QProgressBar {{
        border: none; border-radius: 4px; background: {theme.line};
        min-height: 8px; max-height: 8px;
    }}
    QProgressBar::chunk {{ border-radius: 4px; background: {theme.accent}; }}

    QScrollArea {{ border: none; background: transparent; }}
    QScrollArea > QWidget > QWidget {{ background: transparent; }}
    QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
    QScrollBar::handle:vertical {{
        background: {theme.border}; border-radius: 3px; min-height: 32px; margin: 0 0 0 4px;
    }}
    QScrollBar::handle:vertical:hover {{ background: {theme.quiet}; }}
    QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
    QScrollBar::handle:horizontal {{
        background: {theme.border}; border-radius: 3px; min-width: 32px; margin: 4px 0 0 0;
    }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QToolTip {{
        border: 1px solid {theme.border}; background: {theme.raised}; color: {theme.text};
        padding: 4px;
    }}
    """


def mixed(first: str, second: str, share: float) -> str:
    """``share`` of the first colour and the rest of the second."""
    one, other = QColor(first), QColor(second)
    return QColor.fromRgbF(
        one.redF() * share + other.redF() * (1 - share),
        one.greenF() * share + other.greenF() * (1 - share),
        one.blueF() * share + other.blueF() * (1 - share),
    ).name()
