"""Kinds of drawings, and how a program makes thousands of them by chance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from mnist_desktop.ink.strokes import Drawing, LabelledDrawing
from mnist_desktop.ink.synthetic.hand import Array, Hand

AT_ONCE = 2048
"""So many drawings are made together: enough to be fast, and little memory."""

Draw = Callable[[int, np.random.Generator], list[Drawing]]
"""Makes so many drawings."""


@dataclass(frozen=True)
class Kind:
    """One kind of drawings.

    Attributes:
        weight: how often it is drawn, relative to other kinds.
        label: what it means; None for what is no digit.
    """

    name: str
    weight: float
    draw: Draw
    label: str | None = None


def by_hand(shape: Callable[[Hand], Array | list[Array]]) -> Draw:
    """What draws a shape, given as one stroke or several, arrays of (count, points, 2)."""

    def draw(count: int, random: np.random.Generator) -> list[Drawing]:
        hand = Hand(random, count)
        strokes = shape(hand)
        return hand.drawings(strokes if isinstance(strokes, list) else [strokes])

    return draw


def draw_kind(kind: Kind, count: int, random: np.random.Generator) -> list[LabelledDrawing]:
    """``count`` drawings of one kind. The writer is its name."""
    drawn = []
    for start in range(0, count, AT_ONCE):
        drawings = kind.draw(min(AT_ONCE, count - start), random)
        drawn += [LabelledDrawing(drawing, kind.label, kind.name) for drawing in drawings]
    return drawn


def draw_kinds(
    kinds: Sequence[Kind], chances: Sequence[float], count: int, random: np.random.Generator
) -> list[LabelledDrawing]:
    """``count`` drawings in random order.

    Args:
        chances: of each kind; their sum is 1.
    """
    times = random.multinomial(count, chances)
    drawn = [
        drawing
        for kind, often in zip(kinds, times, strict=True)
        for drawing in draw_kind(kind, int(often), random)
    ]
    return [drawn[index] for index in random.permutation(count)]
