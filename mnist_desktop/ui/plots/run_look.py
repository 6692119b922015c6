"""What the tables of this tab look like, and the colours and dashes of many curves."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QTableView

from mnist_desktop.ui.look.theme import DARK, GRID, LIGHT, Theme, current_theme

ROW_HEIGHT = 28
CELL_PADDING = GRID - 3
"""Beside a text, for which Qt leaves 3 pixels of its own: so it stands below its column's title."""

SELECTED_SHARE = 0.16
"""Of the accent in the colour behind a selected row."""

Index = QModelIndex | QPersistentModelIndex

SHADES = {
    LIGHT: ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#000000", "#e69f00", "#56b4e9"),
    DARK: ("#56b4e9", "#e69f00", "#2cc79a", "#cc79a7", "#f2f4f6", "#f0e442", "#d55e00"),
}
"""Okabe and Ito's, without their yellow on white paper and their blue on dark, which are hardly
seen there."""

DASHES: tuple[list[float], ...] = ([], [4.0, 2.0], [1.0, 2.0])
"""In widths of the pen. As many shades and dashes as have no common factor, so that 21 curves
differ, and neighbours in both."""

CURVE_WIDTH = 2


def curve_pen(place: int, theme: Theme) -> QPen:
    """The pen of one of many curves."""
    shades = SHADES[theme]
    pen = QPen(QColor(shades[place % len(shades)]), CURVE_WIDTH)
    if dash := DASHES[place % len(DASHES)]:
        pen.setDashPattern(dash)
    pen.setCosmetic(True)
    return pen


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
        border: 1px solid {theme.line}; border-radius: 6px; background: {theme.paper};
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
        border-bottom: 1px solid {theme.line}; height: {ROW_HEIGHT}px;
    }}
    QHeaderView::section:horizontal:first {{ padding-left: {GRID + indent}px; }}
    QTableCornerButton::section {{
        background: {theme.paper}; border: none; border-bottom: 1px solid {theme.line};
    }}
    QAbstractScrollArea::corner {{ background: transparent; border: none; }}
    """
    if table.styleSheet() != sheet:
        table.setStyleSheet(sheet)


def is_new_look(event: QEvent) -> bool:
    """Whether an event says that the theme may be another one."""
    return event.type() == QEvent.Type.PaletteChange
