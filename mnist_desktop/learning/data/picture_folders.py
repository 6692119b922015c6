"""Folders of pictures by class: ``0/``, ``1/`` … ``9/``, maybe in ``train/`` and ``test/``."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.errors import Sentence
from mnist_desktop.files import names_in, reason
from mnist_desktop.ink import SIDE
from mnist_desktop.ink.photo.file import SUFFIXES, open_reduced
from mnist_desktop.ink.photo.grey import DAMAGE
from mnist_desktop.learning.data.class_names import DIGIT_WORDS, FASHION
from mnist_desktop.learning.data.dataset_parts import Part, assembled, part_of
from mnist_desktop.learning.data.splits import (
    DIGIT_NAMES,
    DatasetError,
    Split,
    Splits,
    refuse_too_many,
)
from mnist_desktop.progress import Progress, unwatched
from mnist_desktop.texts import QT_TRANSLATE_NOOP, natural

RESIZED = QT_TRANSLATE_NOOP(
    "core", "{count:,} of its pictures were not 28×28, and were scaled to that."
)

PNG_MAGIC = b"\x89PNG\r\n\x1a\n"
PLAIN_HEADER = struct.pack(">2I2B", SIDE, SIDE, 8, 0)
PLAIN_BYTES = 4096
"""A PNG of 28×28 greys of 8 bits, and no more than it can have."""

Classes = dict[int, Path]
"""Folders by the label of their pictures."""


def classes_in(folder: Path) -> dict[Part, Classes] | None:
    """The folders of classes in a folder, or in its folders for parts; None where there are none.

    Only names are looked at, and whether a folder begins with a picture.
    """
    _, names = names_in(folder)
    if own := _classes(folder, names):
        return {"train": own}
    parts: dict[Part, Classes] = {}
    for name in names:
        part = part_of(name)
        if part is not None and (own := _classes(folder / name, names_in(folder / name)[1])):
            parts[part] = own
    return parts or None


def read_picture_folders(
    folder: Path, parts: dict[Part, Classes], progress: Progress = unwatched
) -> Splits:
    """The splits of pictures in folders. What is not 28×28 is scaled to that.

    Args:
        folder: that all are in, whose name tells which set they are.

    Raises:
        DatasetError: there are none, or too many.
        FileError: a picture that cannot be opened; the text names it.
    """
    files = {part: list(_files(classes)) for part, classes in parts.items()}
    total = sum(map(len, files.values()))
    if total == 0:
        raise DatasetError(folder, QT_TRANSLATE_NOOP("core", "holds no pictures"))
    refuse_too_many(folder, total)
    done = resized = 0
    splits: dict[Part, Split] = {}
    for part, own in files.items():
        pictures = np.empty((len(own), SIDE, SIDE), np.uint8)
        for place, (path, _) in enumerate(own):
            grey = _grey(path)
            resized += grey.shape != (SIDE, SIDE)
            pictures[place] = grey if grey.shape == (SIDE, SIDE) else _resized(grey)
            done += 1
            if done % 100 == 0 or done == total:
                progress(done / total)
        if own:
            splits[part] = Split(pictures, np.array([label for _, label in own], np.uint8))
    return assembled(folder, splits, [Sentence(RESIZED, count=resized)] if resized else ())


def _classes(folder: Path, names: Sequence[str]) -> Classes | None:
    """Of folders that are named as digits are, or as the classes of Fashion-MNIST."""
    for known in (DIGIT_NAMES, DIGIT_WORDS, tuple(name.lower() for name in FASHION)):
        labels = {
            known.index(name.lower()): folder / name for name in names if name.lower() in known
        }
        if len(labels) > 1 and any(map(_begins_with_picture, labels.values())):
            return labels
    return None


def _begins_with_picture(folder: Path) -> bool:
    few, _ = names_in(folder, 9)
    return any(name.lower().endswith(SUFFIXES) for name in few)


def _files(classes: Classes) -> Iterator[tuple[Path, int]]:
    """The pictures, each with its label, in the order of their names whatever class they are of.

    So MNIST's come as they were, if they are numbered, and no class stands together.
    """
    found = []
    for label, folder in classes.items():
        try:
            names = [path.name for path in folder.iterdir()]
        except OSError as fault:
            raise DatasetError(
                folder, QT_TRANSLATE_NOOP("core", "cannot be read: {reason}"), reason=reason(fault)
            ) from fault
        found += [(name, label) for name in names if name.lower().endswith(SUFFIXES)]
    for name, label in sorted(found, key=lambda one: natural(one[0])):
        yield classes[label] / name, label


def _grey(path: Path) -> NDArray[np.uint8]:
    """(h, w). What is as MNIST's pictures are published needs none of the care for photos, which
    takes twice the time.
    """
    from PIL import Image

    with suppress(*DAMAGE), path.open("rb") as stream:
        content = stream.read(PLAIN_BYTES)
        if content[:8] == PNG_MAGIC and content[16:26] == PLAIN_HEADER:
            with Image.open(io.BytesIO(content), formats=("PNG",)) as picture:
                if picture.mode == "L" and not picture.info:
                    return np.asarray(picture)
    return open_reduced(path)[0]


def _resized(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """(28, 28), the proportions kept; what is missing at the sides is as the edges are."""
    from PIL import Image

    height, width = grey.shape
    side = max(height, width)
    edge = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    square = np.full((side, side), np.median(edge), np.uint8)
    top, left = (side - height) // 2, (side - width) // 2
    square[top : top + height, left : left + width] = grey
    scaled = Image.fromarray(square).resize((SIDE, SIDE), Image.Resampling.BILINEAR)
    return np.asarray(scaled)
