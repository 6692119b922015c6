"""How a copy of a model learns from examples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray

from mnist_desktop.learning.augment import Distortion
from mnist_desktop.learning.backpropagation import backward
from mnist_desktop.learning.config import TrainingConfig
from mnist_desktop.learning.evaluation import predict
from mnist_desktop.learning.examples import Example
from mnist_desktop.learning.model import Measurement, Model
from mnist_desktop.learning.network import MLP, copy_state, join_parameters, to_input
from mnist_desktop.learning.optimizers import Optimizer, schedule_factor
from mnist_desktop.learning.records import Score
from mnist_desktop.learning.replay import replayed
from mnist_desktop.learning.splits import Split, Splits
from mnist_desktop.learning.step import targets_by_label

STEPS = 20
OWN = 64
REPLAYED = 64
RATE = 3e-4
"""Of Adam."""


@dataclass(frozen=True, eq=False)
class Prepared:
    """What is known before the first example comes; it can be used for any number of lessons.

    Attributes:
        model: that is to be taught.
        splits: the data set.
        replay: what is practised along.
        test_score: the model's, on the test split.
        wrong: how many of the validation split it reads wrongly.
    """

    model: Model
    splits: Splits
    replay: Split
    test_score: Score
    wrong: int

    def lost(self, taught: Model) -> float:
        """By how much another model reads the validation split worse, -1 to 1."""
        wrong = _wrong(taught, self.splits.validation)
        return (wrong - self.wrong) / len(self.splits.validation)

    def tested(self, taught: Model) -> Score:
        """Another model's score on the test split."""
        return predict(_network(taught), self.splits.test).score

    def measured(self, score: Score) -> Measurement:
        """A score on the test split, for a card."""
        return Measurement(self.splits.name, "test", self.splits.test.sha256, score)


def prepare(model: Model, splits: Splits, replay: Split | None = None) -> Prepared:
    """All that can be done before somebody waits for it; takes a few seconds.

    Args:
        replay: what to practise along; None takes ``replayed``.
    """
    known = [one.score for one in model.measurements if one.sha256 == splits.test.sha256]
    test_score = known[0] if known else predict(_network(model), splits.test).score
    replay = replayed(splits) if replay is None else replay
    return Prepared(model, splits, replay, test_score, _wrong(model, splits.validation))


class Pupil:
    """A copy of a model, made to learn from some of the examples."""

    def __init__(self, prepared: Prepared, examples: Sequence[Example], seed: int) -> None:
        self._prepared = prepared
        self._seed = seed
        self._network = _network(prepared.model)
        self._labels = torch.tensor([one.label for one in examples])
        self.pictures: NDArray[np.uint8] = np.stack([one.picture for one in examples])

    def learn(self, indices: NDArray[np.intp]) -> Iterator[float]:
        """A new copy learns from some examples; yields how much is done, 0 to 1, step by step."""
        config = TrainingConfig(self._prepared.model.network, seed=self._seed)
        self._network = network = _network(self._prepared.model)
        teacher = _network(self._prepared.model)
        weights, gradient = join_parameters(network)
        optimizer = Optimizer(config, weights, gradient)
        random = torch.Generator().manual_seed(self._seed)
        distortion = Distortion(1.0, random)
        own, labels = torch.from_numpy(self.pictures), self._labels
        target_of = targets_by_label(0.02)
        replay = torch.from_numpy(self._prepared.replay.pictures)
        chosen = torch.from_numpy(indices)
        for step in range(STEPS):
            drawn = chosen[torch.randint(len(chosen), (OWN,), generator=random)]
            other = torch.randint(len(replay), (REPLAYED,), generator=random)
            pictures = distortion(to_input(torch.cat([own[drawn], replay[other]])))
            with torch.no_grad():
                known = F.softmax(teacher(pictures[OWN:]), dim=1)
                targets = torch.cat([target_of[labels[drawn]], known])
                outputs = list(network.outputs(pictures))
                log_probabilities = F.log_softmax(outputs[-1].sums, dim=1)
            backward(network, pictures, outputs, log_probabilities, targets)
            optimizer.step(RATE * schedule_factor("one_cycle", step / STEPS))
            yield (step + 1) / STEPS

    def model(self) -> Model:
        """The copy as it is now."""
        return replace(self._prepared.model, state_dict=copy_state(self._network))


def _network(model: Model) -> MLP:
    network = MLP(model.network)
    network.load_state_dict(model.state_dict)
    network.eval()
    return network


def _wrong(model: Model, split: Split) -> int:
    predictions = predict(_network(model), split)
    return int((predictions.digits != split.labels).sum())
