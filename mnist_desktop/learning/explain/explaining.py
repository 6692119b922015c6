"""Why a network answers as it does: what the ink adds to the answer, and what ink is missing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from mnist_desktop.ink import SIDE
from mnist_desktop.learning.models.network import ACTIVATIONS, MLP, to_input

STEPS = 8
"""Pieces of the way from empty paper to the ink. With these the contributions of the bundled model
are 8 % off their limit, with 16 still 3 %, and take twice as long; their sum is right with any."""

FLAT = 1e-5
"""Sums that differ by no more than this are too close to tell a slope by."""

DOT = torch.tensor([[0.5, 1.0, 0.5], [1.0, 1.0, 1.0], [0.5, 1.0, 0.5]])
"""The ink that a pen of MNIST's width leaves where it touches the paper, in pixels of 28×28."""

Map = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Contributions:
    """What each pixel's ink adds to one digit's score over another's.

    Attributes:
        values: (28, 28) float32, 0 where there is no ink.
        answer_score, rival_score: of the two digits, before the softmax.
        empty: by how much the answer's score is higher on empty paper, where no ink speaks.
    """

    values: Map
    answer_score: float
    rival_score: float
    empty: float

    @property
    def difference(self) -> float:
        """By how much the answer's score is higher."""
        return self.answer_score - self.rival_score

    @property
    def total(self) -> float:
        """Of all ink; with ``empty`` it is the difference."""
        return float(self.values.sum(dtype=np.float64))


@torch.no_grad()
def contributions(
    network: MLP, picture: NDArray[np.uint8], answer: int, rival: int, steps: int = STEPS
) -> Contributions:
    """Integrated gradients from empty paper to the ink (Sundararajan, Taly and Yan 2017).

    The way is walked in equal steps. Within each, an activation's slope is not its gradient at one
    point but the quotient of what it has changed and what its sum has: so the parts add up to the
    difference of the scores with any number of steps, as they must, also where a thousand ReLUs
    bend on the way. With one step this is DeepLIFT's rescale rule (Shrikumar et al. 2017), with
    many it is the integral.

    Args:
        picture: (28, 28) uint8, 0 to 255.
        answer, rival: digits from 0 to 9.
    """
    first, *rest = network.layers
    activation = ACTIVATIONS[network.config.activation]
    ink = to_input(torch.from_numpy(picture)[None])[0]
    way = torch.linspace(0, 1, steps + 1)[:, None]
    # The sums of the first layer grow evenly on the way, so its weights are needed only once.
    sums = [first.bias + way * (first.weight @ ink)]
    for layer in rest:
        sums.append(layer(activation(sums[-1])))
    scores = sums[-1]
    slopes = torch.zeros(steps, scores.shape[1])
    slopes[:, answer] += 1
    slopes[:, rival] -= 1
    for layer, before in zip(reversed(rest), reversed(sums[:-1]), strict=True):
        change = before.diff(dim=0)
        middle = (before[1:] + before[:-1]) / 2
        gradient = (activation(middle + FLAT) - activation(middle - FLAT)) / (2 * FLAT)
        quotient = activation(before).diff(dim=0) / change
        slopes = (slopes @ layer.weight) * torch.where(change.abs() > FLAT, quotient, gradient)
    values = ink * (slopes.mean(dim=0) @ first.weight)
    empty, full = scores[0].nan_to_num(), scores[-1].nan_to_num()
    return Contributions(
        # Weights from a file can be so large that sums are no numbers, and say nothing.
        values.nan_to_num().view(SIDE, SIDE).numpy(),
        float(full[answer]),
        float(full[rival]),
        float(empty[answer] - empty[rival]),
    )


def missing_ink(network: MLP, picture: NDArray[np.uint8], answer: int, rival: int) -> Map:
    """What a dot of ink on the paper would add to the answer's score over the rival's.

    Contributions of ink cannot tell of ink that is not there. The gradient can, if only for a
    little ink; it is taken for a dot of a pen, since a single pixel is nothing that one draws.

    Args:
        picture: (28, 28) uint8, 0 to 255.
        answer, rival: digits from 0 to 9.

    Returns:
        (28, 28) float32: below 0 where ink would raise the rival, 0 where there is ink already.
    """
    ink = to_input(torch.from_numpy(picture)[None])
    gradient = score_gradient(network, ink, answer, rival)
    dots = F.conv2d(gradient.view(1, 1, SIDE, SIDE), DOT[None, None], padding=1)
    values: Map = dots.view(SIDE, SIDE).nan_to_num().numpy()
    return np.where(picture > 0, np.float32(0), values)


def score_gradient(network: MLP, ink: Tensor, answer: int, rival: int) -> Tensor:
    """(1, 784): of the answer's score minus the rival's, with respect to (1, 784) ink, 0 to 1."""
    ink = ink.detach().requires_grad_()
    *_, output = network.outputs(ink)
    scores = output.sums[0]
    (gradient,) = torch.autograd.grad(scores[answer] - scores[rival], ink)
    return gradient


def untrained(network: MLP) -> MLP:
    """A network of the same shape, with the weights that one has before it has learned anything.

    Its maps are to look different: "Sanity checks for saliency maps" (Adebayo et al. 2018).
    """
    return MLP(network.config, seed=0).eval()


def rank_correlation(one: Map, other: Map, picture: NDArray[np.uint8]) -> float:
    """Spearman's, −1 to 1, of two maps with their signs, within the ink; 0 where it is undefined.

    Args:
        picture: (28, 28) uint8, whose ink it is.
    """
    ranks = [_ranks(values[picture > 0]) for values in (one, other)]
    if len(ranks[0]) < 2 or not all(np.ptp(rank) for rank in ranks):
        return 0.0
    return float(np.corrcoef(ranks[0], ranks[1])[0, 1])


def _ranks(values: Map) -> NDArray[np.float64]:
    """Of equal values, their mean rank."""
    _, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    means: NDArray[np.float64] = (ends - (counts - 1) / 2)[places]
    return means
