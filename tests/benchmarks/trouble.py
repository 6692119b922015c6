"""Train while the library cannot be used: what a person is told, and what becomes of the run.

    python tests/benchmarks/trouble.py [--seed N]

For each trouble: the training must come to its end with a model, nothing may be raised, all of the
run must be where the program says it is, a file that is not this program's to write must stay as it
is, to the byte, and once the trouble is over the run must come home. Fails if anything is not so.

Full disks and read-only folders are mounted, in a namespace that ends with the process; where the
system does not allow that, they are left out, and that is said.
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from functools import partial
from pathlib import Path

from common import Stopwatch
from survival import figures, figures_of, is_sound, part_of_mnist

from mnist_desktop.learning.data.splits import Splits
from mnist_desktop.learning.settings.config import NetworkConfig, TrainingConfig
from mnist_desktop.learning.train.events import EpochDone, RunDone
from mnist_desktop.learning.train.training import train
from mnist_desktop.library import recovery
from mnist_desktop.library.database import BUSY_SECONDS, Library
from mnist_desktop.library.recorder import RunRecorder
from mnist_desktop.library.run_file import read_run_file
from mnist_desktop.library.runs import list_runs

CONFIG = TrainingConfig(
    NetworkConfig((64, 32), dropout=0.1), epochs=6, device="cpu", seed=3, distortion=1.0
)
IN_NAMESPACE = "MNIST_DESKTOP_TROUBLE"
call = partial(subprocess.run, check=True)
UNSHARE = ("unshare", "--map-root-user", "--mount")

LOCKER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("locked", flush=True)
sys.stdin.readline()
"""


