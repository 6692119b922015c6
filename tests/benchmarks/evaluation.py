"""How long an evaluation of MNIST's 10,000 test pictures takes, and how late the window is then.

    python tests/benchmarks/evaluation.py [--rounds N]

With the model that comes with the program, in its window: from the press of the button until all
figures of a page are there and painted, against a bare pass of the same pictures through the same
network in one piece. A precise timer of 5 ms runs in the window's thread; how much later than that
it comes is its lateness. Then the same for the try with disturbed pictures.
"""

from __future__ import annotations

import argparse
import time

import torch
from common import Stopwatch, opened_window, run_until, spread
from PySide6.QtWidgets import QApplication, QPushButton, QTabWidget
from window_lag import Metronome, report

from mnist_desktop.learning.models.network import MLP, to_input

WARM_UP = 20
"""Ticks of the timer before anything that is measured begins."""


def bare_seconds(network: MLP, pictures) -> float:
    """Of one pass, with one thread, as the window's work has."""
    with torch.inference_mode():
        watch = Stopwatch()
        torch.softmax(network(to_input(torch.from_numpy(pictures))), dim=1).max(dim=1)
        return watch()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    _application, session, window = opened_window()
    window.findChild(QTabWidget, "tabs").setCurrentIndex(2)
    pages = window.findChild(QTabWidget, "evaluatePages")
    button = window.findChild(QPushButton, "evaluateButton")
    recognizer = session.shelf.current.recognizer
    pictures = session.splits.test.pictures

    def begin(metronome: Metronome) -> int:
        """Let the timer find its pace again; where in its notes that is."""
        first = len(metronome.late)
        run_until(lambda: len(metronome.late) > first + WARM_UP)
        return len(metronome.late)

    def evaluate() -> tuple[float, float]:
        """Seconds, and those that the process had a core for."""
        before = session.evaluator.results
        watch, used = Stopwatch(), time.process_time()
        button.click()
        run_until(lambda: session.evaluator.results is not before, poll_milliseconds=2)
        QApplication.processEvents()
        return watch(), time.process_time() - used

    evaluate()  # the page is built
    late: list[float] = []
    metronome = Metronome()
    for index in range(pages.count()):
        pages.setCurrentIndex(index)
        seconds, ratios, busy = [], [], []
        for _ in range(rounds):
            bare = bare_seconds(recognizer.network, pictures)
            first = begin(metronome)
            took, used = evaluate()
            seconds.append(took)
            ratios.append(took / bare)
            busy.append(used)
            late += metronome.late[first:]
        name = pages.tabText(index)
        print(f"{name}: seconds: {spread(seconds)}")
        print(f"{name}: seconds of a core, painting included: {spread(busy)}")
        print(f"{name}: against a bare pass: {spread(ratios)}")
    report("lateness while evaluating", late)

    first = begin(metronome)
    watch = Stopwatch()
    session.evaluator.try_robustness()
    run_until(lambda: bool(session.evaluator.robustness), poll_milliseconds=5)
    curves = session.evaluator.robustness[0]
    count = sum(len(curve.accuracies) for curve in curves)
    print(f"disturbed pictures: {count} strengths in {watch():.1f} s")
    report("lateness meanwhile", metronome.late[first:])
    for curve in curves:
        accuracies = " ".join(f"{100 * one:.1f}" for one in curve.accuracies)
        strengths = " ".join(f"{one:g}" for one in curve.disturbance.strengths)
        print(f"{curve.disturbance.title} {strengths}: {accuracies} %")
    session.shut_down()
    QApplication.quit()


if __name__ == "__main__":
    main()
