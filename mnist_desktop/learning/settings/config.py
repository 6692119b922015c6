"""What a network and its training are to be like. Needs no torch.

Each configuration checks itself when it is made, so one that exists is valid.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from mnist_desktop.ink import SIDE
from mnist_desktop.learning.settings.setting_kinds import ConfigError
from mnist_desktop.learning.settings.training_settings import (
    BY_FIELD,
    Activation,
    Device,
    Optimizer,
    Output,
    Schedule,
)
from mnist_desktop.texts import QT_TRANSLATE_NOOP

PIXELS = SIDE * SIDE
CLASSES = 10
NO_DIGIT = CLASSES
"""The label of what is no digit. No network has an output for it."""

MAX_PARAMETERS = 50_000_000
"""200 MB of weights, and three times that while Adam trains them."""


class LayerSize(NamedTuple):
    """One fully connected layer: ``inputs × outputs`` weights and ``outputs`` biases."""

    name: str
    inputs: int
    outputs: int

    @property
    def parameters(self) -> int:
        return self.inputs * self.outputs + self.outputs


@dataclass(frozen=True)
class NetworkConfig:
    """A multilayer perceptron of 784 inputs and 10 outputs.

    Attributes:
        hidden: widths of the hidden layers, from the input on; none gives softmax regression.
        activation: after each hidden layer.
        dropout: share of each hidden layer's outputs that is dropped while training, 0 to 0.9.
        output: "logits" to be trained with cross-entropy, which takes the softmax itself;
            "log_softmax" to be trained with negative log-likelihood, which does not.

    Raises:
        ConfigError: a value that cannot be.
    """

    hidden: tuple[int, ...] = (128, 256)
    activation: Activation = "relu"
    dropout: float = 0.0
    output: Output = "logits"

    def __post_init__(self) -> None:
        _check(self)
        if self.parameters > MAX_PARAMETERS:
            raise ConfigError(
                "hidden",
                QT_TRANSLATE_NOOP(
                    "core", "This network would have {count:,} parameters; {most:,} can be trained."
                ),
                count=self.parameters,
                most=MAX_PARAMETERS,
            )

    @property
    def layers(self) -> tuple[LayerSize, ...]:
        """The layers in order, named as their weights are in a state dict."""
        widths = (PIXELS, *self.hidden, CLASSES)
        names = [f"hidden{number}" for number in range(1, len(self.hidden) + 1)] + ["out"]
        return tuple(map(LayerSize, names, widths[:-1], widths[1:]))

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """Of the tensors of a state dict, by their names, in its order."""
        shapes: dict[str, tuple[int, ...]] = {}
        for layer in self.layers:
            shapes[f"{layer.name}.weight"] = (layer.outputs, layer.inputs)
            shapes[f"{layer.name}.bias"] = (layer.outputs,)
        return shapes

    @property
    def parameters(self) -> int:
        """Weights and biases of all layers."""
        return sum(layer.parameters for layer in self.layers)

    def __str__(self) -> str:
        return "-".join(str(width) for width in (PIXELS, *self.hidden, CLASSES))


USUAL_RATES: dict[Optimizer, float] = {"adam": 1e-3, "adamw": 1e-3, "sgd": 0.05}


@dataclass(frozen=True)
class TrainingConfig:
    """How a network is trained.

    Attributes:
        network: what is trained.
        optimizer: "adam", "adamw" or "sgd".
        learning_rate: the rate of a constant schedule, the highest of the others.
        momentum: of "sgd".
        weight_decay: L2 penalty; decoupled in "adamw".
        schedule: of the learning rate over all batches of the run: "constant"; "cosine" down to
            zero; "one_cycle" up in the first 30 % and down to zero (Smith and Topin 2017).
        epochs: how many times all training pictures are seen, at the most.
        batch_size: pictures in one step; the last batch of an epoch may be smaller.
        shuffle: a new order in every epoch.
        workers: processes that load batches; 0 loads in the training's own thread.
        seed: of weights, order and dropout: the same seed gives the same curve on one machine.
        log_every: epochs from one line of the log to the next.
        patience: end when so many epochs in a row have not improved the best test accuracy by
            more than ``minimum_improvement``; None goes on to the end.
        minimum_improvement: 0 to 1, as accuracies are.
        device: "auto" takes CUDA, else MPS, else the CPU.
        limit: train on the first so many pictures only; None trains on all.
        distortion: strength of the random distortion of each batch, 0 (none) to 3; see
            ``augment``.
        synthetic_digits: so many digits in styles that MNIST lacks join the training pictures.
        scribbles: so many drawings that are no digit join them. The network learns to find all
            ten digits equally likely there (outlier exposure).
        real_digits: so many digits that people wrote on tablets join them; see ``ink.real``.
        real_letters: so many letters and signs of the same people join them, as scribbles do.
        label_smoothing: share of the target that all ten digits get equally, 0 to 0.5 (Szegedy
            et al. 2016).

    Raises:
        ConfigError: a value that cannot be.
    """

    network: NetworkConfig = field(default_factory=NetworkConfig)
    optimizer: Optimizer = "adam"
    learning_rate: float = 1e-3
    momentum: float = 0.9
    weight_decay: float = 0.0
    schedule: Schedule = "constant"
    epochs: int = 10
    batch_size: int = 64
    shuffle: bool = True
    workers: int = 0
    seed: int = 0
    log_every: int = 2
    patience: int | None = None
    minimum_improvement: float = 0.0
    device: Device = "auto"
    limit: int | None = None
    distortion: float = 0.0
    synthetic_digits: int = 0
    scribbles: int = 0
    real_digits: int = 0
    real_letters: int = 0
    label_smoothing: float = 0.0

    def __post_init__(self) -> None:
        _check(self)

    @property
    def cautious_rate(self) -> float:
        """The learning rate to begin again with where nothing is learned with this one, which was
        too high: a tenth, or, where that is still far too high, a usual one.
        """
        lower = min(self.learning_rate / 10, USUAL_RATES[self.optimizer])
        return float(f"{lower:.1g}")


def _check(config: NetworkConfig | TrainingConfig) -> None:
    for one in dataclasses.fields(config):
        if one.name in BY_FIELD:
            BY_FIELD[one.name].kind.check(one.name, getattr(config, one.name))


ROBUST = TrainingConfig(
    optimizer="adamw",
    learning_rate=2e-3,
    weight_decay=0.02,
    schedule="one_cycle",
    epochs=40,
    batch_size=128,
    distortion=1.0,
    synthetic_digits=14_000,
    scribbles=8_000,
    real_digits=14_000,
    real_letters=4_000,
    label_smoothing=0.02,
)

PRESETS: Mapping[str, TrainingConfig] = {
    "article": TrainingConfig(),
    "robust": ROBUST,
    "best": dataclasses.replace(
        ROBUST,
        network=NetworkConfig(hidden=(1024, 1024)),
        learning_rate=1e-3,
        epochs=100,
        batch_size=256,
        distortion=0.85,
        synthetic_digits=40_000,
        scribbles=20_000,
        real_digits=36_000,
        real_letters=14_000,
    ),
}
"""Settings by name. "article" is the tutorial's; "robust" reads what people really draw; "best"
is how the model that comes with the program was made."""


def parse_hidden(text: str) -> tuple[int, ...]:
    """Widths of hidden layers from what a person types: "128, 256", "128-256", or nothing.

    Raises:
        ConfigError: something in it is not a whole number.
    """
    words = re.split(r"\s*[,，、x×-]\s*|\s+", text.strip()) if text.strip() else []
    for word in words:
        if not (word.isascii() and word.isdigit()) or len(word) > 9:
            raise ConfigError(
                "hidden",
                QT_TRANSLATE_NOOP(
                    "core",
                    "Hidden layers are whole numbers with commas between them, as in 128, 256.",
                ),
            )
    return tuple(int(word) for word in words)
