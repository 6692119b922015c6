"""Arrays from files that hold them in any type, as the pictures and labels of a split."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.ink import SIDE
from mnist_desktop.learning.data.splits import DatasetError, Split, check_labels, refuse_too_many
from mnist_desktop.texts import QT_TRANSLATE_NOOP

CHUNK = 4096
"""Pictures converted at once, so that no second copy of all of them is in memory as floats."""


def split_from_arrays(path: Path, pictures: NDArray[Any], labels: NDArray[Any]) -> Split:
    """A split from pictures of any numeric type and their labels.

    Args:
        path: for the text of an error.
        pictures: (n, 784), (n, 28, 28) or (n, 28, 28, 1); 0 to 255, or 0 to 1 as floats.
        labels: (n,) or (n, 1) whole numbers in any type, or (n, 10) with a one for each label.

    Raises:
        DatasetError: anything else.
    """
    if pictures.ndim < 2 or math.prod(pictures.shape[1:]) != SIDE * SIDE:
        raise DatasetError(
            path,
            QT_TRANSLATE_NOOP(
                "core", "its pictures are {sides}; pictures of 28×28 and their labels are needed"
            ),
            sides="×".join(map(str, pictures.shape[1:])) or "1×1",
        )
    refuse_too_many(path, len(pictures))
    digits = to_digits(path, labels)
    check_labels(path, digits, len(pictures))
    return Split(_to_bytes(path, pictures), digits)


def _to_bytes(path: Path, pictures: NDArray[Any]) -> NDArray[np.uint8]:
    """(n, 28, 28) uint8."""
    if pictures.dtype == np.uint8:
        # torch takes only arrays that can be written to; those of a file's bytes cannot.
        return np.require(pictures.reshape(-1, SIDE, SIDE), requirements=["C", "W"])
    converted = np.empty((len(pictures), SIDE, SIDE), dtype=np.uint8)
    factor = factor_of(pictures)
    for start in range(0, len(pictures), CHUNK):
        chunk = pictures[start : start + CHUNK].reshape(-1, SIDE, SIDE)
        converted[start : start + CHUNK] = scaled(path, chunk, factor)
    return converted


@np.errstate(over="ignore")
def scaled(path: Path, values: NDArray[Any], factor: float) -> NDArray[np.float64]:
    """Values times a factor, rounded to whole numbers from 0 to 255.

    Raises:
        DatasetError: they are outside.
    """
    chunk = values.astype(np.float64) * factor
    if not (chunk.min() >= 0.0 and chunk.max() < 255.5):
        raise DatasetError(
            path,
            QT_TRANSLATE_NOOP(
                "core",
                "its pictures have values from {low:g} to {high:g}; 0 to 255 or 0 to 1 is needed",
            ),
            low=chunk.min() / factor,
            high=chunk.max() / factor,
        )
    return np.rint(chunk)


@np.errstate(over="ignore")  # what becomes infinite is refused
def factor_of(pictures: NDArray[Any]) -> float:
    """What brings the values to 0–255.

    Most sets of floats are divided by 255, ``mnist.pkl.gz`` by 256.
    """
    if len(pictures) == 0 or pictures.dtype.kind == "b":
        return 255.0
    if (
        pictures.dtype.kind != "f"
        or max(pictures[start : start + CHUNK].max() for start in range(0, len(pictures), CHUNK))
        > 1.0
    ):
        return 1.0
    sample = pictures[:CHUNK].astype(np.float64) * 256
    return 256.0 if (sample == np.rint(sample)).all() and sample.max() < 256 else 255.0


def to_digits(path: Path, labels: NDArray[Any]) -> NDArray[np.uint8]:
    """(n,) uint8 of labels as ``split_from_arrays`` takes them.

    What is outside 0–255, or no whole number, becomes 255, which is no digit either.

    Raises:
        DatasetError: they are of another shape.
    """
    if labels.ndim == 2 and labels.shape[1] == 10:
        labels = labels.argmax(axis=1)
    if labels.ndim == 2 and labels.shape[1] == 1:
        labels = labels[:, 0]
    if labels.ndim != 1:
        raise DatasetError(
            path, QT_TRANSLATE_NOOP("core", "its labels are not one number for each picture")
        )
    digits = np.full(len(labels), 255, dtype=np.uint8)
    whole = (labels >= 0) & (labels <= 255) & (labels == np.floor(labels))
    digits[whole] = labels[whole].astype(np.uint8)
    return digits
