"""Training in words, for the log of the window and of the command line. Needs no torch."""

from __future__ import annotations

from collections.abc import Callable

from mnist_desktop.learning.config import TrainingConfig
from mnist_desktop.learning.events import EpochDone, RunDone, Score

Translate = Callable[[str], str]
"""From an English template to another language's; ``str`` leaves it as it is."""


def score_in_words(score: Score, translate: Translate = str) -> str:
    """As in "97.6 % of 10,000 unseen digits, 97.3–97.9"."""
    low, high = score.interval
    return translate("{accuracy:.1f} % of {total:,} unseen digits, {low:.1f}–{high:.1f}").format(
        accuracy=100 * score.accuracy, total=score.total, low=100 * low, high=100 * high
    )


def epoch_in_words(done: EpochDone, translate: Translate = str) -> str:
    """The tutorial's line, which it prints every other epoch."""
    return translate(
        "epoch {epoch}: train loss {train_loss:.4f}, accuracy {train_accuracy:.2f} % · "
        "test loss {test_loss:.4f}, accuracy {test_accuracy:.2f} % · {seconds:.2f} s"
    ).format(
        epoch=done.epoch,
        train_loss=done.train_loss,
        train_accuracy=100 * done.train_accuracy,
        test_loss=done.test_loss,
        test_accuracy=100 * done.test_accuracy,
        seconds=done.seconds,
    )


def end_in_words(done: RunDone, config: TrainingConfig, translate: Translate = str) -> str:
    """How a run ended, what was kept, and what to try if it went wrong."""
    sentences = [
        {
            "completed": translate("All {epoch} epochs are done."),
            "stopped": translate("Stopped after {epoch} epochs."),
            "stopped early": translate(
                "Stopped early after {epoch} epochs: {patience} in a row brought no improvement."
            ),
            "diverged": translate(
                "The training diverged: in epoch {next} the loss was no longer a finite number. "
                "Try a lower learning rate than {rate:g}, for example {lower:g}."
            ),
        }[done.outcome]
    ]
    if done.best_epoch:
        sentences.append(translate("The weights of epoch {best} are kept."))
    elif done.state_dict is not None:
        sentences.append(translate("No epoch was finished; the weights are kept as they were."))
    else:
        sentences.append(translate("No epoch was finished, so there is nothing to keep."))
    text = " ".join(sentences).format(
        epoch=done.epoch,
        next=done.epoch + 1,
        best=done.best_epoch,
        patience=config.patience,
        rate=config.learning_rate,
        lower=config.learning_rate / 10,
    )
    return f"{text} {score_in_words(done.score, translate)}." if done.score else text
