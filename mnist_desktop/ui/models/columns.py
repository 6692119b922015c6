"""The columns of the table: what each says of a row, and by what it is sorted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QCoreApplication

from mnist_desktop.learning.report import lessons_in_words, score_in_words
from mnist_desktop.library.runs import Run
from mnist_desktop.texts import natural, one_line
from mnist_desktop.ui.models.rows import NOTHING, Row
from mnist_desktop.ui.session.texts import date_and_time, duration, percent, translated

translate = QCoreApplication.translate


class RunColumn(IntEnum):
    """Places of the columns."""

    NAME = 0
    STATUS = 1
    STARTED = 2
    NETWORK = 3
    PARAMETERS = 4
    EPOCHS = 5
    BEST = 6
    SCORE = 7
    TIME = 8


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes:
        title, hint: in its head, and when the mouse rests there.
        sample: as wide a text as is usual.
        text: what it shows of a row.
        order: what it is sorted by; None comes last, whichever way it is sorted.
        is_number: aligned to the right.
    """

    title: str
    hint: str
    sample: str
    text: Callable[[Row], str]
    order: Callable[[Row], Any]
    is_number: bool = False


def make_columns() -> dict[int, Column]:
    """All of them by their places, in the window's language."""
    return {
        RunColumn.NAME: Column(
            translate("models", "Name"), "", "", lambda row: row.name, lambda row: natural(row.name)
        ),
        RunColumn.STATUS: Column(
            translate("models", "Status"),
            translate("models", "How the training has ended"),
            # Which of them is the longest depends on the language.
            max(translate("models", "stopped early"), translate("models", "training"), key=len),
            lambda row: row.status,
            lambda row: row.status.casefold(),
        ),
        RunColumn.STARTED: Column(
            translate("models", "Started"),
            "",
            "2026-12-28 08:48",
            lambda row: NOTHING if row.created is None else date_and_time(row.created),
            lambda row: row.created,
        ),
        RunColumn.NETWORK: Column(
            translate("models", "Network"),
            translate("models", "Inputs, hidden layers, outputs"),
            "784-1024-1024-10",
            lambda row: row.network,
            lambda row: natural(row.network),
        ),
        RunColumn.PARAMETERS: Column(
            translate("models", "Parameters"),
            translate("models", "Weights and biases of all layers together"),
            "1,863,690",
            lambda row: f"{row.parameters:,}" if row.parameters else NOTHING,
            lambda row: row.parameters,
            is_number=True,
        ),
        RunColumn.EPOCHS: Column(
            translate("models", "Epochs"),
            translate("models", "How many times all training pictures were seen"),
            translate("models", "{done} of {planned}").format(done=12, planned=40),
            _epochs,
            lambda row: row.epochs,
            is_number=True,
        ),
        RunColumn.BEST: Column(
            translate("models", "Best test"),
            translate("models", "Best test accuracy: the highest point of the test curve"),
            percent(0.9999, 2),
            lambda row: _percent(row.best),
            lambda row: row.best,
            is_number=True,
        ),
        RunColumn.SCORE: Column(
            translate("models", "Final score"),
            translate(
                "models",
                "Accuracy on the official test pictures, taken once when the training ends",
            ),
            percent(0.9999, 2),
            lambda row: _percent(row.score.accuracy if row.score else None),
            lambda row: row.score.accuracy if row.score else None,
            is_number=True,
        ),
        RunColumn.TIME: Column(
            translate("models", "Time"),
            translate("models", "How long the training took"),
            duration(59 * 60 + 48),
            lambda row: NOTHING if row.seconds is None else duration(row.seconds),
            lambda row: row.seconds,
            is_number=True,
        ),
    }


def hint_of(row: Row, at: RunColumn) -> str:
    """What is said of a cell when the mouse rests on it."""
    return "\n".join(_hints(row, at))


def _hints(row: Row, at: RunColumn) -> Iterator[str]:
    run = row.run
    if at is RunColumn.NAME:
        yield row.name
        if row.reads:
            yield translate("models", "This model reads now.")
        if run is not None and run.note:
            yield one_line(run.note)
        if run is not None and not run.is_damaged:
            yield translate("models", "Trained on {dataset}").format(dataset=run.dataset)
        if row.entry is not None:
            yield from lessons_in_words(row.entry.model, translated)
            yield one_line(str(row.entry.path))
    elif at is RunColumn.STATUS and run is not None:
        yield from _what_status_means(run)
    elif at is RunColumn.BEST and run is not None and run.best_epoch:
        yield translate("models", "after epoch {epoch}").format(epoch=run.best_epoch)
    elif at is RunColumn.SCORE and row.score is not None:
        yield score_in_words(row.score, translated)


def _what_status_means(run: Run) -> Iterator[str]:
    if run.is_damaged:
        yield translate(
            "models", "What the library holds of it cannot be used. It can only be deleted."
        )
    elif run.is_held:
        yield translate("models", "It is being trained right now.")
    elif run.outcome is None:
        yield translate(
            "models", "It was cut off, and can be continued after epoch {epoch}."
        ).format(epoch=run.epoch)
    elif run.outcome == "stopped early":
        yield translate("models", "It was ended because it no longer got better.")
    elif run.outcome == "diverged":
        yield translate("models", "Its loss grew beyond all limits; a lower learning rate helps.")


def _epochs(row: Row) -> str:
    """How many there are, and of how many, where more were meant."""
    if row.epochs is None or row.run is None:
        return NOTHING
    if row.run.outcome == "completed":
        return f"{row.epochs:,}"
    planned = row.run.config.epochs
    return translate("models", "{done} of {planned}").format(
        done=f"{row.epochs:,}", planned=f"{planned:,}"
    )


def _percent(share: float | None) -> str:
    return NOTHING if share is None else percent(share, 2)
