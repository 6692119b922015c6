"""The epochs of many runs: as arrays, for one plot, and as a CSV file, for other programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.files import write_atomically
from mnist_desktop.library.database import Library
from mnist_desktop.library.runs import Run

SUFFIX = ".csv"
FIGURES = ("epoch", "train_loss", "train_accuracy", "test_loss", "test_accuracy", "seconds")
HEADER = ("run", "name", *FIGURES)

AT_ONCE = 500
"""Runs in one query: SQLite takes 999 values in one."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for a formula begins with one of these. A run that somebody else has
exported may have such a name."""


@dataclass(frozen=True, slots=True, eq=False)
class EpochCurves:
    """What a run's epochs have reported; each (n,) float64, accuracies from 0 to 1."""

    epoch: NDArray[np.float64]
    train_loss: NDArray[np.float64]
    train_accuracy: NDArray[np.float64]
    test_loss: NDArray[np.float64]
    test_accuracy: NDArray[np.float64]
    seconds: NDArray[np.float64]


def epochs_of(library: Library, run_ids: Iterable[int]) -> dict[int, EpochCurves]:
    """The epochs of several runs at one moment, by the runs' numbers; empty where there are none.

    Raises:
        LibraryError: the library cannot be read.
    """
    wanted = sorted(set(run_ids))
    rows: list[tuple[float, ...]] = []
    with library.reading() as connection:
        cursor = connection.cursor()
        cursor.row_factory = None
        for first in range(0, len(wanted), AT_ONCE):
            some = wanted[first : first + AT_ONCE]
            places = ", ".join("?" * len(some))
            rows += cursor.execute(
                f"SELECT run, {', '.join(FIGURES)} FROM epochs "  # noqa: S608
                f"WHERE run IN ({places}) ORDER BY run, epoch",
                some,
            )
    table = np.array(rows, dtype=np.float64).reshape(-1, 1 + len(FIGURES))
    ends = np.searchsorted(table[:, 0], [*wanted, np.inf])
    return {
        run_id: EpochCurves(*table[first:last, 1:].T)
        for run_id, first, last in zip(wanted, ends[:-1], ends[1:], strict=True)
    }


def export_curves(library: Library, runs: Sequence[Run], path: Path) -> None:
    """Write the epochs of runs as CSV: one line for each run and epoch, the runs in this order.

    Raises:
        LibraryError: the library cannot be read.
        FileError: the file cannot be written.
    """
    curves = epochs_of(library, [run.id for run in runs])
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADER)
    for run in runs:
        name = f"'{run.name}" if run.name.startswith(FORMULA) else run.name
        of_run = curves[run.id]
        for epoch, *figures in zip(*(getattr(of_run, one) for one in FIGURES), strict=True):
            writer.writerow((run.id, name, int(epoch), *map(float, figures)))
    content = text.getvalue()
    # Excel takes text that is not ASCII for another encoding, unless a mark says that it is UTF-8.
    # Python's own reader would take the mark for a part of the header.
    encoding = "utf-8" if content.isascii() else "utf-8-sig"
    write_atomically(path, content.encode(encoding))
