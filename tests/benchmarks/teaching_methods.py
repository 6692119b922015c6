"""Other ways of teaching a model somebody's handwriting, for ``teaching.py`` to compare.

Each learns from the same made drawings and practises the same pictures along as the program's own
way, and with about the rates and numbers of steps that were best for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from mnist_desktop.ink.normalise import normalise
from mnist_desktop.ink.strokes import Drawing
from mnist_desktop.learning.models.model import Model
from mnist_desktop.learning.models.network import MLP, to_input
from mnist_desktop.learning.settings.config import NO_DIGIT
from mnist_desktop.learning.teach.examples import Example
from mnist_desktop.learning.teach.neurons import with_neurons
from mnist_desktop.learning.teach.preparation import CANDIDATES, HARDEST, Prepared
from mnist_desktop.learning.teach.replay import Replay
from mnist_desktop.learning.teach.teaching import templates_of
from mnist_desktop.learning.teach.tuning import Pupil, made_of
from mnist_desktop.learning.train.optimizers import schedule_factor
from mnist_desktop.learning.train.step import targets_by_label


@dataclass(frozen=True)
class Reads:
    """How something reads.

    Attributes:
        scores: from (n, 784) to (n, 10), before the softmax.
        temperature: what these are divided by.
        model: what is known of how the pen goes is this one's.
    """

    scores: Callable[[Tensor], Tensor]
    temperature: float
    model: Model

    def pictures(self, pictures: np.ndarray) -> Tensor:
        """(n, 10), calibrated, of (n, 28, 28) uint8."""
        inputs = to_input(torch.from_numpy(pictures)).split(500)
        with torch.no_grad():
            return torch.cat([self.scores(some) for some in inputs]) / self.temperature

    def drawings(self, drawings: Sequence[Drawing]) -> tuple[Tensor, np.ndarray]:
        """The same of drawings, each as one digit, and (n,) the log odds that it is one."""
        seen = self.pictures(np.stack([picture_of(one) for one in drawings]))
        support, odds = self.model.judge(drawings)
        return seen + torch.from_numpy(support), odds


picture_of = lru_cache(maxsize=None)(normalise)
"""The same are read by many."""


def reads_with(model: Model) -> Reads:
    """As a model reads."""
    network = MLP(model.network)
    network.load_state_dict(model.state_dict)
    network.eval()
    return Reads(network, model.temperature, model)


class Practice:
    """All that is learned from in one lesson.

    Attributes:
        own, targets: (n, 784), what is made of the examples, and (n, 10) what is to be said of it.
        groups, shares: what is practised along, and how much of each: MNIST's hardest, other
            digits, no digits.
    """

    def __init__(
        self,
        prepared: Prepared,
        replay: Replay,
        examples: Sequence[Example],
        seed: int,
        hard: float = 0.3,
    ) -> None:
        self.own, numbers = made_of(examples, seed)
        labels = torch.tensor([one.label for one in examples])[numbers]
        self.targets = targets_by_label(0.02)[labels]
        others = [
            to_input(torch.from_numpy(one.pictures)) for one in (replay.digits, replay.others)
        ]
        self.groups = [_hardest(prepared), *others]
        self.shares = [hard, 0.5 - hard, 0.5]
        self.random = torch.Generator().manual_seed(seed)

    def replayed(self, count: int) -> tuple[Tensor, Tensor]:
        """Pictures, and which of them are no digits."""
        parts = []
        for group, share in zip(self.groups, self.shares, strict=True):
            size = (round(share * count),)
            parts.append(group[torch.randint(len(group), size, generator=self.random)])
        none = torch.arange(sum(map(len, parts))) >= sum(map(len, parts[:-1]))
        return torch.cat(parts), none

    def own_batch(self, count: int) -> tuple[Tensor, Tensor]:
        """Pictures and targets."""
        chosen = torch.randint(len(self.own), (count,), generator=self.random)
        return self.own[chosen], self.targets[chosen]


@lru_cache(maxsize=1)
def _hardest(prepared: Prepared) -> Tensor:
    """(n, 784) what the program practises of the data set."""
    train = prepared.splits.train
    chosen = np.random.default_rng(0).permutation(len(train))[:CANDIDATES]
    candidates = to_input(torch.from_numpy(train.pictures[chosen]))
    with torch.no_grad():
        first, second = prepared.network(candidates).topk(2, dim=1).values.t()
    return candidates[(first - second).argsort()[:HARDEST]]


def neurons(prepared: Prepared, _replay: Replay, examples: Sequence[Example], seed: int) -> Reads:
    """A part of the program's own way."""
    learning = Pupil(prepared, examples, seed).learn(np.arange(len(examples)))
    while True:
        try:
            next(learning)
        except StopIteration as end:
            return reads_with(with_neurons(prepared.model, end.value))


