"""Pictures and strokes files, single or in folders, read one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.errors import FileError, UserError
from mnist_desktop.files import is_folder, reason
from mnist_desktop.ink.photo.file import SUFFIXES as PICTURE_SUFFIXES
from mnist_desktop.ink.photo.file import is_picture
from mnist_desktop.ink.photo.parts import open_page
from mnist_desktop.ink.strokes import Drawing
from mnist_desktop.ink.strokes_file import SUFFIXES as STROKES_SUFFIXES
from mnist_desktop.ink.strokes_file import read_strokes
from mnist_desktop.learning.read.reading import Reading
from mnist_desktop.progress import Progress, share_of, unwatched
from mnist_desktop.texts import QT_TRANSLATE_NOOP, natural

if TYPE_CHECKING:
    from mnist_desktop.learning.read.recognizer import Recognizer

UNOPENED_SUFFIXES = (".heic", ".heif", ".avif", ".gif", ".tif", ".tiff")
"""Pictures all the same: that they are not read must be told, and not passed over in silence."""

Found = Path | UserError
"""A file that is to be read, or why it cannot be."""


@dataclass(frozen=True, eq=False)
class FileRead:
    """What was read of a picture, or of one drawing of a strokes file.

    Attributes:
        place: of the file among those that were to be read, from 0.
        file: its path; None where there was none, as of a folder that cannot be looked into.
        number: of the drawing in its file, from 1; 0 for a picture and for a whole file.
        result: the reading, its boxes in the unit of ``content``; or why there is none.
        content: the picture's greys, (h, w) uint8, or the drawing; None where there is no reading.
        scale: how many of the file's pixels each of ``content`` stands for, along a side.
    """

    place: int
    file: Path | None
    number: int
    result: Reading | UserError
    content: NDArray[np.uint8] | Drawing | None = None
    scale: int = 1


def find_files(paths: Iterable[Path], progress: Progress = unwatched) -> Iterator[Found]:
    """The files that are named, in that order, and in place of a folder what is to be read in it.

    In a folder those are pictures and strokes files, by their names, then those of its folders, all
    in the order of their names, "page 9" before "page 10". What is hidden is passed over, and a
    folder that a link leads back to is not gone through once more.

    Args:
        progress: may raise ``Cancelled``.
    """
    for path in paths:
        if not is_folder(path):
            yield path
            continue
        count = 0
        for one in _in_folder(path, progress):
            count += 1
            yield one
        if not count:
            yield FileError(path, QT_TRANSLATE_NOOP("core", "holds neither pictures nor drawings"))


def read_files(
    files: Sequence[Found],
    recognizer: Recognizer,
    strictness: float,
    progress: Progress = unwatched,
) -> Iterator[FileRead]:
    """Read pictures and drawings. What cannot be read does not keep from what comes after it.

    Args:
        files: as ``find_files`` finds them.
        strictness: it declines what it is less sure of than this, 0 (never) to 1.
        progress: may raise ``Cancelled``, also in the middle of a picture.
    """
    for place, file in enumerate(files):
        if isinstance(file, UserError):
            path = file.path if isinstance(file, FileError) else None
            yield FileRead(place, path, 0, file)
            continue
        within = share_of(progress, place, len(files))
        within(0.0)
        try:
            yield from _read_file(place, file, recognizer, strictness, within)
        except UserError as fault:
            yield FileRead(place, file, 0, fault)


def _read_file(
    place: int, file: Path, recognizer: Recognizer, strictness: float, progress: Progress
) -> Iterator[FileRead]:
    if is_picture(file):
        page = open_page(file, progress)
        reading = recognizer.read_lines(page.lines, strictness)
        yield FileRead(place, file, 0, reading, page.grey, page.reduced)
        return
    drawings = read_strokes(file, lambda _done: progress(0.0))
    for index, labelled in enumerate(drawings):
        progress(index / len(drawings))
        reading = recognizer.read(labelled.drawing, strictness)
        yield FileRead(place, file, index + 1, reading, labelled.drawing)


def _in_folder(folder: Path, progress: Progress) -> Iterator[Found]:
    seen: set[tuple[int, int]] = set()
    waiting = [folder]
    while waiting:
        progress(0.0)
        folder = waiting.pop()
        try:
            about = folder.stat()
            if (about.st_dev, about.st_ino) in seen:
                continue
            seen.add((about.st_dev, about.st_ino))
            paths = [path for path in folder.iterdir() if not path.name.startswith(".")]
        except OSError as fault:
            yield FileError(
                folder, QT_TRANSLATE_NOOP("core", "cannot be read: {reason}"), reason=reason(fault)
            )
            continue
        paths.sort(key=lambda path: (natural(path.name), path.name))
        folders = [path for path in paths if is_folder(path)]
        yield from (path for path in paths if not is_folder(path) and _is_to_be_read(path))
        waiting += reversed(folders)


def _is_to_be_read(path: Path) -> bool:
    """By its name; only what has no suffix must be looked into."""
    name = path.name.lower()
    if path.suffix:
        return name.endswith((*PICTURE_SUFFIXES, *UNOPENED_SUFFIXES, *STROKES_SUFFIXES))
    return is_picture(path)
