"""A tab that is built after the window is there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget


class LazyTab(QWidget):
    """Makes its contents when it is first shown, or when ``build`` is called before that."""

    def __init__(self, make: Callable[[], QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._make: Callable[[], QWidget] | None = make
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)

    def build(self) -> None:
        """Make the contents, if they are not there yet."""
        layout, make = self.layout(), self._make
        if make is not None and layout is not None:
            self._make = None
            layout.addWidget(make())

    def showEvent(self, event: QShowEvent) -> None:
        self.build()
        super().showEvent(event)
