"""The epochs of many runs as a CSV file, for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mnist_desktop.csv_content import csv_content, harmless
from mnist_desktop.files import write_atomically
from mnist_desktop.learning.records import FIGURES
from mnist_desktop.library.database import Library
from mnist_desktop.library.runs import Run, epochs_of

HEADER = ("run", "name", *FIGURES)


def export_curves(library: Library, runs: Sequence[Run], path: Path) -> None:
    """Write the epochs of runs as CSV: one line for each run and epoch, the runs in this order.

    Raises:
        LibraryError: the library cannot be read.
        FileError: the file cannot be written.
    """
    epochs = epochs_of(library, [run.id for run in runs])
    rows = (
        (run.id, harmless(run.name), *(getattr(record, figure) for figure in FIGURES))
        for run in runs
        for record in epochs[run.id]
    )
    write_atomically(path, csv_content(HEADER, rows))
