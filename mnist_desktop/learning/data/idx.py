"""IDX, the format in which MNIST is published: one file of pictures and one of labels.

A file is four bytes of magic number (0, 0, 8 for unsigned bytes, number of dimensions), the
dimensions as 32-bit integers, most significant byte first, and the bytes.
Source: LeCun, Cortes, Burges, "The MNIST database of handwritten digits".
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.errors import Sentence
from mnist_desktop.files import is_file, opened
from mnist_desktop.ink import SIDE
from mnist_desktop.learning.data.dataset_parts import Part, assembled
from mnist_desktop.learning.data.splits import (
    LABELS,
    MAX_PICTURES,
    PICTURES,
    DatasetError,
    Split,
    Splits,
    check_labels,
)
from mnist_desktop.progress import Progress, unwatched
from mnist_desktop.texts import QT_TRANSLATE_NOOP

MNIST = "data/mnist"
"""The folder of the four files that come with the program."""

CHUNK = 2**16

IDX_NAME = re.compile(
    r"(?P<prefix>(?:.*[-_.])?)(?P<part>train|t10k|test)-"
    r"(?:images[-.]idx3-ubyte|labels[-.]idx1-ubyte|labels[-.]idx2-int)(?:\.gz)?"
)
"""What the files are called, with a dash or a dot, zipped or not; EMNIST and QMNIST have a prefix.
"""

UNSIGNED_BYTE, INTEGER = 8, 12
"""What the numbers can be, as the magic number says."""

QMNIST_COLUMNS = 8
"""Yadav, Bottou 2019, "Cold case: the lost MNIST digits": the digit, then who wrote it and when."""


def read_idx_files(folder: Path, prefix: str = "", progress: Progress = unwatched) -> Splits:
    """The splits of four files in a folder whose names begin with a prefix.

    Raises:
        DatasetError: a file is missing, or is not what it should be; the text names it.
    """
    train = find_idx(folder, f"{prefix}train")
    test = find_idx(folder, f"{prefix}t10k") or find_idx(folder, f"{prefix}test")
    if train is None or test is None:
        raise DatasetError(
            folder,
            QT_TRANSLATE_NOOP(
                "core", "{missing}-images-idx3-ubyte and its labels are missing in it"
            ),
            missing=f"{prefix}t10k" if train else f"{prefix}train",
        )
    # MNIST has six training pictures for each test picture.
    parts: dict[Part, Split] = {
        "train": read_idx(*train, lambda done: progress(done * 6 / 7)),
        "test": read_idx(*test, lambda done: progress((6 + done) / 7)),
    }
    return assembled(folder / prefix.rstrip("-_.") if prefix else folder, parts)


def find_idx(folder: Path, part: str) -> tuple[Path, Path] | None:
    """The files of pictures and labels whose names begin with a ``part``, as "train" or "t10k".

    None where the folder has neither.

    Raises:
        DatasetError: there is only one of the two.
    """
    pictures = _find(folder, f"{part}-images", "idx3-ubyte")
    labels = _find(folder, f"{part}-labels", "idx1-ubyte")
    labels = labels or _find(folder, f"{part}-labels", "idx2-int")
    if pictures is None and labels is None:
        return None
    if pictures is None or labels is None:
        missing = f"{part}-images-idx3-ubyte" if pictures is None else f"{part}-labels-idx1-ubyte"
        raise DatasetError(
            folder, QT_TRANSLATE_NOOP("core", "{missing} is missing in it"), missing=missing
        )
    return pictures, labels


def _find(folder: Path, stem: str, code: str) -> Path | None:
    """The file, by whichever of its names it has here."""
    names = [f"{stem}{mark}{code}{end}" for end in ("", ".gz") for mark in "-."]
    return next((folder / name for name in names if is_file(folder / name)), None)


def read_idx(pictures: Path, labels: Path, progress: Progress = unwatched) -> Split:
    """The split of two files, raw or gzipped.

    Raises:
        DatasetError: a file that is not what it should be; the text names it.
    """
    digits = _read_labels(labels)
    check = partial(check_labels, labels, digits)
    return Split(_read(pictures, (SIDE, SIDE), PICTURES, progress, check=check), digits)


def _read_labels(path: Path) -> NDArray[np.uint8]:
    """(n,): the numbers of a file, or of QMNIST's tables the first column."""
    if "idx2-int" not in path.name:
        return _read(path, (), LABELS)
    table = _read(path, (QMNIST_COLUMNS,), LABELS, kind=INTEGER)
    numbers = table.reshape(-1, 4).view(">i4").reshape(-1, QMNIST_COLUMNS)[:, 0]
    # What is outside 0–255 becomes 255, which is no digit either.
    return np.where((numbers >= 0) & (numbers < 255), numbers, 255).astype(np.uint8)


def _read(
    path: Path,
    shape: tuple[int, ...],
    what: Sentence,
    progress: Progress = unwatched,
    *,
    check: Callable[[int], None] | None = None,
    kind: int = UNSIGNED_BYTE,
) -> NDArray[np.uint8]:
    """The bytes of an array (n, *shape) of numbers of a kind, (n, *shape) where these are bytes.

    Args:
        check: is given n before any of them is read, and may refuse it.
    """
    stored = (*shape, 4) if kind == INTEGER else shape
    with opened(path, DatasetError, progress) as stream:
        count = _read_header(path, stream, shape, what, kind)
        if check is not None:
            check(count)
        content = np.empty(count * math.prod(stored), dtype=np.uint8)
        filled = 0
        while filled < len(content):
            size = stream.readinto(content.data[filled : filled + CHUNK])
            if not size:
                raise DatasetError(
                    path,
                    QT_TRANSLATE_NOOP(
                        "core",
                        "is cut short: it holds {there:,} of {count:,} {what}; get a whole copy",
                    ),
                    there=filled // math.prod(stored),
                    count=count,
                    what=what,
                )
            filled += size
        if stream.read(1):
            raise DatasetError(
                path,
                QT_TRANSLATE_NOOP("core", "holds more than the {count:,} {what} it says"),
                count=count,
                what=what,
            )
    return content.reshape(count, *stored)


def _read_header(
    path: Path, stream: io.BufferedIOBase, shape: tuple[int, ...], what: Sentence, kind: int
) -> int:
    """How many items there are; the rest of the header must be as expected."""
    wanted = bytes([0, 0, kind, 1 + len(shape)])
    magic = stream.read(4)
    if not magic:
        raise DatasetError(path, QT_TRANSLATE_NOOP("core", "is empty; get a whole copy"))
    if magic != wanted:
        raise DatasetError(
            path,
            QT_TRANSLATE_NOOP(
                "core", "is not an IDX file of {what}: it begins with {magic} and not with {wanted}"
            ),
            what=what,
            magic=magic.hex(" "),
            wanted=wanted.hex(" "),
        )
    header = stream.read(4 * (1 + len(shape)))
    if len(header) < 4 * (1 + len(shape)):
        raise DatasetError(
            path, QT_TRANSLATE_NOOP("core", "is cut short within its header; get a whole copy")
        )
    count, *sides = (int(number) for number in np.frombuffer(header, dtype=">u4"))
    if tuple(sides) != shape:
        raise DatasetError(
            path,
            QT_TRANSLATE_NOOP("core", "its pictures are {sides}, not 28×28"),
            sides="×".join(map(str, sides)),
        )
    if count > MAX_PICTURES:
        raise DatasetError(
            path,
            QT_TRANSLATE_NOOP(
                "core", "says it holds {count:,} {what}; up to {most:,} can be opened"
            ),
            count=count,
            what=what,
            most=MAX_PICTURES,
        )
    return count
