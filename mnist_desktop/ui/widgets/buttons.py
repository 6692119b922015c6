"""Buttons that do what an action does, and look as it says."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from mnist_desktop.ui.widgets.controls import named
from mnist_desktop.ui.widgets.plain_text import without_mnemonic


class FocusPlace(QWidget):
    """Has the focus while the button in it that had it cannot be pressed, or is not there.

    Qt would give it to whatever comes next, and the next press of Space would do something else.
    Here no key does anything, but for Tab, which goes on from that button.
    """

    def __init__(self) -> None:
        super().__init__()
        self._waiting: QWidget | None = None

    def set_usable(self, button: QWidget, *, is_usable: bool) -> None:
        """Let a button, which has the focus back if nobody else has it, be pressed or not."""
        if not is_usable and self.window().focusWidget() is button:
            self._waiting = button
            self.setFocus()
        button.setEnabled(is_usable)
        if is_usable and button is self._waiting and self.window().focusWidget() is self:
            button.setFocus()

    def take_from(self, part: QWidget) -> None:
        """Have the focus of a part that is about to be hidden, or to go."""
        focus = self.window().focusWidget()
        if self._waiting is not None and part.isAncestorOf(self._waiting):
            self._waiting = None
        if focus is not None and (focus is part or part.isAncestorOf(focus)):
            self._waiting = None
            self.setFocus()

    def focusNextPrevChild(self, is_next: bool) -> bool:
        first = self._waiting
        if first is None or self.window().focusWidget() is not self:
            return super().focusNextPrevChild(is_next)
        step = QWidget.nextInFocusChain if is_next else QWidget.previousInFocusChain
        place = step(first)
        while place is not None and place is not first and not _is_reached_by_tab(place):
            place = step(place)
        if place is None:
            return False
        reason = Qt.FocusReason
        place.setFocus(reason.TabFocusReason if is_next else reason.BacktabFocusReason)
        return True


def _is_reached_by_tab(widget: QWidget) -> bool:
    can_be = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return can_be and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None


class ActionButton(QPushButton):
    """Presses an action, which says what stands on the button and whether it can be pressed.

    In a ``FocusPlace`` it does not lose the focus for good by that.

    Args:
        is_plain: without a frame, as what is done less often.
    """

    def __init__(self, action: QAction, name: str, *, is_plain: bool = False) -> None:
        super().__init__(flat=is_plain)
        named(self, name)
        self._action = action
        self.clicked.connect(action.trigger)
        action.changed.connect(self._update)
        self._update()

    @Slot()
    def _update(self) -> None:
        self.setText(without_mnemonic(self._action.text()))
        place, is_usable = self.parentWidget(), self._action.isEnabled()
        if isinstance(place, FocusPlace):
            place.set_usable(self, is_usable=is_usable)
        else:
            self.setEnabled(is_usable)
        self.setToolTip(self._action.toolTip())


class MenuButton(QPushButton):
    """Opens a menu; it can be pressed while anything in there can be."""

    def __init__(self, menu: QMenu, name: str) -> None:
        super().__init__(menu.title())
        named(self, name)
        self.setMenu(menu)
        for action in menu.actions():
            action.changed.connect(self._update)
        self._update()

    @Slot()
    def _update(self) -> None:
        self.setEnabled(any(action.isEnabled() for action in self.menu().actions()))
