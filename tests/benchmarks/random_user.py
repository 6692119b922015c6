"""Use the window at random, and note what goes wrong.

    python tests/benchmarks/random_user.py [--minutes N] [--seed N] [--json FILE] [--log FILE]

For so long the program's own window is used as a person might: all tabs, mouse and keyboard, menus
and dialogs, files in order and damaged, small trainings that are started, steered and stopped. The
first window is used for most of that time without being closed; after that, where a window is
closed, the next one is opened by a process of its own, with the library that was left behind.

Told are exceptions, whether raised or reported to the person as the program's own fault, warnings
of Qt and Python, threads that outlast the window, processes that crash or do not end, how often the
window's thread computed for more than 100 ms without a pause, whatever else the machine was busy
with, and how the memory grew. Each fault comes with what was done before it. Fails if there was any
exception, hang, crash or thread left.

One seed makes the same files and the same choices; but what a click meets depends on how far the
work in the background is.
"""

from __future__ import annotations

import argparse
import faulthandler
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

os.environ.setdefault("OMP_NUM_THREADS", "1")

from common import in_a_process, opened_window, run_until

SETTLE_SECONDS = 300.0
"""After that memory should grow no more."""

STAY = 0.8
"""Of the time, in which the first window is not closed: growth shows in long use only."""

TO_END_SECONDS = 120.0
"""A process that has not ended so long after its time hangs."""

FATAL = ("exception", "hang", "crash", "thread left")
MAKE = "import sys; from pathlib import Path; from person.files import make; "


def use(options: argparse.Namespace) -> dict[str, object]:
    """Use one window, until the time is over or it is closed."""
    from person.answers import FileAnswers
    from person.user import RandomUser
    from person.watch import Diary, Metronome, report
    from PySide6.QtCore import QThread
    from PySide6.QtGui import QGuiApplication

    random = Random(f"{options.seed} {options.window}")
    diary = Diary(options.log)
    diary.listen()
    folder: Path = options.folder
    answers = FileAnswers(folder / "files", folder / "out", random, diary)
    answers.take_over()
    deadline = time.monotonic() + 60 * options.minutes
    stays_until = time.monotonic() + 60 * options.stay
    diary.note("open the window")
    _application, session, window = opened_window()
    session.failed.connect(diary.on_failed)
    metronome = Metronome(diary)
    user = RandomUser(session, window, answers, random, diary, deadline, stays_until)
    run_until(lambda: user.is_over, 60 * options.minutes + 600)
    session.shut_down()
    if any(thread.isRunning() for thread in session.findChildren(QThread)):
        diary.blame("thread left", "the window is closed")
    metronome.stop()
    # What Python has put there, Qt would destroy when Python is no more.
    QGuiApplication.clipboard().clear()
    return report(diary, metronome, SETTLE_SECONDS)


def use_all(options: argparse.Namespace) -> dict[str, object]:
    """One window after the other, each in a process of its own; what was found in all of them."""
    found: list[dict[str, object]] = []
    crashes = []
    deadline = time.monotonic() + 60 * options.minutes
    while (left := (deadline - time.monotonic()) / 60) > 0:
        path = options.folder / f"window {len(found) + len(crashes)}.json"
        stay = 0 if found or crashes else STAY * options.minutes
        command = [sys.executable, __file__, "--window", path.stem, "--folder", options.folder]
        command += ["--minutes", left, "--stay", stay, "--seed", options.seed]
        command += ["--json", path, "--log", options.log]
        try:
            ended = subprocess.run(
                list(map(str, command)), check=False, timeout=60 * left + 600 + TO_END_SECONDS
            ).returncode
        except subprocess.TimeoutExpired:
            ended = "not at all"
        if path.exists():
            found.append(json.loads(path.read_text()))
        if ended != 0 or not path.exists():
            last = options.log.read_text(encoding="utf-8").splitlines()[-25:]
            crashes.append({"kind": "crash", "text": f"ended: {ended}", "last": last, "times": 1})
    kinds: dict[str, int] = {}
    for one in found:
        for kind, times in one["kinds"].items():
            kinds[kind] = kinds.get(kind, 0) + times
    faults: dict[tuple[str, str], dict[str, object]] = {}
    for fault in (fault for one in found for fault in one["faults"]):
        known = faults.setdefault((fault["kind"], fault["text"]), {**fault, "times": 0})
        known["times"] += fault["times"]
    return {
        "windows": len(found) + len(crashes),
        "actions": sum(kinds.values()),
        "kinds": dict(sorted(kinds.items())),
        "refusals": sum(one["refusals"] for one in found),
        "faults": [*faults.values(), *crashes],
        "stalls": [stall for one in found for stall in one["stalls"]],
        "late_for_others": sum(one["late_for_others"] for one in found),
        "memory": [one["memory"] for one in found],
    }


def tell(found: dict[str, object]) -> None:
    """In words."""
    print(f"{found['actions']:,} actions in {found['windows']} windows: {found['kinds']}")
    print(f"{found['refusals']} times it was told what it could do better")
    for fault in found["faults"]:
        print(f"{fault['times']} × {fault['kind']}: {fault['text'].strip().splitlines()[-1]}")
    stalls = sorted(found["stalls"], key=lambda stall: -stall["own"])
    print(
        f"over 100 ms of its own: {len(stalls)}; for the machine: {found['late_for_others']}",
        *(
            f"  {one['own']:.0f} ms of {one['late']:.0f} in {one['where']}, after {one['after']}"
            for one in stalls[:20]
        ),
        sep="\n",
    )
    for memory in found["memory"]:
        grown = memory["growth"]
        print(
            f"a window of {memory['minutes']:.1f} minutes: {memory['end']:.0f} MB at the end,",
            f"{memory['most']:.0f} at most,",
            "too short to say how it grows" if grown is None else f"{grown:+.1f} after 5 minutes",
        )


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write what was found there too")
    parser.add_argument("--log", type=Path, metavar="FILE", help="where all actions are noted")
    for name, kind in (("window", str), ("folder", Path), ("stay", float)):
        parser.add_argument(f"--{name}", type=kind, help=argparse.SUPPRESS)
    options = parser.parse_args()
    faulthandler.enable()
    if options.window:
        options.json.write_text(json.dumps(use(options)))
        return 0
    if options.log is None:
        options.log = Path(tempfile.gettempdir()) / f"random-user-{options.seed}.log"
    options.log.write_text("")
    print(f"all actions: {options.log}", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        options.folder = Path(name)
        (options.folder / "out").mkdir()
        os.environ["MNIST_DESKTOP_HOME"] = str(options.folder / "home")
        files = str(options.folder / "files")
        in_a_process(MAKE + "make(Path(sys.argv[1]), int(sys.argv[2]))", files, str(options.seed))
        found = use_all(options)
    if options.json:
        options.json.write_text(json.dumps(found, indent=1, ensure_ascii=False))
    tell(found)
    return int(any(fault["kind"] in FATAL for fault in found["faults"]))


if __name__ == "__main__":
    sys.exit(main())
