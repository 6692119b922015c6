"""The settings of the next training, as they are being made."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from mnist_desktop.learning.settings.config import PRESETS, TrainingConfig
from mnist_desktop.learning.settings.setting_kinds import ConfigError


class Draft(QObject):
    """A configuration that is edited setting by setting, and is valid all the time.

    Attributes:
        config: the last that made sense.
        problem: why what was entered last makes none; None where it does.

    Signals:
        changed(): there is another configuration, or another problem, or none any more.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.config = PRESETS["article"]
        self.problem: ConfigError | None = None

    @property
    def preset(self) -> str | None:
        """The preset whose settings these are; None where they are of none."""
        return next((name for name, preset in PRESETS.items() if preset == self.config), None)

    def show(self, config: TrainingConfig) -> None:
        """Be this one, as it is."""
        self.config, self.problem = config, None
        self.changed.emit()

    def set(self, field: str, value: object) -> None:
        """Change a setting of the training or of its network, if it can have this value."""
        values = {field: value}
        try:
            if hasattr(self.config.network, field):
                values = {"network": replace(self.config.network, **values)}  # type: ignore[arg-type]
            self.config = replace(self.config, **values)  # type: ignore[arg-type]
        except ConfigError as problem:
            self.refuse(problem)
        else:
            self.problem = None
            self.changed.emit()

    def refuse(self, problem: ConfigError) -> None:
        """What was entered is no value at all."""
        self.problem = problem
        self.changed.emit()
