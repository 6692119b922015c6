"""Photos and scans of pen strokes: are they read as well as the strokes themselves?

    python tests/benchmarks/pictures.py STROKES.jsonl.gz [--drawings N]

Each drawing is rendered as a picture with a pen, a paper, a light, noise, blur, JPEG compression
and colours of its own, found again and read; beside it stands how the same drawing is read as ink.
Then MNIST's own test pictures, enlarged, lines of several digits, and numbers as uneven and as
close as ``whole_numbers.py`` composes them: with a pen's width, many touch.
"""

from __future__ import annotations

import argparse
import io
from pathlib import Path

import numpy as np
from common import Stopwatch
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from scipy import ndimage
from whole_numbers import Number, compose_many

from mnist_desktop.ink.normalise import normalise
from mnist_desktop.ink.photo.parts import Page, page_of_picture
from mnist_desktop.ink.strokes import Drawing, LabelledDrawing, Stroke
from mnist_desktop.ink.strokes_file import read_strokes
from mnist_desktop.learning.data.datasets import bundled_mnist
from mnist_desktop.learning.models.model_file import open_model
from mnist_desktop.learning.read.reading import Reading
from mnist_desktop.learning.read.recognizer import Recognizer
from mnist_desktop.paths import DEFAULT_MODEL

PAPERS = ("plain", "ruled", "squared")


def draw_ink(lines: list[NDArray[np.float64]], size: tuple[int, int], pen: float) -> NDArray:
    """A round pen's ink: (height, width) float, 0 to 1; the lines are in pixels."""
    scale = 3
    picture = Image.new("L", (size[0] * scale, size[1] * scale))
    draw = ImageDraw.Draw(picture)
    radius = pen * scale / 2
    for line in lines:
        points = [(float(x) * scale, float(y) * scale) for x, y in line]
        draw.line(points, fill=255, width=max(1, round(2 * radius)), joint="curve")
        for x, y in points:
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    return np.asarray(picture.reduce(scale), dtype=float) / 255


def print_rules(ink: NDArray, paper: str, pitch: float, chooser: np.random.Generator) -> NDArray:
    """The paper's printed lines, a little askew: like ink, (height, width) float, 0 to 1."""
    rules = np.zeros_like(ink)
    y, x = np.indices(ink.shape)
    slope = chooser.uniform(-0.01, 0.01)
    width = chooser.uniform(1.0, 2.0)
    phase = chooser.uniform(0, pitch, 2)
    for axis, along in enumerate((y + slope * x, x - slope * y)):
        if paper == "squared" or (paper == "ruled" and axis == 0):
            distance = np.abs((along - phase[axis] + pitch / 2) % pitch - pitch / 2)
            rules = np.maximum(rules, np.clip(width / 2 - distance + 0.5, 0, 1))
    return rules


def photograph(
    ink: NDArray, rules: NDArray, chooser: np.random.Generator, strength: float | None = None
) -> NDArray[np.uint8]:
    """The ink on a paper, under a lamp, through a lens and a JPEG file, in either polarity.

    Args:
        strength: how dark printed lines are, as a part of the ink's darkness; None for pale ones.
    """
    height, width = ink.shape
    y, x = np.indices(ink.shape) / max(height, width)
    paper = chooser.uniform(0.6, 0.97)
    contrast = chooser.uniform(0.45, 0.9)
    pale = chooser.uniform(0.25, 0.5)
    scene = paper * (
        1 - contrast * np.maximum(ink, (pale if strength is None else strength) * rules)
    )
    angle = chooser.uniform(0, 2 * np.pi)
    slope = np.cos(angle) * x + np.sin(angle) * y
    light = 1 - chooser.uniform(0, 0.55) * (slope - slope.min()) / (np.ptp(slope) or 1)
    if chooser.random() < 0.3:  # a shadow with a fairly sharp edge
        edge = chooser.uniform(slope.min(), slope.max())
        light = light * (1 - 0.3 / (1 + np.exp((edge - slope) / 0.02)))
    scene = ndimage.gaussian_filter(scene * light, chooser.uniform(0.3, 1.5))
    if chooser.random() < 0.3:
        scene = 1 - scene
    scene = scene + chooser.normal(0, chooser.uniform(0.005, 0.04), ink.shape)
    picture = Image.fromarray(np.rint(np.clip(scene, 0, 1) * 255).astype(np.uint8))
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=int(chooser.integers(40, 95)))
    return np.asarray(Image.open(stream))


