"""``.npz`` with ``x_train, y_train, x_test, y_test``, as Keras publishes MNIST."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from pathlib import Path
from typing import Any

from numpy.lib import format as npy
from numpy.typing import NDArray

from mnist_desktop.files import reading
from mnist_desktop.learning.arrays import array_from_bytes, split_from_arrays
from mnist_desktop.learning.splits import MAX_PICTURES, SIDE, DatasetError, Splits
from mnist_desktop.progress import Progress, unwatched

MAX_ARRAY_BYTES = MAX_PICTURES * SIDE * SIDE


def read_npz(path: Path, progress: Progress = unwatched) -> Splits:
    """The splits of an ``.npz``; its training pictures give training and validation.

    Raises:
        DatasetError: the file is damaged, an array is missing or is not one of plain numbers.
    """
    with reading(path, DatasetError, progress) as stream:
        try:
            with zipfile.ZipFile(stream) as archive:
                arrays = {
                    name: _read_array(path, archive, name)
                    for name in ("x_train", "y_train", "x_test", "y_test")
                }
        except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError) as fault:
            raise DatasetError(path, "is damaged or cut short; get a whole copy") from fault
        except (RuntimeError, NotImplementedError, ValueError, SyntaxError) as fault:
            raise DatasetError(path, "cannot be read: {fault}", fault=fault) from fault
    return Splits.from_official(
        path.name,
        split_from_arrays(path, arrays["x_train"], arrays["y_train"]),
        split_from_arrays(path, arrays["x_test"], arrays["y_test"]),
    )


def _read_array(path: Path, archive: zipfile.ZipFile, name: str) -> NDArray[Any]:
    """One array. NumPy's reader takes as much memory as the header says; this one what is there."""
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
    with archive.open(member) as stream:
        version = npy.read_magic(stream)
        read_header = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}
        if version not in read_header:
            raise ValueError(f"{name} has an unknown format version")
        shape, fortran, dtype = read_header[version](stream)
        return array_from_bytes(stream.read(MAX_ARRAY_BYTES), dtype, shape, fortran=fortran)
