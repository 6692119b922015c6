"""Choose what ways of reading a line of ink cost: ``mnist_desktop/learning/costs.py``.

    python tests/benchmarks/costs.py DIGITS.jsonl.gz LETTERS.jsonl.gz [--models FOLDER]
        [--leave-out SOURCE]

Costs are changed one by one, as long as fewer composed numbers, texts with signs and single digits
are read wrongly. Each source's digits are composed among themselves, and with the models that
``left_out_sources.py`` keeps in a folder they are read by the one that was trained without them:
a network that has seen a digit is too sure of it. What is read with the costs chosen is said for
other compositions, with ``--leave-out`` of drawings by a source that they were not chosen on.
"""

from __future__ import annotations

import argparse
import dataclasses
import itertools
from pathlib import Path

import numpy as np
from left_out_sources import SOURCES, model_without
from signs import FORMS, MIXED, TEMPLATES, Composer, source
from whole_numbers import compose_many

from mnist_desktop.ink.segment import StrokeParts
from mnist_desktop.ink.strokes import Drawing, LabelledDrawing
from mnist_desktop.ink.strokes_file import read_strokes
from mnist_desktop.learning.models.model_file import open_model
from mnist_desktop.learning.read.costs import COSTS, Costs
from mnist_desktop.learning.read.lattice import Lattice
from mnist_desktop.learning.read.recognizer import Recognizer
from mnist_desktop.learning.threads import use_one_core
from mnist_desktop.paths import DEFAULT_MODEL

STEPS = (0.6, 0.8, 1.25, 1.6)
"""What each cost is multiplied with, in turn."""

KINDS = {"pen lifted": 1.5, "pen not lifted": 0.5, "texts with signs": 0.5, "single digits": 8.0}
"""How much the share that is read wrongly of each weighs."""

Known = tuple[Drawing, str]


class Sample:
    """Drawings whose pictures have all been classified, to be read with many costs."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._lattices: list[Lattice] = []

    def add(self, drawings: list[Known], recognizer: Recognizer) -> None:
        """More, read by this one."""
        for drawing, text in drawings:
            parts, judge = StrokeParts(drawing), recognizer.model.judge
            lattice = Lattice(parts, recognizer.probabilities, judge)
            groups = lattice.candidates.groups
            lattice.classify(groups(cut=True) + groups(cut=False))
            self._lattices.append(lattice)
            self._texts.append(text)

    def wrong(self, costs: Costs) -> float:
        """The share that is read wrongly."""
        found = [lattice.best(costs).best_text for lattice in self._lattices]
        return float(np.mean([one != text for one, text in zip(found, self._texts, strict=True)]))


def samples(
    readers: dict[str, Recognizer],
    digits: list[LabelledDrawing],
    signs: list[LabelledDrawing],
    count: int,
    seed: int,
) -> dict[str, Sample]:
    """Of every kind, by name, as many by each source that has a reader."""
    some = {kind: Sample() for kind in KINDS}
    for name, recognizer in readers.items():
        own = [one for one in digits if source(one) == name]
        for kind, drawings in composed(own, signs, count // len(readers), seed).items():
            some[kind].add(drawings, recognizer)
    return some


def composed(
    digits: list[LabelledDrawing], signs: list[LabelledDrawing], count: int, seed: int
) -> dict[str, list[Known]]:
    """So many of every kind, and four times as many single digits if there are."""
    random = np.random.default_rng(seed)
    composer = Composer([*digits, *signs], seed)
    templates = [*TEMPLATES, *MIXED]
    texts = [composer.text(templates[index % len(templates)]) for index in range(count)]
    singles = [digits[index] for index in random.permutation(len(digits))[: 4 * count]]
    numbers, linked = (
        [
            (number.drawing, number.text)
            for number in compose_many(digits, count, seed, linked=is_linked)
        ]
        for is_linked in (False, True)
    )
    signed = [(one.drawing, one.text) for one in texts]
    alone = [(one.drawing, str(one.label)) for one in singles]
    return dict(zip(KINDS, (numbers, linked, signed, alone), strict=True))


def wrong(some: dict[str, Sample], costs: Costs) -> float:
    """Weighted."""
    return sum(weight * some[kind].wrong(costs) for kind, weight in KINDS.items())


def choose(some: dict[str, Sample]) -> Costs:
    """Costs with which the fewest are read wrongly, changed one by one until none gets better."""
    best, least = COSTS, wrong(some, COSTS)
    names = [field.name for field in dataclasses.fields(Costs)]
    for _round in range(2):
        before = least
        for name, step in itertools.product(names, STEPS):
            changed = dataclasses.replace(best, **{name: round(getattr(best, name) * step, 3)})
            if (now := wrong(some, changed)) < least:
                best, least = changed, now
                print(f"{least:.4f}  {name} = {getattr(best, name)}", flush=True)
        if least == before:
            break
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("digits", type=Path)
    parser.add_argument("letters", type=Path)
    parser.add_argument("--model", type=Path, default=DEFAULT_MODEL)
    parser.add_argument("--models", type=Path, help="where without-apa.safetensors and so on are")
    parser.add_argument("--count", type=int, default=1500)
    parser.add_argument("--leave-out", choices=SOURCES)
    options = parser.parse_args()
    use_one_core()
    digits = [one for one in read_strokes(options.digits) if one.digits and len(one.digits) == 1]
    signs = [one for one in read_strokes(options.letters) if one.label in FORMS]
    readers = {
        name: Recognizer(
            model_without(name, options.models) if options.models else open_model(options.model)
        )
        for name in SOURCES
    }
    out = options.leave_out
    others = {name: reader for name, reader in readers.items() if name != out}
    costs = choose(samples(others, digits, signs, options.count, 1))
    print(costs)
    left_out = {out: readers[out]} if out else readers
    measured_on = samples(left_out, digits, signs, options.count, 2)
    for kind, sample in measured_on.items():
        print(f"{kind:17} wrong {sample.wrong(COSTS):.2%} before, {sample.wrong(costs):.2%} now")


if __name__ == "__main__":
    main()
