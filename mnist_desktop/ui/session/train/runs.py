"""The runs of the library, as the window lists them, and what is done with them."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from mnist_desktop.errors import UserError
from mnist_desktop.learning.models.interpretation import Wish
from mnist_desktop.library import deletion, model_files, run_file, runs
from mnist_desktop.library.database import Library
from mnist_desktop.library.runs import Run
from mnist_desktop.texts import QT_TRANSLATE_NOOP
from mnist_desktop.ui.session.texts import short
from mnist_desktop.ui.session.work import Job, Jobs, ignore
from mnist_desktop.ui.session.write_queue import WriteQueue

LEFT_BEHIND_SECONDS = 24 * 3600.0
"""What was deleted so long ago, no window can undo any more: the one that could has crashed."""

HELD = QT_TRANSLATE_NOOP("core", "“{name}” is being trained and was not deleted. Stop it first.")


class Runs(QObject):
    """Lists the runs and changes them, all in the background; after each change it lists again.

    Attributes:
        runs: the newest first, without the deleted ones.
        is_loaded: whether they have been listed, or could not be.
        fault: why they could not be listed the last time; None if they could.
        writes: names, notes and files at hand that are still to be written.

    Signals:
        changed(): they have been listed again, or there is another deletion to undo.
        imported(int): the number of a run that has come from a file. It is listed soon.
        undone(object): what was deleted, a list of runs, comes back. It is listed soon.
        purged(object): the numbers of runs that are gone for good.
    """

    changed = Signal()
    imported = Signal(int)
    undone = Signal(object)
    purged = Signal(object)

    def __init__(self, library: Library, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.library = library
        self.jobs = jobs
        self.runs: list[Run] = []
        self.is_loaded = False
        self.fault: Exception | None = None
        self._deletions: list[list[Run]] = []
        self._reading: Job | None = None
        self._is_stale = False
        self._awaited: set[int] = set()
        self._is_resting = False
        self._edits = 0
        self.writes = WriteQueue(jobs, self, tries_again=False)
        self.writes.written.connect(self._on_edited)
        self.writes.failed.connect(self._on_edited)
        # Several wishes to refresh that come together are one.
        self._soon = QTimer(self, interval=0, singleShot=True)
        self._soon.timeout.connect(self._read)

    @property
    def deleted(self) -> list[Run]:
        """Those that were deleted in this window, and can be had back."""
        return [run for deletion in self._deletions for run in deletion]

    @property
    def last_deleted(self) -> list[Run]:
        """Those that ``undo_delete`` brings back: what was deleted in one go."""
        return self._deletions[-1] if self._deletions else []

    @Slot()
    def refresh(self) -> None:
        """List the runs again."""
        self._is_stale = True
        self._read_soon()

    def refresh_run(self, run_id: int | None) -> None:
        """Look at one run again, which has just come or gone on; the others stay as listed."""
        if run_id is not None:
            self._awaited.add(run_id)
            self._read_soon()

    def rename(self, run: Run, name: str) -> None:
        """Give a run another name."""
        self._replace(dataclasses.replace(run, name=name))
        self._write(self.tr("Renaming"), partial(runs.rename, self.library, run.id, name))

    def set_note(self, run: Run, text: str) -> None:
        """Put a note on a run, in place of the one it has."""
        self._replace(dataclasses.replace(run, note=text))
        self._write(self.tr("Saving the note"), partial(runs.set_note, self.library, run.id, text))

    def delete(self, unwanted: Iterable[Run]) -> None:
        """Take runs out of the list, until ``undo_delete`` or ``purge_deleted``."""
        those = list(unwanted)
        self._edit(
            self.tr("Deleting"),
            partial(deletion.delete, self.library, [run.id for run in those]),
            partial(self._on_deleted, those),
            can_be_cancelled=True,
        )

    def undo_delete(self) -> None:
        """Bring back what was deleted last."""
        if not self._deletions:
            return
        those = self._deletions.pop()
        self.undone.emit(those)
        self.changed.emit()
        self._edit(
            self.tr("Bringing back what was deleted"),
            partial(deletion.undelete, self.library, [run.id for run in those]),
            on_failure=partial(self._on_not_undone, those),
        )

    def purge_deleted(self) -> None:
        """Remove for good what was deleted in this window, and what others have left behind."""
        those = [run.id for run in self.deleted]
        if those:
            self._deletions.clear()
            self.changed.emit()
        self._begin(
            self.tr("Removing deleted runs"),
            partial(_purge, self.library, those),
            self.purged.emit,
        )

    def import_run(self, path: Path) -> None:
        """Take in the run of a file that ``Exports`` has written."""
        self._edit(
            self.tr("Opening {name}").format(name=path.name),
            partial(run_file.import_run, self.library, path),
            self.imported.emit,
        )

    def remember_file(self, path: Path, wish: Wish | None = None) -> None:
        """Have a model file at hand at the next start, read as a person has said."""
        self.writes.add(
            self.tr("Remembering {name}").format(name=path.name),
            partial(model_files.remember, self.library, path, wish),
        )

    def forget_file(self, path: Path) -> None:
        """Have a model file at hand no more. The file stays."""
        self.writes.add(
            self.tr("Forgetting {name}").format(name=path.name),
            partial(model_files.forget, self.library, path),
        )

    def rest(self) -> None:
        """List no more: the window closes."""
        self._is_resting = True
        self._soon.stop()

    @Slot()
    def _read_soon(self) -> None:
        if not self._is_resting and self._reading not in self.jobs.running:
            self._soon.start()

    @Slot()
    def _read(self) -> None:
        """List all runs, or else those that are awaited, if either is wanted."""
        work: Callable[[], list[Run]]
        if self._is_stale:
            work, then = partial(runs.list_runs, self.library), self._on_listed
        elif self._awaited:
            work, then = partial(runs.list_some, self.library, self._awaited), self._on_patched
        else:
            return
        self._is_stale, self._awaited = False, set()
        self._reading = self._begin(
            self.tr("Reading the library"), work, partial(then, self._edits), self._on_not_listed
        )
        self._reading.ended.connect(self._read_soon)  # what was wished for meanwhile

    def _on_patched(self, edits: int, found: list[Run]) -> None:
        if edits != self._edits:
            return
        of_old = {run.id: run for run in self.runs}
        of_new = {run.id: run for run in found if run.deleted is None}
        self.runs = sorted((of_old | of_new).values(), key=lambda run: -run.id)
        self.changed.emit()

    def _on_listed(self, edits: int, found: list[Run]) -> None:
        # What was read before something was changed is not shown: it is listed again after that.
        if edits == self._edits:
            self.runs, self.is_loaded, self.fault = found, True, None
            self.changed.emit()

    def _on_not_listed(self, fault: Exception) -> None:
        is_news = str(fault) != str(self.fault)
        self.is_loaded, self.fault = True, fault
        if is_news:  # or each try would bring a dialog
            self.jobs.failed.emit(fault)
        self.changed.emit()

    def _on_deleted(self, those: list[Run], done: list[int]) -> None:
        gone = [run for run in those if run.id in done]
        if gone:
            self._deletions.append(gone)
            self.runs = [run for run in self.runs if run.id not in done]
            self.changed.emit()
        for run in those:
            if run.is_held and run.id not in done:
                self.jobs.failed.emit(UserError(HELD, name=short(run.name)))

    def _on_not_undone(self, those: list[Run], fault: Exception) -> None:
        self._deletions.append(those)
        self.jobs.failed.emit(fault)

    def _replace(self, changed: Run) -> None:
        """Show a change at once; should it fail, the next list shows what was before."""
        self.runs = [changed if run.id == changed.id else run for run in self.runs]
        self.changed.emit()

    def _write(self, title: str, change: Callable[[], None]) -> None:
        """Change what a person writes: the last word on a run is written last."""
        self._edits += 1
        self.writes.add(title, change)

    def _edit(
        self,
        title: str,
        work: Callable[..., Any],
        on_success: Callable[[Any], None] = ignore,
        on_failure: Callable[[Exception], None] | None = None,
        *,
        can_be_cancelled: bool = False,
    ) -> None:
        """Change the library, then list it again, even where it went wrong or was called off."""
        self._edits += 1
        job = self.jobs.begin(
            title,
            work if can_be_cancelled else lambda _: work(),
            on_success,
            on_failure,
            is_lasting=True,
            can_be_cancelled=can_be_cancelled,
        )
        job.ended.connect(self._on_edited)

    @Slot()
    def _on_edited(self) -> None:
        self._edits += 1
        self.refresh()

    def _begin(
        self,
        title: str,
        work: Callable[[], Any],
        on_success: Callable[[Any], None] = ignore,
        on_failure: Callable[[Exception], None] | None = None,
    ) -> Job:
        return self.jobs.begin(
            title,
            lambda _: work(),
            on_success,
            on_failure,
            can_be_cancelled=False,
        )


def _purge(library: Library, run_ids: list[int]) -> list[int]:
    """The numbers of those that are gone."""
    latest = time.time() - LEFT_BEHIND_SECONDS
    left = [run.id for run in runs.list_runs(library, deleted=True) if (run.deleted or 0) < latest]
    return deletion.purge(library, {*run_ids, *left}) if run_ids or left else []
