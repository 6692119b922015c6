"""Reading files that may be anything, and writing files that nothing can leave half written."""

from __future__ import annotations

import gzip
import io
import os
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from mnist_desktop.errors import FileError
from mnist_desktop.progress import Progress, unwatched

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

GZIP_MAGIC = b"\x1f\x8b"
BUFFER = 2**20


@contextmanager
def reading(
    path: Path, error: type[FileError] = FileError, progress: Progress = unwatched
) -> Iterator[io.BufferedIOBase]:
    """Open ``path`` for reading, unzipped where it is gzip, whatever it is called.

    Raises:
        FileError: of type ``error``, for all that can be wrong with a file as such, while it is
            opened or read: missing, unreadable, not a regular file, truncated or damaged gzip,
            too large for the memory.
    """
    if is_folder(path):
        raise error(path, "is a folder; a file is needed")
    try:
        if path.exists() and not path.is_file():
            raise error(path, "is not a regular file")
        with io.BufferedReader(_WatchedFile(path, progress), BUFFER) as raw:
            if raw.peek(2)[:2] == GZIP_MAGIC:
                with gzip.GzipFile(fileobj=raw) as unzipped:
                    yield unzipped
            else:
                yield raw
    except EOFError as fault:
        raise error(path, "is cut short: its gzip data ends too early; get a whole copy") from fault
    except (gzip.BadGzipFile, zlib.error) as fault:
        raise error(path, "is damaged: its gzip data cannot be unpacked") from fault
    except FileNotFoundError as fault:
        raise error(path, "does not exist") from fault
    except OSError as fault:
        raise error(path, "cannot be read: {reason}", reason=reason(fault)) from fault
    except MemoryError as fault:
        raise error(path, "is too large for this machine's memory") from fault


def is_folder(path: Path) -> bool:
    """Whether there is a folder; no error where the system cannot even look for it."""
    try:
        return path.is_dir()
    except OSError:
        return False


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file so that, whatever happens, the old or the new content stands there whole.

    The content goes to a temporary file in the same folder, is flushed to the disk, and then
    takes the name.

    Raises:
        FileError: the folder is missing or read-only, or the disk is full.
    """
    temporary = None
    try:
        handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(_permissions(path))
        temporary.replace(path)
    except OSError as fault:
        raise FileError(path, "cannot be saved: {reason}", reason=reason(fault)) from fault
    finally:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def reason(fault: OSError) -> str:
    """The system's own words for what went wrong."""
    return fault.strerror or str(fault) or type(fault).__name__


class _WatchedFile(io.FileIO):
    """A file that reports how much of it has been read, whatever unpacks it."""

    def __init__(self, path: Path, progress: Progress) -> None:
        super().__init__(path)
        self._progress = progress
        self._size = max(1, os.fstat(self.fileno()).st_size)

    def readinto(self, buffer: WriteableBuffer, /) -> int | None:
        count = super().readinto(buffer)
        self._progress(min(1.0, self.tell() / self._size))
        return count


def _permissions(path: Path) -> int:
    """Those of the file that is replaced; for a new one, what the process's umask allows.

    ``mkstemp`` makes files that only their owner can read.
    """
    if path.exists():
        return path.stat().st_mode & 0o777
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask
