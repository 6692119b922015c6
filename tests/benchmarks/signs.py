"""Texts with signs, composed from single digits and signs: how many are read right as a whole?

    python tests/benchmarks/signs.py DIGITS.jsonl.gz LETTERS.jsonl.gz [--texts N]

Signs are scaled to a size and put at a height that people give them, both uneven. Beside the texts
it reads numbers without signs, which are to lose nothing, and numbers with a speck beside a digit;
texts with signs that cannot be read, which are not to be answered as if they were not there; then
pictures of texts, see ``pictures.py``, each beside the same text as strokes. What signs are told by
is made by ``sign_fitting.py``.
"""

from __future__ import annotations

import argparse
import dataclasses
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from common import Stopwatch
from pictures import PAPERS, photo_of
from whole_numbers import GAPS, compose_many, in_words

from mnist_desktop.ink.photo.parts import page_of_picture
from mnist_desktop.ink.segment import StrokeParts
from mnist_desktop.ink.signs import CLASSES, SPECK
from mnist_desktop.ink.strokes import Drawing, LabelledDrawing, Stroke
from mnist_desktop.ink.strokes_file import read_strokes
from mnist_desktop.learning.models.model_file import open_model
from mnist_desktop.learning.read.costs import COSTS, Costs
from mnist_desktop.learning.read.lines import read_lines
from mnist_desktop.learning.read.reading import DEFAULT_STRICTNESS, Reading
from mnist_desktop.learning.read.recognizer import Recognizer
from mnist_desktop.learning.threads import use_one_core
from mnist_desktop.paths import DEFAULT_MODEL

TEMPLATES = ["d.d", "d.dd", "dd.dd", "ddd.d", "d,d", "d,dd", "dd,d", "-d", "-dd", "+d", "+dd"]
TEMPLATES += ["d/d", "dd/dd", "d:d", "dd:dd", "d-d", "dd-dd"]
"""``d`` is a digit."""

UNREADABLE = ["d=d", "dxd", "d*d", "d~d", "d'd", "d<d", "d>d", "dd'ddd", "dd*", "d+d=d"]
"""With signs that the program cannot read."""

MIXED = ["-d.dd", "dd.dd.dd", "dd/dd/dd", "+dd,d", "dd-dd:dd"]

Sizes = tuple[float, float]


@dataclasses.dataclass(frozen=True)
class Form:
    """Of a sign, in heights of a digit; each evenly distributed.

    Attributes:
        extent: its larger side.
        middle: above the base line.
        gap: to its neighbours.
    """

    extent: Sizes
    middle: Sizes
    gap: Sizes = (0.05, 0.4)


FORMS = {
    ".": Form((0.02, 0.15), (-0.05, 0.1)),
    ",": Form((0.17, 0.45), (-0.15, 0.12)),
    "-": Form((0.25, 0.65), (0.35, 0.65)),
    "/": Form((0.85, 1.4), (0.4, 0.6), (-0.1, 0.35)),
    ":": Form((0.3, 0.65), (0.25, 0.5)),
    "+": Form((0.4, 0.8), (0.35, 0.6)),
    SPECK: Form((0.0, 0.05), (0.3, 1.1), (0.02, 0.3)),
    "=": Form((0.25, 0.65), (0.35, 0.65)),
    "*": Form((0.25, 0.65), (0.35, 0.9)),
    "x": Form((0.35, 0.7), (0.2, 0.55)),
    "X": Form((0.35, 0.7), (0.2, 0.55)),
    "<": Form((0.4, 0.8), (0.35, 0.65)),
    ">": Form((0.4, 0.8), (0.35, 0.65)),
    "~": Form((0.25, 0.65), (0.35, 0.65)),
    ";": Form((0.3, 0.65), (0.15, 0.5)),
    "'": Form((0.12, 0.35), (0.8, 1.1)),
}

STRANGE = [sign for sign in FORMS if sign not in CLASSES[:-2]]
"""Signs that cannot be read."""


@dataclasses.dataclass(frozen=True)
class Text:
    """A composed drawing, what it says, its template, and each stroke's character's number."""

    drawing: Drawing
    text: str
    template: str
    owners: dict[int, int]


