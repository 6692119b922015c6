"""Kill a training again and again, and see what is lost; then train in two processes at once.

    python tests/benchmarks/survival.py [--kills N] [--seed N] [--epochs N] [--limit N]

A third of the kills come at any moment, a third while an epoch is being written, the rest while the
program looks for the run that it goes on with. After each, the library must be in order, the run
interrupted and at the last epoch that was said to be kept, or the one after that. Each run that is
completed must be, to the last bit, what it is without an interruption. Fails if anything is not so.
"""

from __future__ import annotations

import argparse
import collections
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from common import Stopwatch, percentile

from mnist_desktop.learning.data.datasets import bundled_mnist
from mnist_desktop.learning.data.splits import Splits
from mnist_desktop.learning.settings.config import NetworkConfig, TrainingConfig
from mnist_desktop.learning.threads import use_one_core
from mnist_desktop.learning.train.events import BatchDone, EpochDone
from mnist_desktop.learning.train.training import train
from mnist_desktop.library.database import Library
from mnist_desktop.library.recorder import RunRecorder
from mnist_desktop.library.run_record import RunRecord
from mnist_desktop.library.runs import list_runs, read_run
from mnist_desktop.library.weights import checkpoint_of

MOMENTS = ("any moment", "writing", "going on")


def config_of(epochs: int) -> TrainingConfig:
    """All that has random numbers of its own is on."""
    network = NetworkConfig((64, 32), dropout=0.1)
    return TrainingConfig(
        network, epochs=epochs, device="cpu", seed=3, distortion=1.0, schedule="one_cycle"
    )


def part_of_mnist(limit: int) -> Splits:
    """As many training pictures of MNIST, and some to test on."""
    mnist = bundled_mnist()
    return Splits(
        "part", mnist.train.first(limit), mnist.validation.first(500), mnist.test.first(500)
    )


def child(path: str, epochs: int, limit: int) -> None:
    """Train a run to its end, the interrupted one if there is any, and say how far it is."""
    use_one_core()  # as the program does: see ``train``
    library, splits = Library(Path(path)), part_of_mnist(limit)
    assert splits.train.sha256  # summed up before anything begins
    print("ready", flush=True)
    goes_on = sys.stdin.readline() == "go on\n"
    if goes_on and (left := [run for run in list_runs(library) if run.is_interrupted]):
        recorder = RunRecorder.resume(library, left[0].id, splits)
    else:
        recorder = RunRecorder.begin(library, config_of(epochs), splits)
    with closing(recorder):
        for event in train(config_of(epochs), splits, checkpoint_of(recorder.run)):
            if isinstance(event, EpochDone):
                print("writing", event.record.epoch, flush=True)
            began = time.perf_counter()
            problem = recorder.take(event)
            seconds = time.perf_counter() - began
            if problem is not None:
                print("problem", problem.text(), flush=True)
            if isinstance(event, EpochDone) and recorder.path == library.path:
                print("kept", event.record.epoch, seconds, flush=True)
            elif isinstance(event, BatchDone):
                print("batch", flush=True)


