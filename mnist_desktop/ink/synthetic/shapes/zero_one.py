"""How people write 0 and 1: control points for a hand's strokes."""

from __future__ import annotations

import numpy as np

from mnist_desktop.ink.synthetic.hand import Array, Hand, Point, Values, arc


def _oval(hand: Hand, width: Values, sweep: float = 365, deviation: float = 18) -> list[Point]:
    """Once around, from about the top, mostly anticlockwise; its ends hardly ever meet."""
    around = hand.either(-1, 1, 0.75) * hand.about(sweep, deviation)
    return arc(
        (0, 0.5),
        (width, 0.5),
        hand.about(-80, 20),
        around,
        growth=hand.about(0, 0.08),
        tilt=hand.about(0.05, 0.2),
    )


def zero_plain(hand: Hand) -> Array:
    """An oval."""
    return hand.line(*_oval(hand, hand.between(0.26, 0.5)))


def zero_narrow(hand: Hand) -> Array:
    """Slim, but open inside."""
    return hand.line(*_oval(hand, hand.between(0.16, 0.27)))


def zero_flat(hand: Hand) -> Array:
    """Wider than high, mostly rising to the right."""
    return hand.line(*_oval(hand, hand.between(0.55, 0.95)))


def zero_unclosed(hand: Hand) -> Array:
    """With a gap at the top."""
    return hand.line(*_oval(hand, hand.between(0.28, 0.5), 325, 12))


def zero_open_at_the_left(hand: Hand) -> Array:
    """Clockwise from the upper left, in haste; its end stays below its beginning."""
    w, begin = hand.between(0.3, 0.5), hand.between(195, 250)
    return hand.line(*arc((0, 0.5), (w, 0.5), begin, hand.between(265, 335)))


def zero_angular(hand: Hand) -> Array:
    """Of four or five straight sides; slim, since a wide one would be a square."""
    w = hand.between(0.19, 0.3)
    five = hand.either(0, 1)
    left, right = -w * hand.between(0.8, 1.1), w * hand.between(0.8, 1.1)
    return hand.line(
        (hand.about(0, 0.05), 0),
        (left, hand.between(0, 0.3)),
        (left * hand.between(0.8, 1.1), hand.between(0.75, 1)),
        (five * hand.about(0, 0.1), hand.about(1, 0.04)),
        (right * hand.between(0.8, 1.1), hand.between(0.75, 1)),
        (right, hand.between(0, 0.3)),
        (hand.about(0, 0.05), hand.about(0, 0.04)),
        corners=(1, 2, 4, 5),
    )


def zero_tailed(hand: Hand) -> Array:
    """Its end crosses its beginning at the top and runs out."""
    w = hand.between(0.28, 0.48)
    side = hand.either(1, -1, 0.75)
    oval = arc((0, 0.5), (side * w, 0.5), hand.about(-75, 12), -hand.about(350, 10), count=9)
    tail = (side * w * hand.between(0.7, 1.4), hand.about(-0.04, 0.08))
    return hand.line((side * w * hand.between(0.2, 0.6), hand.about(-0.1, 0.05)), *oval, tail)


def zero_curled(hand: Hand) -> Array:
    """Its end runs on into the oval, as a spiral does."""
    return hand.line(
        *arc(
            (0, 0.5),
            (hand.between(0.28, 0.5), 0.5),
            hand.about(-75, 15),
            -hand.about(405, 18),
            count=11,
            growth=-hand.between(0.12, 0.35),
        )
    )


def zero_flat_curled(hand: Hand) -> Array:
    """Wider than high; its end runs on into it."""
    return hand.line(
        *arc(
            (0, 0.5),
            (hand.between(0.5, 0.85), 0.5),
            hand.about(-65, 25),
            -hand.about(395, 22),
            count=11,
            growth=-hand.between(0.2, 0.5),
            tilt=hand.between(0, 0.3),
        )
    )


def _slash(hand: Hand, width: Values, reach: Array) -> tuple[Point, Point]:
    """The ends of a slash, upper one first; mostly rising to the right, some upright."""
    side = hand.either(1, -1, 0.9)
    angle = hand.about(0.95, 0.22)
    x, y = np.maximum(width, 0.25) * np.cos(angle) * 1.3, 0.5 * np.sin(angle) * 1.1
    return (
        (side * x * reach, 0.5 - y * reach),
        (-side * x * reach * hand.about(1, 0.12), 0.5 + y * reach * hand.about(1, 0.12)),
    )


def zero_slashed(hand: Hand) -> list[Array]:
    """The slash reaches beyond the oval."""
    w = hand.between(0.24, 0.5)
    upper, lower = _slash(hand, w, hand.between(1.0, 1.9))
    return [hand.line(*_oval(hand, w)), hand.line(upper, lower)]


def zero_slashed_within(hand: Hand) -> list[Array]:
    """The slash ends at the oval or before it."""
    w = hand.between(0.28, 0.55)
    upper, lower = _slash(hand, w, hand.between(0.6, 1.05))
    return [hand.line(*_oval(hand, w)), hand.line(upper, lower)]


def zero_slashed_in_one_stroke(hand: Hand) -> Array:
    """The pen stays down: from the oval's end at the upper right through to the lower left."""
    w = hand.between(0.25, 0.5)
    reach = hand.between(0.8, 1.6)
    oval = arc((0, 0.5), (w, 0.5), hand.about(-70, 15), -hand.about(350, 15), count=10)
    turn = (w * hand.between(0.5, 1.1), 0.12 - 0.2 * hand.between(0, 1))
    middle = (hand.about(0, 0.03), 0.5)
    end = (-w * 0.8 * reach, 0.5 + 0.42 * reach)
    return hand.line(*oval, turn, middle, end, corners=(10,))