def templates(
    prepared: Prepared, _replay: Replay, examples: Sequence[Example], _seed: int
) -> Reads:
    """The other part: how the pen went. Nothing is trained, and nothing is practised."""
    model = prepared.model
    return reads_with(replace(model, templates=templates_of(model, examples)))


def both(prepared: Prepared, replay: Replay, examples: Sequence[Example], seed: int) -> Reads:
    """The program's own way."""
    known = replace(prepared.model, templates=templates_of(prepared.model, examples))
    return replace(neurons(prepared, replay, examples, seed), model=known)


def fine_tuned(
    prepared: Prepared,
    replay: Replay,
    examples: Sequence[Example],
    seed: int,
    *,
    layers: int,
    rate: float,
    steps: int = 30,
    hard: float = 0.3,
    weight: float = 2.5,
    rank: int | None = None,
) -> Reads:
    """Train the last so many layers; with a rank, only such changes of all of these but the last.

    Args:
        hard: the share of MNIST's hardest in what is replayed; without, the others come instead.
        rank: low-rank changes as of Hu et al. 2021, "LoRA".
    """
    practice = Practice(prepared, replay, examples, seed, hard)
    network = MLP(prepared.model.network)
    network.load_state_dict(prepared.model.state_dict)
    network.requires_grad_(False)
    trained = []
    for layer in network.layers[-layers:]:
        if rank is None or layer is network.layers[-1]:
            layer.requires_grad_(True)
            trained += list(layer.parameters())
        else:
            low = _LowRank(layer, rank, practice.random)
            trained += list(low.parameters())
            network.layers[network.layers.index(layer)] = low
    optimizer = torch.optim.AdamW(trained, weight_decay=0.0, fused=True)
    for step in range(steps):
        own, targets = practice.own_batch(64)
        others, none = practice.replayed(256)
        with torch.no_grad():
            said = F.softmax(prepared.network(others), dim=1)
            said[none] = 0.5 * said[none] + 0.05
        log_probabilities = F.log_softmax(network(torch.cat([own, others])), dim=1)
        losses = -(torch.cat([targets, said]) * log_probabilities).sum(dim=1)
        optimizer.zero_grad()
        (losses[:64].mean() + weight * losses[64:].mean()).backward()
        for group in optimizer.param_groups:
            group["lr"] = rate * schedule_factor("one_cycle", step / steps)
        optimizer.step()
    return Reads(network, prepared.model.temperature, prepared.model)


class _LowRank(nn.Module):
    """A layer and a change of low rank."""

    def __init__(self, layer: nn.Linear, rank: int, random: torch.Generator) -> None:
        super().__init__()
        self.base = [layer]  # in a list, its parameters are not this module's
        down = torch.randn(rank, layer.in_features, generator=random) / layer.in_features**0.5
        self.down, self.up = nn.Parameter(down), nn.Parameter(torch.zeros(layer.out_features, rank))

    def forward(self, values: Tensor) -> Tensor:
        return self.base[0](values) + F.linear(F.linear(values, self.down), self.up)


def nearest(
    prepared: Prepared,
    _replay: Replay,
    examples: Sequence[Example],
    seed: int,
    *,
    height: float = 6.0,
    width: float = 0.1,
) -> Reads:
    """To a digit's score is added by how near the nearest made drawing of it is, by the cosine of
    what the last hidden layer says of both: nothing is trained, and nothing is practised.
    """
    made, numbers = made_of(examples, seed)
    labels = torch.tensor([one.label for one in examples])[numbers]
    known = _last_hidden(prepared.network, made)[0]

    def scores(pictures: Tensor) -> Tensor:
        values, logits = _last_hidden(prepared.network, pictures)
        cosines = values @ known.t()
        for digit in labels[labels != NO_DIGIT].unique():
            closest = cosines[:, labels == digit].max(dim=1).values
            logits[:, digit] += height * ((closest - 1) / width).exp()
        return logits

    return Reads(scores, prepared.model.temperature, prepared.model)


def _last_hidden(network: MLP, pictures: Tensor) -> tuple[Tensor, Tensor]:
    """(n, width), of length 1, and the logits."""
    with torch.no_grad():
        *_, hidden, out = network.outputs(pictures)
    return F.normalize(hidden.values, dim=1), out.values.clone()


METHODS: dict[str, Callable[[Prepared, Replay, Sequence[Example], int], Reads]] = {
    "neurons and templates": both,
    "neurons": neurons,
    "templates": templates,
    "all layers": partial(fine_tuned, layers=3, rate=5e-4),
    "last two layers": partial(fine_tuned, layers=2, rate=1e-3),
    "last two layers, MNIST's hardest left out": partial(fine_tuned, layers=2, rate=1e-3, hard=0.0),
    "last layer": partial(fine_tuned, layers=1, rate=3e-3, steps=60),
    "low rank": partial(fine_tuned, layers=2, rate=1e-2, rank=8, steps=60),
    "nearest": nearest,
}
"""By name."""
