"""The article's training on CUDA and MPS, where they are, against the same on the CPU.

    python tests/benchmarks/device_curves.py [--epochs N] [--limit N]

The same seed draws the same first weights and the same order of pictures on every device, so the
curves differ only by how each rounds, which grows from step to step. Printed is by how much the
epochs' figures differ at the most. Fails if that is more than chance explains.
"""

from __future__ import annotations

import argparse
import dataclasses
import sys

import torch

from mnist_desktop.learning.data.datasets import bundled_mnist
from mnist_desktop.learning.data.splits import Splits
from mnist_desktop.learning.records import EpochRecord
from mnist_desktop.learning.settings.config import PRESETS, TrainingConfig
from mnist_desktop.learning.settings.training_settings import Device
from mnist_desktop.learning.train.events import EpochDone
from mnist_desktop.learning.train.training import train

LOSS, ACCURACY = 0.02, 0.005
"""What two epochs of the same run may differ by: two seeds differ by more."""


def curve(config: TrainingConfig, splits: Splits, device: Device) -> list[EpochRecord]:
    run = train(dataclasses.replace(config, device=device), splits)
    return [event.record for event in run if isinstance(event, EpochDone)]


def largest(one: list[EpochRecord], other: list[EpochRecord], *names: str) -> float:
    pairs = [
        (getattr(a, name), getattr(b, name))
        for a, b in zip(one, other, strict=True)
        for name in names
    ]
    return max(abs(a - b) for a, b in pairs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--limit", type=int)
    options = parser.parse_args()
    config = dataclasses.replace(PRESETS["article"], epochs=options.epochs, limit=options.limit)
    there: dict[Device, bool] = {
        "cuda": torch.cuda.is_available(),
        "mps": torch.backends.mps.is_available(),
    }
    devices = [device for device, is_there in there.items() if is_there]
    if not devices:
        print("There is neither CUDA nor MPS on this machine: nothing was compared.")
        return
    splits = bundled_mnist()
    on_cpu, wrong = curve(config, splits, "cpu"), False
    for device in devices:
        here = curve(config, splits, device)
        if len(here) != len(on_cpu):
            sys.exit(f"{device}: {len(here)} epochs instead of {len(on_cpu)}")
        loss = largest(on_cpu, here, "train_loss", "test_loss")
        accuracy = largest(on_cpu, here, "train_accuracy", "test_accuracy")
        wrong |= loss > LOSS or accuracy > ACCURACY
        times = [sum(record.seconds for record in run) for run in (here, on_cpu)]
        print(
            f"{device}: losses differ by {loss:.5f}, accuracies by {100 * accuracy:.3f} % at the "
            f"most over {len(here)} epochs; {times[0]:.1f} s against {times[1]:.1f} s on the CPU"
        )
    sys.exit(wrong)


if __name__ == "__main__":
    main()
