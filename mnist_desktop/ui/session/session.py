"""What the window is about: the one owner of all that its views show."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from mnist_desktop.ink.photo.file import is_picture
from mnist_desktop.learning.config import TrainingConfig
from mnist_desktop.learning.datasets import bundled_mnist, open_dataset
from mnist_desktop.learning.reading import Digit, Reading
from mnist_desktop.learning.splits import Splits
from mnist_desktop.library.database import Library
from mnist_desktop.paths import DEFAULT_MODEL
from mnist_desktop.progress import Progress
from mnist_desktop.ui.session.epoch_readings import EpochReadings
from mnist_desktop.ui.session.evaluation import Result, Target, evaluate_split, evaluate_strokes
from mnist_desktop.ui.session.jobs import Job, Jobs
from mnist_desktop.ui.session.model_files import load_default, open_recognizer, save
from mnist_desktop.ui.session.reader import Reader
from mnist_desktop.ui.session.run_control import RunControl
from mnist_desktop.ui.session.runs import Runs
from mnist_desktop.ui.session.sheets import Sheets
from mnist_desktop.ui.session.shelf import Entry, Shelf
from mnist_desktop.ui.session.sketch import Sketch
from mnist_desktop.ui.session.timeline import Timeline
from mnist_desktop.ui.session.training import Training
from mnist_desktop.ui.session.training_thread import Unit

if TYPE_CHECKING:
    from mnist_desktop.learning.recognizer import Recognizer

STROKES_SUFFIXES = (".jsonl", ".jsonl.gz")
MODEL_SUFFIXES = (".safetensors", ".pt", ".pth")


class Session(QObject):
    """The drawing and what is read in it, the models, the data set, the run.

    Views get the session in their constructor, show what it says and call its methods. They do
    not know each other.

    Args:
        first_files: to be opened when all is loaded.

    Attributes:
        sketch: what is on the canvas.
        shelf: the models.
        sheets: pictures and strokes files that are put on the canvas.
        reader: what is read on the canvas, how strictly, and which digit is looked at.
        splits: the data set; None until one is loaded.
        is_loaded: whether torch is there.
        timeline: the epochs of the run.
        epoch_readings: what the drawing would have been read as after each of them.
        training: the run.
        runs: all that are kept.
        run_control: begins runs and resumes them.
        evaluation: what the last evaluation has found.
        jobs: what goes on in the background.

    Signals:
        data_changed(), evaluation_changed(): there is another data set or evaluation.
        settings_wanted(object): a ``TrainingConfig`` that is to be trained with.
        failed(object): an exception that the user should hear of.
        loaded(): torch is there, and the model that came with the program, or its failure.
    """

    data_changed = Signal()
    evaluation_changed = Signal()
    settings_wanted = Signal(object)
    failed = Signal(object)
    loaded = Signal()

    def __init__(self, first_files: Iterable[Path] = (), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sketch = Sketch(self)
        self.shelf = Shelf(self)
        self.jobs = Jobs(self)
        self.sheets = Sheets(self.sketch, self.jobs, self)
        self.timeline = Timeline(self.shelf, self)
        self.reader = Reader(self.sketch, self.shelf, self.jobs, self, timeline=self.timeline)
        self.epoch_readings = EpochReadings(self.sketch, self.shelf, self.reader, self)
        library = Library()
        self.training = Training(library, self)
        self.runs = Runs(library, self.jobs, self)
        self.run_control = RunControl(self.shelf, self.training, self.runs, self.timeline, self)
        self.splits: Splits | None = None
        self.is_loaded = False
        self.evaluation: Result | None = None
        self._waiting: Callable[[], None] | None = None
        self._first_files = list(first_files)
        self.sheets.failed.connect(self.failed)
        self.reader.failed.connect(self.failed)
        self.training.failed.connect(self.failed)
        self.runs.failed.connect(self.failed)
        self.run_control.failed.connect(self.failed)

    @property
    def reading(self) -> Reading:
        """What is on the canvas is read as; empty for an empty one, or while there is no model."""
        return self.reader.reading

    @property
    def focused_digit(self) -> Digit | None:
        """The one of its digits that is looked at."""
        return self.reader.focused_digit

    @Slot()
    def load(self) -> None:
        """Load torch and the model that came with the program, then MNIST and the first files."""
        self.jobs.begin(
            self.tr("Loading the model"),
            load_default,
            self._on_default_loaded,
            self._on_no_default,
        )

    def open(self, path: Path) -> None:
        """Open a model, a strokes file, a picture or a data set, whichever it is."""
        if path.name.endswith(STROKES_SUFFIXES):
            self.sheets.open_strokes(path)
        elif path.suffix in MODEL_SUFFIXES:
            self.open_model(path)
        elif is_picture(path):
            self.sheets.open_picture(path)
        else:
            self.open_data(path)

    def open_model(self, path: Path) -> None:
        """Read with the model of a file. If it cannot be opened the present one stays."""
        self.jobs.begin(
            self.tr("Opening {name}").format(name=path.name),
            lambda _: open_recognizer(path),
            partial(self._on_model_opened, path.resolve()),
            self.failed.emit,
        )

    def save_model(self, entry: Entry, path: Path) -> Job:
        """Save a model to a file, which from then on is its own."""
        model = entry.model
        return self.jobs.begin(
            self.tr("Saving {name}").format(name=path.name),
            lambda _: save(path, model),
            lambda _: self._on_saved(entry, path.resolve()),
            self.failed.emit,
        )

    def close_model(self, entry: Entry) -> None:
        """Have the model of a file at hand no more. The file stays."""
        self.shelf.remove(entry)
        if entry.path is not None:
            self.runs.forget_file(entry.path)

    def open_data(self, path: Path) -> None:
        """Use another data set. If it cannot be opened the present one stays."""
        self.jobs.begin(
            self.tr("Opening {name}").format(name=path.name),
            lambda progress: open_dataset(path, progress),
            self._on_data_loaded,
            self.failed.emit,
        )

    def open_bundled_data(self) -> None:
        """Use the MNIST that came with the program."""
        self.jobs.begin(
            self.tr("Loading MNIST"), bundled_mnist, self._on_data_loaded, self._on_no_data
        )

    def evaluate(self, target: Target) -> None:
        """Measure the model that reads."""
        entry, splits = self.shelf.current, self.splits
        if entry is None:
            return
        name, recognizer = entry.name, entry.recognizer
        if isinstance(target, Path):
            path, strictness = target, self.reader.strictness

            def work(progress: Progress) -> Result:
                return evaluate_strokes(name, recognizer, path, strictness, progress)

        elif splits is None:
            return
        else:
            split = splits.test if target == "test" else splits.validation

            def work(progress: Progress) -> Result:
                return evaluate_split(name, recognizer, target, split, progress)

        self.jobs.begin(
            self.tr("Evaluating {name}").format(name=name),
            work,
            self._on_evaluated,
            self.failed.emit,
        )

    def start_training(self, config: TrainingConfig, until: Unit | None = None) -> None:
        """Begin a run on the data set, as soon as there is one.

        Args:
            until: go on for one batch, epoch or part of a step only, and then pause.
        """
        if self.splits is None:
            self._waiting = partial(self.start_training, config, until)
        else:
            self.run_control.start(config, self.splits, until)

    def continue_run(self, run_id: int, more_epochs: int = 0) -> None:
        """Go on with a run of the library, as soon as there is a data set.

        Args:
            more_epochs: so many after its last one; 0 leaves it at what was asked for before.
        """
        if self.splits is None:
            self._waiting = partial(self.continue_run, run_id, more_epochs)
        else:
            self.run_control.resume(run_id, self.splits, more_epochs)

    def show_settings(self, config: TrainingConfig) -> None:
        """Let a training be set up like this one."""
        self.settings_wanted.emit(config)

    def shut_down(self) -> None:
        """End everything that goes on in the background. Returns when it has ended."""
        self.training.cancel()
        self.runs.purge_deleted()
        self.runs.rest()
        self.jobs.cancel_all()

    def _on_default_loaded(self, recognizer: Recognizer) -> None:
        default = Entry(self.tr("default"), recognizer, DEFAULT_MODEL)
        self.shelf.add(default)
        if self.shelf.current is None:
            self.shelf.read_with(default)
        self._open_first_files()

    def _on_no_default(self, fault: Exception) -> None:
        self.failed.emit(fault)
        self._open_first_files()

    def _open_first_files(self) -> None:
        if "torch" in sys.modules:
            from mnist_desktop.learning.threads import use_one_core

            use_one_core()
        self.is_loaded = True
        self.loaded.emit()
        self.open_bundled_data()
        for path in self._first_files:
            self.open(path)

    def _on_model_opened(self, path: Path, recognizer: Recognizer) -> None:
        entry = Entry(path.stem, recognizer, path)
        self.shelf.add(entry)
        self.shelf.read_with(entry)
        self.runs.remember_file(path)

    def _on_saved(self, entry: Entry, path: Path) -> None:
        self.shelf.mark_saved(entry, path)
        self.runs.remember_file(path)

    def _on_data_loaded(self, splits: Splits) -> None:
        self.splits = splits
        self.data_changed.emit()
        if self._waiting is not None:
            waiting, self._waiting = self._waiting, None
            waiting()
        self._recover()

    def _recover(self) -> None:
        """Once, after the first answer, which it would hold up."""
        if not self.runs.is_loaded:
            self.run_control.recover()

    def _on_no_data(self, fault: Exception) -> None:
        self._recover()
        self._waiting = None
        self.failed.emit(fault)

    def _on_evaluated(self, result: Result) -> None:
        self.evaluation = result
        self.evaluation_changed.emit()
