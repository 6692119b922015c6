"""The application's style: how large controls are, where their parts lie, and who paints them.

A style sheet could look the same. But for each change of theme Qt works out anew what it says of
each of some thousand widgets, which takes it a tenth of a second; here that is a new palette.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QProxyStyle,
    QStyle,
    QStyleOption,
    QStyleOptionComplex,
    QTabBar,
    QTableView,
    QWidget,
)

from mnist_desktop.ui.look.fonts import GRID, control_height, scaled
from mnist_desktop.ui.look.measures import (
    ARROW_ROOM,
    BORDER,
    BUTTON_PADDING,
    CELL_PADDING,
    CHECK_BOX,
    LABEL_MARGIN,
    MENU_PADDING,
    PADDING,
    ROW_HEIGHT,
    SCROLL_BAR,
    TAB_PADDING,
    TEXT_MARGIN,
    UNDERLINE,
    scroll_part,
    slider_handle,
    step_rect,
)
from mnist_desktop.ui.look.painted_controls import COMPLEX, CONTROL_LABELS, CONTROLS, FRAMES
from mnist_desktop.ui.look.painted_views import GROUNDS, VIEW_LABELS, VIEWS, header_indent

PRIMITIVES = FRAMES | GROUNDS
PAINTED = CONTROLS | VIEWS
LABELS = CONTROL_LABELS | VIEW_LABELS
"""What Qt paints, from options that are changed before."""

Complex = QStyle.ComplexControl
Contents = QStyle.ContentsType
Element = QStyle.SubElement
Part = QStyle.SubControl


class Style(QProxyStyle):
    """Qt's own Fusion, with flat controls of one height, in the colours of the theme.

    An option is of another class for each kind of control.
    """

    def __init__(self) -> None:
        super().__init__("Fusion")

    def polish(self, what: Any) -> Any:
        """Let a widget, at first, have what this style paints."""
        if isinstance(what, QLineEdit | QTabBar):
            what.setAttribute(Qt.WidgetAttribute.WA_Hover)
        elif isinstance(what, QTableView | QPlainTextEdit | QListWidget):
            what.viewport().setAutoFillBackground(False)  # whose corners are not round
        if isinstance(what, QPlainTextEdit | QListWidget):
            what.setViewportMargins(*4 * (TEXT_MARGIN,))
        return super().polish(what)

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        if paint := PRIMITIVES.get(element):
            paint(option, painter)
        else:
            super().drawPrimitive(element, option, painter, widget)

    def drawControl(
        self,
        element: QStyle.ControlElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        if paint := PAINTED.get(element):
            paint(option, painter)
            return
        if label := LABELS.get(element):
            option = label(option)
        super().drawControl(element, option, painter, widget)

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        if paint := COMPLEX.get(control):
            paint(option, painter)
        else:
            super().drawComplexControl(control, option, painter, widget)

    def sizeFromContents(
        self,
        kind: QStyle.ContentsType,
        option: Any,
        size: QSize,
        widget: Any = None,
    ) -> QSize:
        width, height = size.width(), control_height()
        match kind:
            case Contents.CT_PushButton:
                width += 2 * (BUTTON_PADDING + BORDER)
            case Contents.CT_LineEdit if option.lineWidth > 0:
                width += 2 * (PADDING + BORDER)
            case Contents.CT_SpinBox | Contents.CT_ComboBox:
                width += 2 * PADDING + ARROW_ROOM + 2 * BORDER
            case Contents.CT_CheckBox:
                width, height = CHECK_BOX + GRID + width, height - GRID
            case Contents.CT_TabBarTab:
                text = option.fontMetrics.size(Qt.TextFlag.TextShowMnemonic, option.text)
                beside, above = TAB_PADDING
                width, height = text.width() + 2 * beside, text.height() + 2 * above + UNDERLINE
            case Contents.CT_ScrollBar:
                is_horizontal = option.orientation == Qt.Orientation.Horizontal
                width, height = (
                    (width, SCROLL_BAR) if is_horizontal else (SCROLL_BAR, size.height())
                )
            case _:
                return self._fusions_size(kind, option, size, widget)
        return QSize(width, height)

    def _fusions_size(
        self,
        kind: QStyle.ContentsType,
        option: Any,
        size: QSize,
        widget: Any,
    ) -> QSize:
        """What Fusion says, with what tables and menus need beside it."""
        size = super().sizeFromContents(kind, option, size, widget)
        if kind == Contents.CT_HeaderSection and option.orientation == Qt.Orientation.Horizontal:
            beside = 2 * CELL_PADDING + header_indent(option)
            size = QSize(size.width() + beside, scaled(ROW_HEIGHT) + BORDER)
        elif kind == Contents.CT_MenuBarItem:
            size += QSize(2 * MENU_PADDING, MENU_PADDING)
        elif kind == Contents.CT_ItemViewItem and isinstance(widget, QTableView):
            size.setWidth(size.width() + 2 * CELL_PADDING)
        return size

    def subElementRect(self, element: QStyle.SubElement, option: Any, widget: Any = None) -> QRect:
        rect = super().subElementRect(element, option, widget)
        match element:
            case Element.SE_LineEditContents if option.lineWidth > 0:
                beside = PADDING - option.lineWidth
                rect.adjust(beside, 0, -beside, 0)
            case Element.SE_CheckBoxClickRect:
                rect = QRect(option.rect)
            case Element.SE_TabWidgetTabBar:
                rect.moveLeft(rect.left() + GRID)
        return rect

    def subControlRect(
        self,
        control: QStyle.ComplexControl,
        option: Any,
        part: QStyle.SubControl,
        widget: Any = None,
    ) -> QRect:
        rect = super().subControlRect(control, option, part, widget)
        match control, part:
            case Complex.CC_Slider, Part.SC_SliderHandle:
                rect = slider_handle(option)
            case Complex.CC_Slider, Part.SC_SliderGroove:
                rect = QRect(option.rect)
            case Complex.CC_ScrollBar, _:
                rect = scroll_part(option, part)
            case Complex.CC_SpinBox, Part.SC_SpinBoxEditField:
                rect = QRect(option.rect)
                rect.adjust(PADDING, BORDER, -ARROW_ROOM - BORDER, -BORDER)
            case Complex.CC_ComboBox, Part.SC_ComboBoxEditField:
                rect = QRect(option.rect)
                rect.adjust(PADDING + LABEL_MARGIN, BORDER, -ARROW_ROOM - BORDER, -BORDER)
            case Complex.CC_SpinBox, (Part.SC_SpinBoxUp | Part.SC_SpinBoxDown):
                rect = step_rect(option, is_up=part == Part.SC_SpinBoxUp)
        return rect
