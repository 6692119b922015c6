"""Training, as a generator of events.

``train`` knows no thread, no window and no file. Whoever drives it asks for one event after the
other: pausing is not asking for the next one, cancelling is closing the generator. Sent ``Stop``,
it ends early with the best weights so far; other commands change its settings, look inside, or slow
it down.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from mnist_desktop.learning.data.splits import Splits
from mnist_desktop.learning.settings.config import TrainingConfig
from mnist_desktop.learning.threads import one_thread, without_denormals
from mnist_desktop.learning.train.checkpoint import Checkpoint
from mnist_desktop.learning.train.events import Command, Event
from mnist_desktop.learning.train.training_run import Events, TrainingRun


def train(
    config: TrainingConfig,
    splits: Splits,
    checkpoint: Checkpoint | None = None,
    told: Iterable[Command] = (),
) -> Events:
    """Train a network: a ``BatchDone`` for each batch, an ``EpochDone`` for each epoch, and at
    the end one ``RunDone``; between them what commands are answered with.

    The epoch of the highest accuracy on the validation split is kept (the lower loss decides
    between equals), and scored once on the official test split, which chooses nothing.

    Args:
        checkpoint: of an ``EpochDone``, to resume from there. On the same machine, with the same
            configuration and data, every figure and weight is what it would have been without
            the interruption, to the last bit, if the calling thread had torch use one core so far
            (``use_one_core``): helpers that it has already keep denormal numbers. More epochs than
            before may be asked for.
        told: commands that hold from the beginning.

    Raises:
        UserError: the device is not there.
        CheckpointError: the checkpoint is of another network.
    """
    with without_denormals(), one_thread():
        run = TrainingRun(config, splits)
        if checkpoint is not None:
            run.resume(checkpoint)
        for command in told:
            run.obey(command)
        yield from run.events()


def drive(run: Events, next_command: Callable[[], Command | None]) -> Iterator[Event]:
    """The events of a training that is asked after each of them what to do.

    Args:
        next_command: may wait, which is how a training pauses.
    """
    event = next(run)
    while True:
        yield event
        try:
            event = run.send(next_command())
        except StopIteration:
            return
