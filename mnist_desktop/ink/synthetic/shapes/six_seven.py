"""How people write 6 and 7: control points for a hand's strokes."""

from __future__ import annotations

from mnist_desktop.ink.synthetic.hand import Array, Hand, Point, arc


def _six(hand: Hand, top: list[Point], size: Array, width: Array, sweep: Array) -> Array:
    """A back, then anticlockwise around a loop of this height and half this width."""
    loop = arc((width, 1 - size / 2), (width, size / 2), 170, -sweep, growth=-hand.between(0, 0.2))
    return hand.line(*top, *loop)


def six_round(hand: Hand) -> Array:
    """A bow for a back, and a loop as high as half of it."""
    size, w = hand.between(0.4, 0.62), hand.between(0.2, 0.34)
    top: list[Point] = [
        (hand.between(0.25, 0.6), hand.about(0, 0.02)),
        (hand.between(0.1, 0.22), 0.24),
    ]
    return _six(hand, top, size, w, hand.about(330, 18))


def six_small_loop(hand: Hand) -> Array:
    """A long back and a small loop."""
    size, w = hand.between(0.22, 0.36), hand.between(0.12, 0.26)
    top: list[Point] = [(hand.between(0.15, 0.5), 0), (hand.between(0.06, 0.16), 0.35)]
    return _six(hand, top, size, w, hand.about(340, 20))


def six_straight(hand: Hand) -> Array:
    """Its back is straight."""
    size, w = hand.between(0.32, 0.55), hand.between(0.18, 0.32)
    x = hand.between(0.05, 0.5)
    top: list[Point] = [(x, 0), (x * 0.45, 0.35)]
    return _six(hand, top, size, w, hand.about(335, 15))


def six_wide(hand: Hand) -> Array:
    """An upright back and a wide low loop."""
    size, w = hand.between(0.3, 0.6), hand.between(0.3, 0.5)
    top: list[Point] = [(hand.about(0, 0.09), 0), (hand.about(-0.02, 0.02), 0.36)]
    return _six(hand, top, size, w, hand.about(325, 12))


def six_curled(hand: Hand) -> Array:
    """Its back begins with a curl at the upper right."""
    size, w = hand.between(0.38, 0.58), hand.between(0.22, 0.32)
    x = hand.between(0.38, 0.58)
    top: list[Point] = [(x, hand.between(0.05, 0.2)), (0.62 * x, 0), (0.1, 0.22)]
    return _six(hand, top, size, w, hand.about(335, 15))


def six_open(hand: Hand) -> Array:
    """In haste: the loop does not come back to the stem."""
    size, w = hand.between(0.36, 0.55), hand.between(0.18, 0.32)
    x = hand.between(0.15, 0.5)
    top: list[Point] = [(x, 0), (x * 0.4, 0.3)]
    return _six(hand, top, size, w, hand.about(275, 12))


def six_crossing(hand: Hand) -> Array:
    """The loop's end crosses the stem and runs out at its left."""
    size, w = hand.between(0.3, 0.5), hand.between(0.2, 0.34)
    x = hand.between(0.15, 0.45)
    loop = arc((w, 1 - size / 2), (w, size / 2), 170, -280)
    end = (-hand.between(0.05, 0.25), 1 - size * hand.between(0.5, 0.9))
    return hand.line((x, 0), (x * 0.4, 0.35), *loop, end)


def _stem(hand: Hand, x: Array, low: float = 0.05, high: float = 0.5) -> list[Point]:
    """The stem of a 7 from below its corner at ``x``."""
    foot = x - hand.between(low, high)
    return [((x + foot) / 2 + hand.about(0, 0.02), 0.5), (foot, 1)]


def seven_plain(hand: Hand) -> Array:
    """A roof and a stem."""
    w = hand.between(0.48, 0.75)
    return hand.line(
        (0, hand.about(0.03, 0.05)),
        (w / 2, hand.about(0.02, 0.02)),
        (w, 0),
        *_stem(hand, w),
        corners=(2,),
    )


def seven_wide(hand: Hand) -> Array:
    """A long roof and a short stem."""
    w = hand.between(0.75, 1.3)
    return hand.line(
        (0, hand.about(0.03, 0.07)),
        (w / 2, hand.about(0.03, 0.03)),
        (w, 0),
        *_stem(hand, w, 0.0, 0.7),
        corners=(2,),
    )


def seven_curved(hand: Hand) -> Array:
    """Its stem is a bow."""
    w, foot = hand.between(0.5, 0.72), hand.between(0.05, 0.3)
    bow = hand.between(0.25, 0.55)
    return hand.line(
        (0, hand.about(0.05, 0.05)),
        (w / 2, hand.about(0.03, 0.03)),
        (w, 0),
        (foot + bow * (w - foot), 0.4),
        (foot + 0.25 * bow * (w - foot), 0.72),
        (foot, 1),
        corners=(2,),
    )


def seven_round(hand: Hand) -> Array:
    """In haste: no corner, a bow from the roof into the stem."""
    w = hand.between(0.52, 0.85)
    foot = w * hand.between(0.15, 0.8)
    return hand.line(
        (0, hand.between(0.0, 0.16)),
        (0.45 * w, 0),
        (0.9 * w, hand.between(0.03, 0.08)),
        (w, 0.22),
        (foot + 0.6 * (w - foot), 0.6),
        (foot, 1),
    )


