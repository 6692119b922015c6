"""Buttons that do what an action does, and look as it says."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton

from mnist_desktop.ui.widgets.controls import named
from mnist_desktop.ui.widgets.plain_text import without_mnemonic


class ActionButton(QPushButton):
    """Presses an action, which says what stands on the button and whether it can be pressed.

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
        self.setEnabled(self._action.isEnabled())
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