class Child:
    """The program in a process of its own.

    Attributes:
        kept, written: the last epoch that it said was kept, and that it said it would write.
        problems: what it told the person.
        writing_seconds: how long each epoch's writing took.
    """

    def __init__(self, library: Library, epochs: int, limit: int, how: str = "go on") -> None:
        command = [sys.executable, __file__, "child", library.path, epochs, limit]
        self.process = subprocess.Popen(
            [str(one) for one in command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
            env={**os.environ, "MNIST_DESKTOP_HOME": str(library.path.parent)},
        )
        self.kept = self.written = 0
        self.problems: list[str] = []
        self.writing_seconds: list[float] = []
        self._how = how

    def go(self) -> None:
        """Begin, once it has loaded everything."""
        self.next_line()
        self.process.stdin.write(f"{self._how}\n")

    def next_line(self) -> str:
        """What it says next; empty when it is over."""
        line = self.process.stdout.readline()
        self._note(line)
        return line

    def wait(self) -> None:
        """Let it end."""
        while self.next_line():
            pass
        self.process.wait()

    def kill(self) -> None:
        """And read what it had said before."""
        self.process.kill()
        for line in self.process.communicate()[0].splitlines():
            self._note(line)

    def _note(self, line: str) -> None:
        word, _, rest = line.strip().partition(" ")
        if word == "writing":
            self.written = int(rest)
        elif word == "kept":
            self.kept = int(rest.split()[0])
            self.writing_seconds.append(float(rest.split()[1]))
        elif word == "problem":
            self.problems.append(rest)


def new_library(folder: Path) -> Library:
    folder.mkdir()
    return Library(folder / "library.sqlite3")


def wait_for_moment(child: Child, moment: str, lines: int, chooser: random.Random) -> None:
    """Be at a moment at which the child is to be killed."""
    child.go()
    if moment == "going on":
        time.sleep(chooser.uniform(0.0, 0.04))
        return
    for _ in range(chooser.randrange(1, lines)):
        if not child.next_line():
            return
    if moment == "writing":
        while (line := child.next_line()) and not line.startswith("writing"):
            pass
        usual = percentile(child.writing_seconds or [0.01], 0.5)
        time.sleep(chooser.uniform(0.0, usual))
    else:
        time.sleep(chooser.uniform(0.0, 0.005))


def figures(library: Library, run_id: int) -> tuple[object, ...]:
    """All of a run but its seconds."""
    return figures_of(read_run(library, run_id))


def figures_of(run: RunRecord) -> tuple[object, ...]:
    """The same of a run that is in memory."""
    checkpoint = checkpoint_of(run)
    return (
        [record._replace(seconds=0.0) for record in run.epochs],
        run.batches,
        run.weights,
        {name: one.numpy().tobytes() for name, one in checkpoint.tensors.items()},
        (checkpoint.best, run.temperature, run.score, run.outcome),
    )


def is_sound(path: Path) -> bool:
    """Whether SQLite finds a file in order."""
    with closing(sqlite3.connect(path)) as connection:
        is_whole = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return is_whole and not connection.execute("PRAGMA foreign_key_check").fetchall()


def faults_of(library: Library, child: Child, batches: int) -> list[str]:
    """What is not as it must be after a kill."""
    runs = list_runs(library)
    wrong = {
        "the library is damaged": not is_sound(library.path),
        "the run is gone": not runs and child.kept,
        f"there are {len(runs)} runs": len(runs) > 1,
    }
    for run in runs:
        record = read_run(library, run.id)
        wrong |= {
            "the run counts as running": not (run.is_interrupted or run.outcome == "completed"),
            f"kept {child.kept}, writing {child.written}, found {run.epoch}": not (
                child.kept <= run.epoch <= child.written
            ),
            "epochs are missing": len(record.epochs) != run.epoch,
            "batches are missing": len(record.history.batch_loss) != run.epoch * batches,
            "the checkpoint is of another epoch": (record.checkpoint or (0,))[0] != run.epoch,
        }
    return [*child.problems, *(text for text, is_so in wrong.items() if is_so)]


def kill_again_and_again(
    options: argparse.Namespace, folder: Path, whole: tuple[object, ...], chooser: random.Random
) -> list[str]:
    """All that went wrong."""
    batches = -(-options.limit // 64)
    # So that each run is killed in all of its parts, though each kill costs an unfinished epoch.
    lines = (batches + 2) * (1 + 3 * options.epochs // max(1, options.kills))
    found: list[str] = []
    landed: collections.Counter[str] = collections.Counter()
    writing: list[float] = []
    lost = completed = kills = kept = 0
    library = new_library(folder / "0")
    while not found and (kills < options.kills or kept or not completed):
        child = Child(library, options.epochs, options.limit)
        child.kept, child.written, child.writing_seconds = kept, kept, writing
        if kills < options.kills:
            moment = MOMENTS[kills % len(MOMENTS)]
            wait_for_moment(child, moment, lines, chooser)
            child.kill()
        else:
            moment = "the end"
            child.go()
            child.wait()
        runs = list_runs(library)
        kept = runs[0].epoch if runs else 0
        found += [f"{moment}: {fault}" for fault in faults_of(library, child, batches)]
        if runs and runs[0].outcome is not None:
            completed += 1
            if figures(library, runs[0].id) != whole:
                found.append("a completed run is not what it is without interruptions")
            library, kept = new_library(folder / str(completed)), 0
        elif moment == "the end":
            found.append("the program ended before the run")
        else:
            kills += 1
            is_inside = child.written > child.kept
            landed["writing" if is_inside else moment.replace("writing", "any moment")] += 1
            lost += child.written - kept
            print(f"kill {kills}, {moment}: epoch {kept} of {options.epochs}")
    print(f"{kills} kills: {', '.join(f'{n} at {name}' for name, n in sorted(landed.items()))}")
    print(f"epochs lost: {lost}, all of them while they were written: {not found}")
    print(f"writing an epoch: median {1000 * percentile(writing, 0.5):.1f} ms")
    print(f"{completed} runs completed, the same as one that was never interrupted: {not found}")
    return found


def two_at_once(options: argparse.Namespace, folder: Path, whole: tuple[object, ...]) -> list[str]:
    """All that went wrong."""
    library = new_library(folder / "both")
    children = [Child(library, options.epochs, options.limit, "new") for _ in range(2)]
    for one in children:
        one.go()
    for one in children:
        one.wait()
    found = [text for one in children for text in one.problems]
    if not is_sound(library.path):
        found.append("the library of two is damaged")
    if [figures(library, run.id) == whole for run in list_runs(library)] != [True, True]:
        found.append("the runs of two at once are not what they are alone")
    print(f"two at once: both whole and the same as alone: {not found}")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=60)
    parser.add_argument("--limit", type=int, default=2000)
    options = parser.parse_args()
    watch = Stopwatch()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        alone = new_library(folder / "alone")
        child = Child(alone, options.epochs, options.limit, "new")
        child.go()
        child.wait()
        whole = figures(alone, 1)
        found = kill_again_and_again(options, folder, whole, random.Random(options.seed))
        found += two_at_once(options, folder, whole)
    print(f"{watch():.0f} s; promises broken: {found or 'none'}")
    sys.exit(bool(found))


if __name__ == "__main__":
    if sys.argv[1:2] == ["child"]:
        child(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
    else:
        main()
