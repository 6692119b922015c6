"""Ten bars, one for the probability of each digit."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent
from PySide6.QtWidgets import QSizePolicy

from mnist_desktop.ink.strokes import DIGITS
from mnist_desktop.ui.widgets.class_bars import ClassBars
from mnist_desktop.ui.widgets.controls import named
from mnist_desktop.ui.widgets.plain_text import plain_tooltip

HIGHEST_ROW = 30
"""Pixels. Further apart, ten bars are no diagram any more."""


class ProbabilityBars(ClassBars):
    """Can be clicked where something is read.

    Signals:
        clicked(int): the bar of a digit was clicked.
    """

    clicked = Signal(int)

    decimals = 0
    can_be_marked = True

    def __init__(self) -> None:
        super().__init__()
        named(self, "probabilityBars", self.tr("Probability of each digit"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setMaximumHeight(10 * HIGHEST_ROW)
        self.show_digits(None)

    def show_digits(
        self, probabilities: NDArray[np.float64] | None, meant: str | None = None
    ) -> None:
        """Show the probabilities of other digits, (10,), or none; and which one is meant."""
        self.marked = DIGITS.index(meant) if meant and meant in DIGITS else None
        self.show_probabilities(probabilities, DIGITS)
        if self.marked is not None:
            said = self.tr("as you say {digit}").format(digit=meant)
            self.setAccessibleDescription(f"{said}, {self.accessibleDescription()}")
        cursors = Qt.CursorShape
        is_read = probabilities is not None
        self.setCursor(cursors.PointingHandCursor if is_read else cursors.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.probabilities is not None:
            self.clicked.emit(self._digit_at(event.position().y()))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            text = self.tr("It was a {digit}: click to say so")
            digit = self._digit_at(event.pos().y())
            is_read = self.probabilities is not None
            self.setToolTip(plain_tooltip(text.format(digit=digit) if is_read else ""))
        return super().event(event)

    def _digit_at(self, y: float) -> int:
        return min(max(int(10 * y / self.height()), 0), 9)

    def sizeHint(self) -> QSize:
        return QSize(280, 10 * 24)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 10 * 18)
