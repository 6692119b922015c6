"""Which runs are being recorded right now, in whichever window.

A run lock is a locked file. The system undoes a lock when its process ends, however that ends; so,
unlike a process's number or the time it was last heard of, it is true after ``kill -9`` as well as
while a training has been paused for a day.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int, *, shared: bool) -> None:  # noqa: ARG001 - there is no other kind
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

    def _unlock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(handle: int, *, shared: bool) -> None:
        fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)

    def _unlock(handle: int) -> None:
        # Closing would not do while a process that was forked meanwhile has the file open.
        fcntl.flock(handle, fcntl.LOCK_UN)


class RunLock:
    """Held from when it is made until ``release`` or the end of the process.

    Args:
        path: of its file, whose folder is made if need be.

    Raises:
        OSError: the file cannot be made.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._handle: int | None = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        # Refused only by file systems without locks; two windows then take each other's runs for
        # interrupted ones.
        with suppress(OSError):
            _lock(self._handle, shared=False)

    def release(self) -> None:
        """Let go; a second time does nothing."""
        if self._handle is not None:
            with suppress(OSError):
                self._path.unlink(missing_ok=True)
            with suppress(OSError):
                _unlock(self._handle)
            os.close(self._handle)
            self._handle = None


def lock_path(library: Path, token: str) -> Path:
    """The file of the lock that a library knows by a token."""
    return library.with_name(f"{library.name}-locks") / token


def is_recorded(library: Path, token: object) -> bool:
    """Whether the lock of a run is held, by this process or another."""
    is_token = isinstance(token, str) and token.isascii() and token.isalnum()
    return is_token and is_held(lock_path(library, str(token)))


def is_held(path: Path) -> bool:
    """Whether a lock is held, by this process or another. What is left of one that is not goes."""
    try:
        handle = os.open(path, os.O_RDWR if sys.platform == "win32" else os.O_RDONLY)
    except OSError:
        return False
    try:
        _lock(handle, shared=True)
    except OSError:
        return True
    finally:
        os.close(handle)
    with suppress(OSError):
        path.unlink(missing_ok=True)
    return False
