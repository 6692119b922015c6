"""Training and evaluation in words, for the window and the command line. Needs no torch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.learning.config import TrainingConfig
from mnist_desktop.learning.events import Change, EpochDone, RunDone, Score

if TYPE_CHECKING:
    from mnist_desktop.learning.evaluation import Predictions, StrokesReadings

Translate = Callable[[str], str]
"""From an English template to another language's; ``str`` leaves it as it is."""


def score_in_words(score: Score, translate: Translate = str) -> str:
    """As in "97.6 % of 10,000 unseen digits, 97.3–97.9"."""
    template = translate("{accuracy:.1f} % of {total:,} unseen digits, {low:.1f}–{high:.1f}")
    return _filled(template, score)


def drawings_score_in_words(score: Score) -> str:
    """The same of drawings, which may be numbers, and which training may have seen."""
    return _filled("{accuracy:.1f} % of {total:,} drawings, {low:.1f}–{high:.1f}", score)


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


def change_in_words(change: Change, translate: Translate = str) -> str:
    """As in "from epoch 3, batch 12: learning rate 0.001 → 0.0005"."""
    names = {
        "learning_rate": translate("learning rate"),
        "dropout": translate("dropout"),
        "distortion": translate("distortion"),
        "batch_size": translate("batch size"),
        "epochs": translate("epochs"),
        "patience": translate("patience"),
        "minimum_improvement": translate("minimum improvement"),
    }
    old, new = (
        translate("none") if value is None else f"{value:g}" if isinstance(value, float) else value
        for value in (change.old, change.new)
    )
    template = (
        translate("from epoch {epoch}: {setting} {old} → {new}")
        if change.batch == 1
        else translate("from epoch {epoch}, batch {batch}: {setting} {old} → {new}")
    )
    return template.format(
        epoch=change.epoch,
        batch=change.batch,
        setting=names.get(change.field, change.field),
        old=old,
        new=new,
    )


def predictions_in_words(predictions: Predictions) -> Iterator[str]:
    """What was measured on a split, line by line."""
    yield f"{score_in_words(predictions.score)} (95 % interval)"
    yield from _confusion_table(predictions.confusion)
    yield _calibration_in_words(predictions.calibration_error)


def readings_in_words(readings: StrokesReadings) -> Iterator[str]:
    """What was measured on drawings, line by line, as far as there was something to measure."""
    if readings.score is None:
        yield "no drawing is labelled with a digit"
    else:
        yield f"{drawings_score_in_words(readings.score)} (95 % interval)"
    yield from _confusion_table(readings.confusion)
    if readings.outside_confusion:
        yield f"outside of this table, which is of single digits: {readings.outside_confusion:,}"
    yield from _scores_table("by digit", readings.by_digit)
    yield from _scores_table("by group of writers", readings.by_writer_group)
    if readings.calibration_error is not None:
        yield _calibration_in_words(readings.calibration_error)
    if readings.digits_told_apart is not None:
        yield f"digits told from what is none (AUROC): {readings.digits_told_apart:.3f}"
    if readings.kept is not None:
        yield f"kept, that is answered, of what is read rightly: {100 * readings.kept:.1f} %"


def _scores_table(title: str, scores: dict[str, Score]) -> Iterator[str]:
    if scores:
        yield f"{title}:"
    width = max(map(len, scores), default=0)
    for name, score in scores.items():
        figures = _filled("{accuracy:5.1f} % of {total:,}, {low:.1f}–{high:.1f}", score)
        yield f"  {name:{width}} {figures}"


def _confusion_table(counts: NDArray[np.int64]) -> Iterator[str]:
    yield "read as " + "".join(f"{digit:6}" for digit in range(len(counts)))
    for digit, row in enumerate(counts.tolist()):
        yield f"{digit:7} " + "".join(f"{count:6}" for count in row)


def _calibration_in_words(error: float) -> str:
    return f"expected calibration error: {100 * error:.1f} %"


def _filled(template: str, score: Score) -> str:
    low, high = score.interval
    return template.format(
        accuracy=100 * score.accuracy, total=score.total, low=100 * low, high=100 * high
    )
