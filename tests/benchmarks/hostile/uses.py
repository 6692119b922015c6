"""Each format is opened by what opens it in the window, and used for what the window uses it for.

A ``UserError`` while it is opened means that it is refused. Of what is open, one part may still be
refused, which is told to ``Told``; anything else that is raised is a fault of the program.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import torch

from hostile.corpus import CONFIG, tiny_splits
from mnist_desktop.errors import UserError
from mnist_desktop.ink.photo.parts import open_page
from mnist_desktop.ink.strokes_file import read_strokes
from mnist_desktop.learning.data.datasets import open_dataset
from mnist_desktop.learning.evaluate.evaluation import predict
from mnist_desktop.learning.log import log_of
from mnist_desktop.learning.models.export import export_model
from mnist_desktop.learning.models.model_file import open_model
from mnist_desktop.learning.models.network import to_input
from mnist_desktop.learning.read.recognizer import Recognizer
from mnist_desktop.learning.report import score_in_words
from mnist_desktop.learning.settings.config_json import to_json
from mnist_desktop.learning.train.events import EpochDone
from mnist_desktop.learning.train.history import thinned
from mnist_desktop.learning.train.training import train
from mnist_desktop.library import deletion, model_files, runs
from mnist_desktop.library.curves_file import export_curves
from mnist_desktop.library.database import Library
from mnist_desktop.library.recorder import RunRecorder
from mnist_desktop.library.recovery import recover
from mnist_desktop.library.resume import new_run, recognizers_of, resume_run
from mnist_desktop.library.run_file import export_run, import_run
from mnist_desktop.library.runs import Run
from mnist_desktop.library.weights import model_of


class Told:
    """What a person is told on the way.

    Attributes:
        errors: since the last ``clear``.
    """

    def __init__(self) -> None:
        self.errors: list[UserError] = []

    @contextmanager
    def may_refuse(self) -> Iterator[None]:
        """A block that may end with a sentence for people."""
        try:
            yield
        except UserError as error:
            self.errors.append(error)


class Bench:
    """What files are opened with.

    Args:
        folder: for whatever is written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.told = Told()
        self.splits = tiny_splits()
        *_, done = (event for event in train(CONFIG, self.splits) if isinstance(event, EpochDone))
        from mnist_desktop.learning.models.model import Model

        self.recognizer = Recognizer(Model(CONFIG.network, done.checkpoint.state_dict))
        self.library = Library(folder / "home" / "library.sqlite3")
        with closing(RunRecorder.begin(self.library, CONFIG, self.splits, "own")):
            pass
        (folder / "drawn.jsonl").write_text('{"strokes": [[[0, 0], [5, 9]], [[20, 0], [20, 9]]]}')
        self.drawing = read_strokes(folder / "drawn.jsonl")[0].drawing

    def picture(self, path: Path) -> None:
        self.recognizer.read_lines(open_page(path).lines)

    def strokes(self, path: Path) -> None:
        for labelled in read_strokes(path)[:3]:
            self.recognizer.read(labelled.drawing)
            str(labelled.digits)

    def dataset(self, path: Path) -> None:
        splits = open_dataset(path)
        for split in (splits.train, splits.validation, splits.test):
            assert len(split.sha256) == 64
            batch = to_input(torch.from_numpy(split.pictures[:64]))
            assert batch.shape == (len(split.labels[:64]), 784)
            assert int(split.labels.max()) <= 9

    def model(self, path: Path) -> None:
        model = open_model(path)
        assert self._reads(Recognizer(model))
        if model.training is not None:
            to_json(model.training)
        for one in model.measurements:
            score_in_words(one.score)
        network = Recognizer(model).network
        found = predict(network, self.splits.test, temperature=model.temperature)
        assert found.score
        assert found.confusion.sum() == len(self.splits.test)
        assert found.calibration_error >= 0
        for name in ("saved.safetensors", "saved.pt"):
            with self.told.may_refuse():
                export_model(self.folder / name, model)
                open_model(self.folder / name)

    def run(self, path: Path) -> None:
        """A file that was taken in is in order: nothing that is done with it may be refused."""
        number = import_run(self.library, path)
        refused = len(self.told.errors)
        with self.told.may_refuse():
            self._use(self.library, runs.run_of(self.library, number), self.told.may_refuse)
            runs.list_runs(self.library)
        with suppress(UserError):
            self._resume(self.library, number)
        deletion.delete(self.library, [number])
        deletion.purge(self.library, [number])
        assert runs.list_runs(self.library)
        if len(self.told.errors) > refused:
            raise AssertionError("was taken in, but is damaged") from self.told.errors[-1]

    def database(self, path: Path) -> None:
        library = Library(path)
        listed = runs.list_runs(library)
        may_refuse = self.told.may_refuse
        with may_refuse():
            recover(library)
        with may_refuse():
            model_files.remembered(library)
            model_files.remember(library, self.folder / "saved.pt")
        with may_refuse():
            listed += runs.list_runs(library, deleted=True)
        with may_refuse():
            export_curves(library, listed, self.folder / "curves.csv")
        for run in listed[:6]:
            with may_refuse():
                self._use(library, run, may_refuse)
        for run in listed[:1]:
            with may_refuse():
                self._resume(library, run.id)
        with may_refuse():
            deletion.delete(library, [run.id for run in listed])
        with may_refuse():
            deletion.undelete(library, [run.id for run in listed[1:]])
        with may_refuse():
            deletion.purge(library, [run.id for run in listed[:1]])
        with may_refuse(), closing(new_run(library, CONFIG, self.splits, "new").recorder):
            runs.list_runs(library)

    def _use(self, library: Library, run: Run, may_refuse: Callable) -> None:  # type: ignore[type-arg]
        """What the Models tab does with a run that is chosen."""
        assert run.name == run.name.strip()
        assert run.is_damaged or (run.network and to_json(run.config))
        if run.score is not None:
            score_in_words(run.score)
        with may_refuse():
            runs.epochs_of(library, [run.id])
            export_curves(library, [run], self.folder / "curves.csv")
        with may_refuse():
            told = runs.read_run(library, run.id, weights=False)
            assert log_of(told.config, told.epochs, told.changes, run) is not None
        with may_refuse():
            record = runs.read_run(library, run.id)
            history = record.history
            thinned(history.batch_position.values, history.batch_loss.values, 100)
            for change in history.changes:
                history.position_of(change)
            model = model_of(record)
            if model is not None:
                assert self._reads(Recognizer(model))
            for recognizer in recognizers_of(record).values():
                assert self._reads(recognizer)
        with may_refuse():
            runs.rename(library, run.id, f"{run.name} again")
            runs.set_note(library, run.id, run.note)
        with may_refuse():
            export_run(library, run.id, self.folder / "exported.mnist-run")

    def _resume(self, library: Library, number: int) -> None:
        """Train it on for a batch, unless it was of other pictures."""
        if runs.run_of(library, number).train_sha256 != self.splits.train.sha256:
            return
        start = resume_run(library, number, self.splits, more_epochs=1)
        with closing(start.recorder) as recorder:
            training = train(start.config, self.splits, start.checkpoint)
            recorder.take(next(training))
            training.close()

    def _reads(self, recognizer: Recognizer) -> bool:
        return recognizer.read(self.drawing).confidence >= 0


USES: dict[str, Callable[[Bench, Path], None]] = {
    "picture": Bench.picture,
    "strokes": Bench.strokes,
    "idx": Bench.dataset,
    "pickle": Bench.dataset,
    "npz": Bench.dataset,
    "csv": Bench.dataset,
    "zip": Bench.dataset,
    "safetensors": Bench.model,
    "pt": Bench.model,
    "run": Bench.run,
    "library": Bench.database,
}
