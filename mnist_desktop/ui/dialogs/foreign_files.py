"""What is asked and told of other people's data sets and models when they are opened."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QListWidget,
    QMessageBox,
    QWidget,
)

from mnist_desktop.learning.data.splits import Splits
from mnist_desktop.ui.dialogs.interpretation import InterpretationDialog
from mnist_desktop.ui.look.fonts import EDGE, GRID, scaled
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.session.shelf import Entry
from mnist_desktop.ui.session.texts import short, translated
from mnist_desktop.ui.widgets.controls import named
from mnist_desktop.ui.widgets.layouts import vbox
from mnist_desktop.ui.widgets.plain_text import PlainLabel, message_box

LIST_WIDTH = 480


class ForeignFiles(QObject):
    """Asks which of several data sets is meant, and tells how data sets and models were taken."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        session.opening.found_several.connect(self._ask_which)
        session.opening.opened_data.connect(self._tell_of_data)
        session.opening.interpreted.connect(self._tell_of_model)

    @Slot(object, object)
    def _ask_which(self, path: Path, names: tuple[str, ...]) -> None:
        dialog = _DatasetChoice(self._window, path, names)
        dialog.accepted.connect(lambda: self._session.opening.open_data(path / dialog.name))
        dialog.open()

    @Slot(object)
    def _tell_of_data(self, splits: Splits) -> None:
        if splits.notes:
            details = "\n".join(note.text(translated) for note in splits.notes)
            text = self.tr("“{name}” is open.").format(name=short(splits.name))
            box = message_box(
                self._window,
                text,
                details,
                icon=QMessageBox.Icon.Information,
                buttons=QMessageBox.StandardButton.Ok,
            )
            named(box, "dataNotesDialog").open()

    @Slot(object)
    def _tell_of_model(self, entry: Entry) -> None:
        InterpretationDialog(self._session, entry, self._window).open()


class _DatasetChoice(QDialog):
    """Which of several data sets is meant."""

    def __init__(self, window: QWidget, path: Path, names: tuple[str, ...]) -> None:
        super().__init__(window)
        self.setObjectName("datasetChoiceDialog")
        self.setWindowTitle(self.tr("Which data set?"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._list = named(QListWidget(), "datasetChoiceList", self.tr("Data sets"))
        self._list.addItems(names)
        self._list.setCurrentRow(0)
        self._list.itemActivated.connect(self.accept)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Open | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        text = self.tr("“{name}” holds several data sets. Which one is meant?")
        question = PlainLabel(text.format(name=short(path.name)))
        margins = (EDGE, EDGE, EDGE, EDGE)
        self.setLayout(vbox(question, self._list, buttons, spacing=2 * GRID, margins=margins))
        self.setMinimumWidth(scaled(LIST_WIDTH))

    @property
    def name(self) -> str:
        """That of the one chosen."""
        return self._list.currentItem().text()
