"""What is said in a view: in the middle of one that is empty, and of what has happened."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from mnist_desktop.ui.look.fonts import control_height
from mnist_desktop.ui.look.theme import PLAIN, QUIET
from mnist_desktop.ui.session.texts import short
from mnist_desktop.ui.widgets.controls import named
from mnist_desktop.ui.widgets.layouts import hbox
from mnist_desktop.ui.widgets.plain_text import GivingLabel, PlainLabel, plain_tooltip

NEWS_MILLISECONDS = 10_000
"""So long it is news."""


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


class Notice(QWidget):
    """A line that tells what has happened, with what can be done about it. Hidden until told."""

    def __init__(self, *buttons: QPushButton) -> None:
        super().__init__()
        self._text = PlainLabel(wraps=True)
        self.setLayout(hbox((self._text, 1), *buttons))
        self._text.setMinimumHeight(control_height())
        self.hide()

    def tell(self, text: str, role: QPalette.ColorRole = PLAIN) -> None:
        """Say this, or nothing more."""
        self._text.setText(text)
        self._text.setForegroundRole(role)
        self.setVisible(bool(text))


class SavedNote(GivingLabel):
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
