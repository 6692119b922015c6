"""How soon the Models tab is there with 1,000 runs, and whether the window ever waits for it.

    python tests/benchmarks/many_runs.py [--rounds N]

1,000 runs of 50 epochs, each with other settings and another name, lie in a library of their own.
The tab is opened in a window as the program opens it. Times are from a wish to the moment when all
of what it brings is painted; lateness is by how much a precise timer of 5 ms comes too late while
that goes on.
"""

from __future__ import annotations

import argparse
import dataclasses
import math
import os
import random
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from common import Stopwatch, percentile, spread
from PySide6.QtCore import (
    QEvent,
    QEventLoop,
    QItemSelection,
    QItemSelectionModel,
    QObject,
    Qt,
    QTimer,
    Slot,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from window_lag import Metronome

import pyqtgraph  # noqa: F401  isort: skip - after PySide6, which it takes

from mnist_desktop.learning.records import EpochRecord
from mnist_desktop.learning.settings.config import PRESETS, NetworkConfig, TrainingConfig
from mnist_desktop.library import rows
from mnist_desktop.library.database import Library
from mnist_desktop.library.run_record import RunRecord
from mnist_desktop.ui.look.appearance import dress
from mnist_desktop.ui.models.tab import ModelsTab
from mnist_desktop.ui.models.table import RunsTable
from mnist_desktop.ui.session.session import Session
from mnist_desktop.ui.shell.garbage import GarbageCollector

RUNS, EPOCHS, OVERLAID = 1000, 50, 20
TYPED = ("sg", "d na", " 256", " 128")
"""Each leaves fewer rows than the one before."""
PATIENCE_SECONDS = 20.0


def some_config(chance: random.Random) -> TrainingConfig:
    hidden = tuple(chance.choice((64, 128, 256, 512)) for _ in range(chance.randint(0, 3)))
    return dataclasses.replace(
        PRESETS["article"],
        network=NetworkConfig(hidden, activation=chance.choice(("relu", "tanh", "gelu"))),
        optimizer=chance.choice(("adam", "adamw", "sgd")),
        learning_rate=10 ** chance.uniform(-4, -1),
        batch_size=chance.choice((32, 64, 128, 256)),
        epochs=EPOCHS,
        seed=chance.randrange(2**31),
    )


def fill(library: Library) -> None:
    chance = random.Random(7)
    with library.write() as connection:
        for number in range(1, RUNS + 1):
            config = some_config(chance)
            best, pace = chance.uniform(0.9, 0.99), chance.uniform(2, 12)
            records = []
            for epoch in range(1, EPOCHS + 1):
                accuracy = best - 0.2 * math.exp(-epoch / pace) + chance.gauss(0, 0.001)
                loss = 1.2 * math.exp(-epoch / pace) + chance.uniform(0.05, 0.06)
                records.append(
                    EpochRecord(epoch, loss, accuracy, loss + 0.02, accuracy, 0.6, epoch == 50)
                )
            name = f"run {number} with {config.optimizer}, {chance.choice(('wide', 'narrow'))}"
            run = RunRecord(name, config, "MNIST", "a" * 64, "b" * 64, outcome="completed")
            run.epochs = records
            rows.insert(connection, run)


class Painted(QObject):
    """Notes when a widget has last been painted, and all others of the same frame with it."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.count = 0
        self._after = QTimer(self, interval=0, singleShot=True)
        self._after.timeout.connect(self._on_after)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint:
            self._after.start()
        return False

    @Slot()
    def _on_after(self) -> None:
        self.count += 1


def wait_for(done: Callable[[], bool]) -> float:
    """Run the event loop until something is so; the moment at which it was."""
    loop, moments = QEventLoop(), []
    began = time.perf_counter()

    def look() -> None:
        now = time.perf_counter()
        if done() or now - began > PATIENCE_SECONDS:
            moments.append(now)
            loop.quit()

    timer = QTimer(interval=1, timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(look)
    timer.start()
    loop.exec()
    if not done():
        raise TimeoutError
    return moments[0]


class Round:
    """One opening of the tab, and what a person then does in it."""

    def __init__(self, figures: dict[str, list[float]], lateness: dict[str, list[float]]) -> None:
        self.figures = figures
        self.lateness = lateness
        self.session = Session()
        self.window = QWidget()
        self.window.resize(1180, 680)
        self.window.show()
        self.tab: ModelsTab | None = None
        self.rows: Painted | None = None
        self.curves: Painted | None = None
        QTest.qWait(100)

    @property
    def table(self) -> RunsTable:
        return self.tab.findChild(RunsTable)

    @property
    def names(self) -> list[str]:
        """Those in the legend of the curves that are drawn."""
        legend = self.tab.findChild(QWidget, "runsCurveLegend")
        return [entry.name for entry in legend.entries]

    def measure(self, name: str, wish: Callable[[], object], done: Callable[[], bool]) -> None:
        metronome = Metronome()
        wait_for(lambda: len(metronome.late) > 3)
        metronome.late.clear()
        began = time.perf_counter()
        wish()
        ended = wait_for(done)
        self.figures.setdefault(name, []).append(1000 * (ended - began))
        settled = len(metronome.late) + 10
        wait_for(lambda: len(metronome.late) > settled)  # what it has put off is its own, too
        self.lateness.setdefault(name, []).append(max(metronome.late))
        metronome.deleteLater()

    def measure_rows(self, name: str, wish: Callable[[], object]) -> None:
        """The same of what is done when the table is painted."""
        before = self.rows.count
        self.measure(name, wish, lambda: self.rows.count > before)

    def build(self) -> None:
        watch = Stopwatch()
        self.tab = ModelsTab(self.session, self.window)
        self.tab.resize(self.window.size())
        self.figures.setdefault("made, which is a part of that", []).append(1000 * watch())
        self.tab.show()
        self.rows = Painted(self.table.viewport())

    def is_open(self) -> bool:
        """The list and the curves of the newest run are there and painted."""
        plot = self.tab.findChild(QWidget, "runsCurvePlot")
        if plot is None:
            return False
        if self.curves is None:
            self.curves = Painted(plot.viewport())
        is_listed = self.table.model().rowCount() == RUNS and self.rows.count > 0
        return is_listed and len(self.names) == 1 and self.curves.count > 0

    def overlay(self, first: int) -> None:
        """Choose so many rows from one on."""
        model, before = self.table.model(), self.curves.count
        last = first + OVERLAID - 1
        rows = QItemSelection(model.index(first, 0), model.index(last, model.columnCount() - 1))
        names = [model.index(row, 0).data() for row in range(first, last + 1)]
        self.measure(
            f"curves of {OVERLAID} runs laid over each other, painted",
            lambda: self.table.selectionModel().select(
                rows, QItemSelectionModel.SelectionFlag.ClearAndSelect
            ),
            lambda: self.names == names and self.curves.count > before,
        )

    def run(self) -> None:
        self.measure("opened, listed, painted", self.build, self.is_open)
        typed = self.tab.findChild(QLineEdit, "runsFilter")
        for keys in TYPED:
            self.measure_rows("a filter typed, painted", partial(QTest.keyClicks, typed, keys))
        assert 0 < self.table.model().rowCount() < RUNS
        self.measure_rows("the filter cleared, painted", typed.clear)
        for first in (0, 300, 600):
            self.overlay(first)
        for column in (0, 3, 6):
            self.measure_rows(
                "sorted by another column, painted",
                partial(self.table.sortByColumn, column, Qt.SortOrder.AscendingOrder),
            )
        self.measure_rows("all runs selected, painted", self.table.selectAll)
        self.session.shut_down()
        self.window.deleteLater()
        self.session.deleteLater()
        QTest.qWait(50)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    figures: dict[str, list[float]] = {}
    lateness: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MNIST_DESKTOP_HOME"] = folder
        fill(Library(Path(folder) / "library.sqlite3"))
        application = QApplication([])
        dress(application, "light")
        garbage_collector = GarbageCollector(application)
        garbage_collector.begin()
        for _ in range(rounds):
            Round(figures, lateness).run()
    for name, values in figures.items():
        late = lateness.get(name)
        worst = f"; window late by {max(late):.0f} ms at the most" if late else ""
        print(f"{name}: {spread(values, ' ms')}, p90 {percentile(values, 0.9):.0f}{worst}")


if __name__ == "__main__":
    main()
