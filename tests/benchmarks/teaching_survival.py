"""Kill a program again and again while it is taught, and see what is lost.

    python tests/benchmarks/teaching_survival.py [--kills N] [--seed N]

A third of the kills come while drawings are kept, a third while it learns from them, the rest while
what it has learned is written. After each the library must be in order and hold every drawing that
was said to be kept and every lesson that was said to be learned, to the bit as it was; nothing may
be lost but the drawing or the lesson that was on its way. Fails if anything is not so.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from common import Stopwatch

from mnist_desktop.ink.correction import Correction
from mnist_desktop.ink.real import real_digits
from mnist_desktop.learning.data.splits import Splits
from mnist_desktop.learning.models.model_file import model_bytes
from mnist_desktop.library import taught
from mnist_desktop.library.database import Library
from mnist_desktop.library.lessons import list_lessons, model_of_lesson
from mnist_desktop.library.profiles import FIRST, list_profiles

MOMENTS = ("keeping", "learning", "writing")
DRAWINGS = 10
"""That are kept before each lesson."""

WRITING_SECONDS = 0.4
"""The longest that a kill waits once it begins to write what was learned."""


def child(path: str) -> None:
    """Keep drawings and learn from them, for ever, and say what is done."""
    from mnist_desktop.learning.data import datasets
    from mnist_desktop.learning.models.model_file import open_model
    from mnist_desktop.learning.teach import judging
    from mnist_desktop.paths import DEFAULT_MODEL
    from mnist_desktop.progress import unwatched
    from mnist_desktop.ui.session.teach import hand

    mnist = datasets.bundled_mnist()
    # A part of it, so that there is soon something to write.
    small = Splits("part", mnist.train, mnist.validation.first(500), mnist.test.first(500))
    datasets.bundled_mnist = lambda: small
    judging.ALLOWED_LOSS = 1.0  # each lesson is to be written, whatever it forgets
    library, drawn = Library(Path(path)), real_digits()
    prepared = hand.get_ready(library, open_model(DEFAULT_MODEL), unwatched)

    write = hand.keep_lesson

    def told(*lesson: Any, created: float) -> int:
        print("writing", flush=True)
        return write(*lesson, created=created)

    hand.keep_lesson = told
    for place in range(0, len(drawn), DRAWINGS):
        for one in drawn[place : place + DRAWINGS]:
            # Nearly all of it is wrong, so that it always gains by learning.
            said = Correction((0.0, 0.0, 1.0, 1.0), "0", "0", one.drawing, "canvas")
            print("keeping", flush=True)
            (number,) = taught.keep(library, [said], [], FIRST)
            print("kept", number, flush=True)
        me = list_profiles(library)[0]
        done = hand.learn(library, me, "", prepared, lambda _: print("learning", flush=True))
        digest = hashlib.sha256(model_bytes(done.model)).hexdigest()
        print("learned" if done.is_taught else "refused", digest, flush=True)


def fault_of(library: Library, kept: set[int], learned: list[str]) -> str | None:
    """What is not as it was promised; None where all is."""
    with closing(sqlite3.connect(library.path)) as connection:
        if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            return "the library is damaged"
        if connection.execute("PRAGMA foreign_key_check").fetchall():
            return "something belongs to nobody"
    there = {one.id for one in taught.read_taught(library, FIRST)}
    if not kept <= there or len(there - kept) > 1:
        return f"drawings: {len(kept - there)} lost, {len(there - kept)} more"
    lessons = list_lessons(library, FIRST)
    models = [hashlib.sha256(model_bytes(model_of_lesson(library, one.id))) for one in lessons]
    digests = [one.hexdigest() for one in models]
    if digests[1 : len(learned) + 1] != learned or len(lessons) > len(learned) + 2:
        return f"lessons: {len(learned)} were learned, {len(lessons)} are there"
    reads = list_profiles(library)[0].lesson
    if reads != (lessons[-1].id if lessons else None):
        return "another lesson reads than the last one"
    return None


def kill_once(
    library: Library, moment: str, kept: set[int], learned: list[str], chooser: random.Random
) -> str:
    """Start the program, kill it at a moment, and note what it had said by then; its last word."""
    command = [sys.executable, __file__, "child", str(library.path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, bufsize=1) as process:
        left = chooser.randrange(1, DRAWINGS if moment == "keeping" else 60)
        if moment == "writing":
            left = 1
        last = ""
        assert process.stdout is not None
        for line in process.stdout:
            last = note(line, kept, learned)
            left -= last == moment
            if left <= 0:
                break
        time.sleep(chooser.random() * WRITING_SECONDS if moment == "writing" else 0)
        if process.poll() is not None:
            sys.exit(f"{moment}: the program ended by itself")
        process.kill()
        for line in process.stdout:
            last = note(line, kept, learned)
    return last


def note(line: str, kept: set[int], learned: list[str]) -> str:
    """Remember what the program says; returns its first word."""
    word, *rest = line.split()
    if word == "kept":
        kept.add(int(rest[0]))
    elif word == "learned":
        learned.append(rest[0])
    return word


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    watch, chooser = Stopwatch(), random.Random(options.seed)
    with tempfile.TemporaryDirectory() as name:
        library = Library(Path(name) / "library.sqlite3")
        kept: set[int] = set()
        learned: list[str] = []
        for kill in range(options.kills):
            moment = MOMENTS[kill % len(MOMENTS)]
            last = kill_once(library, moment, kept, learned, chooser)
            if fault := fault_of(library, kept, learned):
                sys.exit(f"kill {kill + 1}, {moment}: {fault}")
            # What was written when the kill came has not been said.
            kept |= {one.id for one in taught.read_taught(library, FIRST)}
            lessons = list_lessons(library, FIRST)
            if len(lessons) == len(learned) + 2:
                content = model_bytes(model_of_lesson(library, lessons[-1].id))
                learned.append(hashlib.sha256(content).hexdigest())
            print(
                f"kill {kill + 1}, {moment} (its last word was {last!r}): "
                f"{len(kept)} drawings, {len(learned)} lessons"
            )
    if not kept or not learned:
        sys.exit("nothing was kept, or nothing learned, so nothing was tried")
    print(f"{watch():.0f} s; {options.kills} kills; promises broken: none")


if __name__ == "__main__":
    if sys.argv[1:2] == ["child"]:
        child(sys.argv[2])
    else:
        main()
