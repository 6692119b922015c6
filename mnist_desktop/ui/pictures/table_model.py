"""The rows of the list: "?" first, then what is less sure; a row stays where it is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from enum import IntEnum
from unicodedata import normalize

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QFont

from mnist_desktop.errors import LONGEST_PATH, UserError
from mnist_desktop.texts import one_line
from mnist_desktop.ui.look.fonts import heading_font, tabular
from mnist_desktop.ui.look.theme import current_theme
from mnist_desktop.ui.session.read.many_pictures import ManyPictures
from mnist_desktop.ui.session.read.picture_rows import PictureRow
from mnist_desktop.ui.session.texts import percent, translated
from mnist_desktop.ui.widgets.plain_text import plain_tooltip
from mnist_desktop.ui.widgets.table import Index

Role = Qt.ItemDataRole

LINE_BREAK = "↵"
"""Stands where one line of what was read ends, and the next begins."""


class Column(IntEnum):
    """From left to right."""

    PICTURE, FILE, TEXT, SURENESS, NOTE = range(5)


class PicturesModel(QAbstractTableModel):
    """What was read, sorted.

    A row has its place by what was read, not by what was put in its place: it does not run away
    from whoever goes on to the next. Where only "?" are shown, one that is put right goes away once
    somebody has gone on.

    Attributes:
        rows: those that are shown, in their order.
    """

    def __init__(self, pictures: ManyPictures, font: QFont, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[PictureRow] = []
        self._pictures = pictures
        self._only_open = False
        self._font = tabular(heading_font(font))
        self._titles = (
            self.tr("Picture"),
            self.tr("File"),
            self.tr("Text"),
            self.tr("Sureness"),
            self.tr("Note"),
        )
        # Its field is still open when a text is put in.
        self._gone_on = QTimer(self, interval=0, singleShot=True)
        self._gone_on.timeout.connect(self._drop_done)
        pictures.added.connect(self._on_added)
        pictures.changed.connect(self._on_changed)
        pictures.closed.connect(self._arrange)
        pictures.answered.connect(self._arrange)
        self._arrange()

    def show_only_unsure(self, is_wanted: bool) -> None:
        """Show only what is a "?" and has not been put right; or all."""
        self._only_open = is_wanted
        self._arrange()

    def take_back(self, rows: Iterable[PictureRow]) -> None:
        """Let these be as they were read."""
        for row in rows:
            self._pictures.correct(row, "")

    @Slot()
    def _arrange(self) -> None:
        self.beginResetModel()
        self.rows = sorted(filter(self._is_shown, self._pictures.rows), key=_rank)
        self.endResetModel()

    def _is_shown(self, row: PictureRow) -> bool:
        return row.is_open or not self._only_open

    @Slot(object)
    def _on_added(self, rows: list[PictureRow]) -> None:
        for row in filter(self._is_shown, rows):
            place = bisect_right(self.rows, row.rank, key=_rank)
            self.beginInsertRows(QModelIndex(), place, place)
            self.rows.insert(place, row)
            self.endInsertRows()

    @Slot(object)
    def _on_changed(self, row: PictureRow) -> None:
        if row in self.rows:
            place = self.rows.index(row)
            self.dataChanged.emit(self.index(place, 0), self.index(place, len(Column) - 1))
            self._gone_on.start()
        else:
            self._on_added([row])

    @Slot()
    def _drop_done(self) -> None:
        for row in [row for row in self.rows if not self._is_shown(row)]:
            place = self.rows.index(row)
            self.beginRemoveRows(QModelIndex(), place, place)
            del self.rows[place]
            self.endRemoveRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(Column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == Column.TEXT else flags

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], Column(index.column())
        found: object = None
        if role == Role.DisplayRole:
            found = self._text(row, column)
        elif role == Role.EditRole:
            found = shown(row.best_text if row.correction is None else row.correction)
        elif role == Role.ToolTipRole:
            found = plain_tooltip(self._hint(row, column))
        elif role == Role.FontRole and column is Column.TEXT:
            found = self._font
        elif role == Role.TextAlignmentRole:
            found = _alignment(column)
        elif role == Role.ForegroundRole:
            found = self._colour(row, column)
        elif role == Role.AccessibleTextRole and column is Column.PICTURE:
            found = self.tr("Picture")
        return found

    def setData(self, index: Index, value: object, role: int = Role.EditRole) -> bool:
        if role != Role.EditRole or index.column() != Column.TEXT:
            return False
        # An input method may give digits and signs as wide as Chinese characters are.
        lines = map(one_line, normalize("NFKC", str(value)).split(LINE_BREAK))
        return self._pictures.correct(self.rows[index.row()], "\n".join(lines).strip("\n"))

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Role.DisplayRole:
            return self._titles[section]
        if role == Role.TextAlignmentRole:
            return _alignment(Column(section))
        return None

    def _text(self, row: PictureRow, column: Column) -> str:
        if column is Column.FILE:
            return self._name(row)
        if column is Column.TEXT:
            return shown(row.final_text)
        if column is Column.SURENESS:
            return "" if row.confidence is None else percent(row.confidence)
        return self._note(row) if column is Column.NOTE else ""

    def _name(self, row: PictureRow) -> str:
        if row.file is None:
            return ""
        name = one_line(row.file.name or str(row.file))
        if row.number:
            return self.tr("{name}, drawing {number:,}").format(name=name, number=row.number)
        return name

    def _note(self, row: PictureRow) -> str:
        """What a person has done, or else why it is a "?", or that it is not all there is."""
        if row.correction is not None:
            if not row.best_text:
                return self.tr("put in by you")
            return self.tr("put right; was read as {text}").format(text=shown(row.best_text))
        if isinstance(row.why, UserError):
            # Without the name of the file, which stands beside it.
            return UserError.text(row.why, translated)
        if row.why is None:
            return self.tr("some of the ink was not read") if row.has_unread else ""
        why = translated("core", row.why)
        if not row.best_text:
            return why
        return self.tr("{reason}; perhaps {text}").format(reason=why, text=shown(row.best_text))

    def _hint(self, row: PictureRow, column: Column) -> str:
        if column is Column.FILE:
            return one_line(str(row.file), LONGEST_PATH) if row.file else ""
        return self._note(row)

    def _colour(self, row: PictureRow, column: Column) -> QColor | None:
        theme = current_theme()
        if column is Column.TEXT and row.correction is not None:
            return QColor(theme.accent)
        if column is Column.NOTE:
            return QColor(theme.quiet)
        return None


def shown(text: str) -> str:
    """A text of several lines in one."""
    return text.replace("\n", LINE_BREAK)


def _alignment(column: Column) -> Qt.AlignmentFlag:
    """Of a column's title, and of what stands below it."""
    is_number = column is Column.SURENESS
    side = Qt.AlignmentFlag.AlignRight if is_number else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _rank(row: PictureRow) -> tuple[bool, float]:
    return row.rank
