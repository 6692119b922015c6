"""How people write 4 and 5: control points for a hand's strokes."""

from __future__ import annotations

from mnist_desktop.ink.synthetic.hand import Array, Hand, Point, Values


def _open_left(hand: Hand, bar: Values, end: Values) -> Array:
    """The left of an open 4: down and to the right."""
    top = hand.between(0.02, 0.3)
    return hand.line(
        (top, hand.between(0, 0.1)),
        (top * 0.5, bar * 0.5),
        (0, bar),
        (end, bar + hand.about(-0.02, 0.05)),
        corners=(2,),
    )


def four_open(hand: Hand) -> list[Array]:
    """Left part and a long stem."""
    x, bar = hand.between(0.32, 0.55), hand.between(0.42, 0.68)
    lean = hand.about(0.05, 0.07)
    stem = hand.line((x + lean, hand.between(-0.05, 0.2)), (x, 0.5), (x - lean, 1))
    return [_open_left(hand, bar, x + hand.between(0.05, 0.3)), stem]


def four_short_stem(hand: Hand) -> list[Array]:
    """The stem begins just above the bar."""
    x, bar = hand.between(0.26, 0.5), hand.between(0.5, 0.68)
    lean = hand.about(0.03, 0.05)
    stem = hand.line((x + lean, bar - hand.between(0.12, 0.3)), (x - lean, 1))
    return [_open_left(hand, bar, x + hand.between(0.08, 0.4)), stem]


def four_apart(hand: Hand) -> list[Array]:
    """The stem stands beyond the bar and does not touch it."""
    x, bar = hand.between(0.42, 0.6), hand.between(0.45, 0.65)
    lean = hand.about(0.05, 0.05)
    stem = hand.line((x + lean, hand.between(-0.05, 0.25)), (x, 0.5), (x - lean, 1))
    return [_open_left(hand, bar, x - hand.between(0.04, 0.13)), stem]


def four_cup_apart(hand: Hand) -> list[Array]:
    """A round cup, and a stem beside it that does not touch it."""
    w, deep = hand.between(0.28, 0.45), hand.between(0.35, 0.6)
    top = hand.about(0.02, 0.04)
    cup = hand.line(
        (top, 0), (0, 0.7 * deep), (0.35 * w, deep), (w, deep - hand.between(0.0, 0.12))
    )
    x, lean = w + hand.between(0.05, 0.22), hand.about(0.05, 0.06)
    stem = hand.line((x + lean, hand.between(-0.1, 0.3)), (x, 0.5), (x - lean, 1))
    return [cup, stem]


def four_closed(hand: Hand) -> list[Array]:
    """A triangle and a stem from its top."""
    x, bar = hand.between(0.35, 0.55), hand.between(0.55, 0.75)
    top = x + hand.about(0, 0.04)
    triangle = hand.line(
        (top, hand.about(0, 0.03)), (0, bar), (x + hand.between(0.1, 0.35), bar), corners=(1,)
    )
    return [triangle, hand.line((top, hand.between(0, 0.12)), (x, 0.5), (x, 1))]


def four_closed_in_one_stroke(hand: Hand) -> Array:
    """From the top around the triangle and down the stem."""
    x, bar = hand.between(0.35, 0.55), hand.between(0.5, 0.68)
    return hand.line(
        (x + hand.about(-0.06, 0.04), hand.about(0.03, 0.03)),
        (0, bar),
        (x + hand.about(0, 0.02), bar + hand.about(-0.04, 0.04)),
        (x + hand.about(0.03, 0.03), hand.about(0, 0.03)),
        (x, 0.5),
        (x + hand.about(-0.05, 0.05), 1),
        corners=(1, 2, 3),
    )


def four_open_in_one_stroke(hand: Hand) -> Array:
    """Down, along, up again and down the stem."""
    x, bar = hand.between(0.35, 0.55), hand.between(0.4, 0.62)
    return hand.line(
        (hand.between(0, 0.12), 0.02),
        (0, bar),
        (x - hand.between(0, 0.08), bar),
        (x + hand.about(0.03, 0.04), hand.between(-0.05, 0.15)),
        (x, 0.55),
        (x - hand.about(0.06, 0.07), 1),
        corners=(1, 2, 3),
    )


def four_lightning(hand: Hand) -> Array:
    """Down, along and straight down again."""
    bar, x = hand.between(0.35, 0.6), hand.between(0.35, 0.68)
    return hand.line(
        (hand.between(0.02, 0.35), 0),
        (0, bar),
        (x, bar - hand.between(-0.03, 0.08)),
        (x - hand.between(0.0, 0.2), 1),
        corners=(1, 2),
    )


def four_cup(hand: Hand) -> Array:
    """A round cup, open at the top, and the stem at its right side, without lifting the pen."""
    w, deep = hand.between(0.38, 0.6), hand.between(0.42, 0.6)
    return hand.line(
        (hand.about(0.02, 0.04), 0.02),
        (0, 0.65 * deep),
        (0.3 * w, deep),
        (0.75 * w, 0.85 * deep),
        (w, hand.between(-0.04, 0.15)),
        (w, 0.55),
        (w - hand.about(0.06, 0.08), 1),
        corners=(4,),
    )


