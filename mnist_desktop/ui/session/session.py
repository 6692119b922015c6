"""What the window is about: the one owner of all that its views show."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication

from mnist_desktop.learning.data.splits import Splits
from mnist_desktop.learning.read.reading import Reading
from mnist_desktop.learning.settings.config import TrainingConfig
from mnist_desktop.library.database import Library
from mnist_desktop.ui.session.data.data_set import DataSet
from mnist_desktop.ui.session.data.gallery import Gallery
from mnist_desktop.ui.session.data.labels import Labels
from mnist_desktop.ui.session.data.overviews import Overviews
from mnist_desktop.ui.session.evaluate.evaluator import Evaluator
from mnist_desktop.ui.session.evaluate.specimens import Specimens
from mnist_desktop.ui.session.exports import Exports
from mnist_desktop.ui.session.last_model import LastModel
from mnist_desktop.ui.session.looked_at import LookedAt
from mnist_desktop.ui.session.model_files import ModelFiles
from mnist_desktop.ui.session.network.layer_map import LayerMap
from mnist_desktop.ui.session.network.network_lab import NetworkLab
from mnist_desktop.ui.session.opening import Opening
from mnist_desktop.ui.session.preferences import Preferences
from mnist_desktop.ui.session.read.drawings import Drawings
from mnist_desktop.ui.session.read.epoch_readings import EpochReadings
from mnist_desktop.ui.session.read.explanation import Explanation
from mnist_desktop.ui.session.read.many_pictures import ManyPictures
from mnist_desktop.ui.session.read.reader import Reader
from mnist_desktop.ui.session.read.sketch import Sketch
from mnist_desktop.ui.session.read.timeline import Timeline
from mnist_desktop.ui.session.shelf import Shelf
from mnist_desktop.ui.session.teach.corrections import Corrections
from mnist_desktop.ui.session.teach.my_digits import MyDigits
from mnist_desktop.ui.session.teach.people import People
from mnist_desktop.ui.session.teach.teaching import Teaching
from mnist_desktop.ui.session.train.draft import Draft
from mnist_desktop.ui.session.train.run_control import RunControl
from mnist_desktop.ui.session.train.runs import Runs
from mnist_desktop.ui.session.train.training import Training
from mnist_desktop.ui.session.work import Jobs


class Session(QObject):
    """The drawing and what is read in it, the models, the data set, the run.

    Views get the session in their constructor, show what it says and call its methods. They do
    not know each other. Those of its own parts that bring many others together get it, too.

    Args:
        first_files: to be opened when all is loaded.

    Attributes:
        preferences: what has been chosen about the program itself.
        looked_at: what the tabs show of all there is.
        sketch: what is on the canvas.
        drawings: of the strokes file that is open.
        shelf: the models.
        opening: opens whatever there is to open.
        reader: what is read on the canvas, how strictly, and which digit is looked at.
        pictures: many, that are read one after the other.
        timeline: the epochs of the run.
        epoch_readings: what the drawing would have been read as after each of them.
        draft: the settings of the next training.
        library: where all that a person has done is kept.
        training: the run.
        runs: all that are kept.
        exports: writes files of them, and drawings.
        people: whose hands there are.
        corrections: what a person teaches, kept in the library.
        teaching: what is learned of it.
        my_digits: all that was taught, to look through.
        data_set: what is trained, shown and evaluated on.
        labels: what its pictures are said to show, where that is not what it says.
        gallery: all its pictures, and those that are shown.
        overviews: figures of its splits.
        layer_map: where its pictures, and the drawing, lie on a map.
        specimens: takes a picture, wherever it is looked at, to where something is done with it.
        explanation: why the answer is what it is.
        lab: the network that reads, laid open.
        model_files: saves models, and closes those of files.
        run_control: begins runs and resumes them.
        evaluator: measures the model that reads.
        jobs: what goes on in the background.

    Signals:
        settings_wanted(): somebody would like to see the settings of the next training.
        copied(): what was read is on the clipboard.
        failed(object): an exception that the user should hear of.
    """

    settings_wanted = Signal()
    copied = Signal()
    failed = Signal(object)

    def __init__(self, first_files: Iterable[Path] = (), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.preferences = Preferences(self)
        self.looked_at = LookedAt()
        self.sketch = Sketch(self)
        self.drawings = Drawings(self.sketch, self)
        self.draft = Draft(self)
        self.shelf = Shelf(self)
        self.jobs = Jobs(self)
        self.timeline = Timeline(self.shelf, self)
        self.reader = Reader(self.sketch, self.shelf, self.timeline, self.jobs, self)
        self.reader.strictness = self.preferences.strictness
        self.reader.strictness_changed.connect(self._on_strictness_changed)
        self.epoch_readings = EpochReadings(self)
        self.library = Library()
        self.training = Training(self)
        self.runs = Runs(self.library, self.jobs, self)
        self.exports = Exports(self.library, self.jobs, self)
        self.people = People(self)
        self.corrections = Corrections(self)
        self.sketch.corrected.connect(self.corrections.change)
        self.teaching = Teaching(self)
        self.my_digits = MyDigits(self)
        self.data_set = DataSet(self)
        self.explanation = Explanation(self)
        self.lab = NetworkLab(self)
        self.corrections.changed.connect(self.teaching.read)
        self.my_digits.taught.connect(self.teaching.read)
        self.labels = Labels(self)
        self.gallery = Gallery(self)
        self.overviews = Overviews(self.data_set, self.jobs, self)
        self.layer_map = LayerMap(self)
        self.specimens = Specimens(self)
        self.model_files = ModelFiles(self)
        self.pictures = ManyPictures(self)
        self.pictures.corrected.connect(self.corrections.change)
        self.opening = Opening(self, first_files)
        self.run_control = RunControl(self)
        self.evaluator = Evaluator(self)
        self.opening.opened_data.connect(self.data_set.take)
        self.opening.loaded.connect(self.teaching.start)
        LastModel(self)
        self.runs.purged.connect(self.shelf.forget_runs)
        self.jobs.failed.connect(self.failed)
        self.training.failed.connect(self.failed)

    @property
    def splits(self) -> Splits | None:
        """The data set; None until one is loaded."""
        return self.data_set.splits

    @property
    def reading(self) -> Reading:
        """What is on the canvas is read as; empty for an empty one, or while there is no model."""
        return self.reader.reading

    def copy_text(self) -> None:
        """Put what was read on the clipboard, a line break between two lines."""
        if self.reading.is_answered:
            QGuiApplication.clipboard().setText(self.reading.text)
            self.copied.emit()

    def take_settings(self, config: TrainingConfig) -> None:
        """Let the next training be set up like this one, in sight."""
        self.draft.show(config)
        self.settings_wanted.emit()

    def shut_down(self) -> None:
        """End everything that goes on in the background. Returns when it has ended."""
        self.training.cancel()
        self.runs.purge_deleted()
        self.runs.rest()
        self.jobs.shut_down()
        for part in (self.corrections, self.my_digits, self.labels, self.people, self.runs):
            part.writes.finish()

    @Slot()
    def _on_strictness_changed(self) -> None:
        self.preferences.set("strictness", self.reader.strictness)
