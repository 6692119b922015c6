"""How accuracy falls when pictures are turned, shifted, scaled, thickened, blurred or noisy.

After Hendrycks and Dietterich 2019, "Benchmarking neural network robustness to common corruptions
and perturbations": each kind in some strengths, the network as it is.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from mnist_desktop.ink import SIDE
from mnist_desktop.learning.data.splits import Split
from mnist_desktop.learning.evaluate.disturbances import DISTURBANCES, Disturbance
from mnist_desktop.learning.evaluate.evaluation import predict
from mnist_desktop.learning.models.network import MLP
from mnist_desktop.progress import Progress, unwatched

MOST_PICTURES = 2000
"""Evenly chosen of more: accuracy is known to a point then, and there are many of them to find."""

SEED = 0


@dataclass(frozen=True, slots=True, eq=False)
class RobustnessCurve:
    """Accuracy under one kind of disturbance.

    Attributes:
        disturbance: which one.
        accuracies: 0 to 1, one for each of its n strengths.
        samples: (n, 28, 28) uint8, the first picture in each of them.
        label: what that shows, 0 to 9.
    """

    disturbance: Disturbance
    accuracies: tuple[float, ...]
    samples: NDArray[np.uint8]
    label: int


def robustness(
    network: MLP, split: Split, progress: Progress = unwatched
) -> tuple[RobustnessCurve, ...]:
    """Read pictures, one or more, again and again, disturbed in every way and strength."""
    chosen = evenly(split)
    count = sum(len(kind.strengths) for kind in DISTURBANCES)
    done = 0
    curves = []
    for kind in DISTURBANCES:
        accuracies, samples = [], []
        for strength in kind.strengths:
            disturbed = Split(disturb(chosen.pictures, kind.name, strength), chosen.labels)
            accuracies.append(predict(network, disturbed).score.accuracy)
            samples.append(disturbed.pictures[0])
            done += 1
            progress(done / count)
        label = int(chosen.labels[0])
        curves.append(RobustnessCurve(kind, tuple(accuracies), np.stack(samples), label))
    return tuple(curves)


def evenly(split: Split) -> Split:
    """At most ``MOST_PICTURES`` of a split, from its beginning to its end."""
    if len(split) <= MOST_PICTURES:
        return split
    return split.some(np.linspace(0, len(split) - 1, MOST_PICTURES).round().astype(int))


def disturb(pictures: NDArray[np.uint8], name: str, strength: float) -> NDArray[np.uint8]:
    """(n, 28, 28) uint8 → the same pictures, disturbed; the same ones each time.

    Args:
        name: of one of ``DISTURBANCES``.
        strength: in its unit.
    """
    ink = torch.from_numpy(pictures).unsqueeze(1).float()
    disturbed = _HOW[name](ink, strength).clamp(0, 255).round()
    result: NDArray[np.uint8] = disturbed.to(torch.uint8).squeeze(1).numpy()
    return result


def _turned(ink: Tensor, degrees: float) -> Tensor:
    """Every other picture to the other side."""
    angle = math.radians(degrees)
    cosine, sine = math.cos(angle), math.sin(angle)
    matrices = [[[cosine, sign * sine, 0], [-sign * sine, cosine, 0]] for sign in (1, -1)]
    return _moved(ink, matrices)


def _shifted(ink: Tensor, pixels: float) -> Tensor:
    """To the right, down, left and up, in turn."""
    step = 2 * pixels / (SIDE - 1)
    directions = ((-1, 0), (0, -1), (1, 0), (0, 1))
    return _moved(ink, [[[1, 0, x * step], [0, 1, y * step]] for x, y in directions])


def _scaled(ink: Tensor, percent: float) -> Tensor:
    """About the centre."""
    factor = 100 / percent
    return _moved(ink, [[[factor, 0, 0], [0, factor, 0]]])


def _thickened(ink: Tensor, pixels: float) -> Tensor:
    """The pen grows by so much: to all neighbours of what is inked, and in part to theirs."""
    grown = ink
    while pixels > 0:
        wider = F.max_pool2d(grown, 3, stride=1, padding=1)
        grown = torch.lerp(grown, wider, min(1.0, pixels / 2))
        pixels -= 2
    return grown


def _blurred(ink: Tensor, pixels: float) -> Tensor:
    """By a normal distribution of this standard deviation."""
    if not pixels:
        return ink
    reach = math.ceil(3 * pixels)
    away = torch.arange(-reach, reach + 1, dtype=torch.float32)
    weights = torch.exp(-(away**2) / (2 * pixels**2))
    weights /= weights.sum()
    along = F.conv2d(ink, weights.view(1, 1, 1, -1), padding=(0, reach))
    return F.conv2d(along, weights.view(1, 1, -1, 1), padding=(reach, 0))


def _noisy(ink: Tensor, percent: float) -> Tensor:
    """Each pixel by a normal distribution of this standard deviation, of full ink."""
    random = torch.Generator().manual_seed(SEED)
    return ink + 2.55 * percent * torch.randn(ink.shape, generator=random)


def _moved(ink: Tensor, matrices: Sequence[Sequence[Sequence[float]]]) -> Tensor:
    """From where each pixel takes its ink; the matrices take turns."""
    turns = torch.arange(len(ink)) % len(matrices)
    places = F.affine_grid(
        torch.tensor(matrices)[turns].float(), list(ink.shape), align_corners=True
    )
    return F.grid_sample(ink, places, align_corners=True)


_HOW: dict[str, Callable[[Tensor, float], Tensor]] = {
    "turned": _turned,
    "shifted": _shifted,
    "scaled": _scaled,
    "thickened": _thickened,
    "blurred": _blurred,
    "noisy": _noisy,
}
