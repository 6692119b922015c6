"""How the style paints buttons, fields, sliders and bars, in the colours of the theme."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QLineEdit,
    QStyle,
    QStyleOption,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QStyleOptionFrame,
    QStyleOptionProgressBar,
    QStyleOptionSlider,
    QStyleOptionSpinBox,
)

from mnist_desktop.ui.look.fonts import GRID
from mnist_desktop.ui.look.measures import (
    ARROW_ROOM,
    BORDER,
    CHECK_BOX,
    FOCUSED_BORDER,
    GROOVE,
    HANDLE,
    LABEL_MARGIN,
    PADDING,
    RADIUS,
    SCROLL_MARGIN,
    SMALL_RADIUS,
    scroll_part,
    slider_handle,
    step_rect,
)
from mnist_desktop.ui.look.shapes import arrow, box, line, recoloured
from mnist_desktop.ui.look.theme import Theme, current_theme, mixed

Control = QStyle.ControlElement
Part = QStyle.SubControl
Primitive = QStyle.PrimitiveElement
Role = QPalette.ColorRole
State = QStyle.StateFlag
Feature = QStyleOptionButton.ButtonFeature

HOVERED = 0.88
"""Of the accent, and the rest of the text's colour, in a default button below the mouse."""

CHOSEN = 0.15
"""Of the accent in the ground of a button that is pressed for good."""

BUSY_SECONDS = 1.5
"""In which what stands for work of unknown length runs along its bar."""

BUSY_SHARE = 0.25

INVALID = "invalid"
"""A property of a field in which there is what cannot be."""

CHECK_MARK = [QPointF(5, 9.5), QPointF(8, 12.5), QPointF(13.5, 6)]
"""In the box."""

# An option is of another class for each kind of control.
Paint = Callable[[Any, QPainter], None]
Change = Callable[[Any], QStyleOption]


def _button(option: QStyleOptionButton, painter: QPainter) -> None:
    theme, state, features = current_theme(), option.state, option.features
    is_focused = State.State_HasFocus in state
    border, fill = _button_colours(theme, option)
    if is_focused:
        is_default = Feature.DefaultButton in features
        border = theme.text if is_default else theme.accent
    width = FOCUSED_BORDER if is_focused else BORDER
    box(painter, option.rect, border, fill, width=width)
    if Feature.HasMenu in features:
        middle = QPointF(option.rect.right() - 15, option.rect.center().y() + 1)
        is_enabled = State.State_Enabled in state
        arrow(painter, middle, 3.5, theme.quiet if is_enabled else theme.faded)


def _button_colours(theme: Theme, option: QStyleOptionButton) -> tuple[str | None, str | None]:
    """Of the frame and the ground of a button that has not the keyboard."""
    state, is_flat = option.state, Feature.Flat in option.features
    is_over = State.State_MouseOver in state
    if State.State_Enabled not in state:
        return None if is_flat else theme.border, None
    if Feature.DefaultButton in option.features:
        return theme.accent, mixed(theme.accent, theme.text, HOVERED) if is_over else theme.accent
    if State.State_On in state:
        return theme.accent, mixed(theme.accent, theme.raised, CHOSEN)
    near, far = (theme.border, None) if is_flat else (theme.quiet, theme.border)
    border = near if is_over else far
    if State.State_Sunken in state:
        return border, theme.line
    return border, None if is_flat else theme.raised


def _button_label(option: QStyleOptionButton) -> QStyleOption:
    """In the colour that goes with the button's ground, and without the icons of dialogs."""
    theme, label = current_theme(), QStyleOptionButton(option)
    label.icon = QIcon()
    if State.State_Enabled not in option.state:
        return label  # for which the palette has a colour
    if Feature.DefaultButton in option.features:
        label.palette = recoloured(option.palette, Role.ButtonText, theme.on_accent)
    elif State.State_On in option.state:
        label.palette = recoloured(option.palette, Role.ButtonText, theme.accent)
    return label


def _field(option: QStyleOption, painter: QPainter) -> None:
    """A frame around what is chosen, typed or scrolled."""
    theme, state = current_theme(), option.state
    if option.styleObject is not None and option.styleObject.property(INVALID):
        border = theme.error
    elif State.State_HasFocus in state:
        border = theme.accent
    else:
        border = theme.quiet if State.State_MouseOver in state else theme.border
    box(painter, option.rect, border, theme.paper if State.State_Enabled in state else None)


def _line_edit(option: QStyleOptionFrame, painter: QPainter) -> None:
    edit = option.styleObject
    if option.lineWidth > 0:
        _field(option, painter)
    elif isinstance(edit, QLineEdit) and not isinstance(edit.parent(), QAbstractSpinBox):
        painter.fillRect(option.rect, option.palette.brush(Role.Base))


def _combo_box(option: QStyleOption, painter: QPainter) -> None:
    theme, rect = current_theme(), option.rect
    _field(option, painter)
    middle = QPointF(rect.right() - ARROW_ROOM / 2, rect.center().y() + 1)
    arrow(painter, middle, 3.5, theme.quiet if State.State_Enabled in option.state else theme.faded)


def _combo_label(option: QStyleOptionComboBox) -> QStyleOption:
    """A text that is too long is cut short with an ellipsis."""
    label = QStyleOptionComboBox(option)
    room = option.rect.width() - PADDING - ARROW_ROOM - 2 * (BORDER + LABEL_MARGIN)
    elide = Qt.TextElideMode.ElideRight
    label.currentText = option.fontMetrics.elidedText(option.currentText, elide, room)
    return label


