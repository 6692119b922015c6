"""Do explanations tell what the network looks at, and how long do they take?

    python tests/benchmarks/explaining.py [--digits N] [--steps N] [--no-window]

Of MNIST's test digits, each against the second best. "The surest tenth" are the tenth of the ink's
pixels that contribute most; they, or a random tenth, are taken away at once. The map of an
untrained network is compared by Spearman's rank correlation within the ink, signs included.
"""

from __future__ import annotations

import argparse
import time

import numpy as np
from common import opened_window, percentile, run_until, spread

SHARE = 0.1
TIMED = 100
"""Digits of which the rest is measured."""


def report_truth(network, pictures, probabilities_of, steps: int) -> None:
    """Whether the parts add up, whether they matter, and whether they are of what was learned."""
    from mnist_desktop.learning.explain.explaining import contributions, rank_correlation, untrained

    random, other = np.random.default_rng(0), untrained(network)
    ranked = probabilities_of(pictures).argsort(axis=1)
    off, likeness, milliseconds = [], [], []
    surest, others = pictures.copy(), pictures.copy()
    for number, picture in enumerate(pictures):
        pair = int(ranked[number, -1]), int(ranked[number, -2])
        began = time.thread_time()
        parts = contributions(network, picture, *pair, steps)
        milliseconds.append(1000 * (time.thread_time() - began))
        off.append(abs(parts.total + parts.empty - parts.difference) / abs(parts.difference))
        same = contributions(other, picture, *pair, steps)
        likeness.append(rank_correlation(parts.values, same.values, picture))
        ink = np.flatnonzero(picture)
        count = round(SHARE * len(ink))
        first = ink[np.argsort(-parts.values.ravel()[ink], kind="stable")[:count]]
        surest[number].reshape(-1)[first] = 0
        others[number].reshape(-1)[random.permutation(ink)[:count]] = 0
    print(f"{len(pictures):,} test digits, {network.config}, {steps} steps")
    print(f"contributions and difference differ by {100 * max(off):.4f} % at the most")
    for name, changed in (("surest", surest), ("random", others)):
        turned = probabilities_of(changed).argmax(axis=1) != ranked[:, -1]
        print(f"the {name} tenth of the ink taken away: {100 * turned.mean():.1f} % turn")
    print(
        f"rank correlation with an untrained network's map: mean {np.mean(likeness):.3f}, "
        f"of the sizes {np.mean(np.abs(likeness)):.3f}"
    )
    print(f"contributions: {spread(milliseconds, ' ms')}")


def report_times(network, pictures, rivals, train) -> None:
    """Of what is worked out beside the map, in processor time."""
    from mnist_desktop.learning.explain.explaining import missing_ink
    from mnist_desktop.learning.explain.neighbours import NeighbourIndex
    from mnist_desktop.learning.explain.smallest_change import smallest_change

    def timed(work) -> tuple[list[object], list[float]]:
        results, milliseconds = [], []
        for picture, rival in zip(pictures, rivals, strict=True):
            began = time.thread_time()
            results.append(work(picture, int(rival)))
            milliseconds.append(1000 * (time.thread_time() - began))
        return results, milliseconds

    changes, milliseconds = timed(lambda picture, rival: smallest_change(network, picture, rival))
    amounts = [100 * change.amount for change in changes if change is not None]
    print(f"smallest change: {spread(milliseconds, ' ms')}; {changes.count(None)} not found")
    print(f"ink that it changes: {spread(amounts, ' %')}")
    _, milliseconds = timed(lambda picture, rival: missing_ink(network, picture, 0, rival))
    print(f"missing ink: {spread(milliseconds, ' ms')}")
    began = time.thread_time()
    index = NeighbourIndex(network, train)
    print(f"index of {len(train):,} training pictures: {time.thread_time() - began:.1f} s")
    _, milliseconds = timed(lambda picture, _rival: index.nearest(picture, 6))
    print(f"the most alike of them: {spread(milliseconds, ' ms')}")


def watch_window() -> None:
    """Draw in the window, with and without what explains."""
    from PySide6.QtWidgets import QWidget
    from window_lag import Metronome, Pen

    _application, session, window = opened_window()
    canvas = window.findChild(QWidget, "drawingCanvas")
    for name in ("nothing more", "why this digit", "the network", "nothing more again"):
        session.preferences.set("explain", name == "why this digit")
        if name == "the network":
            session.lab.open()
        elif network := window.findChild(QWidget, "networkWindow"):
            network.close()
        pen = Pen(session, canvas)
        run_until(lambda pen=pen: len(pen.milliseconds) > 50)
        pen.deleteLater()
        session.sketch.finish_stroke()
        if name == "why this digit":
            run_until(lambda: session.explanation.neighbours is not None)
        run_until(lambda: not session.jobs.running)
        pen = Pen(session, canvas)
        metronome, began = Metronome(), time.thread_time()
        run_until(lambda pen=pen: len(pen.milliseconds) > 800)
        used = 1000 * (time.thread_time() - began) / len(pen.milliseconds)
        pen.deleteLater()
        metronome.deleteLater()
        session.sketch.clear()
        print(f"{name}: {used:.2f} ms of processor time for each point")
        for what, values in (("pen to answer", pen.milliseconds), ("lateness", metronome.late)):
            print(
                f"  {what}: p50 {percentile(values, 0.5):.2f}, p99 {percentile(values, 0.99):.2f}, "
                f"worst {max(values):.2f} ms ({len(values)})"
            )
    session.shut_down()


def main() -> None:
    import torch

    from mnist_desktop.learning.data.datasets import bundled_mnist
    from mnist_desktop.learning.explain.explaining import STEPS
    from mnist_desktop.learning.models.model_file import open_model
    from mnist_desktop.learning.read.recognizer import Recognizer
    from mnist_desktop.paths import DEFAULT_MODEL

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--digits", type=int, default=1000)
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--no-window", action="store_true")
    chosen = parser.parse_args()
    torch.set_num_threads(1)
    recognizer, splits = Recognizer(open_model(DEFAULT_MODEL)), bundled_mnist()
    pictures, network = splits.test.pictures[: chosen.digits], recognizer.network
    report_truth(network, pictures, recognizer.probabilities, chosen.steps)
    rivals = recognizer.probabilities(pictures[:TIMED]).argsort(axis=1)[:, -2]
    report_times(network, pictures[:TIMED], rivals, splits.train)
    if not chosen.no_window:
        watch_window()


if __name__ == "__main__":
    main()
