"""What is said in the middle of a view that has nothing to show."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from mnist_desktop.ui.look.theme import QUIET
from mnist_desktop.ui.widgets.controls import named
from mnist_desktop.ui.widgets.plain_text import PlainLabel


class Hint(PlainLabel):
    """What to do, or what is waited for. The mouse goes through to what lies below it."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text, wraps=True)
        self.setForegroundRole(QUIET)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        if not text:
            self.hide()  # or what it lies on would be painted with it each time

    def say(self, text: str) -> None:
        """Say this, or nothing any more."""
        if text != self.text():
            self.setText(text)
            self.setVisible(bool(text))


class HintOr(QStackedWidget):
    """A hint, or in its place the contents.

    Args:
        name: of the hint, for checks.
    """

    def __init__(self, contents: QWidget, name: str) -> None:
        super().__init__()
        self._hint = named(Hint(), name)
        self.addWidget(self._hint)
        self.addWidget(contents)

    def say(self, hint: str) -> None:
        """Show a hint, or with none the contents."""
        if hint:
            self._hint.setText(hint)
        self.setCurrentIndex(0 if hint else 1)
