"""What a training begins with: a new run, or one of the library that is resumed. Loads torch."""

from __future__ import annotations

from dataclasses import dataclass, field

from mnist_desktop.learning.data.splits import Splits
from mnist_desktop.learning.read.recognizer import Recognizer
from mnist_desktop.learning.settings.config import TrainingConfig
from mnist_desktop.learning.train.checkpoint import Checkpoint
from mnist_desktop.learning.train.history import History
from mnist_desktop.library.database import Library
from mnist_desktop.library.recorder import RunRecorder
from mnist_desktop.library.run_record import RunRecord
from mnist_desktop.library.weights import checkpoint_of, models_of


@dataclass(frozen=True, eq=False)
class RunStart:
    """A run before its next epoch.

    Attributes:
        recorder: writes the run down. To be closed.
        name: of the run.
        config: what it is trained with.
        checkpoint: what it is resumed from; None begins at the beginning.
        history: what it has reported before.
        recognizers: of the epochs whose weights are kept.
    """

    recorder: RunRecorder
    name: str
    config: TrainingConfig
    checkpoint: Checkpoint | None = None
    history: History = field(default_factory=History)
    recognizers: dict[int, Recognizer] = field(default_factory=dict)


def new_run(library: Library, config: TrainingConfig, splits: Splits, name: str) -> RunStart:
    """A run that is kept in the library, or elsewhere while that cannot be written."""
    return RunStart(RunRecorder.begin(library, config, splits, name), name, config)


def resume_run(library: Library, run_id: int, splits: Splits, more_epochs: int = 0) -> RunStart:
    """A run of the library, as it was after its last finished epoch.

    Args:
        more_epochs: so many after that one; 0 leaves it at what was asked for before.

    Raises:
        LibraryError: the run is gone, damaged, trained by another window, was trained on other
            pictures, or cannot be written.
    """
    recorder = RunRecorder.resume(library, run_id, splits, more_epochs)
    run = recorder.run
    try:
        return RunStart(
            recorder, run.name, run.config, checkpoint_of(run), run.history, recognizers_of(run)
        )
    except BaseException:
        recorder.close()
        raise


def recognizers_of(run: RunRecord) -> dict[int, Recognizer]:
    """How the network read after each of the epochs whose weights are kept.

    Raises:
        DamagedRunError: the weights are not of the run's network.
    """
    return {epoch: Recognizer(model) for epoch, model in models_of(run).items()}
