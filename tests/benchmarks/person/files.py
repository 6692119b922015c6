"""What there is to open: files of all formats, in order and damaged, and folders."""

from __future__ import annotations

from pathlib import Path
from random import Random

import numpy as np
from hostile.corpus import MAKERS, Sample, corpus_of, tiny_splits
from hostile.mutations import spoiled

from mnist_desktop.learning.data.datasets import bundled_mnist

KINDS = tuple(kind for kind in MAKERS if kind != "library")
GOOD, DAMAGED = 5, 4
ODD_NAMES = ("<img src=x>", "a\u202eb", "数字", "x" * 120)


def make(folder: Path, seed: int) -> None:
    """Fill a folder with files, each in a folder of its own below that of its kind."""
    random = Random(seed)
    splits = tiny_splits()
    for kind in KINDS:
        corpus = corpus_of(kind, splits)
        samples = random.sample(corpus, min(GOOD, len(corpus)))
        samples += [spoiled(random.choice(corpus), corpus, random) for _ in range(DAMAGED)]
        for number, sample in enumerate(samples):
            _write(folder / kind / str(number), sample)
        odd = random.choice(ODD_NAMES)
        _write(folder / kind / odd, samples[0])
    (folder / "empty").mkdir()
    mnist = bundled_mnist()
    (folder / "npz" / "large").mkdir()
    np.savez(
        folder / "npz" / "large" / "large.npz",
        x_train=mnist.train.pictures[:3000],
        y_train=mnist.train.labels[:3000],
        x_test=mnist.test.pictures[:500],
        y_test=mnist.test.labels[:500],
    )


def _write(place: Path, sample: Sample) -> None:
    place.mkdir(parents=True)
    for name, content in {**sample.beside, sample.name: sample.content}.items():
        (place / name).write_bytes(content)
