"""Ink that is no digit: letters, signs, scribbles, and several digits in one.

A network that has only ever seen digits is as sure of a scribble as of a 3. Shown these in its
training, it learns to be unsure (outlier exposure: Hendrycks, Mazeika, Dietterich 2019).
"""

from __future__ import annotations

from functools import partial

import numpy as np

from mnist_desktop.ink.strokes import Drawing, LabelledDrawing, Stroke
from mnist_desktop.ink.synthetic import polygons
from mnist_desktop.ink.synthetic.glyphs import LETTERS, SIGNS, glyph
from mnist_desktop.ink.synthetic.hand import Array, Hand, Point, arc
from mnist_desktop.ink.synthetic.kinds import Kind, by_hand, draw_kinds
from mnist_desktop.ink.synthetic.styles import write_digits


def scribble(count: int, random: np.random.Generator) -> list[LabelledDrawing]:
    """``count`` drawings that are no digit, in random order. The writer is the kind's name."""
    weights = np.array([kind.weight for kind in KINDS])
    return draw_kinds(KINDS, list(weights / weights.sum()), count, random)


def _tangle(hand: Hand, *, points: int) -> Array:
    """Criss-cross through a square."""
    return hand.line(*[(hand.between(0, 1), hand.between(0, 1)) for _ in range(points)])


def _wandering_line(hand: Hand, *, points: int) -> Array:
    """Steps of one length; the direction drifts."""
    heading = hand.between(0, 2 * np.pi)
    place: Point = (0.0, 0.0)
    places = [place]
    for _ in range(points - 1):
        heading = heading + hand.about(0, 1.1)
        place = (place[0] + 0.25 * np.cos(heading), place[1] + 0.25 * np.sin(heading))
        places.append(place)
    return hand.line(*places)


def _zigzag(hand: Hand, *, teeth: int) -> Array:
    """Up and down, or left and right, with sharp corners."""
    pitch, lying = hand.between(0.12, 0.3), hand.between(0, 1) < 0.5
    points: list[Point] = []
    for tooth in range(teeth + 1):
        along, across = tooth * pitch, tooth % 2 + hand.about(0, 0.08)
        points.append((np.where(lying, across, along), np.where(lying, along, across)))
    return hand.line(*points, corners=tuple(range(1, teeth)))


def _shading(hand: Hand) -> Array:
    """A surface filled by going to and fro."""
    slant = hand.between(-0.6, 0.6)
    points: list[Point] = []
    for turn in range(15):
        y = turn % 2 + hand.about(0, 0.1)
        points.append((turn * 0.07 + slant * y + hand.about(0, 0.02), y))
    return hand.line(*points)


def _waves(hand: Hand, *, half_periods: int) -> Array:
    """A wave along a line that is mostly level."""
    height = hand.between(0.08, 0.3)
    rise = hand.about(0, 0.08)
    return hand.line(
        *[(0.25 * k, height * (k % 2) + k * rise * 0.25) for k in range(half_periods + 1)]
    )


def _loops(hand: Hand, *, turns: int) -> Array:
    """Loops along a line, as a pen is tried out."""
    width, height = hand.between(0.15, 0.3), hand.between(0.3, 0.5)
    step = width * hand.between(0.9, 1.7)
    points: list[Point] = []
    for k in range(8 * turns + 1):
        angle = 2 * np.pi * k / 8
        points.append((step * k / 8 - width * np.sin(angle), height * np.cos(angle)))
    return hand.line(*points)


def _spiral(hand: Hand, *, turns: float) -> Array:
    around = hand.either(1, -1) * 360 * turns
    wide, start = hand.between(0.35, 0.6), hand.between(0, 360)
    points = arc(
        (0, 0), (wide, 0.5), start, around, count=int(9 * turns), growth=-hand.between(0.8, 0.97)
    )
    return hand.line(*points)


def _parallel_lines(hand: Hand, *, lines: int, level: bool) -> list[Array]:
    """Lines side by side, upright or level."""
    gap, slant = hand.between(0.2, 0.4), hand.about(0, 0.15)
    strokes = []
    for number in range(lines):
        across, start, end = number * gap, hand.about(0, 0.05), hand.about(1, 0.07)
        first, last = (across, start), (across + slant, end)
        strokes.append(hand.line(*([first[::-1], last[::-1]] if level else [first, last])))
    return strokes


def _dash(hand: Hand) -> Array:
    """A level line: it is scaled up, so this stands for one of any length."""
    return hand.line((0, 0), (0.5, hand.about(0, 0.03)), (1, hand.about(0, 0.08)))


def _dot(count: int, random: np.random.Generator) -> list[Drawing]:
    """The pen touched the paper once."""
    return [Drawing((Stroke(place[None]),)) for place in random.random((count, 2))]


def _blot(hand: Hand) -> Array:
    """A dot drawn with care: it is scaled up to a filled disc."""
    wide = hand.between(0.35, 0.6)
    around = 360 * 5 * hand.either(1, -1)
    return hand.line(*arc((0, 0), (wide, 0.5), 0, around, count=41, growth=-0.97))


def _dots(hand: Hand, *, dots: int) -> list[Array]:
    """Dots and specks here and there."""
    strokes = []
    for _ in range(dots):
        x, y, size = hand.between(0, 1), hand.between(0, 1), hand.between(0, 0.06)
        strokes.append(hand.line((x, y), (x + size, y + hand.about(0, 0.03))))
    return strokes


