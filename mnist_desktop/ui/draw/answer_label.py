"""The answer, as large as there is room for."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QFont, QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from mnist_desktop.ui.look.fonts import scaled, tabular
from mnist_desktop.ui.widgets.plain_text import PlainLabel

HEIGHT = 104
LARGEST = 96
"""Pixels: the font's size where there is room for it."""


class AnswerLabel(PlainLabel):
    """Text that shrinks until its lines fit."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("answerLabel")
        self.setAccessibleName(self.tr("Answer"))
        self.setFixedHeight(scaled(HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._fit()

    def show_text(self, text: str) -> None:
        """Show another text."""
        if text != self.text():
            self.setText(text)
            self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, scaled(HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:  # takes the font back to the first one
            self._fit()

    def _fit(self) -> None:
        font = _font_of(self.font(), LARGEST)
        lines, metrics = self.text().split("\n"), QFontMetricsF(font)
        width = max(map(metrics.horizontalAdvance, lines))
        # A single line may be cut off where no digit reaches, above and below.
        height = metrics.lineSpacing() * len(lines) if len(lines) > 1 else 0.0
        too_large = max(width / max(1, self.width()), height / self.height())
        if too_large > 1:
            font = _font_of(font, max(1, int(LARGEST / too_large)))
        self.setFont(font)


def _font_of(font: QFont, pixels: int) -> QFont:
    large = tabular(font)
    large.setPixelSize(pixels)
    large.setWeight(QFont.Weight.DemiBold)
    return large
