"""What goes wrong in the window: exceptions, warnings, stalls, memory that grows."""

from __future__ import annotations

import os
import sys
import threading
import time
import traceback
import warnings
from collections import deque
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, QTimer, QtMsgType, Slot, qInstallMessageHandler

from mnist_desktop.errors import UserError

TICK_MILLISECONDS = 5
STALL_SECONDS = 0.1
HANG_SECONDS = 30.0
SAMPLE_SECONDS = 0.02
REMEMBERED = 25
"""Actions before a fault that are told with it."""

NOT_OURS = ("This plugin does not support", "systemTrayWindowChanged", "libpng warning")
"""What Qt says of the offscreen platform, and of damaged pictures on the clipboard."""


@dataclass
class Fault:
    """What must not happen.

    Attributes:
        kind: "exception", "Qt warning", "warning", "hang" or "thread left".
        last: what was done before the first time, the newest last.
        times: how often it happened.
    """

    kind: str
    text: str
    last: tuple[str, ...]
    times: int = 1


@dataclass(frozen=True)
class Stall:
    """The window's thread was busy with one thing.

    Attributes:
        late: milliseconds.
        own: milliseconds of it in which that thread computed; in the rest it waited, for the
            machine, for another thread, or for a file.
        where: the program's innermost functions in the midst of it.
        after: the action before it.
    """

    late: float
    own: float
    where: str
    after: str


class Diary:
    """What was done, and what went wrong, which is told at once.

    Args:
        path: of a file that holds all actions, also after a crash.
    """

    def __init__(self, path: Path) -> None:
        self.counts: dict[str, int] = {}
        self.faults: list[Fault] = []
        self.refusals = 0
        self._last: deque[str] = deque(maxlen=REMEMBERED)
        self._file = path.open("a", buffering=1, encoding="utf-8", errors="backslashreplace")
        self._began = time.monotonic()

    @property
    def latest(self) -> str:
        return self._last[-1] if self._last else "nothing"

    def note(self, kind: str, what: str = "") -> None:
        """Something is about to be done."""
        self.counts[kind] = self.counts.get(kind, 0) + 1
        line = f"{time.monotonic() - self._began:.2f} s: {kind} {what}".rstrip()
        self._last.append(line)
        self._file.write(line + "\n")

    def blame(self, kind: str, text: str) -> None:
        """Something went wrong."""
        self._file.write(f"FAULT {kind}: {text}\n")
        for known in self.faults:
            if (known.kind, known.text) == (kind, text):
                known.times += 1
                return
        fault = Fault(kind, text, tuple(self._last))
        self.faults.append(fault)
        print(f"{kind}: {text}\n  after " + "\n        ".join(fault.last), file=sys.stderr)

    def listen(self) -> None:
        """Hear of all that nobody catches, of Qt's warnings and of Python's."""
        sys.excepthook = self._on_uncaught
        threading.excepthook = lambda args: self._on_uncaught(
            args.exc_type, args.exc_value, args.exc_traceback
        )
        qInstallMessageHandler(self._on_message)
        warnings.simplefilter("always")
        warnings.showwarning = lambda message, category, name, line, *_: self.blame(
            "warning", f"{category.__name__}: {message} ({name}:{line})"
        )

    @Slot(object)
    def on_failed(self, fault: Exception) -> None:
        """The session has failed at something."""
        if isinstance(fault, UserError):
            self.refusals += 1
        else:
            self.blame("exception", "".join(traceback.format_exception(fault)))

    def _on_uncaught(
        self,
        kind: type[BaseException],
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.blame("exception", "".join(traceback.format_exception(kind, fault, trace)))

    def _on_message(self, kind: QtMsgType, _context: object, text: str) -> None:
        if kind is not QtMsgType.QtDebugMsg and not any(known in text for known in NOT_OURS):
            self.blame("Qt warning", text)


class Metronome(QObject):
    """Ticks in the window's thread, and knows how late it is and what for.

    A second thread looks where the first one is when a tick does not come.
    """

    def __init__(self, diary: Diary) -> None:
        super().__init__()
        self.ticks = 0
        self.stalls: list[Stall] = []
        self.late_for_others = 0
        self.resident: list[tuple[float, float]] = []
        self._diary = diary
        self._thread = threading.get_ident()
        self._where = ""
        self._began = self._last = time.perf_counter()
        self._computed = time.thread_time()
        self._timer = QTimer(self, interval=TICK_MILLISECONDS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self._is_over = threading.Event()
        threading.Thread(target=self._look, daemon=True).start()

    def stop(self) -> None:
        """What comes now does not count any more."""
        self._timer.stop()
        self._is_over.set()

    @Slot()
    def _tick(self) -> None:
        now, computed = time.perf_counter(), time.thread_time()
        late, own = now - self._last, computed - self._computed
        self.ticks += 1
        if own > STALL_SECONDS:
            self.stalls.append(
                Stall(round(1000 * late, 1), round(1000 * own, 1), self._where, self._diary.latest)
            )
        elif late > STALL_SECONDS:
            self.late_for_others += 1
        if not self.resident or now - self._began - self.resident[-1][0] > 1:
            self.resident.append((now - self._began, resident_megabytes()))
        self._last, self._computed, self._where = now, computed, ""

    def _look(self) -> None:
        told = 0.0
        while not self._is_over.wait(SAMPLE_SECONDS):
            last = self._last
            late = time.perf_counter() - last
            if late > STALL_SECONDS * 0.6:
                self._where = _where(self._thread)
            if late > HANG_SECONDS and told != last:
                told = last
                frames = sys._current_frames()[self._thread]
                self._diary.blame("hang", "".join(traceback.format_stack(frames)))


def resident_megabytes() -> float:
    """What the process has in memory, where the system tells."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def growth(resident: list[tuple[float, float]], begin: float) -> float | None:
    """Megabytes by which memory has grown, from the minute after ``begin`` to the last one; None
    where there are no two such minutes.
    """
    end = resident[-1][0]
    if end < begin + 120:
        return None
    first = [size for at, size in resident if begin <= at < begin + 60]
    last = [size for at, size in resident if at > end - 60]
    return sum(last) / len(last) - sum(first) / len(first)


def report(diary: Diary, metronome: Metronome, settle_seconds: float) -> dict[str, object]:
    """What was found, as it can be written as JSON."""
    resident = metronome.resident
    return {
        "kinds": diary.counts,
        "refusals": diary.refusals,
        "faults": [asdict(fault) for fault in diary.faults],
        "stalls": [asdict(stall) for stall in metronome.stalls],
        "late_for_others": metronome.late_for_others,
        "memory": {
            "minutes": resident[-1][0] / 60,
            "end": resident[-1][1],
            "most": max(size for _, size in resident),
            "growth": growth(resident, settle_seconds),
            "each_minute": [round(size) for _, size in resident[::60]],
        },
    }


def _where(thread: int) -> str:
    stack = traceback.extract_stack(sys._current_frames()[thread])
    ours = [frame for frame in stack if "mnist_desktop" in frame.filename] or list(stack)
    return " < ".join(
        f"{Path(frame.filename).stem}.{frame.name}:{frame.lineno}" for frame in ours[:-6:-1]
    )
