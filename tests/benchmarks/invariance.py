"""The same drawing moved, scaled, and drawn with other pens: is the answer the same?

    python tests/benchmarks/invariance.py STROKES.jsonl.gz [--drawings N]

Each drawing is put on the window's canvas as mouse events, which have whole pixels, first large
and in the middle and then in other ways, and what the window answers is compared.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import numpy as np
from common import opened_window
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QSlider, QWidget

from mnist_desktop.ink.strokes import Drawing
from mnist_desktop.ink.strokes_file import read_strokes


def draw(
    window: QWidget, session, drawing: Drawing, scale: float, centre: tuple[float, float]
) -> str:
    """What the window answers to a drawing of this size, a part of the canvas, at this place."""
    canvas = window.findChild(QWidget, "drawingCanvas")
    application = canvas.window().windowHandle()
    del application
    session.sketch.clear()
    points = [stroke.points for stroke in drawing.fitted(margin=0.0).strokes]
    side = canvas.width()
    for line in points:
        places = np.rint(((line - 0.5) * scale + centre) * side).astype(int)
        pixels = [QPoint(int(x), int(y)) for x, y in places]
        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=pixels[0])
        for pixel in pixels[1:]:
            QTest.mouseMove(canvas, pixel)
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=pixels[-1])
    QTest.qWait(0)
    return window.findChild(QLabel, "answerLabel").text()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("strokes", type=Path)
    parser.add_argument("--drawings", type=int, default=300)
    options = parser.parse_args()
    _application, session, window = opened_window()
    pen = window.findChild(QSlider, "penWidthSlider")
    chooser = random.Random(0)
    drawings = chooser.sample(read_strokes(options.strokes), options.drawings)
    same = {"moved": 0, "scaled 0.2 to 1": 0, "pen 4 to 40": 0, "all at once": 0}
    for labelled in drawings:
        pen.setValue(18)
        expected = draw(window, session, labelled.drawing, 0.7, (0.5, 0.5))
        place = (chooser.uniform(0.35, 0.65), chooser.uniform(0.35, 0.65))
        small = chooser.uniform(0.2, 1.0)
        answers = {
            "moved": draw(window, session, labelled.drawing, 0.7, place),
            "scaled 0.2 to 1": draw(window, session, labelled.drawing, small, (0.5, 0.5)),
        }
        pen.setValue(chooser.randint(4, 40))
        answers["pen 4 to 40"] = draw(window, session, labelled.drawing, 0.7, (0.5, 0.5))
        room = 0.5 - small / 2
        place = (0.5 + chooser.uniform(-room, room), 0.5 + chooser.uniform(-room, room))
        answers["all at once"] = draw(window, session, labelled.drawing, small, place)
        for way, answer in answers.items():
            same[way] += answer == expected
    for way, count in same.items():
        print(f"{way:16} same answer for {count / len(drawings):.1%} of {len(drawings)}")
    session.shut_down()


if __name__ == "__main__":
    main()
