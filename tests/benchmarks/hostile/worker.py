"""A process in which files are opened one after the other, and that may die of it.

It tells of each file how that went. Whoever listens sees from its silence that it hangs.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from hostile.corpus import Sample
from hostile.pickles import CANARY
from hostile.uses import USES, Bench
from mnist_desktop.errors import UserError
from mnist_desktop.texts import one_line

MAX_SECONDS = 2.0
MAX_BYTES = 2**30
ADDRESS_SPACE = 4 * 2**30
"""More than what the process has when it begins: what asks for more at once gets nothing."""

STARTING_SECONDS = 60.0
MAX_TEXT = 400
MAX_QUOTED = 200

RUNS_CODE = {
    *("os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.forkpty"),
    *("subprocess.Popen", "pty.spawn", "socket.connect", "ctypes.dlopen", "webbrowser.open"),
}
"""What Python reports to audit hooks, and no file has reason to do."""

Make = Callable[[int], Sample]
"""Gives a file by its number."""


class Outcome(NamedTuple):
    """How it went with a file.

    Attributes:
        kind: "opened" or "refused", or what is wrong: "unhandled", "told badly", "warned",
            "code run", "over 2 s" or "over 1 GB".
        text: what a person was told, or a programmer would want to know.
        seconds: it took.
        megabytes: the most that the process has had so far.
    """

    number: int
    kind: str
    text: str
    seconds: float = 0.0
    megabytes: int = 0

    @property
    def is_fault(self) -> bool:
        return self.kind not in {"opened", "refused"}


def outcomes(kind: str, make: Make, numbers: Iterable[int], batch: int) -> Iterator[Outcome]:
    """Of all files of a format, opened in as many processes as are needed.

    Other programs have the machine too, so what takes too long is tried twice more by itself.

    Args:
        batch: files for one process.
    """
    waiting = list(numbers)
    while waiting:
        some, waiting = waiting[:batch], waiting[batch:]
        for outcome in _in_a_process(kind, make, some):
            some = some[1:]
            again, tries = outcome, 2
            while again.kind == "over 2 s" and tries:
                (again,) = _in_a_process(kind, make, [outcome.number])
                tries -= 1
            yield again
        waiting = some + waiting


def _in_a_process(kind: str, make: Make, numbers: list[int]) -> Iterator[Outcome]:
    """As far as the process comes; at least of the first file."""
    context = multiprocessing.get_context("fork")
    if len(numbers) == 1:
        make(numbers[0])  # here, if it is remembered, so that making it is not measured
    here, there = context.Pipe(duplex=False)
    with tempfile.TemporaryDirectory(dir=_memory()) as folder:
        process = context.Process(target=_work, args=(there, kind, make, numbers, Path(folder)))
        process.start()
        there.close()
        try:
            if not here.poll(STARTING_SECONDS):
                raise TimeoutError("a worker does not start")
            here.recv()
            for number in numbers:
                if not here.poll(MAX_SECONDS):
                    yield Outcome(number, "over 2 s", "was given up", MAX_SECONDS)
                    return
                try:
                    outcome = here.recv()
                except EOFError:
                    process.join()
                    yield Outcome(number, "unhandled", f"the process died: {process.exitcode}")
                    return
                yield outcome
                if outcome.kind in {"over 1 GB", "code run"}:
                    return
        finally:
            process.kill()
            process.join()
            here.close()


def _memory() -> str | None:
    """A folder that is in memory, since libraries wait for the disk; None takes the usual one."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


def _work(report: Connection, kind: str, make: Make, numbers: list[int], folder: Path) -> None:
    os.environ["MNIST_DESKTOP_HOME"] = str(folder / "home")
    os.environ["TMPDIR"] = tempfile.tempdir = str(folder)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    warnings.simplefilter("always")
    bench = Bench(folder)
    errors = (folder / "stderr").open("w+b", buffering=0)
    os.dup2(errors.fileno(), 2)
    resource.setrlimit(resource.RLIMIT_AS, (_address_space() + ADDRESS_SPACE,) * 2)
    has_run: list[str] = []
    sys.addaudithook(lambda event, _: has_run.append(event) if event in RUNS_CODE else None)
    report.send("ready")
    for number in numbers:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            sample = make(number)
        path = _written(sample, folder / "files")
        began = time.monotonic()
        outcome = _opened(kind, bench, path, number)
        seconds = time.monotonic() - began
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        if has_run or CANARY.exists():
            outcome = outcome._replace(kind="code run", text=f"{has_run}")
        elif most > MAX_BYTES:
            outcome = outcome._replace(kind="over 1 GB")
        elif seconds > MAX_SECONDS:
            outcome = outcome._replace(kind="over 2 s")
        elif errors.seek(0, os.SEEK_END) and not outcome.is_fault:
            errors.seek(0)
            outcome = Outcome(number, "warned", errors.read(2000).decode("utf-8", "replace"))
        errors.truncate(0)
        report.send(outcome._replace(seconds=seconds, megabytes=most >> 20))
    os._exit(0)


def _opened(kind: str, bench: Bench, path: Path, number: int) -> Outcome:
    bench.told.errors.clear()
    text = ""
    try:
        USES[kind](bench, path)
        is_open = True
    except UserError as error:
        is_open = False
        bench.told.errors.append(error)
        text = str(error)
    except BaseException:
        return Outcome(number, "unhandled", traceback.format_exc(limit=-6))
    for error in bench.told.errors:
        fault = _fault_of_text(error)
        if fault:
            return Outcome(number, "told badly", f"{fault}: {str(error)!r}"[:2000])
        if "memory" in str(error):
            return Outcome(number, "over 1 GB", f"asked for more than there is: {error}")
    return Outcome(number, "opened" if is_open else "refused", text)


def _fault_of_text(error: UserError) -> str | None:
    """What is wrong with what a person is told."""
    text = str(error)
    if not text or text != one_line(text, most=len(text)):
        return "not one line that can be seen"
    if len(text) > MAX_TEXT:
        return f"{len(text)} characters"
    for value in error.values.values():
        quoted = str(value)
        is_long = len(quoted) > MAX_QUOTED and not isinstance(value, Path | UserError)
        if is_long and quoted[: MAX_QUOTED + 1] in text:
            return f"quotes {len(quoted)} characters"
    return None


def _written(sample: Sample, folder: Path) -> Path:
    """The file in a folder where nothing else is."""
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink() if not old.is_dir() else old.rmdir()
    for name, content in {**sample.beside, sample.name: sample.content}.items():
        (folder / name).write_bytes(content)
    return folder / sample.name


def _address_space() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    return pages * resource.getpagesize()
