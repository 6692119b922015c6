"""How people write 8 and 9: control points for a hand's strokes.

Each function takes a hand and gives the strokes, arrays of (count, points, 2), in the frame of
:mod:`mnist_desktop.ink.synthetic.hand`.
"""

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


def eight_s(hand: Hand) -> list[Array]:
    """Begun at the upper right with an S; it ends where it began."""
    top, bottom = hand.between(0.18, 0.3), hand.between(0.2, 0.34)
    start = (top * hand.between(0.6, 1), hand.between(0.05, 0.16))
    end = (top * hand.between(0.8, 1.2), hand.between(0.08, 0.22))
    return [hand.line(*_eight(hand, start, end, top, bottom))]


def eight_tailed(hand: Hand) -> list[Array]:
    """Its end runs out at the upper right."""
    top, bottom = hand.between(0.16, 0.28), hand.between(0.18, 0.32)
    start = (top * hand.between(0.4, 0.9), hand.between(0.03, 0.12))
    end = (hand.between(0.35, 0.75), hand.between(-0.12, 0.12))
    return [hand.line(*_eight(hand, start, end, top, bottom))]


def eight_narrow(hand: Hand) -> list[Array]:
    """Slim loops."""
    top, bottom = hand.between(0.11, 0.17), hand.between(0.12, 0.19)
    start = (top * hand.between(0.5, 1), hand.between(0.04, 0.12))
    end = (top * hand.between(0.8, 1.3), hand.between(0.04, 0.15))
    return [hand.line(*_eight(hand, start, end, top, bottom))]


def eight_open(hand: Hand) -> list[Array]:
    """Its ends stay apart at the top."""
    top, bottom = hand.between(0.2, 0.3), hand.between(0.22, 0.34)
    start = (-top * hand.between(0.0, 0.5), hand.between(-0.02, 0.05))
    end = (top * hand.between(0.5, 1.1), hand.between(0.0, 0.1))
    _, _, *rest, before_last, last = _eight(hand, start, end, top, bottom)
    side = (top * hand.between(0.9, 1.2), hand.between(0.2, 0.28))
    return [hand.line(start, *rest, before_last, side, last)]


def eight_mirrored(hand: Hand) -> list[Array]:
    """Begun at the upper left, as a z is."""
    top, bottom = -hand.between(0.18, 0.3), -hand.between(0.2, 0.34)
    start = (top * hand.between(0.6, 1), hand.between(0.05, 0.16))
    end = (top * hand.between(0.8, 1.2), hand.between(0.06, 0.2))
    return [hand.line(*_eight(hand, start, end, top, bottom))]


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


def eight_angular(hand: Hand) -> list[Array]:
    """An hourglass."""
    top, bottom = hand.between(0.2, 0.32), hand.between(0.22, 0.36)
    flat = hand.about(0.04, 0.03)
    return [
        hand.line(
            (top * hand.between(0.7, 1), flat),
            (-top, hand.about(0.03, 0.04)),
            (0, 0.48),
            (bottom, 1 - flat),
            (-bottom, hand.about(0.98, 0.03)),
            (0, 0.5),
            (top * hand.between(0.9, 1.2), hand.about(0.02, 0.04)),
            corners=(1, 3, 4),
        )
    ]


def _loop(hand: Hand, width: Array, height: Array, sweep: Array) -> list[Point]:
    """Anticlockwise from the upper right; x goes from 0 to ``width``."""
    return arc(
        (width / 2, height / 2), (width / 2, height / 2), -35, -sweep, tilt=hand.about(0.05, 0.12)
    )


def nine_straight(hand: Hand) -> list[Array]:
    """A loop and a straight stem."""
    w, high = hand.between(0.32, 0.55), hand.between(0.36, 0.55)
    foot = w - hand.about(0.07, 0.09)
    return [
        hand.line(
            *_loop(hand, w, high, hand.about(315, 12)),
            (w, hand.between(0.0, 0.16)),
            (0.5 * (w + foot), 0.6),
            (foot, 1),
            corners=(9,),
        )
    ]


def nine_small_loop(hand: Hand) -> list[Array]:
    """A small loop and a long stem."""
    w, high = hand.between(0.2, 0.34), hand.between(0.22, 0.34)
    foot = w - hand.about(0.06, 0.09)
    return [
        hand.line(
            *_loop(hand, w, high, hand.about(320, 15)),
            (w, hand.between(0.02, 0.12)),
            (0.5 * (w + foot) + hand.about(0, 0.02), 0.55),
            (foot, 1),
            corners=(9,),
        )
    ]


def nine_flat_loop(hand: Hand) -> list[Array]:
    """The loop is wide and low."""
    w, high = hand.between(0.55, 0.85), hand.between(0.25, 0.4)
    foot = w - hand.about(0.15, 0.13)
    return [
        hand.line(
            *_loop(hand, w, high, hand.about(320, 12)),
            (w, hand.between(0.02, 0.1)),
            (0.5 * (w + foot), 0.55),
            (foot, 1),
            corners=(9,),
        )
    ]


