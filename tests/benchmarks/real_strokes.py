"""Real pen-drawn digits, slashed zeros among them, and ink that is no digit.

    python tests/benchmarks/real_strokes.py STROKES.jsonl.gz [--model MODEL] [--list]
        [--letters LETTERS.jsonl.gz]

Prints how many of the digits are read rightly with declining off, of the slashed zeros alone
(``--list`` names their lines in the file), how well confidence is calibrated, how well digits are
told from what is none, and how long one drawing takes. ``--letters``: real ones too, of which
those count that look like no digit.

The letters, scribbles and polygons here are made in another way than those of the training: the
letters have other shapes, no kind of scribble is one of its kinds, and the polygons are exact, or
have sides of jagged lines.
"""

from __future__ import annotations

import argparse
from itertools import pairwise
from pathlib import Path

import numpy as np
from common import Stopwatch, percentile

from mnist_desktop.ink.strokes import Drawing, LabelledDrawing, Stroke
from mnist_desktop.ink.strokes_file import read_strokes
from mnist_desktop.ink.synthetic.glyphs import glyph
from mnist_desktop.ink.synthetic.hand import Hand
from mnist_desktop.learning.evaluate.calibration import area_under_roc
from mnist_desktop.learning.evaluate.evaluation import read_strokes_set
from mnist_desktop.learning.evaluate.measures import score
from mnist_desktop.learning.models.model_file import open_model
from mnist_desktop.learning.read.reading import DEFAULT_STRICTNESS
from mnist_desktop.learning.read.recognizer import Recognizer
from mnist_desktop.learning.threads import use_one_core
from mnist_desktop.paths import DEFAULT_MODEL

STRAIGHT = 0.7
"""A slash's ends are at least this part of its length apart."""

SLASHED_IN_ONE_STROKE = (
    *(4953, 5010, 5021, 5032, 5033, 5034, 5037, 5040, 5041, 5043, 5044, 5053, 5061, 5073, 5109),
    *(5120, 5121, 5122, 5124, 5126, 5128, 5168, 5178, 5188, 5196, 5217),
)
"""Lines of unipen-dev, counted from 0, found by eye: no rule tells such a slash from a curl."""

LETTERS = (
    "0,10 1,4 3.5,0 6,4 7,10^ 6.3,6 .8,6",  # A in one stroke
    "6,1 3,0 1,0^ .8,5 1,10 6,10 / .9,5 5,4.8",  # E, the corners round
    "1,10 1,0 6,.3 / 1,5 5,5",  # F
    "0,0 .2,10 / 5.5,0 5.3,4.8 .3,5.2 5.3,5 5.6,10",  # H
    "1,0 .8,5 1,10 / 5.8,.3 3,3.5 1,5.2 3.5,7 6.2,10.3",  # K, round
    "0,10 .5,5 1,0^ 2.5,4 4,6.5^ 5.5,3.5 7.5,.2^ 8,5 8.6,9.8",  # M
    "0,9.8 .3,0^ 3.5,6 6.4,10^ 6.7,.2",  # N
    "0,11 .4,4^ 2,2.8 4.5,3 5.2,5 4,7 1.5,7.2 .4,6.5",  # p
    "0,3 .8,9^ 1,4.5 3,3 5,3.3",  # r
    "4,0 3.5,4 3.4,8 4.2,10 6,9.8 / 1,2.6 6.6,2.2",  # t
    "0,0 1.5,4 3.2,9.8^ 4.8,4 6.8,.3",  # V
    "0,.4 1.2,5 2.2,9.6^ 4,4.2^ 6,10^ 7.5,5 9,0",  # W
    "0,.3 3,4.6 6,10 / 6.3,0 3,5 .2,9.7",  # X
    "0,0 .3,4 0,10^ 1.5,5 3.5,4.2 5,6 5.2,10.2",  # h
    "0,4 .6,10^ 1,5.5 2.6,4 3.9,5.6 4,10^ 4.6,5.5 6.2,4 7.5,5.6 7.8,10",  # m
    "0,4 .5,10^ .9,6 3,4.1 4.8,6 5,10",  # n
)


