"""How far something is."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QProgressBar

from mnist_desktop.ui.look.measures import PROGRESS
from mnist_desktop.ui.widgets.controls import named

FRAME_MILLISECONDS = 40


class ProgressBar(QProgressBar):
    """A thin bar, without a text. Along it something runs while nobody knows how far it is."""

    def __init__(self, name: str) -> None:
        super().__init__(textVisible=False)
        named(self, name)
        self.setFixedHeight(PROGRESS)
        self._next = QTimer(self, interval=FRAME_MILLISECONDS, singleShot=True)
        self._next.timeout.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.minimum() == self.maximum():
            self._next.start()
