"""What becomes of the training pictures: distortion, and drawings that join them."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from mnist_desktop.learning.config import MAX_DISTORTION, MAX_SYNTHETIC, TrainingConfig
from mnist_desktop.ui.look.theme import GRID
from mnist_desktop.ui.train.distortion_preview import DistortionPreview
from mnist_desktop.ui.train.setting_groups import SettingsGroup
from mnist_desktop.ui.widgets.controls import decimal_spin, named, whole_spin
from mnist_desktop.ui.widgets.forms import add_rows
from mnist_desktop.ui.widgets.plain_text import plain_tooltip

SLIDER_STEPS = 10
"""For each 1 of the strength."""


class PicturesGroup(SettingsGroup):
    """Distortion and styles, with a preview.

    Attributes:
        preview: shows what these settings do.
    """

    def __init__(self) -> None:
        super().__init__(self.tr("Distortion and styles"))
        self._strength = _Strength(self.tr("Distortion"))
        self._strength.set_tool_tip(
            self.tr(
                "How much each training picture is turned, slanted, stretched and bent, every "
                "time in another way, so that the network reads other hands too. 0 leaves the "
                "pictures as they are."
            )
        )
        self.preview = DistortionPreview()
        self._synthetic = whole_spin("writtenDigitsSpin", 0, MAX_SYNTHETIC)
        self._synthetic.setSingleStep(1000)
        self._synthetic.setToolTip(
            self.tr(
                "So many digits in styles that MNIST lacks, such as slashed zeros and crossed "
                "sevens, join the training pictures. The program writes them itself."
            )
        )
        self._scribbles = whole_spin("scribblesSpin", 0, MAX_SYNTHETIC)
        self._scribbles.setSingleStep(1000)
        self._scribbles.setToolTip(
            self.tr(
                "So many letters, signs and scribbles join the training pictures, so that the "
                "network learns to be unsure of what is no digit."
            )
        )
        self._smoothing = decimal_spin("labelSmoothingSpin", 0.0, 0.5, decimals=3, step=0.01)
        self._smoothing.setToolTip(
            self.tr(
                "How much of the right answer is shared out among all ten digits. A little keeps "
                "the network from being surer than it should be."
            )
        )
        add_rows(self.form, [(self.tr("Distortion"), self._strength)])
        self.form.addRow(self.preview)
        add_rows(
            self.form,
            [
                (self.tr("Synthetic digits"), self._synthetic),
                (self.tr("Scribbles"), self._scribbles),
                (self.tr("Smoothing"), self._smoothing),
            ],
        )
        self._strength.spin.valueChanged.connect(self._show_preview)
        self._synthetic.valueChanged.connect(self._show_preview)
        self._scribbles.valueChanged.connect(self._show_preview)

    @property
    def settings(self) -> dict[str, Any]:
        return {
            "distortion": self._strength.spin.value(),
            "synthetic_digits": self._synthetic.value(),
            "scribbles": self._scribbles.value(),
            "label_smoothing": self._smoothing.value(),
        }

    def show_config(self, config: TrainingConfig) -> None:
        self._strength.spin.setValue(config.distortion)
        self._synthetic.setValue(config.synthetic_digits)
        self._scribbles.setValue(config.scribbles)
        self._smoothing.setValue(config.label_smoothing)

    @Slot()
    def _show_preview(self) -> None:
        self.preview.show_settings(
            self._strength.spin.value(),
            with_synthetic=self._synthetic.value() > 0,
            with_scribbles=self._scribbles.value() > 0,
        )


class _Strength(QWidget):
    """A field for the distortion's strength, and a slider that goes with it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.slider = named(QSlider(Qt.Orientation.Horizontal), "distortionSlider")
        self.slider.setRange(0, round(MAX_DISTORTION * SLIDER_STEPS))
        self.slider.setPageStep(SLIDER_STEPS // 2)
        self.spin = decimal_spin("distortionSpin", 0.0, MAX_DISTORTION, decimals=2, step=0.1)
        self.setFocusProxy(self.spin)
        for field in (self.slider, self.spin):
            field.setAccessibleName(name)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self.slider, 1)
        layout.addWidget(self.spin)
        self.slider.valueChanged.connect(self._on_slider)
        self.spin.valueChanged.connect(self._on_spin)

    def set_tool_tip(self, text: str) -> None:
        for field in (self.slider, self.spin):
            field.setToolTip(plain_tooltip(text))

    @Slot(int)
    def _on_slider(self, steps: int) -> None:
        self.spin.setValue(steps / SLIDER_STEPS)

    @Slot(float)
    def _on_spin(self, strength: float) -> None:
        self.slider.blockSignals(True)  # it knows tenths only, and would round the field
        self.slider.setValue(round(strength * SLIDER_STEPS))
        self.slider.blockSignals(False)
