"""What the table lists: runs of the library, and models that were opened from files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from mnist_desktop.learning.records import Score
from mnist_desktop.learning.settings.config import TrainingConfig
from mnist_desktop.library.runs import Run
from mnist_desktop.ui.session.shelf import Entry

NUMBER = re.compile("[0-9]+")
NOTHING = "–"

Key = int | Path
"""What a row is known by: a run's number, or a file."""


@dataclass(frozen=True)
class Row:
    """One line of the table; ``run`` or ``entry`` is None, and what makes no sense is.

    Attributes:
        status: a word: how a run has ended, or that it has not, or that this is a file.
        reads: whether it is the model that reads now.
        searched: what the filter looks into, in small letters.
        numbers: in there, but for those of the network.
    """

    key: Key
    name: str
    status: str
    network: str
    parameters: int
    reads: bool
    searched: str
    numbers: tuple[str, ...] = ()
    created: float | None = None
    epochs: int | None = None
    best: float | None = None
    score: Score | None = None
    seconds: float | None = None
    run: Run | None = None
    entry: Entry | None = None

    @property
    def config(self) -> TrainingConfig | None:
        """How it was trained, where that is known."""
        if self.run is not None:
            return None if self.run.is_damaged else self.run.config
        return self.entry.model.training if self.entry is not None else None

    @property
    def has_model(self) -> bool:
        """Whether there is anything to read with."""
        run = self.run
        return run is None or run.best_epoch > 0 or run.score is not None

    @property
    def is_finished(self) -> bool:
        """Whether a run has done what it was to do, so that going on means more epochs."""
        run = self.run
        if run is None or run.outcome is None:
            return False
        if run.outcome == "stopped":
            return run.epoch >= run.config.epochs
        return run.outcome in {"completed", "stopped early"}


def matches(row: Row, words: Iterable[str]) -> bool:
    """Whether each of these words, in small letters, is found in a row.

    A number is found at the beginning of one, or as the width of a hidden layer. Or "run 1" would
    find all there is, since each network ends in 10.
    """
    return all(_has(row, word) for word in words)


def _has(row: Row, word: str) -> bool:
    if not word.isdecimal():
        return word in row.searched
    is_begun = any(number.startswith(word) for number in row.numbers)
    return is_begun or word in row.network.split("-")[1:-1]


def rows_of(runs: Iterable[Run], entries: Iterable[Entry], current: Entry | None) -> list[Row]:
    """The runs, then the entries that files hold.

    Args:
        current: the entry that reads.
    """
    reading = None if current is None else current.run_id
    words = _status_words()
    rows = [_row_of_run(run, words(run), reads=run.id == reading) for run in runs]
    return rows + [
        _row_of_entry(entry, words(None), entry.path, reads=entry is current)
        for entry in entries
        if entry.path is not None
    ]


def _row_of_run(run: Run, status: str, *, reads: bool) -> Row:
    told = "\n".join((run.name, run.note, run.dataset, status)).casefold()
    if run.is_damaged:
        return Row(run.id, run.name, status, NOTHING, 0, reads=False, searched=told, run=run)
    return Row(
        key=run.id,
        name=run.name,
        status=status,
        network=run.network,
        parameters=run.parameters,
        reads=reads,
        searched=f"{told}\n{run.network}",
        numbers=tuple(NUMBER.findall(told)),
        created=run.created,
        epochs=run.epoch,
        best=run.best_accuracy,
        score=run.score,
        seconds=run.seconds,
        run=run,
    )


def _row_of_entry(entry: Entry, status: str, path: Path, *, reads: bool) -> Row:
    model = entry.model
    datasets = [one.dataset for one in model.measurements]
    told = "\n".join((entry.name, path.name, *datasets, status)).casefold()
    return Row(
        key=path,
        name=entry.name,
        status=status,
        network=str(model.network),
        parameters=model.network.parameters,
        reads=reads,
        searched=f"{told}\n{model.network}",
        numbers=tuple(NUMBER.findall(told)),
        score=model.test_score,
        entry=entry,
    )


def _status_words() -> Callable[[Run | None], str]:
    """Gives the word for a run, or for a file, each of which is translated once only."""
    translate = QCoreApplication.translate
    words = {
        "completed": translate("models", "completed"),
        "stopped early": translate("models", "stopped early"),
        "stopped": translate("models", "stopped"),
        "diverged": translate("models", "diverged"),
    }
    training, interrupted = translate("models", "training"), translate("models", "interrupted")
    file, damaged = translate("models", "file"), translate("models", "damaged")

    def word(run: Run | None) -> str:
        if run is None:
            return file
        if run.is_damaged:
            return damaged
        if run.outcome is None:
            return training if run.is_held else interrupted
        return words.get(run.outcome, run.outcome)

    return word
