"""A view that is up to date as long as somebody sees it."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget


class SeenView(QWidget):
    """Looks anew when it comes into sight; what happens while it is in sight it follows at once."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    @Slot()
    def _refresh_if_seen(self) -> None:
        """Something is another by now; out of sight that can wait."""
        if self.isVisible():
            self._refresh()

    @Slot()
    def _refresh(self) -> None:
        """Show what there is now."""
        raise NotImplementedError
