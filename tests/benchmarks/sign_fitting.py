"""What signs are told by: weights of a multinomial logistic regression, fitted to composed texts.

    python tests/benchmarks/sign_fitting.py DIGITS.jsonl.gz LETTERS.jsonl.gz [--texts N]

Digits, specks and signs that can be read come first, from strokes. Then those that cannot, beside
them and without changing them, from strokes and, half as many, from pictures: with a broad pen and
seen small, much looks like what it is not. Leaves each source out in turn, says what is told
rightly there, and prints ``mnist_desktop/ink/sign_weights.py`` for all of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from pictures import draw_ink
from signs import FORMS, MIXED, STRANGE, TEMPLATES, Composer, Text, asked_for, source
from torch.nn import functional as F

from mnist_desktop.ink.parts import Parts
from mnist_desktop.ink.photo.parts import page_of_picture
from mnist_desktop.ink.segment import StrokeParts
from mnist_desktop.ink.signs import (
    CLASSES,
    EQUALS,
    SPECK,
    UNREADABLE_CLASSES,
    measures,
    without_pen,
)
from mnist_desktop.ink.strokes import LabelledDrawing
from mnist_desktop.learning.read.recognizer import Recognizer

WEIGHTS_MODULE = '''"""What signs are told by.

Made by ``tests/benchmarks/sign_fitting.py --texts {texts}``.
"""

import numpy as np

WEIGHTS = np.array(
    [
        {rows},
    ]
)
"""(24, 10): of each measure, for each class."""'''

READABLE = len(CLASSES) - len(UNREADABLE_CLASSES)
"""How many classes come first."""

TOLD_BY_NETWORK = (EQUALS,)
"""Told also by how unsure the network is, of what is no straight line. Signs that can be read are
not, so that they are told as well beside a network that knows nothing but digits.
"""

Examples = tuple[NDArray[np.float64], NDArray[np.intp]]
"""Measures, (n, 24), and classes."""


def training_texts(
    drawings: Sequence[LabelledDrawing], count: int, seed: int, *, strange: bool
) -> list[Text]:
    """Signs are much rarer among them than a fair draw would make them: digits come first.

    With ``strange`` every eighth has a sign that cannot be read.
    """
    random = np.random.default_rng(seed)
    made = []
    for even in (False, True):
        composer = Composer(drawings, seed, even=even)
        known = [sign for sign in STRANGE if composer.has(sign)]
        for index in range(count // 2):
            template = "d" * int(random.integers(1, 6))
            if index % 2:
                template = [*TEMPLATES, *MIXED][random.integers(len(TEMPLATES) + len(MIXED))]
            further = SPECK if index % 4 > 1 else ""
            if strange and index % 8 == 0:
                further = known[random.integers(len(known))]
            if further:
                place = int(random.integers(len(template) + 1))
                template = template[:place] + further + template[place:]
            made.append(composer.text(template))
    return made


def of_strokes(texts: Sequence[Text], recognizer: Recognizer) -> Examples:
    """All groups that are one character or part of one, of texts as they were drawn."""
    found = []
    for text in texts:
        parts = StrokeParts(text.drawing)
        groups: list[tuple[int, int]] = []
        wanted: list[int] = []
        for first, last in _groups(parts):
            drawing = parts.drawing(first, last)
            owners = {text.owners.get(id(stroke), -1) for stroke in drawing.strokes}
            if len(owners) > 1 or -1 in owners:
                continue
            (owner,) = owners
            is_whole = len(drawing.strokes) == list(text.owners.values()).count(owner)
            character = text.template[owner]
            if character not in FORMS or is_whole:
                groups.append((first, last))
                wanted.append(_class_of(character))
        found.append(_measured(parts, groups, wanted, recognizer))
    return _joined(found)


def of_pictures(texts: Sequence[Text], recognizer: Recognizer, seed: int) -> Examples:
    """The same of texts as pictures, small and large, with pens of all widths."""
    random = np.random.default_rng(seed)
    found = []
    for text in texts:
        height = random.uniform(40, 110)
        pen = height * np.exp(random.uniform(np.log(0.03), np.log(0.2)))
        margin = pen + 0.4 * height
        lines = [stroke.points * height for stroke in text.drawing.strokes]
        low, high = np.split(_around(*lines), 2)
        size = np.ceil(high - low + 2 * margin).astype(int).tolist()
        lines = [line - low + margin for line in lines]
        ink = draw_ink(lines, (size[0], size[1]), pen)
        seen = 230 - 200 * ink + random.normal(0, 3, ink.shape)
        (parts,) = page_of_picture(np.rint(seen).clip(0, 255).astype(np.uint8)).lines
        boxes = without_pen(parts.boxes, parts.pen)
        owned_lines: dict[int, list[NDArray[np.float64]]] = {}
        for stroke, line in zip(text.drawing.strokes, lines, strict=True):
            owned_lines.setdefault(text.owners[id(stroke)], []).append(line)
        whole = {owner: _around(*its) for owner, its in owned_lines.items()}
        near = max(2.0, 0.6 * pen) + 0.03 * height
        owned = dict(_owned(boxes, whole, near))
        groups, wanted = [], []
        for first, last in _groups(parts):
            owners = {owned.get(part, -1) for part in range(first, last)}
            # What is cut from a line that runs on is taken for no sign.
            is_cut = any(parts.cuts[end] for end in (first, last) if end < len(boxes))
            if len(owners) > 1 or -1 in owners or is_cut:
                continue
            (owner,) = owners
            box = np.append(boxes[first:last, :2].min(axis=0), boxes[first:last, 2:].max(axis=0))
            character = text.template[owner]
            if character not in FORMS or np.abs(box - whole[owner]).max() <= near:
                groups.append((first, last))
                wanted.append(_class_of(character))
        found.append(_measured(parts, groups, wanted, recognizer))
    return _joined(found)


def _groups(parts: Parts) -> Iterator[tuple[int, int]]:
    """Those of up to three parts."""
    count = len(parts.boxes)
    for first in range(count):
        for last in range(first + 1, min(first + 4, count + 1)):
            yield first, last


def _owned(
    boxes: NDArray[np.float64], whole: dict[int, NDArray[np.float64]], near: float
) -> Iterator[tuple[int, int]]:
    """Parts that lie within a character, each with the one that it is most like."""
    for part, box in enumerate(boxes):
        around = [
            owner
            for owner, other in whole.items()
            if (box[:2] >= other[:2] - near).all() and (box[2:] <= other[2:] + near).all()
        ]
        if around:
            yield part, min(around, key=lambda owner: float(np.abs(whole[owner] - box).sum()))


def _around(*lines: NDArray[np.float64]) -> NDArray[np.float64]:
    points = np.concatenate(lines)
    return np.append(points.min(axis=0), points.max(axis=0))


def _class_of(character: str) -> int:
    if character not in FORMS:
        return 0
    return CLASSES.index(character if character in CLASSES else EQUALS)


def _measured(
    parts: Parts, groups: list[tuple[int, int]], wanted: list[int], recognizer: Recognizer
) -> Examples:
    if len(parts.boxes) < 2 or not groups:
        return np.zeros((0, 24)), np.zeros(0, dtype=np.intp)
    pictures = np.stack([parts.picture(*group) for group in groups])
    sureness = recognizer.probabilities(pictures).max(axis=1)
    boxes = without_pen(parts.boxes, parts.pen)
    return measures(pictures, boxes, np.array(groups), sureness), np.array(wanted)


def _joined(found: Sequence[Examples]) -> Examples:
    rows, classes = zip(*found, strict=True)
    return np.concatenate(rows), np.concatenate(classes)


def fit(
    examples: Examples, used: NDArray[np.bool_], fixed: NDArray[np.float64] | None = None
) -> NDArray[np.float64]:
    """Weights of a multinomial logistic regression with a little weight decay.

    Args:
        examples: of the classes of both.
        used: (24, n) which weights there are of the classes to fit, all others are 0.
        fixed: (24, m) weights of the classes before them, which stay.

    Returns:
        (24, m + n).
    """
    inputs, targets = map(torch.from_numpy, examples)
    may = torch.from_numpy(used)
    before = torch.from_numpy(fixed) if fixed is not None else torch.zeros((len(used), 0))
    weights = torch.zeros(used.shape, dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=300, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        value = F.cross_entropy(inputs @ torch.cat([before, weights * may], dim=1), targets)
        value = value + 1e-5 * (weights**2).sum()
        value.backward()
        return value

    optimiser.step(loss)
    return torch.cat([before, weights * may], dim=1).detach().numpy()


def fit_all(
    drawings: Sequence[LabelledDrawing], count: int, recognizer: Recognizer
) -> NDArray[np.float64]:
    """(24, 10) of all classes."""
    used = np.ones((24, len(CLASSES)), dtype=bool)
    used[-1] = [sign in TOLD_BY_NETWORK for sign in CLASSES]
    texts = training_texts(drawings, count, 1, strange=False)
    readable = fit(of_strokes(texts, recognizer), used[:, :READABLE]).round(2)
    texts = training_texts(drawings, count, 1, strange=True)
    pictured = training_texts(drawings, count // 2, 21, strange=True)
    found = [of_strokes(texts, recognizer), of_pictures(pictured, recognizer, 3)]
    return fit(_joined(found), used[:, READABLE:], readable).round(2)


def main() -> None:
    digits, signs, recognizer, count = asked_for(__doc__, texts=2000)
    drawings = digits + signs
    told: Counter[tuple[str, str]] = Counter()
    for out in ("apa", "ced", "gmd", "val"):
        chosen_on = [one for one in drawings if source(one) != out]
        left_out = [one for one in drawings if source(one) == out]
        known = {str(one.label) for one in left_out}
        left_out += [one for one in chosen_on if str(one.label) not in known]
        weights = fit_all(chosen_on, count // 4, recognizer)
        texts = training_texts(left_out, count // 4, 2, strange=True)
        rows, classes = of_strokes(texts, recognizer)
        for wanted, found in zip(classes, (rows @ weights).argmax(axis=1), strict=True):
            told[CLASSES[wanted], CLASSES[found]] += 1
    for wanted in CLASSES:
        print(wanted, {found: told[wanted, found] for found in CLASSES if told[wanted, found]})
    rows = (fit_all(drawings, 2 * count, recognizer) + 0.0).tolist()
    inner = ",\n        ".join(str(row) for row in rows)
    print(WEIGHTS_MODULE.format(rows=inner, texts=count))


if __name__ == "__main__":
    main()
