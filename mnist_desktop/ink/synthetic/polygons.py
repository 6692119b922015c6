"""Squares, diamonds, rectangles, triangles and stars, as people and programs draw them.

Their sides are drawn one by one, so corners are never rounded into a zero, and are as imperfect as
a hand's: a little open, or crossed.
"""

from __future__ import annotations

import numpy as np

from mnist_desktop.ink.synthetic.hand import Array, Hand, Point


def rectangle(hand: Hand, *, high: tuple[float, float], lifted: bool = False) -> list[Array]:
    """Upright, of width 1.

    Args:
        high: the lowest and the highest it may be.
        lifted: each side is a stroke of its own.
    """
    y = hand.between(*high)
    return _closed(hand, [(0, 0), (1, 0), (1, y), (0, y)], lifted=lifted)


def diamond(hand: Hand) -> list[Array]:
    """On a tip, of height 1."""
    w = hand.between(0.3, 0.6)
    return _closed(hand, [(0, -0.5), (w, 0), (0, 0.5), (-w, 0)])


def triangle(hand: Hand, *, tip_down: bool = False, lifted: bool = False) -> list[Array]:
    """On a side, or on a tip; its third corner stands anywhere over that side."""
    w, tip = hand.between(0.7, 1.4), hand.between(0, 1)
    base = 0 if tip_down else 1
    return _closed(hand, [(w * tip, 1 - base), (w, base), (0, base)], lifted=lifted)


def star(hand: Hand, *, tips: int) -> list[Array]:
    """Its outline."""
    inner = hand.between(0.35, 0.6)
    corners: list[Point] = []
    for corner in range(2 * tips):
        angle = np.pi * (corner / tips - 0.5)
        size = inner if corner % 2 else 1.0
        corners.append((size * np.cos(angle), size * np.sin(angle)))
    return _closed(hand, corners)


def regular(hand: Hand, *, corners: int) -> list[Array]:
    """Of so many equal sides, on a side or nearly so."""
    angles = 2 * np.pi * np.arange(corners) / corners - np.pi / 2
    return _closed(hand, [(np.cos(angle), np.sin(angle)) for angle in angles])


def _closed(hand: Hand, corners: list[Point], *, lifted: bool = False) -> list[Array]:
    """Around, from the first corner; the last side ends a little before or behind its end."""
    ends = [*corners[1:], corners[0]]
    reach = hand.about(1, 0.04)
    ends[-1] = (
        corners[-1][0] + reach * (corners[0][0] - corners[-1][0]),
        corners[-1][1] + reach * (corners[0][1] - corners[-1][1]),
    )
    sides = [hand.line(*pair) for pair in zip(corners, ends, strict=True)]
    return sides if lifted else [np.concatenate(sides, axis=1)]
