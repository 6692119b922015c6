"""The training pictures that a network takes for most alike."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from mnist_desktop.learning.network import MLP, to_input
from mnist_desktop.learning.splits import Split
from mnist_desktop.progress import Progress, unwatched

CHUNK = 500
MOST_PICTURES = 60_000
"""Of a larger data set, the first."""

DIRECTIONS = 64
"""Of a wide layer only so many are kept, those in which pictures differ most: else 50,000 pictures
would take 200 MB, and a search 20 ms."""

FITTED_ON = 2000


@dataclass(frozen=True, slots=True, eq=False)
class Neighbours:
    """Pictures of a split, the nearest first.

    Attributes:
        pictures: (k, 28, 28) uint8.
        labels: (k,) uint8.
        distances: (k,) float32, Euclidean, in the last hidden layer.
    """

    pictures: NDArray[np.uint8]
    labels: NDArray[np.uint8]
    distances: NDArray[np.float32]


class NeighbourIndex:
    """What the last hidden layer of a network makes of the pictures of a split.

    A network without hidden layers compares the pictures themselves. Layers of more than
    ``DIRECTIONS`` neurons are turned into their principal components (Pearson 1901), of which the
    first are kept.

    Raises:
        Cancelled: by the progress.
    """

    def __init__(self, network: MLP, split: Split, progress: Progress = unwatched) -> None:
        self._network = network
        self._split = split.first(MOST_PICTURES)
        self._mean, self._directions = _principal(_last_hidden(network, self._split, FITTED_ON))
        rows = []
        with torch.inference_mode():
            for start in range(0, len(self._split), CHUNK):
                progress(start / len(self._split))
                part = self._split.pictures[start : start + CHUNK]
                rows.append(self._placed(_values(network, part)))
            self._places = torch.cat(rows)
            self._squares = self._places.square().sum(dim=1)

    def nearest(self, picture: NDArray[np.uint8], count: int) -> Neighbours:
        """The ``count`` most alike to (28, 28) uint8."""
        with torch.inference_mode():
            place = self._placed(_values(self._network, picture[None]))[0]
            squares = (self._squares - 2 * (self._places @ place)).add_(place.square().sum())
            found = squares.topk(min(count, len(squares)), largest=False)
            distances = found.values.clamp_(min=0).sqrt()
        which = found.indices.numpy()
        pictures = np.asarray(self._split.pictures)[which]
        return Neighbours(pictures, self._split.labels[which], distances.numpy())

    def _placed(self, values: Tensor) -> Tensor:
        return (values - self._mean) @ self._directions


def _values(network: MLP, pictures: NDArray[np.uint8]) -> Tensor:
    """(n, width): what the layer before the last hands on."""
    values = to_input(torch.from_numpy(np.ascontiguousarray(pictures)))
    for layer, output in zip(network.layers, network.outputs(values), strict=True):
        if layer is not network.layers[-1]:
            values = output.values
    return values.nan_to_num()


def _last_hidden(network: MLP, split: Split, count: int) -> Tensor:
    with torch.inference_mode():
        return _values(network, np.asarray(split.pictures[:count]))


def _principal(values: Tensor) -> tuple[Tensor, Tensor]:
    """(width,) mean, and (width, directions) unit vectors, those that matter most."""
    width = values.shape[1]
    mean = values.mean(dim=0)
    if width <= DIRECTIONS:
        return mean, torch.eye(width)
    centred = (values - mean).double()
    _, vectors = torch.linalg.eigh(centred.T @ centred)
    return mean, vectors[:, -DIRECTIONS:].float()
