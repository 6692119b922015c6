"""Collect garbage in the window's thread only, and give its memory back."""

from __future__ import annotations

import ctypes
import gc
import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

INTERVAL_MILLISECONDS = 2000

SHARE = 0.001
"""Of the time, to look through all there is: after hours of work it takes a tenth of a second, in
which the window stands still. What is young is looked through at once."""


class GarbageCollector(QObject):
    """Takes the place of Python's own, which runs in whatever thread happens to make an object.

    A widget that is part of a cycle would then be destroyed outside the window's thread, which
    Qt does not survive.

    What is free by then goes back to the system. Pictures and models that were looked at and are
    gone leave holes, which the C library (glibc) keeps: 100 MB after some minutes. It takes some
    milliseconds.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._give_back = _malloc_trim()
        self._all_due = 0.0
        self._timer = QTimer(self, interval=INTERVAL_MILLISECONDS)
        self._timer.timeout.connect(self._collect)

    @Slot()
    def begin(self) -> None:
        """From now on look at what is made from now on.

        Imports make half a million objects that stay, most of them torch's. Looking through them
        again and again would hold up the window, and before this call would be a fifth of the
        import's time.
        """
        gc.freeze()
        self._timer.start()

    @Slot()
    def _collect(self) -> None:
        began = time.monotonic()
        if began < self._all_due:
            gc.collect(1)
            return
        gc.collect()
        self._give_back(0)
        now = time.monotonic()
        self._all_due = now + (now - began) / SHARE


def _malloc_trim() -> Callable[[int], object]:
    """That of the C library; elsewhere something that does nothing."""
    library = ctypes.CDLL(None) if sys.platform == "linux" else None
    return getattr(library, "malloc_trim", bool)
