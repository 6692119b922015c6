"""Configurations in files, as JSON."""

from __future__ import annotations

import dataclasses
from typing import Any

from mnist_desktop.learning.settings.config import NetworkConfig, TrainingConfig
from mnist_desktop.learning.settings.setting_kinds import ConfigError
from mnist_desktop.texts import QT_TRANSLATE_NOOP

RENAMED = {"written_digits": "synthetic_digits"}
"""Fields that earlier versions of the program have kept under another name."""


def to_json(config: TrainingConfig | NetworkConfig) -> dict[str, Any]:
    """The configuration as JSON can hold it."""
    return dataclasses.asdict(config)


def network_from_json(values: object) -> NetworkConfig:
    """The network of ``to_json``.

    Raises:
        ConfigError: a value that cannot be.
    """
    known = _known_fields(NetworkConfig, values)
    if isinstance(known.get("hidden"), list):
        known["hidden"] = tuple(known["hidden"])
    return NetworkConfig(**known)


def training_from_json(values: object) -> TrainingConfig:
    """The training of ``to_json``.

    Raises:
        ConfigError: a value that cannot be.
    """
    known = _known_fields(TrainingConfig, values)
    known["network"] = network_from_json(known.get("network"))
    return TrainingConfig(**known)


def _known_fields(kind: type, values: object) -> dict[str, Any]:
    """What ``kind`` has a field for; files of later versions may hold more."""
    if not isinstance(values, dict):
        raise ConfigError(
            "network", QT_TRANSLATE_NOOP("core", "The configuration is not a set of named values.")
        )
    values = {RENAMED.get(name, name): value for name, value in values.items()}
    return {
        name.name: values[name.name] for name in dataclasses.fields(kind) if name.name in values
    }
