"""A field for each kind of setting."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QObject,
    QSignalBlocker,
    Qt,
    Signal,
    SignalInstance,
    Slot,
)
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLineEdit,
    QSlider,
    QWidget,
)

from mnist_desktop.learning.settings.config import parse_hidden
from mnist_desktop.learning.settings.setting import Setting
from mnist_desktop.learning.settings.setting_kinds import ConfigError, Number, OneOf, Whole, YesNo
from mnist_desktop.ui.session.texts import percent_sign, translated
from mnist_desktop.ui.widgets.controls import decimal_spin, named, whole_spin
from mnist_desktop.ui.widgets.layouts import hbox
from mnist_desktop.ui.widgets.plain_text import plain_tooltip

DECIMALS = 10
"""So that the smallest learning rate can be typed."""

MAX_SPIN = 2**31 - 1
"""A spin box holds no larger number."""

SLIDER_STEPS = 10
"""For each 1 of the strength."""


class Field(QObject):
    """A widget that shows a setting's value, and tells when a person has entered another.

    Args:
        changed: the widget's signal that something else is in it.
        entered: gives the value that is in it; raises a ``ConfigError`` where that is none.
        put: puts a value into it. What is the same already it leaves alone, or what is being typed
            would change under the cursor.

    Attributes:
        widget: with a label before it, but for a box to tick, which says itself what it is.

    Signals:
        edited(object): a value, checked for nothing.
        refused(object): the ``ConfigError`` of what was entered and is no value.
    """

    edited = Signal(object)
    refused = Signal(object)

    def __init__(
        self,
        setting: Setting,
        widget: QWidget,
        changed: SignalInstance,
        entered: Callable[[], Any],
        put: Callable[[Any], None],
    ) -> None:
        super().__init__(widget)
        self.setting = setting
        self.widget = widget
        self._entered = entered
        self._put = put
        self._is_showing = False
        widget.setAccessibleName(translated("core", setting.name))
        widget.setToolTip(plain_tooltip(translated("core", setting.help)))
        for one in (widget, *widget.findChildren(QWidget)):
            if one.focusPolicy() == Qt.FocusPolicy.WheelFocus:
                one.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            one.installEventFilter(self)
        changed.connect(self._on_changed)

    def show(self, value: Any) -> None:
        """Show a value, of which nothing is told."""
        self._is_showing = True
        self._put(value)
        self._is_showing = False

    @Slot()
    def _on_changed(self) -> None:
        if not self._is_showing:
            try:
                self.edited.emit(self._entered())
            except ConfigError as problem:
                self.refused.emit(problem)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The wheel over a field that has not the focus scrolls what the field lies on."""
        if event.type() == QEvent.Type.Wheel and not self._has_focus:
            event.ignore()
            return True
        return False

    @property
    def _has_focus(self) -> bool:
        widgets = (self.widget, *self.widget.findChildren(QWidget))
        return any(widget.hasFocus() for widget in widgets)


def field_for(setting: Setting) -> Field:
    """A field for a setting."""
    kind = setting.kind
    if isinstance(kind, Whole):
        return _whole_field(setting, kind)
    if isinstance(kind, Number):
        has_slider = setting.field == "distortion"
        return (_slider_field if has_slider else _number_field)(setting, kind)
    if isinstance(kind, OneOf):
        return _choice_field(setting, kind)
    return _tick_field(setting) if isinstance(kind, YesNo) else _widths_field(setting)


def _whole_field(setting: Setting, kind: Whole) -> Field:
    """0 stands for None, where there may be none."""
    low = 0 if kind.none else kind.low
    spin = whole_spin(f"{control_name(setting)}Spin", low, min(kind.high, MAX_SPIN))
    spin.setSpecialValueText(translated("core", kind.none))
    if kind.high >= 1_000_000 and kind.low == 0:
        spin.setSingleStep(1000)

    def entered() -> int | None:
        return None if kind.none and spin.value() == 0 else spin.value()

    def put(value: int | None) -> None:
        shown = min(value or 0, MAX_SPIN)
        if spin.value() != shown:
            spin.setValue(shown)

    return Field(setting, spin, spin.valueChanged, entered, put)


