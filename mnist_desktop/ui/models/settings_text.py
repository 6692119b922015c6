"""The settings of a run in words, under the names that they have on the Train tab."""

from __future__ import annotations

import dataclasses

from PySide6.QtCore import QCoreApplication

from mnist_desktop.learning.config import NetworkConfig, TrainingConfig
from mnist_desktop.ui.models.rows import NOTHING


def settings_of(config: TrainingConfig) -> dict[str, str]:
    """All settings, each with its name. Those that change nothing, given the others, are "–"."""
    values = {**_fields(config.network), **_fields(config)}
    values["hidden"] = ", ".join(map(str, config.network.hidden)) or _tr("none")
    if config.optimizer != "sgd":
        values["momentum"] = NOTHING
    if config.patience is None:
        values["patience"] = _tr("off")
        values["minimum_improvement"] = NOTHING
    else:
        values["minimum_improvement"] = f"{100 * config.minimum_improvement:g} %"
    if config.limit is None:
        values["limit"] = _tr("all")
    names = _names()
    # A setting that this page has not heard of yet is shown by its field's name.
    order = [*(name for name in names if name in values), *(values.keys() - names.keys())]
    return {names.get(name, name.replace("_", " ").capitalize()): values[name] for name in order}


def _fields(config: TrainingConfig | NetworkConfig) -> dict[str, str]:
    words = _words()
    found = {}
    for field in dataclasses.fields(config):
        value = getattr(config, field.name)
        if not dataclasses.is_dataclass(value):
            found[field.name] = words.get(value, value) if isinstance(value, str) else _text(value)
    return found


def _text(value: object) -> str:
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return _tr("yes") if value else _tr("no")
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _names() -> dict[str, str]:
    """In the order of the Train tab."""
    return {
        "hidden": _tr("Hidden layers"),
        "activation": _tr("Activation"),
        "dropout": _tr("Dropout"),
        "output": _tr("Loss"),
        "distortion": _tr("Distortion"),
        "synthetic_digits": _tr("Synthetic digits"),
        "scribbles": _tr("Scribbles"),
        "label_smoothing": _tr("Smoothing"),
        "optimizer": _tr("Method"),
        "learning_rate": _tr("Learning rate"),
        "schedule": _tr("Schedule"),
        "momentum": _tr("Momentum"),
        "weight_decay": _tr("Weight decay"),
        "batch_size": _tr("Batch size"),
        "limit": _tr("Pictures"),
        "workers": _tr("Workers"),
        "shuffle": _tr("Shuffle"),
        "epochs": _tr("Epochs"),
        "patience": _tr("Patience"),
        "minimum_improvement": _tr("Improvement"),
        "seed": _tr("Seed"),
        "log_every": _tr("Log every"),
        "device": _tr("Device"),
    }


def _words() -> dict[str, str]:
    return {
        "relu": "ReLU",
        "gelu": "GELU",
        "sigmoid": _tr("sigmoid"),
        "logits": _tr("cross-entropy"),
        "log_softmax": _tr("neg. log-likelihood"),
        "adam": "Adam",
        "adamw": "AdamW",
        "sgd": "SGD",
        "constant": _tr("constant"),
        "cosine": _tr("cosine"),
        "one_cycle": _tr("one cycle"),
        "auto": _tr("automatic"),
        "cpu": "CPU",
        "cuda": "CUDA",
        "mps": "MPS",
    }


def _tr(text: str) -> str:
    return QCoreApplication.translate("models", text)