def _sticks(hand: Hand, *, sticks: int) -> list[Array]:
    """Straight lines every which way."""
    ends = [(hand.between(0, 1), hand.between(0, 1)) for _ in range(2 * sticks)]
    return [hand.line(*pair) for pair in zip(ends[::2], ends[1::2], strict=True)]


def _digits_run_together(count: int, random: np.random.Generator, *, digits: int) -> list[Drawing]:
    """Digits side by side that touch, or nearly so: one blob, and still a number."""
    written = [each.drawing for each in write_digits(count * digits, random)]
    gaps = random.uniform(-0.04, 0.12, count * digits)
    return [
        _side_by_side(written[start : start + digits], gaps[start:])
        for start in range(0, count * digits, digits)
    ]


def _letters_run_together(
    count: int, random: np.random.Generator, *, letters: int
) -> list[Drawing]:
    written: list[Drawing] = []
    for notation in LETTERS.values():
        hand = Hand(random, -(-count * letters // len(LETTERS)))
        written += hand.drawings(glyph(hand, notation))
    order = random.permutation(len(written))[: count * letters]
    gaps = random.uniform(-0.05, 0.15, len(order))
    return [
        _side_by_side([written[index] for index in order[start : start + letters]], gaps[start:])
        for start in range(0, len(order), letters)
    ]


def _side_by_side(drawings: list[Drawing], gaps: Array) -> Drawing:
    """One drawing of several, left to right. Gaps are in the unit of the drawings."""
    strokes: list[Stroke] = []
    right = 0.0
    for drawing, gap in zip(drawings, gaps, strict=False):
        points = np.concatenate([stroke.points for stroke in drawing.strokes])
        low, high = points[:, 0].min(), points[:, 0].max()
        # A digit as narrow as a 1 still takes its place.
        room = max(0.0, 0.25 - (high - low)) / 2
        shift = np.array([right + gap + room - low, 0.0])
        strokes += [Stroke(stroke.points + shift) for stroke in drawing.strokes]
        right += gap + 2 * room + (high - low)
    return Drawing(tuple(strokes))


KINDS = (
    *(
        Kind(f"letter {name}", 1.0, by_hand(partial(glyph, notation=notation)))
        for name, notation in LETTERS.items()
    ),
    *(
        Kind(f"sign {name}", 0.7, by_hand(partial(glyph, notation=notation)))
        for name, notation in SIGNS.items()
    ),
    *(Kind("tangle", 1.5, by_hand(partial(_tangle, points=points))) for points in (9, 12, 16)),
    *(
        Kind("wandering line", 1.0, by_hand(partial(_wandering_line, points=points)))
        for points in (24, 30, 38)
    ),
    *(Kind("zigzag", 1.0, by_hand(partial(_zigzag, teeth=teeth))) for teeth in (5, 7, 10)),
    Kind("shading", 1.5, by_hand(_shading)),
    *(Kind("waves", 0.7, by_hand(partial(_waves, half_periods=count))) for count in (3, 5, 8)),
    *(Kind("loops", 0.7, by_hand(partial(_loops, turns=turns))) for turns in (3, 5)),
    *(Kind("spiral", 0.7, by_hand(partial(_spiral, turns=turns))) for turns in (2.2, 3.0, 4.0)),
    *(
        Kind("parallel lines", 0.6, by_hand(partial(_parallel_lines, lines=lines, level=level)))
        for lines in (2, 3, 4, 6)
        for level in (False, True)
    ),
    Kind("square", 2.0, by_hand(partial(polygons.rectangle, high=(0.85, 1.18)))),
    Kind("square", 1.2, by_hand(partial(polygons.rectangle, high=(0.85, 1.18), lifted=True))),
    Kind("rectangle", 2.0, by_hand(partial(polygons.rectangle, high=(0.4, 0.85)))),
    Kind("rectangle", 2.0, by_hand(partial(polygons.rectangle, high=(1.18, 2.2)))),
    Kind("rectangle", 1.0, by_hand(partial(polygons.rectangle, high=(0.45, 2.2), lifted=True))),
    Kind("diamond", 3.0, by_hand(polygons.diamond)),
    Kind("triangle", 2.5, by_hand(polygons.triangle)),
    Kind("triangle", 1.2, by_hand(partial(polygons.triangle, lifted=True))),
    Kind("triangle", 1.5, by_hand(partial(polygons.triangle, tip_down=True))),
    *(Kind("outlined star", 1.0, by_hand(partial(polygons.star, tips=tips))) for tips in (4, 5, 6)),
    *(
        Kind("regular polygon", 0.8, by_hand(partial(polygons.regular, corners=corners)))
        for corners in (5, 6)
    ),
    Kind("dash", 1.5, by_hand(_dash)),
    Kind("dot", 0.3, _dot),
    Kind("blot", 0.8, by_hand(_blot)),
    *(Kind("dots", 0.4, by_hand(partial(_dots, dots=dots))) for dots in (3, 5)),
    *(Kind("sticks", 0.7, by_hand(partial(_sticks, sticks=sticks))) for sticks in (4, 5, 7)),
    Kind("digits run together", 12.0, partial(_digits_run_together, digits=2)),
    Kind("digits run together", 4.0, partial(_digits_run_together, digits=3)),
    Kind("letters run together", 4.0, partial(_letters_run_together, letters=2)),
    Kind("letters run together", 4.0, partial(_letters_run_together, letters=3)),
)