class Composer:
    """Puts drawings side by side."""

    def __init__(self, drawings: Sequence[LabelledDrawing], seed: int, *, even: bool = True):
        self._random = np.random.default_rng(seed)
        self._size, self._base = ((0.8, 1.2), 0.1) if even else ((0.7, 1.3), 0.2)
        self._by_label: dict[str, list[LabelledDrawing]] = {}
        for one in drawings:
            self._by_label.setdefault(str(one.label), []).append(one)

    def has(self, character: str) -> bool:
        """Whether there is a drawing of it."""
        return character in self._by_label

    def text(self, template: str) -> Text:
        """Of digits by one writer or, every other time, by several."""
        digits = [one for label in "0123456789" for one in self._by_label[label]]
        if self._random.random() < 0.5:
            writer = digits[self._random.integers(len(digits))].writer
            digits = [one for one in digits if one.writer == writer]
        strokes: list[Stroke] = []
        owners: dict[int, int] = {}
        said, right, before = "", 0.0, None
        for place, character in enumerate(template):
            if character in FORMS:
                lines, label = self._sign(character), character
            else:
                chosen = digits[self._random.integers(len(digits))]
                lines, label = self._digit(chosen), str(chosen.label)
            form = FORMS.get(character) or FORMS.get(before or "")
            low, high = _ends(lines)
            left = right + self._random.uniform(*(form.gap if form else GAPS))
            right = left + high[0] - low[0]
            shift = np.array([left - low[0], 0.0])
            for line in lines:
                strokes.append(Stroke(line + shift))
                owners[id(strokes[-1])] = place
            said, before = said + label, character
        return Text(Drawing(tuple(strokes)), said.replace(SPECK, ""), template, owners)

    def _digit(self, chosen: LabelledDrawing) -> list[np.ndarray]:
        size = self._random.uniform(*self._size) / 1000
        lines = [stroke.points * size for stroke in chosen.drawing.strokes]
        base = self._random.uniform(-self._base, self._base)
        shift = np.array([0.0, base - _ends(lines)[1][1]])
        return [line + shift for line in lines]

    def _sign(self, character: str) -> list[np.ndarray]:
        form = FORMS[character]
        if character == SPECK:
            lines = [np.cumsum(self._random.normal(0, 1, (3, 2)), axis=0)]
        else:
            known = self._by_label[character]
            drawing = known[self._random.integers(len(known))].drawing
            lines = [stroke.points for stroke in drawing.strokes]
        low, high = _ends(lines)
        size = self._random.uniform(*form.extent) / (high - low).max()
        middle = np.array([0.0, self._random.uniform(*form.middle)])
        return [(line - (low + high) / 2) * size - middle for line in lines]


