"""Models of other programs, made into networks of this one."""

from __future__ import annotations

from pathlib import Path

from mnist_desktop.learning.models.foreign_layers import Layer, arrangements
from mnist_desktop.learning.models.foreign_trial import try_out
from mnist_desktop.learning.models.interpretation import Interpretation, Wish
from mnist_desktop.learning.models.model import Model, ModelFileError
from mnist_desktop.learning.models.state_dicts import StateDict
from mnist_desktop.learning.settings.config import NetworkConfig
from mnist_desktop.learning.settings.setting_kinds import ConfigError
from mnist_desktop.learning.settings.training_settings import Activation
from mnist_desktop.texts import QT_TRANSLATE_NOOP


def recognised(path: Path, state_dict: StateDict, wish: Wish) -> Model:
    """The network that a state dict holds. What the file does not say is found out by trying.

    Raises:
        ModelFileError: it holds no chain of fully connected layers, or their order cannot be told.
    """
    networks = arrangements(path, state_dict)
    if state_dict.activation is not None and wish == Wish():
        return _model(path, networks[0], state_dict.activation)
    # Refused before anything is tried, if its widths cannot be used.
    _model(path, networks[0], "relu")
    trial = try_out(networks, wish)
    is_deep = len(networks[0]) > 1
    interpretation = Interpretation(
        trial.way.activation if is_deep else None,
        trial.way.input,
        trial.accuracy,
        trial.total,
        has_batch_norm=any(name.endswith("running_mean") for name in state_dict.tensors),
    )
    return _model(path, trial.way.folded(), trial.way.activation, interpretation)


def _model(
    path: Path,
    layers: list[Layer],
    activation: Activation,
    interpretation: Interpretation | None = None,
) -> Model:
    try:
        network = NetworkConfig(tuple(len(layer.bias) for layer in layers[:-1]), activation)
    except ConfigError as fault:
        raise ModelFileError(
            path, QT_TRANSLATE_NOOP("core", "cannot be used: {fault}"), fault=fault
        ) from fault
    state_dict = {}
    for size, layer in zip(network.layers, layers, strict=True):
        state_dict[f"{size.name}.weight"] = layer.weight
        state_dict[f"{size.name}.bias"] = layer.bias
    return Model(network, state_dict, interpretation=interpretation)
