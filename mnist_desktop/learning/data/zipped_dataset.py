"""Zip archives of data sets, as they are downloaded: unpacked for a while, opened as folders."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from mnist_desktop.files import opened_zip, reason
from mnist_desktop.ink.photo.file import SUFFIXES as PICTURE_SUFFIXES
from mnist_desktop.learning.data.splits import MAX_BYTES, DatasetError, Splits
from mnist_desktop.progress import Progress
from mnist_desktop.texts import QT_TRANSLATE_NOOP

MAX_UNPACKED = 2 * MAX_BYTES
"""Bytes of all files. EMNIST's archive, of six sets, has 560 MB."""

MAX_DIRECTORY = 8 * 2**20
"""Bytes of the list of members: MNIST as 70,000 pictures has 7 MB."""

SUFFIXES = (".gz", ".csv", ".tsv", ".npz", ".npy", ".pkl", ".pickle", "-ubyte", "-int")
"""Of what may be a part of a data set, besides pictures."""


def is_npz(path: Path) -> bool:
    """Whether a zip archive is NumPy's: all in it are arrays."""
    with opened_zip(path, DatasetError, most_directory=MAX_DIRECTORY) as archive:
        names = archive.namelist()
    return path.suffix.lower() == ".npz" or any(name.endswith(".npy") for name in names[:100])


def read_zip(
    path: Path, inner: str, read: Callable[[Path, Progress], Splits], progress: Progress
) -> Splits:
    """The splits of a data set in an archive.

    Args:
        inner: the name of the one meant, where there are several; else empty.
        read: opens the folder into which it is unpacked, or what it names in it.

    Raises:
        DatasetError: the archive is damaged or too large, or what ``read`` raises.
    """
    with _unpacked(path, inner, lambda done: progress(done / 2)) as folder:
        return read(folder / inner, lambda done: progress((1 + done) / 2))


@contextmanager
def _unpacked(path: Path, inner: str, progress: Progress) -> Iterator[Path]:
    """A folder, called as the archive is, so that faults name it."""
    near = str(PurePosixPath(inner).parent) if inner else "."
    try:
        temporary = tempfile.TemporaryDirectory(prefix="mnist-desktop-")
    except OSError as fault:
        raise DatasetError(
            path, QT_TRANSLATE_NOOP("core", "cannot be unpacked: {fault}"), fault=reason(fault)
        ) from fault
    with temporary as name:
        folder = Path(name) / path.name
        with opened_zip(path, DatasetError, most_directory=MAX_DIRECTORY) as archive:
            folder.mkdir()
            members = [one for one in archive.infolist() if _is_wanted(one.filename, near)]
            if sum(member.file_size for member in members) > MAX_UNPACKED:
                raise DatasetError(
                    path,
                    QT_TRANSLATE_NOOP(
                        "core", "is too large: it unpacks to more than {most:,} bytes"
                    ),
                    most=MAX_UNPACKED,
                )
            for number, member in enumerate(members, 1):
                _unpack(archive, member, folder)
                progress(number / len(members))
        yield folder


def _is_wanted(name: str, near: str) -> bool:
    place = PurePosixPath(name)
    is_safe = not place.is_absolute() and not {"..", "__MACOSX"} & set(place.parts)
    is_near = near == "." or name.startswith(f"{near}/")
    is_known = place.name.lower().endswith((*SUFFIXES, *PICTURE_SUFFIXES))
    return is_safe and is_near and is_known and "\\" not in name and ":" not in name


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, folder: Path) -> None:
    # No more is unpacked than the archive says there is, which has been added up.
    target = folder / member.filename
    if not target.parent.is_dir():
        target.parent.mkdir(parents=True)
    with archive.open(member) as source, target.open("wb") as copy:
        shutil.copyfileobj(source, copy)