def _number_spin(
    setting: Setting, kind: Number
) -> tuple[QDoubleSpinBox, Callable[[], float], Callable[[float], None]]:
    """A number, what is entered, and what shows another; a share is shown in percent."""
    scale = 100 if kind.is_share else 1
    name, low, high = f"{control_name(setting)}Spin", scale * kind.low, scale * kind.high
    spin = decimal_spin(name, low, high, decimals=DECIMALS)
    if kind.is_share:
        spin.setSuffix(percent_sign())

    def put(value: float) -> None:
        shown = round(scale * value, DECIMALS)
        if round(spin.value(), DECIMALS) != shown:
            spin.setValue(shown)

    return spin, lambda: spin.value() / scale, put


def _number_field(setting: Setting, kind: Number) -> Field:
    spin, entered, put = _number_spin(setting, kind)
    return Field(setting, spin, spin.valueChanged, entered, put)


def _slider_field(setting: Setting, kind: Number) -> Field:
    """A number with a slider beside it."""
    spin, entered, put = _number_spin(setting, kind)
    slider = named(QSlider(Qt.Orientation.Horizontal), "distortionSlider")
    slider.setRange(0, round(kind.high * SLIDER_STEPS))
    slider.setPageStep(SLIDER_STEPS // 2)
    both = QWidget()
    both.setLayout(hbox((slider, 1), spin))

    def put_both(value: float) -> None:
        put(value)
        # It knows tenths only, and would round the setting.
        with QSignalBlocker(slider):
            slider.setValue(round(value * SLIDER_STEPS))

    field = Field(setting, both, spin.valueChanged, entered, put_both)
    for one in (slider, spin):
        one.setAccessibleName(both.accessibleName())
    slider.valueChanged.connect(lambda steps: field.edited.emit(steps / SLIDER_STEPS))
    return field


def _choice_field(setting: Setting, kind: OneOf) -> Field:
    """One of several words."""
    choices = [(translated("core", name), value) for value, name in kind.names.items()]
    box = combo(f"{control_name(setting)}Combo", choices)
    return Field(setting, box, box.currentIndexChanged, box.currentData, partial(choose, box))


def _tick_field(setting: Setting) -> Field:
    """Done or not."""
    check = named(QCheckBox(translated("core", setting.name)), f"{control_name(setting)}Check")
    return Field(setting, check, check.toggled, check.isChecked, check.setChecked)


def _widths_field(setting: Setting) -> Field:
    """Numbers with commas between them."""
    edit = named(QLineEdit(), f"{control_name(setting)}LayersEdit")
    edit.setAcceptDrops(False)  # a file is for the window
    edit.setPlaceholderText(QCoreApplication.translate("WidthsField", "none: softmax regression"))

    def entered() -> tuple[int, ...]:
        return parse_hidden(edit.text())

    def put(value: tuple[int, ...]) -> None:
        with suppress(ConfigError):
            if entered() == value:
                return
        edit.setText(", ".join(map(str, value)))

    return Field(setting, edit, edit.textChanged, entered, put)


def control_name(setting: Setting) -> str:
    """As in "batchSize" of ``batch_size``; what kind of control it is follows."""
    first, *others = setting.field.split("_")
    return first + "".join(word.title() for word in others)


def combo(name: str, choices: list[tuple[str, str]]) -> QComboBox:
    """A field for one of several values, each with the text that stands for it."""
    box = named(QComboBox(), name)
    for text, value in choices:
        box.addItem(text, value)
    return box


def choose(box: QComboBox, value: str) -> None:
    """Show one of the values of a ``combo``, of which nothing is told."""
    with QSignalBlocker(box):
        box.setCurrentIndex(box.findData(value))