def in_cells(drawings: list[LabelledDrawing], chooser: np.random.Generator) -> NDArray[np.uint8]:
    """A picture of a form's row of cells, a little askew, each with a drawing; some touch it."""
    cell = chooser.uniform(70, 200)
    pen = cell * np.exp(chooser.uniform(np.log(0.025), np.log(0.09)))
    border = chooser.uniform(1.2, 4.0)
    margin = cell * chooser.uniform(0.2, 1.0)
    wide = chooser.uniform(0.75, 1.2) * cell
    lines = []
    for place, labelled in enumerate(drawings):
        own = [stroke.points for stroke in labelled.drawing.fitted(margin=0.0).strokes]
        points = np.concatenate(own)
        low, high = points.min(axis=0), points.max(axis=0)
        size = chooser.uniform(0.5, 0.85) * min(cell / (high - low)[1], wide / (high - low)[0])
        size = min(size, 0.85 * cell)
        room = np.array([wide, cell]) - (high - low) * size - pen
        shift = margin + np.array([place * wide, 0]) + pen / 2 + room * chooser.uniform(0, 1, 2)
        lines += [(line - low) * size + shift for line in own]
    width = len(drawings) * wide
    turn = np.deg2rad(chooser.uniform(-1.5, 1.5))
    ups = [[[x, 0.0], [x, cell]] for x in np.arange(len(drawings) + 1) * wide]
    sides = [*ups, [[0.0, 0.0], [width, 0.0]], [[0.0, cell], [width, cell]]]
    rotation = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    space = np.abs(np.sin(turn)) * width

    def placed(line: NDArray, shift: float) -> NDArray:
        return (np.asarray(line) + shift) @ rotation + [0, space]

    size = (int(width + 2 * margin + border), int(cell + 2 * margin + 2 * space + border))
    ink = draw_ink([placed(line, 0.0) for line in lines], size, pen)
    rules = draw_ink([placed(line, margin) for line in sides], size, border)
    return photograph(ink, rules, chooser, strength=chooser.uniform(0.5, 1.0))


def photo_of(
    drawing: Drawing, paper: str, height: float, pen: float, chooser: np.random.Generator
) -> NDArray[np.uint8]:
    """A picture of a drawing of height 1, so many pixels high, with margins of random width."""
    lines = [stroke.points * height for stroke in drawing.strokes]
    points = np.concatenate(lines)
    low, high = points.min(axis=0), points.max(axis=0)
    margins = pen + height * chooser.uniform(0.1, 1.0, 4)
    size = np.ceil(high - low + margins[:2] + margins[2:]).astype(int)
    ink = draw_ink([line - low + margins[:2] for line in lines], tuple(size), pen)
    rules = print_rules(ink, paper, height * chooser.uniform(0.3, 1.2), chooser)
    return photograph(ink, rules, chooser)


def one_digit(
    labelled: LabelledDrawing, paper: str, chooser: np.random.Generator
) -> NDArray[np.uint8]:
    """A picture of one drawing."""
    height = chooser.uniform(60, 400)
    pen = height * np.exp(chooser.uniform(np.log(0.02), np.log(0.18)))
    return photo_of(labelled.drawing.fitted(margin=0.0), paper, height, pen, chooser)


def side_by_side(drawings: list[LabelledDrawing], chooser: np.random.Generator) -> Drawing:
    """Drawings in a line, about 1 high, with uneven sizes, gaps and baselines."""
    cursor, strokes = 0.0, []
    for labelled in drawings:
        own = [stroke.points for stroke in labelled.drawing.fitted(margin=0.0).strokes]
        size = chooser.uniform(0.8, 1.1)
        low = np.concatenate(own).min(axis=0)
        shift = np.array([cursor, chooser.uniform(-0.08, 0.08)]) - low * [size, 0]
        placed = [line * size + shift for line in own]
        strokes += [Stroke(line) for line in placed]
        cursor = max(line[:, 0].max() for line in placed) + chooser.uniform(0.0, 0.4)
    return Drawing(tuple(strokes))


def whole(page: Page) -> NDArray[np.uint8]:
    """All parts of the first line as one digit; an empty picture where there are none."""
    if not page.lines:
        return np.zeros((28, 28), np.uint8)
    return page.lines[0].picture(0, len(page.lines[0].boxes))


def lines_in_words(readings: list[Reading], meant: list[str]) -> str:
    """How many numbers are right, and how many have as many digits as were meant."""
    pairs = list(zip([reading.best_text for reading in readings], meant, strict=True))
    right = np.mean([text == label for text, label in pairs])
    as_many = np.mean([len(text) == len(label) for text, label in pairs])
    return f"number right {right:.1%}, as many digits as meant {as_many:.1%}"


