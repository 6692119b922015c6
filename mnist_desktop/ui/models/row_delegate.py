"""How a row of the table is painted, and how its name is typed."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QStyleOptionViewItem,
    QWidget,
)

from mnist_desktop.ui.models.columns import At
from mnist_desktop.ui.models.look import Index, RoomyDelegate
from mnist_desktop.ui.models.table_model import RowsModel
from mnist_desktop.ui.theme import current_theme
from mnist_desktop.ui.widgets import named

DOT = 8
LONGEST_NAME = 200
NAME_INDENT = DOT + 6
"""What the dot takes before the names."""


class RowDelegate(RoomyDelegate):
    """Puts a dot before the model that reads, and lines around the current row while the table has
    the focus.
    """

    def __init__(self, model: RowsModel, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._model = model
        self._view = view
        self._dots: dict[str, QIcon] = {}

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        if index.column() == At.NAME:
            # Every row has the room, so that the names stand below each other.
            reads = self._model.rows[index.row()].reads
            option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
            option.decorationSize = QSize(DOT, DOT)
            option.icon = self._dot(current_theme().accent if reads else "transparent")

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        if index.row() == self._view.currentIndex().row() and self._view.hasFocus():
            painter.setPen(QColor(current_theme().accent))
            rect = option.rect
            painter.drawLine(rect.topLeft(), rect.topRight())
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = named(QLineEdit(parent, maxLength=LONGEST_NAME), "runNameEdit")
        editor.setAccessibleName(self.tr("Name of the run"))
        # A row is lower than a field elsewhere.
        editor.setStyleSheet("min-height: 0; border-radius: 0; padding: 0 4px;")
        return editor

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        editor.setGeometry(option.rect)

    def _dot(self, colour: str) -> QIcon:
        if colour not in self._dots:
            pixmap = QPixmap(4 * DOT, 4 * DOT)
            pixmap.fill(Qt.GlobalColor.transparent)
            with QPainter(pixmap) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(colour))
                painter.drawEllipse(pixmap.rect())
            icon = QIcon()
            for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
                icon.addPixmap(pixmap, mode)
            self._dots[colour] = icon
        return self._dots[colour]
