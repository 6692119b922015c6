"""New neurons beside those of a network's last hidden layer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor

from mnist_desktop.learning.data.splits import Split
from mnist_desktop.learning.evaluate.evaluation import CHUNK
from mnist_desktop.learning.models.model import Model
from mnist_desktop.learning.models.network import ACTIVATIONS, MLP, to_input
from mnist_desktop.learning.settings.training_settings import Activation

SILENCE: Mapping[str, float] = {"tanh": -1.0, "elu": -1.0, "selu": -1.758}
"""What a neuron makes of a sum far below its threshold, where that is not 0, by its activation."""


class Seen(NamedTuple):
    """What a network makes of n pictures.

    Attributes:
        inputs: (n, inputs) float32, what its last hidden layer is given.
        logits: (n, 10) float32.
        labels: (n,) int64, 0 to 9 or ``config.NO_DIGIT``.
    """

    inputs: Tensor
    logits: Tensor
    labels: Tensor

    def some(self, indices: Tensor) -> Seen:
        """Those at (m,) indices."""
        return Seen(*(tensor.index_select(0, indices) for tensor in self))


@dataclass(frozen=True, eq=False)
class Neurons:
    """Neurons that may join the last hidden layer.

    Attributes:
        weights: (n, inputs) float32, by which they weigh what the layer is given.
        biases: (n,) float32.
        out: (10, n) float32, what they say to the ten digits, beside what they say when silent.
        activation: of the network.
    """

    weights: Tensor
    biases: Tensor
    out: Tensor
    activation: Activation

    def some(self, indices: Tensor) -> Neurons:
        """Those at (m,) indices."""
        return replace(
            self,
            weights=self.weights[indices],
            biases=self.biases[indices],
            out=self.out[:, indices],
        )

    def softer(self, share: float) -> Neurons:
        """The same, saying so much, 0 to 1, of what they say."""
        return replace(self, out=share * self.out)

    def logits(self, seen: Seen) -> Tensor:
        """(m, 10): what the network says without them, and what they add."""
        values = ACTIVATIONS[self.activation](F.linear(seen.inputs, self.weights, self.biases))
        return seen.logits + (values - SILENCE.get(self.activation, 0.0)) @ self.out.t()


def see(network: MLP, split: Split) -> Seen:
    """Have a network look at pictures. It needs a hidden layer."""
    return see_inputs(
        network,
        to_input(torch.from_numpy(split.pictures)),
        torch.from_numpy(split.labels).long(),
    )


@torch.no_grad()
def see_inputs(network: MLP, pictures: Tensor, labels: Tensor) -> Seen:
    """The same of (n, 784) float32, 0 to 1."""
    inputs, logits = [], []
    for some in pictures.split(CHUNK):
        given, *_, last = [some, *(output.values for output in network.outputs(some))][-3:]
        inputs.append(given)
        logits.append(last)
    return Seen(torch.cat(inputs), torch.cat(logits), labels)


def with_neurons(model: Model, neurons: Neurons) -> Model:
    """A model whose last hidden layer has these too; what else is known of it stays."""
    *others, last = model.network.hidden
    layer = model.network.layers[-2].name
    network = replace(model.network, hidden=(*others, last + len(neurons.weights)))
    state = dict(model.state_dict)
    state[f"{layer}.weight"] = torch.cat([state[f"{layer}.weight"], neurons.weights])
    state[f"{layer}.bias"] = torch.cat([state[f"{layer}.bias"], neurons.biases])
    state["out.weight"] = torch.cat([state["out.weight"], neurons.out], dim=1)
    silence = SILENCE.get(neurons.activation, 0.0) * neurons.out.sum(dim=1)
    state["out.bias"] = state["out.bias"] - silence
    return replace(model, network=network, state_dict=state)
