"""Render the real window, in every size and theme, into pictures beside this file.

    python resources/screenshots/render.py [--only NAME] [--to FOLDER]

The window is the program's own, loaded, drawn in and trained as a person would, offscreen unless
QT_QPA_PLATFORM says otherwise.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
import pyqtgraph  # noqa: F401 - before the Train tab wants it, as in the program
from PySide6.QtCore import QElapsedTimer, QEventLoop, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QMessageBox,
    QPushButton,
    QSlider,
    QSpinBox,
    QTabBar,
    QTableView,
    QTabWidget,
    QWidget,
)

from mnist_desktop.ink.strokes import Drawing, Stroke
from mnist_desktop.ink.synthetic.styles import STYLES, write_style
from mnist_desktop.learning.reading import DEFAULT_STRICTNESS
from mnist_desktop.ui.look.theme import Wardrobe, dress
from mnist_desktop.ui.main_window import MainWindow
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.session.training import State
from mnist_desktop.ui.shell.garbage import GarbageCollector

SIZES = {"small": (1024, 700), "large": (1600, 1000)}
SCHEMES = {"light": "light", "dark": "dark"}
DRAW, TRAIN, EVALUATE, DATA, MODELS = range(5)
CURVES, INSIDE, STEPS = range(3)


class Photographer:
    """The window, and what a person does with it."""

    def __init__(self, folder: Path, only: str | None) -> None:
        self.application = QApplication([])
        Wardrobe(self.application)
        self.session = Session()
        self.session.opening.loaded.connect(GarbageCollector(self.application).begin)
        self.window = MainWindow(self.session)
        self.folder = folder
        self.only = only
        self.window.show()
        self.session.opening.load()
        self.wait_until(lambda: self.session.splits is not None and not self.session.jobs.running)

    def take(self, name: str) -> None:
        """The window as it is now, in every size and theme."""
        if self.only is not None and self.only not in name:
            return
        for size, extent in SIZES.items():
            self.window.resize(*extent)
            for scheme, value in SCHEMES.items():
                dress(self.application, value)
                self.wait(400)
                path = self.folder / f"{name}-{size}-{scheme}.png"
                self.window.grab().save(str(path))
                print(path.name)

    def wait(self, milliseconds: int) -> None:
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def wait_until(self, done: Callable[[], bool], seconds: int = 120) -> None:
        clock = QElapsedTimer()
        clock.start()
        while not done():
            if clock.elapsed() > 1000 * seconds:
                raise TimeoutError
            self.wait(10)

    def show_tab(self, index: int) -> None:
        self.window.findChild(QTabWidget, "tabs").setCurrentIndex(index)
        self.wait(50)

    def press(self, name: str) -> None:
        self.window.findChild(QPushButton, f"{name}Button").click()

    def draw(self, drawing: Drawing) -> None:
        """With the mouse, from a drawing in parts of the canvas's side."""
        canvas = self.window.findChild(QWidget, "drawingCanvas")
        side = canvas.width()
        for stroke in drawing.strokes:
            first, *rest = [QPoint(round(x * side), round(y * side)) for x, y in stroke.points]
            QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=first)
            for place in rest:
                QTest.mouseMove(canvas, place)
            QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=rest[-1] if rest else first)
        QTest.mouseMove(self.window, QPoint(2, 2))
        self.wait(50)

    def hover(self, x: float, y: float) -> None:
        """Move the mouse over the canvas."""
        canvas = self.window.findChild(QWidget, "drawingCanvas")
        QTest.mouseMove(canvas, QPoint(round(x * canvas.width()), round(y * canvas.width())))
        self.wait(50)


def three() -> Drawing:
    """Two arcs."""
    angles = np.linspace(-2.6, 1.5, 40)
    upper = np.stack([0.5 + 0.15 * np.cos(angles), 0.34 + 0.15 * np.sin(angles)], axis=1)
    angles = np.linspace(-1.4, 2.5, 40)
    lower = np.stack([0.5 + 0.19 * np.cos(angles), 0.65 + 0.17 * np.sin(angles)], axis=1)
    return Drawing((Stroke(np.concatenate([upper, lower])),))


def number(digits: str, seed: int) -> Drawing:
    """Digits side by side, in styles that the program writes itself, across the canvas."""
    random = np.random.default_rng(seed)
    left, strokes = 0.0, []
    for digit in digits:
        style = next(style for style in STYLES if style.digit == digit)
        (written,) = write_style(style, 1, random)
        points = np.concatenate([stroke.points for stroke in written.drawing.strokes])
        low, high = points.min(axis=0), points.max(axis=0)
        unit = high[1] - low[1]
        lowered = 0.1 * random.random()
        strokes += [
            Stroke((stroke.points - low) / unit + (left, lowered))
            for stroke in written.drawing.strokes
        ]
        left += (high[0] - low[0]) / unit + 0.3
    return Drawing(tuple(strokes)).fitted(0.07)


