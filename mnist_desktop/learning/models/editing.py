"""Changes that a person makes to a network by hand, to see what a part of it is for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import torch
from torch import Tensor

from mnist_desktop.learning.models.model import Model

Neuron = tuple[int, int]
"""Of which layer, 0 for the first one, and which of its neurons."""


@dataclass(frozen=True)
class Edits:
    """What is done to a network's weights, all at once; the network itself stays as it is.

    Attributes:
        strengths: what the output of some neurons is multiplied with; 0 switches one off.
        shifts: what is added to the bias of some neurons.
        pruned: the share of each layer's weights that is set to 0, the smallest ones, 0 to 1.
    """

    strengths: dict[Neuron, float] = field(default_factory=dict)
    shifts: dict[Neuron, float] = field(default_factory=dict)
    pruned: float = 0.0

    def strength(self, neuron: Neuron) -> float:
        """What its output is multiplied with."""
        return self.strengths.get(neuron, 1.0)

    def shift(self, neuron: Neuron) -> float:
        """What is added to its bias."""
        return self.shifts.get(neuron, 0.0)

    def with_strength(self, neuron: Neuron, factor: float) -> Edits:
        """The same, but for this neuron's strength."""
        return replace(self, strengths=_changed(self.strengths, neuron, factor, 1.0))

    def with_shift(self, neuron: Neuron, amount: float) -> Edits:
        """The same, but for the shift of this neuron's bias."""
        return replace(self, shifts=_changed(self.shifts, neuron, amount, 0.0))

    def with_pruned(self, share: float) -> Edits:
        """The same, but for how many weights are 0."""
        return replace(self, pruned=share)

    @property
    def count(self) -> int:
        """How many things are changed."""
        return len(self.strengths) + len(self.shifts) + bool(self.pruned)


def _changed(
    values: dict[Neuron, float], neuron: Neuron, value: float, usual: float
) -> dict[Neuron, float]:
    others = {one: kept for one, kept in values.items() if one != neuron}
    return others if value == usual else {**others, neuron: value}


def edited(model: Model, edits: Edits) -> Model:
    """The model as it is with these changes; with others, its scores hold no more.

    A hidden neuron's strength goes into the weights that lead away from it, so that it works with
    any activation, and what comes out is a network like any other.
    """
    state = {name: tensor.clone() for name, tensor in model.state_dict.items()}
    names = [size.name for size in model.network.layers]
    for name in names:
        _prune(state[f"{name}.weight"], edits.pruned)
    for (layer, neuron), amount in edits.shifts.items():
        state[f"{names[layer]}.bias"][neuron] += amount
    for (layer, neuron), factor in edits.strengths.items():
        if layer + 1 < len(names):
            state[f"{names[layer + 1]}.weight"][:, neuron] *= factor
        else:
            state[f"{names[layer]}.weight"][neuron] *= factor
            state[f"{names[layer]}.bias"][neuron] *= factor
    measurements = model.measurements if edits.count == 0 else ()
    return replace(model, state_dict=state, measurements=measurements)


def _prune(weights: Tensor, share: float) -> None:
    """By their size (LeCun et al. 1989 ask for more; Han et al. 2015 show that this will do)."""
    count = round(share * weights.numel())
    if count:
        sizes = weights.abs()
        threshold = torch.kthvalue(sizes.flatten(), count).values
        weights[sizes <= threshold] = 0.0
