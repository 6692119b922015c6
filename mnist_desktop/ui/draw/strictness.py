"""How sure it must be to answer."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Slot
from PySide6.QtWidgets import QSlider, QWidget

from mnist_desktop.ui.look.fonts import control_height, scaled, tabular
from mnist_desktop.ui.session.read.reader import Reader
from mnist_desktop.ui.session.texts import percent
from mnist_desktop.ui.widgets.controls import named, quiet_label
from mnist_desktop.ui.widgets.layouts import hbox
from mnist_desktop.ui.widgets.plain_text import PlainLabel

STRICTEST = 99
"""Per cent. Of nothing is a network quite sure."""

WIDEST = 200
"""Pixels."""


class StrictnessSlider(QWidget):
    """Sets below how many per cent it declines."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self._reader = reader
        self._slider = named(QSlider(Qt.Orientation.Horizontal), "strictnessSlider")
        self._slider.setRange(0, STRICTEST)
        self._slider.setPageStep(10)
        self._slider.setMaximumWidth(scaled(WIDEST))
        self._slider.setMinimumHeight(control_height())
        self._slider.setAccessibleName(self.tr("Strictness in per cent"))
        self._slider.setToolTip(
            self.tr(
                "How sure it must be of each digit to answer. What it is less sure of it declines "
                "with “?” and says why. 0 %: it always answers."
            )
        )
        caption = quiet_label(self.tr("Strictness"))
        caption.setBuddy(self._slider)
        caption.setToolTip(self._slider.toolTip())
        self._figure = PlainLabel()
        self._figure.setFont(tabular(self.font()))
        self._figure.setMinimumWidth(self.fontMetrics().horizontalAdvance(percent(0.99)) + 2)
        self._figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

        layout = hbox(caption, (self._slider, 1), self._figure)
        layout.addStretch()  # only what the slider, at its widest, leaves
        self.setLayout(layout)
        self._slider.valueChanged.connect(self._on_moved)
        reader.strictness_changed.connect(self._update)
        self._update()

    @Slot(int)
    def _on_moved(self, value: int) -> None:
        self._reader.set_strictness(value / 100)

    @Slot()
    def _update(self) -> None:
        strictness = self._reader.strictness
        with QSignalBlocker(self._slider):
            self._slider.setValue(round(100 * strictness))
        self._figure.setText(percent(strictness))
