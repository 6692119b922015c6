"""The settings of a training, checked while they are typed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from mnist_desktop.learning.config import PRESETS, ConfigError, TrainingConfig
from mnist_desktop.ui.look.theme import GRID
from mnist_desktop.ui.train.distortion_preview import DistortionPreview
from mnist_desktop.ui.train.network_group import NetworkGroup
from mnist_desktop.ui.train.pictures_group import PicturesGroup
from mnist_desktop.ui.train.setting_groups import (
    BatchesGroup,
    OptimizerGroup,
    RunGroup,
    choose,
    combo,
)
from mnist_desktop.ui.widgets.forms import form_of

CUSTOM = "custom"


class SettingsForm(QWidget):
    """Shows a configuration and makes one.

    Signals:
        changed(): a setting is another one; ``config`` says whether they make sense together.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_showing = False
        self._preset = combo(
            "presetCombo",
            [
                (self.tr("Article"), "article"),
                (self.tr("Robust"), "robust"),
                (self.tr("Best: the bundled model’s"), "best"),
                (self.tr("Custom"), CUSTOM),
            ],
        )
        self._preset.setToolTip(
            self.tr(
                "Article: the tutorial’s settings. Robust: reads what people really draw, after a "
                "few minutes. Best: how the model that comes with the program was made, which "
                "takes much longer."
            )
        )
        self._pictures = PicturesGroup()
        self._groups = (
            NetworkGroup(),
            self._pictures,
            OptimizerGroup(),
            BatchesGroup(),
            RunGroup(),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, GRID, 0)
        layout.setSpacing(2 * GRID)
        layout.addLayout(form_of([(self.tr("Preset"), self._preset)]))
        for group in self._groups:
            layout.addWidget(group)
        layout.addStretch(1)
        self._connect()
        self.show_config(PRESETS["article"])

    @property
    def preview(self) -> DistortionPreview:
        """Shows what distortion does to pictures, once it is given some."""
        return self._pictures.preview

    @property
    def config(self) -> TrainingConfig | None:
        """What the fields say; None where they make no sense, which is then said beside them."""
        try:
            settings: dict[str, Any] = {}
            for group in self._groups:
                settings |= group.settings
            return TrainingConfig(**settings)
        except ConfigError:
            return None

    def show_config(self, config: TrainingConfig) -> None:
        """Fill the fields."""
        self._is_showing = True
        for group in self._groups:
            group.show_config(config)
        self._is_showing = False
        self._on_edited()

    def steer_only(self, is_steering: bool) -> None:
        """Leave only what can be changed while a run goes on, or all of it again."""
        self._preset.setEnabled(not is_steering)
        for group in self._groups:
            group.steer_only(is_steering)

    def _connect(self) -> None:
        self._preset.currentIndexChanged.connect(self._on_preset_chosen)
        for group in self._groups:
            for edit in group.findChildren(QLineEdit, "hiddenLayersEdit"):
                edit.textChanged.connect(self._on_edited)
            for box in group.findChildren(QComboBox):
                box.currentIndexChanged.connect(self._on_edited)
            for spin in group.findChildren(QAbstractSpinBox):
                spin.valueChanged.connect(self._on_edited)  # type: ignore[attr-defined]
            for check in group.findChildren(QCheckBox):
                check.toggled.connect(self._on_edited)

    @Slot()
    def _on_preset_chosen(self) -> None:
        name = self._preset.currentData()
        if name in PRESETS and not self._is_showing:
            self.show_config(PRESETS[name])

    @Slot()
    def _on_edited(self) -> None:
        if not self._is_showing:
            self._show_preset()
            self.changed.emit()

    def _show_preset(self) -> None:
        """The preset whose settings these are, or "Custom"."""
        config = self.config
        name = next((name for name, preset in PRESETS.items() if preset == config), CUSTOM)
        self._preset.blockSignals(True)
        choose(self._preset, name)
        self._preset.blockSignals(False)
