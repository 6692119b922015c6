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
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.files import opened
from mnist_desktop.learning.splits import MAX_PICTURES, SIDE, DatasetError, Split, check_labels
from mnist_desktop.progress import Progress, unwatched
from mnist_desktop.texts import QT_TRANSLATE_NOOP, Word

CHUNK = 2**16
PICTURES = Word(QT_TRANSLATE_NOOP("core", "pictures"))
LABELS = Word(QT_TRANSLATE_NOOP("core", "labels"))

IDX_NAME = re.compile(r"(train|t10k)-(images[-.]idx3|labels[-.]idx1)-ubyte(\.gz)?")
"""What the files are called, with a dash or a dot, zipped or not."""


def find_idx(folder: Path, part: str) -> tuple[Path, Path] | None:
    """The files of pictures and labels of a ``part``, "train" or "t10k".

    None where the folder has neither.

    Raises:
        DatasetError: there is only one of the two.
    """
    pictures = _find(folder, f"{part}-images", "idx3-ubyte")
    labels = _find(folder, f"{part}-labels", "idx1-ubyte")
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
    return next((folder / name for name in names if (folder / name).is_file()), None)


def read_idx(pictures: Path, labels: Path, progress: Progress = unwatched) -> Split:
    """The split of two files, raw or gzipped.

    Raises:
        DatasetError: a file that is not what it should be; the text names it.
    """
    digits = _read(labels, (), LABELS, unwatched)

    def check(count: int) -> None:
        check_labels(labels, count, digits)

    return Split(_read(pictures, (SIDE, SIDE), PICTURES, progress, check), digits)


def _read(
    path: Path,
    shape: tuple[int, ...],
    what: Word,
    progress: Progress,
    check: Callable[[int], None] | None = None,
) -> NDArray[np.uint8]:
    """An array (n, *shape) of unsigned bytes.

    Args:
        check: is given n before any of them is read, and may refuse it.
    """
    with opened(path, DatasetError, progress) as stream:
        count = _read_header(path, stream, shape, what)
        if check is not None:
            check(count)
        content = np.empty(count * math.prod(shape), dtype=np.uint8)
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
                    there=filled // math.prod(shape),
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
    return content.reshape(count, *shape)


def _read_header(path: Path, stream: io.BufferedIOBase, shape: tuple[int, ...], what: Word) -> int:
    """How many items there are; the rest of the header must be as expected."""
    wanted = bytes([0, 0, 8, 1 + len(shape)])
    magic = stream.read(4)
    if not magic:
        raise DatasetError(path, QT_TRANSLATE_NOOP("core", "is empty"))
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
