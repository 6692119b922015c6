"""The settings of a training, each in a field that is made from what the setting is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from mnist_desktop.learning.settings.config import PRESETS
from mnist_desktop.learning.settings.setting import Group
from mnist_desktop.learning.settings.setting_kinds import YesNo
from mnist_desktop.learning.settings.training_settings import GROUPS
from mnist_desktop.ui.look.fonts import GRID, tabular
from mnist_desktop.ui.look.painted_controls import INVALID
from mnist_desktop.ui.look.theme import ERROR, QUIET
from mnist_desktop.ui.session.texts import error_text, translated
from mnist_desktop.ui.session.train.draft import Draft
from mnist_desktop.ui.train.distortion_preview import DistortionPreview
from mnist_desktop.ui.train.fields import Field, choose, combo, field_for
from mnist_desktop.ui.widgets.controls import heading, quiet_label
from mnist_desktop.ui.widgets.layouts import REST, add_rows, form_of, vbox

CUSTOM = "custom"


class SettingsForm(QWidget):
    """Shows the draft, and changes it.

    Attributes:
        preview: shows what distortion does to pictures, once it is given some.

    Signals:
        entered(): Enter was pressed in a field.
    """

    entered = Signal()

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft = draft
        self._is_steering = False
        self._fields: dict[str, Field] = {}
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
        self._preset.currentIndexChanged.connect(self._on_preset_chosen)
        self._parameters = quiet_label("", wraps=True)
        self._parameters.setFont(tabular(self._parameters.font()))
        self.preview = DistortionPreview()
        presets = form_of([(self.tr("Preset"), self._preset)])
        groups = map(self._group, GROUPS)
        self.setLayout(vbox(presets, *groups, REST, spacing=2 * GRID, margins=(0, 0, GRID, 0)))
        draft.changed.connect(self._update)
        self._update()

    def _group(self, group: Group) -> QVBoxLayout:
        form = form_of([])
        for setting in group.settings:
            field = field_for(setting)
            field.refused.connect(self._draft.refuse)
            field.edited.connect(lambda value, name=setting.field: self._draft.set(name, value))
            self._fields[setting.field] = field
            if isinstance(setting.kind, YesNo):
                form.addRow("", field.widget)
            else:
                add_rows(form, [(translated("core", setting.name), field.widget)])
            self._add_below(form, setting.field)
        return vbox(heading(translated("core", group.name)), form)

    def _add_below(self, form: QFormLayout, field: str) -> None:
        """What some settings come to."""
        if field == "hidden":
            form.addRow(self._parameters)
        elif field == "distortion":
            form.addRow(self.preview)

    def steer_only(self, is_steering: bool) -> None:
        """Leave only what can be changed while a run goes on, or all of it again."""
        self._is_steering = is_steering
        self._update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _on_preset_chosen(self) -> None:
        name = self._preset.currentData()
        if name in PRESETS:
            self._draft.show(PRESETS[name])
        else:
            self._update()

    @Slot()
    def _update(self) -> None:
        config = self._draft.config
        choose(self._preset, CUSTOM if self._draft.problem else self._draft.preset or CUSTOM)
        self._preset.setEnabled(not self._is_steering)
        for field in self._fields.values():
            setting = field.setting
            if self._draft.problem is None or self._draft.problem.field != setting.field:
                field.show(setting.of(config))
            can_change = setting.can_be_steered or not self._is_steering
            field.widget.setEnabled(can_change and setting.matters(config))
        self._show_parameters()
        self.preview.show_settings(
            config.distortion,
            with_synthetic=config.synthetic_digits > 0,
            with_scribbles=config.scribbles > 0,
        )

    def _show_parameters(self) -> None:
        """What the layers come to, or what is wrong with them."""
        problem, network = self._draft.problem, self._draft.config.network
        hidden = self._fields["hidden"].widget
        hidden.setProperty(INVALID, problem is not None)
        hidden.update()
        self._parameters.setForegroundRole(QUIET if problem is None else ERROR)
        if problem is not None:
            self._parameters.setText(error_text(problem))
            return
        counts = " + ".join(f"{layer.parameters:,}" for layer in network.layers)
        self._parameters.setText(
            self.tr("{layers}: {counts} = {total:,} parameters").format(
                layers=network, counts=counts, total=network.parameters
            )
        )
