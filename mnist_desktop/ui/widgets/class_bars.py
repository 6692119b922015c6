"""What a picture is read as: a line for each class, with its name and probability."""

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

THICKNESS = 6
LONGEST_NAME = 0.4
"""Of the width; a longer name is cut short."""


class ClassBars(QWidget):
    """Ten thin bars, to be looked at only; the highest in the accent colour.

    Attributes:
        probabilities: (10,), 0 to 1; None where nothing is read.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Probability of each class"))
        self.setFont(tabular(self.font()))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._names: Sequence[str] = ()
        self.probabilities: NDArray[np.float32] | None = None

    def show_probabilities(
        self, probabilities: NDArray[np.float32] | None, names: Sequence[str]
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
        if self.probabilities is None:
            return
        theme, metrics = current_theme(), QFontMetricsF(self.font())
        widest = max(map(metrics.horizontalAdvance, self._names))
        label = min(widest, LONGEST_NAME * self.width()) + GRID
        room = self.width() - label - metrics.horizontalAdvance(percent(1, 1)) - GRID
        step = self.height() / len(self._names)
        best = int(self.probabilities.argmax())
        with QPainter(self) as painter:
            for place, (name, share) in enumerate(
                zip(self._names, self.probabilities, strict=True)
            ):
                row = QRectF(0, place * step, self.width(), step)
                is_best = place == best
                painter.setPen(QColor(theme.text if is_best else theme.quiet))
                shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, label - GRID)
                painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, shown)
                right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
                painter.drawText(row, right, percent(float(share), 1))
                bar = QRectF(label, row.center().y() - THICKNESS / 2, room, THICKNESS)
                painter.fillRect(bar, QColor(theme.line))
                bar.setWidth(room * float(share))
                painter.fillRect(bar, QColor(theme.accent if is_best else theme.quiet))
