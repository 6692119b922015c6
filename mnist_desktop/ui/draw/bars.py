"""Ten bars, one for the probability of each digit."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from mnist_desktop.ui.look.fonts import GRID, tabular
from mnist_desktop.ui.look.theme import current_theme
from mnist_desktop.ui.session.texts import percent
from mnist_desktop.ui.widgets.plain_text import plain_tooltip

HIGHEST_ROW = 30
"""Pixels. Further apart, ten bars are no diagram any more."""


class ProbabilityBars(QWidget):
    """Shows ten probabilities; the highest in the accent colour.

    Attributes:
        probabilities: (10,), 0 to 1; None where nothing is read.

    Signals:
        clicked(int): the bar of a digit was clicked.
    """

    clicked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("probabilityBars")
        self.setAccessibleName(self.tr("Probability of each digit"))
        self.setFont(tabular(self.font()))
        self.setMaximumHeight(10 * HIGHEST_ROW)
        self.probabilities: NDArray[np.float64] | None = None

    def show_probabilities(self, probabilities: NDArray[np.float64] | None) -> None:
        """Show others, or none."""
        self.probabilities = probabilities
        self.setAccessibleDescription(
            ""
            if probabilities is None
            else ", ".join(
                f"{digit}: {percent(share)}" for digit, share in enumerate(probabilities)
            )
        )
        self.setCursor(
            Qt.CursorShape.ArrowCursor
            if probabilities is None
            else Qt.CursorShape.PointingHandCursor
        )
        self.update()

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

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        probabilities = np.zeros(10) if self.probabilities is None else self.probabilities
        best = -1 if self.probabilities is None else int(probabilities.argmax())
        metrics = QFontMetricsF(self.font())
        label = metrics.horizontalAdvance("0") + 1.5 * GRID
        figure = metrics.horizontalAdvance(percent(1)) + GRID
        room = self.width() - label - figure
        step = self.height() / 10
        thickness = min(14.0, step * 0.6)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for digit, probability in enumerate(probabilities):
                row = QRectF(0, digit * step, self.width(), step)
                painter.setPen(QColor(theme.text if digit == best else theme.quiet))
                painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, str(digit))
                track = QRectF(label, row.center().y() - thickness / 2, room, thickness)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(_faded(theme.line, 0.5))
                painter.drawRoundedRect(track, 3, 3)
                painter.setBrush(QColor(theme.accent if digit == best else theme.quiet))
                if probability > 0.002:
                    track.setWidth(max(3.0, room * float(probability)))
                    painter.drawRoundedRect(track, 3, 3)
                if self.probabilities is not None and probability >= 0.005:
                    painter.setPen(QColor(theme.text if digit == best else theme.quiet))
                    painter.drawText(
                        row,
                        Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight,
                        percent(probability),
                    )


def _faded(colour: str, alpha: float) -> QColor:
    faded = QColor(colour)
    faded.setAlphaF(alpha)
    return faded
