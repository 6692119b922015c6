"""A hand that writes: smooth pen strokes with random proportions, many drawings at once.

A shape is written down once, as control points in a frame of height 1 (x to the right, y down, 0
at the top and 1 on the line one writes on). Each coordinate is a number, or an array with a value
for each drawing. Curves through the points are Catmull-Rom splines (Catmull, Rom 1974), which are
linear in their points: so one product with a fixed matrix draws them all.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.ink.strokes import Drawing, Stroke

Array = NDArray[np.float64]
Values = float | Array
Point = tuple[Values, Values]

TREMOR = 0.022
"""Standard deviation of a control point's place, as a part of the height."""

POINTS_PER_STROKE = 30
"""About as many, so that a curve looks smooth."""

SLANT = (0.08, 0.18)
"""Mean and standard deviation: right-handed writing leans a little to the right."""

TURN = 0.07
"""Standard deviation of the turn of a whole drawing, in radians."""

STRETCH = 0.2
"""Standard deviation of the logarithm of its width, height kept."""

BEND = 0.045
"""Standard deviation of the displacement in the nine places that bend a drawing."""

FLOURISHES = 0.35
"""Part of the strokes' outer ends that go on a little, or begin or end with a hook."""


class Hand:
    """Writes ``count`` drawings at once, each with its own proportions, tremor and haste."""

    def __init__(self, random: np.random.Generator, count: int) -> None:
        self.random = random
        self.count = count
        self._tremor = TREMOR * self.between(0.3, 1.6)[:, None, None]
        # Most people turn corners sharply, a few in haste hardly at all.
        self._rounding = (0.9 * self.between(0.0, 1.0) ** 2)[:, None, None]

    def between(self, low: float, high: float) -> Array:
        """(count,) numbers, all between the two equally likely."""
        return self.random.uniform(low, high, self.count)

    def about(self, mean: float, deviation: float) -> Array:
        """(count,) normal numbers; none is further than two deviations from the mean."""
        return mean + deviation * np.clip(self.random.standard_normal(self.count), -2.0, 2.0)

    def either(self, first: float, second: float, chance: float = 0.5) -> Array:
        """(count,) numbers, each the first with this chance, else the second."""
        return np.where(self.random.random(self.count) < chance, first, second)

    def line(self, *points: Point, corners: tuple[int, ...] = ()) -> Array:
        """Strokes through control points: (count, points, 2). ``corners`` are indices of them."""
        control = np.empty((self.count, len(points), 2))
        for index, (x, y) in enumerate(points):
            control[:, index, 0] = x
            control[:, index, 1] = y
        # Many points stand close together, where as much tremor would be a zigzag.
        steady = min(1.0, (5 / len(points)) ** 0.5)
        control += steady * self._tremor * self.random.standard_normal(control.shape)
        strokes: Array = _spline(len(points), corners) @ control
        if corners:
            strokes += self._rounding * (_spline(len(points), ()) @ control - strokes)
        return strokes

    def drawings(self, strokes: list[Array]) -> list[Drawing]:
        """Strokes of ``count`` drawings, in each one's own hand: slanted, stretched, bent."""
        strokes = [self._flourished(strokes[0][:, ::-1])[:, ::-1], *strokes[1:]]
        strokes[-1] = self._flourished(strokes[-1])
        ends = np.cumsum([stroke.shape[1] for stroke in strokes])[:-1]
        points = self._distorted(np.concatenate(strokes, axis=1))
        pieces = np.split(points, ends, axis=1)
        return [Drawing(tuple(map(Stroke, each))) for each in zip(*pieces, strict=True)]

    def _flourished(self, strokes: Array) -> Array:
        """The strokes, some of them a little longer or with a hook at their end."""
        last = strokes[:, -1]
        along = last - strokes[:, -4]
        heading = np.arctan2(along[:, 1], along[:, 0])
        side = self.either(-1.0, 1.0)
        heading += np.where(
            self.random.random(self.count) < 0.5, self.about(0, 0.3), side * self.between(1.6, 2.9)
        )
        length = self.between(0.02, 0.11) * (self.random.random(self.count) < FLOURISHES)
        towards = np.stack([np.cos(heading), np.sin(heading)], axis=1) * length[:, None]
        steps = np.array([0.5, 1.0])[None, :, None]
        return np.concatenate([strokes, last[:, None] + steps * towards[:, None]], axis=1)

    def _distorted(self, points: Array) -> Array:
        """Points (count, n, 2) after a random affine map and a smooth bend of each drawing."""
        low, high = points.min(axis=1, keepdims=True), points.max(axis=1, keepdims=True)
        displacements = BEND * self.random.standard_normal((self.count, 3, 6))
        bent = bend(points - (low + high) / 2, displacements)
        turn, slant = self.about(0, TURN), self.about(*SLANT)
        stretch = np.exp(self.about(0, STRETCH))
        # First the stretch, then the slant, then the turn, as one matrix for each drawing.
        cosine, sine = np.cos(turn), np.sin(turn)
        affine = np.empty((self.count, 2, 2))
        affine[:, 0, 0], affine[:, 1, 0] = cosine * stretch, -(slant * cosine + sine)
        affine[:, 0, 1], affine[:, 1, 1] = sine * stretch, cosine - slant * sine
        distorted: Array = bent @ affine
        return distorted


