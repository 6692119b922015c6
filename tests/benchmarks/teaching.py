"""What teaching a model somebody's handwriting brings, and what it costs.

    python tests/benchmarks/teaching.py --models FOLDER [--sources syn gmd] [--draws 3]
        [--least 8] [--strokes STROKES.jsonl.gz] [--methods [NAME ...]]

For each writer of the ink that comes with the program with at least 8 of each of 8 digits: three of
each are taught, the rest is read, and again with others. The models have not seen the writer: the
folder has those of ``left_out_sources.py --models FOLDER``. Nor is any ink of the source practised
along. With strokes, which the bundled model has not seen either, one of each digit and writer is
taught, and the others are read. Seconds are of the clock and, since machines are shared, of the
processor.

A single correction: where a model misreads at least a third of what a writer means by a digit, one
of those is taught, and the writer's others of that digit are read. So is done, too, with the
tutorial's network, which knows MNIST alone, and so misreads many styles. Numbers are composed of
each writer's other digits, too.

With ``--methods``, other ways of teaching are compared instead, on the validation split; see
``teaching_methods.py``. It is by them that the program's was chosen.
"""

from __future__ import annotations

import argparse
import dataclasses
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch.nn.functional as F
from left_out_sources import model_without
from real_strokes import not_digits
from teaching_methods import METHODS, Reads, reads_with
from whole_numbers import compose_many

from mnist_desktop.ink.real import real_digits, real_letters
from mnist_desktop.ink.strokes import LabelledDrawing
from mnist_desktop.ink.strokes_file import read_strokes
from mnist_desktop.learning.data.datasets import bundled_mnist
from mnist_desktop.learning.data.splits import Splits
from mnist_desktop.learning.models.model import Model
from mnist_desktop.learning.models.model_file import open_model
from mnist_desktop.learning.models.pen import belief_of
from mnist_desktop.learning.read.reading import DEFAULT_STRICTNESS
from mnist_desktop.learning.read.recognizer import Recognizer
from mnist_desktop.learning.settings.config import PRESETS
from mnist_desktop.learning.teach.examples import Example
from mnist_desktop.learning.teach.preparation import Prepared, prepare
from mnist_desktop.learning.teach.replay import Replay, replay_of
from mnist_desktop.learning.teach.teaching import TeachingDone, teach
from mnist_desktop.learning.threads import use_one_core
from mnist_desktop.learning.train.training import train
from mnist_desktop.paths import DEFAULT_MODEL

TAUGHT = 3
DIGITS = 8
"""A writer counts who has enough of so many digits."""

NUMBERS = 60
"""Are composed of each writer's digits, for the first draw."""

MISREAD = 1 / 3
MOST_CORRECTIONS = 3
"""Of one writer and digit are tried."""


@dataclass(frozen=True)
class Lesson:
    """What is taught of a writer, and what is read then."""

    writer: str
    draw: int
    taught: list[LabelledDrawing]
    rest: list[LabelledDrawing]


@dataclass(frozen=True)
class Outcome:
    """What came of it. Shares are of all that were read, from 0 to 1."""

    lesson: Lesson
    before: int
    after: int
    lost: float
    is_taught: bool
    clock: float
    processor: float
    answered: tuple[float, float]


def lessons(
    drawings: Sequence[LabelledDrawing], least: int, draws: int, taught: int = TAUGHT
) -> Iterator[Lesson]:
    """So many draws of each writer who has enough."""
    for writer, digits in _by_writer(drawings).items():
        if sum(len(some) >= least for some in digits.values()) < DIGITS:
            continue
        for draw in range(draws):
            random = np.random.default_rng(draw)
            chosen, rest = [], []
            for _, some in sorted(digits.items()):
                order = random.permutation(len(some))
                chosen += [some[index] for index in order[:taught]]
                rest += [some[index] for index in order[taught:]]
            yield Lesson(writer, draw, chosen, rest)


def _by_writer(
    drawings: Sequence[LabelledDrawing],
) -> dict[str, dict[str, list[LabelledDrawing]]]:
    found: dict[str, dict[str, list[LabelledDrawing]]] = defaultdict(lambda: defaultdict(list))
    for one in drawings:
        found[one.writer or ""][one.digits or ""].append(one)
    return found


def examples(drawings: Sequence[LabelledDrawing]) -> list[Example]:
    return [Example(int(one.digits or 0), one.drawing) for one in drawings]


def right(reads: Reads, drawings: Sequence[LabelledDrawing]) -> np.ndarray:
    """(n,) which are read rightly, declined or not."""
    scores, _ = reads.drawings([one.drawing for one in drawings])
    return scores.argmax(dim=1).numpy() == [int(one.digits) for one in drawings]


