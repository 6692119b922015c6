"""That a file has been written."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer, Slot

from mnist_desktop.ui.session.texts import short
from mnist_desktop.ui.widgets.plain_text import PlainLabel, plain_tooltip

NEWS_MILLISECONDS = 10_000
"""So long it is news."""


class SavedNote(PlainLabel):
    """Says so for a while; resting the pointer on it says where. Hidden at all other times."""

    def __init__(self) -> None:
        super().__init__()
        self.hide()
        self._long_ago = QTimer(self, interval=NEWS_MILLISECONDS, singleShot=True)
        self._long_ago.timeout.connect(self.hide)

    @Slot(object)
    def tell(self, path: Path) -> None:
        """Say it of this file."""
        self.setText(self.tr("Saved {name}.").format(name=short(path.name)))
        self.setToolTip(plain_tooltip(str(path.parent)))
        self.show()
        self._long_ago.start()
