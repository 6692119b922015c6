"""Digits and letters that people wrote with pens on tablets, for a network to learn from.

They come with the program: UNIPEN train_r01_v07 (Guyon, Schomaker, Plamondon, Liberman, Janet 1994,
"UNIPEN project of on-line data exchange and recognizer benchmarks"); see ``data/unipen``. Drawings
are few beside MNIST's pictures, so each is written again and again, as its writer might have on
another day: a hand's turn, slant and proportions differ, and so do the places of its strokes.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.ink.strokes import Drawing, LabelledDrawing, Stroke
from mnist_desktop.ink.strokes_file import read_strokes
from mnist_desktop.ink.synthetic.hand import bend
from mnist_desktop.paths import bundled

TURN = 0.06
"""Standard deviation of the turn of a whole drawing, in radians."""

SLANT = 0.1
"""Of the slant, as x moved for each y."""

STRETCH = 0.13
"""Of the logarithm of its width, height kept."""

BEND = 0.035
"""Of the displacement in the nine places that bend a drawing, as a part of its larger extent."""

APART = 0.015
"""Of the shift of each stroke by itself, as a part of the larger extent."""


def real_digits() -> list[LabelledDrawing]:
    """All digits, with their writers: "val/val03/…" begins with the source.

    Raises:
        StrokesFileError: the file that came with the program is not there, or damaged.
    """
    return read_strokes(bundled("data/unipen/digits.jsonl.gz"))


def real_letters() -> list[LabelledDrawing]:
    """All letters and signs that look like no digit.

    Raises:
        StrokesFileError: the file that came with the program is not there, or damaged.
    """
    return read_strokes(bundled("data/unipen/letters.jsonl.gz"))


def write_again(
    drawings: Sequence[LabelledDrawing], count: int, random: np.random.Generator
) -> list[LabelledDrawing]:
    """``count`` drawings, each one of these in a slightly other hand; any is as likely."""
    chosen = random.integers(len(drawings), size=count)
    return [
        LabelledDrawing(_in_other_hand(drawings[index].drawing, random), drawings[index].label)
        for index in chosen
    ]


def _in_other_hand(drawing: Drawing, random: np.random.Generator) -> Drawing:
    points = np.concatenate([stroke.points for stroke in drawing.strokes])
    low, high = points.min(axis=0), points.max(axis=0)
    extent = float((high - low).max()) or 1.0
    points = (points - (low + high) / 2) / extent
    points = bend(points[None], BEND * random.standard_normal((1, 3, 6)))[0] @ _affine(random)
    lengths = [len(stroke.points) for stroke in drawing.strokes]
    shifts = APART * random.standard_normal((len(lengths), 2))
    points += np.repeat(shifts, lengths, axis=0)
    return Drawing(tuple(map(Stroke, np.split(points, np.cumsum(lengths)[:-1]))))


def _affine(random: np.random.Generator) -> NDArray[np.float64]:
    """First the stretch, then the slant, then the turn, of points as rows: (2, 2)."""
    turn, slant, stretch = np.clip(random.standard_normal(3), -2, 2) * (TURN, SLANT, STRETCH)
    cosine, sine = np.cos(turn), np.sin(turn)
    slanted = np.array([[np.exp(stretch), 0.0], [-slant, 1.0]])
    turned: NDArray[np.float64] = slanted @ np.array([[cosine, sine], [-sine, cosine]])
    return turned
