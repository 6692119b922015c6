"""``.npz`` with ``x_train, y_train, x_test, y_test``, as Keras publishes MNIST."""

from __future__ import annotations

import io
import math
import warnings
import zipfile
from pathlib import Path
from typing import Any

from numpy.lib import format as npy
from numpy.typing import NDArray

from mnist_desktop.errors import UserError
from mnist_desktop.files import opened_zip, reason
from mnist_desktop.learning.arrays import split_from_arrays
from mnist_desktop.learning.splits import MAX_BYTES, DatasetError, Splits
from mnist_desktop.progress import Progress, unwatched
from mnist_desktop.texts import QT_TRANSLATE_NOOP

MAX_HEADER = 2**14
NAMES = ("x_train", "y_train", "x_test", "y_test")


def read_npz(path: Path, progress: Progress = unwatched) -> Splits:
    """The splits of an ``.npz``; its training pictures give training and validation.

    Raises:
        DatasetError: the file is damaged, an array is missing or is not one of plain numbers.
    """
    with opened_zip(path, DatasetError, progress) as archive:
        members = [_member(path, archive, name) for name in NAMES]
        if sum(member.file_size for member in members) > MAX_BYTES:
            raise DatasetError(
                path,
                QT_TRANSLATE_NOOP(
                    "core",
                    "is too large: its arrays can take {most:,} bytes; save the pictures as uint8",
                ),
                most=MAX_BYTES,
            )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of headers that Python 2 has written
            for member in members:
                _check_header(path, archive, member)
            x_train, y_train, x_test, y_test = (_read_array(archive, member) for member in members)
    return Splits.from_official(
        path.name,
        split_from_arrays(path, x_train, y_train),
        split_from_arrays(path, x_test, y_test),
    )


def _member(path: Path, archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    try:
        return archive.getinfo(f"{name}.npy")
    except KeyError:
        raise DatasetError(
            path,
            QT_TRANSLATE_NOOP(
                "core", "has no array named {name}; x_train, y_train, x_test, y_test are needed"
            ),
            name=name,
        ) from None


def _check_header(path: Path, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Refuse what is no array of plain numbers, or not of the size that its shape needs.

    NumPy takes as much memory as the header says.
    """
    with archive.open(member) as stream:
        beginning = io.BytesIO(stream.read(MAX_HEADER))
    try:
        # Later versions are for arrays of records, and their headers can be gigabytes long.
        if npy.read_magic(beginning) != (1, 0):
            raise UserError(QT_TRANSLATE_NOOP("core", "it is of an unknown version"))
        shape, _, dtype = npy.read_array_header_1_0(beginning)
        if dtype.kind not in "biuf":
            raise UserError(
                QT_TRANSLATE_NOOP("core", "its numbers are of type {dtype}"), dtype=dtype
            )
        size = math.prod(shape) * dtype.itemsize
        if any(side < 0 for side in shape) or beginning.tell() + size != member.file_size:
            raise UserError(QT_TRANSLATE_NOOP("core", "its size does not fit its shape"))
    except Exception as fault:
        # NumPy reads a header as Python; what a broken one raises is anybody's guess.
        raise DatasetError(
            path,
            QT_TRANSLATE_NOOP("core", "{name} is not an array of numbers: {fault}"),
            name=member.filename,
            fault=reason(fault),
        ) from fault


def _read_array(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> NDArray[Any]:
    with archive.open(member) as stream:
        array: NDArray[Any] = npy.read_array(stream, allow_pickle=False)
        return array
