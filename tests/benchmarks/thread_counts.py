"""What a second thread gains a training, and what it costs beside other busy processes.

    python tests/benchmarks/thread_counts.py [--busy N [N ...]] [--rounds N]

Printed is what a step takes, in milliseconds. Each network is trained in a process for each number
of threads; they take turns, so that whatever else the machine does weighs on all of them alike.
"""

from __future__ import annotations

import argparse
import dataclasses
import itertools
import statistics
import subprocess
import sys
import time

from common import HERE, busy_processes

from mnist_desktop.learning.config import PRESETS, NetworkConfig, TrainingConfig

ARTICLE = dataclasses.replace(PRESETS["article"], epochs=100_000, device="cpu")
ROBUST = dataclasses.replace(
    PRESETS["robust"], epochs=100_000, device="cpu", synthetic_digits=0, scribbles=0
)
CONFIGS: dict[str, TrainingConfig] = {
    "article": ARTICLE,
    "robust": ROBUST,
    **{
        f"{hidden}, {hidden} in batches of {batch_size}": dataclasses.replace(
            ARTICLE, network=NetworkConfig((hidden, hidden)), batch_size=batch_size
        )
        for hidden, batch_size in ((512, 64), (512, 256), (1024, 256), (1024, 1000))
    },
}
THREADS = (1, 2)
SECONDS = 1.0


def be_a_child(name: str, threads: int) -> None:
    """Train for a while for each line of standard input, and say what a step took."""
    import torch

    from mnist_desktop.learning.datasets import bundled_mnist
    from mnist_desktop.learning.events import BatchDone
    from mnist_desktop.learning.training import train

    torch.set_num_threads(threads)
    batches = (
        event for event in train(CONFIGS[name], bundled_mnist()) if isinstance(event, BatchDone)
    )
    for _ in itertools.islice(batches, 5):
        pass
    print("ready", flush=True)
    for _ in sys.stdin:
        began, steps = time.perf_counter(), 0
        while (seconds := time.perf_counter() - began) < SECONDS:
            next(batches)
            steps += 1
        print(1000 * seconds / steps, flush=True)


def milliseconds(name: str, busy: int, rounds: int) -> dict[int, float]:
    """The median step for each number of threads."""
    children = {
        threads: subprocess.Popen(
            [sys.executable, __file__, "--child", name, str(threads)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=HERE,
        )
        for threads in THREADS
    }
    for child in children.values():
        child.stdout.readline()
    found: dict[int, list[float]] = {threads: [] for threads in THREADS}
    with busy_processes(busy):
        for threads, child in [*children.items()] * rounds:
            child.stdin.write("go\n")
            child.stdin.flush()
            found[threads].append(float(child.stdout.readline()))
    for child in children.values():
        child.communicate()
    return {threads: statistics.median(values) for threads, values in found.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--busy", type=int, nargs="+", default=[0, 2])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        name, threads = options.child
        be_a_child(name, int(threads))
        return
    for name, config in CONFIGS.items():
        size = config.network.parameters * config.batch_size
        steps = [milliseconds(name, busy, options.rounds) for busy in options.busy]
        for busy, step in zip(options.busy, steps, strict=True):
            figures = ", ".join(
                f"{threads} thread(s) {step[threads]:.2f} ms" for threads in THREADS
            )
            print(f"{name}, {size / 1e6:.0f} M, beside {busy}: {figures}", flush=True)


if __name__ == "__main__":
    main()