def enlarged(picture: NDArray[np.uint8], chooser: np.random.Generator) -> NDArray[np.uint8]:
    """A 28×28 picture, 4 to 10 times as large, smooth or in blocks, in either polarity."""
    side = 28 * int(chooser.integers(4, 11))
    way = [Image.Resampling.NEAREST, Image.Resampling.BICUBIC][int(chooser.integers(2))]
    large = np.asarray(Image.fromarray(picture).resize((side, side), way))
    return large if chooser.random() < 0.5 else 255 - large


def report_close(
    numbers: list[Number], recognizer: Recognizer, chooser: np.random.Generator
) -> None:
    """Numbers on plain paper whose digits may touch."""
    readings = []
    for number in numbers:
        height = chooser.uniform(40, 160)
        pen = height * np.exp(chooser.uniform(np.log(0.03), np.log(0.14)))
        photo = photo_of(number.drawing, "plain", height, pen, chooser)
        readings.append(recognizer.read_lines(page_of_picture(photo).lines))
    meant = [number.text for number in numbers]
    print(f"{'close numbers as pictures':28} {lines_in_words(readings, meant)} of {len(meant)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("strokes", type=Path)
    parser.add_argument("--drawings", type=int, default=500)
    options = parser.parse_args()
    chooser = np.random.default_rng(0)
    recognizer = Recognizer(open_model(DEFAULT_MODEL))

    def accuracy(pictures: list[NDArray[np.uint8]], labels: list[int]) -> float:
        read = recognizer.probabilities(np.stack(pictures)).argmax(axis=1)
        return float((read == np.array(labels)).mean())

    everything = [one for one in read_strokes(options.strokes) if one.digits]
    chosen = chooser.choice(len(everything), options.drawings, replace=False)
    drawings = [everything[index] for index in chosen]
    labels = [int(one.digits) for one in drawings]
    of_ink = accuracy([normalise(one.drawing) for one in drawings], labels)
    texts = [recognizer.read(one.drawing).best_text for one in drawings]
    read = np.mean([text == str(label) for text, label in zip(texts, labels, strict=True)])
    print(
        f"{'strokes as ink':28} {of_ink:.1%} as one digit, {read:.1%} as a number,"
        f" of {len(drawings)}"
    )
    for paper in PAPERS:
        photos = [one_digit(one, paper, chooser) for one in drawings]
        watch = Stopwatch()
        found = [page_of_picture(photo) for photo in photos]
        pictures = [whole(page) for page in found]
        seconds = watch() / len(photos)
        texts = [recognizer.read_lines(page.lines).best_text for page in found]
        read = np.mean([text == str(label) for text, label in zip(texts, labels, strict=True)])
        print(
            f"{'pictures, ' + paper + ' paper':28} {accuracy(pictures, labels):.1%}"
            f" as one digit, {read:.1%} as a number, {1000 * seconds:.0f} ms each"
        )
    test = bundled_mnist().test.first(options.drawings)
    numbers = [int(label) for label in test.labels]
    print(f"{'MNIST test pictures':28} {accuracy(list(test.pictures), numbers):.1%}")
    pictures = [whole(page_of_picture(enlarged(one, chooser))) for one in test.pictures]
    print(f"{'the same, enlarged':28} {accuracy(pictures, numbers):.1%}")
    count = options.drawings // 4
    few = [
        [drawings[i] for i in chooser.integers(0, len(drawings), chooser.integers(2, 7))]
        for _ in range(count)
    ]
    rows = [side_by_side(some, chooser) for some in few]
    meant = ["".join(str(one.digits) for one in some) for some in few]
    readings = [recognizer.read(row) for row in rows]
    print(f"{'lines of 2 to 6, as ink':28} {lines_in_words(readings, meant)} of {count}")
    for paper in PAPERS:
        readings = []
        for row in rows:
            height = chooser.uniform(60, 200)
            pen = height * np.exp(chooser.uniform(np.log(0.03), np.log(0.14)))
            photo = photo_of(row, paper, height, pen, chooser)
            readings.append(recognizer.read_lines(page_of_picture(photo).lines))
        print(f"{'lines as pictures, ' + paper:28} {lines_in_words(readings, meant)}")
    cells = [page_of_picture(in_cells(some, chooser)) for some in few]
    readings = [recognizer.read_lines(page.lines) for page in cells]
    print(f"{'lines as pictures, in cells':28} {lines_in_words(readings, meant)}")
    report_close(compose_many(everything, options.drawings, seed=1), recognizer, chooser)


if __name__ == "__main__":
    main()
