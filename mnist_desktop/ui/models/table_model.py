"""The rows of the table, filtered and sorted here: of a thousand, in some milliseconds."""

from __future__ import annotations

from operator import itemgetter
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    Qt,
    Signal,
)
from PySide6.QtGui import QPixmap

from mnist_desktop.texts import one_line
from mnist_desktop.ui.models.columns import RunColumn, hint_of, make_columns
from mnist_desktop.ui.models.rows import Key, Row, matches
from mnist_desktop.ui.widgets.plain_text import plain_tooltip
from mnist_desktop.ui.widgets.table import Index

Role = Qt.ItemDataRole

DOT = 8
NAME_INDENT = DOT + 6
"""What the room for the dot takes before the names."""

PLAIN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
EDITABLE = PLAIN | Qt.ItemFlag.ItemIsEditable
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class RowsModel(QAbstractTableModel):
    """All rows, of which those that match the filter are shown, sorted by a column.

    Attributes:
        columns: what is shown of a row.
        rows: those that are shown, in their order.
        total: how many there are without the filter.

    Signals:
        renamed(object, str): a run was given another name in the table.
    """

    renamed = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = make_columns()
        # Before each name, so that they stand below each other; a dot is painted there.
        self._room = QPixmap(DOT, DOT)
        self._room.fill(Qt.GlobalColor.transparent)
        self.rows: list[Row] = []
        self._all: list[Row] = []
        self._words: list[str] = []
        self._sorted_by = RunColumn.STARTED
        self._order = Qt.SortOrder.DescendingOrder

    @property
    def total(self) -> int:
        return len(self._all)

    def has_key(self, key: Key) -> bool:
        """Whether there is such a row, shown or not."""
        return any(row.key == key for row in self._all)

    def show_rows(self, rows: list[Row]) -> None:
        """Show others, or the same with other contents."""
        self._all = rows
        self._arrange()

    def set_filter(self, text: str) -> None:
        """Show those only in which each of these words is found."""
        self._words = text.casefold().split()
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; what is equal there keeps the order of the list, newest first."""
        self._sorted_by, self._order = RunColumn(column), order
        self._arrange()

    def _arrange(self) -> None:
        order = self.columns[self._sorted_by].order
        known: list[tuple[Any, Row]] = []
        unknown: list[Row] = []
        for row in self._all:
            if matches(row, self._words):
                value = order(row)
                if value is None:
                    unknown.append(row)
                else:
                    known.append((value, row))
        known.sort(key=itemgetter(0), reverse=self._order is Qt.SortOrder.DescendingOrder)
        rows = [row for _, row in known] + unknown
        if [row.key for row in rows] != [row.key for row in self.rows]:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()
        elif rows != self.rows:
            self.rows = rows
            last = self.index(len(rows) - 1, len(RunColumn) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(RunColumn)

    def flags(self, index: Index) -> Qt.ItemFlag:
        is_run = index.column() == RunColumn.NAME and self.rows[index.row()].run is not None
        return EDITABLE if is_run else PLAIN

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, place = self.rows[index.row()], index.column()
        found: object = None
        if role == Role.DisplayRole:
            found = self.columns[place].text(row)
        elif role == Role.TextAlignmentRole:
            found = RIGHT if self.columns[place].is_number else LEFT
        elif role == Role.DecorationRole and place == RunColumn.NAME:
            found = self._room
        elif role == Role.EditRole:
            found = row.name
        elif role == Role.ToolTipRole:
            found = plain_tooltip(hint_of(row, RunColumn(place)))
        elif role == Role.AccessibleDescriptionRole and row.reads and place == RunColumn.NAME:
            found = self.tr("reads now")
        return found

    def setData(self, index: Index, value: object, role: int = Role.EditRole) -> bool:
        row = self.rows[index.row()]
        name = one_line(str(value))
        if role != Role.EditRole or row.run is None or not name:
            return False
        if name != row.name:
            self.renamed.emit(row.run, name)
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Vertical:
            return None
        column = self.columns[section]
        if role == Role.DisplayRole:
            return column.title
        if role == Role.ToolTipRole:
            return column.hint
        if role == Role.TextAlignmentRole:
            return RIGHT if column.is_number else LEFT
        return None
