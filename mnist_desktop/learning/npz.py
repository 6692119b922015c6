"""``.npz`` with ``x_train, y_train, x_test, y_test``, as Keras publishes MNIST."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from numpy.lib import format as npy
from numpy.typing import NDArray

from mnist_desktop.files import opened
from mnist_desktop.learning.arrays import array_from_bytes, split_from_arrays
from mnist_desktop.learning.splits import MAX_PICTURES, SIDE, DatasetError, Splits
from mnist_desktop.progress import Cancelled, Progress, unwatched

MAX_ARRAY_BYTES = MAX_PICTURES * SIDE * SIDE
CHUNK = 4 * 2**20
NAMES = ("x_train", "y_train", "x_test", "y_test")


def read_npz(path: Path, progress: Progress = unwatched) -> Splits:
    """The splits of an ``.npz``; its training pictures give training and validation.

    Raises:
        DatasetError: the file is damaged, an array is missing or is not one of plain numbers.
    """
    with opened(path, DatasetError) as stream:
        try:
            with zipfile.ZipFile(stream) as archive:
                arrays = dict(zip(NAMES, _read_arrays(path, archive, progress), strict=True))
        except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError) as fault:
            raise DatasetError(path, "is damaged or cut short; get a whole copy") from fault
        except (Cancelled, DatasetError, OSError, MemoryError):
            raise
        except Exception as fault:
            # NumPy reads a header as Python; what a broken one raises is anybody's guess.
            raise DatasetError(path, "cannot be read: {fault}", fault=fault) from fault
    return Splits.from_official(
        path.name,
        split_from_arrays(path, arrays["x_train"], arrays["y_train"]),
        split_from_arrays(path, arrays["x_test"], arrays["y_test"]),
    )


def _read_arrays(
    path: Path, archive: zipfile.ZipFile, progress: Progress
) -> Iterator[NDArray[Any]]:
    """The arrays of ``NAMES``."""
    members = [_member(path, archive, name) for name in NAMES]
    size = max(1, sum(member.file_size for member in members))
    before = 0
    for member in members:
        yield _read_array(archive, member, partial(_report, progress, before, size))
        before += member.file_size


def _report(progress: Progress, before: int, size: int, count: int) -> None:
    progress(min(1.0, (before + count) / size))


def _member(path: Path, archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    try:
        member = archive.getinfo(f"{name}.npy")
    except KeyError:
        raise DatasetError(
            path,
            "has no array named {name}; x_train, y_train, x_test, y_test are needed",
            name=name,
        ) from None
    if member.file_size > MAX_ARRAY_BYTES:
        raise DatasetError(path, "{name} is too large", name=name)
    return member


def _read_array(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, report: Callable[[int], None]
) -> NDArray[Any]:
    """One array. NumPy's reader takes as much memory as the header says; this one what is there."""
    with archive.open(member) as stream:
        version = npy.read_magic(stream)
        read_header = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}
        if version not in read_header:
            raise ValueError(f"{member.filename} has an unknown format version")
        shape, fortran, dtype = read_header[version](stream)
        content = bytearray()
        while chunk := stream.read(CHUNK):
            content += chunk
            report(len(content))
    return array_from_bytes(content, dtype, shape, fortran=fortran)