def answered(reads: Reads, others: Sequence[LabelledDrawing]) -> float:
    """The share of what is no digit that is answered all the same."""
    scores, odds = reads.drawings([one.drawing for one in others])
    probabilities = F.softmax(scores, dim=1).numpy()
    sure = probabilities.max(axis=1) * belief_of(probabilities, odds)
    return float((sure >= DEFAULT_STRICTNESS).mean())


def taught(prepared: Prepared, drawings: Sequence[LabelledDrawing], seed: int) -> TeachingDone:
    *_, done = teach(prepared.model, examples(drawings), prepared.splits, seed, prepared)
    assert isinstance(done, TeachingDone)
    return done


def outcome(prepared: Prepared, lesson: Lesson, others: Sequence[LabelledDrawing]) -> Outcome:
    """Of the program's own way."""
    clock, processor = time.perf_counter(), time.process_time()
    done = taught(prepared, lesson.taught, lesson.draw)
    clock, processor = time.perf_counter() - clock, time.process_time() - processor
    old, new = reads_with(prepared.model), reads_with(done.model)
    return Outcome(
        lesson,
        int((~right(old, lesson.rest)).sum()),
        int((~right(new, lesson.rest)).sum()),
        done.mnist_before.accuracy - done.mnist_after.accuracy if done.is_taught else 0.0,
        done.is_taught,
        clock,
        processor,
        (answered(old, others), answered(new, others)),
    )


def outcome_of(
    method: str,
    prepared: Prepared,
    replay: Replay,
    lesson: Lesson,
    others: Sequence[LabelledDrawing],
) -> Outcome:
    """Of another way; what is lost is measured on the validation split."""
    clock, processor = time.perf_counter(), time.process_time()
    new = METHODS[method](prepared, replay, examples(lesson.taught), lesson.draw)
    clock, processor = time.perf_counter() - clock, time.process_time() - processor
    old = reads_with(prepared.model)
    seen, validation = prepared.validation, prepared.splits.validation
    # What was read with ease is read so after it, too.
    first, second = seen.logits.topk(2, dim=1).values.t()
    hard = (first - second).argsort()[:2000]
    wrong = [
        int((logits.argmax(dim=1) != seen.labels[hard]).sum())
        for logits in (seen.logits[hard], new.pictures(validation.pictures[hard.numpy()]))
    ]
    return Outcome(
        lesson,
        int((~right(old, lesson.rest)).sum()),
        int((~right(new, lesson.rest)).sum()),
        (wrong[1] - wrong[0]) / len(validation),
        True,
        clock,
        processor,
        (answered(old, others), answered(new, others)),
    )


