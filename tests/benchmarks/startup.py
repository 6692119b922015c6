"""Time to the window and to the first answer, against bare imports.

    python tests/benchmarks/startup.py [--rounds N]

Each start is a process of its own, from its first instruction on; they take turns. "window" is
the first time the window has painted itself, "answer" the first time a drawing that is on the
canvas from the start is read.
"""

from __future__ import annotations

import argparse
import statistics
import time

from common import in_a_process, spread

BARE_WINDOW = """
import time
from PySide6 import QtCore, QtGui, QtWidgets
import pyqtgraph
print(time.time())
"""

BARE_ANSWER = """
import time
import torch
from PySide6 import QtCore, QtGui, QtWidgets
import pyqtgraph
print(time.time())
"""

OURS = """
import sys, time
from mnist_desktop.ui import app
import numpy as np
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from mnist_desktop.ink.strokes import Drawing, Stroke
painted, answered = [], []
class Window(app.MainWindow):
    def __init__(self, session):
        super().__init__(session)
        session.sketch.show(Drawing((Stroke(np.array([[0.5, 0.2], [0.5, 0.8]])),)))
        session.reader.changed.connect(self.note_reading)
        self.session = session
    def paintEvent(self, event):
        super().paintEvent(event)
        if not painted:
            painted.append(time.time())
    def note_reading(self):
        if self.session.reading.digits and not answered:
            answered.append(time.time())
            QTimer.singleShot(0, QApplication.quit)
app.MainWindow = Window
app.run([])
print(painted[0], answered[0])
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    rounds = parser.parse_args().rounds
    names = ("bare window", "bare answer", "window", "answer")
    seconds: dict[str, list[float]] = {name: [] for name in names}
    for number in range(rounds + 1):
        starts = []
        for code in (BARE_WINDOW, BARE_ANSWER, OURS):
            began = time.time()
            starts += [float(stamp) - began for stamp in in_a_process(code).split()]
        if number:  # the first round fills the system's caches
            for name, value in zip(names, starts, strict=True):
                seconds[name].append(value)
    for name in names:
        print(f"{name:12} median {statistics.median(seconds[name]):.2f} s")
    for name in ("window", "answer"):
        ratios = [
            ours / bare for ours, bare in zip(seconds[name], seconds[f"bare {name}"], strict=True)
        ]
        print(f"{name} against bare imports: {spread(ratios)}")


if __name__ == "__main__":
    main()
