"""What tables look like."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QTableView

from mnist_desktop.ui.look.fonts import GRID, scaled, tabular
from mnist_desktop.ui.look.measures import ROW_HEIGHT
from mnist_desktop.ui.look.painted_views import INDENT
from mnist_desktop.ui.look.theme import current_theme

Index = QModelIndex | QPersistentModelIndex
CENTRED = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap


class PlainTable(QTableView):
    """In the theme's colours, without a grid, and with rows of one height, which are chosen whole.

    Args:
        row_height: in pixels, where texts have their usual size.
        indent: of the first column's title, where something stands before its texts.
    """

    def __init__(self, row_height: int = ROW_HEIGHT, indent: int = 0) -> None:
        super().__init__()
        self._hint = ""
        self.setFont(tabular(self.font()))
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(scaled(row_height))
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setProperty(INDENT, indent)

    def moveCursor(
        self, action: QTableView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Home and End lead to the first and the last row, as in a list: rows are chosen whole."""
        ends = (QTableView.CursorAction.MoveHome, QTableView.CursorAction.MoveEnd)
        count = self.model().rowCount()
        if action not in ends or not count:
            return super().moveCursor(action, modifiers)
        row = 0 if action is ends[0] else count - 1
        return self.model().index(row, max(0, self.currentIndex().column()))

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
