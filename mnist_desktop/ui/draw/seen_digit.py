"""The digit or sign that is looked at, as the network reads it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from mnist_desktop.ink.signs import UNREADABLE
from mnist_desktop.learning.read.reading import Sign
from mnist_desktop.ui.draw.timeline_slider import TimelineBox
from mnist_desktop.ui.look.fonts import GRID, scaled
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.widgets.controls import named, quiet_label
from mnist_desktop.ui.widgets.layouts import REST, hbox, vbox
from mnist_desktop.ui.widgets.picture_view import PictureView

NARROWEST_CAPTION = 96
"""Pixels, beside the picture below a wide canvas."""


class SeenDigit(QWidget):
    """Its 28×28 pixels, what they are, and the epochs that have read them.

    Args:
        is_wide: for below a wide canvas.
    """

    def __init__(self, session: Session, *, is_wide: bool) -> None:
        super().__init__()
        self._session = session
        self._input = named(
            PictureView(4 if is_wide else 3, Qt.Orientation.Vertical), "networkInputView"
        )
        self._input.setAccessibleName(self.tr("What the network reads, 28 by 28 pixels"))
        self._caption = quiet_label("", wraps=True)
        # The timeline comes and goes where there is room for it anyway, so that nothing else moves.
        beside = vbox(REST, self._caption, TimelineBox(session), REST)
        self._layout = hbox(self._input, (beside, 1), spacing=2 * GRID)
        self.setLayout(self._layout)
        if is_wide:  # or it would take the caption's room
            self._input.setFixedSize(self._input.minimumSizeHint())
            self._caption.setMinimumWidth(scaled(NARROWEST_CAPTION))
        session.reader.changed.connect(self._update)
        session.reader.focus_changed.connect(self._update)
        self._update()

    def heightForWidth(self, width: int) -> int:
        """The least: a box layout gives no less than this, however little room there is."""
        return self._layout.minimumHeightForWidth(width)

    @Slot()
    def _update(self) -> None:
        item = self._session.reader.focused
        self._input.show_picture(item.picture if item else None)
        self._caption.setText(self._what_it_is())

    def _what_it_is(self) -> str:
        """The caption of the picture; in a number it says of which digit it and the bars are."""
        digits, focused = self._session.reading.digits, self._session.reader.focused
        if isinstance(focused, Sign):
            if focused.text == UNREADABLE:
                return self.tr("A sign that is none of . , - / : + cannot be read. Say what it is.")
            return self.tr("A sign. The network knows digits only: size and place tell signs.")
        if len(digits) < 2 or focused is None:
            return self.tr(
                "What the network reads: 28×28 pixels, the ink’s centre of mass in the middle."
            )
        return self.tr(
            "Digit {number} of {count} as the network reads it: 28×28 pixels, "
            "the ink’s centre of mass in the middle."
        ).format(number=digits.index(focused) + 1, count=len(digits))
