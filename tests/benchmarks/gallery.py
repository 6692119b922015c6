"""The gallery of all 70,000 pictures: its first page, a frame while scrolling, a filter.

    python tests/benchmarks/gallery.py [--size 1600x1000]

Milliseconds of the window's thread, painting included. The bounds are those of the issue: 150 ms,
20 ms in 95 of 100 frames, and 100 ms. While all pictures are read once, to find those that are read
wrongly, and while a map is made, a timer of 5 ms tells how late the window is.
"""

from __future__ import annotations

import argparse
import itertools

from common import Stopwatch, opened_window, percentile, run_until
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QListView, QTabWidget
from window_lag import Metronome

GALLERY, MAP = 1, 3
FRAMES = 300
STEP = 97
"""Pixels from frame to frame."""


def milliseconds(action, *arguments) -> float:
    watch = Stopwatch()
    action(*arguments)
    QApplication.processEvents()
    return 1000 * watch()


def told(name: str, value: float, most: float) -> None:
    print(f"{name}: {value:.1f} ms (at most {most:g}) {'' if value <= most else 'TOO SLOW'}")


def choose(combo: QComboBox, text: str) -> None:
    combo.setCurrentIndex(combo.findText(text))
    combo.activated.emit(combo.currentIndex())


def lateness(session) -> str:
    metronome = Metronome()
    watch = Stopwatch()
    run_until(lambda: not session.jobs.running)
    late = metronome.late[1:] or [0.0]
    return f"{watch():.1f} s, window late p99 {percentile(late, 0.99):.1f} ms"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", default="1180x780")
    width, height = map(int, parser.parse_args().size.split("x"))
    _application, session, window = opened_window()
    window.resize(width, height)
    window.findChild(QTabWidget, "tabs").setCurrentIndex(3)
    pages = window.findChild(QTabWidget, "dataPages")
    run_until(lambda: not session.jobs.running)
    session.gallery.filter = type(session.gallery.filter)(split=None)

    told("first page", milliseconds(pages.setCurrentIndex, GALLERY), 150)
    run_until(lambda: not session.jobs.running)
    grid = window.findChild(QListView, "galleryGrid")
    print(f"{len(session.gallery.numbers):,} pictures")

    bar = grid.verticalScrollBar()
    frames = [milliseconds(bar.setValue, STEP * frame) for frame in range(1, FRAMES)]
    told("frame while scrolling, p95", percentile(frames, 0.95), 20)
    print(f"  p50 {percentile(frames, 0.5):.1f} ms, highest {max(frames):.1f} ms")

    split = window.findChild(QComboBox, "gallerySplitCombo")
    label = window.findChild(QComboBox, "galleryLabelCombo")
    filters = itertools.product(("training", "all", "official test", "all"), "38")
    times = []
    for part, digit in filters:
        times.append(milliseconds(choose, split, part))
        times.append(milliseconds(choose, label, digit))
        times.append(milliseconds(choose, label, "all"))
    told("filter, slowest", max(times), 100)

    wrong = window.findChild(QCheckBox, "galleryWrongCheck")
    wrong.click()
    print(f"all pictures read once: {lateness(session)}")
    print(f"{len(session.gallery.numbers):,} read wrongly")
    wrong.click()
    told("filter “read wrongly”, known", milliseconds(wrong.click), 100)

    pages.setCurrentIndex(MAP)
    print(f"PCA of {session.layer_map.sizes[1]:,} values: {lateness(session)}")
    session.shelf.entries.clear()
    window.close()


if __name__ == "__main__":
    main()
