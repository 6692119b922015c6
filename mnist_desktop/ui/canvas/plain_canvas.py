"""A canvas beside something else."""

from __future__ import annotations

from PySide6.QtGui import QKeyEvent

from mnist_desktop.ui.canvas.canvas import Canvas
from mnist_desktop.ui.canvas.digit_boxes import DigitBox


class PlainCanvas(Canvas):
    """Frames nothing that is read, and takes no keys: here nothing is put right."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()

    def _framed(self) -> list[DigitBox]:
        return []