def not_digits(count: int, random: np.random.Generator) -> list[LabelledDrawing]:
    """``count`` letters, and twice as many scribbles."""
    drawings = []
    for notation in LETTERS:
        hand = Hand(random, -(-count // len(LETTERS)))
        drawings += hand.drawings(glyph(hand, notation))
    makers = (_closed_waves, _drunken_walk, _hatching)
    for maker in makers:
        drawings += [maker(random) for _ in range(2 * count // len(makers))]
    return [LabelledDrawing(drawing, None) for drawing in drawings]


def _closed_waves(random: np.random.Generator) -> Drawing:
    """A sum of five waves along x and five others along y: a knot."""
    along = np.linspace(0, 2 * np.pi, 200)[:, None] * np.arange(2, 7)
    size, phase = random.normal(0, 1, (2, 5)), random.uniform(0, 6.3, (2, 5))
    return Drawing(
        (Stroke(np.stack([(np.cos(along + phase[k]) * size[k]).sum(1) for k in (0, 1)], 1)),)
    )


def _drunken_walk(random: np.random.Generator) -> Drawing:
    """A random walk of accelerations, pulled back to where it began."""
    place, speed, points = np.zeros(2), np.zeros(2), []
    for _ in range(240):
        speed = 0.93 * speed + random.normal(0, 1, 2) - 0.012 * place
        place = place + speed
        points.append(place)
    return Drawing((Stroke(np.array(points)),))


def _hatching(random: np.random.Generator) -> Drawing:
    """Lines one over the other in two directions."""
    lines, strokes = int(random.integers(3, 6)), []
    turn = random.uniform(0, np.pi)
    for direction in (turn, turn + random.uniform(0.8, 2.0)):
        along = np.array([np.cos(direction), np.sin(direction)])
        across = np.array([-along[1], along[0]])
        for line in np.linspace(-1, 1, lines):
            ends = np.array([-1.0, 1.0])[:, None] * along + line * across
            strokes.append(Stroke(ends + random.normal(0, 0.08, (2, 2))))
    return Drawing(tuple(strokes))


CLEAR_LETTERS = "AEFHKMNPRTVWXdefhkmnptvwx"
"""Look like no digit in anybody's hand, or hardly."""

POLYGONS = {
    "squares": ((0, 0), (1, 0), (1, 1), (0, 1)),
    "rectangles": ((0, 0), (1, 0), (1, 1.7), (0, 1.7)),
    "flat rectangles": ((0, 0), (1.8, 0), (1.8, 1), (0, 1)),
    "diamonds": ((0, -1), (0.8, 0), (0, 1), (-0.8, 0)),
    "triangles": ((0.5, 0), (1, 0.9), (0, 0.9)),
    "triangles on a tip": ((0, 0), (1, 0), (0.5, 0.9)),
    "stars": tuple(
        (size * np.sin(np.pi * corner / 5), -size * np.cos(np.pi * corner / 5))
        for corner, size in enumerate((1, 0.4) * 5)
    ),
}


def polygons(corners: tuple[tuple[float, float], ...], random: np.random.Generator) -> Drawing:
    """One in a single stroke, turned a little; every other one exact, the others jagged."""
    jagged = random.random() < 0.5
    turn = random.normal(0, 0.08)
    cosine, sine = np.cos(turn), np.sin(turn)
    places = np.array([*corners, corners[0]]) * np.exp(random.normal(0, 0.1, 2))
    places += jagged * random.normal(0, 0.04, places.shape)
    sides = [np.linspace(start, end, 12) for start, end in pairwise(places)]
    points = np.concatenate(sides) @ np.array([[cosine, sine], [-sine, cosine]])
    return Drawing((Stroke(points + jagged * random.normal(0, 0.012, points.shape)),))


def slashed_zeros(drawings: list[LabelledDrawing]) -> list[int]:
    """Zeros with a straight second stroke within the reach of the first, and those found by eye."""
    found = []
    for index, labelled in enumerate(drawings):
        strokes = [stroke.points for stroke in labelled.drawing.strokes]
        if labelled.digits != "0":
            continue
        if index in SLASHED_IN_ONE_STROKE or (len(strokes) == 2 and _is_slash(*strokes)):
            found.append(index)
    return found


def _is_slash(loop: np.ndarray, line: np.ndarray) -> bool:
    if len(line) < 2:
        return False
    length = np.hypot(*np.diff(line, axis=0).T).sum()
    middle = (line[0] + line[-1]) / 2
    inside = ((middle > loop.min(axis=0)) & (middle < loop.max(axis=0))).all()
    return bool(inside and np.hypot(*(line[-1] - line[0])) >= STRAIGHT * length)


def say_answered(what: str, confidences: list[float]) -> None:
    answered = (np.array(confidences) >= DEFAULT_STRICTNESS).mean()
    print(f"answered all the same of {len(confidences):,} {what}: {100 * answered:.1f} %")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("strokes", type=Path)
    parser.add_argument("--model", type=Path, default=DEFAULT_MODEL)
    parser.add_argument("--letters", type=Path, help="labelled letters")
    parser.add_argument("--list", action="store_true", help="the lines of the slashed zeros")
    options = parser.parse_args()
    use_one_core()  # as the window does
    drawings = read_strokes(options.strokes)
    recognizer = Recognizer(open_model(options.model))
    readings = read_strokes_set(recognizer, drawings)
    right = np.array([a == b for a, b in zip(readings.best_texts, readings.labels, strict=True)])
    sure = np.array(readings.confidences)

    def say(what: str, indices: np.ndarray) -> None:
        measured = score(int(right[indices].sum()), len(indices))
        low, high = (100 * end for end in measured.interval)
        print(f"{what}: {100 * measured.accuracy:.2f} % of {len(indices):,} ({low:.1f}–{high:.1f})")

    say("read rightly, declining off", np.arange(len(drawings)))
    zeros = slashed_zeros(drawings)
    if zeros:
        say("slashed zeros", np.array(zeros))
    if options.list:
        print(" ".join(map(str, zeros)))
    print(f"expected calibration error: {100 * (readings.calibration_error or 0):.2f} %")

    others = not_digits(1_000, np.random.default_rng(2026))
    other_sure = np.array(read_strokes_set(recognizer, others).confidences)
    letters = -(-1_000 // len(LETTERS)) * len(LETTERS)
    for what, scores in (
        ("letters and scribbles", other_sure),
        ("letters", other_sure[:letters]),
        ("scribbles", other_sure[letters:]),
    ):
        print(
            f"digits against {len(scores):,} {what}: AUROC {area_under_roc(sure, scores):.4f}; "
            f"over 90 % sure: {100 * (scores > 0.9).mean():.1f} %; "
            f"answered all the same: {100 * (scores >= DEFAULT_STRICTNESS).mean():.1f} %"
        )
    random = np.random.default_rng(7)
    for what, corners in POLYGONS.items():
        drawn = [LabelledDrawing(polygons(corners, random)) for _ in range(100)]
        say_answered(what, read_strokes_set(recognizer, drawn).confidences)
    if options.letters is not None:
        real = [each for each in read_strokes(options.letters) if each.label in set(CLEAR_LETTERS)]
        say_answered("real letters", read_strokes_set(recognizer, real).confidences)
    kept = (sure[right] >= DEFAULT_STRICTNESS).mean()
    print(f"correct digits kept at strictness {DEFAULT_STRICTNESS}: {100 * kept:.2f} %")

    milliseconds = []
    for labelled in drawings[::7]:
        watch = Stopwatch()
        recognizer.read(labelled.drawing)
        milliseconds.append(1000 * watch())
    print(
        f"one drawing, normalised and read: median {percentile(milliseconds, 0.5):.2f} ms, "
        f"p99 {percentile(milliseconds, 0.99):.2f} ms over {len(milliseconds):,}"
    )


if __name__ == "__main__":
    main()
