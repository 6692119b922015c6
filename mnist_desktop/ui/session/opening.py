"""Every way in which something is opened: files of all kinds, runs, and what comes at the start."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication, QImage

from mnist_desktop.errors import UserError
from mnist_desktop.files import is_folder
from mnist_desktop.ink.photo.file import is_picture
from mnist_desktop.ink.photo.parts import Page, open_page
from mnist_desktop.ink.strokes import LabelledDrawing
from mnist_desktop.ink.strokes_file import SUFFIXES as STROKES_SUFFIXES
from mnist_desktop.ink.strokes_file import read_strokes
from mnist_desktop.library.profile_file import SUFFIX as PROFILE_SUFFIX
from mnist_desktop.library.run_file import SUFFIX as RUN_SUFFIX
from mnist_desktop.paths import DEFAULT_MODEL
from mnist_desktop.progress import Progress
from mnist_desktop.texts import QT_TRANSLATE_NOOP
from mnist_desktop.ui.session.data.data_files import (
    bundled_mnist,
    is_folder_of_pictures,
    open_dataset,
    several_in,
)
from mnist_desktop.ui.session.model_files import load_default, open_recognizer
from mnist_desktop.ui.session.read.clipboard import open_pasted, pasted
from mnist_desktop.ui.session.shelf import Entry
from mnist_desktop.ui.session.work import Job, Latest

if TYPE_CHECKING:
    from mnist_desktop.learning.models.interpretation import Wish
    from mnist_desktop.learning.read.recognizer import Recognizer
    from mnist_desktop.ui.session.session import Session

MODEL_SUFFIXES = (".safetensors", ".pt", ".pth")
OTHER_MODEL_SUFFIXES = (".h5", ".hdf5", ".keras", ".onnx")
"""Of models that cannot be opened, which is said."""

NOTHING_TO_PASTE = QT_TRANSLATE_NOOP(
    "core", "There is no picture to paste: copy a picture or a picture file first."
)


class Opening(QObject):
    """Opens what the menu, a drop, the clipboard or an argument of the program names.

    Of what takes one place, as two models do, or a picture and drawings, the last wish wins.
    Several pictures take none: they are read into a list.
    What cannot be opened leaves what is there.

    Args:
        first_files: to be opened when torch is there.

    Attributes:
        is_loaded: whether torch is there.
        models: where models are opened, also those of runs.

    Signals:
        loaded(): torch is there, and the model that came with the program, or its failure.
        filled_canvas(): with a picture, or a drawing of a file.
        opened_data(object): ``Splits``.
        found_several(object, object): the path of a folder or archive with several data sets, and
            their names: it is to be asked which.
        interpreted(object): the ``Entry`` of a model whose file does not say how it reads.
        has_no_data(): none could be opened, and none is there.
    """

    loaded = Signal()
    filled_canvas = Signal()
    opened_data = Signal(object)
    found_several = Signal(object, object)
    interpreted = Signal(object)
    has_no_data = Signal()

    def __init__(self, session: Session, first_files: Iterable[Path]) -> None:
        super().__init__(session)
        self.is_loaded = False
        self._session = session
        self._first_files = list(first_files)
        self.models = Latest(session.jobs)
        self._canvas = Latest(session.jobs)
        self._data = Latest(session.jobs)
        self._has_data = False

    def load(self) -> None:
        """Load torch and the model that came with the program, then MNIST and the first files."""
        self._session.jobs.begin(
            self.tr("Loading the model"),
            load_default,
            self._on_default_loaded,
            self._on_no_default,
            can_be_cancelled=False,
        )

    def open(self, path: Path) -> None:
        """Open a model, a strokes file, a picture, a run, a profile, a data set, or a folder of
        pictures.
        """
        name = path.name.lower()
        if name.endswith(STROKES_SUFFIXES):
            self.open_strokes(path)
        elif name.endswith((*MODEL_SUFFIXES, *OTHER_MODEL_SUFFIXES)):
            self.open_model(path)
        elif name.endswith(RUN_SUFFIX):
            self._session.runs.import_run(path)
        elif name.endswith(PROFILE_SUFFIX):
            self._session.people.import_file(path)
        elif is_folder_of_pictures(path):
            self._session.pictures.read([path])
        elif is_picture(path):
            self.open_picture(path)
        else:
            self.open_data(path)

    def open_model(self, path: Path, wish: Wish | None = None) -> None:
        """Read with the model of a file, of whose weights a person may say how they are meant."""
        self._begin(
            self.models,
            path,
            lambda _: open_recognizer(path, wish),
            partial(self._on_model_opened, path.resolve(), wish),
        )

    def open_data(self, path: Path) -> None:
        """Use another data set."""
        work = partial(open_dataset, path)
        job = self._begin(self._data, path, work, self._on_data_opened, self._on_no_data)
        job.ended.connect(self.want_data)  # it may have failed or been cancelled, as the first

    def open_bundled_data(self) -> None:
        """Use the MNIST that came with the program."""
        self._data.begin(
            self.tr("Loading MNIST"),
            bundled_mnist,
            self._on_data_opened,
            self._on_no_mnist,
            can_be_cancelled=self._has_data,
        )

    @Slot()
    def want_data(self) -> None:
        """See to it that there will be a data set, if none is there nor on its way."""
        if self.is_loaded and not self._has_data and not self._data.is_busy:
            self.open_bundled_data()

    def open_strokes(self, path: Path, number: int = 1) -> None:
        """Show a drawing of a strokes file, the first or another one."""
        on_read = partial(self._on_drawings_read, number)
        self._begin(self._canvas, path, partial(read_strokes, path), on_read)

    def open_picture(self, source: Path | QImage | bytes) -> None:
        """Show a picture, and read it; what was there can be had back by undoing.

        Args:
            source: a file; or what was pasted, as the bytes of a file or as pixels.
        """

        def work(progress: Progress) -> Page:
            if isinstance(source, Path):
                return open_page(source, progress)
            return open_pasted(source, progress)

        self._begin(self._canvas, source, work, self._on_picture_opened)

    def open_all(self, paths: Sequence[Path]) -> None:
        """Open each of these; several pictures, and all in a folder, are read into a list."""
        pictures = [path for path in paths if is_folder_of_pictures(path) or is_picture(path)]
        is_one = len(pictures) == 1 and not is_folder(pictures[0])
        for path in paths:
            if is_one or path not in pictures:
                self.open(path)
        if pictures and not is_one:
            self._session.pictures.read(pictures)

    def take(self, content: QMimeData) -> bool:
        """Open the files, or else the picture, that were dropped or copied; False if there are
        none.
        """
        found = pasted(content)
        self.open_all([one for one in found if isinstance(one, Path)])
        for one in found:
            if isinstance(one, UserError):
                self._session.jobs.failed.emit(one)
            elif not isinstance(one, Path):
                self.open_picture(one)
        return bool(found)

    def paste(self) -> None:
        """Open what the clipboard holds."""
        content: QMimeData | None = QGuiApplication.clipboard().mimeData()  # None once cleared
        if content is None or not self.take(content):
            self._session.jobs.failed.emit(UserError(NOTHING_TO_PASTE))

    def _begin(
        self,
        place: Latest,
        source: Path | QImage | bytes,
        work: Callable[[Progress], object],
        on_success: Callable[..., None],
        on_failure: Callable[[Exception], None] | None = None,
    ) -> Job:
        title = (
            self.tr("Opening {name}").format(name=source.name)
            if isinstance(source, Path)
            else self.tr("Opening the picture")
        )
        return place.begin(title, work, on_success, on_failure)

    def _on_default_loaded(self, recognizer: Recognizer) -> None:
        default = Entry(None, recognizer, DEFAULT_MODEL)
        self._session.shelf.add(default)
        if self._session.shelf.current is None:
            self._session.shelf.read_with(default)
        self._open_first_files()

    def _on_no_default(self, fault: Exception) -> None:
        self._session.jobs.failed.emit(fault)
        self._open_first_files()

    def _open_first_files(self) -> None:
        if "torch" in sys.modules:
            from mnist_desktop.learning.threads import use_one_core

            use_one_core()
        self.is_loaded = True
        self.loaded.emit()
        self.open_all(self._first_files)
        self.want_data()

    def _on_model_opened(self, path: Path, wish: Wish | None, recognizer: Recognizer) -> None:
        entry = Entry(path.stem, recognizer, path)
        self._session.shelf.add(entry)
        self._session.shelf.read_with(entry)
        self._session.runs.remember_file(path, wish)
        if recognizer.model.interpretation is not None:
            self.interpreted.emit(entry)

    def _on_data_opened(self, splits: object) -> None:
        self._has_data = True
        self.opened_data.emit(splits)

    def _on_no_data(self, fault: Exception) -> None:
        if several := several_in(fault):
            self.found_several.emit(*several)
        else:
            self._session.jobs.failed.emit(fault)

    def _on_no_mnist(self, fault: Exception) -> None:
        self._session.jobs.failed.emit(fault)
        if not self._has_data:
            self.has_no_data.emit()

    def _on_drawings_read(self, number: int, drawings: list[LabelledDrawing]) -> None:
        self._session.drawings.open(drawings)
        if 1 < number <= len(drawings):  # the file may be another one by now
            self._session.drawings.show(number - 1)
        self.filled_canvas.emit()

    def _on_picture_opened(self, picture: Page) -> None:
        self._session.drawings.close()
        self._session.sketch.show(picture)
        self.filled_canvas.emit()
