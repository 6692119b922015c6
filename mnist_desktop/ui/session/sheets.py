"""Pictures and strokes files, opened and put on the canvas."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from mnist_desktop.ink.photo.file import PASTED
from mnist_desktop.ink.photo.parts import PictureParts, open_lines
from mnist_desktop.ink.strokes import LabelledDrawing
from mnist_desktop.ink.strokes_file import read_strokes
from mnist_desktop.progress import Progress
from mnist_desktop.ui.session.jobs import Job, Jobs
from mnist_desktop.ui.session.photos import pixels_of
from mnist_desktop.ui.session.sketch import Sketch
from mnist_desktop.ui.session.texts import translated


class Sheets(QObject):
    """Opens what can be on the canvas; of several that are opened, the last comes to be there.

    Args:
        sketch: what is on the canvas.
        jobs: where files are opened.

    Attributes:
        drawings: of the strokes file that is open, and ``index``, which of them is shown.

    Signals:
        opened(): a picture or a strokes file.
        drawings_changed(): there are others, or another one is shown.
        failed(object): the exception because of which something cannot be opened.
    """

    opened = Signal()
    drawings_changed = Signal()
    failed = Signal(object)

    def __init__(self, sketch: Sketch, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.drawings: list[LabelledDrawing] = []
        self.index = 0
        self._sketch = sketch
        self._jobs = jobs
        self._job: Job | None = None

    def open_strokes(self, path: Path) -> None:
        """Show the first drawing of a strokes file."""
        self._jobs.cancel(self._job)
        self._job = self._jobs.begin(
            self.tr("Opening {name}").format(name=path.name),
            lambda progress: read_strokes(path, progress),
            self._on_drawings_read,
            self.failed.emit,
        )

    def open_picture(self, source: Path | QImage) -> None:
        """Show a picture, and read it; what was there can be had back by undoing."""

        def work(progress: Progress) -> PictureParts:
            pixels = source if isinstance(source, Path) else pixels_of(source)
            (line,) = open_lines(pixels, progress)
            return line

        name = source.name if isinstance(source, Path) else translated("core", PASTED)
        self._jobs.cancel(self._job)
        self._job = self._jobs.begin(
            self.tr("Opening {name}").format(name=name),
            work,
            self._on_picture_opened,
            self.failed.emit,
        )

    def show_drawing(self, index: int) -> None:
        """Put a drawing of the open strokes file on the canvas."""
        self.index = index
        self._sketch.show(self.drawings[index].drawing.fitted())
        self.drawings_changed.emit()

    def close_drawings(self) -> None:
        """Forget the strokes file; what is on the canvas stays."""
        self.drawings = []
        self.index = 0
        self.drawings_changed.emit()

    def _on_drawings_read(self, drawings: list[LabelledDrawing]) -> None:
        self.drawings = drawings
        self.show_drawing(0)
        self.opened.emit()

    def _on_picture_opened(self, picture: PictureParts) -> None:
        self.close_drawings()
        self._sketch.show(picture)
        self.opened.emit()
