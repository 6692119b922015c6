"""Collect garbage in the window's thread only."""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QObject, QTimer, Slot

INTERVAL_MILLISECONDS = 2000

SHARE = 0.001
"""Of the time, to look through all there is: after hours of work it takes a tenth of a second, in
which the window stands still. What is young is looked through at once."""


class GarbageCollector(QObject):
    """Takes the place of Python's own, which runs in whatever thread happens to make an object.

    A widget that is part of a cycle would then be destroyed outside the window's thread, which
    Qt does not survive.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._all_due = 0.0
        self._timer = QTimer(self, interval=INTERVAL_MILLISECONDS)
        self._timer.timeout.connect(self._collect)

    @Slot()
    def begin(self) -> None:
        """From now on look at what is made from now on.

        Importing torch makes half a million objects that stay. Looking through them again and
        again would hold up the window, and before this call would be a fifth of the import's time.
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
        now = time.monotonic()
        self._all_due = now + (now - began) / SHARE
