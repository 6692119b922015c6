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

from mnist_desktop.learning.config import PRESETS, NetworkConfig, TrainingConfig
from mnist_desktop.library import writing
from mnist_desktop.library.database import Library
from mnist_desktop.ui.models.tab import ModelsTab
from mnist_desktop.ui.models.table import RunsTable
from mnist_desktop.ui.session import Session
from mnist_desktop.ui.theme import follow_system

RUNS, EPOCHS, OVERLAID = 1000, 50, 20
TYPED = ("sg", "d na", " 25", " 12", " 64")
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
    with library.writing() as connection:
        for number in range(1, RUNS + 1):
            config = some_config(chance)
            best, pace = chance.uniform(0.9, 0.99), chance.uniform(2, 12)
            rows = []
            for epoch in range(1, EPOCHS + 1):
                accuracy = best - 0.2 * math.exp(-epoch / pace) + chance.gauss(0, 0.001)
                loss = 1.2 * math.exp(-epoch / pace) + chance.uniform(0.05, 0.06)
                rows.append(
                    writing.EpochRow(epoch, loss, accuracy, loss + 0.02, accuracy, 0.6, epoch == 50)
                )
            name = f"run {number} with {config.optimizer}, {chance.choice(('wide', 'narrow'))}"
            about = writing.About(name, config, "MNIST", "a" * 64, "b" * 64)
            run = writing.insert_run(connection, about, "nobody")
            writing.append_rows(connection, "epochs", run, rows)
            writing.update_run(connection, run, "nobody", config, rows)
            connection.execute("UPDATE runs SET outcome = 'completed' WHERE id = ?", (run,))


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

    def run(self) -> None:
        session = Session()
        window = QWidget()
        window.resize(1180, 680)
        window.show()
        QTest.qWait(100)
        held: list[ModelsTab] = []

        def build() -> None:
            watch = Stopwatch()
            tab = ModelsTab(session, window)
            tab.resize(window.size())
            self.figures.setdefault("made, of that", []).append(1000 * watch())
            tab.show()
            held.append(tab)
            held_paint.append(Painted(tab.findChild(RunsTable).viewport()))

        held_paint: list[Painted] = []

        def plot() -> QWidget | None:
            return held[0].findChild(QWidget, "runsCurvePlot") if held else None

        drawn: list[Painted] = []

        def opened() -> bool:
            found = plot()
            if found is not None and not drawn:
                drawn.append(Painted(found.viewport()))
            table = held[0].findChild(RunsTable)
            return (
                table.model().rowCount() == RUNS
                and held_paint[0].count > 0
                and bool(drawn)
                and len(curves()) == 1
                and drawn[0].count > 0
            )

        def curves() -> list[str]:
            return held[0].findChild(QWidget, "runsCurveLegend").names

        self.measure("opened, listed, painted", build, opened)
        tab = held[0]
        table, typed = tab.findChild(RunsTable), tab.findChild(QLineEdit, "runsFilter")
        for keys in TYPED:
            before = held_paint[0].count
            self.measure(
                "a filter typed, painted",
                lambda keys=keys: QTest.keyClicks(typed, keys),
                lambda before=before: held_paint[0].count > before,
            )
        shown = table.model().rowCount()
        before = held_paint[0].count
        self.measure(
            "the filter cleared, painted", typed.clear, lambda: held_paint[0].count > before
        )
        for first in (0, 300, 600):
            model = table.model()
            rows = QItemSelection(
                model.index(first, 0), model.index(first + OVERLAID - 1, model.columnCount() - 1)
            )
            names = [model.index(first + place, 0).data() for place in range(OVERLAID)]
            before_plot = drawn[0].count
            self.measure(
                f"curves of {OVERLAID} runs laid over each other, painted",
                lambda rows=rows: table.selectionModel().select(
                    rows, QItemSelectionModel.SelectionFlag.ClearAndSelect
                ),
                lambda names=names, before=before_plot: (
                    curves() == names and drawn[0].count > before
                ),
            )
        for column in (0, 3, 6):
            before = held_paint[0].count
            self.measure(
                "sorted by another column, painted",
                lambda column=column: table.sortByColumn(column, Qt.SortOrder.AscendingOrder),
                lambda before=before: held_paint[0].count > before,
            )
        before = held_paint[0].count
        self.measure(
            "all runs selected, painted", table.selectAll, lambda: held_paint[0].count > before
        )
        assert 0 < shown < RUNS
        session.shut_down()
        window.deleteLater()
        session.deleteLater()
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
        follow_system(application)
        for _ in range(rounds):
            Round(figures, lateness).run()
    for name, values in figures.items():
        late = lateness.get(name)
        worst = f"; window late by {max(late):.0f} ms at the most" if late else ""
        print(f"{name}: {spread(values, ' ms')}, p90 {percentile(values, 0.9):.0f}{worst}")


if __name__ == "__main__":
    main()
