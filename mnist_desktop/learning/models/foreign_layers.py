"""The layers of a network in a state dict, recognised by their names and shapes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import torch
from torch import Tensor

from mnist_desktop.learning.models.model import ModelFileError
from mnist_desktop.learning.models.state_dicts import StateDict
from mnist_desktop.learning.settings.config import CLASSES, PIXELS
from mnist_desktop.learning.settings.setting_kinds import ConfigError
from mnist_desktop.learning.settings.training_settings import HIDDEN_WIDTHS
from mnist_desktop.texts import QT_TRANSLATE_NOOP

EPSILON = 1e-5
"""What torch's batch normalisation adds to a variance; no file says it."""

NORM_PARTS = ("weight", "bias", "running_mean", "running_var")


@dataclass(frozen=True)
class Layer:
    """A fully connected layer.

    Attributes:
        weight: (outputs, inputs) float32.
        bias: (outputs,) float32.
    """

    weight: Tensor
    bias: Tensor

    def before(self, scale: Tensor | float, shift: Tensor | float) -> Layer:
        """The layer whose inputs are first multiplied with one and added to the other."""
        bias = self.bias + (self.weight * shift).sum(dim=1)
        return Layer(self.weight * scale, bias)

    def behind(self, scale: Tensor, shift: Tensor) -> Layer:
        """The layer whose outputs are then multiplied with one and added to the other."""
        return Layer(self.weight * scale[:, None], self.bias * scale + shift)


@dataclass(frozen=True)
class _Norm:
    """A batch normalisation as it is after training: what it multiplies with, what it adds."""

    scale: Tensor
    shift: Tensor


def arrangements(path: Path, state_dict: StateDict) -> list[list[Layer]]:
    """The networks that the weights can be, the likeliest first.

    There is more than one where names and file order the layers differently, or where a batch
    normalisation can stand before the activation or behind it.

    Raises:
        ModelFileError: they are no chain of fully connected layers, there are too many, or their
            order cannot be told.
    """
    weights = state_dict.tensors
    _refuse_other_networks(path, weights)
    norms = _norms(weights)
    shapes = {name: tuple(part.shape[::-1]) for name, part in weights.items() if part.ndim == 2}
    try:
        HIDDEN_WIDTHS.check("hidden", (1,) * (len(shapes) - 1))
    except ConfigError as fault:
        raise ModelFileError(
            path, QT_TRANSLATE_NOOP("core", "cannot be used: {fault}"), fault=fault
        ) from fault
    chains = _chains(shapes, is_ordered=state_dict.is_ordered)
    if not chains:
        raise ModelFileError(
            path,
            QT_TRANSLATE_NOOP(
                "core", "its weights are not a chain of fully connected layers from 784 to 10"
            ),
        )
    biases = {name: name.removesuffix("weight") + "bias" for name in shapes}
    parts = {f"{norm}{part}" for norm in norms for part in NORM_PARTS}
    others = weights.keys() - {*shapes, *biases.values(), *parts}
    if others:
        raise ModelFileError(
            path,
            QT_TRANSLATE_NOOP(
                "core", "{name} is no part of a chain of fully connected layers from 784 to 10"
            ),
            name=min(others),
        )
    layers = {name: _layer(path, weights, name, biases[name]) for name in shapes}
    order = list(weights) if state_dict.is_ordered else sorted(weights, key=_natural_order)
    found: list[list[Layer]] = []
    for chain in chains:
        places = _places(path, order, chain, norms, shapes)
        found += _folded([layers[name] for name in chain], places)
    return found


def _refuse_other_networks(path: Path, weights: Mapping[str, Tensor]) -> None:
    for name, part in weights.items():
        if part.ndim > 2:
            raise ModelFileError(
                path,
                QT_TRANSLATE_NOOP(
                    "core",
                    "has convolutions ({name}); only networks of fully connected layers, from 784 "
                    "to 10, can be opened",
                ),
                name=name,
            )
        if "weight_ih_l" in name or "in_proj_weight" in name:
            raise ModelFileError(
                path,
                QT_TRANSLATE_NOOP(
                    "core",
                    "has recurrent layers or attention ({name}); only networks of fully connected "
                    "layers, from 784 to 10, can be opened",
                ),
                name=name,
            )


def _layer(path: Path, weights: Mapping[str, Tensor], name: str, bias_name: str) -> Layer:
    weight = weights[name]
    bias = weights.get(bias_name, torch.zeros(len(weight)))
    if bias.shape != (len(weight),):
        raise ModelFileError(
            path, QT_TRANSLATE_NOOP("core", "the bias of {name} has another width"), name=name
        )
    return Layer(weight, bias)


