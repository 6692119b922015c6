"""Which runs are being recorded right now, in whichever window.

A claim is a locked file beside the library. The system undoes a lock when its process ends, however
that ends; so, unlike a process's number or the time it was last heard of, a claim is true after
``kill -9`` as well as while a training has been paused for a day.
"""

from __future__ import annotations

import os
import secrets
import sys
from contextlib import suppress
from pathlib import Path

from mnist_desktop.files import reason
from mnist_desktop.library.database import LibraryError

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


class Claim:
    """Held from when it is made until ``release`` or the end of the process.

    Attributes:
        token: no other claim has the same.

    Raises:
        LibraryError: its file cannot be made.
    """

    def __init__(self, library: Path) -> None:
        self.token = secrets.token_hex(8)
        self._path = _path(library, self.token)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._handle: int | None = os.open(self._path, os.O_RDWR | os.O_CREAT)
        except OSError as fault:
            raise LibraryError(
                library, "cannot be written: {reason}", reason=reason(fault)
            ) from fault
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


def is_held(library: Path, token: str | None) -> bool:
    """Whether a claim is held, by this process or another."""
    if not token or not token.isalnum():
        return False
    path = _path(library, token)
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


def _path(library: Path, token: str) -> Path:
    return library.with_name(f"{library.name}-claims") / token
