"""What tables of runs look like."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QTableView

from mnist_desktop.ui.look.fonts import GRID, scaled
from mnist_desktop.ui.look.theme import current_theme

ROW_HEIGHT = 28
CELL_PADDING = GRID - 3
"""Beside a text, for which Qt leaves 3 pixels of its own: so it stands below its column's title."""

SELECTED_SHARE = 0.16
"""Of the accent in the colour behind a selected row."""

Index = QModelIndex | QPersistentModelIndex


def tinted(colour: str, ground: str, share: float) -> QColor:
    """``share`` of a colour, and the rest of what it lies on."""
    one, other = QColor(colour), QColor(ground)
    return QColor.fromRgbF(
        one.redF() * share + other.redF() * (1 - share),
        one.greenF() * share + other.greenF() * (1 - share),
        one.blueF() * share + other.blueF() * (1 - share),
    )


def dress_table(table: QTableView, indent: int = 0) -> None:
    """Give a table the theme's colours.

    Args:
        indent: of the first column's title, where something stands before its texts.
    """
    theme = current_theme()
    # A block of the accent itself would outshine the curves.
    selected = tinted(theme.accent, theme.paper, SELECTED_SHARE).name()
    sheet = f"""
    QTableView {{
        border: 1px solid {theme.border}; border-radius: 6px; background: {theme.paper};
        outline: none;
    }}
    QTableView::item {{ border: none; padding: 0 {CELL_PADDING}px; }}
    QTableView::item:selected {{ background: {selected}; color: {theme.text}; }}
    QTableView:focus {{ border-color: {theme.accent}; }}
    QHeaderView {{ background: transparent; border: none; }}
    QHeaderView::section {{
        background: {theme.paper}; color: {theme.quiet}; border: none; padding: 0 {GRID}px;
    }}
    QHeaderView::section:horizontal {{
        border-bottom: 1px solid {theme.border}; height: {scaled(ROW_HEIGHT)}px;
    }}
    QHeaderView::section:horizontal:first {{ padding-left: {GRID + indent}px; }}
    QTableCornerButton::section {{
        background: {theme.paper}; border: none; border-bottom: 1px solid {theme.border};
    }}
    QAbstractScrollArea::corner {{ background: transparent; border: none; }}
    """
    if table.styleSheet() != sheet:
        table.setStyleSheet(sheet)


def is_new_look(event: QEvent) -> bool:
    """Whether an event says that the theme may be another one."""
    return event.type() == QEvent.Type.PaletteChange
