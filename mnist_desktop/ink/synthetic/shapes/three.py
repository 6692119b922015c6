"""How people write 3: control points for a hand's strokes."""

from __future__ import annotations

from mnist_desktop.ink.synthetic.hand import Array, Hand


def three_round(hand: Hand) -> Array:
    """Two bows."""
    w, waist = hand.between(0.4, 0.6), hand.between(0.4, 0.52)
    return hand.line(
        (0, hand.between(0.02, 0.2)),
        (0.45 * w, 0),
        (0.9 * w, waist / 2),
        (w * hand.between(0.3, 0.55), waist),
        (w, 0.5 + waist / 2),
        (0.5 * w, 1),
        (hand.about(-0.02, 0.06), hand.between(0.78, 0.98)),
        corners=(3,),
    )


def three_flat_top(hand: Hand) -> Array:
    """Its upper half is a z."""
    w = hand.between(0.4, 0.62)
    return hand.line(
        (0, hand.about(0.02, 0.04)),
        (w * hand.between(0.8, 1), hand.about(0, 0.03)),
        (w * hand.between(0.25, 0.5), hand.between(0.32, 0.46)),
        (w * 0.95, 0.55),
        (w * 0.9, 0.85),
        (0.4 * w, 1),
        (hand.about(-0.05, 0.06), hand.between(0.82, 1)),
        corners=(1, 2),
    )


def three_looped(hand: Hand) -> Array:
    """With a loop in the middle."""
    w, size = hand.between(0.42, 0.6), hand.between(0.5, 1.2)
    return hand.line(
        (0, hand.between(0.02, 0.18)),
        (0.5 * w, 0),
        (0.9 * w, 0.2),
        (0.45 * w, 0.46),
        (0.45 * w - 0.14 * size, 0.46),
        (0.45 * w - 0.08 * size, 0.46 - 0.09 * size),
        (0.6 * w, 0.46),
        (w, 0.72),
        (0.5 * w, 1),
        (hand.about(-0.02, 0.05), hand.between(0.78, 0.95)),
    )


def three_narrow(hand: Hand) -> Array:
    """Tall, its waist hardly drawn in."""
    w = hand.between(0.25, 0.36)
    return hand.line(
        (0, hand.between(0.02, 0.14)),
        (0.5 * w, 0),
        (w, hand.between(0.16, 0.24)),
        (w * hand.between(0.3, 0.55), hand.between(0.4, 0.5)),
        (w, hand.between(0.68, 0.78)),
        (0.5 * w, 1),
        (hand.about(-0.04, 0.04), hand.between(0.84, 0.98)),
        corners=(3,),
    )


def three_angular(hand: Hand) -> Array:
    """Straight sides throughout."""
    w = hand.between(0.45, 0.65)
    return hand.line(
        (0, hand.about(0.02, 0.04)),
        (w, hand.about(0.02, 0.03)),
        (w * hand.between(0.2, 0.5), hand.between(0.35, 0.48)),
        (w * hand.between(0.85, 1.05), hand.between(0.5, 0.62)),
        (w * hand.between(0.7, 1), hand.between(0.88, 1)),
        (hand.about(-0.02, 0.06), hand.about(0.98, 0.04)),
        corners=(1, 2, 3, 4),
    )


def three_big_bowl(hand: Hand) -> Array:
    """The lower half is wider than the upper one and curls in at its end."""
    w, upper = hand.between(0.55, 0.85), hand.between(0.4, 0.6)
    waist = hand.between(0.34, 0.46)
    return hand.line(
        (0, hand.between(0.0, 0.12)),
        (0.5 * upper, 0),
        (upper, waist / 2),
        (upper * hand.between(0.1, 0.45), waist),
        (0.8 * w, 0.15 + waist),
        (w, 0.75),
        (0.5 * w, 1),
        (hand.about(0, 0.06), hand.between(0.8, 0.95)),
        (hand.between(0.05, 0.2), hand.between(0.66, 0.8)),
        corners=(3,),
    )


def three_small_top(hand: Hand) -> Array:
    """The upper half is hardly more than a hook on a big bow."""
    w, upper = hand.between(0.45, 0.75), hand.between(0.12, 0.35)
    waist = hand.between(0.16, 0.3)
    return hand.line(
        (upper * hand.about(0, 0.25), hand.between(0.0, 0.07)),
        (0.6 * upper, 0),
        (upper, 0.5 * waist),
        (upper * hand.between(0.2, 0.7), waist),
        (0.75 * w, 0.1 + waist),
        (w, 0.5 + 0.4 * waist),
        (0.55 * w, 1),
        (hand.about(-0.03, 0.07), hand.between(0.8, 0.97)),
        corners=(3,),
    )


def three_tailed(hand: Hand) -> Array:
    """Its lower half ends in a loop, from which a tail runs out to the right."""
    w, waist = hand.between(0.3, 0.5), hand.between(0.36, 0.5)
    return hand.line(
        (0, hand.between(0.02, 0.16)),
        (0.5 * w, 0),
        (0.9 * w, 0.5 * waist),
        (w * hand.between(0.2, 0.5), waist),
        (w, 0.5 + 0.5 * waist),
        (0.4 * w, 1),
        (hand.about(0.02, 0.06), hand.between(0.85, 0.97)),
        (0.55 * w, hand.between(0.68, 0.82)),
        (w * hand.between(1.3, 2.2), hand.between(0.45, 0.75)),
        corners=(3,),
    )
