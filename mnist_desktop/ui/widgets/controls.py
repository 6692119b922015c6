"""Small widgets and makers of widgets that several views use."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence, QPainter, QPaintEvent, QValidator
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QDoubleSpinBox,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QWidget,
)

from mnist_desktop.ui.look.fonts import heading_font, line_height, tabular
from mnist_desktop.ui.look.measures import PROGRESS
from mnist_desktop.ui.look.theme import QUIET
from mnist_desktop.ui.widgets.plain_text import PlainLabel

FRAME_MILLISECONDS = 40

TITLE_HEIGHT = 32
"""Pixels of a window's title, at the most."""

EXPONENT = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)[eE][+-]?\d{0,3}")
"""A number as 1e-3, or the beginning of one."""

Named = TypeVar("Named", bound=QObject)

KEY_TEXT = "keyText"
"""A property of an action: what its key does, where that is not what its text says."""


def named(one: Named, name: str, accessible: str = "") -> Named:
    """Give a control the name by which checks find it, and a widget the one that is read out."""
    one.setObjectName(name)
    if accessible and isinstance(one, QWidget):
        one.setAccessibleName(accessible)
    return one


def make_action(
    owner: QObject,
    text: str,
    slot: Callable[[], object],
    key: QKeySequence.StandardKey | str,
    name: str,
) -> QAction:
    """An action with its key, where there is one, and the name by which checks find it."""
    action = named(QAction(text, owner), name)
    action.setShortcut(key)
    # The signal brings whether the action is checked, which nobody asks.
    action.triggered.connect(lambda _checked=False: slot())
    return action


def push_button(text: str, name: str, slot: Callable[..., object]) -> QPushButton:
    """A button, what it does, and the name by which checks find it."""
    button = named(QPushButton(text), name)
    button.clicked.connect(slot)
    return button


def quiet_label(text: str, *, wraps: bool = False) -> PlainLabel:
    """A label that explains, in the quiet colour."""
    label = PlainLabel(text, wraps=wraps)
    label.setForegroundRole(QUIET)
    return label


def heading(text: str) -> PlainLabel:
    """The title of a part of a view."""
    label = PlainLabel(text)
    label.setFont(heading_font(label.font()))
    return label


class TickerLine(QWidget):
    """One line of text that may change many times a second.

    A ``QLabel`` has the whole window laid out and painted again for each new text.

    Attributes:
        text: what is shown.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setFont(tabular(self.font()))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.text = ""

    def show_text(self, text: str) -> None:
        """Show another text."""
        if text != self.text:
            self.text = text
            self.setAccessibleName(text)
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, line_height(self.font()) + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.drawText(
                self.rect(),
                Qt.AlignmentFlag.AlignVCenter,
                self.fontMetrics().elidedText(self.text, Qt.TextElideMode.ElideRight, self.width()),
            )


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


def whole_spin(name: str, low: int, high: int) -> QSpinBox:
    """A field for a whole number, with the name by which checks find it."""
    spin = named(QSpinBox(minimum=low, maximum=high), name)
    spin.setGroupSeparatorShown(True)
    return spin


class _ShortDecimalSpin(QDoubleSpinBox):
    """Shows 0.001 and not 0.001000, and takes 1e-3 and 0,001 for it, too.

    Left to itself it would drop what it does not know while one types: 1e-3 would become 13, and
    0,001 would be 1.
    """

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        point = self.locale().decimalPoint()
        if point not in text:
            text = text.replace(",", point, 1)
        number = self._number_in(text)
        if not EXPONENT.fullmatch(number):
            return super().validate(text, position)
        # What is too large or too small becomes the nearest that can be: else 1e-12, which is
        # refused at its last digit only, would be 0.1.
        is_whole = number[-1].isdecimal()  # and not 1e-, to which something will be added
        state = QValidator.State.Acceptable if is_whole else QValidator.State.Intermediate
        return state, text, position

    def valueFromText(self, text: str) -> float:
        number = self._number_in(text)
        return float(number) if EXPONENT.fullmatch(number) else super().valueFromText(text)

    def _number_in(self, text: str) -> str:
        """Without what stands around it, as the percent sign, and as Python writes it."""
        number = text.removeprefix(self.prefix()).removesuffix(self.suffix()).strip()
        return number.replace(self.locale().decimalPoint(), ".")

    def textFromValue(self, value: float) -> str:
        text = super().textFromValue(value)
        point = self.locale().decimalPoint()
        return text.rstrip("0").removesuffix(point) if point in text else text


def decimal_spin(name: str, low: float, high: float, *, decimals: int) -> QDoubleSpinBox:
    """A field for a number, which goes up and down by steps of its own size."""
    spin = named(_ShortDecimalSpin(decimals=decimals, minimum=low, maximum=high), name)
    spin.setStepType(QAbstractSpinBox.StepType.AdaptiveDecimalStepType)
    return spin


def room_on_screen(window: QWidget) -> int:
    """Pixels that a window can be high, below its title, on the screen where it is."""
    return window.screen().availableSize().height() - TITLE_HEIGHT
