"""How people write 9: control points for a hand's strokes."""

from __future__ import annotations

from mnist_desktop.ink.synthetic.hand import Array, Hand, Point, arc


def _loop(hand: Hand, width: Array, height: Array, sweep: Array) -> list[Point]:
    """Anticlockwise from the upper right; x goes from 0 to ``width``."""
    return arc(
        (width / 2, height / 2), (width / 2, height / 2), -35, -sweep, tilt=hand.about(0.05, 0.12)
    )


def nine_straight(hand: Hand) -> Array:
    """A loop and a straight stem."""
    w, high = hand.between(0.32, 0.55), hand.between(0.36, 0.55)
    foot = w - hand.about(0.07, 0.09)
    return hand.line(
        *_loop(hand, w, high, hand.about(315, 12)),
        (w, hand.between(0.0, 0.16)),
        (0.5 * (w + foot), 0.6),
        (foot, 1),
        corners=(9,),
    )


def nine_small_loop(hand: Hand) -> Array:
    """A small loop and a long stem."""
    w, high = hand.between(0.2, 0.34), hand.between(0.22, 0.34)
    foot = w - hand.about(0.06, 0.09)
    return hand.line(
        *_loop(hand, w, high, hand.about(320, 15)),
        (w, hand.between(0.02, 0.12)),
        (0.5 * (w + foot) + hand.about(0, 0.02), 0.55),
        (foot, 1),
        corners=(9,),
    )


def nine_flat_loop(hand: Hand) -> Array:
    """The loop is wide and low."""
    w, high = hand.between(0.55, 0.85), hand.between(0.25, 0.4)
    foot = w - hand.about(0.15, 0.13)
    return hand.line(
        *_loop(hand, w, high, hand.about(320, 12)),
        (w, hand.between(0.02, 0.1)),
        (0.5 * (w + foot), 0.55),
        (foot, 1),
        corners=(9,),
    )


def nine_curved(hand: Hand) -> Array:
    """Its tail is a hook to the left."""
    w, high = hand.between(0.34, 0.55), hand.between(0.34, 0.5)
    return hand.line(
        *_loop(hand, w, high, hand.about(320, 12)),
        (w, hand.between(0.02, 0.14)),
        (w + hand.about(0.01, 0.03), 0.55),
        (w * hand.between(0.75, 1.0), 0.88),
        (w * 0.5, 1),
        (hand.about(0, 0.06), hand.between(0.84, 0.98)),
        corners=(9,),
    )


def nine_big_tail(hand: Hand) -> Array:
    """A tail as wide as the loop or wider, as a g has it."""
    w, high = hand.between(0.34, 0.55), hand.between(0.3, 0.46)
    return hand.line(
        *_loop(hand, w, high, hand.about(325, 12)),
        (w, hand.between(0.06, 0.18)),
        (w * hand.between(1, 1.12), 0.5),
        (w * hand.between(0.95, 1.15), 0.78),
        (w * 0.5, 1),
        (-hand.between(0.0, 0.2), hand.between(0.88, 1)),
        (-hand.between(0.05, 0.3), hand.between(0.72, 0.88)),
        corners=(9,),
    )


def nine_rounded(hand: Hand) -> Array:
    """From the loop's end the tail goes down without a corner."""
    w, high = hand.between(0.32, 0.5), hand.between(0.34, 0.48)
    return hand.line(
        (w * hand.between(0.75, 1), high * hand.between(0.55, 0.8)),
        (0.45 * w, high),
        (0, 0.6 * high),
        (0.3 * w, 0.08),
        (0.75 * w, 0),
        (w, 0.28),
        (w * hand.between(0.85, 1.05), 0.62),
        (w * hand.between(0.4, 0.9), 1),
    )


def nine_open(hand: Hand) -> Array:
    """The loop begins short of the stem."""
    w, high = hand.between(0.34, 0.55), hand.between(0.36, 0.5)
    foot = w - hand.about(0.07, 0.08)
    return hand.line(
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


def nine_hasty(hand: Hand) -> Array:
    """The loop is nearly closed by a stem that goes on from it."""
    w, high = hand.between(0.3, 0.48), hand.between(0.3, 0.46)
    foot = w - hand.about(0.1, 0.1)
    return hand.line(
        (w * hand.between(0.7, 0.95), hand.between(0.02, 0.1)),
        (0.35 * w, 0),
        (0, 0.55 * high),
        (0.35 * w, high),
        (0.9 * w, 0.55 * high),
        (w * hand.between(0.95, 1.05), hand.between(0.3, 0.42)),
        (foot, 1),
    )


def nine_forward(hand: Hand) -> Array:
    """The stem goes down to the right, often with a last turn upwards."""
    w, high = hand.between(0.36, 0.6), hand.between(0.36, 0.52)
    foot = w + hand.between(0.03, 0.22)
    return hand.line(
        *_loop(hand, w, high, hand.about(315, 12)),
        (w, hand.between(0.02, 0.14)),
        (0.5 * (w + foot), 0.6),
        (foot, 1),
        (foot + hand.between(0.0, 0.1), 1 - hand.between(0, 0.08)),
        corners=(9,),
    )


def nine_and_stem(hand: Hand) -> list[Array]:
    """A ring, then a stem beside it."""
    w, high = hand.between(0.34, 0.55), hand.between(0.34, 0.5)
    foot = w - hand.about(0.06, 0.08)
    stem = hand.line((w, hand.between(-0.04, 0.12)), (0.5 * (w + foot), 0.55), (foot, 1))
    return [hand.line(*_loop(hand, w, high, hand.about(355, 15))), stem]


def nine_curled_open(hand: Hand) -> Array:
    """A loop that curls in and does not close, and a tail that curls too."""
    w, high = hand.between(0.34, 0.55), hand.between(0.32, 0.5)
    return hand.line(
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


def nine_thin_loop(hand: Hand) -> Array:
    """The loop is hardly more than a line there and back, and the stem leans far to the right."""
    w, high = hand.between(0.35, 0.7), hand.between(0.08, 0.22)
    foot = w - hand.between(0.12, 0.5)
    return hand.line(
        *_loop(hand, w, high, hand.about(325, 15)),
        (w * hand.between(0.97, 1.06), hand.between(-0.03, 0.06)),
        (0.5 * (w + foot), 0.5),
        (foot, 1),
        corners=(9,),
    )
