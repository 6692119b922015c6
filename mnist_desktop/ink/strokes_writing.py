"""Drawings into a strokes file; ``strokes_file`` has the format, and reads it."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from mnist_desktop.files import GZIP_MAGIC, opened, opened_raw, write_atomically
from mnist_desktop.ink.strokes import DIGITS, Drawing, LabelledDrawing
from mnist_desktop.ink.strokes_file import (
    MAX_FILE_BYTES,
    StrokesFileError,
    read_strokes,
    refuse_too_much,
)

DECIMALS = 5
"""Of coordinates: a hundredth of a pixel, where the canvas's side is 1."""


def save_drawing(path: Path, drawing: LabelledDrawing, *, append: bool = False) -> None:
    """Write a strokes file of one drawing, or add it to the drawings that are in one.

    Whatever happens, the old or the new file stands there whole. A file that is called ``.gz``, or
    that is gzip already, is packed.

    Args:
        append: to the file that is there, which must be a strokes file.

    Raises:
        StrokesFileError: what is there is no strokes file, or would hold too much to be opened.
        FileError: it cannot be written.
    """
    content = to_line(drawing)
    is_packed = path.name.lower().endswith(".gz")
    if append:
        read_strokes(path)  # nothing is added to what is no strokes file
        with opened_raw(path, StrokesFileError) as raw:
            is_packed = raw.peek(2)[:2] == GZIP_MAGIC
        with opened(path, StrokesFileError) as stream:
            before = stream.read(MAX_FILE_BYTES + 1)
        content = before + (b"" if before.endswith(b"\n") else b"\n") + content
        refuse_too_much(path, content)
    write_atomically(path, _packed(content) if is_packed else content)


def save_drawings(path: Path, drawings: Sequence[LabelledDrawing]) -> None:
    """Write a strokes file of several drawings; an existing one is replaced only by a whole one.

    Raises:
        FileError: it cannot be written.
    """
    content = b"".join(map(to_line, drawings))
    write_atomically(path, _packed(content) if path.name.lower().endswith(".gz") else content)


def to_line(drawing: LabelledDrawing) -> bytes:
    """The line of a strokes file that holds a drawing, its line break with it."""
    label = drawing.label
    is_digit = label is not None and len(label) == 1 and label in DIGITS
    record = {"label": int(label or 0) if is_digit else label, "strokes": to_lists(drawing.drawing)}
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def to_lists(drawing: Drawing) -> list[list[list[float]]]:
    """The points of each stroke, as JSON has them. How wide the ink was is not kept."""
    return [np.round(stroke.points, DECIMALS).tolist() for stroke in drawing.strokes]


def _packed(content: bytes) -> bytes:
    """The same content gives the same file whenever it is written."""
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as stream:
        stream.write(content)
    return packed.getvalue()
