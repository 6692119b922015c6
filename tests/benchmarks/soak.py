"""Start and stop a run many times, and close the window in the middle of runs.

    python tests/benchmarks/soak.py [--runs N] [--windows N]

Fails if a thread is left over, or if anything crashes.
"""

from __future__ import annotations

import argparse
import random
import threading

from common import opened_window, run_until
from PySide6.QtCore import QThread, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QTabWidget

from mnist_desktop.ui.session.train.training import State


def start_and_stop(runs: int, chooser: random.Random) -> None:
    """One window, many runs, each stopped after a while."""
    _application, session, window = opened_window()
    window.findChild(QTabWidget, "tabs").setCurrentIndex(1)
    start, pause, stop = (
        window.findChild(QPushButton, f"{name}Button") for name in ("start", "pause", "stop")
    )
    for number in range(runs):
        start.click()
        wait(chooser.uniform(0.0, 0.8))
        if chooser.random() < 0.3:
            pause.click()
            wait(0.1)
        stop.click()
        run_until(lambda: session.training.state is State.IDLE)
        print(f"run {number + 1}: {len(session.shelf.entries)} models", end="\r")
    print()
    session.shut_down()
    assert_no_thread_runs(session)
    window.deleteLater()


def close_in_the_middle(windows: int, chooser: random.Random) -> None:
    """Many windows, each closed while a run goes on."""
    for number in range(windows):
        _application, session, window = opened_window()
        window.findChild(QPushButton, "startButton").click()
        wait(chooser.uniform(0.0, 1.0))
        QTimer.singleShot(0, press_close)
        assert window.close(), "the window did not close"
        assert session.training.state is State.IDLE
        assert_no_thread_runs(session)
        window.deleteLater()
        session.deleteLater()
        wait(0.0)
        print(f"window {number + 1}", end="\r")
    print()


def assert_no_thread_runs(session) -> None:
    assert not any(thread.isRunning() for thread in session.findChildren(QThread))


def press_close() -> None:
    """Close, whether the run is kept so far or would be lost."""
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QMessageBox)
    by_role = {dialog.buttonRole(button): button for button in dialog.buttons()}
    role = QMessageBox.ButtonRole
    by_role.get(role.DestructiveRole, by_role[role.AcceptRole]).click()


def wait(seconds: float) -> None:
    over = threading.Event()
    QTimer.singleShot(round(1000 * seconds), over.set)
    run_until(over.is_set)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=50)
    parser.add_argument("--windows", type=int, default=10)
    options = parser.parse_args()
    chooser = random.Random(0)
    start_and_stop(options.runs, chooser)
    close_in_the_middle(options.windows, chooser)
    left = [
        thread.name for thread in threading.enumerate() if thread is not threading.main_thread()
    ]
    print("no crash; threads left over:", left or "none")


if __name__ == "__main__":
    main()
