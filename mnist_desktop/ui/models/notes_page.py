"""The note on a run, to be written, and its log, to be read."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from mnist_desktop.learning.log import log_of
from mnist_desktop.library.database import Library
from mnist_desktop.library.runs import Run, read_run
from mnist_desktop.progress import Progress
from mnist_desktop.ui.look.fonts import GRID, tabular
from mnist_desktop.ui.models.rows import Row
from mnist_desktop.ui.session.texts import translated
from mnist_desktop.ui.session.train.runs import Runs
from mnist_desktop.ui.session.work import Latest
from mnist_desktop.ui.widgets.controls import named, quiet_label
from mnist_desktop.ui.widgets.layouts import hbox, vbox

MOST_LINES = 2000
"""Of the log; the last ones."""

LONGEST_NOTE = 100_000


Stamp = tuple[int, int, str | None]
"""Tells how far a run was when its log was read."""


class NotesPage(QWidget):
    """Of one run. What is typed is saved as soon as one turns to something else."""

    def __init__(self, runs: Runs) -> None:
        super().__init__()
        self._runs = runs
        self._run: Run | None = None
        self._shown_note = ""
        self._log_stamp: Stamp | None = None
        self._wanted: Stamp | None = None
        self._reading = Latest(runs.jobs)
        self._note = named(QPlainTextEdit(), "runNoteEdit", self.tr("Note"))
        self._note.setTabChangesFocus(True)
        self._note.setAcceptDrops(False)  # a file is for the window
        self._note.installEventFilter(self)
        self._log = named(QPlainTextEdit(readOnly=True), "runLogView", self.tr("Log of the run"))
        self._log.setTabChangesFocus(True)
        self._log.setFont(tabular(self._log.font()))
        note = vbox(quiet_label(self.tr("Note")), (self._note, 1))
        log = vbox(quiet_label(self.tr("Log")), (self._log, 1))
        self.setLayout(hbox((note, 2), (log, 3), spacing=2 * GRID, margins=(0, 2 * GRID, 0, 0)))
        self.show_rows([])

    def show_rows(self, rows: list[Row]) -> None:
        """Show the note and the log, if one run is chosen."""
        run = rows[0].run if len(rows) == 1 else None
        is_other = (run and run.id) != (self._run and self._run.id)
        if is_other:
            self.save()
        self._run = run
        note = run.note if run else ""
        is_typed = self._note.document().isModified() and not is_other
        if (not is_typed and note != self._shown_note) or is_other:
            self._shown_note = note
            self._note.setPlainText(note)
            self._note.document().setModified(False)
        if is_other:
            self._reading.cancel()
            self._log.clear()
            self._log_stamp = None
        self._note.setEnabled(run is not None)
        self._note.setPlaceholderText(self._hint(rows))
        self._log.setPlaceholderText(self.tr("Nothing yet.") if run else "")
        self._read_log()

    @Slot()
    def save(self) -> None:
        """Keep what was typed."""
        document = self._note.document()
        if self._run is not None and document.isModified():
            document.setModified(False)
            self._shown_note = self._note.toPlainText()[:LONGEST_NOTE]
            if self._shown_note != self._run.note:
                self._runs.set_note(self._run, self._shown_note)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.save()
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read_log()

    def hideEvent(self, event: QHideEvent) -> None:
        self.save()
        super().hideEvent(event)

    def _hint(self, rows: list[Row]) -> str:
        if self._run is not None:
            return self.tr("What you want to remember of this run")
        if rows and rows[0].run is None:
            return self.tr("Files have no note.")
        return self.tr("Choose one run to see its note and log, and to write.")

    @Slot()
    def _read_log(self) -> None:
        """Fetch the log, if it may be another one than is shown."""
        run = self._run
        if run is None or not self.isVisible():
            return
        stamp = (run.id, run.epoch, run.outcome)
        is_on_its_way = self._reading.is_busy and stamp == self._wanted
        if stamp != self._log_stamp and not is_on_its_way:
            self._wanted = stamp
            self._reading.begin(
                self.tr("Reading the log"),
                partial(_log_of, self._runs.library, run),
                self._on_log_read,
                self._on_log_failed,
            )

    def _on_log_read(self, lines: list[str]) -> None:
        self._log_stamp = self._wanted
        text = "\n".join(lines)
        if text != self._log.toPlainText():
            self._log.setPlainText(text)
            self._log.verticalScrollBar().setValue(self._log.verticalScrollBar().maximum())

    def _on_log_failed(self, fault: Exception) -> None:
        """Told once: nothing has changed when the window is looked at again after that."""
        self._log_stamp = self._wanted
        self._runs.jobs.failed.emit(fault)


def _log_of(library: Library, run: Run, _progress: Progress) -> list[str]:
    record = read_run(library, run.id, weights=False)
    lines = log_of(record.config, record.epochs, record.changes, record, translated)
    return lines[-MOST_LINES:]
