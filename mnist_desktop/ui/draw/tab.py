"""Draw a digit or a number and see it read."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from mnist_desktop.ui.canvas.canvas import Canvas
from mnist_desktop.ui.canvas.keys import take_key
from mnist_desktop.ui.draw.results import Results
from mnist_desktop.ui.draw.teaching_actions import TeachingActions
from mnist_desktop.ui.draw.tools import Tools
from mnist_desktop.ui.look.fonts import EDGE, GRID, scaled
from mnist_desktop.ui.session.session import Session

RESULTS_WIDTH = 300

SMALLEST_SQUARE = QSize(200, 200)
SMALLEST_WIDE = QSize(680, 150)
"""Pixels of the canvas."""

WIDE = 2.6
"""How many times as wide as high a wide canvas is, where there is room for it: else it is lower."""


class DrawTab(QWidget):
    """The canvas, and what is read.

    The canvas is as large a square as there is room for, with the answer beside it; or, for long
    numbers, as wide as the window, with the answer below.
    """

    def __init__(self, session: Session, teaching: TeachingActions) -> None:
        super().__init__()
        self._session = session
        self._teaching = teaching
        self._is_new = True
        self._is_wide = session.preferences.wide_field
        self.canvas = Canvas(session.sketch, session.reader, self)
        self._tools = Tools(session, self.canvas, self)
        self._results = Results(session, teaching, self, is_wide=self._is_wide)
        self._set_smallest()
        session.preferences.changed.connect(self._on_preference_changed)
        session.opening.filled_canvas.connect(self.canvas.setFocus)

    def minimumSizeHint(self) -> QSize:
        canvas, tools = self.canvas.minimumSize(), self._tools.minimumSizeHint()
        width = max(canvas.width(), tools.width()) + 2 * EDGE
        if self._is_wide:
            results = self._results.minimum_height(width - 2 * EDGE)
            return QSize(width, canvas.height() + tools.height() + results + 3 * EDGE)
        results = self._results.minimum_height(scaled(RESULTS_WIDTH))
        return QSize(
            width + scaled(RESULTS_WIDTH) + EDGE,
            max(canvas.height() + GRID + tools.height(), results) + 2 * EDGE,
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_new:  # keys of the canvas are at hand from the start
            self._is_new = False
            self.canvas.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What none of the parts has wanted: after a click on a button keys are the canvas's."""
        if not take_key(event, self._session.sketch, self._session.reader):
            super().keyPressEvent(event)

    def _arrange(self) -> None:
        """By hand: no layout of Qt's keeps a widget square and gives the rest away."""
        inside = QRect(EDGE, EDGE, self.width() - 2 * EDGE, self.height() - 2 * EDGE)
        tools = self._tools.sizeHint().height()
        if self._is_wide:
            results = self._results.minimum_height(inside.width())
            room = inside.height() - GRID - tools - 2 * GRID - results
            canvas = QRect(
                inside.topLeft(), QSize(inside.width(), min(round(inside.width() / WIDE), room))
            )
            below = canvas.bottom() + 1 + GRID + tools + 2 * GRID
            rest = QRect(inside.left(), below, inside.width(), inside.bottom() + 1 - below)
        else:
            side = min(
                inside.height() - GRID - tools, inside.width() - EDGE - scaled(RESULTS_WIDTH)
            )
            canvas = QRect(inside.topLeft(), QSize(side, side))
            left = canvas.right() + 1 + EDGE
            rest = QRect(left, inside.top(), inside.right() + 1 - left, inside.height())
        self.canvas.setGeometry(canvas)
        self._tools.setGeometry(canvas.left(), canvas.bottom() + 1 + GRID, canvas.width(), tools)
        self._results.setGeometry(rest)

    def _set_smallest(self) -> None:
        self.canvas.setMinimumSize(SMALLEST_WIDE if self._is_wide else SMALLEST_SQUARE)

    @Slot(str)
    def _on_preference_changed(self, name: str) -> None:
        if name != "wide_field":
            return
        self._is_wide = self._session.preferences.wide_field
        before = self._results
        self._results = Results(self._session, self._teaching, self, is_wide=self._is_wide)
        before.setParent(None)
        before.deleteLater()
        self._results.show()
        self._set_smallest()
        self._arrange()
        # Whoever holds the tab sees whether it fits.
        QApplication.postEvent(self, QEvent(QEvent.Type.LayoutRequest))
