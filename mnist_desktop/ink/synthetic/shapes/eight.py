"""How people write 8: control points for a hand's strokes."""

from __future__ import annotations

import numpy as np

from mnist_desktop.ink.synthetic.hand import Array, Hand, Point, arc


def _eight(hand: Hand, start: Point, end: Point, top: Array, bottom: Array) -> list[Point]:
    """Over the top to the left, through the waist, around the bottom, and up through the waist."""
    waist = hand.between(0.4, 0.56)
    # The two ways through the waist cross there, or only come near each other.
    apart = np.sign(top) * hand.about(0, 0.045)
    return [
        start,
        (hand.about(0, 0.03), 0),
        (-top, 0.5 * waist),
        (-apart, waist),
        (bottom, 0.5 + 0.5 * waist),
        (hand.about(0, 0.03), 1),
        (-bottom, 0.5 + 0.5 * waist),
        (apart, waist),
        end,
    ]


def eight_s(hand: Hand) -> Array:
    """Begun at the upper right with an S; it ends where it began."""
    top, bottom = hand.between(0.18, 0.3), hand.between(0.2, 0.34)
    start = (top * hand.between(0.6, 1), hand.between(0.05, 0.16))
    end = (top * hand.between(0.8, 1.2), hand.between(0.08, 0.22))
    return hand.line(*_eight(hand, start, end, top, bottom))


def eight_tailed(hand: Hand) -> Array:
    """Its end runs out at the upper right."""
    top, bottom = hand.between(0.16, 0.28), hand.between(0.18, 0.32)
    start = (top * hand.between(0.4, 0.9), hand.between(0.03, 0.12))
    end = (hand.between(0.35, 0.75), hand.between(-0.12, 0.12))
    return hand.line(*_eight(hand, start, end, top, bottom))


def eight_narrow(hand: Hand) -> Array:
    """Slim loops."""
    top, bottom = hand.between(0.11, 0.17), hand.between(0.12, 0.19)
    start = (top * hand.between(0.5, 1), hand.between(0.04, 0.12))
    end = (top * hand.between(0.8, 1.3), hand.between(0.04, 0.15))
    return hand.line(*_eight(hand, start, end, top, bottom))


def eight_open(hand: Hand) -> Array:
    """Its ends stay apart at the top."""
    top, bottom = hand.between(0.2, 0.3), hand.between(0.22, 0.34)
    start = (-top * hand.between(0.0, 0.5), hand.between(-0.02, 0.05))
    end = (top * hand.between(0.5, 1.1), hand.between(0.0, 0.1))
    _, _, *rest, before_last, last = _eight(hand, start, end, top, bottom)
    side = (top * hand.between(0.9, 1.2), hand.between(0.2, 0.28))
    return hand.line(start, *rest, before_last, side, last)


def eight_mirrored(hand: Hand) -> Array:
    """Begun at the upper left, as a z is."""
    top, bottom = -hand.between(0.18, 0.3), -hand.between(0.2, 0.34)
    start = (top * hand.between(0.6, 1), hand.between(0.05, 0.16))
    end = (top * hand.between(0.8, 1.2), hand.between(0.06, 0.2))
    return hand.line(*_eight(hand, start, end, top, bottom))


def eight_circles(hand: Hand) -> list[Array]:
    """Two rings, one on the other."""
    high = hand.between(0.38, 0.5)
    top, bottom = hand.between(0.17, 0.28), hand.between(0.2, 0.33)
    upper = arc((0, high / 2), (top, high / 2), hand.about(-80, 40), -hand.about(365, 15))
    middle = (1 + high) / 2 + hand.about(-0.01, 0.02)
    lower = arc(
        (hand.about(0, 0.04), middle),
        (bottom, (1 - high) / 2),
        hand.about(-90, 40),
        -hand.about(365, 15),
    )
    return [hand.line(*upper), hand.line(*lower)]


def eight_angular(hand: Hand) -> Array:
    """An hourglass."""
    top, bottom = hand.between(0.2, 0.32), hand.between(0.22, 0.36)
    flat = hand.about(0.04, 0.03)
    return hand.line(
        (top * hand.between(0.7, 1), flat),
        (-top, hand.about(0.03, 0.04)),
        (0, 0.48),
        (bottom, 1 - flat),
        (-bottom, hand.about(0.98, 0.03)),
        (0, 0.5),
        (top * hand.between(0.9, 1.2), hand.about(0.02, 0.04)),
        corners=(1, 3, 4),
    )


def eight_unfinished(hand: Hand) -> Array:
    """An S whose end comes up to the waist only, so that the upper loop stays open."""
    top, bottom = hand.between(0.14, 0.28), hand.between(0.2, 0.34)
    start = (top * hand.between(0.7, 1.1), hand.between(0.08, 0.24))
    *eight, waist, _ = _eight(hand, start, start, top, bottom)
    return hand.line(*eight, (waist[0], waist[1] - hand.between(-0.06, 0.08)))


def eight_cup_and_bowl(hand: Hand) -> list[Array]:
    """A cup, and a bowl under it that begins and ends at its bottom."""
    high, top, bottom = hand.between(0.32, 0.48), hand.between(0.18, 0.3), hand.between(0.22, 0.36)
    cup = arc(
        (0, high / 2),
        (top, high / 2),
        hand.about(-140, 25),
        -hand.about(290, 30),
        tilt=hand.about(0, 0.15),
    )
    bowl = arc(
        (hand.about(0, 0.04), (1 + high) / 2),
        (bottom, (1 - high) / 2),
        hand.about(-115, 25),
        hand.about(315, 25),
    )
    return [hand.line(*cup), hand.line(*bowl)]