def _ends(lines: Sequence[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    everything = np.concatenate(lines)
    return everything.min(axis=0), everything.max(axis=0)


def source(one: LabelledDrawing) -> str:
    """Whose collection it is."""
    return str(one.writer)[:3]


NO_SIGNS = dataclasses.replace(COSTS, sign=1e9, speck=1e9, sign_doubt=0.0)


def read(drawing: Drawing, recognizer: Recognizer, costs: Costs = COSTS) -> Reading:
    """Not declined."""
    return read_lines([StrokeParts(drawing)], recognizer.probabilities, costs=costs)


def report_texts(title: str, texts: Sequence[Text], recognizer: Recognizer) -> None:
    """How many are right as a whole, and for each template what it is read as otherwise."""
    watch = Stopwatch()
    found = [read(text.drawing, recognizer).best_text for text in texts]
    took = 1000 * watch() / len(texts)
    right = Counter(
        text.template for text, said in zip(texts, found, strict=True) if said == text.text
    )
    of = Counter(text.template for text in texts)
    print(f"{title}: right {in_words(sum(right.values()), len(texts))}, {took:.1f} ms each")
    if len(of) < len(texts) / 4:
        print("   " + "  ".join(f"{one} {right[one] / of[one]:.0%}" for one in of))


def report_numbers(
    numbers: Sequence[Drawing], texts: Sequence[str], recognizer: Recognizer
) -> None:
    """What is lost of numbers without signs because signs are looked for."""
    signs = lost = won = digits = 0
    for drawing, text in zip(numbers, texts, strict=True):
        one, other = read(drawing, recognizer), read(drawing, recognizer, NO_SIGNS)
        signs += len(one.items) > len(one.digits)
        lost += other.best_text == text != one.best_text
        won += one.best_text == text != other.best_text
        digits += len(text)
    print(
        f"numbers without signs: {lost} of {len(texts)} are read wrongly for a sign, {won} rightly;"
        f" {lost / digits:.2%} of their digits lost; {signs} with a sign"
    )


def report_unreadable(texts: Sequence[Text], recognizer: Recognizer) -> None:
    """How many are answered as if there were no such sign, in all and for each template."""
    wrong: Counter[str] = Counter()
    for text in texts:
        reading = recognizer.read(text.drawing, DEFAULT_STRICTNESS)
        wrong[text.template] += reading.is_answered and not reading.unread
    of = Counter(text.template for text in texts)
    print(
        f"unreadable signs: passed over without a word {in_words(sum(wrong.values()), len(texts))}"
    )
    print("   " + "  ".join(f"{one} {wrong[one] / of[one]:.0%}" for one in of))


def report_pictures(texts: Sequence[Text], recognizer: Recognizer) -> None:
    """Whole texts read right in pictures, those that the same strokes are read right in as well,
    and those that are answered and wrong.
    """
    chooser = np.random.default_rng(6)
    for paper in PAPERS:
        strokes = right = wrong = 0
        for text in texts:
            height = chooser.uniform(40, 200)
            pen = height * np.exp(chooser.uniform(np.log(0.03), np.log(0.12)))
            photo = photo_of(text.drawing, paper, height, pen, chooser)
            reading = recognizer.read_lines(page_of_picture(photo).lines)
            right += reading.best_text == text.text
            wrong += reading.is_answered and reading.text != text.text
            strokes += read(text.drawing, recognizer).best_text == text.text
        print(
            f"texts as pictures, {paper} paper: right {in_words(right, len(texts))};"
            f" as strokes {strokes / len(texts):.1%}; answered wrongly {wrong / len(texts):.1%}"
        )


def asked_for(
    description: str | None, texts: int
) -> tuple[list[LabelledDrawing], list[LabelledDrawing], Recognizer, int]:
    """Digits, signs, who reads them, and how many texts: what the command line says."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("digits", type=Path)
    parser.add_argument("letters", type=Path)
    parser.add_argument("--model", type=Path, default=DEFAULT_MODEL)
    parser.add_argument("--texts", type=int, default=texts)
    options = parser.parse_args()
    use_one_core()  # as the window does
    digits = [one for one in read_strokes(options.digits) if one.digits and len(one.digits) == 1]
    signs = [one for one in read_strokes(options.letters) if one.label in FORMS]
    return digits, signs, Recognizer(open_model(options.model)), options.texts


def main() -> None:
    digits, signs, recognizer, number = asked_for(__doc__, texts=1000)
    count = number
    for even, name in ((True, "even"), (False, "uneven")):
        for templates in (TEMPLATES, MIXED):
            composer = Composer(digits + signs, 3, even=even)
            texts = [composer.text(templates[i % len(templates)]) for i in range(count)]
            report_texts(f"{name} texts", texts, recognizer)
            count //= 3
        count = number
    numbers = compose_many(digits, count, 4)
    report_numbers([one.drawing for one in numbers], [one.text for one in numbers], recognizer)
    composer = Composer(digits + signs, 5)
    specked = [f"d{SPECK}", f"{SPECK}d", f"dd{SPECK}", f"d{SPECK}d"]
    report_texts("specks", [composer.text(specked[i % 4]) for i in range(count // 3)], recognizer)
    composer = Composer(digits + signs, 8)
    texts = [composer.text(UNREADABLE[i % len(UNREADABLE)]) for i in range(count)]
    report_unreadable(texts, recognizer)
    composer, templates = Composer(digits + signs, 7), TEMPLATES + MIXED
    texts = [composer.text(templates[i % len(templates)]) for i in range(count // 4)]
    report_pictures(texts, recognizer)


if __name__ == "__main__":
    main()
