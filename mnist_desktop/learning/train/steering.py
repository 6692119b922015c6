"""Settings that can be changed while a training goes on. Needs no torch."""

from __future__ import annotations

from dataclasses import replace

from mnist_desktop.learning.records import Change
from mnist_desktop.learning.settings.config import TrainingConfig
from mnist_desktop.learning.settings.training_settings import BY_FIELD, SETTINGS

FROM_NEXT_EPOCH = ("batch_size",)
"""An epoch's batches are cut when it begins."""

STEERABLE = tuple(setting.field for setting in SETTINGS if setting.can_be_steered)


def steered(config: TrainingConfig, wanted: TrainingConfig) -> TrainingConfig:
    """The configuration with all of ``STEERABLE`` as in another one."""
    return replace(
        config,
        network=replace(config.network, dropout=wanted.network.dropout),
        **{field: getattr(wanted, field) for field in STEERABLE if field != "dropout"},
    )


def changes_between(
    old: TrainingConfig, new: TrainingConfig, epoch: int, batch: int
) -> tuple[Change, ...]:
    """What is to be another setting.

    Args:
        epoch, batch: the next ones, from 1 on.
    """
    next_epoch = (epoch if batch == 1 else epoch + 1, 1)
    return tuple(
        Change(
            *(next_epoch if field in FROM_NEXT_EPOCH else (epoch, batch)),
            field,
            BY_FIELD[field].of(old),
            BY_FIELD[field].of(new),
        )
        for field in STEERABLE
        if BY_FIELD[field].of(old) != BY_FIELD[field].of(new)
    )
