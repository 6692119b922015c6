"""NumPy's files: ``.npz`` with pictures and labels, and ``.npy`` or ``.npz`` for each of them."""

from __future__ import annotations

import io
import math
import warnings
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from numpy.lib import format as npy
from numpy.typing import NDArray

from mnist_desktop.errors import UserError
from mnist_desktop.files import opened_raw, opened_zip, reason
from mnist_desktop.learning.data.arrays import split_from_arrays
from mnist_desktop.learning.data.dataset_parts import Part, assembled
from mnist_desktop.learning.data.named_arrays import pairs_of
from mnist_desktop.learning.data.splits import MAX_BYTES, DatasetError, Splits
from mnist_desktop.progress import Progress, share_of, unwatched
from mnist_desktop.texts import QT_TRANSLATE_NOOP

MAX_HEADER = 2**14
MAX_MEMBERS = 100


def read_npz(path: Path, progress: Progress = unwatched) -> Splits:
    """The splits of an ``.npz``, by the names of its arrays or by their order.

    Raises:
        DatasetError: the file is damaged, an array is missing or is not one of plain numbers.
    """
    with opened_zip(path, DatasetError, progress) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of headers that Python 2 has written
        pairs = pairs_of(path, _shapes(path, archive))
        parts = {}
        for part, names in pairs.items():
            pictures, labels = (_read_array(archive, name) for name in names)
            parts[part] = split_from_arrays(path, pictures, labels)
    return assembled(path, parts)


def read_array_files(
    path: Path, files: Mapping[Part, tuple[Path, Path]], progress: Progress = unwatched
) -> Splits:
    """The splits of files that hold an array each, as KMNIST is published.

    Args:
        path: of one of them, whose name tells which set they are.
        files: of pictures and of labels.

    Raises:
        DatasetError: as ``read_npz`` does.
    """
    parts = {}
    for number, (part, paths) in enumerate(files.items()):
        watch = share_of(progress, number, len(files))
        pictures, labels = (_single_array(path, watch) for path in paths)
        parts[part] = split_from_arrays(paths[0], pictures, labels)
    return assembled(path, parts)


def _single_array(path: Path, progress: Progress) -> NDArray[Any]:
    if path.suffix.lower() == ".npy":
        with opened_raw(path, DatasetError, progress) as stream:
            size = path.stat().st_size
            beginning = stream.peek(MAX_HEADER)[:MAX_HEADER]
            _check_header(path, path.name, beginning, size, are_texts_passed=False)
            stream.seek(0)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                array: NDArray[Any] = npy.read_array(stream, allow_pickle=False)
            return array
    with opened_zip(path, DatasetError, progress) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        names = list(_shapes(path, archive))
        if len(names) != 1:
            raise DatasetError(
                path,
                QT_TRANSLATE_NOOP("core", "holds {count} arrays, not one"),
                count=len(names),
            )
        return _read_array(archive, names[0])


def _shapes(path: Path, archive: zipfile.ZipFile) -> dict[str, tuple[int, ...]]:
    """Of the arrays, by their names. Of those that are no plain numbers, texts are passed over."""
    members = [one for one in archive.infolist() if one.filename.endswith(".npy")][:MAX_MEMBERS]
    if sum(member.file_size for member in members) > MAX_BYTES:
        raise DatasetError(
            path,
            QT_TRANSLATE_NOOP(
                "core",
                "is too large: its arrays can take {most:,} bytes; save the pictures as uint8",
            ),
            most=MAX_BYTES,
        )
    shapes = {}
    for member in members:
        with archive.open(member) as stream:
            beginning = stream.read(MAX_HEADER)
        shape = _check_header(path, member.filename, beginning, member.file_size)
        if shape is not None:
            shapes[member.filename.removesuffix(".npy")] = shape
    return shapes


def _check_header(
    path: Path, name: str, content: bytes, file_size: int, *, are_texts_passed: bool = True
) -> tuple[int, ...] | None:
    """The shape of an array; None for a list of texts, as names of classes are, if these pass.

    NumPy takes as much memory as the header says, so what is no array of plain numbers, or not of
    the size that its shape needs, is refused.
    """
    beginning = io.BytesIO(content)
    try:
        # Later versions are for arrays of records, and their headers can be gigabytes long.
        if npy.read_magic(beginning) != (1, 0):
            raise UserError(QT_TRANSLATE_NOOP("core", "it is of an unknown version"))
        shape, _, dtype = npy.read_array_header_1_0(beginning)
        if are_texts_passed and dtype.kind in "US" and len(shape) == 1:
            return None
        if dtype.kind not in "biuf":
            raise UserError(
                QT_TRANSLATE_NOOP("core", "its numbers are of type {dtype}"), dtype=dtype
            )
        size = math.prod(shape) * dtype.itemsize
        if any(side < 0 for side in shape) or beginning.tell() + size != file_size:
            raise UserError(QT_TRANSLATE_NOOP("core", "its size does not fit its shape"))
    except Exception as fault:
        # NumPy reads a header as Python; what a broken one raises is anybody's guess.
        raise DatasetError(
            path,
            QT_TRANSLATE_NOOP("core", "{name} is not an array of numbers: {fault}"),
            name=name,
            fault=reason(fault),
        ) from fault
    return shape


def _read_array(archive: zipfile.ZipFile, name: str) -> NDArray[Any]:
    with archive.open(f"{name}.npy") as stream:
        array: NDArray[Any] = npy.read_array(stream, allow_pickle=False)
        return array
