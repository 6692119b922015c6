"""What is read: the answer, how sure it is, and what the network saw."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mnist_desktop.texts import one_line
from mnist_desktop.ui.draw.answer_label import AnswerLabel
from mnist_desktop.ui.draw.bars import ProbabilityBars
from mnist_desktop.ui.draw.drawings_bar import DrawingsBar
from mnist_desktop.ui.draw.guess import has_guess, shares_of
from mnist_desktop.ui.draw.strictness import StrictnessSlider
from mnist_desktop.ui.draw.timeline_slider import TimelineBox
from mnist_desktop.ui.look.fonts import GRID, line_height, scaled
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.session.texts import translated
from mnist_desktop.ui.widgets.controls import named, quiet_label
from mnist_desktop.ui.widgets.picture_view import PictureView

LOWEST_BARS = 150
"""Pixels: their height where there is least room for them."""

LONGEST_GUESS = 18
"""Digits. Of a longer number the canvas shows the rest."""


class Results(QWidget):
    """The answer, and of the digit that is looked at its bars and its 28×28 pixels."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._answer = AnswerLabel()
        self._sure = named(quiet_label(""), "sureLabel")
        self._sure.setAccessibleName(self.tr("How sure it is"))
        self._sure.setWordWrap(True)
        self._sure.setAlignment(Qt.AlignmentFlag.AlignTop)
        # Room for a reason and a guess, so that what is below never jumps.
        self._sure.setFixedHeight(2 * line_height(self._sure.font()) + 2)
        self._bars = ProbabilityBars()
        self._bars.setMinimumHeight(scaled(LOWEST_BARS))
        self._input = named(
            PictureView(smallest=4, grows=Qt.Orientation.Vertical), "networkInputView"
        )
        self._input.setAccessibleName(self.tr("What the network reads, 28 by 28 pixels"))
        self._caption = quiet_label("")
        self._caption.setWordWrap(True)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * GRID)
        layout.addWidget(DrawingsBar(session))
        answer = QVBoxLayout()
        answer.setSpacing(0)
        answer.addWidget(self._answer)
        answer.addWidget(self._sure)
        layout.addLayout(answer)
        layout.addWidget(self._bars, 1)  # the picture grows when they can no more
        seen = QHBoxLayout()
        seen.setSpacing(2 * GRID)
        seen.addWidget(self._input)
        # The timeline comes and goes where there is room for it anyway, so that nothing else moves.
        beside = QVBoxLayout()
        beside.setSpacing(GRID)
        beside.addStretch(1)
        beside.addWidget(self._caption)
        beside.addWidget(TimelineBox(session))
        beside.addStretch(1)
        seen.addLayout(beside, 1)
        layout.addLayout(seen)
        layout.addWidget(StrictnessSlider(session.reader))

        session.reader.changed.connect(self._update)
        session.reader.focus_changed.connect(self._show_digit)
        session.shelf.current_changed.connect(self._update)
        self._update()

    @Slot()
    def _update(self) -> None:
        self._answer.show_text(self._session.reading.text)
        self._sure.setText(self._confidence())
        self._show_digit()

    @Slot()
    def _show_digit(self) -> None:
        digit = self._session.focused_digit
        is_guessed = has_guess(self._session.reading)
        self._bars.show_probabilities(shares_of(digit) if digit and is_guessed else None)
        self._input.show_picture(digit.picture if digit else None)
        self._caption.setText(self._which_digit())

    def _confidence(self) -> str:
        reading = self._session.reading
        if not reading.digits:
            loading = self._session.shelf.current is None
            return self.tr("Loading the model…") if loading else ""
        share = 100 * reading.confidence
        if reading.declined is not None:
            reason = self.tr("{reason}.").format(
                reason=capitalised(translated("core", reading.declined))
            )
            if not has_guess(reading):
                return reason
            guess = self.tr("Best guess {text}, {share:.0f} % sure.").format(
                text=one_line(reading.best_text, LONGEST_GUESS), share=share
            )
            return f"{reason}\n{guess}"
        if len(reading.items) > 1:
            return self.tr("Least sure digit {share:.0f} %").format(share=share)
        return self.tr("{share:.0f} % sure").format(share=share)

    def _which_digit(self) -> str:
        """The caption of the picture; in a number it says of which digit it and the bars are."""
        count, focus = len(self._session.reading.digits), self._session.reader.focus
        if count < 2 or focus is None:
            return self.tr(
                "What the network reads: 28×28 pixels, the ink’s centre of mass in the middle."
            )
        return self.tr(
            "Digit {number} of {count} as the network reads it: 28×28 pixels, "
            "the ink’s centre of mass in the middle."
        ).format(number=focus + 1, count=count)


def capitalised(text: str) -> str:
    """The same with a capital at its beginning."""
    return text[:1].upper() + text[1:]
