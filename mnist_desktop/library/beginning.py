"""What a training begins with: a new run, or one of the library to go on with. Loads torch."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from mnist_desktop.learning.config import TrainingConfig
from mnist_desktop.learning.history import History
from mnist_desktop.learning.recognizer import Recognizer
from mnist_desktop.learning.splits import Splits
from mnist_desktop.learning.state import TrainingState
from mnist_desktop.learning.steering import changes_between
from mnist_desktop.library.database import Library
from mnist_desktop.library.keeper import Keeper
from mnist_desktop.library.runs import Run, curves_of, run_of
from mnist_desktop.library.weights import latest_state, model_at, timeline_of


@dataclass(frozen=True, eq=False)
class Beginning:
    """A run before its next epoch.

    Attributes:
        keeper: writes the run down. To be closed.
        name: of the run.
        config: what it is trained with.
        state: what it goes on from; None begins at the beginning.
        history, log: what it has reported before.
        recognizers: of the epochs whose weights are kept.
    """

    keeper: Keeper
    name: str
    config: TrainingConfig
    state: TrainingState | None = None
    history: History = field(default_factory=History)
    log: tuple[str, ...] = ()
    recognizers: dict[int, Recognizer] = field(default_factory=dict)


def new_run(library: Library, config: TrainingConfig, splits: Splits, name: str) -> Beginning:
    """A run that is kept in the library, or elsewhere while that cannot be written."""
    return Beginning(Keeper.begin(library, config, splits, name), name, config)


def kept_run(library: Library, run_id: int, splits: Splits, more_epochs: int = 0) -> Beginning:
    """A run of the library, as it was after its last finished epoch.

    Args:
        more_epochs: so many after that one; 0 leaves it at what was asked for before.

    Raises:
        LibraryError: the run is gone, damaged, trained by another window, was trained on other
            pictures, or cannot be written.
    """
    run = run_of(library, run_id)
    config = config_of(run, more_epochs)
    keeper = Keeper.go_on(library, run_id, splits, config)
    try:
        for change in changes_between(run.config, config, run.epoch + 1, 1):
            keeper.change(change, config)
        state = latest_state(library, run_id)
        curves = curves_of(library, run_id)
        changes = (*curves.changes, *changes_between(run.config, config, run.epoch + 1, 1))
        history = History.of(
            curves.batch_position, curves.batch_loss, curves.batch_accuracy, curves.epochs, changes
        )
        recognizers = recognizers_of(library, run_id)
    except BaseException:
        keeper.close()
        raise
    return Beginning(keeper, run.name, config, state, history, curves.log, recognizers)


def config_of(run: Run, more_epochs: int = 0) -> TrainingConfig:
    """What a run is gone on with."""
    config = run.config
    if not more_epochs:
        return config
    # Patience that has run out would end it again at once.
    patience = None if run.outcome == "stopped early" else config.patience
    return replace(config, epochs=run.epoch + more_epochs, patience=patience)


def recognizers_of(library: Library, run_id: int) -> dict[int, Recognizer]:
    """How the network read after each of the epochs whose weights are kept."""
    models = {epoch: model_at(library, run_id, epoch) for epoch in timeline_of(library, run_id)}
    return {epoch: Recognizer(model) for epoch, model in models.items() if model is not None}
