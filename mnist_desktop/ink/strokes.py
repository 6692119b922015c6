"""Drawings as vectors, and the strokes file format.

A strokes file (``.jsonl`` or ``.jsonl.gz``) holds one drawing a line, y pointing down, any unit::

    {"label": 7, "writer": "optional", "strokes": [[[x, y], [x, y], ...], ...]}
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mnist_desktop.errors import FileError
from mnist_desktop.files import opened

MAX_LINE_BYTES = 8 * 2**20
"""A drawing of 8 MB would be hours of scribbling: a longer line is no drawing."""

MAX_FILE_BYTES = 2**30
"""Unpacked. A few hundred bytes of gzip can hold any amount of nothing."""

MAX_COORDINATE = 1e100
"""Far from the largest number there is, so that distances and their squares are numbers too."""


class StrokesFileError(FileError):
    """A strokes file that cannot be read."""


@dataclass(frozen=True, eq=False)
class Stroke:
    """One touch of the pen, from down to up.

    Attributes:
        points: (n, 2) float64, n ≥ 1: x to the right and y down, in the drawing's own unit.
        widths: (n,) float64, the ink's width at each point, for showing only: what is read does
            not depend on it. None where the source has no widths.

    Raises:
        ValueError: wrong shapes, or numbers that are not finite or beyond ``MAX_COORDINATE``.
    """

    points: NDArray[np.float64]
    widths: NDArray[np.float64] | None = None

    def __post_init__(self) -> None:
        points = _frozen(self.points)
        if points.ndim != 2 or points.shape[1] != 2 or len(points) == 0:
            raise ValueError("a stroke needs at least one point, and two numbers for each")
        object.__setattr__(self, "points", points)
        if self.widths is not None:
            widths = _frozen(self.widths)
            if widths.shape != points.shape[:1]:
                raise ValueError(f"{len(points)} points need as many widths, not {widths.size}")
            object.__setattr__(self, "widths", widths)


@dataclass(frozen=True)
class Drawing:
    """Strokes in the order in which they were drawn. Immutable: a change makes a new drawing."""

    strokes: tuple[Stroke, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.strokes)

    def with_stroke(self, stroke: Stroke) -> Drawing:
        """The drawing with one more stroke at its end."""
        return Drawing((*self.strokes, stroke))

    def fitted(self, margin: float = 0.15) -> Drawing:
        """The same drawing in the unit square, proportions kept, centred, without widths."""
        if not self.strokes:
            return self
        points = np.concatenate([stroke.points for stroke in self.strokes])
        low, high = points.min(axis=0), points.max(axis=0)
        extent = float((high - low).max()) or 1.0
        middle, side = (low + high) / 2, 1 - 2 * margin
        return Drawing(
            tuple(Stroke((stroke.points - middle) / extent * side + 0.5) for stroke in self.strokes)
        )


@dataclass(frozen=True)
class LabelledDrawing:
    """A drawing with what its writer meant.

    Attributes:
        label: the digits meant ("7", "42"), another text for what is no digit, or None.
        writer: who drew it, where that is known.
    """

    drawing: Drawing
    label: str | None = None
    writer: str | None = None

    @property
    def digits(self) -> str | None:
        """The label where it is a digit or a number, else None."""
        return self.label if self.label and set(self.label) <= set("0123456789") else None


def read_strokes(path: Path) -> list[LabelledDrawing]:
    """All drawings of a strokes file, in its order.

    Raises:
        StrokesFileError: the file cannot be read; the text names the line and the fault.
    """
    drawings = []
    with opened(path, StrokesFileError) as stream:
        for number, line in _numbered_lines(path, stream):
            try:
                drawings.append(_parse(line))
            except (ValueError, RecursionError) as fault:
                raise StrokesFileError(
                    path, "line {number} is not a drawing: {fault}", number=number, fault=fault
                ) from fault
    if not drawings:
        raise StrokesFileError(path, "holds no drawing; each line should hold one")
    return drawings


def _numbered_lines(path: Path, stream: Any) -> Iterator[tuple[int, bytes]]:
    """Lines that are not blank, with their numbers from 1."""
    size = 0
    number = 0
    while line := stream.readline(MAX_LINE_BYTES + 1):
        number += 1
        size += len(line)
        if len(line) > MAX_LINE_BYTES or size > MAX_FILE_BYTES:
            raise StrokesFileError(path, "line {number} is too long for a drawing", number=number)
        if line.strip():
            yield number, line


def _parse(line: bytes) -> LabelledDrawing:
    record = json.loads(line)
    if not isinstance(record, dict) or not isinstance(record.get("strokes"), list):
        raise ValueError('it has no list named "strokes"')
    writer = record.get("writer")
    return LabelledDrawing(
        drawing=Drawing(tuple(_parse_stroke(stroke) for stroke in record["strokes"])),
        label=_parse_label(record.get("label")),
        writer=None if writer is None else str(writer),
    )


def _parse_stroke(stroke: object) -> Stroke:
    try:
        return Stroke(np.array(stroke, dtype=np.float64))
    except (TypeError, OverflowError) as fault:
        raise ValueError("a stroke is not a list of [x, y]") from fault


def _parse_label(label: object) -> str | None:
    if label is None or isinstance(label, str):
        return label
    if isinstance(label, int) and not isinstance(label, bool) and label >= 0:
        return str(label)
    raise ValueError(f"its label is {label!r}, neither a digit, nor a text, nor null")


def _frozen(values: ArrayLike) -> NDArray[np.float64]:
    """A private, read-only copy."""
    array = np.array(values, dtype=np.float64)
    if not (np.abs(array) <= MAX_COORDINATE).all():  # which is false for what is not a number
        raise ValueError(f"a number is not finite, or beyond {MAX_COORDINATE:g}")
    array.flags.writeable = False
    return array