def _norms(weights: Mapping[str, Tensor]) -> dict[str, _Norm]:
    """Batch normalisations, by what their tensors' names begin with."""
    norms = {}
    for name, mean in weights.items():
        norm = name.removesuffix("running_mean")
        variance = weights.get(f"{norm}running_var")
        if norm == name or variance is None:
            continue
        scale = weights.get(f"{norm}weight", torch.ones_like(mean))
        shift = weights.get(f"{norm}bias", torch.zeros_like(mean))
        if mean.ndim == 1 and mean.shape == variance.shape == scale.shape == shift.shape:
            factor = scale / (variance + EPSILON).sqrt()
            norms[norm] = _Norm(factor, shift - mean * factor)
    return norms


def _places(
    path: Path,
    order: Sequence[str],
    chain: Sequence[str],
    norms: Mapping[str, _Norm],
    shapes: Mapping[str, tuple[int, ...]],
) -> dict[int, _Norm]:
    """Behind which layer each normalisation stands, -1 for before the first.

    That is the layer before it in the file; or where all normalisations stand together, the next
    one of its width.
    """
    names = [name for name in norms if f"{name}running_mean" in order]
    names.sort(key=lambda name: order.index(f"{name}running_mean"))
    places: dict[int, _Norm] = {}
    for name in names:
        norm, width = norms[name], len(norms[name].scale)
        position = order.index(f"{name}running_mean")
        before = [i for i, layer in enumerate(chain) if order.index(layer) < position]
        fitting = [
            i
            for i in range(-1, len(chain))
            if i not in places and (PIXELS if i < 0 else shapes[chain[i]][1]) == width
        ]
        latest = max(before, default=-1)
        place = latest if latest in fitting else next(iter(fitting), None)
        if place is None:
            raise ModelFileError(
                path,
                QT_TRANSLATE_NOOP(
                    "core", "{name} normalises {width:,} values, which no layer gives"
                ),
                name=name.rstrip("."),
                width=width,
            )
        places[place] = norm
    return places


def _folded(layers: Sequence[Layer], norms: Mapping[int, _Norm]) -> Iterator[list[Layer]]:
    """The layers with the normalisations in them: as before the activations, and as behind them."""
    last = len(layers) - 1
    for is_behind in (False, True) if any(0 <= place < last for place in norms) else (False,):
        folded = list(layers)
        for place, norm in norms.items():
            if place < 0 or (is_behind and place < last):
                folded[place + 1] = folded[place + 1].before(norm.scale, norm.shift)
            else:
                folded[place] = folded[place].behind(norm.scale, norm.shift)
        yield folded


def _chains(shapes: Mapping[str, tuple[int, ...]], *, is_ordered: bool) -> list[list[str]]:
    """The orders, each of layers (inputs, outputs), in which they can follow each other.

    That of the file, where it can have one; that of the names, numbers in them taken as such;
    without either, the only one that the shapes allow.
    """
    names = sorted(shapes, key=_natural_order)
    orders = [list(shapes), names] if is_ordered else [names]
    fitting = [order for order in orders if _is_chain([shapes[name] for name in order])]
    if fitting:
        return fitting[: len(set(map(tuple, fitting)))]
    followed = _followed(shapes)
    is_whole = len(followed) == len(shapes)
    return [followed] if is_whole and _is_chain([shapes[name] for name in followed]) else []


def _followed(shapes: Mapping[str, tuple[int, ...]]) -> list[str]:
    """From the pictures on, each layer that takes what the one before gives."""
    takers = {inputs: name for name, (inputs, _) in shapes.items()}
    order = []
    width = PIXELS
    while name := takers.pop(width, None):
        order.append(name)
        width = shapes[name][1]
    return order


def _is_chain(layers: list[tuple[int, ...]]) -> bool:
    if not layers or layers[0][0] != PIXELS or layers[-1][1] != CLASSES:
        return False
    return all(one[1] == following[0] for one, following in pairwise(layers))


def _natural_order(name: str) -> list[tuple[int, str]]:
    """Sorts "layer10" behind "layer2", and the output, however it is called, where it falls."""
    parts = re.split(r"(\d+)", name)
    numbers = [part.lstrip("0") for part in parts]
    return [
        (len(number), number) if part.isdecimal() else (-1, part)
        for part, number in zip(parts, numbers, strict=True)
    ]
