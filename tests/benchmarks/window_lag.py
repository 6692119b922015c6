"""How late the window is while a network trains, and how long from pen to answer.

    python tests/benchmarks/window_lag.py [--epochs N]

A precise timer of 5 ms runs in the window's thread; how much later than that it comes is its
lateness. Pen to answer is from a mouse event handed to the canvas until the answer's label and
bars are set, painting included. Who scribbles draws one zigzag beside and below the other: what
takes longest to read.
"""

from __future__ import annotations

import argparse
import itertools
import math
import time
from collections.abc import Callable
from dataclasses import replace

from common import opened_window, percentile, run_until
from PySide6.QtCore import QObject, QPointF, Qt, QTimer, Slot
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QSpinBox, QTabWidget, QWidget

from mnist_desktop.ink.real import real_digits
from mnist_desktop.learning.models.templates import Templates
from mnist_desktop.learning.read.recognizer import Recognizer
from mnist_desktop.ui.session.shelf import Entry

TICK_MILLISECONDS = 5


class Metronome(QObject):
    """Notes by how many milliseconds each tick is late."""

    def __init__(self) -> None:
        super().__init__()
        self.late: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(self, interval=TICK_MILLISECONDS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    @Slot()
    def _tick(self) -> None:
        now = time.perf_counter()
        self.late.append(max(0.0, 1000 * (now - self._last) - TICK_MILLISECONDS))
        self._last = now


Place = Callable[[int, int], tuple[float, float]]
"""Of the point of a stroke, in parts of the canvas's side; the first is the stroke's number."""


def eight(_stroke: int, point: int) -> tuple[float, float]:
    angle = point / 78 * 2 * math.pi
    return 0.5 + 0.15 * math.sin(2 * angle), 0.5 + 0.3 * math.cos(angle)


def zigzag(stroke: int, point: int) -> tuple[float, float]:
    row, column = divmod(stroke, 3)
    return (
        0.05 + 0.3 * (column + point / 78),
        0.1 + 0.1 * (row + 0.45 * (1 + math.sin(point))),
    )


class Pen(QObject):
    """Draws strokes of 79 points, and notes the milliseconds from each point to its answer."""

    def __init__(self, session, canvas: QWidget, place: Place, strokes: int = 1) -> None:
        """One that clears the canvas after so many strokes."""
        super().__init__()
        self.milliseconds: list[float] = []
        self.drawings = 0
        self._canvas = canvas
        self._place = place
        self._strokes = strokes
        self._steps = itertools.count()
        self._moved = 0.0
        session.reader.changed.connect(self._on_reading)
        self._timer = QTimer(self, interval=12)
        self._timer.timeout.connect(self._move)
        self._timer.start()

    @Slot()
    def _move(self) -> None:
        stroke, step = divmod(next(self._steps), 80)
        x, y = self._place(stroke % self._strokes, step)
        place = (QPointF(x, y) * self._canvas.width()).toPoint()
        if step == 79:
            QTest.mouseRelease(self._canvas, Qt.MouseButton.LeftButton, pos=place)
            if stroke % self._strokes == self._strokes - 1:
                self._canvas.window().findChild(QPushButton, "clearButton").click()
                self.drawings += 1
            self._moved = 0.0
            return
        self._moved = time.perf_counter()
        if step == 0:
            QTest.mousePress(self._canvas, Qt.MouseButton.LeftButton, pos=place)
        else:
            QTest.mouseMove(self._canvas, place)

    @Slot()
    def _on_reading(self) -> None:
        if self._moved:
            self.milliseconds.append(1000 * (time.perf_counter() - self._moved))
            self._moved = 0.0


def report(name: str, values: list[float]) -> None:
    print(
        f"{name:34} p50 {percentile(values, 0.5):5.2f}  p99 {percentile(values, 0.99):5.2f}  "
        f"worst {max(values):5.2f} ms  ({len(values)})"
    )


def scribble(name: str, session, canvas: QWidget) -> None:
    scribbler, metronome = Pen(session, canvas, zigzag, strokes=18), Metronome()
    run_until(lambda: scribbler.drawings == 2)
    scribbler.deleteLater()
    metronome.deleteLater()
    report(name, metronome.late[20:])


def taught(session) -> Entry:
    """The model that reads, with as many templates of its writer as there may be; it reads now."""
    digits = [(one.drawing, int(one.digits)) for one in real_digits() if one.digits]
    model = session.shelf.current.recognizer.model
    known = replace(model, templates=Templates().with_drawings(digits))
    entry = Entry("taught", Recognizer(known))
    session.shelf.add(entry)
    session.shelf.read_with(entry)
    return entry


def train(window: QWidget, session, epochs: int) -> None:
    window.findChild(QSpinBox, "epochsSpin").setValue(epochs)
    window.findChild(QPushButton, "startButton").click()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=20)
    epochs = parser.parse_args().epochs
    _application, session, window = opened_window()
    tabs = window.findChild(QTabWidget, "tabs")
    canvas = window.findChild(QWidget, "drawingCanvas")

    def finished() -> bool:
        return session.training.done is not None and not session.training.is_active

    pen = Pen(session, canvas, eight)
    run_until(lambda: len(pen.milliseconds) > 800)
    pen.deleteLater()
    report("pen to answer, nothing trains", pen.milliseconds[20:])

    scribble("lateness, scribbling", session, canvas)
    entry = taught(session)
    pen = Pen(session, canvas, eight)
    run_until(lambda: len(pen.milliseconds) > 800)
    pen.deleteLater()
    report("pen to answer, taught", pen.milliseconds[20:])
    scribble("lateness, scribbling, taught", session, canvas)
    session.shelf.remove(entry)

    train(window, session, epochs)
    pen = Pen(session, canvas, eight)
    metronome = Metronome()
    run_until(finished)
    pen.deleteLater()
    session.sketch.clear()
    report("pen to answer, while training", pen.milliseconds[80:])
    report("lateness, drawing while training", metronome.late[200:])
    metronome.deleteLater()

    tabs.setCurrentIndex(1)
    train(window, session, epochs)
    metronome = Metronome()
    run_until(finished)
    report("lateness, curves while training", metronome.late[200:])
    session.shut_down()
    QApplication.quit()


if __name__ == "__main__":
    main()