def zero_dotted(hand: Hand) -> list[Array]:
    """With a dot in its middle."""
    w = hand.between(0.3, 0.5)
    x, y = hand.about(0, 0.05), hand.about(0.5, 0.07)
    dot = hand.between(0, 0.07)
    return [
        hand.line(*_oval(hand, w)),
        hand.line((x - dot / 2, y + dot * hand.about(0, 0.5)), (x + dot / 2, y)),
    ]


def one_bare(hand: Hand) -> Array:
    """Only a stem, of any slant."""
    lean = hand.about(0.05, 0.22)
    return hand.line((lean, 0), (lean / 2 + hand.about(0, 0.015), 0.5), (0, 1))


def one_hooked(hand: Hand) -> Array:
    """A stem with a little hook at its top, its foot or both."""
    lean, top, foot = hand.about(0, 0.15), hand.between(0, 0.1), hand.between(0, 0.12)
    return hand.line(
        (lean - top, top * hand.between(0.3, 1.2)),
        (lean, 0),
        (lean / 2, 0.5),
        (0, 1),
        (foot, 1 - foot * hand.between(0, 1)),
        corners=(1, 3),
    )


def _flag(drop: Array, angle: Array) -> Point:
    """Where an upstroke begins: so far below the top, and so many degrees from upright."""
    return -drop * np.tan(np.radians(angle)), drop


def one_short_flag(hand: Hand) -> Array:
    """A short upstroke, then the stem."""
    flag = _flag(hand.between(0.12, 0.35), hand.between(20, 58))
    lean = hand.about(0, 0.08)
    return hand.line(flag, (0, 0), (-lean / 2, 0.5), (-lean, 1), corners=(1,))


def one_long_upstroke(hand: Hand) -> Array:
    """As written in much of Europe: its sharp angle, not its length, tells it from a 7."""
    x, y = _flag(hand.between(0.35, 0.87), hand.between(19, 46))
    lean = hand.about(0.02, 0.07)
    halfway = (0.5 * x, (0.5 + hand.about(-0.02, 0.04)) * y)
    return hand.line((x, y), halfway, (0, 0), (-lean / 2, 0.5), (-lean, 1), corners=(2,))


def one_arched(hand: Hand) -> Array:
    """Its upstroke is a bow."""
    x, y = _flag(hand.between(0.28, 0.5), hand.between(33, 50))
    lean = hand.about(0.02, 0.07)
    bow = (x * hand.between(0.4, 0.6), y * hand.between(0.15, 0.35))
    return hand.line((x, y), bow, (0, 0), (-lean / 2, 0.5), (-lean, 1), corners=(2,))


def one_long_curved_flag(hand: Hand) -> Array:
    """The upstroke is a bow nearly as long as the stem, and ends beside its foot."""
    x, y = _flag(hand.between(0.45, 0.95), hand.between(16, 38))
    lean = hand.about(0.02, 0.08)
    sag = hand.either(1, -1, 0.75) * hand.between(0.04, 0.14)
    lower = (0.7 * x + 0.8 * sag, (0.72 + 0.3 * sag) * y)
    upper = (0.33 * x + 0.9 * sag * 0.7, (0.38 + 0.3 * sag) * y)
    return hand.line((x, y), lower, upper, (0, 0), (-lean / 2, 0.5), (-lean, 1), corners=(3,))


def _foot(hand: Hand) -> Array:
    slope = hand.about(0, 0.05)
    left, right = hand.between(0.12, 0.4), hand.between(0.12, 0.42)
    y = hand.about(1, 0.025)
    return hand.line((-left, y + slope), (right, y - slope))


def one_foot(hand: Hand) -> list[Array]:
    """A stem on a foot."""
    lean = hand.about(0.03, 0.06)
    return [hand.line((lean, 0), (lean / 2, 0.5), (0, 1)), _foot(hand)]


def one_flag_and_foot(hand: Hand) -> list[Array]:
    """An upstroke, a stem and a foot, as printed."""
    flag = _flag(hand.between(0.1, 0.45), hand.between(25, 58))
    lean = hand.about(0.02, 0.05)
    stem = hand.line((flag[0] + lean, flag[1]), (lean, 0), (lean / 2, 0.5), (0, 1), corners=(1,))
    return [stem, _foot(hand)]


def one_rising_foot(hand: Hand) -> Array:
    """The pen turns at the foot and goes up again to the right, as in a tick."""
    lean, across, rise = hand.about(0.03, 0.08), hand.between(0.06, 0.28), hand.between(0.1, 0.4)
    return hand.line((lean, 0), (lean / 2, 0.5), (0, 1), (across, 1 - rise), corners=(2,))


def one_flag_apart(hand: Hand) -> list[Array]:
    """The flag is a stroke of its own, which may stop short of the stem."""
    x, y = _flag(hand.between(0.1, 0.35), hand.between(28, 65))
    lean, gap = hand.about(0.03, 0.06), hand.between(-0.03, 0.09)
    bow = (0.5 * x - gap, 0.5 * y - hand.between(0, 0.08))
    flag = hand.line((x - gap, y), bow, (-gap, hand.about(0.02, 0.03)))
    return [flag, hand.line((0, 0), (-lean / 2, 0.5), (-lean, 1))]
