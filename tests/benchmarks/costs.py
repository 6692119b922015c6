"""Choose what ways of reading a line of ink cost: ``mnist_desktop/learning/costs.py``.

    python tests/benchmarks/costs.py DIGITS.jsonl.gz LETTERS.jsonl.gz [--leave-out SOURCE]

Costs are changed one by one, as long as fewer composed numbers, texts with signs and single digits
are read wrongly. What is read with them is said for other compositions, with ``--leave-out`` of
drawings by a source that they were not chosen on.
"""

from __future__ import annotations

import argparse
import dataclasses
import itertools
from pathlib import Path

import numpy as np
from signs import FORMS, MIXED, TEMPLATES, Composer, source
from whole_numbers import compose_many

from mnist_desktop.ink.segment import StrokeParts
from mnist_desktop.ink.strokes import Drawing, LabelledDrawing
from mnist_desktop.ink.strokes_file import read_strokes
from mnist_desktop.learning.costs import COSTS, Costs
from mnist_desktop.learning.lattice import Lattice
from mnist_desktop.learning.model_file import open_model
from mnist_desktop.learning.recognizer import Recognizer
from mnist_desktop.learning.threads import use_one_core
from mnist_desktop.paths import DEFAULT_MODEL

STEPS = (0.6, 0.8, 1.25, 1.6)
"""What each cost is multiplied with, in turn."""

Known = tuple[Drawing, str]


class Sample:
    """Drawings whose pictures have all been classified, to be read with many costs."""

    def __init__(self, drawings: list[Known], recognizer: Recognizer, weight: float) -> None:
        self._texts = [text for _, text in drawings]
        self.weight = weight
        self._lattices = []
        for drawing, _ in drawings:
            lattice = Lattice(StrokeParts(drawing), recognizer.probabilities)
            lattice.classify(lattice.groups(cut=True) + lattice.groups(cut=False))
            self._lattices.append(lattice)

    def wrong(self, costs: Costs) -> float:
        """The share that is read wrongly."""
        found = [lattice.best(costs).best_text for lattice in self._lattices]
        return float(np.mean([one != text for one, text in zip(found, self._texts, strict=True)]))


def samples(
    digits: list[LabelledDrawing],
    signs: list[LabelledDrawing],
    recognizer: Recognizer,
    count: int,
    seed: int,
) -> dict[str, Sample]:
    """Of every kind, by name."""
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
    return {
        "pen lifted": Sample(numbers, recognizer, 1.5),
        "pen not lifted": Sample(linked, recognizer, 0.5),
        "texts with signs": Sample([(one.drawing, one.text) for one in texts], recognizer, 0.5),
        "single digits": Sample([(one.drawing, str(one.label)) for one in singles], recognizer, 8),
    }


def wrong(some: dict[str, Sample], costs: Costs) -> float:
    """Weighted."""
    return sum(sample.weight * sample.wrong(costs) for sample in some.values())


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
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--leave-out")
    options = parser.parse_args()
    use_one_core()
    recognizer = Recognizer(open_model(options.model))
    digits = [one for one in read_strokes(options.digits) if one.digits and len(one.digits) == 1]
    signs = [one for one in read_strokes(options.letters) if one.label in FORMS]
    out = options.leave_out
    chosen_on = [one for one in digits if source(one) != out]
    left_out = [one for one in digits if source(one) == out] or digits
    costs = choose(samples(chosen_on, signs, recognizer, options.count, 1))
    print(costs)
    measured_on = samples(left_out, signs, recognizer, options.count, 2)
    for name, sample in measured_on.items():
        print(f"{name:17} wrong {sample.wrong(COSTS):.2%} before, {sample.wrong(costs):.2%} now")


if __name__ == "__main__":
    main()
