"""A table of figures that one only looks at."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QHeaderView

from mnist_desktop.ui.look.fonts import GRID, scaled
from mnist_desktop.ui.widgets.controls import named
from mnist_desktop.ui.widgets.plain_text import plain_tooltip
from mnist_desktop.ui.widgets.table import PlainTable

SHORTEST_TITLE = 80
"""Pixels of a column; no title that is shorter is cut."""


class FigureTable(PlainTable):
    """Columns that share what room there is beside what they need, figures on the right of them.

    Args:
        name: for checks.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        named(self, name)
        self._figures = QStandardItemModel(self)
        self.setModel(self._figures)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def show_figures(self, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Show others."""
        self._figures.clear()
        self._figures.setHorizontalHeaderLabels(list(header))
        for column, title in enumerate(header):
            # Not of the item: Python would keep what it wraps, and the model deletes it.
            tip, role = plain_tooltip(title), Qt.ItemDataRole.ToolTipRole
            self._figures.setHeaderData(column, Qt.Orientation.Horizontal, tip, role)
        for texts in rows:
            items = [QStandardItem(text) for text in texts]
            for item in items:
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._figures.appendRow(items)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        header, columns = self.horizontalHeader(), range(self._figures.columnCount())
        needed = [
            max(header.sectionSizeHint(column), self.sizeHintForColumn(column))
            for column in columns
        ]
        room, longest = self.viewport().width(), max(needed, default=0)
        while sum(needed) > room and longest > scaled(SHORTEST_TITLE):  # long titles are cut short
            longest -= GRID
            needed = [
                max(min(width, longest), self.sizeHintForColumn(column))
                for column, width in zip(columns, needed, strict=True)
            ]
        more = max(0, room - sum(needed)) // max(1, len(needed))
        for column, width in enumerate(needed):
            header.resizeSection(column, width + more)
