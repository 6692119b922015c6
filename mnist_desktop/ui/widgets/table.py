"""What tables look like."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QTableView

from mnist_desktop.ui.look.fonts import GRID, scaled, tabular
from mnist_desktop.ui.look.style_sheet import mixed
from mnist_desktop.ui.look.theme import current_theme

ROW_HEIGHT = 28
CELL_PADDING = GRID - 3
"""Beside a text, for which Qt leaves 3 pixels of its own: so it stands below its column's title."""

SELECTED_SHARE = 0.16
"""Of the accent in the colour behind a selected row."""

Index = QModelIndex | QPersistentModelIndex
CENTRED = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap


class PlainTable(QTableView):
    """In the theme's colours, without a grid, and with rows of one height.

    Args:
        row_height: in pixels, where texts have their usual size.
        indent: of the first column's title, where something stands before its texts.
    """

    def __init__(self, row_height: int = ROW_HEIGHT, indent: int = 0) -> None:
        super().__init__()
        self._indent = indent
        self._hint = ""
        self.setFont(tabular(self.font()))
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(scaled(row_height))
        self.horizontalHeader().setHighlightSections(False)
        self._dress()

    def show_hint(self, hint: str) -> None:
        """Say something in the room below the rows."""
        if hint != self._hint:
            self._hint = hint
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with QPainter(self.viewport()) as painter:
            painter.setPen(QColor(current_theme().quiet))
            painter.drawText(self._hint_room, CENTRED, self._hint)

    @property
    def _hint_room(self) -> QRect:
        """What is left below the rows."""
        count = self.model().rowCount() if self.model() else 0
        top = count * self.verticalHeader().defaultSectionSize() - self.verticalScrollBar().value()
        return self.viewport().rect().adjusted(2 * GRID, top, -2 * GRID, 0)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def _dress(self) -> None:
        """Take the theme's colours."""
        theme = current_theme()
        # A block of the accent itself would outshine the curves.
        selected = mixed(theme.accent, theme.paper, SELECTED_SHARE)
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
        QHeaderView::section:horizontal:first {{ padding-left: {GRID + self._indent}px; }}
        QTableCornerButton::section {{
            background: {theme.paper}; border: none; border-bottom: 1px solid {theme.border};
        }}
        QAbstractScrollArea::corner {{ background: transparent; border: none; }}
        """
        if self.styleSheet() != sheet:
            self.setStyleSheet(sheet)
