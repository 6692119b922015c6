"""Runs are begun and resumed; what they learn goes on the shelf."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from mnist_desktop.errors import UserError
from mnist_desktop.learning.data.splits import Splits
from mnist_desktop.learning.settings.config import TrainingConfig
from mnist_desktop.learning.train.events import EpochDone, RunDone
from mnist_desktop.library.runs import Run, next_name, read_run, run_of
from mnist_desktop.progress import Progress
from mnist_desktop.texts import QT_TRANSLATE_NOOP
from mnist_desktop.ui.session.model_files import open_recognizer
from mnist_desktop.ui.session.shelf import Entry
from mnist_desktop.ui.session.train.training import State
from mnist_desktop.ui.session.train.training_thread import Unit
from mnist_desktop.ui.session.work import ignore

if TYPE_CHECKING:
    from mnist_desktop.learning.read.recognizer import Recognizer
    from mnist_desktop.library.database import Library
    from mnist_desktop.library.resume import RunStart
    from mnist_desktop.ui.session.session import Session

MORE_EPOCHS = 10
"""So many are offered after a run that is finished."""

BUSY = QT_TRANSLATE_NOOP(
    "core", "A training is going on. Stop it first, or wait until it has ended."
)
NOTHING_LEARNED = QT_TRANSLATE_NOOP(
    "core", "The run has no finished epoch yet, so there is nothing to read with."
)


class RunControl(QObject):
    """Connects the run, the library's runs, the shelf and the timeline.

    Attributes:
        interrupted: runs that were cut off and are offered to be resumed, the newest first.

    Signals:
        offers_changed(): ``interrupted`` is another list.
        recovered(): the models of earlier days are there, as far as they can be had.
    """

    offers_changed = Signal()
    recovered = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.interrupted: list[Run] = []
        self._session = session
        self._training = session.training
        self._runs = session.runs
        self._models = session.opening.models
        self._entry: Entry | None = None
        self._dismissed: set[int] = set()
        self._waiting: dict[int, Recognizer] = {}
        self._wish: tuple[Callable[[Splits], RunStart], Unit | None] | None = None
        self._has_recovered = False
        self._training.began.connect(self._on_began)
        self._training.learned.connect(self._on_learned)
        self._training.ended.connect(self._on_ended)
        self._runs.changed.connect(self._on_listed)
        session.data_set.changed.connect(self._on_data_changed)
        session.opening.has_no_data.connect(self._on_no_data)

    def start(self, config: TrainingConfig, until: Unit | None = None) -> None:
        """Begin a run, as soon as there is a data set.

        Args:
            until: go on for one batch, epoch or part of a step only, and then pause.
        """
        names = self.tr("run {number}")
        self._begin(partial(_new_run, self._runs.library, config, names), until)

    def resume(self, run_id: int, more_epochs: int = 0) -> None:
        """Resume a run of the library from its last finished epoch, as soon as there is a data set.

        Args:
            more_epochs: so many after that one; 0 leaves it at what was asked for before.
        """
        if self._training.is_active:
            self._runs.jobs.failed.emit(UserError(BUSY))
        else:
            self._begin(partial(_resume_run, self._runs.library, run_id, more_epochs))

    def dismiss(self, run_id: int) -> None:
        """Offer a run no more, in this window."""
        self._dismissed.add(run_id)
        self._on_listed()

    def use(self, run: Run) -> None:
        """Read with the best epoch of a run."""
        entry, library = self._entry_of(run.id), self._runs.library
        if entry is not None and entry.is_training:
            self._session.shelf.read_with(entry)
        else:
            self._models.begin(
                self.tr("Opening {name}").format(name=run.name),
                lambda _: _opened(library, run),
                self._on_opened,
            )

    def use_again(self, run_id: int) -> None:
        """Read with the best epoch of a run that may have gone, unless another model is being
        opened; if it has, nothing happens.
        """
        library = self._runs.library
        if not self._models.is_busy:
            self._models.begin(
                self.tr("Opening the model of the last time"),
                lambda _: _opened(library, run_of(library, run_id)),
                self._on_opened,
                ignore,
            )

    def _begin(self, begin: Callable[[Splits], RunStart], until: Unit | None = None) -> None:
        splits = self._session.splits
        if splits is not None:
            self._training.start(partial(begin, splits), splits, until)
        elif self._training.wait_for_data():
            self._wish = begin, until
            self._session.opening.want_data()

    @Slot()
    def _on_data_changed(self) -> None:
        wish, self._wish = self._wish, None
        if wish is not None and self._training.state is State.WAITING:
            self._begin(*wish)
        self._recover()

    @Slot()
    def _on_no_data(self) -> None:
        self._training.stop()
        self._recover()

    def _recover(self) -> None:
        """Once, after the first answer, which it would hold up: take in what was kept elsewhere
        while the library could not be written, put the model files of earlier days on the shelf,
        and list the runs.
        """
        if self._has_recovered:
            return
        self._has_recovered = True
        self._runs.jobs.begin(
            self.tr("Reading the library"),
            partial(_recovered, self._runs.library),
            self._on_home,
            self._on_not_home,
            can_be_cancelled=False,
        )

    def _on_home(self, found: list[tuple[Path, Recognizer]]) -> None:
        known = {entry.path for entry in self._session.shelf.entries}
        for path, recognizer in found:
            if path not in known:
                self._session.shelf.add(Entry(path.stem, recognizer, path))
        self._runs.refresh()
        self.recovered.emit()

    def _on_not_home(self, fault: Exception) -> None:
        # Whatever is wrong with the library, the list says.
        self._on_home([])
        if not isinstance(fault, UserError):
            self._runs.jobs.failed.emit(fault)

    def _on_opened(self, opened: tuple[Run, Recognizer, dict[int, Recognizer]]) -> None:
        run, recognizer, recognizers = opened
        entry = self._entry_of(run.id)
        if entry is None:
            entry = Entry(run.name, recognizer, run_id=run.id)
            self._session.shelf.add(entry)
        self._session.shelf.read_with(entry)
        if not self._training.is_active:
            self._session.timeline.begin(entry, recognizers)

    def _entry_of(self, run_id: int | None) -> Entry | None:
        if run_id is None:
            return None
        return next((one for one in self._session.shelf.entries if one.run_id == run_id), None)

    @Slot(object)
    def _on_began(self, start: RunStart) -> None:
        self._entry = self._entry_of(self._training.run_id)
        self._waiting = start.recognizers
        self._session.timeline.begin(self._entry, start.recognizers)
        self._runs.refresh_run(self._training.run_id)

    @Slot(object, object)
    def _on_learned(self, event: object, recognizer: Recognizer | None) -> None:
        """Let the newest epoch read; at the end the best one."""
        is_training = not isinstance(event, RunDone)
        if recognizer is not None:
            if self._entry is None:
                self._entry = Entry(self._training.name, recognizer, is_training=True)
                self._session.shelf.add(self._entry)
                if self._training.history.epochs:  # what a trial of some batches left does not read
                    self._session.shelf.read_with(self._entry)
                self._session.timeline.begin(self._entry, self._waiting)
            self._entry.run_id = self._training.run_id
            if self._entry.path is not None and is_training:
                self._entry.path = None  # the file holds what it was before it was resumed
            self._session.shelf.renew(self._entry, recognizer, is_training=is_training)
        if recognizer is not None and isinstance(event, EpochDone):
            self._session.timeline.add(event.record.epoch, recognizer)
        self._runs.refresh_run(self._training.run_id)

    @Slot()
    def _on_ended(self) -> None:
        entry = self._entry
        if entry and entry.is_training:
            # The run broke off; what its last epoch has left is the user's.
            self._session.shelf.renew(entry, entry.recognizer, is_training=False)
        self._runs.refresh()

    @Slot()
    def _on_listed(self) -> None:
        """What is listed says how models are called that no file names, and what can be resumed."""
        names = {run.id: run.name for run in self._runs.runs}
        for entry in self._session.shelf.entries:
            if entry.path is None and entry.run_id in names:
                self._session.shelf.rename(entry, names[entry.run_id])
        offers = [
            run
            for run in self._runs.runs
            if run.is_interrupted
            and run.id not in self._dismissed
            and not (self._training.is_active and run.id == self._training.run_id)
        ]
        if offers != self.interrupted:
            self.interrupted = offers
            self.offers_changed.emit()


# These run in threads of their own, where importing torch is nobody's loss.


def _new_run(library: Library, config: TrainingConfig, names: str, splits: Splits) -> RunStart:
    from mnist_desktop.library.resume import new_run

    return new_run(library, config, splits, next_name(library, names))


def _resume_run(library: Library, run_id: int, more_epochs: int, splits: Splits) -> RunStart:
    from mnist_desktop.library.resume import resume_run

    return resume_run(library, run_id, splits, more_epochs)


def _opened(library: Library, run: Run) -> tuple[Run, Recognizer, dict[int, Recognizer]]:
    """A run, what reads with its best epoch, and with each that is kept."""
    from mnist_desktop.learning.read.recognizer import Recognizer
    from mnist_desktop.library.resume import recognizers_of
    from mnist_desktop.library.weights import model_of

    record = read_run(library, run.id)
    model = model_of(record)
    if model is None:
        raise UserError(NOTHING_LEARNED)
    return run, Recognizer(model), recognizers_of(record)


def _recovered(library: Library, progress: Progress) -> list[tuple[Path, Recognizer]]:
    """The model files that are remembered and still there."""
    from mnist_desktop.library.model_files import remembered
    from mnist_desktop.library.recovery import recover

    recover(library, progress)
    found = []
    for path, wish in remembered(library):
        with suppress(UserError):
            found.append((path, open_recognizer(path, wish)))
    return found
