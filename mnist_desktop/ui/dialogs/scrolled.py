"""A dialog to read in, which scrolls where the window is small."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from mnist_desktop.ui.look.fonts import scaled
from mnist_desktop.ui.widgets.controls import named
from mnist_desktop.ui.widgets.layouts import scrolling

AROUND = QSize(56, 88)
"""What margins, a scroll bar and the button take."""

SMALLER = QSize(96, 96)
"""Than the window, at least."""


class ScrolledDialog(QDialog):
    """Once closed it is gone.

    Args:
        name: by which checks find it.
    """

    def __init__(self, window: QWidget, name: str) -> None:
        super().__init__(window)
        self._window = window
        named(self, name)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    @property
    def room(self) -> QSize:
        """For the contents; what takes more scrolls."""
        return self._window.size() - SMALLER - self._around

    @property
    def _around(self) -> QSize:
        return QSize(scaled(AROUND.width()), scaled(AROUND.height()))

    def show_contents(self, contents: QWidget, width: int = 0) -> QDialogButtonBox:
        """Put in what is to be read, above the buttons.

        Args:
            width: for what could be of any, as texts that wrap; 0 for as much as they ask for.
        """
        self._contents, self._width = contents, width
        area = scrolling(contents)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(area, 1)
        layout.addWidget(close)
        self.fit()
        return close

    def fit(self) -> None:
        """Be as large as the contents are, if there is room."""
        hint, width = self._contents.sizeHint(), self._width
        wanted = QSize(width, self._contents.heightForWidth(width)) if width else hint
        self.resize(wanted.boundedTo(self.room) + self._around)
