"""What keeping everything costs, and how soon a large library is listed.

    python tests/benchmarks/library.py [--epochs N] [--rounds N]

Two trainings of the preset "Article", one recorded and one not, take turns after each epoch, so
that whatever else the machine does weighs on both alike. Then 1,000 runs of 50 epochs are listed.
"""

from __future__ import annotations

import argparse
import dataclasses
import statistics
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
from common import Stopwatch, spread

from mnist_desktop.learning.data.datasets import bundled_mnist
from mnist_desktop.learning.data.splits import Splits
from mnist_desktop.learning.records import EpochRecord
from mnist_desktop.learning.settings.config import PRESETS, TrainingConfig
from mnist_desktop.learning.train.events import EpochDone
from mnist_desktop.learning.train.training import train
from mnist_desktop.library import rows
from mnist_desktop.library.database import Library
from mnist_desktop.library.recorder import RunRecorder
from mnist_desktop.library.run_record import RunRecord
from mnist_desktop.library.runs import list_runs, read_run

ARTICLE = PRESETS["article"]


def plain(config: TrainingConfig, splits: Splits) -> Iterator[None]:
    for event in train(config, splits):
        if isinstance(event, EpochDone):
            yield


def recorded(config: TrainingConfig, splits: Splits, library: Library) -> Iterator[None]:
    recorder = RunRecorder.begin(library, config, splits)
    for event in train(config, splits):
        recorder.take(event)
        if isinstance(event, EpochDone):
            yield
    recorder.close()


def seconds(step: Callable[[], object]) -> float:
    watch = Stopwatch()
    step()
    return watch()


def cost(epochs: int, rounds: int, folder: Path) -> None:
    """Ratio of the times, of whole runs and of single epochs."""
    config, splits = dataclasses.replace(ARTICLE, epochs=epochs), bundled_mnist()
    whole, single = [], []
    for number in range(rounds):
        # The sums of the data set are taken once in a program's life, here in the first round.
        runs = {
            "plain": plain(config, splits),
            "recorded": recorded(config, splits, Library(folder / "library.sqlite3")),
        }
        times: dict[str, list[float]] = {name: [] for name in runs}
        for epoch in range(epochs):
            names = list(runs) if (epoch + number) % 2 else list(runs)[::-1]
            for name in names:
                times[name].append(seconds(partial(next, runs[name])))
        for name, run in runs.items():
            times[name].append(seconds(partial(next, run, None)))
        whole.append(sum(times["recorded"]) / sum(times["plain"]))
        pairs = zip(times["recorded"][1:], times["plain"][1:], strict=True)
        single += [ours / theirs for ours, theirs in pairs]
    print(f"recorded against not, whole run: {spread(whole)}")
    print(f"recorded against not, an epoch:  {spread(single)}")


def large(folder: Path) -> None:
    """A library of 1,000 runs: the list, and the curves of 20."""
    library = Library(folder / "large.sqlite3")
    run = RunRecord("run", ARTICLE, "MNIST", "a" * 64, "b" * 64)
    run.epochs = [EpochRecord(n, 1.0, 0.5, 1.1, 0.4, 0.5, n == 50) for n in range(1, 51)]
    run.batches = {n: np.ones((3, 782), "<f4").tobytes() for n in range(1, 51)}
    for _ in range(1000):
        with library.write() as connection:
            rows.insert(connection, run)
    lists = [1000 * seconds(lambda: list_runs(library)) for _ in range(9)]
    overlays = [
        1000 * seconds(lambda: [read_run(library, run, weights=False) for run in range(400, 420)])
        for _ in range(9)
    ]
    print(f"1,000 runs listed: {statistics.median(lists):.0f} ms, first {lists[0]:.0f} ms")
    print(f"curves of 20: {statistics.median(overlays):.0f} ms, first {overlays[0]:.0f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        cost(options.epochs, options.rounds, Path(folder))
        large(Path(folder))


if __name__ == "__main__":
    main()
