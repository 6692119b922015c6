"""Import torch in a thread without holding up the others."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import sys
from contextlib import suppress
from pathlib import Path


def import_torch() -> None:
    """Import torch and the training's modules.

    An import holds Python's global lock while the system loads a library, and torch's largest
    takes a quarter of a second, in which the window would stand still. A foreign function gives
    the lock away, so the library is loaded through one; the import then finds it loaded.
    """
    if sys.platform != "win32" and "torch" not in sys.modules:
        with suppress(OSError, AttributeError):
            _load_without_lock(
                "libtorch_cpu.dylib" if sys.platform == "darwin" else "libtorch_cpu.so"
            )
    import mnist_desktop.learning.threads
    import mnist_desktop.learning.training  # noqa: F401


def _load_without_lock(name: str) -> None:
    torch = importlib.util.find_spec("torch")
    if torch is None or torch.origin is None:
        return
    load = ctypes.CDLL(None).dlopen
    load.argtypes = [ctypes.c_char_p, ctypes.c_int]
    load.restype = ctypes.c_void_p
    load(os.fsencode(Path(torch.origin).parent / "lib" / name), os.RTLD_NOW)
