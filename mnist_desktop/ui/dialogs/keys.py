"""All keys at a glance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMainWindow, QMenu, QWidget

from mnist_desktop.ui.dialogs.scrolled import ScrolledDialog
from mnist_desktop.ui.look.fonts import GRID, scaled
from mnist_desktop.ui.widgets.controls import KEY_TEXT, heading, quiet_label
from mnist_desktop.ui.widgets.layouts import REST, Part, vbox
from mnist_desktop.ui.widgets.plain_text import PlainLabel, without_mnemonic

Line = tuple[str, str]
"""A key, and what it does."""

Group = tuple[str, list[Line]]


class KeysDialog(ScrolledDialog):
    """The keys of a window's menus, as the menus have them, and those of some views."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window, "keysDialog")
        self.setWindowTitle(self.tr("Keys"))
        groups = [*_menu_groups(window), *self._view_groups()]
        columns = self._columns(_in_two(groups))
        if columns.sizeHint().width() <= self.room.width():
            self.show_contents(columns)
        else:
            columns.deleteLater()
            self.show_contents(self._columns([groups], wraps=True), self.room.width())

    def _columns(self, parts: Iterable[list[Group]], *, wraps: bool = False) -> QWidget:
        contents = QWidget(self)
        columns = QHBoxLayout(contents)
        columns.setSpacing(4 * GRID)
        for groups in parts:
            tables: list[Part] = []
            for title, lines in groups:
                tables += [heading(title), _table(lines, wraps=wraps)]
            columns.addLayout(vbox(*tables, REST, spacing=2 * GRID))
        return contents

    def _view_groups(self) -> list[Group]:
        arrows = self.tr("Arrows")
        return [
            (
                self.tr("On the canvas"),
                [
                    ("← →", self.tr("Look at another digit or sign of a number")),
                    ("0 … 9", self.tr("Put right what is under the mouse: a digit")),
                    (". , - / : +", self.tr("The same: a sign")),
                    ("N, ?", self.tr("Say that it is neither digit nor sign")),
                    (_key("Return"), self.tr("Say that all that was read is right")),
                    ("E", self.tr("Take the eraser, or the pen again")),
                    (_key("Escape"), self.tr("Put the eraser down")),
                ],
            ),
            (
                self.tr("Among my digits"),
                [
                    ("0 … 9", self.tr("Say what the chosen ones are")),
                    ("N, ?", self.tr("Say that they are no digits")),
                    (_key("Delete"), self.tr("Take them away")),
                    (_key("Ctrl+Z"), self.tr("Take back the last of these steps")),
                ],
            ),
            (
                self.tr("In the list of pictures"),
                [
                    (self.tr("Digits"), self.tr("Put the text right")),
                    (_key("Return"), self.tr("Change the text, then go on to the next")),
                    (_key("Shift+Return"), self.tr("Begin another line in the text")),
                    (_key("Delete"), self.tr("Take back what was put right")),
                    (_key("Ctrl+Return"), self.tr("Show the picture on the canvas")),
                    (_key("Ctrl+S"), self.tr("Export as CSV")),
                ],
            ),
            (
                self.tr("In the list of runs"),
                [
                    (_key("Return"), self.tr("Read with this model")),
                    (_key("F2"), self.tr("Rename")),
                    (_key("Delete"), self.tr("Delete")),
                    (_key("Ctrl+F"), self.tr("Filter")),
                    (_key("Escape"), self.tr("Clear the filter")),
                ],
            ),
            (
                self.tr("In the confusion matrix and among pictures"),
                [
                    (arrows, self.tr("Go to another one")),
                    (_key("Escape"), self.tr("Show all misread pictures again")),
                    (_key("Return"), self.tr("Enlarge the picture")),
                    (_key("Ctrl+Return"), self.tr("Put it on the canvas")),
                    (_key("Ctrl+E"), self.tr("Put it there and explain it")),
                    (_key("Ctrl+G"), self.tr("Show it in the data")),
                    ("0 … 9", self.tr("Say what it really shows")),
                ],
            ),
            (
                self.tr("In plots"),
                [
                    (self.tr("Wheel, drag"), self.tr("Zoom, move")),
                    (self.tr("Double click"), self.tr("Show all again")),
                ],
            ),
        ]


def _in_two(groups: list[Group]) -> tuple[list[Group], list[Group]]:
    """Two columns, about as long."""
    total = sum(len(lines) + 2 for _, lines in groups)
    first: list[Group] = []
    while sum(len(lines) + 2 for _, lines in first) < total / 2:
        first.append(groups[len(first)])
    return first, groups[len(first) :]


def _menu_groups(window: QMainWindow) -> Iterator[Group]:
    for action in window.menuBar().actions():
        menu = action.menu()
        if isinstance(menu, QMenu):
            lines = list(_lines(menu))
            if lines:
                yield _plain(action), lines


def _lines(menu: QMenu) -> Iterator[Line]:
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            for key, text in _lines(inner):
                yield key, f"{_plain(action)}: {text}"
        elif not action.shortcut().isEmpty():
            yield _key(action.shortcut()), action.property(KEY_TEXT) or _plain(action)


def _key(sequence: QKeySequence | str) -> str:
    return QKeySequence(sequence).toString(QKeySequence.SequenceFormat.NativeText)


def _plain(action: QAction) -> str:
    """Without what is underlined, and without the dots of a dialog to come."""
    return without_mnemonic(action.text()).removesuffix("…")


def _table(lines: list[Line], *, wraps: bool) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(2 * GRID)
    grid.setVerticalSpacing(GRID // 2)
    grid.setColumnMinimumWidth(0, scaled(104))
    grid.setColumnStretch(1, 1)
    for row, (key, text) in enumerate(lines):
        grid.addWidget(quiet_label(key), row, 0)
        grid.addWidget(PlainLabel(text, wraps=wraps), row, 1)
    return grid