def nine_curved(hand: Hand) -> list[Array]:
    """Its tail is a hook to the left."""
    w, high = hand.between(0.34, 0.55), hand.between(0.34, 0.5)
    return [
        hand.line(
            *_loop(hand, w, high, hand.about(320, 12)),
            (w, hand.between(0.02, 0.14)),
            (w + hand.about(0.01, 0.03), 0.55),
            (w * hand.between(0.75, 1.0), 0.88),
            (w * 0.5, 1),
            (hand.about(0, 0.06), hand.between(0.84, 0.98)),
            corners=(9,),
        )
    ]


def nine_big_tail(hand: Hand) -> list[Array]:
    """A tail as wide as the loop or wider, as a g has it."""
    w, high = hand.between(0.34, 0.55), hand.between(0.3, 0.46)
    return [
        hand.line(
            *_loop(hand, w, high, hand.about(325, 12)),
            (w, hand.between(0.06, 0.18)),
            (w * hand.between(1, 1.12), 0.5),
            (w * hand.between(0.95, 1.15), 0.78),
            (w * 0.5, 1),
            (-hand.between(0.0, 0.2), hand.between(0.88, 1)),
            (-hand.between(0.05, 0.3), hand.between(0.72, 0.88)),
            corners=(9,),
        )
    ]


def nine_rounded(hand: Hand) -> list[Array]:
    """From the loop's end the tail goes down without a corner."""
    w, high = hand.between(0.32, 0.5), hand.between(0.34, 0.48)
    return [
        hand.line(
            (w * hand.between(0.75, 1), high * hand.between(0.55, 0.8)),
            (0.45 * w, high),
            (0, 0.6 * high),
            (0.3 * w, 0.08),
            (0.75 * w, 0),
            (w, 0.28),
            (w * hand.between(0.85, 1.05), 0.62),
            (w * hand.between(0.4, 0.9), 1),
        )
    ]


def nine_open(hand: Hand) -> list[Array]:
    """The loop begins short of the stem."""
    w, high = hand.between(0.34, 0.55), hand.between(0.36, 0.5)
    foot = w - hand.about(0.07, 0.08)
    return [
        hand.line(
            (w * hand.between(0.6, 0.92), hand.about(0.01, 0.02)),
            (0.25 * w, 0.08),
            (0, 0.6 * high),
            (0.35 * w, high),
            (0.85 * w, 0.75 * high),
            (w, hand.between(0.02, 0.14)),
            (0.5 * (w + foot), 0.6),
            (foot, 1),
            corners=(5,),
        )
    ]


def nine_hasty(hand: Hand) -> list[Array]:
    """The loop is nearly closed by a stem that goes on from it."""
    w, high = hand.between(0.3, 0.48), hand.between(0.3, 0.46)
    foot = w - hand.about(0.1, 0.1)
    return [
        hand.line(
            (w * hand.between(0.7, 0.95), hand.between(0.02, 0.1)),
            (0.35 * w, 0),
            (0, 0.55 * high),
            (0.35 * w, high),
            (0.9 * w, 0.55 * high),
            (w * hand.between(0.95, 1.05), hand.between(0.3, 0.42)),
            (foot, 1),
        )
    ]


def nine_forward(hand: Hand) -> list[Array]:
    """The stem goes down to the right, often with a last turn upwards."""
    w, high = hand.between(0.36, 0.6), hand.between(0.36, 0.52)
    foot = w + hand.between(0.03, 0.22)
    return [
        hand.line(
            *_loop(hand, w, high, hand.about(315, 12)),
            (w, hand.between(0.02, 0.14)),
            (0.5 * (w + foot), 0.6),
            (foot, 1),
            (foot + hand.between(0.0, 0.1), 1 - hand.between(0, 0.08)),
            corners=(9,),
        )
    ]


def nine_and_stem(hand: Hand) -> list[Array]:
    """A ring, then a stem beside it."""
    w, high = hand.between(0.34, 0.55), hand.between(0.34, 0.5)
    foot = w - hand.about(0.06, 0.08)
    stem = hand.line((w, hand.between(-0.04, 0.12)), (0.5 * (w + foot), 0.55), (foot, 1))
    return [hand.line(*_loop(hand, w, high, hand.about(355, 15))), stem]


def nine_curled_open(hand: Hand) -> list[Array]:
    """A loop that curls in and does not close, and a tail that curls too."""
    w, high = hand.between(0.34, 0.55), hand.between(0.32, 0.5)
    return [
        hand.line(
            (w * hand.between(0.35, 0.75), high * hand.between(0.25, 0.55)),
            (w * hand.between(0.75, 0.9), 0.06),
            (0.45 * w, 0),
            (0, 0.55 * high),
            (0.35 * w, high),
            (0.9 * w, 0.8 * high),
            (w, 0.3),
            (w * hand.between(0.9, 1.05), 0.7),
            (w * hand.between(0.5, 0.9), 1),
            (w * hand.between(0.0, 0.45), hand.between(0.86, 1.0)),
        )
    ]