def _spin_box(option: QStyleOptionSpinBox, painter: QPainter) -> None:
    _field(option, painter)
    if State.State_Enabled not in option.state:
        return
    theme, steps = current_theme(), QAbstractSpinBox.StepEnabledFlag
    for part, step, half in (
        (Part.SC_SpinBoxUp, steps.StepUpEnabled, -3.0),
        (Part.SC_SpinBoxDown, steps.StepDownEnabled, 3.0),
    ):
        if step not in option.stepEnabled:
            continue
        rect = step_rect(option, is_up=part == Part.SC_SpinBoxUp)
        if option.activeSubControls == part and State.State_MouseOver in option.state:
            box(painter, rect, None, theme.line, radius=SMALL_RADIUS)
        arrow(painter, QRectF(rect).center(), half, theme.quiet)


def _check_box(option: QStyleOptionButton, painter: QPainter) -> None:
    theme, state, rect = current_theme(), option.state, option.rect
    square = QRect(rect.left(), 0, CHECK_BOX, CHECK_BOX)
    square.moveTop(rect.top() + (rect.height() - CHECK_BOX) // 2)
    _check(square, state, painter)
    painter.setPen(QColor(theme.text if State.State_Enabled in state else theme.faded))
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextShowMnemonic
    painter.drawText(rect.adjusted(CHECK_BOX + GRID, 0, 0, 0), flags, option.text)


def _check(square: QRect, state: QStyle.StateFlag, painter: QPainter) -> None:
    theme = current_theme()
    is_enabled, is_on = State.State_Enabled in state, State.State_On in state
    is_focused = State.State_HasFocus in state
    if is_on:
        # Around its own ground the accent would not be seen.
        border = fill = theme.accent if is_enabled else theme.line
        border = theme.text if is_focused else border
    elif is_enabled:
        is_near = is_focused or State.State_MouseOver in state
        border, fill = theme.accent if is_near else theme.border, theme.paper
    else:
        border, fill = theme.line, None
    width = FOCUSED_BORDER if is_focused else BORDER
    box(painter, square, border, fill, width=width, radius=RADIUS - 2)
    if is_on:
        corner = QPointF(square.topLeft())
        mark = [corner + point for point in CHECK_MARK]
        line(painter, mark, theme.on_accent if is_enabled else theme.quiet, 2)


def _slider(option: QStyleOptionSlider, painter: QPainter) -> None:
    theme, parts = current_theme(), option.subControls
    is_enabled = State.State_Enabled in option.state
    handle = slider_handle(option)
    middle = handle.center()
    if Part.SC_SliderGroove in parts:
        groove = QRect(option.rect)
        groove.setTop(middle.y() - GROOVE // 2 + 1)
        groove.setHeight(GROOVE)
        box(painter, groove, None, theme.border if is_enabled else theme.line, radius=GROOVE / 2)
        if is_enabled:
            groove.setRight(middle.x())
            box(painter, groove, None, theme.accent, radius=GROOVE / 2)
    if Part.SC_SliderHandle in parts:
        is_focused = State.State_HasFocus in option.state
        circle = QRect(0, 0, HANDLE, HANDLE)
        circle.moveCenter(middle)
        border = theme.accent if is_focused else theme.border
        width = FOCUSED_BORDER if is_focused else BORDER
        inside = theme.raised if is_enabled else theme.line
        box(painter, circle, border if is_enabled else None, inside, width=width, radius=HANDLE / 2)


def _scroll_bar(option: QStyleOptionSlider, painter: QPainter) -> None:
    if option.minimum == option.maximum:
        return
    theme = current_theme()
    handle = scroll_part(option, Part.SC_ScrollBarSlider)
    is_horizontal = option.orientation == Qt.Orientation.Horizontal
    if is_horizontal:
        handle.setTop(handle.top() + SCROLL_MARGIN)
    else:
        handle.setLeft(handle.left() + SCROLL_MARGIN)
    is_over = State.State_MouseOver in option.state
    box(painter, handle, None, theme.quiet if is_over else theme.border, radius=SMALL_RADIUS)


def _progress_bar(option: QStyleOptionProgressBar, painter: QPainter) -> None:
    theme, rect = current_theme(), option.rect
    radius = rect.height() / 2
    box(painter, rect, None, theme.line, radius=radius)
    whole = option.maximum - option.minimum
    if whole:
        begin, end = 0.0, (option.progress - option.minimum) / whole
    else:
        begin = (time.monotonic() / BUSY_SECONDS % 1) * (1 - BUSY_SHARE)
        end = begin + BUSY_SHARE
    if end > begin:
        done = QRect(rect)
        done.setLeft(rect.left() + round(begin * rect.width()))
        done.setWidth(max(rect.height(), round((end - begin) * rect.width())))
        box(painter, done, None, theme.accent, radius=radius)


FRAMES: dict[QStyle.PrimitiveElement, Paint] = {
    Primitive.PE_Frame: _field,
    Primitive.PE_PanelLineEdit: _line_edit,
}
CONTROLS: dict[QStyle.ControlElement, Paint] = {
    Control.CE_CheckBox: _check_box,
    Control.CE_ProgressBar: _progress_bar,
    Control.CE_PushButtonBevel: _button,
}
CONTROL_LABELS: dict[QStyle.ControlElement, Change] = {
    Control.CE_ComboBoxLabel: _combo_label,
    Control.CE_PushButtonLabel: _button_label,
}
COMPLEX: dict[QStyle.ComplexControl, Paint] = {
    QStyle.ComplexControl.CC_ComboBox: _combo_box,
    QStyle.ComplexControl.CC_ScrollBar: _scroll_bar,
    QStyle.ComplexControl.CC_Slider: _slider,
    QStyle.ComplexControl.CC_SpinBox: _spin_box,
}
