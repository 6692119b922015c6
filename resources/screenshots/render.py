"""Render the real window, in every size and theme, into pictures beside this file.

    python resources/screenshots/render.py [--only NAME] [--to FOLDER] [--language zh_CN]

The window is the program's own, loaded, drawn in and trained as a person would, offscreen unless
QT_QPA_PLATFORM says otherwise.
"""

from __future__ import annotations

import argparse
import gzip
import os
import tempfile
from collections.abc import Callable
from itertools import islice
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
from mnist_desktop.ink.synthetic.kinds import draw_kind
from mnist_desktop.ink.synthetic.styles import STYLES
from mnist_desktop.learning.read.reading import DEFAULT_STRICTNESS
from mnist_desktop.paths import bundled
from mnist_desktop.ui.look.appearance import dress
from mnist_desktop.ui.look.translation import LANGUAGES, Translation
from mnist_desktop.ui.main_window import MainWindow
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.session.train.training import State
from mnist_desktop.ui.shell.garbage import GarbageCollector
from mnist_desktop.ui.widgets.tabs import DATA, DRAW, EVALUATE, MODELS, TRAIN

SIZES = {"small": (1024, 700), "large": (1600, 1000)}
SCHEMES = {"light": "light", "dark": "dark"}
STILL_MILLISECONDS = 250
"""What has not changed for so long is all there: curves are drawn some ten times a second."""

CURVES, INSIDE, STEPS = range(3)


class Photographer:
    """The window, and what a person does with it."""

    def __init__(self, folder: Path, only: str | None, language: str) -> None:
        self.application = QApplication([])
        self.translation = Translation(self.application)
        self.translation.speak(language)
        self.application.setCursorFlashTime(0)
        dress(self.application, "light")
        self.session = Session()
        self.window = MainWindow(self.session)
        self.window.prepared.connect(GarbageCollector(self.application).begin)
        self.folder = folder
        self.only = only

    def open(self) -> None:
        """The window, with all that it begins with."""
        self.window.show()
        self.session.opening.load()
        self.wait_until(lambda: self.session.splits is not None)
        self.wait_until(lambda: self.window.findChild(QWidget, "runsTable") is not None)
        self.wait_for_work()

    def take(self, name: str) -> None:
        """The window as it is now, in every size and theme."""
        if self.only is not None and self.only not in name:
            return
        for size, extent in SIZES.items():
            self.window.resize(*extent)
            for scheme, value in SCHEMES.items():
                dress(self.application, value)
                self.save(self.window, f"{name}-{size}-{scheme}")

    def save(self, widget: QWidget, name: str) -> None:
        """A widget's picture, once it changes no more."""
        picture = widget.grab().toImage()
        clock = QElapsedTimer()
        clock.start()

        def is_still() -> bool:
            nonlocal picture
            before, picture = picture, widget.grab().toImage()
            if picture != before:
                clock.restart()
            return clock.hasExpired(STILL_MILLISECONDS)

        self.wait_until(is_still)
        picture.save(str(self.folder / f"{name}.png"))
        print(f"{name}.png")

    def wait_until(self, done: Callable[[], bool], seconds: int = 120) -> None:
        """Let the program go on until something has happened."""
        loop = QEventLoop()
        poll = QTimer(interval=20)
        poll.timeout.connect(lambda: loop.quit() if done() else None)
        poll.start()
        QTimer.singleShot(1000 * seconds, loop, lambda: loop.exit(1))
        if loop.exec():
            raise TimeoutError

    def wait_for_work(self) -> None:
        """Let all that goes on in the background come to its end, and be seen."""
        self.wait_until(lambda: not self.session.jobs.running)

    def show_tab(self, index: int) -> None:
        self.window.findChild(QTabWidget, "tabs").setCurrentIndex(index)

    def press(self, name: str) -> None:
        self.window.findChild(QPushButton, f"{name}Button").click()

    def pause(self) -> None:
        """Have the run pause, and wait until it does."""
        self.press("pause")
        self.wait_until(lambda: self.session.training.state is State.PAUSED)

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
        self.wait_until(lambda: not self.session.reader.is_reading)

    def hover(self, x: float, y: float) -> None:
        """Move the mouse over the canvas."""
        canvas = self.window.findChild(QWidget, "drawingCanvas")
        QTest.mouseMove(canvas, QPoint(round(x * canvas.width()), round(y * canvas.width())))


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
        style = next(style for style in STYLES if style.label == digit)
        (written,) = draw_kind(style, 1, random)
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
        photographer.wait_until(lambda: not reader.is_reading)
        photographer.take(name)
    reader.set_strictness(DEFAULT_STRICTNESS)
    sketch.clear()
    photographer.draw(three())
    take_explained(photographer)
    sketch.clear()


