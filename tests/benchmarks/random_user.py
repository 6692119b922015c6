"""Use the window at random, and note what goes wrong.

    python tests/benchmarks/random_user.py [--minutes N] [--seed N] [--json FILE] [--log FILE]

For so long the program's own window is used as a person might: all tabs, mouse and keyboard, menus
and dialogs, files in order and damaged, small trainings that are started, steered and stopped. If
the window is closed, it is opened again, with the library that it has left behind.

Told are exceptions, whether raised or reported to the person as the program's own fault, warnings
of Qt and Python, threads that outlast the window, how often its thread computed for more than
100 ms without a pause, whatever else the machine was busy with, and how the memory grew. Each fault
comes with what was done before it. Fails if there was any exception, hang or thread left.

One seed makes the same files and the same choices; but what a click meets depends on how far the
work in the background is.
"""

from __future__ import annotations

import argparse
import faulthandler
import gc
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from random import Random

os.environ.setdefault("OMP_NUM_THREADS", "1")

from common import in_a_process, opened_window, run_until

SETTLE_SECONDS = 300.0
"""After that memory should grow no more."""

FATAL = ("exception", "hang", "thread left")
MAKE = "import sys; from pathlib import Path; from person.files import make; "


def use(options: argparse.Namespace, folder: Path) -> dict[str, object]:
    """Use one window after the other, until the time is over."""
    from person.answers import FileAnswers
    from person.user import RandomUser
    from person.watch import Diary, Metronome, report
    from PySide6.QtCore import QThread
    from PySide6.QtGui import QGuiApplication

    random = Random(options.seed)
    diary = Diary(options.log)
    diary.listen()
    out = folder / "out"
    out.mkdir()
    answers = FileAnswers(folder / "files", out, random, diary)
    answers.take_over()
    deadline = time.monotonic() + 60 * options.minutes
    metronome = None
    while time.monotonic() < deadline:
        diary.note("open the window")
        _application, session, window = opened_window()
        session.failed.connect(diary.on_failed)
        metronome = metronome or Metronome(diary)
        metronome.forgive()
        user = RandomUser(session, window, answers, random, diary, deadline)
        run_until(lambda user=user: user.is_over, 60 * options.minutes + 600)
        session.shut_down()
        if any(thread.isRunning() for thread in session.findChildren(QThread)):
            diary.blame("thread left", "the window is closed")
        window.hide()
        user.deleteLater()
        window.deleteLater()
        session.deleteLater()
        run_until(lambda: True)
        # A person's process ends with the window, and with it what it held.
        del user, window, session
        gc.unfreeze()
        gc.collect()
    # What Python has put there, Qt would destroy when Python is no more.
    QGuiApplication.clipboard().clear()
    metronome.stop()
    return report(diary, metronome, SETTLE_SECONDS)


def tell(found: dict[str, object]) -> None:
    """In words."""
    print(f"{found['actions']:,} actions: {found['kinds']}")
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
    grown = found["growth_megabytes"]
    print(
        f"memory: {found['megabytes']:.0f} MB at the end, {found['most_megabytes']:.0f} at most,",
        "too short to say how it grows" if grown is None else f"{grown:+.1f} MB after 5 minutes",
    )


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write what was found there too")
    parser.add_argument("--log", type=Path, metavar="FILE", help="where all actions are noted")
    options = parser.parse_args()
    faulthandler.enable()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if options.log is None:
            options.log = Path(tempfile.gettempdir()) / f"random-user-{options.seed}.log"
        print(f"all actions: {options.log}", file=sys.stderr, flush=True)
        os.environ["MNIST_DESKTOP_HOME"] = str(folder / "home")
        in_a_process(
            MAKE + "make(Path(sys.argv[1]), int(sys.argv[2]))",
            str(folder / "files"),
            str(options.seed),
        )
        found = use(options, folder)
    if options.json:
        options.json.write_text(json.dumps(found, indent=1, ensure_ascii=False))
    tell(found)
    return int(any(fault["kind"] in FATAL for fault in found["faults"]))


if __name__ == "__main__":
    sys.exit(main())
