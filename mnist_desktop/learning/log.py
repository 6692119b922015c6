"""The log of a training in words, for the window and the command line. Needs no torch.

Nothing of it is stored: it is computed from the run's records, in the language of who reads it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from mnist_desktop.learning.config import TrainingConfig
from mnist_desktop.learning.records import Change, EpochRecord, Score
from mnist_desktop.learning.report import score_in_words
from mnist_desktop.learning.settings import BY_FIELD
from mnist_desktop.texts import Translate, untranslated


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
    lines = beginning_in_words(config, translate)
    waiting = list(changes)
    for record in epochs:
        while waiting and waiting[0].epoch <= record.epoch:
            lines.append(change_in_words(waiting.pop(0), translate))
        if record.epoch % config.log_every == 0:
            lines.append(epoch_in_words(record, translate))
    lines += [change_in_words(change, translate) for change in waiting]
    if end is not None and end.outcome is not None:
        lines.append(end_in_words(end, config, translate))
    return lines


def beginning_in_words(config: TrainingConfig, translate: Translate = untranslated) -> list[str]:
    """What is to be known before the first epoch; no line for most trainings."""
    if not config.distortion and not config.scribbles:
        return []
    return [
        translate(
            "core",
            "The train curves are of distorted pictures and scribbles, so they look worse than the "
            "test curves, which are of digits as they are.",
        )
    ]


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
    sentences = [
        {
            "completed": translate("core", "All {epoch} epochs are done."),
            "stopped": translate("core", "Stopped after {epoch} epochs."),
            "stopped early": translate(
                "core",
                "Stopped early after {epoch} epochs: {patience} in a row brought no improvement.",
            ),
            "diverged": translate(
                "core",
                "The training diverged: in epoch {next} the loss was no longer a finite number. "
                "Try a lower learning rate than {rate:g}, for example {lower:g}.",
            ),
        }[end.outcome or "stopped"]
    ]
    if end.best_epoch:
        sentences.append(translate("core", "The weights of epoch {best} are kept."))
    elif end.score is not None:
        sentences.append(
            translate("core", "No epoch was finished; the weights are kept as they were.")
        )
    else:
        sentences.append(translate("core", "No epoch was finished, so there is nothing to keep."))
    text = " ".join(sentences).format(
        epoch=end.epoch,
        next=end.epoch + 1,
        best=end.best_epoch,
        patience=config.patience,
        rate=config.learning_rate,
        lower=config.learning_rate / 10,
    )
    return f"{text} {score_in_words(end.score, translate)}." if end.score else text


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
