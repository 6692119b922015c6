"""The strokes file format: ``.jsonl`` or ``.jsonl.gz``.

It holds one drawing a line, y pointing down, any unit::

    {"label": 7, "writer": "optional", "strokes": [[[x, y], [x, y], ...], ...]}

A label is a digit, a text of digits and the signs ``. , - / : +``, with line breaks where there are
several lines, or null or any other text for what is no digit.
"""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from mnist_desktop.errors import FileError, UserError
from mnist_desktop.files import GZIP_MAGIC, opened, opened_raw, write_atomically
from mnist_desktop.ink.strokes import DIGITS, Drawing, LabelledDrawing, Stroke
from mnist_desktop.progress import Progress, unwatched
from mnist_desktop.texts import QT_TRANSLATE_NOOP

SUFFIXES = (".jsonl", ".jsonl.gz")

# A few hundred kilobytes of gzip can hold any amount of nothing. These bounds keep whatever is in a
# file to about two seconds and a few hundred megabytes, and leave room for 20,000 drawings of ten
# strokes and 150 points each.

MAX_FILE_BYTES = 64 * 10**6
"""Unpacked."""

MAX_STROKES = 200_000
"""In all drawings together."""

MOST_OF = {b"\n": 100_000, b"{": 200_000, b":": 1_000_000, b"[": 3_500_000, b",": 8_000_000}
"""What drawings, their properties and their points are told by, and how many there may be."""

MAX_LINE_BYTES = 8 * 10**6
"""A drawing of 8 MB would be hours of scribbling: a longer line is no drawing."""

MAX_STROKES_OF_DRAWING = 500
"""What has more is no drawing of digits, and takes long to divide."""

MAX_CHARACTERS = 200
"""Of a label, and of a writer's name."""

BETWEEN_REPORTS = 1000
"""Lines: some hundredths of a second."""

DECIMALS = 5
"""Of coordinates: a hundredth of a pixel, where the canvas's side is 1."""

UNPACKED = 0.2
"""The part of the work that is done when the file has been read and nothing been made of it."""


class StrokesFileError(FileError):
    """A strokes file that cannot be read."""


def read_strokes(path: Path, progress: Progress = unwatched) -> list[LabelledDrawing]:
    """All drawings of a strokes file, in its order.

    Raises:
        StrokesFileError: the file cannot be read; the text names the line and the fault.
    """
    with opened(path, StrokesFileError, lambda done: progress(UNPACKED * done)) as stream:
        content = stream.read(MAX_FILE_BYTES + 1)
    _refuse_too_much(path, content)
    drawings: list[LabelledDrawing] = []
    strokes = 0
    lines = io.BytesIO(content)
    for number, line in enumerate(lines, start=1):
        if number % BETWEEN_REPORTS == 0:
            progress(UNPACKED + (1 - UNPACKED) * lines.tell() / len(content))
        if not line.strip():
            continue
        try:
            drawings.append(_parse(line))
        except UserError as fault:
            raise StrokesFileError(path, fault.template, number=number, **fault.values) from fault
        strokes += len(drawings[-1].drawing.strokes)
        if strokes > MAX_STROKES:
            raise _too_many(path)
    if not drawings:
        raise StrokesFileError(
            path, QT_TRANSLATE_NOOP("core", "holds no drawing; each line should hold one")
        )
    return drawings


def _refuse_too_much(path: Path, content: bytes) -> None:
    """Refuse what would take long or much memory, before anything is made of it."""
    if len(content) > MAX_FILE_BYTES:
        raise StrokesFileError(
            path,
            QT_TRANSLATE_NOOP("core", "holds more than {most} MB; divide it up"),
            most=MAX_FILE_BYTES // 10**6,
        )
    if any(content.count(mark) > most for mark, most in MOST_OF.items()):
        raise _too_many(path)


def _too_many(path: Path) -> StrokesFileError:
    return StrokesFileError(
        path,
        QT_TRANSLATE_NOOP("core", "holds too many drawings, strokes or points; divide it up"),
    )


def _parse(line: bytes) -> LabelledDrawing:
    """The drawing of a line.

    Raises:
        UserError: it is none; its template wants the line's ``number`` too.
    """
    if len(line) > MAX_LINE_BYTES:
        raise UserError(QT_TRANSLATE_NOOP("core", "line {number} is too long for a drawing"))
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as fault:
        raise UserError(
            QT_TRANSLATE_NOOP("core", "line {number} is not a drawing: it is not valid JSON")
        ) from fault
    strokes = record.get("strokes") if isinstance(record, dict) else None
    if not isinstance(strokes, list):
        raise UserError(
            QT_TRANSLATE_NOOP(
                "core", 'line {number} is not a drawing: it has no list named "strokes"'
            )
        )
    if len(strokes) > MAX_STROKES_OF_DRAWING:
        raise UserError(
            QT_TRANSLATE_NOOP(
                "core", "line {number} is not a drawing: it has more than {most:,} strokes"
            ),
            most=MAX_STROKES_OF_DRAWING,
        )
    try:
        drawing = Drawing(tuple(map(Stroke, strokes)))
    except (ValueError, TypeError, OverflowError) as fault:
        raise UserError(
            QT_TRANSLATE_NOOP(
                "core",
                "line {number} is not a drawing: a stroke is not a list of points [x, y], "
                "all of them finite numbers",
            )
        ) from fault
    return LabelledDrawing(drawing, _label(record.get("label")), _writer(record.get("writer")))


def _label(label: object) -> str | None:
    is_number = isinstance(label, int) and not isinstance(label, bool) and label >= 0
    if label is None or isinstance(label, str) or is_number:
        text = _text(label)
        # JSON can hold halves of characters, which no file takes.
        return text and text.encode(errors="replace").decode()
    raise UserError(
        QT_TRANSLATE_NOOP(
            "core",
            "line {number} is not a drawing: its label is neither a digit, nor a text, nor null",
        )
    )


def _writer(name: object) -> str | None:
    """In one line, without what a screen or a terminal would take for a command."""
    shown = "".join(one if one.isprintable() else " " for one in _text(name) or "")
    return " ".join(shown.split()) or None


def _text(value: object) -> str | None:
    text = None if value is None else str(value)
    if text is not None and len(text) > MAX_CHARACTERS:
        raise UserError(
            QT_TRANSLATE_NOOP(
                "core",
                "line {number} is not a drawing: its label, or its writer’s name, has more than "
                "{most} characters",
            ),
            most=MAX_CHARACTERS,
        )
    return text


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
    content = _to_line(drawing)
    is_packed = path.name.lower().endswith(".gz")
    if append:
        read_strokes(path)  # nothing is added to what is no strokes file
        with opened_raw(path, StrokesFileError) as raw:
            is_packed = raw.peek(2)[:2] == GZIP_MAGIC
        with opened(path, StrokesFileError) as stream:
            before = stream.read(MAX_FILE_BYTES + 1)
        content = before + (b"" if before.endswith(b"\n") else b"\n") + content
        _refuse_too_much(path, content)
    write_atomically(path, _packed(content) if is_packed else content)


def save_drawings(path: Path, drawings: Sequence[LabelledDrawing]) -> None:
    """Write a strokes file of several drawings; an existing one is replaced only by a whole one.

    Raises:
        FileError: it cannot be written.
    """
    content = b"".join(map(_to_line, drawings))
    write_atomically(path, _packed(content) if path.name.lower().endswith(".gz") else content)


def _to_line(drawing: LabelledDrawing) -> bytes:
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
