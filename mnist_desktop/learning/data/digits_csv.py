"""CSV with a picture in each line: its label and 784 pixels, as Kaggle publishes MNIST.

The label stands first or last; a header and a column of line numbers may be there or not.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.files import opened
from mnist_desktop.learning.data.arrays import factor_of, scaled, split_from_arrays, to_digits
from mnist_desktop.learning.data.dataset_parts import Part, assembled
from mnist_desktop.learning.data.splits import (
    MAX_BYTES,
    DatasetError,
    Split,
    Splits,
    refuse_too_many,
)
from mnist_desktop.learning.settings.config import PIXELS
from mnist_desktop.progress import Progress, share_of, unwatched
from mnist_desktop.texts import QT_TRANSLATE_NOOP

SUFFIXES = (".csv", ".csv.gz", ".tsv")

CHUNK = 1000
"""Lines read at once."""

MAX_LINE = 2**16
"""Bytes of a line: 785 numbers of 20 digits are fewer."""

MAX_EMPTY = 1000
"""Lines: a few bytes of a gzip file can be millions of them."""

LABEL_WORDS = {"label", "labels", "class", "digit", "target", "y"}
SEPARATORS = ",;\t"


@dataclass(frozen=True)
class _Layout:
    """How the lines are made.

    Attributes:
        label: the column of the label.
        first: the column of the first pixel.
    """

    separator: str
    has_header: bool
    columns: int
    label: int
    first: int


def looks_like_digits(path: Path) -> bool:
    """Whether a file's first line has as many columns as pixels, a label and line numbers need."""
    try:
        with opened(path, DatasetError, limit=MAX_LINE) as stream:
            line = stream.readline(MAX_LINE).decode("latin-1")
    except DatasetError:
        return False
    return PIXELS < 1 + line.count(_separator(line)) <= PIXELS + 2


def read_csv(path: Path, files: Mapping[Part, Path], progress: Progress = unwatched) -> Splits:
    """The splits of one file for each part; or of one file only, which is then cut.

    Args:
        path: that was asked for, whose name tells which set it is.

    Raises:
        DatasetError: a line that is not a label and 784 pixels; the text names it.
    """
    parts = {}
    for number, (part, file) in enumerate(files.items()):
        parts[part] = _read(file, share_of(progress, number, len(files)))
    return assembled(path, parts)


def _read(path: Path, progress: Progress) -> Split:
    pictures, labels = bytearray(), bytearray()
    with opened(path, DatasetError, progress, MAX_BYTES) as stream:
        lines = _lines(path, stream)
        layout, chunk = _layout(path, lines)
        factor = None
        read = int(layout.has_header)
        while chunk:
            values = _numbers(path, chunk, layout, read)
            read += len(chunk)
            pixels = values[:, layout.first : layout.first + PIXELS]
            if factor is None:
                factor = factor_of(pixels)
            pictures += scaled(path, pixels, factor).astype(np.uint8).tobytes()
            labels += to_digits(path, values[:, layout.label]).tobytes()
            refuse_too_many(path, len(labels))
            chunk = list(islice(lines, CHUNK))
    # Of bytes that can be written to, so the arrays can be, too.
    return split_from_arrays(
        path,
        np.frombuffer(pictures, np.uint8).reshape(-1, PIXELS),
        np.frombuffer(labels, np.uint8),
    )


def _lines(path: Path, stream: io.BufferedIOBase) -> Iterator[str]:
    """Its lines that are not empty, as text."""
    empty = 0
    while line := stream.readline(MAX_LINE):
        if len(line) == MAX_LINE:
            raise _no_picture(path)
        text = line.decode("utf-8-sig", "replace").strip()
        if text:
            yield text
        empty += not text
        if empty > MAX_EMPTY:
            raise _no_picture(path)


def _no_picture(path: Path) -> DatasetError:
    return DatasetError(
        path,
        QT_TRANSLATE_NOOP(
            "core", "is not a table of digits: each line should hold a label and 784 pixels"
        ),
    )


def _layout(path: Path, lines: Iterator[str]) -> tuple[_Layout, list[str]]:
    """How lines are made, and the first of them."""
    chunk = list(islice(lines, CHUNK))
    if not chunk:
        raise DatasetError(path, QT_TRANSLATE_NOOP("core", "is empty; get a whole copy"))
    separator = _separator(chunk[0])
    cells = [cell.strip(" \"'").lower() for cell in chunk[0].split(separator)]
    has_header = not all(_is_number(cell) for cell in cells)
    columns = len(cells)
    if columns == PIXELS:
        raise DatasetError(
            path,
            QT_TRANSLATE_NOOP("core", "has no labels: its lines hold 784 pixels and nothing else"),
        )
    if columns not in (PIXELS + 1, PIXELS + 2) or (columns > PIXELS + 1 and not has_header):
        raise _no_picture(path)
    if has_header:
        chunk = chunk[1:] + list(islice(lines, 1))
        if not chunk:
            raise DatasetError(path, QT_TRANSLATE_NOOP("core", "holds no pictures"))
    named = [place for place, cell in enumerate(cells) if cell in LABEL_WORDS]
    others = columns - PIXELS  # columns that are no pixels
    possible = sorted({*range(others), *range(columns - others, columns)})
    if columns == PIXELS + 2 and (not named or named[0] not in possible):
        raise _no_picture(path)
    layout = _Layout(separator, has_header, columns, 0, 1)
    label = named[0] if named and named[0] in possible else _label_column(path, chunk, layout)
    # Line numbers, where there are any, stand before all else.
    first = others - (1 if label >= PIXELS else 0)
    return _Layout(separator, has_header, columns, label, first), chunk


def _label_column(path: Path, chunk: list[str], layout: _Layout) -> int:
    """The first column or the last: a label is a digit, and a pixel in a corner is mostly 0."""
    values = _numbers(path, chunk, layout, int(layout.has_header))

    def variety(place: int) -> int:
        column = values[:, place]
        is_digit = (column == np.floor(column)) & (column >= 0) & (column <= 9)
        return len(np.unique(column)) if is_digit.all() else 0

    last = layout.columns - 1
    return last if variety(last) > variety(0) else 0


def _numbers(path: Path, chunk: list[str], layout: _Layout, before: int) -> NDArray[Any]:
    """(lines, columns); ``before`` lines have been read."""
    try:
        values = _parsed(chunk, layout.separator, np.int16)  # a tenth of the time
        if values is None:
            values = _parsed(chunk, layout.separator, np.float32)
        if values is None:
            raise ValueError("not numbers")
    except ValueError as fault:
        for number, line in enumerate(chunk, before + 1):
            cells = line.split(layout.separator)
            if len(cells) != layout.columns or not all(_is_number(c.strip(' "')) for c in cells):
                raise DatasetError(
                    path,
                    QT_TRANSLATE_NOOP("core", "line {number:,} is not {columns} numbers"),
                    number=number,
                    columns=layout.columns,
                ) from fault
        raise _no_picture(path) from fault
    if values.shape[1] != layout.columns:
        raise _no_picture(path)
    return values


def _parsed(chunk: list[str], separator: str, kind: type) -> NDArray[Any] | None:
    """The numbers of lines, as this kind; None where they are none of it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # NumPy would take 0.5 for a whole number, and warn
            parsed: NDArray[Any] = np.loadtxt(
                chunk, kind, comments=None, delimiter=separator, quotechar='"', ndmin=2
            )
    except (ValueError, OverflowError, Warning):
        return None
    return parsed


def _separator(line: str) -> str:
    return max(SEPARATORS, key=line.count)


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
