"""Random but seeded distortions of a batch: what other hands would have made of the same digits.

Simard, Steinkraus, Platt, "Best practices for convolutional neural networks applied to visual
document analysis", 2003, showed that affine and elastic distortions do more for digits than most
changes of the network. All of a batch is distorted at once, by tensor operations alone.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

from mnist_desktop.ink.normalise import SIDE

TURN = 0.12
"""Standard deviation of the rotation, in radians: 7°."""

SLANT = 0.16
"""Of the slant, as x moved for each y."""

STRETCH = 0.09
"""Of the logarithm of width and height, each by itself."""

SHIFT = 0.7
"""Of the shift, in pixels. Normalisation centres, so there is little of it."""

ELASTIC = 0.75
"""Of the elastic displacement of a knot, in pixels."""

KNOTS = 6
"""The displacement is smooth between this many knots along each side."""

THICKNESS = 0.45
"""Largest share of the way to a pen about two pixels thicker or thinner."""

BLUR = 0.5
"""Largest share of the way to the mean of 3×3 pixels."""

ERASED = 0.1
"""Share of the pictures in which a small square is empty, as if the pen had left out."""

STRAY = 0.1
"""Share of the pictures with a small square of ink that does not belong there."""

PATCH = 3
"""Side of those squares, in pixels."""


class Distortion:
    """Distorts batch after batch, each in another way.

    Args:
        strength: 0 leaves the pictures as they are, 1 is what the constants of this module say,
            2 twice that.
        random: what the distortions are drawn with; its device is where they are made.
    """

    def __init__(self, strength: float, random: torch.Generator) -> None:
        self.strength = strength
        self.random = random
        self._device = random.device
        self._spread = _spread_of_knots().to(self._device)
        indices = torch.linspace(-1, 1, SIDE, device=self._device)
        rows, columns = torch.meshgrid(indices, indices, indexing="ij")
        self._grid = torch.stack([columns, rows], dim=-1)

    def __call__(self, inputs: Tensor) -> Tensor:
        """(n, 784) float32, 0 to 1 → the same, distorted."""
        if self.strength == 0.0:
            return inputs
        pictures = inputs.view(-1, 1, SIDE, SIDE)
        pictures = F.grid_sample(pictures, self._places(len(pictures)), align_corners=True)
        pictures = self._with_other_pen(pictures)
        self._erase_and_soil(pictures)
        return pictures.view(-1, SIDE * SIDE)

    def _normal(self, *shape: int) -> Tensor:
        return torch.randn(*shape, device=self._device, generator=self.random)

    def _uniform(self, *shape: int) -> Tensor:
        return torch.rand(*shape, device=self._device, generator=self.random)

    def _places(self, count: int) -> Tensor:
        """From where each pixel takes its ink: (n, 28, 28, 2), x and y from -1 to 1."""
        pixel = 2 / (SIDE - 1)
        turn, slant, wide, high, *shift = self._normal(6, count).mul_(self.strength)
        cosine, sine = (turn * TURN).cos(), (turn * TURN).sin()
        slant = slant * SLANT
        wide, high = (wide * STRETCH).exp(), (high * STRETCH).exp()
        # Turned, after it was slanted, after it was stretched.
        affine = torch.stack(
            [
                wide * cosine,
                wide * (slant * cosine - sine),
                high * sine,
                high * (slant * sine + cosine),
            ]
        )
        affine = affine.view(2, 2, count).permute(2, 1, 0)
        places = (self._grid.view(1, SIDE * SIDE, 2) @ affine).view(count, SIDE, SIDE, 2)
        places += torch.stack(shift, dim=-1).view(count, 1, 1, 2) * (SHIFT * pixel)
        knots = self._normal(count, 2, KNOTS, KNOTS)
        bend = self._spread @ knots @ self._spread.t()
        places += bend.permute(0, 2, 3, 1) * (ELASTIC * self.strength * pixel)
        return places

    def _with_other_pen(self, pictures: Tensor) -> Tensor:
        """Thicker or thinner strokes, with softer edges."""
        count = len(pictures)
        share = self._uniform(2, count, 1, 1, 1).mul_(self.strength)
        share[0].mul_(2).sub_(self.strength).mul_(THICKNESS)
        thick = F.max_pool2d(pictures, 3, stride=1, padding=1)
        thin = -F.max_pool2d(-pictures, 3, stride=1, padding=1)
        other = torch.where(share[0] > 0, thick, thin)
        pictures = torch.lerp(pictures, other, share[0].abs().clamp_(max=1))
        soft = F.avg_pool2d(pictures, 3, stride=1, padding=1)
        return torch.lerp(pictures, soft, (share[1] * BLUR).clamp_(max=1))

    def _erase_and_soil(self, pictures: Tensor) -> None:
        """In some pictures a small square loses its ink, in some another one is inked."""
        for probability, ink in ((ERASED, 0.0), (STRAY, 1.0)):
            chosen = self._uniform(len(pictures)) < probability * self.strength
            number = chosen.nonzero().view(-1, 1, 1)
            corner = (self._uniform(2, len(number), 1, 1) * (SIDE - PATCH)).long()
            along = torch.arange(PATCH, device=self._device)
            pictures[number, 0, corner[0] + along.view(-1, 1), corner[1] + along] = ink


def _spread_of_knots() -> Tensor:
    """(28, KNOTS): how much each knot has to say at each pixel along a side.

    Cubic B-splines, whose second derivative has no steps, so that lines stay smooth.
    """
    at = torch.linspace(0, KNOTS - 1, SIDE).view(-1, 1) - torch.arange(KNOTS)
    distance = at.abs()
    near = 2 / 3 - distance**2 + distance**3 / 2
    far = (2 - distance).clamp(min=0) ** 3 / 6
    weights = torch.where(distance < 1, near, far)
    # Of the same deviation everywhere, though fewer knots reach the sides.
    return weights / weights.square().sum(dim=1, keepdim=True).sqrt()
