"""The window in which many pictures are read, one after the other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Slot
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
    QShowEvent,
)
from PySide6.QtWidgets import QCheckBox, QMessageBox, QWidget

from mnist_desktop.ink.strokes_file import SUFFIXES as STROKES_SUFFIXES
from mnist_desktop.texts import counted
from mnist_desktop.ui.dialogs.files import FileDialogs
from mnist_desktop.ui.look.fonts import GRID, scaled
from mnist_desktop.ui.look.theme import ERROR, QUIET
from mnist_desktop.ui.pictures.table import PicturesTable, texts_of
from mnist_desktop.ui.pictures.table_model import shown
from mnist_desktop.ui.session.read.clipboard import may_be_dropped, pasted
from mnist_desktop.ui.session.read.picture_rows import PictureRow
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.session.texts import duration, short
from mnist_desktop.ui.widgets.buttons import ActionButton
from mnist_desktop.ui.widgets.controls import (
    ProgressBar,
    TickerLine,
    make_action,
    named,
    push_button,
    quiet_label,
)
from mnist_desktop.ui.widgets.hints import NEWS_MILLISECONDS, SavedNote
from mnist_desktop.ui.widgets.layouts import hbox, vbox
from mnist_desktop.ui.widgets.plain_text import message_box, pressed

USUAL_SIZE = QSize(880, 620)
EDGE = 2 * GRID
STEPS = 1000
"""Of the bar."""

Key = QKeySequence.StandardKey
Role = QMessageBox.ButtonRole


class PicturesWindow(QWidget):
    """A filter and buttons, the list, and below it how far the reading is.

    The session holds the list, so this window can be made anew while it grows.
    """

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window, Qt.WindowType.Window)
        named(self, "picturesWindow")
        self.setWindowTitle(self.tr("Read pictures"))
        self.setAcceptDrops(True)
        self._session = session
        self._window = window
        self._pictures = session.pictures
        self._files = FileDialogs(self, session.preferences)
        self._table = named(PicturesTable(session.pictures), "picturesTable")
        self._table.setAccessibleName(self.tr("Pictures and what was read in them"))
        self._only_unsure = named(QCheckBox(self.tr("Only “?”")), "onlyUnsureCheck")
        self._count = named(quiet_label(""), "picturesCount")
        self._make_actions()
        self._progress = named(TickerLine(), "picturesProgressText")
        self._bar = ProgressBar("picturesProgress")
        self._bar.setAccessibleName(self.tr("Progress of the reading"))
        self._cancel = push_button(self.tr("Cancel"), "cancelPicturesButton", self._pictures.cancel)
        self._saved = named(SavedNote(), "picturesSavedLabel")
        self._hint = named(quiet_label("", wraps=True), "picturesHint")
        self._long_ago = QTimer(self, interval=NEWS_MILLISECONDS, singleShot=True)
        self._lay_out()
        self._connect()
        self.resize(USUAL_SIZE.boundedTo(self.screen().availableSize() - QSize(16, 48)))
        self._table.setFocus()
        self._update()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Else it would always lie above the canvas, on which it is to show pictures.
        self.windowHandle().setTransientParent(None)  # type: ignore[arg-type]

    def _make_actions(self) -> None:
        def add(text: str, slot: Callable[[], object], key: Key | str, name: str) -> QAction:
            action = make_action(self, text, slot, key, name)
            self.addAction(action)
            return action

        self._undo = add(self.tr("Undo"), self._on_undo, Key.Undo, "undoCorrectionAction")
        self._redo = add(self.tr("Redo"), self._on_redo, Key.Redo, "redoCorrectionAction")
        self._export = add(
            self.tr("Export CSV…"), self._on_export, Key.Save, "exportPicturesAction"
        )
        copy = add(self.tr("Copy"), self._on_copy, Key.Copy, "copyTextsAction")
        canvas = make_action(
            self, self.tr("To the canvas"), self._on_canvas, "", "rowToCanvasAction"
        )
        why = add(self.tr("Why is it read so?"), self._on_why, "Ctrl+E", "explainRowAction")
        self._table.addActions([canvas, why, copy])
        self._table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        add(self.tr("Close"), self.close, "Ctrl+W", "closePicturesAction")

    def _lay_out(self) -> None:
        export = ActionButton(self._export, "exportPicturesButton")
        export.setDefault(True)
        tools = hbox(
            self._only_unsure,
            GRID,
            (self._count, 1),
            ActionButton(self._undo, "undoCorrectionButton", is_plain=True),
            ActionButton(self._redo, "redoCorrectionButton", is_plain=True),
            export,
        )
        self._bar.setFixedWidth(scaled(160))
        self._below = QWidget()
        self._below.setLayout(hbox((self._progress, 1), self._bar, self._cancel))
        parts = (tools, (self._table, 1), self._hint, self._saved, self._below)
        self.setLayout(vbox(*parts, margins=(EDGE, EDGE, EDGE, EDGE)))

    def _connect(self) -> None:
        pictures = self._pictures
        self._only_unsure.toggled.connect(self._on_filter)
        self._table.open_wanted.connect(self._on_open)
        self._table.pictures.rowsRemoved.connect(self._update)
        pictures.changed.connect(self._update)
        pictures.answered.connect(self._update)
        pictures.progressed.connect(self._update)
        pictures.exported.connect(self._saved.tell)
        pictures.refused.connect(self._on_refused)
        pictures.changed.connect(self._say_what_to_do)
        self._long_ago.timeout.connect(self._say_what_to_do)
        self._say_what_to_do()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close():
            self._pictures.close()
            event.accept()
        else:
            event.ignore()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if may_be_dropped(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Even one picture alone joins those that are here. One that is no file, as browsers drop
        them, is shown on the canvas; or it is told why it cannot be had.
        """
        paths = [one for one in pasted(event.mimeData()) if isinstance(one, Path)]
        if paths:
            self._pictures.read(paths)
        else:
            self._session.opening.take(event.mimeData())

    def _may_close(self) -> bool:
        """Whether nothing would be lost, or the person gives it up or has it saved."""
        count = self._pictures.unsaved
        if not count:
            return True
        text = counted(
            count,
            self.tr("{count} text that you have put right is in no file yet."),
            self.tr("{count} texts that you have put right are in no file yet."),
        )
        dialog = named(message_box(self, text.format(count=count)), "closePicturesDialog")
        discard = dialog.addButton(self.tr("Close and lose it"), Role.DestructiveRole)
        save = dialog.addButton(self.tr("Export CSV…"), Role.AcceptRole)
        dialog.setDefaultButton(save)
        answer = pressed(dialog)
        if answer is save and (path := self._files.ask_save_readings()):
            self._pictures.export(path).ended.connect(self._close_if_saved)
        return answer is discard

    @Slot()
    def _close_if_saved(self) -> None:
        if not self._pictures.unsaved:
            self.close()

    @Slot()
    def _say_what_to_do(self) -> None:
        self._hint.setForegroundRole(QUIET)
        self._hint.setText(
            self.tr(
                "Type to put a text right; Enter goes on to the next. A double click shows the "
                "picture on the canvas."
            )
        )

    @Slot(str)
    def _on_refused(self, text: str) -> None:
        self._hint.setForegroundRole(ERROR)
        refused = self.tr(
            "“{text}” is not taken: a text is made of digits, perhaps with the signs . , - / : + "
            "among them."
        )
        self._hint.setText(refused.format(text=short(shown(text))))
        self._long_ago.start()

    @Slot()
    def _update(self) -> None:
        pictures, table, job = self._pictures, self._table, self._pictures.job
        self._undo.setEnabled(pictures.can_undo)
        self._redo.setEnabled(pictures.can_redo)
        self._export.setEnabled(bool(pictures.rows))
        self._below.setVisible(pictures.is_busy)
        self._progress.show_text(self._progress_text())
        self._bar.setRange(0, STEPS if pictures.total else 0)
        self._bar.setValue(round(STEPS * job.done) if job else 0)
        self._count.setText(self._count_text())
        hint = ""
        if self._only_unsure.isChecked() and pictures.rows:
            hint = self.tr("No “?” among them.")
        elif pictures.is_busy:
            hint = self.tr("What is read will be listed here.")
        table.show_hint("" if table.pictures.rows else hint)

    def _progress_text(self) -> str:
        pictures = self._pictures
        if self._session.shelf.current is None:
            return self.tr("Waiting for the model…")
        if not pictures.total:
            return self.tr("Looking for pictures…")
        text = self.tr("Reading {number:,} of {total:,}").format(
            number=min(pictures.done + 1, pictures.total), total=pictures.total
        )
        left = pictures.job.seconds_left if pictures.job else None
        if left is not None and left >= 2:
            return self.tr("{title}, {time} left").format(title=text, time=duration(left))
        return text

    def _count_text(self) -> str:
        rows = self._pictures.rows
        unreadable = sum(row.is_unreadable for row in rows)
        still_open = sum(row.is_open for row in rows)
        corrected = sum(row.correction is not None for row in rows)
        parts = [self.tr("{count:,} read").format(count=len(rows) - unreadable)]
        if unreadable:
            parts.append(self.tr("{count:,} unreadable").format(count=unreadable))
        if still_open:
            parts.append(self.tr("{count:,} “?”").format(count=still_open))
        if corrected:
            parts.append(self.tr("{count:,} put right").format(count=corrected))
        return " · ".join(parts) if rows else ""

    @Slot(bool)
    def _on_filter(self, is_wanted: bool) -> None:
        self._table.pictures.show_only_unsure(is_wanted)
        self._update()

    @Slot(object)
    def _on_open(self, row: PictureRow) -> None:
        if row.file is None:
            return
        if row.number:
            self._session.opening.open_strokes(row.file, row.number)
        elif row.file.name.lower().endswith(STROKES_SUFFIXES):
            # That none of its drawings could be read is said again, not that it is no picture.
            self._session.opening.open_strokes(row.file)
        else:
            self._session.opening.open_picture(row.file)
        self._window.raise_()
        self._window.activateWindow()

    @Slot()
    def _on_canvas(self) -> None:
        for row in self._table.chosen[:1]:
            self._on_open(row)

    def _on_why(self) -> None:
        """Ask on the canvas, which explains one digit after the other."""
        if self._table.chosen:
            self._session.preferences.set("explain", True)
            self._on_canvas()

    def _on_undo(self) -> None:
        if row := self._pictures.undo():
            self._table.show_row(row)

    def _on_redo(self) -> None:
        if row := self._pictures.redo():
            self._table.show_row(row)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(texts_of(self._table.chosen))

    def _on_export(self) -> None:
        if path := self._files.ask_save_readings():
            self._pictures.export(path)
