"""Training speed against the tutorial's own loop, headless and with the window open.

    python tests/benchmarks/training_speed.py [--rounds N] [--epochs N]

Each training runs in a process of its own, since torch's settings belong to processes; the three
take turns, and each round gives its own ratios. "whole run" is all epochs, with what comes once;
"an epoch" is the median of the epochs after the first.
"""

from __future__ import annotations

import argparse
import json
import statistics

from common import in_a_process, spread

TUTORIAL = """
import json, sys
import tutorial
print(json.dumps(tutorial.train(int(sys.argv[1]))))
"""

HEADLESS = """
import dataclasses, json, sys, time
from mnist_desktop.learning.config import PRESETS
from mnist_desktop.learning.datasets import bundled_mnist
from mnist_desktop.learning.events import EpochDone
from mnist_desktop.learning.training import train
config = dataclasses.replace(PRESETS["article"], epochs=int(sys.argv[1]))
splits = bundled_mnist()
seconds = []
began = time.perf_counter()
for event in train(config, splits):
    if isinstance(event, EpochDone):
        seconds.append(time.perf_counter() - began)
        began = time.perf_counter()
print(json.dumps(seconds))
"""

WINDOW = """
import json, sys, time
from common import opened_window, run_until
from PySide6.QtWidgets import QPushButton, QSpinBox, QTabWidget
from mnist_desktop.learning.events import EpochDone
application, session, window = opened_window()
window.resize(1180, 780)
window.findChild(QTabWidget, "tabs").setCurrentIndex(1)
window.findChild(QSpinBox, "epochsSpin").setValue(int(sys.argv[1]))
marks = [time.perf_counter()]
session.training.learned.connect(
    lambda event, _: marks.append(time.perf_counter()) if isinstance(event, EpochDone) else None
)
window.findChild(QPushButton, "startButton").click()
run_until(lambda: session.training.done is not None and not session.training.is_active)
session.shut_down()
print(json.dumps([after - before for before, after in zip(marks, marks[1:])]))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--epochs", type=int, default=10)
    options = parser.parse_args()
    kinds = {"tutorial": TUTORIAL, "headless": HEADLESS, "window": WINDOW}
    runs: dict[str, list[list[float]]] = {kind: [] for kind in kinds}
    for _ in range(options.rounds):
        for kind, code in kinds.items():
            runs[kind].append(json.loads(in_a_process(code, str(options.epochs))))
    for kind, epochs in runs.items():
        print(f"{kind:9} {statistics.median(map(sum, epochs)):6.2f} s for the whole run")
    for kind in ("headless", "window"):
        whole, each = [], []
        for theirs, ours in zip(runs["tutorial"], runs[kind], strict=True):
            whole.append(sum(theirs) / sum(ours))
            each.append(statistics.median(theirs[1:]) / statistics.median(ours[1:]))
        print(f"{kind:9} times as fast, whole run: {spread(whole)}")
        print(f"{kind:9} times as fast, an epoch:  {spread(each)}")


if __name__ == "__main__":
    main()
