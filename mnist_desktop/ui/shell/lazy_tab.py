"""A tab that is built after the window is there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QScrollArea, QWidget


class LazyTab(QScrollArea):
    """Makes its contents when it is first shown, or when ``build`` is called before that.

    They fill it; where they need more than there is, as with large texts on a small screen, it
    scrolls.
    """

    def __init__(self, make: Callable[[], QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent, widgetResizable=True)
        self._make: Callable[[], QWidget] | None = make

    def build(self) -> None:
        """Make the contents, if they are not there yet."""
        make, self._make = self._make, None
        if make is not None:
            self.setWidget(make())

    def showEvent(self, event: QShowEvent) -> None:
        self.build()
        super().showEvent(event)
