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
from mnist_desktop.ui.session.runs import Runs
from mnist_desktop.ui.session.texts import translated
from mnist_desktop.ui.session.work import Job
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
        self._job: Job | None = None
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
        if run is None or self._job is not None or not self.isVisible():
            return
        stamp = (run.id, run.epoch, run.outcome)
        if stamp != self._log_stamp:
            self._job = self._runs.jobs.begin(
                self.tr("Reading the log"),
                partial(_log_of, self._runs.library, run),
                partial(self._on_log_read, stamp),
                partial(self._on_log_failed, stamp),
            )
            self._job.ended.connect(self._on_job_ended)

    def _on_log_read(self, stamp: Stamp, lines: list[str]) -> None:
        if self._run is not None and self._run.id == stamp[0]:
            self._log_stamp = stamp
            text = "\n".join(lines)
            if text != self._log.toPlainText():
                self._log.setPlainText(text)
                self._log.verticalScrollBar().setValue(self._log.verticalScrollBar().maximum())
        self._job = None
        self._read_log()

    def _on_log_failed(self, stamp: Stamp, fault: Exception) -> None:
        """Told once: nothing has changed when the window is looked at again after that."""
        if self._run is not None and self._run.id == stamp[0]:
            self._log_stamp = stamp
        self._runs.jobs.failed.emit(fault)

    @Slot(object)
    def _on_job_ended(self, job: Job) -> None:
        if self._job is job:
            self._job = None


def _log_of(library: Library, run: Run, _progress: Progress) -> list[str]:
    record = read_run(library, run.id, weights=False)
    lines = log_of(record.config, record.epochs, record.changes, record, translated)
    return lines[-MOST_LINES:]
