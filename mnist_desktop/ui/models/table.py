"""The table of runs and models: chosen, sorted and filtered without ever losing what is chosen."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QPointF,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from mnist_desktop.ui.look.fonts import GRID, scaled
from mnist_desktop.ui.look.theme import current_theme
from mnist_desktop.ui.models.columns import RunColumn
from mnist_desktop.ui.models.rows import Key, Row
from mnist_desktop.ui.models.table_model import DOT, NAME_INDENT, RowsModel
from mnist_desktop.ui.widgets.controls import named
from mnist_desktop.ui.widgets.table import Index, PlainTable

SORT_MARK = 2 * GRID
LEAST_NAME = 120
"""Pixels; where there is less, the table scrolls."""

SPARE = 2
"""Pixels without which Qt now and then cuts a text short that just has room."""

Flag = QItemSelectionModel.SelectionFlag

LONGEST_NAME = 200


class RunsTable(PlainTable):
    """Rows are known by what they are, not by where they stand.

    Signals:
        chosen_changed(): other rows are chosen, or what is known of them has changed.
        use_wanted(), delete_wanted(): of the chosen rows.
        renamed(object, str): a run was given another name.
    """

    chosen_changed = Signal()
    use_wanted = Signal()
    delete_wanted = Signal()
    renamed = Signal(object, str)

    def __init__(self) -> None:
        super().__init__(indent=NAME_INDENT)
        self.rows = RowsModel(self)
        self.rows.renamed.connect(self.renamed)
        self._chosen: set[Key] = set()
        self._current: Key | None = None
        self._place = 0
        self._is_restoring = False
        self._waiting: list[Row] | None = None
        self._scrolled = 0
        self.rows.modelAboutToBeReset.connect(self._keep_scroll)
        self.setModel(self.rows)
        # After the selection has heard of it, which then forgets everything.
        self.rows.modelReset.connect(self._on_reset)
        self.setItemDelegateForColumn(RunColumn.NAME, NameDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setWordWrap(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._shape_headers()
        self.setSortingEnabled(True)
        self.doubleClicked.connect(self.use_wanted)
        self.selectionModel().currentRowChanged.connect(self.viewport().update)

    def _shape_headers(self) -> None:
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setSortIndicator(RunColumn.STARTED, Qt.SortOrder.DescendingOrder)
        head.setMinimumSectionSize(5 * GRID)
        width = QFontMetrics(self.font()).horizontalAdvance
        for at, column in self.rows.columns.items():
            # Measured once and not in each of a thousand rows.
            content = max(width(column.title) + SORT_MARK, width(column.sample) + SPARE)
            head.resizeSection(at, content + 2 * GRID)

    @property
    def chosen(self) -> list[Row]:
        """The rows that are chosen and seen, from top to bottom."""
        return [row for row in self.rows.rows if row.key in self._chosen]

    @property
    def chosen_keys(self) -> set[Key]:
        """What is chosen, seen or hidden by the filter."""
        return set(self._chosen)

    def show_rows(self, rows: list[Row]) -> None:
        """Show others, or the same with other contents; while a name is typed, only after that."""
        if self.state() == QAbstractItemView.State.EditingState:
            self._waiting = rows
            return
        keys = {row.key for row in rows}
        is_next = bool(self._chosen) and not self._chosen & keys
        if is_next:
            self._choose_next(keys)
        self._chosen &= keys
        self.rows.show_rows(rows)
        if is_next:
            self.scrollTo(self.currentIndex())
        self.chosen_changed.emit()

    def choose(self, keys: Iterable[Key]) -> None:
        """Choose rows and bring the first of them into sight."""
        self._chosen = set(keys)
        places = [place for place, row in enumerate(self.rows.rows) if row.key in self._chosen]
        if places:
            self._current = self.rows.rows[places[0]].key
        self._restore()
        if places:
            self.scrollTo(self.rows.index(places[0], RunColumn.NAME))
        self.chosen_changed.emit()

    def set_filter(self, text: str) -> None:
        """Show only what matches; what is chosen stays so, and comes back with its row."""
        self.rows.set_filter(text)
        self.chosen_changed.emit()

    @Slot()
    def rename_current(self) -> None:
        """Have the name typed of the row that is chosen."""
        rows = self.chosen
        if len(rows) == 1:
            index = self.rows.index(self.rows.rows.index(rows[0]), RunColumn.NAME)
            self.setCurrentIndex(index)
            self.setFocus()
            # Where it cannot be typed, as while one is typed already, this says nothing.
            always = QAbstractItemView.EditTrigger.AllEditTriggers
            self.edit(index, always, QEvent(QEvent.Type.None_))

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        if not self._is_restoring:
            ranges = self.selectionModel().selection().toList()
            places = [place for one in ranges for place in range(one.top(), one.bottom() + 1)]
            self._chosen = {self.rows.rows[place].key for place in places}
            self._place = min(places, default=0)
            self.chosen_changed.emit()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and not self._is_restoring:
            self._current = self.rows.rows[current.row()].key

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        if self._waiting is not None:
            rows, self._waiting = self._waiting, None
            self.show_rows(rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.use_wanted.emit()
        elif event.key() == Qt.Key.Key_F2:
            self.rename_current()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.delete_wanted.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Names have what the others leave; what could be seen of the current row before can be
        seen still.
        """
        super().resizeEvent(event)
        head = self.horizontalHeader()
        others = head.length() - head.sectionSize(RunColumn.NAME)
        head.resizeSection(
            RunColumn.NAME, max(scaled(LEAST_NAME), self.viewport().width() - others)
        )
        there = self.visualRect(self.currentIndex())
        if there.top() >= 0 and there.bottom() <= event.oldSize().height():
            self.scrollTo(self.currentIndex())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = current_theme()
        with QPainter(self.viewport()) as painter:
            painter.setPen(QColor(theme.accent))
            current = self.visualRect(self.currentIndex())
            if current.isValid() and self.hasFocus():
                for y in (current.top(), current.bottom()):
                    painter.drawLine(0, y, self.viewport().width(), y)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(QColor(theme.accent))
            painter.setPen(Qt.PenStyle.NoPen)
            for place, row in enumerate(self.rows.rows):
                if row.reads:
                    name = self.visualRect(self.rows.index(place, RunColumn.NAME))
                    middle = QPointF(name.left() + GRID + DOT / 2, name.center().y() + 0.5)
                    painter.drawEllipse(middle, DOT / 2, DOT / 2)

    @Slot()
    def _keep_scroll(self) -> None:
        self._scrolled = self.verticalScrollBar().value()

    @Slot()
    def _on_reset(self) -> None:
        """The rows are others, or in another order: find again what was chosen."""
        self._restore()
        self.updateGeometries()
        self.verticalScrollBar().setValue(self._scrolled)

    def _choose_next(self, keys: set[Key]) -> None:
        """All that was chosen is gone: choose what now stands where it stood."""
        left = [row.key for row in self.rows.rows if row.key in keys]
        before = sum(row.key in keys for row in self.rows.rows[: self._place])
        if left:
            self._current = left[min(before, len(left) - 1)]
            self._chosen = {self._current}

    def _restore(self) -> None:
        """Make Qt's selection of rows that of ``_chosen``."""
        places = {row.key: place for place, row in enumerate(self.rows.rows)}
        chosen = sorted(places[key] for key in self._chosen if key in places)
        selection = QItemSelection()
        # One range for rows that follow each other: a thousand single ones are slow.
        for _, group in groupby(enumerate(chosen), lambda pair: pair[1] - pair[0]):
            run = [place for _, place in group]
            selection.select(
                self.rows.index(run[0], 0), self.rows.index(run[-1], len(RunColumn) - 1)
            )
        self._is_restoring = True
        self.selectionModel().select(selection, Flag.ClearAndSelect | Flag.Rows)
        if self._current in places:
            current = self.rows.index(places[self._current], RunColumn.NAME)
            self.selectionModel().setCurrentIndex(current, Flag.NoUpdate)
        self._is_restoring = False
        self._place = min(chosen, default=self._place)


class NameDelegate(QStyledItemDelegate):
    """A field as large as the cell. Qt paints: a thousand cells in Python would be felt."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = named(QLineEdit(parent, maxLength=LONGEST_NAME, frame=False), "runNameEdit")
        editor.setAccessibleName(self.tr("Name of the run"))
        return editor

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        editor.setGeometry(option.rect)
