"""What is read: the answer, how sure it is, and what the network saw."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from mnist_desktop.learning.reading import Digit, Sign
from mnist_desktop.texts import one_line
from mnist_desktop.ui.draw.answer_label import AnswerLabel
from mnist_desktop.ui.draw.bars import ProbabilityBars
from mnist_desktop.ui.draw.drawings_bar import DrawingsBar
from mnist_desktop.ui.draw.guess import has_guess, shares_of
from mnist_desktop.ui.draw.strictness import StrictnessSlider
from mnist_desktop.ui.draw.teach_bar import TeachBar
from mnist_desktop.ui.draw.teaching_actions import TeachingActions
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

NARROWEST_CAPTION = 96
"""Pixels, beside the picture below a wide canvas."""

NOTE_MILLISECONDS = 2000
"""So long it says that something was copied."""


class Results(QWidget):
    """The answer, and of what is looked at its 28×28 pixels and, of a digit, its bars.

    Args:
        is_wide: side by side, for below a wide canvas; else one below the other.
    """

    def __init__(
        self,
        session: Session,
        teaching: TeachingActions,
        parent: QWidget | None = None,
        *,
        is_wide: bool = False,
    ) -> None:
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
        self._bars.clicked.connect(lambda digit: session.reader.correct(str(digit)))
        self._input = named(
            PictureView(smallest=4, grows=Qt.Orientation.Vertical), "networkInputView"
        )
        self._input.setAccessibleName(self.tr("What the network reads, 28 by 28 pixels"))
        self._caption = quiet_label("")
        self._caption.setWordWrap(True)

        answer = QVBoxLayout()
        answer.setSpacing(0)
        answer.addWidget(self._answer)
        answer.addWidget(self._sure)
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
        if is_wide:  # or it would take the caption's room
            self._input.setFixedSize(self._input.minimumSizeHint())
            self._caption.setMinimumWidth(scaled(NARROWEST_CAPTION))
        below = QVBoxLayout()
        below.setSpacing(GRID)
        below.addWidget(TeachBar(session, teaching))
        below.addWidget(StrictnessSlider(session.reader))
        drawings = DrawingsBar(session)
        arrange = _beside_each_other if is_wide else _below_each_other
        self._layout = arrange(drawings, answer, self._bars, seen, below)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(self._layout)
        self._copied = QTimer(self, singleShot=True, interval=NOTE_MILLISECONDS)
        self._copied.timeout.connect(self._update)

        session.copied.connect(self._on_copied)
        session.reader.changed.connect(self._update)
        session.reader.focus_changed.connect(self._show_focused)
        session.shelf.current_changed.connect(self._update)
        self._update()

    def minimum_height(self, width: int) -> int:
        """Where it is so wide, in pixels: texts that wrap are higher than any size hint says."""
        return self._layout.minimumHeightForWidth(width)

    @Slot()
    def _on_copied(self) -> None:
        self._copied.start()
        self._update()

    @Slot()
    def _update(self) -> None:
        self._answer.show_text(self._session.reading.text)
        self._sure.setText(self._confidence())
        self._show_focused()

    @Slot()
    def _show_focused(self) -> None:
        item = self._session.reader.focused
        digit = item if isinstance(item, Digit) and has_guess(self._session.reading) else None
        self._bars.show_probabilities(shares_of(digit) if digit else None)
        self._input.show_picture(item.picture if item else None)
        self._caption.setText(self._what_it_is())

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
        if all(item.meant is not None for item in reading.items):
            text = self.tr("As you say")
        elif len(reading.items) > 1:
            text = self.tr("Least sure digit {share:.0f} %").format(share=share)
        else:
            text = self.tr("{share:.0f} % sure").format(share=share)
        return "\n".join(filter(None, (text, self._note())))

    def _note(self) -> str:
        """What has just become of the answer."""
        return self.tr("Copied") if self._copied.isActive() else ""

    def _what_it_is(self) -> str:
        """The caption of the picture; in a number it says of which digit it and the bars are."""
        digits, focused = self._session.reading.digits, self._session.reader.focused
        if isinstance(focused, Sign):
            return self.tr("A sign. The network knows digits only: size and place tell signs.")
        if len(digits) < 2 or focused is None:
            return self.tr(
                "What the network reads: 28×28 pixels, the ink’s centre of mass in the middle."
            )
        return self.tr(
            "Digit {number} of {count} as the network reads it: 28×28 pixels, "
            "the ink’s centre of mass in the middle."
        ).format(number=digits.index(focused) + 1, count=len(digits))


def capitalised(text: str) -> str:
    """The same with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def _below_each_other(
    drawings: QWidget, answer: QLayout, bars: QWidget, seen: QLayout, below: QLayout
) -> QBoxLayout:
    layout = QVBoxLayout()
    layout.setSpacing(2 * GRID)
    layout.addWidget(drawings)
    layout.addLayout(answer)
    layout.addWidget(bars, 1)  # the picture grows when they can no more
    layout.addLayout(seen)
    layout.addLayout(below)
    return layout


def _beside_each_other(
    drawings: QWidget, answer: QLayout, bars: QWidget, seen: QLayout, below: QLayout
) -> QBoxLayout:
    left, right = QVBoxLayout(), QVBoxLayout()
    left.addWidget(drawings)
    left.addLayout(answer)
    left.addStretch()
    right.addLayout(seen, 1)
    right.addLayout(below)
    layout = QHBoxLayout()
    layout.setSpacing(3 * GRID)
    layout.addLayout(left, 1)
    layout.addWidget(bars, 1)
    layout.addLayout(right, 1)
    return layout
