"""How the name of a run is typed in the table."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from mnist_desktop.ui.widgets.controls import named
from mnist_desktop.ui.widgets.table import Index

LONGEST_NAME = 200


class NameDelegate(QStyledItemDelegate):
    """A field as large as the cell. Qt paints: a thousand cells in Python would be felt."""

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
