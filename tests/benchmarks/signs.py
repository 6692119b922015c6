"""Texts with signs, composed from single digits and signs: how many are read right as a whole?

    python tests/benchmarks/signs.py DIGITS.jsonl.gz LETTERS.jsonl.gz [--texts N] [--fit]

Signs are scaled to a size and put at a height that people give them, both uneven. Beside the texts
it reads numbers without signs, which are to lose nothing, and numbers with a speck beside a digit;
then pictures of texts, see ``pictures.py``, each beside the same text as strokes. ``--fit`` leaves
each source out in turn, says what is told rightly there, and prints
``mnist_desktop/ink/sign_weights.py`` for all of them.
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
from mnist_desktop.ink.signs import CLASSES, SPECK, measures
from mnist_desktop.ink.strokes import Drawing, LabelledDrawing, Stroke
from mnist_desktop.ink.strokes_file import read_strokes
from mnist_desktop.learning.costs import COSTS, Costs
from mnist_desktop.learning.lines import read_lines
from mnist_desktop.learning.model_file import open_model
from mnist_desktop.learning.reading import Reading
from mnist_desktop.learning.recognizer import Recognizer
from mnist_desktop.learning.threads import use_one_core
from mnist_desktop.paths import DEFAULT_MODEL

TEMPLATES = ["d.d", "d.dd", "dd.dd", "ddd.d", "d,d", "d,dd", "dd,d", "-d", "-dd", "+d", "+dd"]
TEMPLATES += ["d/d", "dd/dd", "d:d", "dd:dd", "d-d", "dd-dd"]
"""``d`` is a digit."""

MIXED = ["-d.dd", "dd.dd.dd", "dd/dd/dd", "+dd,d", "dd-dd:dd"]

WEIGHTS_MODULE = '''"""What signs are told by.

Made by ``tests/benchmarks/signs.py --fit --texts {texts}``.
"""

import numpy as np

WEIGHTS = np.array(
    [
        {rows},
    ]
)
"""(23, 8): of each measure, for each class."""'''

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
}


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


def examples(texts: Sequence[Text]) -> tuple[np.ndarray, np.ndarray]:
    """Measures of all groups that are one character or part of one, and their classes."""
    rows, classes = [], []
    for text in texts:
        parts = StrokeParts(text.drawing)
        count = len(parts.boxes)
        groups, wanted = [], []
        for first in range(count):
            for last in range(first + 1, min(first + 4, count + 1)):
                drawing = parts.drawing(first, last)
                owners = {text.owners.get(id(stroke), -1) for stroke in drawing.strokes}
                if len(owners) > 1 or -1 in owners:
                    continue
                (owner,) = owners
                is_whole = len(drawing.strokes) == list(text.owners.values()).count(owner)
                character = text.template[owner]
                if character in FORMS and not is_whole:
                    continue
                groups.append((first, last))
                wanted.append(CLASSES.index(character) if character in FORMS else 0)
        if count > 1 and groups:
            pictures = np.stack([parts.picture(*group) for group in groups])
            rows.append(measures(pictures, parts.boxes, np.array(groups)))
            classes += wanted
    return np.concatenate(rows), np.array(classes)


def fit(rows: np.ndarray, classes: np.ndarray) -> np.ndarray:
    """Weights of a multinomial logistic regression with a little weight decay: (23, 8)."""
    import torch

    inputs, targets = torch.from_numpy(rows), torch.from_numpy(classes)
    weights = torch.zeros((rows.shape[1], len(CLASSES)), dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=300, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        value = torch.nn.functional.cross_entropy(inputs @ weights, targets)
        value = value + 1e-5 * (weights**2).sum()
        value.backward()
        return value

    optimiser.step(loss)
    return weights.detach().numpy()


def training_texts(drawings: Sequence[LabelledDrawing], count: int, seed: int) -> list[Text]:
    """Signs are much rarer among them than a fair draw would make them: digits come first."""
    random = np.random.default_rng(seed)
    made = []
    for even in (False, True):
        composer = Composer(drawings, seed, even=even)
        for index in range(count // 2):
            template = "d" * int(random.integers(1, 6))
            if index % 2:
                template = [*TEMPLATES, *MIXED][random.integers(len(TEMPLATES) + len(MIXED))]
            if index % 4 > 1:
                place = int(random.integers(len(template) + 1))
                template = template[:place] + SPECK + template[place:]
            made.append(composer.text(template))
    return made


def source(one: LabelledDrawing) -> str:
    """Whose collection it is."""
    return str(one.writer)[:3]


def fit_all(drawings: list[LabelledDrawing], count: int) -> None:
    """Tell how well signs of sources left out are told, and print the weights for all."""
    told: Counter[tuple[str, str]] = Counter()
    for out in ("apa", "ced", "gmd", "val"):
        chosen_on = [one for one in drawings if source(one) != out]
        left_out = [one for one in drawings if source(one) == out]
        known = {str(one.label) for one in left_out}
        left_out += [one for one in chosen_on if str(one.label) not in known]
        weights = fit(*examples(training_texts(chosen_on, count, 1)))
        rows, classes = examples(training_texts(left_out, count // 4, 2))
        for wanted, found in zip(classes, (rows @ weights).argmax(axis=1), strict=True):
            told[CLASSES[wanted], CLASSES[found]] += 1
    for wanted in CLASSES:
        print(wanted, {found: told[wanted, found] for found in CLASSES if told[wanted, found]})
    rows = fit(*examples(training_texts(drawings, 2 * count, 1))).round(2).tolist()
    inner = ",\n        ".join(str(row) for row in rows)
    print(WEIGHTS_MODULE.format(rows=inner, texts=count))


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("digits", type=Path)
    parser.add_argument("letters", type=Path)
    parser.add_argument("--model", type=Path, default=DEFAULT_MODEL)
    parser.add_argument("--texts", type=int, default=1000)
    parser.add_argument("--fit", action="store_true")
    options = parser.parse_args()
    use_one_core()  # as the window does
    digits = [one for one in read_strokes(options.digits) if one.digits and len(one.digits) == 1]
    signs = [one for one in read_strokes(options.letters) if one.label in FORMS]
    if options.fit:
        fit_all(digits + signs, options.texts)
        return
    recognizer = Recognizer(open_model(options.model))
    count = options.texts
    for even, name in ((True, "even"), (False, "uneven")):
        for templates in (TEMPLATES, MIXED):
            composer = Composer(digits + signs, 3, even=even)
            texts = [composer.text(templates[i % len(templates)]) for i in range(count)]
            report_texts(f"{name} texts", texts, recognizer)
            count //= 3
        count = options.texts
    numbers = compose_many(digits, count, 4)
    report_numbers([one.drawing for one in numbers], [one.text for one in numbers], recognizer)
    composer = Composer(digits + signs, 5)
    specked = [f"d{SPECK}", f"{SPECK}d", f"dd{SPECK}", f"d{SPECK}d"]
    report_texts("specks", [composer.text(specked[i % 4]) for i in range(count // 3)], recognizer)
    composer, templates = Composer(digits + signs, 7), TEMPLATES + MIXED
    texts = [composer.text(templates[i % len(templates)]) for i in range(count // 4)]
    report_pictures(texts, recognizer)


if __name__ == "__main__":
    main()
