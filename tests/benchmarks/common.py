"""What the benchmarks share."""

from __future__ import annotations

import atexit
import os
import statistics
import subprocess
import sys
import tempfile
import time
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def in_a_process(code: str, *arguments: str) -> str:
    """What a piece of Python prints, run by an interpreter of its own."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        check=True,
        capture_output=True,
        text=True,
        cwd=HERE,
    )
    return done.stdout.strip()


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which a share, 0 to 1, of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def spread(values: Sequence[float], unit: str = "") -> str:
    """Median and range."""
    return (
        f"median {statistics.median(values):.2f}{unit}, "
        f"{min(values):.2f} to {max(values):.2f}{unit} over {len(values)} rounds"
    )


def run_until(
    done: Callable[[], bool], seconds: float = 600.0, poll_milliseconds: int = 20
) -> None:
    """Run Qt's event loop, as the program does, until something has happened."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    poll = QTimer(interval=poll_milliseconds)
    poll.timeout.connect(lambda: loop.quit() if done() else None)
    poll.start()
    QTimer.singleShot(round(seconds * 1000), loop, lambda: loop.exit(1))
    if loop.exec():
        raise TimeoutError


def opened_window():
    """The application, its session and its window, loaded and shown; keep all three.

    What it trains goes into a folder that is gone when the process ends. However that comes to its
    end, nothing goes on in the background by then.
    """
    if "MNIST_DESKTOP_HOME" not in os.environ:
        home = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        atexit.register(home.cleanup)
        os.environ["MNIST_DESKTOP_HOME"] = home.name
    from PySide6.QtWidgets import QApplication, QWidget

    from mnist_desktop.ui.look.appearance import dress
    from mnist_desktop.ui.main_window import MainWindow
    from mnist_desktop.ui.session.session import Session
    from mnist_desktop.ui.shell.garbage import GarbageCollector

    application = QApplication.instance() or QApplication([])
    dress(application, "light")
    session = Session()
    atexit.register(_shut_down, weakref.ref(session))
    window = MainWindow(session)
    window.prepared.connect(GarbageCollector(session).begin)
    window.show()
    session.opening.load()
    run_until(
        lambda: (
            session.splits is not None
            and not session.jobs.running
            and window.findChild(QWidget, "runsTable") is not None  # that is the last tab's
        )
    )
    return application, session, window


def _shut_down(reference) -> None:
    from shiboken6 import isValid

    session = reference()
    if session is not None and isValid(session):
        session.shut_down()


@contextmanager
def busy_processes(count: int) -> Iterator[None]:
    """So many processes that do nothing but keep a core busy."""
    processes = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(count)]
    try:
        yield
    finally:
        for process in processes:
            process.kill()
            process.wait()


class Stopwatch:
    """Seconds since it was made."""

    def __init__(self) -> None:
        self._began = time.perf_counter()

    def __call__(self) -> float:
        return time.perf_counter() - self._began
