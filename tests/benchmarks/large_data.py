"""Ten times MNIST against MNIST: seconds an epoch, and memory of the data.

    python tests/benchmarks/large_data.py [--epochs N]

MNIST's training pictures are written ten times over as one IDX set into a temporary folder. The
two trainings take turns after each epoch.
"""

from __future__ import annotations

import argparse
import dataclasses
import gzip
import shutil
import statistics
import struct
import tempfile
import time
from pathlib import Path

from common import spread

from mnist_desktop.learning.data.datasets import open_dataset
from mnist_desktop.learning.data.splits import Splits
from mnist_desktop.learning.settings.config import PRESETS
from mnist_desktop.learning.train.events import EpochDone
from mnist_desktop.learning.train.training import train
from mnist_desktop.paths import bundled

TIMES = 10


def write_large(folder: Path) -> None:
    """The training files ten times over, the test files as they are."""
    for file in bundled("data/mnist").glob("t10k-*"):
        shutil.copy(file, folder)
    for name, header_bytes in (("images.idx3", 16), ("labels.idx1", 8)):
        content = gzip.decompress((bundled("data/mnist") / f"train-{name}-ubyte.gz").read_bytes())
        count = struct.unpack(">I", content[4:8])[0]
        with (folder / f"train-{name}-ubyte").open("wb") as stream:
            stream.write(content[:4] + struct.pack(">I", TIMES * count) + content[8:header_bytes])
            for _ in range(TIMES):
                stream.write(content[header_bytes:])


def anonymous_megabytes() -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("RssAnon"):
            return int(line.split()[1]) / 1024
    return float("nan")


def opened(path: Path) -> tuple[Splits, float]:
    """The data set, and the megabytes that it takes."""
    before = anonymous_megabytes()
    splits = open_dataset(path)
    return splits, anonymous_megabytes() - before


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=10)
    epochs = parser.parse_args().epochs
    with tempfile.TemporaryDirectory() as folder:
        write_large(Path(folder))
        small, small_megabytes = opened(bundled("data/mnist"))
        large, large_megabytes = opened(Path(folder))
    config = dataclasses.replace(PRESETS["article"], epochs=epochs)
    runs = [train(config, small), train(config, large)]
    seconds: list[list[float]] = [[], []]
    for _ in range(epochs):
        for run, times in zip(runs, seconds, strict=True):
            began = time.perf_counter()
            next(event for event in run if isinstance(event, EpochDone))
            times.append(time.perf_counter() - began)
    ratios = [many / few for few, many in zip(*seconds, strict=True)][1:]
    few, many = (statistics.median(times) for times in seconds)
    print(f"seconds an epoch: {few:.2f} and {many:.2f}")
    print(f"time against time: {spread(ratios)}")
    print(f"memory of the data: {small_megabytes:.0f} MB and {large_megabytes:.0f} MB")
    print(f"memory against memory: {large_megabytes / small_megabytes:.2f}")


if __name__ == "__main__":
    main()
