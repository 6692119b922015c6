"""How large the parts of controls are, in pixels, and where in a control they lie."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QStyle, QStyleOption, QStyleOptionSlider

from mnist_desktop.ui.look.fonts import GRID

BORDER = 1
FOCUSED_BORDER = 2
"""Of a button or handle that has the keyboard."""

RADIUS = 6
SMALL_RADIUS = 3

PADDING = GRID
"""Beside the text of a field, to which Qt adds 2 pixels where it can be typed."""

LABEL_MARGIN = 1
"""So that the text of a list stands below that of a field: Qt adds one pixel to it."""

TEXT_MARGIN = 4
"""Around a text of several lines, which has as much of its own."""

BUTTON_PADDING = 12
ARROW_ROOM = 24
"""Of the arrow of a list, or of those of a field for a number."""

ARROW_HEIGHT = 14
CHECK_BOX = 18
HANDLE = 16
"""Of a slider."""

GROOVE = 4
TAB_PADDING = (2 * GRID, GRID)
UNDERLINE = 2
"""Below the tab that is seen."""

SCROLL_BAR = 10
SCROLL_MARGIN = 4
"""Between a scroll bar's handle and what it scrolls."""

SHORTEST_HANDLE = 32
ROW_HEIGHT = 28
CELL_PADDING = GRID - 3
"""Beside a text, for which Qt leaves 3 pixels of its own: so it stands below its column's title."""

PROGRESS = GRID
MENU_PADDING = 4
"""On each side of the titles of menus, and above and below them together."""


def step_rect(option: QStyleOption, *, is_up: bool) -> QRect:
    """The upper or lower button of a field for a number."""
    rect = option.rect
    top = rect.top() + 3 if is_up else rect.bottom() - ARROW_HEIGHT - 2
    return QRect(rect.right() - ARROW_ROOM + 1, top, ARROW_ROOM - 2, ARROW_HEIGHT)


def slider_handle(option: QStyleOptionSlider) -> QRect:
    """A slider's handle, over all of its height."""
    at = _handle_at(option, HANDLE)
    return _between(option, at, at + HANDLE)


def scroll_part(option: QStyleOptionSlider, part: QStyle.SubControl) -> QRect:
    """A part of a scroll bar; arrows it has none."""
    room = _room(option)
    pages = max(1, option.maximum - option.minimum + option.pageStep)
    length = min(room, max(SHORTEST_HANDLE, room * option.pageStep // pages))
    at = _handle_at(option, length)
    match part:
        case QStyle.SubControl.SC_ScrollBarSlider:
            return _between(option, at, at + length)
        case QStyle.SubControl.SC_ScrollBarGroove:
            return _between(option, 0, room)
        case QStyle.SubControl.SC_ScrollBarSubPage:
            return _between(option, 0, at)
        case QStyle.SubControl.SC_ScrollBarAddPage:
            return _between(option, at + length, room)
    return QRect()


def _handle_at(option: QStyleOptionSlider, length: int) -> int:
    """Where a handle of a length begins."""
    return QStyle.sliderPositionFromValue(
        option.minimum,
        option.maximum,
        option.sliderPosition,
        _room(option) - length,
        option.upsideDown,
    )


def _room(option: QStyleOptionSlider) -> int:
    is_horizontal = option.orientation == Qt.Orientation.Horizontal
    return option.rect.width() if is_horizontal else option.rect.height()


def _between(option: QStyleOptionSlider, first: int, last: int) -> QRect:
    rect = option.rect
    if option.orientation == Qt.Orientation.Horizontal:
        return QRect(rect.left() + first, rect.top(), last - first, rect.height())
    return QRect(rect.left(), rect.top() + first, rect.width(), last - first)
