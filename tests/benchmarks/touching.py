"""Digits in pictures whose ink touches: are they held apart, and is one digit left whole?

    python tests/benchmarks/touching.py STROKES.jsonl.gz [--numbers N] [--seed N]

Two and three digits are set so close that their ink overlaps by up to three of MNIST's pixels, but
never less than it touches: MNIST's pictures of its validation split, enlarged or not, and drawings
with pens of several widths. Beside them stand single digits, wide ones as well, that must not be
cut. What is counted is whole numbers, as the best digits say, whether declined or not.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pictures import draw_ink
from PIL import Image

from mnist_desktop.ink.photo.parts import page_of_picture
from mnist_desktop.ink.strokes import Drawing
from mnist_desktop.ink.strokes_file import read_strokes
from mnist_desktop.learning.data.datasets import bundled_mnist
from mnist_desktop.learning.evaluate.measures import wilson_interval
from mnist_desktop.learning.models.model_file import open_model
from mnist_desktop.learning.read.recognizer import Recognizer
from mnist_desktop.paths import DEFAULT_MODEL

Grey = NDArray[np.uint8]

INKED = 100
"""Darkness of what counts as ink where digits are set side by side."""


def set_touching(pictures: list[Grey], overlap: int, chooser: np.random.Generator) -> Grey:
    """Digits in a row, light on black, each so close to the one before that they share ``overlap``
    columns of ink where they meet: (h, w) uint8.
    """
    row = _cropped(pictures[0])
    for picture in pictures[1:]:
        after = _cropped(picture)
        high = max(len(row), len(after)) + 2
        places = [(high - len(one)) // 2 + int(chooser.integers(-1, 2)) for one in (row, after)]
        one, two = (
            np.pad(part, ((place, high - len(part) - place), (0, 0)))
            for part, place in zip((row, after), places, strict=True)
        )
        # In each row of pixels the room between what is inked; where they meet there is least.
        room = (one[:, ::-1] > INKED).argmax(axis=1) + (two > INKED).argmax(axis=1)
        both = (one > INKED).any(axis=1) & (two > INKED).any(axis=1)
        shared = min((int(room[both].min()) if both.any() else 0) + overlap, one.shape[1])
        width = max(one.shape[1], one.shape[1] - shared + two.shape[1])
        row = np.pad(one, ((0, 0), (0, width - one.shape[1])))
        place = one.shape[1] - shared
        row[:, place : place + two.shape[1]] = np.maximum(row[:, place : place + two.shape[1]], two)
    return row


def _cropped(picture: Grey) -> Grey:
    rows, columns = (np.flatnonzero((picture > INKED).any(axis=axis)) for axis in (1, 0))
    return picture[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def drawn(drawing: Drawing, pen: float) -> Grey:
    """A drawing 20 pixels high or wide, with a pen of so many pixels, light on black."""
    lines = [stroke.points * (20 - pen) + 6 for stroke in drawing.fitted(margin=0.0).strokes]
    points = np.concatenate(lines)
    size = np.ceil(points.max(axis=0) + 6).astype(int)
    return np.rint(255 * draw_ink(lines, (int(size[0]), int(size[1])), pen)).astype(np.uint8)


def on_paper(row: Grey, chooser: np.random.Generator) -> Grey:
    """Enlarged by 1, 2 or 4, with paper around, in either polarity."""
    times = int(chooser.choice([1, 2, 4]))
    padded = np.pad(row, int(chooser.integers(3, 12)))
    size = (padded.shape[1] * times, padded.shape[0] * times)
    large = np.asarray(Image.fromarray(padded).resize(size, Image.Resampling.BILINEAR))
    return large if chooser.random() < 0.5 else 255 - large


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("strokes", type=Path)
    parser.add_argument("--numbers", type=int, default=200, help="of each kind")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    recognizer = Recognizer(open_model(DEFAULT_MODEL))
    mnist = bundled_mnist().validation
    drawings = [one for one in read_strokes(options.strokes) if len(one.digits or "") == 1]
    for source in ("MNIST's pictures", "drawings"):
        for count, overlap in ((1, 0), (2, 0), (2, 1), (2, 3), (3, 0), (3, 2)):
            chooser = np.random.default_rng([options.seed, count, overlap])
            right = 0
            for _ in range(options.numbers):
                if source == "drawings":
                    pen = chooser.uniform(1.0, 3.5)
                    some = [drawings[i] for i in chooser.integers(0, len(drawings), count)]
                    pictures = [drawn(one.drawing, pen) for one in some]
                    meant = "".join(str(one.digits) for one in some)
                else:
                    which = chooser.integers(0, len(mnist.labels), count)
                    pictures = [mnist.pictures[i] for i in which]
                    meant = "".join(str(mnist.labels[i]) for i in which)
                picture = on_paper(set_touching(pictures, overlap, chooser), chooser)
                read = recognizer.read_lines(page_of_picture(picture).lines).best_text
                right += read == meant
            low, high = wilson_interval(right, options.numbers)
            share = f"{right / options.numbers:.1%} of {options.numbers} ({low:.1%} to {high:.1%})"
            print(f"{source:18} {count}, overlapping by {overlap}: {share}", flush=True)


if __name__ == "__main__":
    main()
