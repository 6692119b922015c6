"""Random but seeded distortions of a batch: what other hands would have made of the same digits.

Simard, Steinkraus, Platt, "Best practices for convolutional neural networks applied to visual
document analysis", 2003, showed that affine and elastic distortions do more for digits than most
changes of the network. All of a batch is distorted at once, by tensor operations alone.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor

from mnist_desktop.ink import SIDE

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


class Warp(NamedTuple):
    """How n pictures are distorted, each in its own way.

    Each pixel takes its ink from another place. That is its own, seen from the picture's centre,
    which is first slanted, then turned, then stretched, then shifted and bent; so what is seen in
    the picture is the reverse of each, in the reverse order.

    Attributes:
        turn: (n,) radians, clockwise.
        slant: (n,) x moved for each y.
        stretch: (2, n) factors of x and y.
        shift: (2, n) of x and y, in pixels.
        knots: (n, 2, KNOTS, KNOTS) of x and y, in pixels: what bends.
        pen: (n,) share of the way to a thicker pen, 0 to 1, or to a thinner one, 0 to -1.
        blur: (n,) share of the way to the mean of 3×3 pixels, 0 to 1.
        erased, inked: (3, m) int64, squares: number of the picture, row and column of their first
            pixel.
    """

    turn: Tensor
    slant: Tensor
    stretch: Tensor
    shift: Tensor
    knots: Tensor
    pen: Tensor
    blur: Tensor
    erased: Tensor
    inked: Tensor


class Distortion:
    """Draws how batch after batch is distorted.

    Args:
        strength: 0 leaves the pictures as they are, 1 is what the constants of this module say,
            2 twice that.
        random: what is drawn with; its device is where the pictures are.
    """

    def __init__(self, strength: float, random: torch.Generator) -> None:
        self.strength = strength
        self.random = random

    def __call__(self, inputs: Tensor) -> Tensor:
        """(n, 784) float32, 0 to 1 → the same, distorted."""
        return warp(inputs, self.sample(len(inputs))) if self.strength else inputs

    def sample(self, count: int) -> Warp:
        """How so many pictures are distorted."""
        turn, slant, *stretch_and_shift = self._normal(6, count)
        knots = self._normal(count, 2, KNOTS, KNOTS)
        pen, blur = self._uniform(2, count)
        return Warp(
            turn=turn * TURN,
            slant=slant * SLANT,
            stretch=(torch.stack(stretch_and_shift[:2]) * STRETCH).exp(),
            shift=torch.stack(stretch_and_shift[2:]) * SHIFT,
            knots=knots * ELASTIC,
            pen=((2 * pen - 1) * self.strength * THICKNESS).clamp(-1, 1),
            blur=(blur * self.strength * BLUR).clamp(max=1),
            erased=self._squares(count, ERASED),
            inked=self._squares(count, STRAY),
        )

    def _squares(self, count: int, share: float) -> Tensor:
        chosen = self._uniform(count) < share * self.strength
        number = chosen.nonzero().view(1, -1)
        corner = self._uniform(2, number.shape[1]) * (SIDE - PATCH + 1)
        return torch.cat([number, corner.long()])

    def _normal(self, *shape: int) -> Tensor:
        drawn = torch.randn(*shape, device=self.random.device, generator=self.random)
        return drawn.mul_(self.strength)

    def _uniform(self, *shape: int) -> Tensor:
        return torch.rand(*shape, device=self.random.device, generator=self.random)


def warp(inputs: Tensor, parameters: Warp) -> Tensor:
    """(n, 784) float32, 0 to 1 → a copy, distorted."""
    pictures = inputs.view(-1, 1, SIDE, SIDE)
    pictures = F.grid_sample(pictures, _places(parameters), align_corners=True)
    pictures = _with_other_pen(pictures, parameters.pen, parameters.blur)
    along = torch.arange(PATCH, device=inputs.device)
    for squares, ink in ((parameters.erased, 0.0), (parameters.inked, 1.0)):
        number, row, column = squares.view(3, -1, 1, 1)
        pictures[number, 0, row + along.view(-1, 1), column + along] = ink
    return pictures.view(-1, SIDE * SIDE)


def _places(parameters: Warp) -> Tensor:
    """From where each pixel takes its ink: (n, 28, 28, 2), x and y from -1 to 1."""
    device = parameters.turn.device
    pixel = 2 / (SIDE - 1)
    slant, (wide, high) = parameters.slant, parameters.stretch
    cosine, sine = parameters.turn.cos(), parameters.turn.sin()
    affine = torch.stack(
        [
            wide * cosine,
            wide * (slant * cosine - sine),
            high * sine,
            high * (slant * sine + cosine),
        ]
    )
    affine = affine.view(2, 2, -1).permute(2, 1, 0)
    places = (_grid(device) @ affine).view(-1, SIDE, SIDE, 2)
    places += parameters.shift.t().reshape(-1, 1, 1, 2) * pixel
    spread = _spread_of_knots(device)
    bend = spread @ parameters.knots @ spread.t()
    places += bend.permute(0, 2, 3, 1) * pixel
    return places


def _with_other_pen(pictures: Tensor, pen: Tensor, blur: Tensor) -> Tensor:
    """Thicker or thinner strokes, with softer edges."""
    pen, blur = pen.view(-1, 1, 1, 1), blur.view(-1, 1, 1, 1)
    thick = F.max_pool2d(pictures, 3, stride=1, padding=1)
    thin = -F.max_pool2d(-pictures, 3, stride=1, padding=1)
    pictures = torch.lerp(pictures, torch.where(pen > 0, thick, thin), pen.abs())
    soft = F.avg_pool2d(pictures, 3, stride=1, padding=1)
    return torch.lerp(pictures, soft, blur)


@cache
def _grid(device: torch.device) -> Tensor:
    """(1, 784, 2): x and y of each pixel, from -1 to 1."""
    indices = torch.linspace(-1, 1, SIDE, device=device)
    rows, columns = torch.meshgrid(indices, indices, indexing="ij")
    return torch.stack([columns, rows], dim=-1).view(1, SIDE * SIDE, 2)


@cache
def _spread_of_knots(device: torch.device) -> Tensor:
    """(28, KNOTS): how much each knot has to say at each pixel along a side.

    Cubic B-splines, whose second derivative has no steps, so that lines stay smooth.
    """
    at = torch.linspace(0, KNOTS - 1, SIDE).view(-1, 1) - torch.arange(KNOTS)
    distance = at.abs()
    near = 2 / 3 - distance**2 + distance**3 / 2
    far = (2 - distance).clamp(min=0) ** 3 / 6
    weights = torch.where(distance < 1, near, far)
    # Of the same deviation everywhere, though fewer knots reach the sides.
    return (weights / weights.square().sum(dim=1, keepdim=True).sqrt()).to(device)
