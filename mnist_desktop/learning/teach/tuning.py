"""How a copy of a model learns a person's drawings: by new neurons in its last hidden layer.

Each drawing brings one. Its weights are first what that layer is given by the drawing, less what it
is given by others in the mean, and its threshold is so high that it is silent for 97 of 100 other
digits: so it fires for what looks like the drawing, and everything else is read as before. Then
the new neurons alone, with what they say to the ten digits, are trained: on distorted copies of the
drawings, and, so that nothing is forgotten, on what is practised along, for which the model is
to say what it said before (distillation: Li and Hoiem 2016, "Learning without forgetting"). Of
MNIST, those pictures are practised that it was least sure of, since they are what a change turns
over. Of letters and scribbles it shall be a little less sure than before, or the new neurons would
make it surer of some.

The old weights stay as they are. What they make of a picture is computed once, and a step costs a
hundredth of one that trains all layers.

Chosen by measurement, see ``tests/benchmarks/README.md``. Whatever is trained, about the same
number of a person's errors is left (what else helps is in ``models.templates``). Training the last
layers forgets a little less of MNIST and answers fewer letters, but takes three to five times as
long, and a lesson learns four times, to judge itself: longer than somebody waits. Nearest
neighbours beside the softmax leave more errors, and are no network that others can open.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from mnist_desktop.learning.models.network import to_input
from mnist_desktop.learning.settings.config import CLASSES, NO_DIGIT, TrainingConfig
from mnist_desktop.learning.teach.examples import Example
from mnist_desktop.learning.teach.neurons import Neurons, Seen, see_inputs
from mnist_desktop.learning.teach.preparation import Prepared
from mnist_desktop.learning.train.augment import Distortion
from mnist_desktop.learning.train.optimizers import Optimizer, schedule_factor
from mnist_desktop.learning.train.step import targets_by_label

MOST_NEURONS = 100
"""Of more drawings, only so many bring one."""

AGAIN, MOST_AGAIN = 90, 7
"""So many drawings are made of all that is taught, by writing it again in a slightly other hand; of
each, at the most so many."""

PICTURES, MOST_COPIES = 1500, 40
"""So many pictures are made of all those, by distortion, at least one of each; of each, at the most
so many."""

STEPS = 80
OWN, REPLAYED = 64, 384
"""Pictures in each step."""

SHARES = (0.3, 0.2, 0.5)
"""Of what is replayed: MNIST's hardest, other digits, no digits."""

REPLAY_WEIGHT = 2.5
"""Of its loss against that of the drawings, for ``MANY`` of them."""

MANY, FEW = 30, 0.6
"""With fewer drawings than ``MANY`` it weighs more, by this power of how many times fewer."""

SILENT = 0.97
"""Share of other pictures for which a new neuron is silent at first."""

EACH = 4
"""Only each fourth of them is asked."""

HIGHEST = 0.9
"""Threshold, where 1 is what the mean copy of its own drawing gives it."""

STEEP: Mapping[str, float] = {
    **dict.fromkeys(("tanh", "gelu", "silu", "elu", "selu"), 4.0),
    "sigmoid": 8.0,
}
"""What its weights are multiplied by where the activation has a soft threshold, which would let
everything through."""

RATE = 0.3
"""Of Adam, for what a new neuron says to the digits, at its highest."""

MOVE = 0.1
"""Of its mean weight: what its weights move where the others move by 1."""

SMOOTHING = 0.02
UNSURE = 0.5
"""Share of the way from what was said of no digit to all digits being equally likely."""


