"""Reading files that may be anything, and writing files that nothing can leave half written."""

from __future__ import annotations

import io
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from lzma import LZMAError
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mnist_desktop.errors import FileError, UserError
from mnist_desktop.gunzip import OverLimitError, unzipped
from mnist_desktop.progress import Progress, unwatched
from mnist_desktop.texts import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

GZIP_MAGIC = b"\x1f\x8b"
BUFFER = 2**20

MAX_DIRECTORY = 2**20
"""Bytes of a zip archive's list of members: some 10,000 of them."""

PRIVATE = 0o600
"""The mode of files that hold what a person wrote: nobody else can read them."""


@contextmanager
def opened(
    path: Path,
    error: type[FileError] = FileError,
    progress: Progress = unwatched,
    limit: int | None = None,
) -> Iterator[io.BufferedIOBase]:
    """Open ``path`` for reading, unzipped where it is gzip, whatever it is called.

    Args:
        progress: called with the part of the file that has been read; may raise ``Cancelled``.
        limit: bytes that a gzip file may unpack to; a small one can hold any amount of nothing.
            Plain files have no limit but their size.

    An unzipped stream can be read from its beginning to its end only.

    Raises:
        FileError: of type ``error``, for all that can be wrong with a file as such, while it is
            opened or read: missing, unreadable, not a regular file, truncated or damaged gzip,
            too large for the memory or the limit.
    """
    with opened_raw(path, error, progress) as raw:
        if raw.peek(2)[:2] != GZIP_MAGIC:
            yield raw
            return
        try:
            yield unzipped(raw, limit)
        except OverLimitError as fault:
            raise error(
                path,
                QT_TRANSLATE_NOOP("core", "is too large: it unpacks to more than {most:,} bytes"),
                most=limit,
            ) from fault


@contextmanager
def opened_raw(
    path: Path, error: type[FileError] = FileError, progress: Progress = unwatched
) -> Iterator[io.BufferedReader[Any]]:
    """Open ``path`` for reading as it is, zipped or not.

    Raises:
        FileError: as ``opened`` does.
    """
    if is_folder(path):
        raise error(path, QT_TRANSLATE_NOOP("core", "is a folder; a file is needed"))
    try:
        with io.BufferedReader(_WatchedFile(path, progress), BUFFER) as stream:
            yield stream
    except _IrregularError as fault:
        raise error(path, QT_TRANSLATE_NOOP("core", "is not a regular file")) from fault
    except EOFError as fault:
        raise error(path, QT_TRANSLATE_NOOP("core", "is cut short; get a whole copy")) from fault
    except zlib.error as fault:
        raise error(
            path, QT_TRANSLATE_NOOP("core", "is damaged: its gzip data cannot be unpacked")
        ) from fault
    except FileNotFoundError as fault:
        raise error(
            path, QT_TRANSLATE_NOOP("core", "does not exist; it may have been moved or renamed")
        ) from fault
    except OSError as fault:
        raise error(
            path, QT_TRANSLATE_NOOP("core", "cannot be read: {reason}"), reason=reason(fault)
        ) from fault
    except MemoryError as fault:
        raise error(
            path, QT_TRANSLATE_NOOP("core", "is too large for this machine's memory")
        ) from fault


@contextmanager
def opened_zip(
    path: Path,
    error: type[FileError] = FileError,
    progress: Progress = unwatched,
    most_directory: int | None = None,
) -> Iterator[zipfile.ZipFile]:
    """Open a zip archive for reading.

    Args:
        most_directory: bytes of its list of members; ``MAX_DIRECTORY`` where nothing is said.

    Raises:
        FileError: of type ``error``, for what ``opened`` raises it for, and for all that can be
            wrong with an archive or a member of it.
    """
    with opened_raw(path, error, progress) as stream:
        try:
            # Making a table of all members of a hostile archive would fill the memory.
            end = zipfile._EndRecData(stream)  # type: ignore[attr-defined]  # noqa: SLF001
            if end is not None and end[5] > (most_directory or MAX_DIRECTORY):
                raise error(
                    path, QT_TRANSLATE_NOOP("core", "is too large: it holds too many files")
                )
            with zipfile.ZipFile(stream) as archive:
                yield archive
        except (zipfile.BadZipFile, zlib.error, LZMAError, EOFError) as fault:
            raise error(
                path, QT_TRANSLATE_NOOP("core", "is damaged or cut short; get a whole copy")
            ) from fault
        except (RuntimeError, ValueError, struct.error) as fault:
            raise error(
                path, QT_TRANSLATE_NOOP("core", "cannot be unpacked: {fault}"), fault=reason(fault)
            ) from fault


