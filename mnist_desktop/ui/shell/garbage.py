"""Collect garbage in the window's thread only, and give its memory back."""

from __future__ import annotations

import ctypes
import gc
import sys
import time
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Slot

INTERVAL_MILLISECONDS = 2000

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8
"""Of glibc's mallopt."""

MALLOC_SETTINGS = {
    M_ARENA_MAX: 2,
    M_MMAP_THRESHOLD: 16 * 2**20,
    M_TRIM_THRESHOLD: 64 * 2**20,
}
"""Heaps, of which each thread has one, and each keeps what it has freed to itself; bytes from which
on something is no part of a heap, and goes back to the system when it is freed, which takes longer;
and bytes at a heap's end that are kept for the next one."""

SHARE = 0.001
"""Of the time, to look through all there is, and to give back what is free: after hours of work
the one takes a tenth of a second, the other a hundredth, in which the window stands still. What is
young is looked through at once."""


class GarbageCollector(QObject):
    """Takes the place of Python's own, which runs in whatever thread happens to make an object.

    A widget that is part of a cycle would then be destroyed outside the window's thread, which
    Qt does not survive.

    What is free goes back to the system. Pictures and models that were looked at and are
    gone leave holes, which the C library (glibc) keeps: 400 MB after some minutes. Fewer holes come
    to be where threads share what they have freed, and what is large is no part of that.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._look_through = _Seldom(gc.collect)
        self._give_back = _Seldom(partial(_c_function("malloc_trim"), 0))
        for setting, value in MALLOC_SETTINGS.items():
            _c_function("mallopt")(setting, value)
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
        if not self._look_through.if_due():
            gc.collect(1)
        self._give_back.if_due()


class _Seldom:
    """Work that is done in ``SHARE`` of the time."""

    def __init__(self, work: Callable[[], object]) -> None:
        self._work = work
        self._due = 0.0

    def if_due(self) -> bool:
        """Do it, unless it was done so short a time ago; whether it has been done."""
        began = time.monotonic()
        if began < self._due:
            return False
        self._work()
        now = time.monotonic()
        self._due = now + (now - began) / SHARE
        return True


def _c_function(name: str) -> Callable[..., object]:
    """One of glibc's; elsewhere something that does nothing."""
    library = ctypes.CDLL(None) if sys.platform == "linux" else None
    return getattr(library, name, lambda *_: None)
