"""The article's network, three seeds: accuracy on the official test set.

python tests/benchmarks/article_accuracy.py
"""

from __future__ import annotations

import dataclasses
import statistics

from mnist_desktop.learning.data.datasets import bundled_mnist
from mnist_desktop.learning.report import score_in_words
from mnist_desktop.learning.settings.config import PRESETS
from mnist_desktop.learning.train.events import RunDone
from mnist_desktop.learning.train.training import train


def main() -> None:
    splits = bundled_mnist()
    accuracies = []
    for seed in range(3):
        *_, done = train(dataclasses.replace(PRESETS["article"], seed=seed), splits)
        assert isinstance(done, RunDone)
        assert done.score is not None
        accuracies.append(done.score.accuracy)
        print(f"seed {seed}: best epoch {done.best_epoch}, {score_in_words(done.score)}")
    print(f"mean {100 * statistics.mean(accuracies):.2f} %")


if __name__ == "__main__":
    main()
