"""One part of a step, and the sample that a batch is shown by, in slow motion."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from mnist_desktop.learning.events import Sample
from mnist_desktop.learning.written import NO_DIGIT
from mnist_desktop.ui.pictures import to_image
from mnist_desktop.ui.theme import GRID, current_theme, tabular
from mnist_desktop.ui.widgets import heading, set_role

TITLE_WIDTH = 104
CODE_WIDTH = 232


class PhaseCard(QFrame):
    """A part: its name, the tutorial's line of code, and what it has come to.

    Attributes:
        figures: what it has come to, in words; empty while it has not been done.
    """

    def __init__(self, title: str, code: str, what: str) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._title = title
        self._heading = heading(title)
        line = QLabel(code)
        font = line.font()
        font.setFamilies(["Menlo", "Consolas", "DejaVu Sans Mono", "monospace"])
        line.setFont(font)
        line.setFixedWidth(CODE_WIDTH)
        self._heading.setFixedWidth(TITLE_WIDTH)
        self._what = what
        self._text = QLabel()
        self._text.setFont(tabular(self._text.font()))
        self._text.setWordWrap(True)
        self.setFixedHeight(2 * self._text.fontMetrics().lineSpacing() + 2 * GRID)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 0, 2 * GRID, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self._heading)
        layout.addWidget(line)
        layout.addWidget(self._text, 1)
        self.show_figures("", is_now=False)

    def show_figures(self, text: str, *, is_now: bool) -> None:
        """Show what it has come to, or with an empty text what it does."""
        self.figures = text
        self._text.setText(text or self._what)
        self.light(is_now=is_now)

    def light(self, *, is_now: bool) -> None:
        """Be lit as what has just been done, or no longer."""
        self._heading.setText(f"▸ {self._title}" if is_now else self._title)
        set_role(self._text, "text" if is_now else "quiet")
        now = self.tr("now") if is_now else ""
        self.setAccessibleName(", ".join(filter(None, (self._title, now, self.figures))))
        if self.property("isNow") != is_now:
            self.setProperty("isNow", is_now)
            self.style().unpolish(self)
            self.style().polish(self)


class SampleRow(QWidget):
    """The first pictures of a batch; below each what it is, and what the network says of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("batchSample")
        self.setFont(tabular(self.font()))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._sample: Sample | None = None

    def show_sample(self, sample: Sample | None) -> None:
        """Show another, or none."""
        self._sample = sample
        self.setAccessibleName("; ".join(self._texts()))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(8 * 64, 56 + 2 * self.fontMetrics().lineSpacing() + GRID)

    def _texts(self) -> list[str]:
        """As in "7 ✓ 98 %" and "4 → 9 ✗ 61 %"."""
        if self._sample is None:
            return []
        texts = []
        for label, probabilities in zip(
            self._sample.labels.tolist(), self._sample.probabilities, strict=True
        ):
            read, share = int(probabilities.argmax()), round(100 * float(probabilities.max()))
            if label == NO_DIGIT:
                texts.append(self.tr("none → {read}\n{share} %").format(read=read, share=share))
            elif label == read:
                texts.append(f"{label} ✓\n{share} %")
            else:
                texts.append(f"{label} → {read} ✗\n{share} %")
        return texts

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._sample is None:
            return
        theme = current_theme()
        step = min(88.0, self.width() / 8)
        with QPainter(self) as painter:
            for number, (picture, text) in enumerate(
                zip(self._sample.pictures, self._texts(), strict=True)
            ):
                place = QRectF(number * step, 0, 56, 56)
                painter.drawImage(place, to_image(picture, theme))
                painter.setPen(QColor(theme.line))
                painter.drawRect(place)
                painter.setPen(QColor(theme.error if "✗" in text else theme.text))
                below = QRectF(number * step, 60, step, self.height() - 60)
                painter.drawText(below, Qt.AlignmentFlag.AlignLeft, text)
