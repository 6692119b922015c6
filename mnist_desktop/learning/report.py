"""An evaluation in words, for the window and the command line. Needs no torch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.learning.records import Score
from mnist_desktop.texts import Translate, counted, untranslated

if TYPE_CHECKING:
    from pathlib import Path

    from mnist_desktop.learning.evaluate.evaluation import Predictions, StrokesReadings
    from mnist_desktop.learning.models.model import Model
    from mnist_desktop.learning.read.reading import Reading
    from mnist_desktop.learning.teach.teaching import TeachingDone


MOST_LESSONS = 3
"""Of a model so many lessons are told: in the window each one begins with the untaught model."""


def score_in_words(score: Score, translate: Translate = untranslated) -> str:
    """As in "97.6 % of 10,000 digits, 97.3–97.9"."""
    template = counted(
        score.total,
        translate("core", "{accuracy:.1f} % of {total:,} digit, {low:.1f}–{high:.1f}"),
        translate("core", "{accuracy:.1f} % of {total:,} digits, {low:.1f}–{high:.1f}"),
    )
    return _filled(template, score)


def drawings_score_in_words(score: Score) -> str:
    """The same of drawings, which may be numbers, and which training may have seen."""
    what = counted(score.total, "drawing", "drawings")
    return _filled(f"{{accuracy:.1f}} % of {{total:,}} {what}, {{low:.1f}}–{{high:.1f}}", score)


def lessons_in_words(model: Model, translate: Translate = untranslated) -> Iterator[str]:
    """What a model knows beside its network, and what it was taught, the newest lessons first."""
    if model.pen is not None:
        yield translate("core", "Of what is drawn it hears how the pen went, too.")
    if model.templates:
        known = len(model.templates)
        yield counted(
            known,
            translate("core", "Knows which way the pen goes in {count:,} drawing."),
            translate("core", "Knows which way the pen goes in {count:,} drawings."),
        ).format(count=known)
    for lesson in list(reversed(model.lessons))[:MOST_LESSONS]:
        count = sum(lesson.counts)
        yield counted(
            count,
            translate("core", "Taught {count:,} drawing of one person."),
            translate("core", "Taught {count:,} drawings of one person."),
        ).format(count=count)
        before, after = lesson.before, lesson.after
        if before is not None and after is not None:
            yield translate(
                "core", "Read rightly, kept aside: {before:,} of {total:,} before, {after:,} after."
            ).format(
                before=round(before.accuracy * before.total),
                after=round(after.accuracy * after.total),
                total=after.total,
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


def evaluation_json(found: Predictions | StrokesReadings) -> dict[str, Any]:
    """What was measured, for scripts."""
    score = found.score
    return {
        "accuracy": score.accuracy if score else None,
        "interval": list(score.interval) if score else None,
        "n": score.total if score else 0,
        "confusion": found.confusion.tolist(),
        "calibration_error": found.calibration_error,
    }


def readings_json(readings: StrokesReadings) -> dict[str, Any]:
    """The same of drawings, with what was read in each."""
    by_digit, by_writer_group = (
        {name: score.accuracy for name, score in scores.items()}
        for scores in (readings.by_digit, readings.by_writer_group)
    )
    return evaluation_json(readings) | {
        "predictions": readings.texts,
        "scores": readings.confidences,
        "by_digit": by_digit,
        "by_writer_group": by_writer_group,
        "auroc": readings.digits_told_apart,
        "kept": readings.kept,
    }


def reading_json(file: Path, reading: Reading, scale: int) -> dict[str, Any]:
    """What was read in a file, for scripts.

    Args:
        scale: pixels of the file for each pixel of the boxes.
    """
    digits = [
        {
            "digit": one.digit,
            "probability": one.probability,
            "box": [place * scale for place in one.box],
        }
        for one in reading.digits
    ]
    return {"file": str(file), "text": reading.text, "digits": digits}


def teaching_in_words(done: TeachingDone) -> Iterator[str]:
    """What was taught, and what was gained and lost, line by line."""
    what = counted(done.taught, "drawing", "drawings")
    yield f"learned from {done.taught:,} {what} in {done.seconds:.1f} s"
    figures = [
        ("yours, set aside in turn", done.before, done.after),
        ("MNIST’s test set", done.mnist_before, done.mnist_after),
    ]
    for name, before, after in figures:
        if before and after:
            yield _filled(f"{name}: {{accuracy:.2f}} % before", before)
            yield _filled(f"{name}: {{accuracy:.2f}} % after", after)
    if done.kept_because is not None:
        yield f"the model stays as it was: {done.kept_because}"


def teaching_json(done: TeachingDone) -> dict[str, Any]:
    """The same for scripts: accuracies are 0 to 1, and None where there was too little to tell."""
    figures: dict[str, Any] = {"taught": done.taught, "seconds": done.seconds}
    for name in ("before", "after", "mnist_before", "mnist_after"):
        score: Score | None = getattr(done, name)
        figures[name] = score and score.accuracy
        figures[f"{name}_interval"] = score and list(score.interval)
    return figures | {"is_taught": done.is_taught}


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
