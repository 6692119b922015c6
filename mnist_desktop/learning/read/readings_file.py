"""What was read in many files, as a CSV file: a line for each picture and drawing.

Its columns are ``file``, ``text`` (digits and signs, a line break between two lines, "?" where it
declines) and ``confidence`` (0 to 1, in what it is least sure of). Where a person has gone over the
texts, a fourth one, ``corrected``, says "yes" of those that the person has put right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from mnist_desktop.csv_content import csv_content, harmless
from mnist_desktop.files import write_atomically

HEADER = ("file", "text", "confidence")
CORRECTED = "corrected"

FIGURES = re.compile(r"[0-9.,/:+\-\n]*")
"""A spreadsheet may work out what is written so, as it does -5, but there is nothing in it that
could do any harm. With an apostrophe before it, it would no longer be the number that was read."""


@dataclass(frozen=True)
class ReadingLine:
    """One line.

    Attributes:
        text: what was read, or what a person has put in its place; "" of what could not be read.
        confidence: 0 to 1; None of what could not be read.
        is_corrected: whether a person has put the text right.
    """

    file: Path
    text: str
    confidence: float | None
    is_corrected: bool = False


def write_readings(
    path: Path, lines: Iterable[ReadingLine], *, with_corrections: bool = False
) -> None:
    """Write what was read.

    Args:
        with_corrections: whether there is a column that tells what a person has put right.

    Raises:
        FileError: the file cannot be written.
    """
    header = (*HEADER, CORRECTED) if with_corrections else HEADER
    rows = (_cells(line)[: len(header)] for line in lines)
    write_atomically(path, csv_content(header, rows))


def _cells(line: ReadingLine) -> tuple[str, str, str, str]:
    return (
        harmless(str(line.file)),
        line.text if FIGURES.fullmatch(line.text) else harmless(line.text),
        "" if line.confidence is None else f"{line.confidence:.4f}",
        "yes" if line.is_corrected else "",
    )
