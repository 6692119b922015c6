"""Many pictures, read one after the other, and what a person has put right of them."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from mnist_desktop.ink.signs import UNREADABLE
from mnist_desktop.ink.strokes import may_be_read
from mnist_desktop.learning.read.many_files import find_files, read_files
from mnist_desktop.learning.read.readings_file import ReadingLine, write_readings
from mnist_desktop.progress import Progress
from mnist_desktop.ui.session.read.picture_rows import PictureRow, row_of
from mnist_desktop.ui.session.work import Job

if TYPE_CHECKING:
    from mnist_desktop.ui.session.session import Session

TOGETHER_SECONDS = 0.1
"""What is read within such a time is shown together, and so are steps of the strictness."""


@dataclass(eq=False)
class _Wish:
    """What was asked for at once.

    Attributes:
        done, total: files that have been read, and all; the thread counts them.
    """

    done: int = 0
    total: int = 0


class ManyPictures(QObject):
    """Reads many pictures in the background. The list grows until it is closed.

    The model that reads when that begins reads all.

    Attributes:
        rows: in the order in which they were read.
        is_open: whether somebody looks at the list.
        job: what reads now, and knows how far it is; None where nothing does.

    Signals:
        opened(): there are pictures to be looked at, or more of them.
        added(object): the new rows, a list.
        changed(object): a row, whose text was put right or back.
        refused(str): a text that cannot stand in the place of what was read.
        corrected(object, object): tuples of what can be learned from that, and can no more.
        answered(): what was read is declined more or less strictly.
        progressed(): more is done, or all.
        exported(object): the path of the file that has been written.
        closed(): the list is empty again.
    """

    opened = Signal()
    added = Signal(object)
    changed = Signal(object)
    refused = Signal(str)
    corrected = Signal(object, object)
    answered = Signal()
    progressed = Signal()
    exported = Signal(object)
    closed = Signal()
    _arrived = Signal(object, object, int)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.rows: list[PictureRow] = []
        self.is_open = False
        self._shelf = session.shelf
        self._reader = session.reader
        self._jobs = session.jobs
        self.job: Job | None = None
        self._wishes: list[_Wish] = []
        self._waiting: list[Path] = []
        self._undone: list[tuple[PictureRow, str | None]] = []
        self._steps: list[tuple[PictureRow, str | None]] = []
        self._saved: dict[PictureRow, str | None] = {}
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)
        self._shelf.current_changed.connect(self._begin_next)
        self._answering = QTimer(self, singleShot=True, interval=round(1000 * TOGETHER_SECONDS))
        self._answering.timeout.connect(self._answer)
        self._reader.strictness_changed.connect(self._answering.start)
        self._jobs.changed.connect(self.progressed)

    @property
    def is_busy(self) -> bool:
        """Whether more is still to be read."""
        return self.job is not None or bool(self._waiting)

    @property
    def done(self) -> int:
        """Files that have been read."""
        return sum(wish.done for wish in self._wishes)

    @property
    def total(self) -> int:
        """Files that have been or will be read, as far as they have been found."""
        left = self._wishes[-1].total - self._wishes[-1].done if self.job is not None else 0
        return self.done + left

    @property
    def unsaved(self) -> int:
        """How many texts were put right, or back, since they were last written to a file."""
        return sum(row.correction != self._saved.get(row) for row in self.rows)

    @property
    def can_undo(self) -> bool:
        return bool(self._steps)

    @property
    def can_redo(self) -> bool:
        return bool(self._undone)

    def read(self, paths: Iterable[Path]) -> None:
        """Read these, too: pictures and strokes files, and in place of a folder all in it."""
        self._waiting += paths
        self.is_open = True
        self.opened.emit()
        self._begin_next()

    def cancel(self) -> None:
        """Read no more. What has been read stays."""
        self._waiting.clear()
        if self.job is not None and not self.job.is_cancelled:
            self.job.cancel()
        self._end()

    def close(self) -> None:
        """Forget all of it."""
        self.cancel()
        self._wishes.clear()
        self.rows, self._steps, self._undone = [], [], []
        self._saved.clear()
        self.is_open = False
        self.closed.emit()

    def correct(self, row: PictureRow, text: str) -> bool:
        """Put a text in the place of what was read; the same text, or none, is what was read.

        Returns:
            whether the text was taken: not where it is none that a reading may be.
        """
        is_as_read = text in ("", row.text) or (text == row.best_text and UNREADABLE in text)
        if not is_as_read and not may_be_read(text):
            self.refused.emit(text)
            return False
        correction = None if is_as_read else text
        if correction != row.correction:
            self._steps.append((row, row.correction))
            self._undone.clear()
            self._put(row, correction)
        return True

    def undo(self) -> PictureRow | None:
        """Take back the last correction; its row, or None where there is none."""
        return self._step(self._steps, self._undone)

    def redo(self) -> PictureRow | None:
        """Make the correction again that was taken back last; its row, or None."""
        return self._step(self._undone, self._steps)

    def export(self, path: Path) -> Job:
        """Write what has been read so far, with the corrections, as CSV."""
        lines = [
            ReadingLine(
                row.file or Path(),
                "" if row.confidence is None and row.correction is None else row.final_text,
                row.confidence,
                is_corrected=row.correction is not None,
            )
            for row in self.rows
        ]
        state = {row: row.correction for row in self.rows}
        return self._jobs.begin(
            self.tr("Saving {name}").format(name=path.name),
            lambda _progress: write_readings(path, lines, with_corrections=True),
            lambda _result: self._on_exported(path, state),
            is_lasting=True,
        )

    def _put(self, row: PictureRow, correction: str | None) -> None:
        before = row.lessons
        row.correct(correction, self._reader.strictness)
        self.changed.emit(row)
        if before or row.lessons:
            self.corrected.emit(row.lessons, before)

    def _step(
        self,
        back: list[tuple[PictureRow, str | None]],
        forth: list[tuple[PictureRow, str | None]],
    ) -> PictureRow | None:
        if not back:
            return None
        row, correction = back.pop()
        forth.append((row, row.correction))
        self._put(row, correction)
        return row

    @Slot()
    def _begin_next(self) -> None:
        """Read what waits, if nothing else is being read and there is a model."""
        entry = self._shelf.current
        if self.job is not None or entry is None or not self._waiting:
            return
        paths, self._waiting = self._waiting, []
        recognizer, strictness = entry.recognizer, self._reader.strictness
        wish = _Wish()
        self._wishes.append(wish)

        def work(progress: Progress) -> None:
            files = list(find_files(paths, progress))
            wish.total = len(files)
            rows: list[PictureRow] = []
            shown, place = time.monotonic(), 0
            try:
                for one in read_files(files, recognizer, strictness, progress):
                    place = one.place
                    rows.append(row_of(one, lambda _: progress(place / len(files))))  # noqa: B023
                    if time.monotonic() - shown > TOGETHER_SECONDS:
                        self._arrived.emit(wish, rows, place + 1)
                        rows, shown = [], time.monotonic()
            finally:  # also where it was called off
                self._arrived.emit(wish, rows, place + 1)

        self.job = self._jobs.begin(self.tr("Reading the pictures"), work)
        self.job.ended.connect(self._on_ended)

    @Slot(object, object, int)
    def _on_arrived(self, wish: _Wish, rows: Sequence[PictureRow], done: int) -> None:
        """Late ones, of a list that was closed, are for nobody."""
        if wish in self._wishes and rows:
            wish.done = done
            for row in rows:  # it may have changed since they were read
                row.answer(self._reader.strictness)
            self.rows += rows
            self.added.emit(rows)
            self.progressed.emit()

    @Slot()
    def _answer(self) -> None:
        for row in self.rows:
            row.answer(self._reader.strictness)
        self.answered.emit()

    @Slot(object)
    def _on_ended(self, job: Job) -> None:
        """Read what waits; it can do nothing for what has failed, but it may be called off too."""
        if job is not self.job:
            return
        if job.is_cancelled:
            self._waiting.clear()
        self._end()
        self._begin_next()

    def _end(self) -> None:
        self.job = None
        self.progressed.emit()

    def _on_exported(self, path: Path, state: dict[PictureRow, str | None]) -> None:
        self._saved = state  # meanwhile more may have been read and put right
        self.exported.emit(path)
