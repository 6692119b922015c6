"""What is known of a setting of a training. Needs no torch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mnist_desktop.learning.settings.setting_kinds import Kind

if TYPE_CHECKING:
    from mnist_desktop.learning.settings.config import TrainingConfig


@dataclass(frozen=True)
class Setting:
    """One setting.

    Attributes:
        field: of a ``TrainingConfig``, or of its network.
        name, help: for people, marked for translators.
        kind: of its values.
        can_be_steered: it can be changed while a run goes on.
        only_with: another field, and the value that has to be another (None) or this one for the
            setting to matter; None where it always does.
    """

    field: str
    name: str
    help: str
    kind: Kind
    can_be_steered: bool = False
    only_with: tuple[str, object] | None = None

    def of(self, config: TrainingConfig) -> Any:
        """Its value in a configuration."""
        return _value(config, self.field)

    def matters(self, config: TrainingConfig) -> bool:
        """Whether it changes anything, given the others."""
        if self.only_with is None:
            return True
        field, needed = self.only_with
        value = _value(config, field)
        return value is not None if needed is None else value == needed


@dataclass(frozen=True)
class Group:
    """Settings that belong together, in the order in which people see them."""

    name: str
    settings: tuple[Setting, ...]


def _value(config: TrainingConfig, field: str) -> Any:
    return getattr(config.network if hasattr(config.network, field) else config, field)
