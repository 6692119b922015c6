"""What it costs a training that it is looked into.

    python tests/benchmarks/inspection.py [--epochs N] [--rounds N]

Two trainings, one looked into as the window does it and one not, take turns after each epoch, so
that whatever else the machine does weighs on both alike: of the preset "Article", and of the
network of the preset "best" with few pictures, where looking takes longest.
"""

from __future__ import annotations

import argparse
import dataclasses
import statistics
from collections.abc import Iterator

from common import Stopwatch, spread

from mnist_desktop.learning.data.datasets import bundled_mnist
from mnist_desktop.learning.data.splits import Splits
from mnist_desktop.learning.settings.config import PRESETS, TrainingConfig
from mnist_desktop.learning.train.events import Command, EpochDone, Event, Inspect, Inspected
from mnist_desktop.learning.train.training import drive, train
from mnist_desktop.ui.session.train.training_thread import INSPECTION_SECONDS, INSPECTION_SHARE

BATCHES = 40
"""Of an epoch of the large network."""


class Onlooker:
    """Asks for a look as the window does, by the clock of its own training."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self._away = 0.0
        self._next = 0.0
        self._watch = Stopwatch()

    @property
    def _now(self) -> float:
        return self._watch() - self._away

    def next_command(self) -> Command | None:
        if self._now < self._next:
            return None
        self._next = float("inf")  # until it is answered
        return Inspect()

    def take(self, event: Event) -> None:
        if isinstance(event, Inspected):
            self.seconds.append(event.seconds)
            self._next = self._now + max(INSPECTION_SECONDS, event.seconds / INSPECTION_SHARE)

    def be_away(self, seconds: float) -> None:
        """While the other training has had its turn."""
        self._away += seconds


def plain(config: TrainingConfig, splits: Splits) -> Iterator[None]:
    for event in drive(train(config, splits), lambda: None):
        if isinstance(event, EpochDone):
            yield


def looked_into(config: TrainingConfig, splits: Splits, onlooker: Onlooker) -> Iterator[None]:
    for event in drive(train(config, splits), onlooker.next_command):
        onlooker.take(event)
        if isinstance(event, EpochDone):
            watch = Stopwatch()
            yield
            onlooker.be_away(watch())


def cost(name: str, config: TrainingConfig, splits: Splits, rounds: int) -> None:
    """Ratio of the times of whole runs, and what a look has taken."""
    ratios, looks, share = [], [], []
    for number in range(rounds):
        onlooker = Onlooker()
        runs = {
            "plain": plain(config, splits),
            "looked into": looked_into(config, splits, onlooker),
        }
        times = dict.fromkeys(runs, 0.0)
        for epoch in range(config.epochs):
            for run in list(runs) if (epoch + number) % 2 else list(runs)[::-1]:
                watch = Stopwatch()
                next(runs[run])
                times[run] += watch()
        ratios.append(times["looked into"] / times["plain"])
        share.append(sum(onlooker.seconds) / times["looked into"])
        looks += onlooker.seconds
    print(f"{name}: looked into against not: {spread(ratios)}")
    print(
        f"{name}: a look takes {1000 * statistics.median(looks):.1f} ms, at most "
        f"{1000 * max(looks):.1f} ms; {len(looks) / rounds:.0f} a run, "
        f"{100 * statistics.median(share):.2f} % of its time"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    splits = bundled_mnist()
    article = dataclasses.replace(PRESETS["article"], epochs=options.epochs)
    cost("Article", article, splits, options.rounds)
    best = PRESETS["best"]
    few = dataclasses.replace(
        best,
        epochs=options.epochs,
        limit=BATCHES * best.batch_size,
        synthetic_digits=0,
        scribbles=0,
    )
    small = Splits("few", splits.train, splits.validation.first(1000), splits.test.first(1000))
    cost("best", few, small, options.rounds)


if __name__ == "__main__":
    main()
