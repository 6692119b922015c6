"""From ten scores to ten probabilities, step by step."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from mnist_desktop.ui.look.fonts import GRID, scaled, tabular
from mnist_desktop.ui.look.theme import current_theme
from mnist_desktop.ui.plots.figures import in_figures
from mnist_desktop.ui.session.network.network_lab import NetworkLab
from mnist_desktop.ui.session.texts import percent

ROW, COLUMN = 28, 150
"""Pixels: the height of one, and the most width of the other."""


class SoftmaxView(QWidget):
    """A row for each digit: its score, e to the power of that, and its share of the sum."""

    def __init__(self, lab: NetworkLab) -> None:
        super().__init__()
        self.setObjectName("softmaxView")
        self.setAccessibleName(self.tr("From scores to probabilities"))
        self.setFont(tabular(self.font()))
        self._lab = lab
        lab.changed.connect(self._update)
        self._update()

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """What is written: a head, ten digits, and the sum."""
        lab = self._lab
        head = [self.tr("digit"), self.tr("score")]
        if lab.temperature != 1:
            head.append(self.tr("÷ {temperature}").format(temperature=in_figures(lab.temperature)))
        if lab.support is not None:
            head.append(self.tr("+ how the pen went"))
        rows = [(*head, self.tr("e to that power"), self.tr("÷ sum = probability"))]
        if not lab.outputs:
            return rows
        scores = np.nan_to_num(lab.outputs[-1].astype(float))
        columns = [scores]
        if lab.temperature != 1:
            columns.append(columns[-1] / lab.temperature)
        if lab.support is not None:
            columns.append(columns[-1] + lab.support)
        with np.errstate(over="ignore"):
            powers = np.exp(columns[-1])
        for digit, share in enumerate(lab.probabilities):
            row = [f"{column[digit]:.2f}".replace("-", "−") for column in columns]
            shares = in_figures(powers[digit], 3), percent(float(share), 2)
            rows.append((str(digit), *row, *shares))
        blanks = [""] * (len(head) - 1)
        rows.append((self.tr("sum"), *blanks, in_figures(powers.sum(), 3), percent(1, 2)))
        return rows

    def sizeHint(self) -> QSize:
        return QSize(scaled(560), scaled(12 * ROW))

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(380), scaled(12 * ROW))

    def _update(self) -> None:
        self.setAccessibleDescription("; ".join(", ".join(row) for row in self.rows))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, rows, height = current_theme(), self.rows, scaled(ROW)
        first = scaled(56)
        width = min((self.width() - first) // (len(rows[0]) - 1), scaled(COLUMN))
        best = int(self._lab.probabilities.argmax()) + 1 if self._lab.outputs else -1
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        with QPainter(self) as painter:
            for number, row in enumerate(rows):
                is_quiet = number in {0, len(rows) - 1}
                painter.setPen(QColor(theme.quiet if is_quiet else theme.text))
                if number == best:
                    painter.setPen(QColor(theme.accent))
                top = number * height
                painter.drawText(
                    QRect(0, top, first, height), Qt.AlignmentFlag.AlignVCenter, row[0]
                )
                for column, text in enumerate(row[1:]):
                    place = QRect(first + column * width, top, width - GRID, height)
                    painter.drawText(place, right, text)
                if number in {0, len(rows) - 2}:
                    painter.setPen(QColor(theme.line))
                    end = first + (len(row) - 1) * width
                    painter.drawLine(0, top + height, end, top + height)
