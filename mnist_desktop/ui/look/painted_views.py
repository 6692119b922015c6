"""How the style paints tabs, tables, menus and tooltips, in the colours of the theme."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QStyle,
    QStyleOption,
    QStyleOptionHeader,
    QStyleOptionMenuItem,
    QStyleOptionTab,
    QStyleOptionViewItem,
    QTableView,
)

from mnist_desktop.ui.look.measures import BORDER, CELL_PADDING, SMALL_RADIUS, UNDERLINE
from mnist_desktop.ui.look.painted_controls import Change, Paint
from mnist_desktop.ui.look.shapes import box, recoloured
from mnist_desktop.ui.look.theme import current_theme, mixed

Control = QStyle.ControlElement
Primitive = QStyle.PrimitiveElement
State = QStyle.StateFlag

SELECTED = 0.16
"""Of the accent behind a selected row. A block of the accent itself would outshine the curves."""

INDENT = "indent"
"""A property of a header: pixels before its first title, where something stands before texts."""

IN_THE_MIDDLE = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextShowMnemonic


def _tab(option: QStyleOptionTab, painter: QPainter) -> None:
    if State.State_Selected in option.state:
        rect = option.rect
        line = QRect(rect.left(), rect.bottom() + 1 - UNDERLINE, rect.width(), UNDERLINE)
        painter.fillRect(line, QColor(current_theme().accent))


def _tab_label(option: QStyleOptionTab, painter: QPainter) -> None:
    theme, state = current_theme(), option.state
    if State.State_HasFocus in state:
        colour = theme.accent
    else:
        is_near = State.State_Selected in state or State.State_MouseOver in state
        colour = theme.text if is_near else theme.quiet
    painter.setPen(QColor(colour))
    painter.drawText(option.rect, IN_THE_MIDDLE, option.text)


def _header(option: QStyleOptionHeader, painter: QPainter) -> None:
    theme, rect = current_theme(), option.rect
    painter.fillRect(rect, QColor(theme.paper))
    if option.orientation == Qt.Orientation.Horizontal:
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), BORDER, QColor(theme.border))


def _beside_header(option: QStyleOption, painter: QPainter) -> None:
    painter.fillRect(option.rect, QColor(current_theme().paper))


def _header_label(option: QStyleOptionHeader) -> QStyleOption:
    """A title that is too long is cut in its middle: names often differ at their ends."""
    label = QStyleOptionHeader(option)
    beside = CELL_PADDING + 1
    label.rect = option.rect.adjusted(beside + header_indent(option), 0, -beside, 0)
    middle = Qt.TextElideMode.ElideMiddle
    label.text = option.fontMetrics.elidedText(option.text, middle, label.rect.width() + 1)
    label.palette = recoloured(option.palette, QPalette.ColorRole.ButtonText, current_theme().quiet)
    return label


def header_indent(option: QStyleOptionHeader) -> int:
    """Pixels before a column's title."""
    indent = option.styleObject.property(INDENT) if option.section == 0 else None
    return indent or 0


def _item(option: QStyleOptionViewItem) -> QStyleOption:
    """A text that stays readable where it is selected."""
    item = QStyleOptionViewItem(option)
    if isinstance(option.widget, QTableView):
        item.rect = option.rect.adjusted(CELL_PADDING, 0, -CELL_PADDING, 0)
    role = QPalette.ColorRole.HighlightedText
    item.palette = recoloured(option.palette, role, current_theme().text)
    return item


def _item_ground(option: QStyleOptionViewItem, painter: QPainter) -> None:
    theme = current_theme()
    painter.fillRect(option.rect, option.backgroundBrush)
    if State.State_Selected in option.state:
        painter.fillRect(option.rect, QColor(mixed(theme.accent, theme.paper, SELECTED)))


def _row_ground(option: QStyleOptionViewItem, painter: QPainter) -> None:
    """Behind a cell of a table, all of it; what is painted as an item is without the padding."""
    if isinstance(option.widget, QTableView):
        _item_ground(option, painter)


def _menu_bar(option: QStyleOption, painter: QPainter) -> None:
    painter.fillRect(option.rect, QColor(current_theme().window))


def _menu_title(option: QStyleOptionMenuItem, painter: QPainter) -> None:
    theme, state = current_theme(), option.state
    is_near = State.State_Selected in state
    is_open = is_near and State.State_Sunken in state
    ground = theme.line if is_near else theme.window
    painter.fillRect(option.rect, QColor(theme.accent if is_open else ground))
    colour = theme.on_accent if is_open else theme.text
    painter.setPen(QColor(colour if State.State_Enabled in state else theme.faded))
    painter.drawText(option.rect, IN_THE_MIDDLE, option.text)


def _tool_tip(option: QStyleOption, painter: QPainter) -> None:
    theme, rect = current_theme(), option.rect
    painter.fillRect(rect, QColor(theme.border))
    painter.fillRect(rect.adjusted(BORDER, BORDER, -BORDER, -BORDER), QColor(theme.raised))


def _focus(option: QStyleOption, painter: QPainter) -> None:
    """Around a link or an item of a list; whatever else has the keyboard shows it itself."""
    if isinstance(option.styleObject, QLabel | QAbstractItemView):
        box(painter, option.rect, current_theme().accent, None, radius=SMALL_RADIUS)


def _nothing(option: QStyleOption, painter: QPainter) -> None:
    """What is there is enough without."""


GROUNDS: dict[QStyle.PrimitiveElement, Paint] = {
    Primitive.PE_FrameFocusRect: _focus,
    Primitive.PE_FrameTabBarBase: _nothing,
    Primitive.PE_PanelItemViewItem: _item_ground,
    Primitive.PE_PanelItemViewRow: _row_ground,
    Primitive.PE_PanelTipLabel: _tool_tip,
}
VIEWS: dict[QStyle.ControlElement, Paint] = {
    Control.CE_HeaderEmptyArea: _beside_header,
    Control.CE_HeaderSection: _header,
    Control.CE_MenuBarEmptyArea: _menu_bar,
    Control.CE_MenuBarItem: _menu_title,
    Control.CE_TabBarTabLabel: _tab_label,
    Control.CE_TabBarTabShape: _tab,
}
VIEW_LABELS: dict[QStyle.ControlElement, Change] = {
    Control.CE_HeaderLabel: _header_label,
    Control.CE_ItemViewItem: _item,
}
