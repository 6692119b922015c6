"""Files that a person takes away: drawings, profiles, runs, their models and curves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from mnist_desktop.errors import UserError
from mnist_desktop.files import write_atomically
from mnist_desktop.ink.strokes import LabelledDrawing
from mnist_desktop.ink.strokes_file import save_drawing, save_drawings
from mnist_desktop.library import profile_file, run_file, runs
from mnist_desktop.library.curves_file import export_curves
from mnist_desktop.library.database import Library
from mnist_desktop.library.runs import Run
from mnist_desktop.texts import QT_TRANSLATE_NOOP
from mnist_desktop.ui.session.work import Job, Jobs

if TYPE_CHECKING:
    from mnist_desktop.learning.models.model import Model

NO_MODEL = QT_TRANSLATE_NOOP(
    "core", "The run has no finished epoch yet, so there is no model to export."
)


class Exports(QObject):
    """Writes files, in the background. One whose job is cancelled is written all the same.

    Signals:
        exported(object): the path of a file that has been written.
    """

    exported = Signal(object)

    def __init__(self, library: Library, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._jobs = jobs

    def run(self, run: Run, path: Path) -> None:
        """Write a run, with all that belongs to it, to a file that another person can open."""
        self.write(path, lambda: run_file.export_run(self._library, run.id, path))

    def profile(self, profile: int, path: Path) -> None:
        """Write a person's profile, with drawings and model, to a file for another machine."""
        self.write(path, lambda: profile_file.export_profile(self._library, profile, path))

    def model(self, run: Run, path: Path) -> None:
        """Write the best epoch's model to a file."""
        self.write(path, lambda: _export_model(self._library, run.id, path))

    def copy(self, model: Model, path: Path) -> None:
        """Write a model that is at hand to another file."""
        self.write(path, lambda: _write_model(model, path))

    def curves(self, chosen: Sequence[Run], path: Path) -> None:
        """Write the epochs of runs to a CSV file."""
        those = list(chosen)
        self.write(path, lambda: export_curves(self._library, those, path))

    def file(self, make: Callable[[], bytes], path: Path) -> None:
        """Write a file whose content, a picture or a table, is made in the background."""
        self.write(path, lambda: write_atomically(path, make()))

    def drawing(self, drawing: LabelledDrawing, path: Path, *, append: bool) -> None:
        """Write a drawing to a strokes file, or add it to those that are in one."""
        self.write(path, lambda: save_drawing(path, drawing, append=append))

    def drawings(self, drawings: Sequence[LabelledDrawing], path: Path) -> None:
        """Write several drawings to a strokes file."""
        those = list(drawings)
        self.write(path, lambda: save_drawings(path, those))

    def write(
        self, path: Path, work: Callable[[], object], then: Callable[[], None] | None = None
    ) -> Job:
        """Have a file written by some work.

        Args:
            then: what is done when it is there, before that is told.
        """

        def on_written(_result: object) -> None:
            if then is not None:
                then()
            self.exported.emit(path)

        title = self.tr("Saving {name}").format(name=path.name)
        return self._jobs.begin(title, lambda _: work(), on_written, is_lasting=True)


def _write_model(model: Model, path: Path) -> None:
    from mnist_desktop.learning.models.export import export_model

    export_model(path, model)


def _export_model(library: Library, run_id: int, path: Path) -> None:
    from mnist_desktop.library.weights import model_of

    model = model_of(runs.read_run(library, run_id))
    if model is None:
        raise UserError(NO_MODEL)
    _write_model(model, path)
