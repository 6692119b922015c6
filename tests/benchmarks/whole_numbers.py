"""Numbers of 2 to 6 digits, composed from single ones: how many are read right?

    python tests/benchmarks/whole_numbers.py STROKES.jsonl.gz [--model MODEL] [--numbers N]

Digits are put side by side with uneven gaps (some touch, some boxes overlap a little), sizes
(0.7 to 1.3) and base lines (20 % of the height up or down). Figures are of every other writer.
"""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from common import Stopwatch, percentile

from mnist_desktop.ink.normalise import normalise
from mnist_desktop.ink.strokes import Drawing, LabelledDrawing, Stroke
from mnist_desktop.ink.strokes_file import read_strokes
from mnist_desktop.learning.evaluate.measures import score
from mnist_desktop.learning.models.model_file import open_model
from mnist_desktop.learning.read.reading import Reading
from mnist_desktop.learning.read.recognizer import Recognizer
from mnist_desktop.learning.threads import use_one_core
from mnist_desktop.paths import DEFAULT_MODEL

GAPS = (-0.05, 0.5)
"""Between boxes, as parts of the height; evenly distributed."""

LINK_POINTS = 20
"""On the way from one digit to the next without lifting the pen."""

BETWEEN_LINES = (0.2, 1.0)
"""From the lowest ink of a line to the highest of the next, as a part of the height."""


@dataclasses.dataclass(frozen=True)
class Number:
    """A composed drawing, its digits, and the left and right ends of each: (n, 2)."""

    drawing: Drawing
    text: str
    spans: np.ndarray


def compose(
    digits: Sequence[LabelledDrawing],
    random: np.random.Generator,
    gaps: tuple[float, float],
    *,
    linked: bool = False,
) -> Number:
    """Digits side by side; ``linked``, each goes over into the next without lifting the pen."""
    strokes: list[Stroke] = []
    spans = []
    sampled = random.random() < 0.5
    right = 0.0
    for labelled in digits:
        size = random.uniform(0.7, 1.3)
        lines = [stroke.points * size / 1000 for stroke in labelled.drawing.strokes]
        everything = np.concatenate(lines)
        low, high = everything.min(axis=0), everything.max(axis=0)
        left = right + random.uniform(*gaps)
        right = left + high[0] - low[0]
        shift = (left - low[0], random.uniform(-0.2, 0.2) - high[1])
        moved = [Stroke(line + shift) for line in lines]
        if linked and strokes:
            before, after = strokes.pop().points, moved[0].points
            # Between them as a canvas has it, with as many points as elsewhere, or as one jump.
            along = np.linspace(0, 1, LINK_POINTS if sampled else 2)[1:-1, None]
            way = before[-1] + along * (after[0] - before[-1])
            moved[0] = Stroke(np.concatenate([before, way, after]))
        strokes += moved
        spans.append((left, right))
    return Number(
        Drawing(tuple(strokes)), "".join(str(one.label) for one in digits), np.array(spans)
    )


def compose_many(
    drawings: list[LabelledDrawing], count: int, seed: int, *, linked: bool = False
) -> list[Number]:
    """Numbers of 2 to 6 digits, or 2 to 3 if linked, half of them by one writer."""
    random = np.random.default_rng(seed)
    of_writer: dict[str | None, list[LabelledDrawing]] = {}
    for one in drawings:
        of_writer.setdefault(one.writer, []).append(one)
    writers = list(of_writer.values())
    numbers = []
    for index in range(count):
        pool = writers[random.integers(len(writers))] if index % 2 else drawings
        chosen = [
            pool[i] for i in random.integers(0, len(pool), 2 + index // 2 % (2 if linked else 5))
        ]
        gaps = (0.0, GAPS[1]) if linked else GAPS
        numbers.append(compose(chosen, random, gaps, linked=linked))
    return numbers


def is_split_right(reading: Reading, number: Number) -> bool:
    """As many digits as there are, each where it is, to a tenth of the height."""
    boxes = np.array([digit.box for digit in reading.digits])
    if len(boxes) != len(number.spans):
        return False
    return bool(np.abs(boxes[:, [0, 2]] - number.spans).max() <= 0.1)


def in_words(right: int, total: int) -> str:
    """A share with its interval."""
    scored = score(right, total)
    low, high = scored.interval
    return f"{scored.accuracy:6.1%}  ({low:.1%} to {high:.1%} of {total})"


def in_milliseconds(times: Sequence[float]) -> str:
    """The usual and the longest time."""
    return f"{percentile(times, 0.5):.1f} ms each, 99 % under {percentile(times, 0.99):.1f} ms"


def single(labelled: LabelledDrawing) -> Number:
    """A drawing of one digit as a number of one."""
    points = np.concatenate([stroke.points for stroke in labelled.drawing.strokes])
    span = points[:, 0].min(), points[:, 0].max()
    return Number(labelled.drawing, str(labelled.label), np.array([span]))


def half(drawings: list[LabelledDrawing]) -> list[LabelledDrawing]:
    """The drawings of every other writer."""
    writers = set(sorted({str(one.writer) for one in drawings})[1::2])
    return [one for one in drawings if str(one.writer) in writers]


def report(title: str, numbers: list[Number], recognizer: Recognizer) -> None:
    """Read numbers and print how many are right."""
    readings, times = [], []
    for number in numbers:
        watch = Stopwatch()
        readings.append(recognizer.read(number.drawing))
        times.append(1000 * watch())
    pairs = list(zip(readings, numbers, strict=True))
    print(
        f"{title}: {percentile(times, 0.5):.1f} ms each, 99 % under {percentile(times, 0.99):.1f}"
    )
    for length in [0, *sorted({len(number.text) for number in numbers})]:
        some = [pair for pair in pairs if length in {0, len(pair[1].text)}]
        right = sum(reading.best_text == number.text for reading, number in some)
        split = sum(is_split_right(reading, number) for reading, number in some)
        answered = sum(reading.text == number.text for reading, number in some) / len(some)
        name = f"{length} digits" if length else "all"
        print(f"  {name:9} read right {in_words(right, len(some))}", end="")
        print(f"   split right {in_words(split, len(some))}   answered rightly {answered:.1%}")


def stacked(numbers: Sequence[Number], random: np.random.Generator) -> tuple[Drawing, str]:
    """Numbers under each other, with room between them and none of them quite level."""
    strokes: list[Stroke] = []
    bottom = 0.0
    for number in numbers:
        lean = random.uniform(-0.1, 0.1)
        lines = [
            stroke.points + lean * np.outer(stroke.points[:, 0], [0, 1])
            for stroke in number.drawing.strokes
        ]
        everything = np.concatenate(lines)
        down = bottom + random.uniform(*BETWEEN_LINES) - everything[:, 1].min()
        bottom = everything[:, 1].max() + down
        shift = np.array([random.uniform(0.0, 0.5), down])
        strokes += [Stroke(line + shift) for line in lines]
    return Drawing(tuple(strokes)), "\n".join(number.text for number in numbers)


def marked(number: Number, mark: str, random: np.random.Generator) -> Drawing:
    """A number with one more stroke: a ring or a box around it, or a line below."""
    points = np.concatenate([stroke.points for stroke in number.drawing.strokes])
    low, high = points.min(axis=0), points.max(axis=0)
    middle, half = (low + high) / 2, (high - low) / 2
    if mark == "ring":
        angles = 2 * np.pi * (np.linspace(0, random.uniform(0.95, 1.05), 60) + random.uniform())
        around = np.stack([np.cos(angles), np.sin(angles)], axis=1)
        line = middle + (half * random.uniform(1.3, 1.6) + 0.15 * half[1]) * around
    elif mark == "box":
        corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1], [-1, -1]])
        line = middle + (half + random.uniform(0.2, 0.6) * half[1]) * corners
    else:
        x = np.array([low[0], high[0]]) + random.uniform(-0.3, 0.3, 2) * half[1]
        line = np.stack([x, high[1] + random.uniform(0.2, 0.7, 2) * half[1]], axis=1)
    return number.drawing.with_stroke(Stroke(line))


