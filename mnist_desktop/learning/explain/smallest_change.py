"""What would turn the answer: the smallest change of the ink that makes it read another digit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from mnist_desktop.ink import SIDE
from mnist_desktop.learning.models.network import MLP, to_input
from mnist_desktop.learning.settings.config import CLASSES
from mnist_desktop.progress import Progress, share_of, unwatched

FRAMES = 24
MOST_STEPS = 200
LARGEST_STEP = 0.1
"""Of a pixel's ink, 0 to 1: no further is the gradient believed."""

MARGIN = 0.05
"""Score by which the digit is to be ahead, so that it still is when ink is rounded to 0–255."""

HALVINGS = 12

BLUR = torch.tensor([0.06, 0.24, 0.4, 0.24, 0.06])
"""A stroke's soft edge, in pixels of 28×28: changes of single pixels are nothing that one draws."""

POWER = 1.5
"""By which stronger places are preferred: as of DeepFool in the norm of p = 5/3. A change is then
a few strokes; with 0, which is tried where that leads nowhere, it is a haze everywhere, of half as
much ink again."""


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """From the ink as it is to ink that reads as another digit.

    Attributes:
        target: that digit.
        frames: (FRAMES + 1, 28, 28) uint8; the first is the ink as it is.
        answers: (FRAMES + 1,) what each of them reads as; the last is the target.
        amount: how much ink the change puts on or takes away, as a share of what there is.
    """

    target: int
    frames: NDArray[np.uint8]
    answers: NDArray[np.int64]
    amount: float


def smallest_change(
    network: MLP,
    picture: NDArray[np.uint8],
    target: int,
    progress: Progress = unwatched,
    *,
    added: NDArray[np.float32] | None = None,
) -> Change | None:
    """DeepFool (Moosavi-Dezfooli et al. 2016) towards one digit, with ink that stays ink.

    In each step the network is taken for linear, and of all changes as smooth as a pen's the
    smallest is made that would turn the answer. Ink stays between paper and black. At last as much
    of the way is kept as is needed.

    Args:
        picture: (28, 28) uint8, 0 to 255.
        target: what it is to read as, 0 to 9.
        added: (10,) what is added to the network's scores, whatever the ink.

    Returns:
        None where no way was found.
    """
    start = to_input(torch.from_numpy(picture)[None])
    more = torch.zeros(CLASSES) if added is None else torch.from_numpy(added)

    def scores(ink: Tensor) -> Tensor:
        *_, output = network.outputs(ink)
        return output.sums + more

    for number, power in enumerate((POWER, 0.0)):
        end = _turned(scores, start, target, power, share_of(progress, number, 2))
        if end is not None:
            return _change(scores, picture, start, end, target)
    return None


Scores = Callable[[Tensor], Tensor]
"""From (n, 784), 0 to 1, to (n, 10)."""


def _turned(
    scores: Scores, start: Tensor, target: int, power: float, progress: Progress
) -> Tensor | None:
    """(1, 784) that reads as the target; None where the way does not lead there."""
    ink = start.clone()
    for step in range(MOST_STEPS):
        progress(step / MOST_STEPS)
        lead, gradient = _lead_of_others(scores, ink, target)
        if lead < -MARGIN:
            return ink
        # What is black already cannot become blacker, nor paper whiter.
        is_free = ((gradient > 0) & (ink > 0)) | ((gradient < 0) & (ink < 1))
        smooth = _blurred(gradient * is_free) * is_free
        way = smooth * smooth.abs().pow(power)
        gain = float((gradient * way).sum())
        if not gain > 0:  # nor where weights are so large that it is no number
            return None
        length = min((lead + 2 * MARGIN) / gain, LARGEST_STEP / float(way.abs().max()))
        ink = (ink - length * way).clamp(0, 1)
    return None


def _lead_of_others(scores: Scores, ink: Tensor, target: int) -> tuple[float, Tensor]:
    """By how much the best other digit's score is higher, and the gradient of that."""
    ink = ink.detach().requires_grad_()
    found = scores(ink)[0]
    others = torch.cat([found[:target], found[target + 1 :]])
    lead = others.max() - found[target]
    (gradient,) = torch.autograd.grad(lead, ink)
    return float(lead.detach()), gradient


def _blurred(values: Tensor) -> Tensor:
    image = values.view(1, 1, SIDE, SIDE)
    image = F.conv2d(image, BLUR[None, None, :, None], padding=(len(BLUR) // 2, 0))
    image = F.conv2d(image, BLUR[None, None, None, :], padding=(0, len(BLUR) // 2))
    return image.view(1, SIDE * SIDE)


@torch.no_grad()
def _change(
    scores: Scores, picture: NDArray[np.uint8], start: Tensor, end: Tensor, target: int
) -> Change | None:
    """Frames of the shortest part of the way at whose end the answer has turned."""

    def between(shares: Tensor) -> Tensor:
        return torch.round(255 * torch.lerp(start, end, shares[:, None])).byte()

    def answers(pictures: Tensor) -> Tensor:
        return scores(to_input(pictures)).argmax(dim=1)

    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        turned = bool(answers(between(torch.tensor([middle])))[0] == target)
        low, high = (low, middle) if turned else (middle, high)
    pictures = between(torch.linspace(0, high, FRAMES + 1))
    read = answers(pictures)
    if int(read[-1]) != target:
        return None
    frames = pictures.view(-1, SIDE, SIDE).numpy()
    changed = np.abs(frames[-1].astype(float) - picture).sum()
    return Change(target, frames, read.numpy(), float(changed / max(1, picture.sum(dtype=int))))
