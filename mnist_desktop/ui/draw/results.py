"""What is read: the answer, how sure it is, and what the network saw."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QBoxLayout, QLayout, QPushButton, QWidget

from mnist_desktop.learning.read.reading import UNREADABLE_SIGN, Digit, Sign
from mnist_desktop.texts import one_line
from mnist_desktop.ui.canvas.guess import has_guess, shares_of
from mnist_desktop.ui.draw.answer_label import AnswerLabel
from mnist_desktop.ui.draw.bars import ProbabilityBars
from mnist_desktop.ui.draw.drawings_bar import DrawingsBar
from mnist_desktop.ui.draw.seen_digit import SeenDigit
from mnist_desktop.ui.draw.strictness import StrictnessSlider
from mnist_desktop.ui.draw.teach_bar import TeachBar
from mnist_desktop.ui.draw.teaching_actions import TeachingActions
from mnist_desktop.ui.draw.why_panel import WhyPanel
from mnist_desktop.ui.look.fonts import EDGE, GRID, line_height, scaled
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.session.texts import translated
from mnist_desktop.ui.widgets.controls import named, quiet_label
from mnist_desktop.ui.widgets.layouts import REST, hbox, vbox

LOWEST_BARS = 148
"""Pixels: their height where there is least room for them."""

LONGEST_GUESS = 18
"""Digits. Of a longer number the canvas shows the rest."""

NOTE_MILLISECONDS = 2000
"""So long it says that something was copied."""


class Results(QWidget):
    """The answer, and of what is looked at its 28×28 pixels and, of a digit, its bars.

    Instead of these it can tell why the answer is what it is.

    Args:
        is_wide: side by side, for below a wide canvas; else one below the other.
    """

    def __init__(
        self, session: Session, teaching: TeachingActions, parent: QWidget, *, is_wide: bool
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._answer = AnswerLabel()
        self._sure = named(quiet_label("", wraps=True), "sureLabel", self.tr("How sure it is"))
        self._sure.setAlignment(Qt.AlignmentFlag.AlignTop)
        # Room for a reason and a guess, so that what is below never jumps.
        self._sure.setFixedHeight(2 * line_height(self._sure.font()) + 2)
        self._why = named(QPushButton(self.tr("Why?")), "whyButton")
        self._why.setCheckable(True)
        self._why.setToolTip(self.tr("See why it reads this digit and not another (F4)"))
        self._why.toggled.connect(partial(session.preferences.set, "explain"))
        self._bars = ProbabilityBars()
        self._bars.setMinimumHeight(scaled(LOWEST_BARS))
        self._bars.clicked.connect(lambda digit: session.reader.correct(str(digit)))

        top = hbox((self._answer, 1), (self._why, 0, Qt.AlignmentFlag.AlignTop))
        answer = vbox(top, self._sure, spacing=0)
        self._seen = SeenDigit(session, is_wide=is_wide)
        below = vbox(TeachBar(session, teaching), StrictnessSlider(session.reader))
        self._shown = vbox(self._bars)
        self._panel: WhyPanel | None = None
        arrange = _beside_each_other if is_wide else _below_each_other
        self._layout = arrange(DrawingsBar(session), answer, self._shown, self._seen, below)
        self.setLayout(self._layout)
        self._copied = QTimer(self, singleShot=True, interval=NOTE_MILLISECONDS)
        self._copied.timeout.connect(self._update)

        session.copied.connect(self._on_copied)
        session.reader.changed.connect(self._update)
        session.reader.focus_changed.connect(self._show_focused)
        session.shelf.current_changed.connect(self._update)
        session.explanation.switched.connect(self._switch)
        self._switch()
        self._update()

    def minimum_height(self, width: int) -> int:
        """Where it is so wide, in pixels: texts that wrap are higher than any size hint says."""
        return self._layout.minimumHeightForWidth(width)

    @Slot()
    def _switch(self) -> None:
        """Show why, or the bars and the picture."""
        is_on = self._session.explanation.is_on
        self._why.setChecked(is_on)
        if is_on and self._panel is None:
            self._panel = WhyPanel(self._session)
            self._shown.addWidget(self._panel)
        if self._panel is not None:
            self._panel.setVisible(is_on)
        self._bars.setVisible(not is_on)
        self._seen.setVisible(not is_on)

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
        if digit is None:
            self._bars.show_digits(None)
        else:
            self._bars.show_digits(shares_of(digit), digit.meant)

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
            # How sure it is of a text that it cannot read nobody can say.
            template = (
                self.tr("Best guess {text}.")
                if reading.declined == UNREADABLE_SIGN
                else self.tr("Best guess {text}, {share:.0f} % sure.")
            )
            guess = template.format(text=one_line(reading.best_text, LONGEST_GUESS), share=share)
            return f"{reason}\n{guess}"
        if all(item.meant is not None for item in reading.items):
            text = self.tr("As you say")
        elif len(reading.items) > 1:
            # All digits may be surer than this, as their boxes say.
            least = min(reading.items, key=lambda item: item.confidence)
            template = (
                self.tr("Least sure sign {share:.0f} %")
                if isinstance(least, Sign)
                else self.tr("Least sure digit {share:.0f} %")
            )
            text = template.format(share=share)
        else:
            text = self.tr("{share:.0f} % sure").format(share=share)
        return "\n".join(filter(None, (text, self._note())))

    def _note(self) -> str:
        """What has just become of the answer; that it is not all there is; or by what it is."""
        reading = self._session.reading
        if self._copied.isActive():
            return self.tr("Copied")
        if reading.unread:
            return self.tr("Some of the ink was not read.")
        if reading.seen_text != reading.best_text:
            return self.tr("Told by how the pen went; by its look alone it is {text}.").format(
                text=one_line(reading.seen_text, LONGEST_GUESS)
            )
        return ""


def capitalised(text: str) -> str:
    """The same with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def _below_each_other(
    drawings: QWidget, answer: QLayout, shown: QLayout, seen: QWidget, below: QLayout
) -> QBoxLayout:
    # The picture grows most when the bars can no more.
    return vbox(drawings, answer, (shown, 7), (seen, 5), below, spacing=2 * GRID)


def _beside_each_other(
    drawings: QWidget, answer: QLayout, shown: QLayout, seen: QWidget, below: QLayout
) -> QBoxLayout:
    left = vbox(drawings, answer, REST, spacing=EDGE)
    right = vbox((seen, 1), below, spacing=EDGE)
    return hbox((left, 1), (shown, 2), (right, 1), spacing=EDGE)
