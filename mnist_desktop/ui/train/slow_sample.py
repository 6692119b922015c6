"""A few pictures of a batch, and what the network says of them."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from mnist_desktop.ink import SIDE
from mnist_desktop.learning.settings.config import NO_DIGIT
from mnist_desktop.learning.train.events import Sample
from mnist_desktop.ui.look.fonts import GRID, line_height, tabular
from mnist_desktop.ui.look.theme import current_theme
from mnist_desktop.ui.session.data.specimen import Specimen
from mnist_desktop.ui.session.texts import percent
from mnist_desktop.ui.widgets.pictures import to_picture

COLUMNS = 8
LARGEST = 5 * SIDE
"""Screen pixels for the side of a picture."""


class Answer(NamedTuple):
    """What a picture is, and what the network says.

    Attributes:
        truth, said: in words.
        is_wrong: another digit than it is.
    """

    truth: str
    said: str
    is_wrong: bool


class SampleRow(QWidget):
    """One picture beside the other, as large as there is room for; the wrong ones have a mark and
    a colour. Arrow keys and clicks choose one.

    Attributes:
        answers: what stands below the pictures.

    Signals:
        chosen(): another one, or another picture in its place.
        clicked(): with the left button, on the one that is chosen.
    """

    chosen = Signal()
    clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("batchSample")
        self.setFont(tabular(self.font()))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._pictures: NDArray[np.uint8] = np.zeros((0, SIDE, SIDE), dtype=np.uint8)
        self._labels: list[int] = []
        self.answers: list[Answer] = []
        self._current = 0
        self.show_sample(None)

    def show_sample(self, sample: Sample | None) -> None:
        """Show another, or none."""
        self.answers = []
        if sample is not None:
            self._pictures, self._labels = sample.pictures, sample.labels.tolist()
            pairs = zip(self._labels, sample.probabilities, strict=True)
            self.answers = [self._answer(label, shares) for label, shares in pairs]
        told = "; ".join(f"{answer.truth}, {answer.said}" for answer in self.answers)
        self.setAccessibleName(self.tr("Pictures of the batch"))
        self.setAccessibleDescription(told)
        policy = Qt.FocusPolicy
        self.setFocusPolicy(policy.StrongFocus if self.answers else policy.NoFocus)
        self._choose(min(self._current, max(0, len(self.answers) - 1)))

    @property
    def specimen(self) -> Specimen | None:
        """The picture that is chosen, distorted as the network was given it; None without any."""
        if not self.answers:
            return None
        label = self._labels[self._current]
        said = self.tr("no digit") if label == NO_DIGIT else str(label)
        return Specimen(self._pictures[self._current], said)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in steps and self.answers:
            wanted = self._current + steps[Qt.Key(event.key())]
            self._choose(min(max(wanted, 0), len(self.answers) - 1))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = int(event.position().x() * COLUMNS / max(1, self.width()))
        if number < len(self.answers):
            self._choose(number)
            if event.button() == Qt.MouseButton.LeftButton:
                self.clicked.emit()

    def _choose(self, number: int) -> None:
        self._current = number
        self.update()
        self.chosen.emit()

    def _answer(self, label: int, probabilities: NDArray[np.float32]) -> Answer:
        said, share = int(probabilities.argmax()), float(probabilities.max())
        surety = percent(share) if math.isfinite(share) else "?"
        if label == NO_DIGIT:
            return Answer(self.tr("no digit"), f"{said}  {surety}", is_wrong=False)
        truth = self.tr("is {digit}").format(digit=label)
        mark = "✓" if said == label else "✗"
        return Answer(truth, f"{mark} {said}  {surety}", is_wrong=said != label)

    def sizeHint(self) -> QSize:
        return QSize(COLUMNS * (2 * SIDE + GRID), LARGEST + self._height_of_text)

    def minimumSizeHint(self) -> QSize:
        return QSize(COLUMNS * (SIDE + GRID), SIDE + self._height_of_text)

    @property
    def _height_of_text(self) -> int:
        return 2 * line_height(self.font()) + GRID // 2

    @property
    def _side(self) -> int:
        """Of a picture: whole pixels for each of its own, where that is not too small."""
        room = min(self.width() // COLUMNS - GRID, self.height() - self._height_of_text, LARGEST)
        return room // SIDE * SIDE if room >= 2 * SIDE else room

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, side = current_theme(), self._side
        step = self.width() / COLUMNS
        line = line_height(self.font())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, side % SIDE > 0)
            for number, answer in enumerate(self.answers):
                left = round(number * step)
                place = QRect(left, 0, side, side)
                painter.drawImage(place, to_picture(self._pictures[number], theme))
                painter.setPen(QColor(theme.error if answer.is_wrong else theme.border))
                painter.drawRect(place.adjusted(0, 0, -1, -1))
                if number == self._current and self.hasFocus():
                    painter.setPen(QPen(QColor(theme.accent), 2))
                    painter.drawRect(place.adjusted(1, 1, -1, -1))
                below = QRect(left, side + GRID // 2, round(step) - 2, line)
                painter.setPen(QColor(theme.quiet))
                painter.drawText(below, Qt.AlignmentFlag.AlignLeft, answer.truth)
                painter.setPen(QColor(theme.error if answer.is_wrong else theme.text))
                below.moveTop(below.top() + line)
                painter.drawText(below, Qt.AlignmentFlag.AlignLeft, answer.said)