def take_explained(photographer: Photographer) -> None:
    """Why a digit is read as it is, and the network laid open."""
    session, window = photographer.session, photographer.window
    session.preferences.set("explain", True)
    photographer.wait_until(lambda: session.explanation.neighbours is not None)
    for view in ("ink", "missing"):
        session.explanation.look_at(view)
        photographer.take(f"draw-why-{view}")
    session.preferences.set("explain", False)
    if photographer.only is not None and photographer.only not in "draw-network":
        return
    session.lab.open()
    session.lab.look_at((0, 100))
    photographer.wait_until(lambda: session.lab.focus.exciting is not None)
    photographer.wait_until(lambda: session.lab.inspection is not None)
    photographer.wait_for_work()
    network = window.findChild(QWidget, "networkWindow")
    pages = window.findChild(QTabWidget, "networkPages")
    for page, name in enumerate(("neurons", "softmax", "inside")):
        pages.setCurrentIndex(page)
        for scheme, value in SCHEMES.items():
            dress(photographer.application, value)
            photographer.save(network, f"draw-network-{name}-{scheme}")
    network.close()


def take_lab(photographer: Photographer) -> None:
    """A run that is steered, looked into and taken step by step; then all runs."""
    window, training = photographer.window, photographer.session.training
    pages = window.findChild(QTabBar, "trainPages")
    slow = window.findChild(QCheckBox, "slowMotionCheck")
    window.findChild(QSpinBox, "epochsSpin").setValue(6)
    photographer.press("start")
    photographer.wait_until(lambda: len(training.history.epochs) >= 2)
    window.findChild(QDoubleSpinBox, "learningRateSpin").setValue(0.0003)
    photographer.pause()
    photographer.take("train-steering")
    photographer.press("apply")
    pages.setCurrentIndex(INSIDE)
    photographer.press("pause")
    photographer.wait_until(lambda: len(training.history.epochs) >= 5)
    photographer.pause()
    photographer.take("train-inside")
    slow.click()
    window.findChild(QSlider, "paceSlider").setValue(30)
    phases: list[str] = []
    training.phase_done.connect(lambda event: phases.append(event.phase))
    photographer.press("oneBatch")
    photographer.wait_until(lambda: "backward" in phases)
    photographer.pause()
    photographer.take("train-steps")
    slow.click()
    pages.setCurrentIndex(CURVES)
    photographer.press("pause")
    photographer.wait_until(lambda: not training.is_active)
    photographer.wait_for_work()
    photographer.take("train-steered")
    photographer.show_tab(DRAW)
    photographer.draw(three())
    photographer.take("timeline")
    photographer.session.sketch.clear()
    photographer.show_tab(MODELS)
    photographer.wait_for_work()
    window.findChild(QTableView, "runsTable").selectAll()
    photographer.wait_for_work()
    photographer.take("models")


def take_pictures(photographer: Photographer) -> None:
    """The list of many pictures, of what people wrote."""
    if photographer.only is not None and photographer.only not in "pictures":
        return
    pictures = photographer.session.pictures
    with gzip.open(bundled("data/unipen") / "digits.jsonl.gz", "rt") as stream:
        drawings = list(islice(stream, 0, 600, 12))
    path = photographer.folder / "written.jsonl"
    path.write_text("".join(drawings))
    pictures.read([path])
    photographer.wait_until(lambda: not pictures.is_busy)
    path.unlink()
    unsure = min(pictures.rows, key=lambda row: row.rank)
    pictures.correct(unsure, unsure.best_text)
    shown = photographer.window.findChild(QWidget, "picturesWindow")
    for scheme, value in SCHEMES.items():
        dress(photographer.application, value)
        photographer.save(shown, f"pictures-{scheme}")
    pictures.close()


def take_all(photographer: Photographer) -> None:
    """One scene after the other, as a person would come to them."""
    window, session = photographer.window, photographer.session
    take_drawings(photographer)
    if (photographer.only or "").startswith("draw"):
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
    photographer.pause()
    photographer.take("train-paused")
    photographer.press("pause")
    photographer.wait_until(lambda: not session.training.is_active)
    photographer.wait_for_work()
    photographer.take("train")
    take_lab(photographer)

    photographer.show_tab(EVALUATE)
    photographer.take("evaluate-empty")
    photographer.press("evaluate")
    photographer.wait_until(lambda: bool(session.evaluator.results))
    photographer.take("evaluate")

    photographer.show_tab(DATA)
    photographer.take("data")
    window.findChild(QCheckBox, "dataShuffleCheck").setChecked(True)

    take_pictures(photographer)
    photographer.show_tab(DRAW)
    session.opening.open_data(photographer.folder / "no such folder")
    photographer.wait_until(lambda: window.findChild(QMessageBox, "errorDialog") is not None)
    dialog = window.findChild(QMessageBox, "errorDialog")
    if photographer.only is None or photographer.only in "error":
        photographer.save(dialog, "error")
    dialog.accept()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", metavar="NAME", help="scenes whose name contains this")
    parser.add_argument("--to", type=Path, default=Path(__file__).parent, metavar="FOLDER")
    parser.add_argument("--language", choices=LANGUAGES, default="en")
    options = parser.parse_args()
    options.to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        os.environ["MNIST_DESKTOP_HOME"] = home
        photographer = Photographer(options.to, options.only, options.language)
        try:
            photographer.open()
            take_all(photographer)
        finally:
            photographer.session.shut_down()


if __name__ == "__main__":
    main()
