"""Labelled pictures in three splits. Needs no torch."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.errors import FileError, Sentence
from mnist_desktop.texts import QT_TRANSLATE_NOOP

Pictures = Sequence[NDArray[np.uint8]] | NDArray[np.uint8]
"""(n, 28, 28), or n of (28, 28 k): k digits side by side."""

MAX_PICTURES = 1_000_000
"""784 MB. A file that says it holds more is not believed."""

MAX_BYTES = 450_000_000
"""Of a file unpacked, in whatever type its numbers are. MNIST in double precision takes 440 MB."""


PICTURES = Sentence(QT_TRANSLATE_NOOP("core", "pictures"))
LABELS = Sentence(QT_TRANSLATE_NOOP("core", "labels"))

DIGIT_NAMES = tuple("0123456789")


class DatasetError(FileError):
    """A data set that cannot be opened."""


@dataclass(frozen=True, eq=False)
class Split:
    """Pictures and what they show.

    Attributes:
        pictures: (n, 28, 28) uint8, 0 for paper to 255 for full ink.
        labels: (n,) uint8, 0 to 9; among what is learned from, also ``config.NO_DIGIT``.
    """

    pictures: NDArray[np.uint8]
    labels: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.labels)

    def first(self, count: int | None) -> Split:
        """The first ``count`` pictures, without copying; all for None."""
        return self.some(slice(count))

    def some(self, places: NDArray[np.integer | np.bool_] | slice) -> Split:
        """The pictures at these places."""
        return Split(self.pictures[places], self.labels[places])

    @cached_property
    def sha256(self) -> str:
        """Of the pictures' bytes and then the labels', in hexadecimal.

        The same pictures have the same sum in whatever file they came.
        """
        digest = hashlib.sha256(np.ascontiguousarray(self.pictures).data)
        digest.update(np.ascontiguousarray(self.labels).data)
        return digest.hexdigest()


def joined(parts: Sequence[Split]) -> Split:
    """All their pictures, one part's behind the other's."""
    return Split(
        np.concatenate([part.pictures for part in parts]),
        np.concatenate([part.labels for part in parts]),
    )


@dataclass(frozen=True, eq=False)
class Splits:
    """A data set.

    Attributes:
        name: for people.
        train: what a network learns from.
        validation: what it is tested on while it learns, and its best epoch chosen by; the
            tutorial calls it the test set.
        test: scored once, when a run ends, and never used to choose anything.
        class_names: what the labels 0 to 9 stand for.
        notes: what a person should know of how it was opened.
    """

    name: str
    train: Split
    validation: Split
    test: Split
    class_names: tuple[str, ...] = DIGIT_NAMES
    notes: tuple[Sentence, ...] = ()


def refuse_too_many(path: Path, count: int) -> None:
    """Refuse so many pictures.

    Raises:
        DatasetError: they are more than ``MAX_PICTURES``.
    """
    if count > MAX_PICTURES:
        raise DatasetError(
            path, QT_TRANSLATE_NOOP("core", "holds more than {most:,} pictures"), most=MAX_PICTURES
        )


def check_labels(path: Path, labels: NDArray[np.uint8], count: int) -> None:
    """Refuse labels that cannot be those of ``count`` pictures.

    Raises:
        DatasetError: no pictures, other counts of pictures and labels, labels outside 0–9.
    """
    if count == 0:
        raise DatasetError(path, QT_TRANSLATE_NOOP("core", "holds no pictures"))
    if count != len(labels):
        raise DatasetError(
            path,
            QT_TRANSLATE_NOOP(
                "core",
                "{labels:,} labels do not fit {pictures:,} pictures; each picture needs its label",
            ),
            pictures=count,
            labels=len(labels),
        )
    if labels.max() > 9:
        where = int((labels > 9).argmax())
        raise DatasetError(
            path,
            QT_TRANSLATE_NOOP("core", "label {where:,} is {label}; labels are digits from 0 to 9"),
            where=where,
            label=labels[where],
        )
