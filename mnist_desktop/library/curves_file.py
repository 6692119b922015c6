"""The epochs of many runs as a CSV file, for other programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from mnist_desktop.files import write_atomically
from mnist_desktop.learning.records import FIGURES
from mnist_desktop.library.database import Library
from mnist_desktop.library.runs import Run, epochs_of

SUFFIX = ".csv"
HEADER = ("run", "name", *FIGURES)

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for a formula begins with one of these. A run that somebody else has
exported may have such a name."""


def export_curves(library: Library, runs: Sequence[Run], path: Path) -> None:
    """Write the epochs of runs as CSV: one line for each run and epoch, the runs in this order.

    Raises:
        LibraryError: the library cannot be read.
        FileError: the file cannot be written.
    """
    epochs = epochs_of(library, [run.id for run in runs])
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADER)
    for run in runs:
        name = f"'{run.name}" if run.name.startswith(FORMULA) else run.name
        for record in epochs[run.id]:
            writer.writerow((run.id, name, *(getattr(record, figure) for figure in FIGURES)))
    content = text.getvalue()
    # Excel takes text that is not ASCII for another encoding, unless a mark says that it is UTF-8.
    # Python's own reader would take the mark for a part of the header.
    encoding = "utf-8" if content.isascii() else "utf-8-sig"
    write_atomically(path, content.encode(encoding))
