"""A field for each kind of setting."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QSlider,
    QSpinBox,
    QWidget,
)

from mnist_desktop.learning.settings.config import parse_hidden
from mnist_desktop.learning.settings.setting import Setting
from mnist_desktop.learning.settings.setting_kinds import ConfigError, Number, OneOf, Whole, YesNo
from mnist_desktop.ui.look.painted_controls import INVALID
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

    Attributes:
        widget: with a label before it, but for a box to tick, which says itself what it is.

    Signals:
        edited(object): a value, checked for nothing.
        refused(object): the ``ConfigError`` of what was entered and is no value.
    """

    edited = Signal(object)
    refused = Signal(object)

    def __init__(self, setting: Setting, widget: QWidget) -> None:
        super().__init__(widget)
        self.setting = setting
        self.widget = widget
        widget.setAccessibleName(translated("core", setting.name))
        widget.setToolTip(plain_tooltip(translated("core", setting.help)))
        for one in (widget, *widget.findChildren(QWidget)):
            if one.focusPolicy() == Qt.FocusPolicy.WheelFocus:
                one.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            one.installEventFilter(self)

    def show(self, value: Any) -> None:
        """Show a value, of which nothing is told."""
        raise NotImplementedError

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


class WholeField(Field):
    """0 stands for None, where there may be none."""

    def __init__(self, setting: Setting, kind: Whole) -> None:
        self._may_be_none = bool(kind.none)
        self._spin: QSpinBox = whole_spin(
            f"{control_name(setting)}Spin",
            0 if kind.none else kind.low,
            min(kind.high, MAX_SPIN),
        )
        self._spin.setSpecialValueText(translated("core", kind.none))
        if kind.high >= 1_000_000 and kind.low == 0:
            self._spin.setSingleStep(1000)
        super().__init__(setting, self._spin)
        self._spin.valueChanged.connect(self._on_changed)

    def show(self, value: int | None) -> None:
        shown = min(value or 0, MAX_SPIN)
        if self._spin.value() != shown:  # or what is being typed would change under the cursor
            with QSignalBlocker(self._spin):
                self._spin.setValue(shown)

    @Slot(int)
    def _on_changed(self, value: int) -> None:
        self.edited.emit(None if self._may_be_none and value == 0 else value)


class NumberField(Field):
    """A share is shown in percent."""

    def __init__(self, setting: Setting, kind: Number) -> None:
        self._scale = 100 if kind.is_share else 1
        self._spin = decimal_spin(
            f"{control_name(setting)}Spin",
            self._scale * kind.low,
            self._scale * kind.high,
            decimals=DECIMALS,
        )
        if kind.is_share:
            self._spin.setSuffix(percent_sign())
        super().__init__(setting, self._whole(self._spin, kind))
        self._spin.valueChanged.connect(self._on_changed)

    def _whole(self, spin: QWidget, kind: Number) -> QWidget:
        return spin

    def show(self, value: float) -> None:
        shown = round(self._scale * value, DECIMALS)
        if round(self._spin.value(), DECIMALS) != shown:
            with QSignalBlocker(self._spin):
                self._spin.setValue(shown)

    @Slot(float)
    def _on_changed(self, value: float) -> None:
        self.edited.emit(value / self._scale)


class SliderField(NumberField):
    """A number with a slider beside it."""

    def __init__(self, setting: Setting, kind: Number) -> None:
        super().__init__(setting, kind)
        for one in (self._slider, self._spin):
            one.setAccessibleName(self.widget.accessibleName())
        self._slider.valueChanged.connect(self._on_slider)

    def _whole(self, spin: QWidget, kind: Number) -> QWidget:
        whole = QWidget()
        self._slider = named(QSlider(Qt.Orientation.Horizontal), "distortionSlider")
        self._slider.setRange(0, round(kind.high * SLIDER_STEPS))
        self._slider.setPageStep(SLIDER_STEPS // 2)
        whole.setLayout(hbox((self._slider, 1), spin))
        return whole

    def show(self, value: float) -> None:
        super().show(value)
        # It knows tenths only, and would round the setting.
        with QSignalBlocker(self._slider):
            self._slider.setValue(round(value * SLIDER_STEPS))

    @Slot(int)
    def _on_slider(self, steps: int) -> None:
        self.edited.emit(steps / SLIDER_STEPS)


class ChoiceField(Field):
    """One of several words."""

    def __init__(self, setting: Setting, kind: OneOf) -> None:
        self._combo = combo(
            f"{control_name(setting)}Combo",
            [(translated("core", name), value) for value, name in kind.names.items()],
        )
        super().__init__(setting, self._combo)
        self._combo.currentIndexChanged.connect(self._on_changed)

    def show(self, value: str) -> None:
        choose(self._combo, value)

    @Slot()
    def _on_changed(self) -> None:
        self.edited.emit(self._combo.currentData())


class TickField(Field):
    """Done or not."""

    def __init__(self, setting: Setting) -> None:
        self._check = named(
            QCheckBox(translated("core", setting.name)), f"{control_name(setting)}Check"
        )
        super().__init__(setting, self._check)
        self._check.toggled.connect(self._on_toggled)

    def show(self, value: bool) -> None:
        with QSignalBlocker(self._check):
            self._check.setChecked(value)

    @Slot(bool)
    def _on_toggled(self, is_on: bool) -> None:
        self.edited.emit(is_on)


class WidthsField(Field):
    """Numbers with commas between them."""

    def __init__(self, setting: Setting) -> None:
        self._edit = named(QLineEdit(), f"{control_name(setting)}LayersEdit")
        super().__init__(setting, self._edit)
        self._edit.setAcceptDrops(False)  # a file is for the window
        self._edit.setPlaceholderText(self.tr("none: softmax regression"))
        self._edit.textChanged.connect(self._on_changed)

    def show(self, value: tuple[int, ...]) -> None:
        if self._parsed() != value:
            with QSignalBlocker(self._edit):
                self._edit.setText(", ".join(map(str, value)))

    def mark(self, *, is_invalid: bool) -> None:
        """Show that what is typed cannot be."""
        self._edit.setProperty(INVALID, is_invalid)
        self._edit.update()

    def _parsed(self) -> tuple[int, ...] | None:
        try:
            return parse_hidden(self._edit.text())
        except ConfigError:
            return None

    @Slot(str)
    def _on_changed(self, text: str) -> None:
        try:
            self.edited.emit(parse_hidden(text))
        except ConfigError as problem:
            self.refused.emit(problem)


def field_for(setting: Setting) -> Field:
    """A field for a setting."""
    kind = setting.kind
    if isinstance(kind, Whole):
        return WholeField(setting, kind)
    if isinstance(kind, Number):
        has_slider = setting.field == "distortion"
        return SliderField(setting, kind) if has_slider else NumberField(setting, kind)
    if isinstance(kind, OneOf):
        return ChoiceField(setting, kind)
    return TickField(setting) if isinstance(kind, YesNo) else WidthsField(setting)


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