class Place:
    """Where a library is, and what can happen to it. Nothing of the person's own is near."""

    def __init__(self, folder: Path, *, is_disk: bool = False) -> None:
        self.disk = folder / "disk"
        self.disk.mkdir()
        if is_disk:
            call(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", self.disk])
        self.library = Library(self.disk / "home" / "library.sqlite3")
        self.path, self.home = self.library.path, self.library.path.parent
        os.environ["MNIST_DESKTOP_HOME"] = str(self.home)
        os.environ.pop("TMPDIR", None)
        (folder / "temporary").mkdir()
        recovery.TEMPORARY = (str(folder / "temporary"),)

    def fill(self) -> None:
        with (self.disk / "ballast").open("wb", buffering=0) as stream, suppress(OSError):
            while stream.write(bytes(2**12)):
                pass

    def fill_all(self) -> None:
        recovery.TEMPORARY = (str(self.disk),)
        self.fill()

    def make_room(self) -> None:
        (self.disk / "ballast").unlink()

    def make_read_only(self) -> None:
        self.home.mkdir(exist_ok=True)
        call(["mount", "--bind", self.home, self.home])
        call(["mount", "-o", "remount,bind,ro", self.home])

    def unmount(self, mounted: str) -> None:
        call(["umount", "--lazy", self.disk / mounted])

    def delete(self) -> None:
        for end in ("", "-wal", "-shm"):
            Path(f"{self.path}{end}").unlink(missing_ok=True)

    def scribble(self, chooser: random.Random, begin: float, end: float) -> None:
        """Random bytes over so much of the file."""
        size = self.path.stat().st_size
        with self.path.open("r+b") as stream:
            stream.seek(int(begin * size))
            stream.write(chooser.randbytes(int((end - begin) * size)))

    def cut_short(self) -> None:
        os.truncate(self.path, self.path.stat().st_size // 2)

    def ask(self, statement: str) -> None:
        with closing(sqlite3.connect(self.path)) as connection:
            connection.execute(statement)

    def become_foreign(self) -> None:
        self.delete()
        self.ask("CREATE TABLE bookmarks (url TEXT)")

    def lock(self) -> None:
        command = [sys.executable, "-c", LOCKER, str(self.path)]
        pipe = subprocess.PIPE
        self._locker = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True)
        assert self._locker.stdout.readline() == "locked\n"

    def unlock(self) -> None:
        self._locker.communicate("\n")


Act = Callable[[Place], object]
GONE = "was removed meanwhile. All of the run was written there once more."
WELL = "can be written again, and all of the run is in it."
ELSEWHERE = "Meanwhile the run is kept in "
DAMAGED = "is damaged and was left as it is"


@dataclasses.dataclass(frozen=True)
class Trouble:
    """What happens, and what must come of it.

    Attributes:
        acts: what happens before the training, 0, or after an epoch.
        told: what is in each sentence that the person is told; None where SQLite may not notice.
        repair: ends the trouble, so that the run can come home; None where it is home by itself.
        is_disk: the library is on a small disk of its own, and its first fallback folder too.
        has_runs: the library is not new.
        is_refused: the file is not this program's to write.
    """

    title: str
    acts: dict[int, Act]
    told: tuple[str, ...] | None
    repair: Act | None = None
    is_disk: bool = False
    has_runs: bool = True
    is_refused: bool = False


def mounted() -> Iterator[Trouble]:
    disk = partial(Trouble, is_disk=True, has_runs=False)
    fill, fill_all, make_room = Place.fill, Place.fill_all, Place.make_room
    full, nowhere = f"the disk is full; make room on it. {ELSEWHERE}", "in memory only: save"
    yield disk("disk full from the beginning (tmpfs)", {0: fill}, (ELSEWHERE,), make_room)
    yield disk("disk full after a while (tmpfs)", {2: fill}, (full,), make_room)
    yield disk("disk full for a while (tmpfs)", {2: fill, 4: make_room}, (full, WELL))
    yield disk("all disks full for a while", {2: fill_all, 4: make_room}, (nowhere, WELL))
    yield disk("all disks full to the end", {2: fill_all}, (nowhere,))
    yield disk("disk taken away (umount --lazy)", {2: partial(Place.unmount, mounted="")}, (GONE,))
    read_only, writable = {0: Place.make_read_only}, partial(Place.unmount, mounted="home")
    for has_runs in (False, True):
        title = f"folder {'with' if has_runs else 'without'} a library mounted read-only"
        yield Trouble(title, read_only, (ELSEWHERE,), writable, False, has_runs, has_runs)


def others(chooser: random.Random) -> Iterator[Trouble]:
    for title, delete in {
        "library deleted": Place.delete,
        "library's file deleted, its log left": lambda place: place.path.unlink(),
        "library deleted with its folder": lambda place: shutil.rmtree(place.home),
    }.items():
        yield Trouble(title, {2: delete}, (GONE,))
    head = partial(Place.scribble, chooser=chooser, begin=0.0, end=0.01)
    middle = partial(Place.scribble, chooser=chooser, begin=0.3, end=0.7)
    newer = partial(Place.ask, statement="PRAGMA user_version = 99")
    for title, spoil, says in (
        ("random bytes at the head of the file", head, DAMAGED),
        ("file cut short", Place.cut_short, DAMAGED),
        ("file of a newer version", newer, "newer version of this program; update"),
        ("file of another program", Place.become_foreign, "another program and was left as it is"),
    ):
        yield Trouble(title, {0: spoil}, (says,), Place.delete, is_refused=True)
    yield Trouble("random bytes in the middle of the file", {0: middle}, None, Place.delete)
    yield Trouble("the same, meanwhile", {2: middle}, None, Place.delete)
    yield Trouble("random bytes at the head, meanwhile", {2: head}, None, Place.delete)
    yield Trouble("file cut short meanwhile", {2: Place.cut_short}, None, Place.delete)
    busy, lock, unlock = f"for 10 seconds; try again. {ELSEWHERE}", Place.lock, Place.unlock
    yield Trouble("locked by another process before", {0: lock}, (busy,), unlock)
    yield Trouble("locked by another process meanwhile", {2: lock}, (busy,), unlock)
    yield Trouble("locked by another process for a while", {2: lock, 4: unlock}, (busy, WELL))


def faults_of(trouble: Trouble, place: Place, splits: Splits, whole: object) -> list[str]:
    """Train while it happens, print what is told, and give the promises that were broken."""
    if trouble.has_runs:
        record(place.library, splits)
    trouble.acts.get(0, str)(place)
    content = place.path.read_bytes() if trouble.is_refused else b""
    told, watch = [], Stopwatch()
    recorder = RunRecorder.begin(place.library, CONFIG, splits, "new")
    waits = [watch()]
    with closing(recorder):
        for event in train(CONFIG, splits):
            watch = Stopwatch()
            problem = recorder.take(event)
            waits.append(watch())
            if problem is not None:
                told.append(problem.text())
                print(f"    “{told[-1].replace(f'{tempfile.gettempdir()}{os.sep}', '…/')}”")
            if isinstance(event, EpochDone):
                trouble.acts.get(event.record.epoch, str)(place)
    print(f"    the training waited for {sum(waits):.2f} s, {max(waits):.2f} s at once")
    is_done = isinstance(event, RunDone) and event.outcome == "completed" and event.state_dict
    wanted = told if trouble.told is None else trouble.told
    wrong = {
        "the training did not come to its end with a model": not is_done,
        "the training waited for too long": sum(waits) > BUSY_SECONDS + 2,
        f"told other things than {wanted}": len(told) != len(wanted)
        or any(words not in text for words, text in zip(wanted, told, strict=True)),
        "the file is another one": trouble.is_refused and place.path.read_bytes() != content,
        "the person does not know": not recorder.is_kept and "in memory only" not in told[-1],
    }
    if recorder.is_kept:
        if recorder.path == place.path:
            is_all_there = figures(place.library, recorder.run_id) == whole
        else:
            is_all_there = figures_of(read_run_file(recorder.path, is_own=True)) == whole
        wrong["not all of the run is where it is said to be"] = not is_all_there
        wrong |= wrong_at_home(trouble, place, recorder, told, whole)
    return [text for text, is_so in wrong.items() if is_so]


def wrong_at_home(
    trouble: Trouble, place: Place, recorder: RunRecorder, told: list[str], whole: object
) -> dict[str, bool]:
    """Where the run has stayed or comes to, once the trouble is over."""
    if recorder.path == place.path:
        may_be_damaged = trouble.told is None
        return {
            "it should not have been written": not may_be_damaged and trouble.repair is not None,
            "the library is damaged": not may_be_damaged and not is_sound(place.path),
        }
    trouble.repair(place)
    brought = recovery.recover(place.library)
    is_home = [run.name for run in brought] == ["new"]
    return {
        "it is not said where it is": str(recorder.path.parent) not in told[-1],
        "it did not come home, once": not is_home or len(list_runs(place.library)) > 2,
        "not all came home": not is_home or figures(place.library, brought[0].id) != whole,
        "it was left behind as well": recorder.path.exists(),
        "the library is damaged": not is_sound(place.path),
    }


def record(library: Library, splits: Splits) -> int:
    with closing(RunRecorder.begin(library, CONFIG, splits, "old")) as recorder:
        for event in train(CONFIG, splits):
            recorder.take(event)
    return recorder.run_id


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    may_mount = IN_NAMESPACE in os.environ
    if not may_mount and shutil.which("unshare"):
        trial = subprocess.run([*UNSHARE, "mount", "-t", "tmpfs", "tmpfs", "/mnt"], check=False)
        if trial.returncode == 0:
            environment = {**os.environ, IN_NAMESPACE: "1"}
            command = [*UNSHARE, sys.executable, __file__, *sys.argv[1:]]
            sys.exit(subprocess.run(command, env=environment, check=False).returncode)
    if not may_mount:
        print("Nothing can be mounted here: full disks and read-only folders are left out.")
    troubles = [*(mounted() if may_mount else ()), *others(random.Random(options.seed))]
    splits, good = part_of_mnist(2000), 0
    with tempfile.TemporaryDirectory() as name:
        alone = Library(Path(name) / "alone.sqlite3")
        whole = figures(alone, record(alone, splits))
        for number, trouble in enumerate(troubles):
            folder = Path(name) / str(number)
            folder.mkdir()
            print(trouble.title)
            try:
                place = Place(folder, is_disk=trouble.is_disk)
                faults = faults_of(trouble, place, splits, whole)
            except Exception:
                faults = [traceback.format_exc()]
            print(f"    {faults or 'as promised'}")
            good += not faults
            if os.path.ismount(folder / "disk"):
                call(["umount", "--lazy", folder / "disk"])
    print(f"{good} of {len(troubles)} troubles ended as promised")
    sys.exit(good != len(troubles))


if __name__ == "__main__":
    main()