def four_cup_and_stem(hand: Hand) -> list[Array]:
    """A round cup and a stem of its own."""
    w, deep = hand.between(0.4, 0.6), hand.between(0.4, 0.6)
    cup = hand.line(
        (hand.about(0.05, 0.05), 0),
        (0, 0.6 * deep),
        (0.25 * w, deep),
        (w + hand.between(-0.02, 0.2), deep - hand.between(0, 0.15)),
    )
    lean = hand.about(0.05, 0.05)
    stem = hand.line((w * 0.8 + lean, hand.between(-0.05, 0.2)), (w * 0.8 - lean, 1))
    return [cup, stem]


def _belly(hand: Hand, width: Values, knee: Values) -> list[Point]:
    """The round lower part of a 5, from beside its knee to its end."""
    rise = hand.between(0.02, 0.14)
    return [
        (0.5 * width, knee - rise),
        (width, 0.5 + knee / 2 - 0.5 * rise),
        (0.55 * width, 1),
        (hand.about(-0.06, 0.07), hand.between(0.84, 1.0)),
    ]


def _five(hand: Hand, hat: Point, top: Point, knee: Values) -> list[Array]:
    """A 5 of two strokes, its hat from ``hat`` to ``top``."""
    x = hand.about(0.08, 0.05)
    body = hand.line(
        (x, 0), (0.03, knee), *_belly(hand, hand.between(0.4, 0.85), knee), corners=(1,)
    )
    return [body, hand.line((x + hat[0], hat[1]), top)]


def five_hat(hand: Hand) -> list[Array]:
    """A body, then a hat that touches it, or nearly so."""
    y = hand.about(0.02, 0.04)
    hat = (hand.between(0.4, 0.75), y - hand.about(0.04, 0.05))
    return _five(hand, (hand.about(0, 0.05), y), hat, hand.between(0.3, 0.48))


def five_long_hat(hand: Hand) -> list[Array]:
    """A hat as long as the body is high, often slanting."""
    hat = (hand.between(0.75, 1.35), -hand.between(0, 0.25))
    return _five(hand, (hand.about(0, 0.05), hand.about(0, 0.04)), hat, hand.between(0.25, 0.45))


def five_hat_apart(hand: Hand) -> list[Array]:
    """A hat that floats above the body, whose upright may be very short."""
    y = -hand.between(0.05, 0.22)
    hat = (hand.between(0.4, 0.75), y - hand.about(0.06, 0.07))
    return _five(hand, (hand.about(0.05, 0.1), y), hat, hand.between(0.24, 0.44))


def five_hat_aside(hand: Hand) -> list[Array]:
    """A hat that begins well to the right of the upright, and stands apart from it."""
    start, y = hand.between(0.1, 0.3), hand.about(0.0, 0.06)
    hat = (start + hand.between(0.35, 0.7), y - hand.about(0.05, 0.06))
    return _five(hand, (start, y), hat, hand.between(0.28, 0.46))


def five_hat_first(hand: Hand) -> list[Array]:
    """The hat goes both ways from the upright."""
    hat = (hand.between(0.45, 0.75), hand.about(-0.04, 0.05))
    body, line = _five(hand, (-hand.between(0.05, 0.2), 0.02), hat, hand.between(0.3, 0.45))
    return [line, body]


def five_in_one_stroke(hand: Hand) -> Array:
    """From the hat's end to the left, down and around."""
    knee = hand.between(0.3, 0.48)
    return hand.line(
        (hand.between(0.4, 0.8), hand.about(-0.03, 0.06)),
        (hand.about(0.08, 0.04), 0),
        (0.03, knee),
        *_belly(hand, hand.between(0.4, 0.62), knee),
        corners=(1, 2),
    )


def five_s(hand: Hand) -> Array:
    """Round throughout, like an S, its head flatter and longer than that."""
    w = hand.between(0.4, 0.58)
    return hand.line(
        (hand.between(0.42, 0.85), hand.about(0.02, 0.07)),
        (0.25, 0.01),
        (0.08, 0.1),
        (0.08, 0.32),
        (0.28, 0.43),
        (w, 0.62),
        (w * 0.9, 0.87),
        (0.22, 1),
        (hand.about(-0.04, 0.06), hand.between(0.85, 0.98)),
    )


def five_angular(hand: Hand) -> Array:
    """Of straight sides."""
    w, knee = hand.between(0.42, 0.6), hand.between(0.35, 0.5)
    return hand.line(
        (hand.between(0.4, 0.65), hand.about(0, 0.04)),
        (hand.about(0.03, 0.03), hand.about(0.02, 0.02)),
        (0, knee),
        (w, knee + hand.about(0, 0.04)),
        (w * hand.between(0.85, 1), hand.between(0.9, 1)),
        (hand.about(-0.02, 0.05), hand.about(0.98, 0.03)),
        corners=(1, 2, 3, 4),
    )


def five_dash_and_bowl(hand: Hand) -> list[Array]:
    """A short hat far above a body that has no upright: a bow, with a hook where it begins."""
    w, top = hand.between(0.35, 0.7), hand.between(0.22, 0.42)
    hook = hand.between(-0.02, 0.14)
    body = hand.line(
        (hand.between(-0.02, 0.16), top - hook),
        (hand.about(0.06, 0.04), top + hand.between(0, 0.08)),
        (0.6 * w, top - hand.between(0, 0.05)),
        (w, 0.5 + 0.5 * top),
        (0.55 * w, 1),
        (hand.about(-0.05, 0.07), hand.between(0.84, 1.0)),
        corners=(1,),
    )
    left, y = w * hand.between(0.1, 0.6), hand.about(0.02, 0.03)
    return [
        hand.line((left, y), (left + hand.between(0.18, 0.45), y - hand.about(0.03, 0.04))),
        body,
    ]
