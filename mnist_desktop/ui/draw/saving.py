"""Where a drawing is saved, and as what."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QWidget

from mnist_desktop.ink.signs import UNREADABLE
from mnist_desktop.ink.strokes import Drawing, LabelledDrawing
from mnist_desktop.ink.strokes_file import MAX_CHARACTERS
from mnist_desktop.ui.canvas.field import AIR, ink_area
from mnist_desktop.ui.canvas.guess import shown_text
from mnist_desktop.ui.canvas.ink_painter import InkPainter
from mnist_desktop.ui.dialogs.files import FileDialogs
from mnist_desktop.ui.look.fonts import EDGE, GRID, scaled
from mnist_desktop.ui.look.theme import LIGHT
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.session.texts import short
from mnist_desktop.ui.widgets.controls import named, push_button, quiet_label
from mnist_desktop.ui.widgets.layouts import vbox
from mnist_desktop.ui.widgets.pictures import as_png
from mnist_desktop.ui.widgets.plain_text import PlainLabel

PICTURE_SUFFIX = ".png"

LINE_BREAK = "↵"
"""How a line break is shown in a field of one line."""

QUESTION_WIDTH = 360
"""Pixels: of the question."""

PICTURE_SIDE = 4 * 560
"""Pixels of the canvas's side: four times as many as it usually has on the screen."""

LONGEST_SIDE = 8192
"""Pixels. A drawing that is longer is made smaller."""


@dataclass(frozen=True)
class DrawingFile:
    """Where a drawing goes.

    Attributes:
        label: what it is said to mean; None for what is no digit.
        append: to the drawings that are in the file.
    """

    path: Path
    label: str | None = None
    append: bool = False

    @property
    def is_picture(self) -> bool:
        """Whether it is to be painted; else its strokes are written."""
        return self.path.suffix.lower() == PICTURE_SUFFIX


class SaveDrawing(QObject):
    """Saves the drawing to a file that a person chooses: its strokes, or a picture of it."""

    def __init__(self, session: Session, window: QWidget, files: FileDialogs) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._files = files

    def save(self) -> None:
        """Ask where to and, where it is a strokes file, what the drawing means; then save it."""
        drawing, exports = self._session.sketch.finished, self._session.exports
        text = shown_text(self._session.reading)
        chosen = self._ask("" if UNREADABLE in text else text)
        if chosen is None:
            return
        if chosen.is_picture:
            exports.file(partial(png_of, drawing), chosen.path)
        else:
            labelled = LabelledDrawing(drawing, chosen.label)
            exports.drawing(labelled, chosen.path, append=chosen.append)

    def _ask(self, text: str) -> DrawingFile | None:
        """Where to; None if the person would rather not."""
        kinds = {
            ".jsonl": self.tr("Strokes"),
            ".jsonl.gz": self.tr("Strokes, packed"),
            PICTURE_SUFFIX: self.tr("PNG picture"),
        }
        name = text.replace("\n", " ") or self.tr("drawing")
        path = self._files.ask_save(self.tr("Save drawing"), name, kinds, asks_later=True)
        if path is None:
            return None
        chosen = DrawingFile(path)
        if chosen.is_picture:
            return chosen if not path.exists() or self._files.may_replace(path) else None
        return LabelQuestion(self._window, path, text).ask()


class LabelQuestion(QDialog):
    """What a drawing means, and whether it joins those that are in a file or replaces them."""

    def __init__(self, window: QWidget, path: Path, text: str) -> None:
        super().__init__(window)
        named(self, "saveDrawingDialog")
        self.setWindowTitle(self.tr("Save drawing"))
        self._path = path
        self._append = False
        is_there = path.exists()
        question = PlainLabel(
            self.tr("{name} is there already. Append the drawing to it, or replace it?").format(
                name=short(path.name)
            )
            if is_there
            else self.tr("Saving to {name}").format(name=short(path.name)),
            wraps=True,
        )
        question.setMinimumWidth(scaled(QUESTION_WIDTH))
        caption = quiet_label(self.tr("What is written there"))
        self._label = named(QLineEdit(text.replace("\n", LINE_BREAK)), "drawingLabelEdit")
        self._label.setMaxLength(MAX_CHARACTERS)
        self._label.setPlaceholderText(self.tr("empty: no digit"))
        self._label.setAccessibleName(caption.text())
        self._label.setToolTip(self.tr("↵ stands for a new line"))
        caption.setBuddy(self._label)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.rejected.connect(self.reject)
        if is_there:
            append = push_button(self.tr("Append"), "appendButton", self._on_append)
            replace = push_button(self.tr("Replace"), "replaceButton", self.accept)
            buttons.addButton(append, QDialogButtonBox.ButtonRole.AcceptRole)
            # Not of the role for what destroys, which some systems put far from the others.
            buttons.addButton(replace, QDialogButtonBox.ButtonRole.ActionRole)
            append.setDefault(True)
        else:
            save = buttons.addButton(QDialogButtonBox.StandardButton.Save)
            named(save, "saveButton").setDefault(True)
            save.clicked.connect(self.accept)

        parts = (question, GRID, caption, self._label, GRID, buttons)
        self.setLayout(vbox(*parts, margins=(EDGE, EDGE, EDGE, EDGE)))
        self._label.selectAll()
        self._label.setFocus()

    def ask(self) -> DrawingFile | None:
        """Show it and wait for the answer; None if the person would rather not save."""
        answer = self.exec()
        label = self._label.text().replace(LINE_BREAK, "\n").strip()
        self.deleteLater()
        if answer != QDialog.DialogCode.Accepted:
            return None
        return DrawingFile(self._path, label or None, self._append)

    def _on_append(self) -> None:
        self._append = True
        self.accept()


def png_of(drawing: Drawing) -> bytes:
    """Dark ink on white paper, whatever the theme: the square canvas, and what lies beside it.

    It can be painted in any thread.
    """
    area = QRectF(0, 0, 1, 1)
    if drawing and not area.contains(ink_area(drawing)):
        area = area.united(ink_area(drawing).adjusted(-AIR, -AIR, AIR, AIR))
    side = min(PICTURE_SIDE, LONGEST_SIDE / max(area.width(), area.height()))
    picture = QImage(
        max(1, round(area.width() * side)),
        max(1, round(area.height() * side)),
        QImage.Format.Format_RGB32,
    )
    picture.fill(QColor(LIGHT.paper))
    with QPainter(picture) as painter:
        painter.translate(-area.topLeft() * side)
        InkPainter(painter, side, QColor(LIGHT.ink)).paint(drawing)
    return as_png(picture)