def report_marked(drawings: list[LabelledDrawing], recognizer: Recognizer, count: int) -> None:
    """Numbers that are marked: right as a whole, and answered wrongly."""
    random = np.random.default_rng(7)
    numbers = [*map(single, drawings[:count]), *compose_many(drawings, count, 7)]
    print("marked, of one digit to six")
    for mark in ("ring", "box", "line below"):
        read = [recognizer.read(marked(number, mark, random)).text for number in numbers]
        right = sum(text == number.text for text, number in zip(read, numbers, strict=True))
        declined = sum("?" in text for text in read)
        print(f"  {mark:20}{in_words(right, len(numbers))}, wrong {len(read) - right - declined}")


def report_lines(drawings: list[LabelledDrawing], recognizer: Recognizer, count: int) -> None:
    """Several lines: right as a whole, and with as many lines as there are."""
    random = np.random.default_rng(6)
    numbers = compose_many(drawings, 3 * count, 6)
    right = divided = 0
    for index in range(count):
        some = numbers[3 * index : 3 * index + 2 + index % 2]
        drawing, text = stacked(some, random)
        found = recognizer.read(drawing).best_text
        right += found == text
        divided += found.count("\n") == text.count("\n")
    print(f"two or three lines\n  read right          {in_words(right, count)}")
    print(f"  divided right       {in_words(divided, count)}")
    one_line = sum("\n" not in recognizer.read(one.drawing).best_text for one in numbers)
    print(f"  numbers in one line {in_words(one_line, len(numbers))}")


def report_singles(drawings: list[LabelledDrawing], recognizer: Recognizer) -> None:
    """What looking for several digits does to drawings of one."""
    times, right, plain, split = [], 0, 0, 0
    for labelled in drawings:
        watch = Stopwatch()
        reading = recognizer.read(labelled.drawing)
        times.append(1000 * watch())
        whole = recognizer.probabilities(normalise(labelled.drawing)[None]).argmax()
        right += reading.best_text == labelled.label
        plain += str(whole) == labelled.label
        split += len(reading.digits) > 1
    print(
        f"one digit: {percentile(times, 0.5):.1f} ms each, 99 % under {percentile(times, 0.99):.1f}"
    )
    print(f"  read right          {in_words(right, len(drawings))}")
    print(f"  as one, unsplit     {in_words(plain, len(drawings))}")
    print(f"  taken for several   {in_words(split, len(drawings))}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("strokes", type=Path)
    parser.add_argument("--model", type=Path, default=DEFAULT_MODEL)
    parser.add_argument("--numbers", type=int, default=1000)
    options = parser.parse_args()
    use_one_core()  # as the window does
    recognizer = Recognizer(open_model(options.model))
    drawings = [one for one in read_strokes(options.strokes) if one.digits and len(one.digits) == 1]
    measured_on = half(drawings)
    report("numbers", compose_many(measured_on, options.numbers, 0), recognizer)
    report(
        "without lifting the pen",
        compose_many(measured_on, options.numbers // 4, 0, linked=True),
        recognizer,
    )
    report_lines(measured_on, recognizer, options.numbers // 4)
    report_singles(measured_on, recognizer)
    report_marked(measured_on, recognizer, options.numbers // 10)


if __name__ == "__main__":
    main()
