"""Training speed against the tutorial's own loop, headless and with the window open, and against
nothing but the matrix products that the network needs, on one core.

    python tests/benchmarks/training_speed.py [--epochs N] [--rounds N] [--kinds KIND ...]
    python tests/benchmarks/training_speed.py --busy N    headless, beside N busy processes

Processes train at the same time, but take turns after each epoch, so that whatever else the
machine does weighs on all of them alike. "whole run" is the time of all epochs together, with
what comes only once; "an epoch" is the median over the epochs after the first.
"""

from __future__ import annotations

import argparse
import dataclasses
import itertools
import statistics
import subprocess
import sys
import time
from collections.abc import Generator, Sequence

from common import HERE, busy_processes, opened_window, run_until, spread

KINDS = ("tutorial", "headless", "window", "products")
PAIRS = (("tutorial", "headless"), ("tutorial", "window"), ("headless", "products"))
"""What is to take longer, and what it is measured by."""


def tutorial_epochs(_epochs: int) -> Generator[None]:
    """The tutorial's loop."""
    import tutorial

    yield from tutorial.epochs()


def headless_epochs(epochs: int) -> Generator[None]:
    """The program's training without a window."""
    from mnist_desktop.learning.data.datasets import bundled_mnist
    from mnist_desktop.learning.settings.config import PRESETS
    from mnist_desktop.learning.train.events import EpochDone
    from mnist_desktop.learning.train.training import train

    config = dataclasses.replace(PRESETS["article"], epochs=epochs)
    splits = bundled_mnist()
    yield
    for event in train(config, splits):
        if isinstance(event, EpochDone):
            yield


def window_epochs(epochs: int) -> Generator[None]:
    """The same in the window, its curves in sight."""
    from PySide6.QtWidgets import QPushButton, QSpinBox, QTabWidget

    from mnist_desktop.learning.train.events import EpochDone

    _application, session, window = opened_window()
    window.findChild(QTabWidget, "tabs").setCurrentIndex(1)
    window.findChild(QSpinBox, "epochsSpin").setValue(epochs)
    done: list[int] = []

    def note(event: object, _recognizer: object) -> None:
        if isinstance(event, EpochDone):
            done.append(event.record.epoch)
            session.training.pause()

    session.training.learned.connect(note)
    try:
        yield
        window.findChild(QPushButton, "startButton").click()
        for epoch in range(1, epochs + 1):
            session.training.resume()
            run_until(lambda epoch=epoch: epoch in done, poll_milliseconds=1)
            yield
    finally:
        session.shut_down()


def products_epochs(_epochs: int) -> Generator[None]:
    """The products of an epoch of 782 batches: forward, and backward but for the pictures."""
    import torch

    torch.set_num_threads(1)
    values = [torch.rand(64, width) for width in (784, 128, 256, 10)]
    weights = [torch.rand(into, out) for out, into in itertools.pairwise((784, 128, 256, 10))]
    yield
    while True:
        for _ in range(782):
            for inputs, weight in zip(values, weights, strict=False):
                torch.mm(inputs, weight.t())
            for number, weight in reversed([*enumerate(weights)]):
                torch.mm(values[number + 1].t(), values[number])
                if number:
                    torch.mm(values[number + 1], weight)
        yield


def be_a_child(kind: str, epochs: int) -> None:
    """Train one epoch for each line of standard input, and say how many seconds it took."""
    loop = globals()[f"{kind}_epochs"](epochs)
    next(loop)
    for _ in range(epochs):
        print("ready", flush=True)
        sys.stdin.readline()
        began = time.perf_counter()
        next(loop)
        print(time.perf_counter() - began, flush=True)
    # Nobody may leave while others still train: the end of a process takes a second of work.
    sys.stdin.readline()
    loop.close()


def one_round(epochs: int, kinds: Sequence[str]) -> dict[str, list[float]]:
    """The seconds of each epoch of each kind."""
    children = {
        kind: subprocess.Popen(
            [sys.executable, __file__, "--child", kind, "--epochs", str(epochs)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=HERE,
        )
        for kind in kinds
    }
    seconds: dict[str, list[float]] = {kind: [] for kind in kinds}
    for child in children.values():
        child.stdout.readline()
    for kind, child in itertools.chain(*([*children.items()] for _ in range(epochs))):
        child.stdin.write("go\n")
        child.stdin.flush()
        seconds[kind].append(float(child.stdout.readline()))
        if len(seconds[kind]) < epochs:
            child.stdout.readline()
    for child in children.values():
        child.communicate()
    return seconds


def compare(kinds: Sequence[str], epochs: int, rounds: int) -> None:
    """Print what each kind takes, and how many times as long as ours the others do."""
    results = [one_round(epochs, kinds) for _ in range(rounds)]
    for kind in kinds:
        whole = statistics.median(sum(seconds[kind]) for seconds in results)
        print(f"{kind:9} {whole:6.2f} s for {epochs} epochs")
    for slow, fast in PAIRS:
        if slow not in kinds or fast not in kinds:
            continue
        whole = [sum(seconds[slow]) / sum(seconds[fast]) for seconds in results]
        each = [
            one / other
            for seconds in results
            for one, other in zip(seconds[slow][1:], seconds[fast][1:], strict=True)
        ]
        print(f"{slow} / {fast}, whole run: {spread(whole)}")
        print(f"{slow} / {fast}, an epoch:  {spread(each)}")


def compare_with_busy(busy: int, epochs: int, rounds: int) -> None:
    """Print how many times as long an epoch takes beside busy processes as alone."""
    alone, beside = [], []
    for _ in range(rounds):
        alone.append(statistics.median(one_round(epochs, ["headless"])["headless"][1:]))
        with busy_processes(busy):
            beside.append(statistics.median(one_round(epochs, ["headless"])["headless"][1:]))
    print(f"an epoch alone:           {spread(alone, ' s')}")
    print(f"beside {busy} busy processes: {spread(beside, ' s')}")
    ratios = [one / other for one, other in zip(beside, alone, strict=True)]
    print(f"times as long:            {spread(ratios)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS)
    parser.add_argument("--busy", type=int)
    parser.add_argument("--child", choices=KINDS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        be_a_child(options.child, options.epochs)
    elif options.busy:
        compare_with_busy(options.busy, options.epochs, options.rounds)
    else:
        compare(options.kinds, options.epochs, options.rounds)


if __name__ == "__main__":
    main()
