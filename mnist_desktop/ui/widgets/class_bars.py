"""What a picture is read as: a bar for each class, with its name and probability."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mnist_desktop.ui.look.fonts import GRID, tabular
from mnist_desktop.ui.look.theme import current_theme
from mnist_desktop.ui.session.texts import percent

THICKEST = 14.0
"""Pixels of a bar."""
LONGEST_NAME = 0.4
"""Of the width; a longer name is cut short."""
MARK = "✓"
"""Behind the name of what somebody says it is, as on the canvas."""
LEAST_SEEN = 0.002
"""A smaller probability has no bar."""


class ClassBars(QWidget):
    """Ten bars, to be looked at only; the highest in the accent colour.

    Attributes:
        decimals: of a probability in per cent.
        can_be_marked: whether there is room for a mark behind a name.
        marked: the place of the class that somebody says it is; None where nobody does.
        probabilities: (10,), 0 to 1; None where nothing is read, and the bars are empty.
    """

    decimals = 1
    can_be_marked = False

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Probability of each class"))
        self.setFont(tabular(self.font()))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._names: Sequence[str] = ()
        self.probabilities: NDArray[np.floating] | None = None
        self.marked: int | None = None

    def show_probabilities(
        self, probabilities: NDArray[np.floating] | None, names: Sequence[str]
    ) -> None:
        """Show others, or none, of classes with these names."""
        self.probabilities, self._names = probabilities, names
        pairs = zip(names, () if probabilities is None else probabilities, strict=False)
        self.setAccessibleDescription(", ".join(f"{name}: {percent(one)}" for name, one in pairs))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, 10 * (self.fontMetrics().height() + 1))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, metrics = current_theme(), QFontMetricsF(self.font())
        count = len(self._names)
        shares = [0.0] * count if self.probabilities is None else self.probabilities.tolist()
        best = -1 if self.probabilities is None else int(self.probabilities.argmax())
        widest = max(map(metrics.horizontalAdvance, self._names), default=0.0)
        names = min(widest, LONGEST_NAME * self.width())
        mark = metrics.horizontalAdvance(MARK) + GRID / 2 if self.can_be_marked else 0.0
        label = names + mark + 1.5 * GRID
        room = self.width() - label - metrics.horizontalAdvance(percent(1, self.decimals)) - GRID
        step = self.height() / max(1, count)
        thickness = min(THICKEST, 0.6 * step)
        track_colour = QColor(theme.line)
        track_colour.setAlphaF(0.5)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for place, (name, share) in enumerate(zip(self._names, shares, strict=True)):
                row = QRectF(0, place * step, self.width(), step)
                is_best = place == best
                if place == self.marked:
                    painter.setPen(QColor(theme.accent))
                    there = row.adjusted(names + GRID / 2, 0, 0, 0)
                    painter.drawText(there, Qt.AlignmentFlag.AlignVCenter, MARK)
                painter.setPen(QColor(theme.text if is_best else theme.quiet))
                shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, names + GRID / 2)
                painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, shown)
                if share >= 0.005 / 10**self.decimals:
                    right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
                    painter.drawText(row, right, percent(share, self.decimals))
                bar = QRectF(label, row.center().y() - thickness / 2, room, thickness)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(track_colour)
                painter.drawRoundedRect(bar, 3, 3)
                if share > LEAST_SEEN:
                    painter.setBrush(QColor(theme.accent if is_best else theme.quiet))
                    bar.setWidth(max(3.0, room * share))
                    painter.drawRoundedRect(bar, 3, 3)
