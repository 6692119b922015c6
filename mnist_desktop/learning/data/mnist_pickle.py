"""Pickles of pictures and labels: ``mnist.pkl.gz``, which the tutorial reads, and its kin.

That file holds three pairs of arrays. Others have two pairs, four arrays, or dicts of them.

A pickle is a program. This one is looked through first (``pickles``), and then may name only what
NumPy's arrays are pickled with. Each of these names stands here for a plain record of what was
asked for; the arrays are made from the records, as bytes of a known type.
"""

from __future__ import annotations

import math
import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.files import opened
from mnist_desktop.learning.data.arrays import split_from_arrays
from mnist_desktop.learning.data.dataset_parts import assembled
from mnist_desktop.learning.data.named_arrays import pairs_of
from mnist_desktop.learning.data.pickles import ForbiddenNameError, check_pickle
from mnist_desktop.learning.data.splits import MAX_BYTES, DatasetError, Splits
from mnist_desktop.progress import Cancelled, Progress, share_of, unwatched
from mnist_desktop.texts import QT_TRANSLATE_NOOP

MAX_DEPTH, MAX_PARTS = 4, 10
"""Of tuples, lists and dicts in one another, and what one of the first two can hold."""

NUMBERS = {f"{kind}{size}" for kind in "iuf" for size in (1, 2, 4, 8)} - {"f1"} | {"b1"}


def read_mnist_pickle(path: Path, progress: Progress = unwatched) -> Splits:
    """The splits of a pickle ``((x, y), (x, y), (x, y))``, of two such pairs, or of a dict with
    arrays by names that ``pairs_of`` knows, gzipped or not.

    Raises:
        DatasetError: the file is damaged, or would build anything but arrays.
    """
    try:
        # Read twice, so that no second copy of all of it is in memory.
        with opened(path, DatasetError, share_of(progress, 0, 2), MAX_BYTES) as stream:
            check_pickle(stream)
        with opened(path, DatasetError, share_of(progress, 1, 2), MAX_BYTES) as stream:
            # Python 2 wrote text and bytes as the same thing.
            content = _ArrayUnpickler(stream, encoding="bytes").load()
            stream.read(1)  # gzip checks its sum where it ends, which is behind the pickle
        arrays = {name: _array(record) for name, record in _records(content)}
        if not arrays:
            raise ValueError("nothing but notes")
    except (Cancelled, DatasetError):
        raise
    except ForbiddenNameError as fault:
        raise DatasetError(
            path,
            QT_TRANSLATE_NOOP(
                "core",
                "was not opened: it is a pickle that would run {name}, and only arrays are allowed",
            ),
            name=fault,
        ) from fault
    except MemoryError as fault:
        raise DatasetError(
            path, QT_TRANSLATE_NOOP("core", "is too large for this machine's memory")
        ) from fault
    except Exception as fault:
        # What a broken pickle raises is anybody's guess, and each guess means the same.
        raise DatasetError(
            path,
            QT_TRANSLATE_NOOP(
                "core",
                "is not a pickle of arrays of pictures and labels: in pairs, as mnist.pkl.gz has "
                "them, or by names in a dict",
            ),
        ) from fault
    pairs = pairs_of(path, {name: array.shape for name, array in arrays.items()})
    parts = {
        part: split_from_arrays(path, arrays[pictures], arrays[labels])
        for part, (pictures, labels) in pairs.items()
    }
    return assembled(path, parts)


def _records(content: object, name: str = "", depth: int = 0) -> Iterator[tuple[str, object]]:
    """All that is in tuples, lists and dicts, by the names and places that lead to it."""
    if depth > MAX_DEPTH:
        raise ValueError("too deep")
    match content:
        case dict():
            parts = [(_text(key), value) for key, value in content.items()]
        case list() | tuple():
            if len(content) > MAX_PARTS:
                raise ValueError("a list of something else")
            parts = [(str(place), value) for place, value in enumerate(content)]
        case str() | bytes() | int() | float() | None if depth > 0:
            return  # what somebody has noted beside the arrays
        case _:
            yield name, content
            return
    for part, value in parts:
        yield from _records(value, f"{name}/{part}".lstrip("/"), depth + 1)


class _Record:
    """Stands for an object of NumPy's: what it was asked for with, and what it was filled with."""

    def __init__(self, *arguments: Any) -> None:
        self.arguments = arguments
        self.state: Any = None

    # Without it, a pickle could set attributes, also of the class.
    def __setstate__(self, state: Any) -> None:
        self.state = state


class _Array(_Record):
    """``ndarray``, and ``_reconstruct``, which makes one to be filled."""


class _FilledArray(_Record):
    """``_frombuffer``, with which protocol 5 makes a whole array."""


class _DType(_Record):
    """``dtype``."""


class _Bytes(_Record):
    """``encode``, with which protocols below 3 write bytes."""


_ALLOWED = {
    "numpy.ndarray": _Array,
    "numpy.dtype": _DType,
    "numpy.core.multiarray._reconstruct": _Array,
    "numpy._core.multiarray._reconstruct": _Array,
    "numpy.core.numeric._frombuffer": _FilledArray,
    "numpy._core.numeric._frombuffer": _FilledArray,
    "_codecs.encode": _Bytes,
}


class _ArrayUnpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> type:
        full_name = f"{module}.{name}"
        if full_name not in _ALLOWED:
            raise ForbiddenNameError(full_name)
        return _ALLOWED[full_name]


def _array(record: object) -> NDArray[Any]:
    """The array that a record describes, read-only."""
    match record:
        case _Array(state=(_, [*shape], _DType() as dtype, fortran, content)):
            pass
        case _FilledArray(arguments=(content, _DType() as dtype, [*shape], order)):
            fortran = order == "F"
        case _:
            raise ValueError("not an array")
    if isinstance(content, _Bytes):
        content = content.arguments[0].encode("latin-1")
    numbers = _dtype(dtype)
    if not all(isinstance(side, int) for side in shape):
        raise ValueError("a shape that is none")
    if math.prod(shape) * numbers.itemsize != len(content):
        raise ValueError("not as many bytes as the shape needs")
    return np.frombuffer(content, numbers).reshape(shape, order="F" if fortran else "C")


def _dtype(record: _DType) -> np.dtype[Any]:
    """The type meant, which must be one of numbers."""
    code = _text(record.arguments[0])
    if code not in NUMBERS:
        raise ValueError(f"its numbers are of type {code}")
    order = _text(record.state[1]) if record.state else "|"
    return np.dtype(code).newbyteorder(order)  # type: ignore[arg-type]


def _text(value: str | bytes) -> str:
    return value if isinstance(value, str) else value.decode("ascii")
