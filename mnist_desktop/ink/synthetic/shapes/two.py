"""How people write 2: control points for a hand's strokes."""

from __future__ import annotations

from mnist_desktop.ink.synthetic.hand import Array, Hand, Point


def _base(hand: Hand) -> list[Point]:
    """The line a 2 stands on: straight or rising, from beside its corner to its end."""
    length, rise = hand.between(0.45, 0.9), hand.about(0.04, 0.09)
    return [(length / 2, 1 - rise / 2 + hand.about(0, 0.02)), (length, 1 - rise)]


def two_plain(hand: Hand) -> Array:
    """A round head and a straight base."""
    w, belly = hand.between(0.45, 0.65), hand.between(0.2, 0.35)
    return hand.line(
        (0, hand.between(0.1, 0.32)),
        (0.25 * w, 0.04),
        (0.65 * w, 0),
        (w, belly),
        (0.65 * w, 0.3 + belly),
        (0, 1),
        *_base(hand),
        corners=(5,),
    )


def two_angular(hand: Hand) -> Array:
    """With two corners, like a z."""
    w = hand.between(0.4, 0.65)
    return hand.line(
        (0, hand.between(-0.02, 0.12)),
        (w / 2, hand.about(0.02, 0.03)),
        (w, hand.about(0.04, 0.04)),
        (w * hand.between(0.4, 0.65), 0.5),
        (0, 1),
        *_base(hand),
        corners=(2, 4),
    )


def two_looped(hand: Hand) -> Array:
    """With a loop at the lower left."""
    w, size = hand.between(0.42, 0.66), hand.between(0.6, 1.7)
    x = hand.between(0, 0.16) * size
    return hand.line(
        (0, hand.between(0.1, 0.3)),
        (0.25 * w, 0.03),
        (0.7 * w, 0),
        (w, 0.25),
        (0.7 * w, 0.58),
        (x + 0.08, 0.96),
        (x - 0.13 * size, 0.97 - 0.06 * size),
        (x - 0.06 * size, 0.95 - 0.2 * size),
        (x + 0.14, 0.96 - 0.14 * size),
        (x + 0.35, 0.97),
        (x + hand.between(0.5, 0.75), hand.between(0.78, 1.0)),
    )


def two_wavy_base(hand: Hand) -> Array:
    """A round head on a base that is a wave."""
    w, wave = hand.between(0.42, 0.62), hand.between(0.05, 0.14)
    return hand.line(
        (0, hand.between(0.1, 0.3)),
        (0.25 * w, 0.03),
        (0.7 * w, 0),
        (w, 0.26),
        (0.65 * w, 0.6),
        (0, 1),
        (0.16, 1 - 1.3 * wave),
        (0.4, 1),
        (hand.between(0.55, 0.8), 1 - wave * hand.between(0, 1.2)),
        corners=(5,),
    )


def two_swan(hand: Hand) -> Array:
    """A curled head on a long neck, a base that swings."""
    w = hand.between(0.35, 0.5)
    return hand.line(
        (0.35 * w, hand.between(0.2, 0.34)),
        (-0.02, 0.22),
        (0.1, 0.04),
        (0.65 * w, 0),
        (w, 0.2),
        (0.75 * w, 0.55),
        (0, 0.97),
        (0.2, hand.between(0.86, 0.96)),
        (0.45, 1),
        (hand.between(0.6, 0.75), hand.between(0.82, 0.95)),
        corners=(6,),
    )


def two_rising(hand: Hand) -> Array:
    """In haste: a small head, and a base that rises."""
    w = hand.between(0.35, 0.5)
    return hand.line(
        (0, hand.between(0.05, 0.25)),
        (0.5 * w, 0),
        (w, 0.18),
        (0.6 * w, 0.6),
        (hand.between(0, 0.1), 1),
        (0.4, hand.between(0.85, 0.95)),
        (hand.between(0.65, 1.0), hand.between(0.55, 0.85)),
        corners=(4,),
    )


def two_long_base(hand: Hand) -> Array:
    """A hook for a head, and a base much longer than that."""
    w = hand.between(0.16, 0.3)
    return hand.line(
        (0, hand.between(0.05, 0.2)),
        (0.5 * w, 0),
        (w, 0.15),
        (0.75 * w, 0.55),
        (hand.between(-0.12, 0.05), 1),
        *_base(hand),
        corners=(4,),
    )


def two_hookless(hand: Hand) -> Array:
    """Its head has no hook: a bow from the top, or a straight line, to the base."""
    w, bow = hand.between(0.3, 0.6), hand.between(0.0, 0.22)
    start = w * hand.between(0.35, 0.95)
    return hand.line(
        (start, hand.about(0.01, 0.02)),
        (start + 0.8 * bow, 0.12),
        (0.72 * start + bow, 0.45),
        (0, 1),
        *_base(hand),
        corners=(3,),
    )


def two_closed_head(hand: Hand) -> Array:
    """Its head curls into a ring."""
    w = hand.between(0.38, 0.58)
    return hand.line(
        (w * hand.between(0.5, 0.85), hand.between(0.22, 0.34)),
        (0.25 * w, hand.between(0.28, 0.36)),
        (0, 0.16),
        (0.4 * w, 0),
        (w, 0.2),
        (0.7 * w, 0.6),
        (0, 1),
        *_base(hand),
        corners=(6,),
    )


def two_upright(hand: Hand) -> Array:
    """A neck as straight as a 1, and a base that begins with a loop."""
    lean, loop = hand.between(0.12, 0.4), hand.between(0.08, 0.26)
    x, bow = hand.between(0.0, 0.1), hand.between(0.0, 0.1)
    return hand.line(
        (lean, 0),
        (0.85 * lean + bow, 0.35),
        (0.5 * lean + 0.6 * bow, 0.7),
        (-x, 1),
        (-x - 0.25 * loop, 1 - 0.5 * loop),
        (0.12, 1 - 0.8 * loop),
        (hand.between(0.25, 0.4), 1 - 0.3 * loop),
        (hand.between(0.45, 0.75), hand.about(0.98, 0.04)),
    )