def bend(points: Array, displacements: Array) -> Array:
    """Points (count, n, 2), moved as nine places of each drawing are, and smoothly between them.

    Args:
        displacements: (count, 3, 6): at the top, middle and bottom of each drawing, x and y at its
            left, then its middle, then its right.
    """
    low, high = points.min(axis=1, keepdims=True), points.max(axis=1, keepdims=True)
    across, down = _bernstein((points - low) / np.maximum(high - low, 1e-9))
    moved = down @ displacements
    bent = points.copy()
    for place in range(3):
        bent += across[:, :, place, None] * moved[:, :, 2 * place : 2 * place + 2]
    return bent


def arc(
    centre: Point,
    radii: Point,
    start: Values,
    sweep: Values,
    *,
    count: int = 9,
    growth: Values = 0.0,
    tilt: Values = 0.0,
) -> list[Point]:
    """Control points along an ellipse.

    Args:
        start: where it begins, in degrees; 0 is right, 90 below, -90 above.
        sweep: how far it goes, in degrees; positive is clockwise.
        count: of the points.
        growth: of the radii from begin to end, as a part of them.
        tilt: how much higher its right side is, as a part of its width.
    """
    points: list[Point] = []
    for along in np.linspace(0.0, 1.0, count):
        angle = np.radians(start + sweep * along)
        size = 1.0 + growth * along
        x, y = radii[0] * size * np.cos(angle), radii[1] * size * np.sin(angle)
        points.append((centre[0] + x, centre[1] + y - tilt * x))
    return points


@lru_cache(maxsize=256)
def _spline(count: int, corners: tuple[int, ...]) -> Array:
    """The matrix from ``count`` control points to a curve's points: (points, count)."""
    each = max(4, -(-POINTS_PER_STROKE // (count - 1)))
    stops = sorted({0, count - 1, *(corner % count for corner in corners)})
    along = np.arange(each)[:, None] / each
    cubic = along ** np.arange(4)
    # Rows: powers of the place along a segment; columns: the four control points around it.
    cubic = cubic @ (np.array([[0.0, 2, 0, 0], [-1, 0, 1, 0], [2, -5, 4, -1], [-1, 3, -3, 1]]) / 2)
    matrix = np.zeros(((count - 1) * each + 1, count))
    for first, last in pairwise(stops):
        for segment in range(first, last):
            rows = matrix[segment * each : (segment + 1) * each]
            for offset in range(4):
                # An end or a corner goes straight on, as if a point mirrored stood beyond it.
                place = segment - 1 + offset
                if place < first:
                    rows[:, first] += 2 * cubic[:, offset]
                    rows[:, first + 1] -= cubic[:, offset]
                elif place > last:
                    rows[:, last] += 2 * cubic[:, offset]
                    rows[:, last - 1] -= cubic[:, offset]
                else:
                    rows[:, place] += cubic[:, offset]
    matrix[-1, -1] = 1.0
    matrix.flags.writeable = False
    return matrix


def _bernstein(place: Array) -> tuple[Array, Array]:
    """Weights of three places along x and along y, (count, n, 3) each, for places from 0 to 1."""
    rest = 1 - place
    weights = np.stack([rest**2, 2 * place * rest, place**2], axis=-1)
    return weights[:, :, 0], weights[:, :, 1]