def say(what: str, outcomes: Sequence[Outcome]) -> None:
    """The table's lines."""
    before, after = (sum(getattr(one, name) for one in outcomes) for name in ("before", "after"))
    total = sum(len(one.lesson.rest) for one in outcomes)
    print(f"{what}: {len({one.lesson.writer for one in outcomes})} writers, {total:,} digits read")
    kept = sum(one.is_taught for one in outcomes)
    print(
        f"  errors {before} -> {after}, {after / max(before, 1):.2f} of them left; "
        f"{kept} of {len(outcomes)} models kept"
    )
    writers: Counter[str] = Counter()
    for one in outcomes:
        writers[one.lesson.writer] += one.before
    worst = {writer for writer, _ in writers.most_common(-(-len(writers) // 10))}
    left = [(one.before, one.after) for one in outcomes if one.lesson.writer in worst]
    sums = np.sum(left, axis=0)
    print(f"  the tenth of writers read worst: {sums[0]} -> {sums[1]}")
    more = Counter(
        {w: sum(o.after - o.before for o in outcomes if o.lesson.writer == w) for w in writers}
    )
    worse = [writer for writer, count in more.items() if count > 0]
    highest = max(one.after - one.before for one in outcomes)
    print(f"  writers read worse: {len(worse)} of {len(writers)}; at most by {highest} digits")
    lost = np.array([100 * one.lost for one in outcomes])
    print(f"  MNIST lost: mean {lost.mean():.3f}, worst {lost.max():.2f} points")
    shares = 100 * np.array([one.answered for one in outcomes])
    print(
        f"  letters and scribbles answered: {shares[:, 0].mean():.1f} -> {shares[:, 1].mean():.1f} "
        f"%, at most {(shares[:, 1] - shares[:, 0]).max():+.1f}"
    )
    clock, processor = (
        np.median([getattr(o, n) for o in outcomes]) for n in ("clock", "processor")
    )
    print(f"  to learn: median {clock:.2f} s, of the processor {processor:.2f} s", flush=True)


def numbers_right(lesson: Lesson, models: Sequence[Model], *, linked: bool) -> np.ndarray:
    """How many numbers of the writer's other digits each model reads; linked, without lifting the
    pen.
    """
    numbers = compose_many(lesson.rest, NUMBERS, seed=lesson.draw, linked=linked)
    readers = map(Recognizer, models)
    return np.array(
        [sum(one.read(n.drawing, 0.0).best_text == n.text for n in numbers) for one in readers]
    )


def say_corrections(what: str, prepared: Prepared, drawings: Sequence[LabelledDrawing]) -> None:
    """One single correction, and then the same writer's others of that digit."""
    old = reads_with(prepared.model)
    shares, misread, found = [], [], 0
    for digits in _by_writer(drawings).values():
        for some in digits.values():
            is_right = right(old, some)
            wrong = np.flatnonzero(~is_right)
            if len(some) < 4 or len(wrong) < max(2, MISREAD * len(some)):
                continue
            found += 1
            for index in wrong[:MOST_CORRECTIONS]:
                after = right(reads_with(taught(prepared, [some[index]], 0).model), some)
                rest = np.delete(np.arange(len(some)), index)
                shares.append((is_right[rest].mean(), after[rest].mean()))
                misread.append(after[np.setdiff1d(wrong, [index])].mean())
    if shares:
        before, after = 100 * np.mean(shares, axis=0)
        print(
            f"{what}: a single correction of {found} styles that were misread, {len(shares)} "
            f"tried: of the next ones {before:.0f} -> {after:.0f} % right, of those misread before "
            f"{100 * np.mean(misread):.0f} %",
            flush=True,
        )


def prepared_without(
    source: str, model: Model, splits: Splits
) -> tuple[Prepared, Replay, list[LabelledDrawing]]:
    """And what is no digit, which nothing is learned from there."""
    digits, letters = _without(real_digits(), source), _without(real_letters(), source)
    others = [one for one in real_letters() if (one.writer or "").startswith(f"{source}/")][:500]
    random = np.random.default_rng(2026)
    replay = replay_of(splits, digits, letters)
    return prepare(model, splits, replay), replay, [*others, *not_digits(300, random)]


def _without(drawings: Sequence[LabelledDrawing], source: str) -> list[LabelledDrawing]:
    return [one for one in drawings if not (one.writer or "").startswith(f"{source}/")]


def tutorials_model(splits: Splits) -> Model:
    *_, done = train(dataclasses.replace(PRESETS["article"], epochs=4), splits)
    model = done.model(PRESETS["article"], splits)
    assert model is not None
    return model


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--sources", nargs="+", default=["gmd", "syn"])
    parser.add_argument("--draws", type=int, default=3)
    parser.add_argument("--least", type=int, default=8, help="of each of 8 digits")
    parser.add_argument("--strokes", type=Path, help="drawings that no model has seen")
    parser.add_argument("--methods", nargs="*", choices=[*METHODS, []], metavar="NAME")
    options = parser.parse_args()
    use_one_core()
    splits = bundled_mnist()
    outcomes: dict[str, list[Outcome]] = defaultdict(list)
    numbers: dict[bool, list[np.ndarray]] = {False: [], True: []}
    for source in options.sources:
        model = model_without(source, options.models)
        prepared, replay, others = prepared_without(source, model, splits)
        drawings = [one for one in real_digits() if (one.writer or "").startswith(f"{source}/")]
        for lesson in lessons(drawings, options.least, options.draws):
            if options.methods is None:
                outcomes["taught"].append(outcome(prepared, lesson, others))
                if lesson.draw == 0:
                    models = prepared.model, taught(prepared, lesson.taught, 0).model
                    for linked, counts in numbers.items():
                        counts.append(numbers_right(lesson, models, linked=linked))
            for method in (options.methods or METHODS) if options.methods is not None else ():
                outcomes[method].append(outcome_of(method, prepared, replay, lesson, others))
        if options.methods is None:
            say_corrections(f"without {source}", prepared, drawings)
    for what, some in outcomes.items():
        say(what, some)
    if options.methods is not None:
        return
    for linked, counts in numbers.items():
        before, after = np.sum(counts, axis=0)
        what = "their numbers, pen not lifted" if linked else "their numbers"
        print(f"{what}: {before} -> {after} of {NUMBERS * len(counts)} right", flush=True)
    prepared = prepare(tutorials_model(splits), splits)
    say_corrections("the tutorial's network", prepared, real_digits())
    if options.strokes is not None:
        prepared = prepare(open_model(DEFAULT_MODEL), splits)
        others = not_digits(300, np.random.default_rng(2026))
        drawings = read_strokes(options.strokes)
        say(
            f"{options.strokes.name}, one of each taught",
            [outcome(prepared, one, others) for one in lessons(drawings, 2, 1, taught=1)],
        )


if __name__ == "__main__":
    main()
