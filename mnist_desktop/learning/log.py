"""The log of a training in words, for the window and the command line. Needs no torch.

Nothing of it is stored: it is computed from the run's records, in the language of who reads it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Protocol

from mnist_desktop.learning.records import Change, EpochRecord, Score
from mnist_desktop.learning.report import score_in_words
from mnist_desktop.learning.settings.config import TrainingConfig
from mnist_desktop.learning.settings.training_settings import BY_FIELD
from mnist_desktop.texts import Translate, counted, joined, untranslated

Line = Callable[[Translate], str]
"""A line of the log, in the language that it is asked for in."""


class Ended(Protocol):
    """A run that may have ended, as of a ``RunDone`` or of the library.

    Attributes:
        outcome: one of ``Outcome``; None where it has not ended.
        epoch: the last finished one.
        best_epoch: whose weights are kept; 0 where none was finished.
        score: of the kept weights; None where there are none.
    """

    @property
    def outcome(self) -> str | None: ...
    @property
    def epoch(self) -> int: ...
    @property
    def best_epoch(self) -> int: ...
    @property
    def score(self) -> Score | None: ...


def log_of(
    config: TrainingConfig,
    epochs: Sequence[EpochRecord],
    changes: Sequence[Change],
    end: Ended | None = None,
    translate: Translate = untranslated,
) -> list[str]:
    """All lines: what was changed, each so many epochs one, and how it ended."""
    return [line(translate) for line in lines_of(config, epochs, changes, end)]


def lines_of(
    config: TrainingConfig,
    epochs: Sequence[EpochRecord],
    changes: Sequence[Change],
    end: Ended | None = None,
) -> Iterator[Line]:
    """The same, in no language yet."""
    if config.distortion or config.scribbles or config.real_letters:
        yield beginning_in_words
    waiting = list(changes)
    for record in epochs:
        while waiting and waiting[0].epoch <= record.epoch:
            yield partial(change_in_words, waiting.pop(0))
        if record.epoch % config.log_every == 0:
            yield partial(epoch_in_words, record)
    for change in waiting:
        yield partial(change_in_words, change)
    if end is not None and end.outcome is not None:
        yield partial(end_in_words, end, config)


def beginning_in_words(translate: Translate = untranslated) -> str:
    """What is to be known before the first epoch of a training on what is no plain digit."""
    return translate(
        "core",
        "The train curves are of distorted pictures and scribbles, so they look worse than the "
        "test curves, which are of digits as they are.",
    )


def epoch_in_words(record: EpochRecord, translate: Translate = untranslated) -> str:
    """The tutorial's line, which it prints every other epoch."""
    return translate(
        "core",
        "epoch {epoch}: train loss {train_loss:.4f}, accuracy {train_accuracy:.2f} % · "
        "test loss {test_loss:.4f}, accuracy {test_accuracy:.2f} % · {seconds:.2f} s",
    ).format(
        **record._replace(
            train_accuracy=100 * record.train_accuracy, test_accuracy=100 * record.test_accuracy
        )._asdict()
    )


def end_in_words(end: Ended, config: TrainingConfig, translate: Translate = untranslated) -> str:
    """How a run ended, what was kept, and what to try if it went wrong."""
    ending = _ending(end, config, translate)
    if end.best_epoch:
        kept = translate("core", "The weights of epoch {best} are kept.")
    elif end.score is not None:
        kept = translate("core", "No epoch was finished; the weights are kept as they were.")
    else:
        kept = translate("core", "No epoch was finished, so there is nothing to keep.")
    text = joined(ending, kept.format(best=end.best_epoch), translate)
    if end.score is None:
        return text
    score = translate("core", "{score}.").format(score=score_in_words(end.score, translate))
    return joined(text, score, translate)


def _ending(end: Ended, config: TrainingConfig, translate: Translate) -> str:
    """Why a run is over."""
    if end.outcome == "diverged":
        template = translate(
            "core",
            "The training diverged: in epoch {next} the loss was no longer a finite number. "
            "Try a lower learning rate than {rate:g}, for example {lower:g}.",
        )
    elif end.outcome == "stopped early":
        template = counted(
            config.patience or 1,
            translate("core", "Stopped early after epoch {epoch}: it brought no improvement."),
            translate(
                "core",
                "Stopped early after epoch {epoch}: {patience} in a row brought no improvement.",
            ),
        )
    elif end.outcome == "completed":
        template = counted(
            end.epoch,
            translate("core", "The only epoch is done."),
            translate("core", "All {epoch} epochs are done."),
        )
    else:
        template = counted(
            end.epoch,
            translate("core", "Stopped after {epoch} epoch."),
            translate("core", "Stopped after {epoch} epochs."),
        )
    return template.format(
        epoch=end.epoch,
        next=end.epoch + 1,
        patience=config.patience,
        rate=config.learning_rate,
        lower=config.cautious_rate,
    )


def change_in_words(change: Change, translate: Translate = untranslated) -> str:
    """As in "from epoch 3, batch 12: learning rate 0.001 → 0.0005"."""
    setting = BY_FIELD[change.field]
    name = translate("core", setting.name)
    old, new = (setting.kind.in_words(value, translate) for value in (change.old, change.new))
    template = (
        translate("core", "from epoch {epoch}: {setting} {old} → {new}")
        if change.batch == 1
        else translate("core", "from epoch {epoch}, batch {batch}: {setting} {old} → {new}")
    )
    return template.format(
        epoch=change.epoch,
        batch=change.batch,
        setting=name[:1].lower() + name[1:],
        old=old,
        new=new,
    )