def is_folder(path: Path | os.DirEntry[str]) -> bool:
    """Whether there is a folder; no error where the system cannot even look for it."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def names_in(folder: Path, most: int | None = None) -> tuple[list[str], list[str]]:
    """The names of files and of folders in a folder, each in order; none of what cannot be read.

    Args:
        most: of more, any; None takes all.
    """
    files: list[str] = []
    folders: list[str] = []
    try:
        with os.scandir(folder) as entries:
            for entry in islice(entries, most):
                (folders if is_folder(entry) else files).append(entry.name)
    except OSError:
        return [], []
    return sorted(files), sorted(folders)


def is_file(path: Path) -> bool:
    """The same of a file."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def identity(path: Path) -> tuple[int, int] | None:
    """Which file or folder has this name now; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file so that, whatever happens, the old or the new content stands there whole.

    The content goes to a temporary file in the same folder, is flushed to the disk, and then
    takes the name. A link stays one, and what it leads to is replaced. A new file may be read by
    whom the system lets read new files, and a replaced one by whom it could be read before.

    Raises:
        FileError: the folder is missing or read-only, or the disk is full.
    """
    temporary = None
    try:
        target = Path(os.path.realpath(path))
        mode = _mode_of(target)
        temporary = target.with_name(f".{os.urandom(8).hex()}.part")
        # Made with its mode: so the system itself applies the process's umask, which cannot be
        # looked up without changing it for all threads.
        handle = os.open(temporary, _NEW_FILE, 0o666 if mode is None else mode)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        if mode is not None:
            with suppress(OSError):  # not every disk has modes; more than this nobody may as it is
                temporary.chmod(mode)
        temporary.replace(target)
    except _IrregularError as fault:
        raise FileError(
            path, QT_TRANSLATE_NOOP("core", "cannot be saved: it is not a regular file")
        ) from fault
    except (OSError, ValueError) as fault:
        raise FileError(
            path, QT_TRANSLATE_NOOP("core", "cannot be saved: {reason}"), reason=reason(fault)
        ) from fault
    finally:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def private_folder(path: Path) -> None:
    """Make a folder that nobody else can look into, if there is none yet.

    Raises:
        OSError: it cannot be made.
    """
    path.mkdir(mode=0o700, parents=True, exist_ok=True)


def private_opener(path: str, flags: int) -> int:
    """For ``open``: the file, which nobody else can read from then on."""
    handle = os.open(path, flags, PRIVATE)
    if hasattr(os, "fchmod"):  # Windows keeps a user's folders private
        os.fchmod(handle, PRIVATE)
    return handle


def reason(fault: Exception) -> str | UserError:
    """The system's own words for what went wrong; of ours the error, which can be translated."""
    if isinstance(fault, UserError):
        return fault
    return getattr(fault, "strerror", None) or str(fault) or type(fault).__name__


_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


class _IrregularError(Exception):
    """What has the name is a device, a pipe or the like."""


def _open_without_waiting(path: str, flags: int) -> int:
    """A pipe would be waited for until somebody writes to it."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))


class _WatchedFile(io.FileIO):
    """A regular file that reports how much of it has been read, whatever unpacks it."""

    def __init__(self, path: Path, progress: Progress) -> None:
        try:
            super().__init__(path, opener=_open_without_waiting)
        except ValueError as fault:  # the system could not even be asked for such a name
            raise FileNotFoundError(str(path)) from fault
        about = os.fstat(self.fileno())
        if not stat.S_ISREG(about.st_mode):
            self.close()
            raise _IrregularError
        self._progress = progress
        self._size = max(1, about.st_size)
        self._count = 0

    def readinto(self, buffer: WriteableBuffer, /) -> int | None:
        count = super().readinto(buffer)
        self._count += count or 0
        self._progress(min(1.0, self._count / self._size))
        return count


def _mode_of(path: Path) -> int | None:
    """The permissions of the file that is replaced; None where there is none."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(mode):
        raise _IrregularError
    return mode & 0o777
