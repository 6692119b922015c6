"""The practice sheet: write each digit three times."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QLayout,
    QWidget,
)

from mnist_desktop.ui.canvas.plain_canvas import PlainCanvas
from mnist_desktop.ui.look.fonts import EDGE, heading_font, scaled
from mnist_desktop.ui.session.read.reader import Reader
from mnist_desktop.ui.session.read.sketch import Sketch
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.session.teach.practice import Practice
from mnist_desktop.ui.widgets.controls import (
    ProgressBar,
    named,
    push_button,
    quiet_label,
    room_on_screen,
)
from mnist_desktop.ui.widgets.layouts import REST, hbox, vbox
from mnist_desktop.ui.widgets.plain_text import PlainLabel

SIDE, SMALLEST_SIDE = 320, 200
"""Pixels of the canvas, where there is room for it on the screen, and where there is none."""

REST_MILLISECONDS = 900
"""A pen that rests so long has written the digit."""


class PracticeDialog(QDialog):
    """Asks for one digit after the other; goes on by itself when the pen rests.

    Once closed it is gone; what was written is kept.

    Args:
        learn: learns from it, and shows what came of that.
    """

    def __init__(self, session: Session, learn: Callable[[], None], window: QWidget) -> None:
        super().__init__(window)
        named(self, "practiceDialog")
        self.setWindowTitle(self.tr("Practice sheet"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._begin_to_learn = learn
        self._sketch = Sketch(self)
        self._reader = Reader(self._sketch, session.shelf, session.timeline, session.jobs, self)
        self._reader.strictness = 0.0
        seed = time.time_ns() % 2**32
        self._practice = Practice(self._sketch, self._reader, session.corrections, seed, self)
        self._canvas = named(PlainCanvas(self._sketch, self._reader), "practiceCanvas")
        self._canvas.hint = ""  # what to write stands above it
        self._canvas.pen_width = float(session.preferences.pen_width)
        self._rest = QTimer(self, singleShot=True, interval=REST_MILLISECONDS)
        self._rest.timeout.connect(self._on_rest)
        self._make_texts()
        self._make_buttons()
        self._arrange()
        self._practice.changed.connect(self._update)
        self._sketch.changed.connect(self._on_drawn)
        self._sketch.extended.connect(self._rest.stop)
        session.teaching.changed.connect(self._update)
        session.teaching.prepare()
        self._update()
        self._fit()
        self._canvas.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return accepts, the backspace key goes back."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not self._practice.is_over:
            self._practice.accept()
        elif event.key() == Qt.Key.Key_Backspace:
            self._practice.back()
        else:
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        """What was just written is taken: who closes it or learns does not wait for the rest."""
        if self._rest.isActive():
            self._practice.accept()
        super().done(result)

    def _make_texts(self) -> None:
        self._prompt = named(PlainLabel(), "practicePrompt")
        font = heading_font(self._prompt.font())
        font.setPointSizeF(1.6 * font.pointSizeF())
        self._prompt.setFont(font)
        self._prompt.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._progress = ProgressBar("practiceProgress")
        self._progress.setRange(0, len(self._practice.asked))
        self._told = named(quiet_label("", wraps=True), "practiceLabel")
        self._told.setMinimumWidth(scaled(SIDE))

    def _make_buttons(self) -> None:
        self._by_itself = QCheckBox(self.tr("Go on when the pen rests"))
        named(self._by_itself, "practiceByItselfCheck").setChecked(True)
        self._by_itself.toggled.connect(self._rest.stop)
        self._back = push_button(self.tr("Back"), "practiceBackButton", self._practice.back)
        self._skip = push_button(self.tr("Skip"), "practiceSkipButton", self._practice.skip)
        self._clear = push_button(self.tr("Clear"), "practiceClearButton", self._sketch.clear)
        self._next = push_button(self.tr("Next"), "practiceNextButton", self._practice.accept)
        self._learn = push_button(self.tr("Learn"), "practiceLearnButton", self._on_learn)
        self._close = push_button(self.tr("Close"), "practiceCloseButton", self.reject)
        for button in (self._back, self._skip, self._clear, self._next, self._learn, self._close):
            button.setAutoDefault(False)  # Return is for the sheet

    def _arrange(self) -> None:
        self._column = vbox(
            self._prompt,
            (self._canvas, 0, Qt.AlignmentFlag.AlignHCenter),
            hbox(self._back, self._skip, self._clear, REST, self._next),
            self._by_itself,
            self._progress,
            self._told,
            hbox(REST, self._learn, self._close),
            margins=(EDGE, EDGE, EDGE, EDGE),
        )
        self._column.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
        self.setLayout(self._column)

    def _fit(self) -> None:
        """With large texts the canvas is as large, but not so that buttons leave the screen."""
        side = scaled(SIDE)
        self._canvas.setFixedSize(side, side)
        missing = self._column.totalHeightForWidth(side + 2 * EDGE) - room_on_screen(self)
        if missing > 0:
            side = max(SMALLEST_SIDE, side - missing)
            self._canvas.setFixedSize(side, side)

    @Slot()
    def _on_drawn(self) -> None:
        """A stroke has ended, or was taken back."""
        if self._sketch.finished and self._by_itself.isChecked():
            self._rest.start()
        else:
            self._rest.stop()
        self._next.setEnabled(bool(self._sketch.finished))

    @Slot()
    def _on_rest(self) -> None:
        if self._sketch.live_stroke is None:
            self._practice.accept()

    def _on_learn(self) -> None:
        self.accept()
        self._begin_to_learn()

    @Slot()
    def _update(self) -> None:
        practice = self._practice
        is_over, count = practice.is_over, len(practice.written)
        self._prompt.setText(
            self.tr("Thank you")
            if is_over
            else self.tr("Write a {digit}").format(digit=practice.current)
        )
        self._prompt.setAccessibleName(self._prompt.text())
        self._progress.setValue(count)
        self._told.setText(self._words())
        self._canvas.setEnabled(not is_over)
        self._back.setEnabled(bool(count))
        for button in (self._skip, self._clear):
            button.setEnabled(not is_over)
        self._next.setEnabled(not is_over and bool(self._sketch.finished))
        self._learn.setEnabled(bool(practice.kept) and self._session.teaching.can_learn)

    def _words(self) -> str:
        practice = self._practice
        if not practice.kept:
            return self.tr(
                "In your own way, as you always do. Each digit comes three times; "
                "what you write is kept at once."
            )
        return self.tr("{kept} of {all} written, {right} read rightly.").format(
            kept=practice.kept, all=len(practice.asked), right=practice.right
        )
