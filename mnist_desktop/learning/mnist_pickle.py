"""``mnist.pkl.gz``, the file the tutorial reads: a pickle of three pairs of arrays.

A pickle is a program. None is run here: whatever the pickle names must be one of the few names
that NumPy's arrays are pickled with, and each of these stands here for a plain record of what
was asked for. The arrays are then made from the records, as bytes of a known type.
"""

from __future__ import annotations

import io
import pickle
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.files import opened
from mnist_desktop.learning.arrays import array_from_bytes, split_from_arrays
from mnist_desktop.learning.splits import DatasetError, Splits
from mnist_desktop.progress import Cancelled, Progress, unwatched

MAX_BYTES = 8 * 2**30
"""Unpacked. A little gzip can hold any amount of nothing."""

NUMBERS = {f"{kind}{size}" for kind in "iuf" for size in (1, 2, 4, 8)} - {"f1"} | {"b1"}


def read_mnist_pickle(path: Path, progress: Progress = unwatched) -> Splits:
    """The three splits of a pickle ``((x, y), (x, y), (x, y))``, gzipped or not.

    Raises:
        DatasetError: the file is damaged, or would build anything but arrays.
    """
    with opened(path, DatasetError, progress) as stream:
        try:
            content = _ArrayUnpickler(_Limited(stream, MAX_BYTES)).load()
            pairs = [(_array(images), _array(labels)) for images, labels in content]
            train, validation, test = pairs
            stream.read(1)  # gzip checks its sum where it ends, which is behind the pickle
        except _ForbiddenError as fault:
            raise DatasetError(
                path,
                "was not opened: it is a pickle that would run {name}, and only arrays are allowed",
                name=fault,
            ) from fault
        except EOFError as fault:
            raise DatasetError(path, "is cut short; get a whole copy") from fault
        except (Cancelled, DatasetError, OSError, zlib.error):
            raise
        except MemoryError as fault:
            raise DatasetError(path, "is too large for this machine's memory") from fault
        except Exception as fault:
            # What a broken pickle raises is anybody's guess, and each guess means the same.
            raise DatasetError(
                path, "is not a pickle of three pairs of pictures and labels, as mnist.pkl.gz is"
            ) from fault
    return Splits(
        path.name,
        split_from_arrays(path, *train),
        split_from_arrays(path, *validation),
        split_from_arrays(path, *test),
    )


class _ForbiddenError(Exception):
    """The pickle names what no array needs."""


class _Array:
    """Stands for ``numpy.ndarray`` and for ``_reconstruct``, which makes one to be filled."""

    def __init__(self, *_: object) -> None:
        self.state: tuple[Any, ...] = ()

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        self.state = state


class _FromBuffer(_Array):
    """Stands for ``_frombuffer``, with which protocol 5 makes a whole array."""

    def __init__(self, content: bytes, dtype: _DType, shape: tuple[int, ...], order: str) -> None:
        super().__init__()
        self.state = (1, shape, dtype, order == "F", content)


class _DType:
    """Stands for ``numpy.dtype``."""

    def __init__(self, code: str | bytes, *_: object) -> None:
        self.code = _text(code)
        self.byte_order = "="

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        self.byte_order = _text(state[1]).replace("|", "=")

    def dtype(self) -> np.dtype[Any]:
        """The type meant, which must be one of numbers."""
        if self.code not in NUMBERS:
            raise ValueError(f"its numbers are of type {self.code}")
        return np.dtype(self.code).newbyteorder(self.byte_order)  # type: ignore[arg-type]


class _Bytes(bytes):
    """Stands for ``_codecs.encode``, with which protocols below 3 write bytes."""

    def __new__(cls, text: str, _encoding: str) -> _Bytes:
        return super().__new__(cls, text.encode("latin-1"))

    def __setstate__(self, _state: object) -> None:
        # Without this, a pickle could set attributes of the class itself.
        raise TypeError


def _text(value: str | bytes) -> str:
    return value if isinstance(value, str) else value.decode("ascii")


def _array(record: _Array) -> NDArray[Any]:
    """The array that a record describes."""
    _version, shape, dtype, fortran, content = record.state
    return array_from_bytes(content, dtype.dtype(), tuple(shape), fortran=bool(fortran))


_ALLOWED: dict[tuple[str, str], type] = {
    ("numpy", "ndarray"): _Array,
    ("numpy", "dtype"): _DType,
    ("numpy.core.multiarray", "_reconstruct"): _Array,
    ("numpy._core.multiarray", "_reconstruct"): _Array,
    ("numpy.core.numeric", "_frombuffer"): _FromBuffer,
    ("numpy._core.numeric", "_frombuffer"): _FromBuffer,
    ("_codecs", "encode"): _Bytes,
}


def _load_bytearray(unpickler: Any) -> None:
    """As bytes: the usual way fills as much memory with zeros as the file says, and then reads."""
    (size,) = struct.unpack("<Q", unpickler.read(8))
    unpickler.append(unpickler.read(size))


# The unpickler written in Python: the one in C makes a table as long as the highest number in
# the file says, so that ten bytes can fill the memory.
class _ArrayUnpickler(pickle._Unpickler):  # noqa: SLF001
    dispatch: ClassVar[dict[int, Callable[[Any], None]]] = {
        **pickle._Unpickler.dispatch,  # noqa: SLF001
        pickle.BYTEARRAY8[0]: _load_bytearray,
    }

    def __init__(self, stream: _Limited) -> None:
        # Python 2 wrote text and bytes as the same thing.
        super().__init__(stream, encoding="bytes")

    def find_class(self, module: str, name: str) -> type:
        try:
            return _ALLOWED[module, name]
        except KeyError:
            raise _ForbiddenError(f"{module}.{name}") from None


class _Limited:
    """A stream that ends with a ``MemoryError`` where there is too much of it."""

    def __init__(self, stream: io.BufferedIOBase, limit: int) -> None:
        self._stream = stream
        self._left = limit

    def read(self, size: int) -> bytes:
        return self._counted(self._stream.read(min(size, self._left + 1)))

    def readline(self) -> bytes:
        return self._counted(self._stream.readline(self._left + 1))

    def _counted(self, content: bytes) -> bytes:
        self._left -= len(content)
        if self._left < 0:
            raise MemoryError
        return content
