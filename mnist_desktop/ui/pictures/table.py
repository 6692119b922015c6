"""The list of pictures, in which texts are put right by keyboard."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QRect,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from mnist_desktop.ui.look.fonts import GRID, scaled
from mnist_desktop.ui.look.theme import current_theme
from mnist_desktop.ui.pictures.table_model import LINE_BREAK, Column, PicturesModel
from mnist_desktop.ui.session.read.many_pictures import ManyPictures
from mnist_desktop.ui.session.read.picture_rows import PictureRow
from mnist_desktop.ui.session.read.thumbnails import THUMBNAIL
from mnist_desktop.ui.session.texts import percent
from mnist_desktop.ui.widgets.controls import named
from mnist_desktop.ui.widgets.table import Index, PlainTable

SHARES = {Column.FILE: 0.32, Column.TEXT: 0.28, Column.NOTE: 0.4}
"""Of what the other columns leave."""

LONGEST = 200
"""Characters of a text, unless more were read; a strokes file takes no longer label."""

Hint = QAbstractItemDelegate.EndEditHint
Flag = QItemSelectionModel.SelectionFlag
Key = Qt.Key


class PicturesTable(PlainTable):
    """Typing puts the text of the current row right, and Enter goes on to the next.

    Signals:
        open_wanted(object): a row, to be seen on the canvas.
    """

    open_wanted = Signal(object)

    def __init__(self, pictures: ManyPictures) -> None:
        super().__init__(THUMBNAIL.height() + GRID)
        self.pictures = PicturesModel(pictures, self.font(), self)
        self._kept: PictureRow | None = None
        self.setModel(self.pictures)
        self.setItemDelegateForColumn(Column.PICTURE, _PictureDelegate(self))
        self.setItemDelegateForColumn(Column.TEXT, _TextDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.AnyKeyPressed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.doubleClicked.connect(self._on_double_clicked)
        self.pictures.modelAboutToBeReset.connect(self._keep_current)
        self.pictures.modelReset.connect(self._show_kept)

    @property
    def chosen(self) -> list[PictureRow]:
        """The rows that are chosen, from top to bottom."""
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self.pictures.rows[place] for place in places]

    def show_row(self, row: PictureRow) -> None:
        """Make a row the current one, if it is shown."""
        if row in self.pictures.rows:
            self._go_to(self.pictures.rows.index(row))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_editing = self.state() == QAbstractItemView.State.EditingState
        if is_editing or not self.currentIndex().isValid():
            super().keyPressEvent(event)
            return
        place = self.currentIndex().row()
        if self.currentIndex().column() != Column.TEXT:
            text = self.pictures.index(place, Column.TEXT)
            self.selectionModel().setCurrentIndex(text, Flag.NoUpdate)
        if event.key() in (Key.Key_Return, Key.Key_Enter, Key.Key_F2):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.open_wanted.emit(self.pictures.rows[place])
            else:
                self._edit_current()
        elif event.key() in (Key.Key_Delete, Key.Key_Backspace):
            self.pictures.take_back(self.chosen)
        elif event.key() not in (Key.Key_Left, Key.Key_Right):
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: Hint) -> None:
        """Enter goes on to the next row; Tab, forth or back, opens it at once."""
        super().closeEditor(editor, Hint.NoHint)
        step = {Hint.SubmitModelCache: 1, Hint.EditNextItem: 1, Hint.EditPreviousItem: -1}
        place = self.currentIndex().row() + step.get(hint, 0)
        if hint in step and 0 <= place < len(self.pictures.rows):
            self._go_to(place)
            if hint is not Hint.SubmitModelCache:
                self._edit_current()

    def _edit_current(self) -> None:
        always = QAbstractItemView.EditTrigger.AllEditTriggers
        self.edit(self.currentIndex(), always, QEvent(QEvent.Type.None_))

    def _go_to(self, place: int) -> None:
        """Alone, whatever keys are held down, as Ctrl of Ctrl+Z is."""
        index = self.pictures.index(place, Column.TEXT)
        self.selectionModel().setCurrentIndex(index, Flag.ClearAndSelect | Flag.Rows)
        self.scrollTo(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        head, width = self.horizontalHeader(), self.viewport().width()
        head.resizeSection(Column.PICTURE, scaled(THUMBNAIL.width()) + 2 * GRID)
        texts = (
            str(self.pictures.headerData(Column.SURENESS, Qt.Orientation.Horizontal)),
            percent(1.0),
        )
        widest = max(map(QFontMetrics(self.font()).horizontalAdvance, texts))
        head.resizeSection(Column.SURENESS, widest + 3 * GRID)
        left = width - head.sectionSize(Column.PICTURE) - head.sectionSize(Column.SURENESS)
        for column, share in SHARES.items():
            head.resizeSection(column, int(left * share))

    @Slot()
    def _keep_current(self) -> None:
        place = self.currentIndex().row()
        self._kept = self.pictures.rows[place] if place >= 0 else None

    @Slot()
    def _show_kept(self) -> None:
        """The row at which somebody was, wherever it is now, stays the current one."""
        if self._kept is not None:
            self.show_row(self._kept)

    @Slot(QModelIndex)
    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.open_wanted.emit(self.pictures.rows[index.row()])


def texts_of(rows: Iterable[PictureRow]) -> str:
    """A line for each row, as they are copied."""
    return "\n".join(row.final_text for row in rows)


class _PictureDelegate(QStyledItemDelegate):
    """Paints the small picture in the middle; only the rows in sight are painted."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        table = self.parent()
        assert isinstance(table, PicturesTable)
        picture = table.pictures.rows[index.row()].picture
        if picture.isNull():
            return
        room = option.rect.adjusted(GRID, GRID // 2, -GRID, -GRID // 2)
        factor = scaled(100) / 100
        size = picture.size() * factor
        if size != size.boundedTo(room.size()):
            size.scale(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(room.topLeft(), size)
        place.moveCenter(room.center())
        place.moveLeft(room.left())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, picture)
        painter.setPen(QColor(current_theme().line))
        painter.drawRect(place.adjusted(0, 0, -1, -1))
        painter.restore()


class _TextDelegate(QStyledItemDelegate):
    """A field in the row; Shift+Enter begins another line. A text that is refused stays in it."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        # What was read on a full page is longer, and must not be cut off by looking at it.
        most = max(LONGEST, len(str(index.data(Qt.ItemDataRole.EditRole))))
        editor = named(QLineEdit(parent, maxLength=most), "pictureTextEdit")
        editor.setAccessibleName(self.tr("Text of the picture"))
        return editor

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        place = QRect(option.rect)
        place.setHeight(editor.sizeHint().height())
        place.moveCenter(option.rect.center())
        editor.setGeometry(place)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(watched, QLineEdit)
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
        ):
            is_enter = event.key() in (Key.Key_Return, Key.Key_Enter)
            if is_enter and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                watched.insert(LINE_BREAK)
                return True
            if is_enter or event.key() in (Key.Key_Tab, Key.Key_Backtab):
                table = self.parent()
                assert isinstance(table, PicturesTable)
                if not table.pictures.setData(table.currentIndex(), watched.text()):
                    return True
        return super().eventFilter(watched, event)
