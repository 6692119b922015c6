"""Training speed against the tutorial's own loop, headless and with the window open.

    python tests/benchmarks/training_speed.py [--epochs N] [--rounds N]

Three processes train at the same time, but take turns after each epoch, so that whatever else the
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
from collections.abc import Generator

from common import HERE, opened_window, run_until, spread

KINDS = ("tutorial", "headless", "window")


def tutorial_epochs(_epochs: int) -> Generator[None]:
    """The tutorial's loop."""
    import tutorial

    yield from tutorial.epochs()


def headless_epochs(epochs: int) -> Generator[None]:
    """The program's training without a window."""
    from mnist_desktop.learning.config import PRESETS
    from mnist_desktop.learning.datasets import bundled_mnist
    from mnist_desktop.learning.events import EpochDone
    from mnist_desktop.learning.training import train

    config = dataclasses.replace(PRESETS["article"], epochs=epochs)
    splits = bundled_mnist()
    yield
    for event in train(config, splits):
        if isinstance(event, EpochDone):
            yield


def window_epochs(epochs: int) -> Generator[None]:
    """The same in the window, its curves in sight."""
    from PySide6.QtWidgets import QPushButton, QSpinBox, QTabWidget

    from mnist_desktop.learning.events import EpochDone

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


def one_round(epochs: int) -> dict[str, list[float]]:
    """The seconds of each epoch of each kind."""
    children = {
        kind: subprocess.Popen(
            [sys.executable, __file__, "--child", kind, "--epochs", str(epochs)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=HERE,
        )
        for kind in KINDS
    }
    seconds: dict[str, list[float]] = {kind: [] for kind in KINDS}
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--child", choices=KINDS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        be_a_child(options.child, options.epochs)
        return
    rounds = [one_round(options.epochs) for _ in range(options.rounds)]
    for kind in KINDS:
        whole = statistics.median(sum(seconds[kind]) for seconds in rounds)
        print(f"{kind:9} {whole:6.2f} s for {options.epochs} epochs")
    for kind in KINDS[1:]:
        whole = [sum(seconds["tutorial"]) / sum(seconds[kind]) for seconds in rounds]
        each = [
            theirs / ours
            for seconds in rounds
            for theirs, ours in zip(seconds["tutorial"][1:], seconds[kind][1:], strict=True)
        ]
        print(f"{kind:9} times as fast, whole run: {spread(whole)}")
        print(f"{kind:9} times as fast, an epoch:  {spread(each)}")


if __name__ == "__main__":
    main()
