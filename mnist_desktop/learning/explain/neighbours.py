"""The training pictures that a network takes for most alike."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from mnist_desktop.learning.data.splits import Split
from mnist_desktop.learning.evaluate.evaluation import CHUNK
from mnist_desktop.learning.explain.embedding import activations
from mnist_desktop.learning.explain.principal import principal_axes
from mnist_desktop.learning.models.network import MLP, to_input
from mnist_desktop.progress import Progress, unwatched

MOST_PICTURES = 60_000
"""Of a larger data set, the first."""

DIRECTIONS = 64
"""Of a wide layer only so many are searched, those in which pictures differ most: to search all
1,024 of 50,000 pictures would take 20 ms."""

CANDIDATES = 64
"""So many are found that way, and then compared in all directions."""

LEVELS = 127
"""Of either sign, to which values are rounded that wait to be compared: 50 MB, not 200."""

FITTED_ON = 2000


@dataclass(frozen=True, slots=True, eq=False)
class Neighbours:
    """Pictures of a split, the nearest first.

    Attributes:
        indices: (k,) int64, where in the split they are.
        pictures: (k, 28, 28) uint8.
        labels: (k,) uint8.
        distances: (k,) float32, Euclidean, in the last hidden layer.
    """

    indices: NDArray[np.int64]
    pictures: NDArray[np.uint8]
    labels: NDArray[np.uint8]
    distances: NDArray[np.float32]


class NeighbourIndex:
    """What the last hidden layer of a network makes of the pictures of a split.

    A network without hidden layers compares the pictures themselves. Wide layers are searched
    along their first principal components (Pearson 1901), and what is found is put into order by
    its whole distance.

    Raises:
        Cancelled: by the progress.
    """

    def __init__(self, network: MLP, split: Split, progress: Progress = unwatched) -> None:
        self._network = network
        self._split = split.first(MOST_PICTURES)
        sample = _values(network, np.asarray(self._split.pictures[:FITTED_ON]))
        self._directions = _principal(sample)
        # Other pictures may answer more strongly than those of the sample; a little room is left.
        self._level = 1.5 * float(sample.abs().max()) / LEVELS or 1.0
        places, rounded = [], []
        with torch.inference_mode():
            for start in range(0, len(self._split), CHUNK):
                progress(start / len(self._split))
                values = _values(network, self._split.pictures[start : start + CHUNK])
                places.append(values @ self._directions)
                rounded.append((values / self._level).round_().clamp_(-LEVELS, LEVELS).char())
            self._places, self._rounded = torch.cat(places), torch.cat(rounded)
            self._squares = self._places.square().sum(dim=1)

    def nearest(self, picture: NDArray[np.uint8], count: int) -> Neighbours:
        """The ``count`` most alike to (28, 28) uint8."""
        with torch.inference_mode():
            values = _values(self._network, picture[None])[0]
            squares = self._squares - 2 * (self._places @ (values @ self._directions))
            some = squares.topk(min(CANDIDATES, len(squares)), largest=False).indices
            distances = (self._rounded[some].float() * self._level - values).norm(dim=1)
            found = distances.topk(min(count, len(some)), largest=False)
        which = some[found.indices].numpy()
        pictures = np.asarray(self._split.pictures)[which]
        return Neighbours(which, pictures, self._split.labels[which], found.values.numpy())


def _values(network: MLP, pictures: NDArray[np.uint8]) -> Tensor:
    """(n, width): what the layer before the last hands on."""
    return torch.from_numpy(activations(network, len(network.layers) - 1, pictures))


def _principal(values: Tensor) -> Tensor:
    """(width, directions) unit vectors, those that matter most; of a narrow layer, all."""
    width = values.shape[1]
    if width <= DIRECTIONS:
        return torch.eye(width)
    _, axes = principal_axes(values - values.mean(dim=0), DIRECTIONS)
    return axes.T


def most_exciting(
    network: MLP, neuron: tuple[int, int], split: Split, count: int, progress: Progress = unwatched
) -> NDArray[np.int64]:
    """(k,): where in the split the pictures are to which a neuron answers most strongly, the
    strongest first.

    Args:
        neuron: of which layer, 0 for the first, and which of its neurons.

    Raises:
        Cancelled: by the progress.
    """
    layer, number = neuron
    answers = []
    with torch.inference_mode():
        for start in range(0, len(split), CHUNK):
            progress(start / len(split))
            pictures = to_input(torch.from_numpy(np.asarray(split.pictures[start : start + CHUNK])))
            # What lies behind the layer is not worked out.
            output = next(islice(network.outputs(pictures), layer, None))
            answers.append(output.sums[:, number])
        found = torch.cat(answers).nan_to_num().topk(min(count, len(split)))
    indices: NDArray[np.int64] = found.indices.numpy()
    return indices