class Pupil:
    """What is made of examples, for copies of a model to learn from.

    Args:
        seed: of all that is random in it.

    Attributes:
        examples: as the network sees them.
    """

    def __init__(self, prepared: Prepared, examples: Sequence[Example], seed: int) -> None:
        self._seed = seed
        inputs, self._numbers = made_of(examples, seed)
        labels = torch.tensor([one.label for one in examples])[self._numbers]
        made = see_inputs(prepared.network, inputs, labels)
        self.examples = made.some(torch.arange(len(examples)))
        self._sizes = [len(seen.labels) for seen in prepared.replay]
        # Together, since a step then chooses its rows of few tensors.
        self._seen = Seen(*map(torch.cat, zip(*prepared.replay, made, strict=True)))
        self._targets = _targets(self._seen, self._replayed)
        self._first = self._new_neurons(prepared)

    @property
    def _replayed(self) -> int:
        return sum(self._sizes)

    def learn(self, indices: NDArray[np.intp]) -> Generator[float, None, Neurons]:
        """Neurons that have learned some of the examples; yields how much is done, 0 to 1."""
        random = torch.Generator().manual_seed(self._seed)
        chosen = torch.from_numpy(indices)
        own = torch.isin(self._numbers, chosen).nonzero().flatten() + self._replayed
        of_neurons = chosen[torch.randperm(len(chosen), generator=random)[:MOST_NEURONS].sort()[0]]
        training = Training(self._first.some(of_neurons))
        weight = REPLAY_WEIGHT * max(1.0, MANY / len(chosen)) ** FEW
        order = torch.empty(0, dtype=torch.int64)
        for step in range(STEPS):
            while len(order) < OWN:
                order = torch.cat([order, own[torch.randperm(len(own), generator=random)]])
            rows = torch.cat([order[:OWN], *self._rows_of_replay(random)])
            order = order[OWN:]
            training.step(self._seen.some(rows), self._targets[rows], weight, step / STEPS)
            yield (step + 1) / STEPS
        with torch.no_grad():
            return training.neurons()

    def _rows_of_replay(self, random: torch.Generator) -> Iterator[Tensor]:
        start = 0
        for size, share in zip(self._sizes, SHARES, strict=True):
            count = (round(share * REPLAYED),)
            yield start + torch.randint(size, count, generator=random)
            start += size

    def _new_neurons(self, prepared: Prepared) -> Neurons:
        """One for each example, which says nothing yet."""
        inputs = self._seen.inputs
        centre = inputs[: self._replayed].mean(dim=0)
        sums = torch.zeros(len(self.examples.labels), inputs.shape[1])
        sums.index_add_(0, self._numbers, inputs[self._replayed :])
        weights = sums / self._numbers.bincount().unsqueeze(1) - centre
        # Of this length, the mean copy of its own gives it 1 more than the centre.
        weights /= weights.square().sum(dim=1, keepdim=True).clamp(min=1e-12)
        given = (inputs[: self._replayed : EACH] - centre) @ weights.t()
        thresholds = given.quantile(SILENT, dim=0).clamp(max=HIGHEST) + weights @ centre
        out = torch.zeros(CLASSES, len(weights))
        activation = prepared.model.network.activation
        steep = STEEP.get(activation, 1.0)
        return Neurons(steep * weights, -steep * thresholds, out, activation)


class Training:
    """Adam on new neurons alone."""

    def __init__(self, first: Neurons) -> None:
        self._first = first
        self._sizes = [one.numel() for one in (first.weights, first.biases, first.out)]
        self._scale = MOVE * float(first.weights.abs().mean())
        self._moved = torch.zeros(sum(self._sizes), requires_grad=True)
        self._gradient = torch.zeros_like(self._moved)
        self._moved.grad = self._gradient
        self._optimizer = Optimizer(TrainingConfig(), self._moved, self._gradient)

    def neurons(self) -> Neurons:
        """As they are now."""
        first = self._first
        weights, biases, out = self._moved.split(self._sizes)
        return Neurons(
            first.weights + self._scale * weights.view_as(first.weights),
            first.biases + self._scale * biases,
            first.out + out.view_as(first.out),
            first.activation,
        )

    def step(self, batch: Seen, targets: Tensor, weight: float, done: float) -> None:
        """One step.

        Args:
            batch: first ``OWN`` of the person's own, then what is replayed.
            targets: (n, 10), for each picture, how likely each digit should be.
            weight: of the loss of what is replayed.
            done: 0 to 1, of all steps.
        """
        log_probabilities = F.log_softmax(self.neurons().logits(batch), dim=1)
        losses = -(targets * log_probabilities).sum(dim=1)
        self._gradient.zero_()
        (losses[:OWN].mean() + weight * losses[OWN:].mean()).backward()
        with torch.no_grad():
            self._optimizer.step(RATE * schedule_factor("one_cycle", done))


def _targets(seen: Seen, replayed: int) -> Tensor:
    """(n, 10) how likely each digit should be.

    Args:
        seen: first so many that are replayed, of which the network says what it said before, then
            the person's own.
    """
    said = F.softmax(seen.logits, dim=1)
    unsure = (UNSURE * (seen.labels == NO_DIGIT)).unsqueeze(1)
    said = torch.lerp(said, torch.full_like(said, 1 / CLASSES), unsure)
    return torch.cat([said[:replayed], targets_by_label(SMOOTHING)[seen.labels[replayed:]]])


def made_of(examples: Sequence[Example], seed: int) -> tuple[Tensor, Tensor]:
    """What examples might look like on another day: they themselves, and then more of each.

    Strokes are written again in slightly other hands, and everything is distorted.

    Returns:
        (n, 784) float32, 0 to 1, and (n,) int64, the number of the example that each is of.
    """
    random = np.random.default_rng(seed)
    pictures = [one.picture for one in examples]
    numbers = list(range(len(examples)))
    for number, one in enumerate(examples):
        again = one.written_again(min(MOST_AGAIN, AGAIN // len(examples)), random)
        pictures += again
        numbers += [number] * len(again)
    inputs = to_input(torch.from_numpy(np.stack(pictures)))
    copies = min(MOST_COPIES, max(1, PICTURES // len(pictures)))
    distortion = Distortion(1.0, torch.Generator().manual_seed(seed))
    inputs = torch.cat([inputs, *(distortion(inputs) for _ in range(copies))])
    return inputs, torch.tensor(numbers).repeat(1 + copies)