def seven_serif(hand: Hand) -> Array:
    """A tick goes down from the roof's left end."""
    w = hand.between(0.48, 0.75)
    return hand.line(
        (hand.about(-0.02, 0.04), hand.between(0.1, 0.28)),
        (0, hand.about(0.02, 0.02)),
        (w / 2, hand.about(0.03, 0.03)),
        (w, 0),
        *_stem(hand, w),
        corners=(1, 3),
    )


def seven_foot(hand: Hand) -> list[Array]:
    """A stroke under the stem."""
    w = hand.between(0.5, 0.75)
    stem = _stem(hand, w, 0.2, 0.45)
    left, right = stem[-1][0] - hand.between(0.05, 0.12), stem[-1][0] + hand.between(0.05, 0.14)
    return [
        hand.line((0, hand.about(0.03, 0.04)), (w, 0), *stem, corners=(1,)),
        hand.line((left, 1), (right, hand.about(1, 0.02))),
    ]


def _bar(hand: Hand, roof: Array, stem: list[Point]) -> tuple[Point, Point]:
    """The ends of the bar across a stem that goes down from the roof's end."""
    y = hand.between(0.36, 0.62)
    foot = stem[-1][0]
    x = roof + (foot - roof) * y
    rise = hand.about(0.02, 0.06)
    left, right = hand.between(0.12, 0.36), hand.between(0.14, 0.5)
    return (x - left, y + rise), (x + right, y - rise)


def seven_crossed(hand: Hand) -> list[Array]:
    """With a bar across its stem."""
    w = hand.between(0.4, 0.72)
    stem = _stem(hand, w, -0.02, 0.5)
    seven = hand.line(
        (0, hand.about(0.03, 0.05)), (w / 2, hand.about(0.02, 0.02)), (w, 0), *stem, corners=(2,)
    )
    return [seven, hand.line(*_bar(hand, w, stem))]


def seven_crossed_round(hand: Hand) -> list[Array]:
    """No corner, and a bar."""
    w = hand.between(0.45, 0.75)
    stem = _stem(hand, w, 0.05, 0.45)
    seven = hand.line((0, hand.between(0.02, 0.16)), (0.5 * w, 0), (0.95 * w, 0.06), *stem)
    return [seven, hand.line(*_bar(hand, w, stem))]


def seven_crossed_wavy(hand: Hand) -> list[Array]:
    """Its roof and its bar are waves."""
    w, wave = hand.between(0.45, 0.7), hand.between(0.02, 0.07)
    stem = _stem(hand, w, 0.05, 0.45)
    left, right = _bar(hand, w, stem)
    roof: list[Point] = [(0, 0.05 + wave), (0.3 * w, 0.03 - wave), (0.7 * w, 0.03 + wave), (w, 0)]
    third = (right[0] - left[0]) / 3
    bar: list[Point] = [
        (left[0] + third, left[1] - wave),
        (left[0] + 2 * third, right[1] + wave),
    ]
    return [hand.line(*roof, *stem, corners=(3,)), hand.line(left, *bar, right)]


def seven_crossed_serif(hand: Hand) -> list[Array]:
    """A tick at the roof and a bar across the stem."""
    w = hand.between(0.45, 0.7)
    stem = _stem(hand, w, 0.05, 0.45)
    seven = hand.line(
        (hand.about(-0.02, 0.04), hand.between(0.1, 0.25)),
        (0, hand.about(0.02, 0.02)),
        (w, 0),
        *stem,
        corners=(1, 2),
    )
    return [seven, hand.line(*_bar(hand, w, stem))]


def seven_crossed_in_one_stroke(hand: Hand) -> Array:
    """From the foot the pen goes up to the left and draws the bar."""
    w = hand.between(0.45, 0.7)
    stem = _stem(hand, w, 0.1, 0.45)
    left, right = _bar(hand, w, stem)
    return hand.line((0, hand.about(0.03, 0.05)), (w, 0), *stem, left, right, corners=(1, 3, 4))


def seven_roof_apart(hand: Hand) -> list[Array]:
    """Roof, stem and bar each by themselves; the roof may reach a little over the stem."""
    w = hand.between(0.45, 0.7)
    stem = _stem(hand, w, 0.0, 0.35)
    roof = hand.line((0, hand.about(0.03, 0.04)), (w + hand.between(0, 0.12), hand.about(0, 0.03)))
    return [roof, hand.line((w, hand.about(0, 0.03)), *stem), hand.line(*_bar(hand, w, stem))]


def seven_curled(hand: Hand) -> Array:
    """The roof begins with a curl, which stays open."""
    w = hand.between(0.48, 0.75)
    curl, deep = w * hand.between(0.2, 0.5), hand.between(0.14, 0.3)
    return hand.line(
        (curl, deep * hand.between(0.8, 1.1)),
        (0.3 * curl, deep),
        (0, 0.5 * deep),
        (0.25 * w, 0.02),
        (w, 0),
        *_stem(hand, w),
        corners=(4,),
    )
