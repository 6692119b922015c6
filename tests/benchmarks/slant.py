"""Does it help to take the slant out of the ink before a network reads it?

    python tests/benchmarks/slant.py STROKES.jsonl.gz [--epochs N] [--seeds N] [--distortion X]

Trains the article's network on MNIST as it is, and on MNIST without slant; reads MNIST's official
test set and the strokes in the same way. The slant is mu11 / mu02 of the ink's second moments, and
every row of pixels is moved by it times its distance from the centre of mass.
"""

from __future__ import annotations

import argparse
import dataclasses
from pathlib import Path

import numpy as np
import torch
from ink_against_mnist import pictures
from numpy.typing import NDArray
from scipy import ndimage

from mnist_desktop.ink.strokes_file import read_strokes
from mnist_desktop.learning.data.datasets import bundled_mnist
from mnist_desktop.learning.data.splits import Split, Splits
from mnist_desktop.learning.evaluate.evaluation import predict
from mnist_desktop.learning.models.network import MLP
from mnist_desktop.learning.settings.config import PRESETS, TrainingConfig
from mnist_desktop.learning.train.events import RunDone
from mnist_desktop.learning.train.training import train


def upright(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A picture, (28, 28) with ink in it, without its slant; its centre of mass stays."""
    ink = picture / picture.sum()
    indices = np.arange(len(picture))
    y, x = ink.sum(axis=1) @ indices, ink.sum(axis=0) @ indices
    high, wide = indices - y, indices - x
    slant = (high @ ink @ wide) / max(1e-9, ink.sum(axis=1) @ high**2)
    moved = ndimage.affine_transform(
        picture.astype(float), [[1.0, 0.0], [slant, 1.0]], (0.0, -slant * y), order=3
    )
    straight: NDArray[np.uint8] = np.rint(np.clip(moved, 0, 255)).astype(np.uint8)
    return straight


def all_upright(split: Split) -> Split:
    """Every picture without its slant."""
    return Split(np.stack([upright(picture) for picture in split.pictures]), split.labels)


def accuracies(config: TrainingConfig, splits: Splits, strokes: Split) -> list[float]:
    """In per cent, on the official test set and on the strokes."""
    *_, done = train(config, splits)
    assert isinstance(done, RunDone)
    assert done.state_dict is not None
    network = MLP(config.network)
    network.load_state_dict(done.state_dict)
    return [100 * predict(network, split).score.accuracy for split in (splits.test, strokes)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("strokes", type=Path)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--distortion", type=float, default=0.0)
    options = parser.parse_args()
    torch.set_num_threads(1)
    mnist, strokes = bundled_mnist(), pictures(read_strokes(options.strokes))
    parts = [all_upright(split) for split in (mnist.train, mnist.validation, mnist.test)]
    config = dataclasses.replace(
        PRESETS["article"], epochs=options.epochs, distortion=options.distortion
    )
    for name, splits, own in (
        ("as it is", mnist, strokes),
        ("without slant", Splits("MNIST", *parts), all_upright(strokes)),
    ):
        seeds = [dataclasses.replace(config, seed=seed) for seed in range(options.seeds)]
        found = np.array([accuracies(one, splits, own) for one in seeds])
        for what, values in zip(("MNIST's test set", "strokes"), found.T, strict=True):
            each = ", ".join(f"{value:.2f}" for value in values)
            print(f"{name:14} {what:17} mean {values.mean():.2f} %, by seed {each}")


if __name__ == "__main__":
    main()