def star() -> Drawing:
    """What is no digit."""
    points = [[0.5, 0.15], [0.7, 0.8], [0.15, 0.4], [0.85, 0.4], [0.3, 0.8], [0.5, 0.15]]
    steps = np.linspace(0, 5, 150)
    return Drawing(
        (
            Stroke(
                np.stack(
                    [np.interp(steps, range(6), xs) for xs in zip(*points, strict=True)], axis=1
                )
            ),
        )
    )


def take_drawings(photographer: Photographer) -> None:
    """The Draw tab: a digit, numbers, what is declined."""
    sketch, reader = photographer.session.sketch, photographer.session.reader
    photographer.take("draw-empty")
    for name, drawing in (
        ("draw", three()),
        ("draw-number", number("40718", 2)),
        ("draw-long", number("31415926", 3)),
        ("draw-declined", star()),
    ):
        sketch.clear()
        photographer.draw(drawing)
        if name == "draw-number":
            photographer.hover(0.3, 0.5)
        reader.set_strictness(0.9 if name == "draw-declined" else DEFAULT_STRICTNESS)
        photographer.wait(50)
        photographer.take(name)
    reader.set_strictness(DEFAULT_STRICTNESS)
    sketch.clear()


def take_lab(photographer: Photographer) -> None:
    """A run that is steered, looked into and taken step by step; then all runs."""
    window, training = photographer.window, photographer.session.training
    pages = window.findChild(QTabBar, "trainPages")
    slow = window.findChild(QCheckBox, "slowMotionCheck")
    window.findChild(QSpinBox, "epochsSpin").setValue(6)
    photographer.press("start")
    photographer.wait_until(lambda: len(training.history.epochs) >= 2)
    window.findChild(QDoubleSpinBox, "learningRateSpin").setValue(0.0003)
    photographer.wait(100)
    photographer.press("pause")
    photographer.take("train-steering")
    photographer.press("apply")
    pages.setCurrentIndex(INSIDE)
    photographer.press("pause")
    photographer.wait_until(lambda: len(training.history.epochs) >= 5)
    photographer.press("pause")
    photographer.wait(200)
    photographer.take("train-inside")
    slow.click()
    window.findChild(QSlider, "paceSlider").setValue(30)
    photographer.press("oneBatch")
    photographer.wait(7000)
    photographer.press("pause")
    photographer.take("train-steps")
    slow.click()
    pages.setCurrentIndex(CURVES)
    photographer.wait_until(lambda: training.state is State.PAUSED)
    photographer.press("pause")
    photographer.wait_until(lambda: not training.is_active)
    photographer.wait(600)
    photographer.take("train-steered")
    photographer.show_tab(DRAW)
    photographer.draw(three())
    photographer.wait(600)
    photographer.take("timeline")
    photographer.session.sketch.clear()
    photographer.show_tab(MODELS)
    photographer.wait(400)
    window.findChild(QTableView, "runsTable").selectAll()
    photographer.wait(600)
    photographer.take("models")


def take_all(photographer: Photographer) -> None:
    """One scene after the other, as a person would come to them."""
    window, session = photographer.window, photographer.session
    take_drawings(photographer)
    if (photographer.only or "").startswith("draw"):
        session.shut_down()
        return

    photographer.show_tab(TRAIN)
    photographer.take("train-empty")
    preset = window.findChild(QComboBox, "presetCombo")
    preset.setCurrentIndex(preset.findData("robust"))
    photographer.take("train-robust")
    preset.setCurrentIndex(preset.findData("article"))
    window.findChild(QSpinBox, "epochsSpin").setValue(10)
    photographer.press("start")
    photographer.wait_until(lambda: len(session.training.history.epochs) >= 6)
    photographer.press("pause")
    photographer.wait(600)
    photographer.take("train-paused")
    photographer.press("pause")
    photographer.wait_until(lambda: not session.training.is_active)
    photographer.wait(600)
    photographer.take("train")
    take_lab(photographer)

    photographer.show_tab(EVALUATE)
    photographer.take("evaluate-empty")
    photographer.press("evaluate")
    photographer.wait_until(lambda: session.evaluation is not None)
    photographer.take("evaluate")

    photographer.show_tab(DATA)
    photographer.take("data")
    window.findChild(QCheckBox, "dataShuffleCheck").setChecked(True)

    photographer.show_tab(DRAW)
    session.opening.open_data(photographer.folder / "no such folder")
    photographer.wait_until(lambda: window.findChild(QMessageBox, "errorDialog") is not None)
    dialog = window.findChild(QMessageBox, "errorDialog")
    photographer.wait(200)
    if photographer.only is None or photographer.only in "error":
        dialog.grab().save(str(photographer.folder / "error.png"))
    dialog.accept()
    session.shut_down()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", metavar="NAME", help="scenes whose name contains this")
    parser.add_argument("--to", type=Path, default=Path(__file__).parent, metavar="FOLDER")
    options = parser.parse_args()
    options.to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        os.environ["MNIST_DESKTOP_HOME"] = home
        take_all(Photographer(options.to, options.only))


if __name__ == "__main__":
    main()
