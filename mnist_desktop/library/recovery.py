"""Where a run is kept while its library cannot be written, and how it comes home from there.

Each such run is a run file, in a folder that only the person can open. It is found again by the
name of the library that it belongs to, so that no other one takes it in.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from operator import itemgetter
from pathlib import Path

import platformdirs

from mnist_desktop.errors import FileError
from mnist_desktop.library import rows
from mnist_desktop.library.checks import DamagedRunError
from mnist_desktop.library.database import Library, as_library_error
from mnist_desktop.library.run_file import SUFFIX, read_run_file
from mnist_desktop.library.run_locks import is_held, is_recorded
from mnist_desktop.library.run_record import RunRecord
from mnist_desktop.library.runs import Run, run_of
from mnist_desktop.paths import APP, user_folder
from mnist_desktop.progress import Progress, unwatched

TEMPORARY = ("/var/tmp", "/tmp", "/dev/shm")  # noqa: S108 - in a folder that is looked at first
"""What outlives a restart of the machine comes first. The last one is memory, which has room when
all disks are full."""


def fallback_folders() -> list[Path]:
    """Where a run can be kept, the best place first. Most of them are not there."""
    if os.environ.get("MNIST_DESKTOP_HOME"):
        first = Path(f"{user_folder().absolute()}-rescued")
    else:
        first = Path(platformdirs.user_cache_dir(APP, appauthor=False)) / "rescued"
    if sys.platform == "win32":
        return [first, Path(tempfile.gettempdir()) / APP]
    # Not ``gettempdir``: it is another folder when that one is full.
    places = dict.fromkeys([*TEMPORARY, os.environ.get("TMPDIR") or TEMPORARY[0]])
    return [first, *(Path(place).absolute() / f"{APP}-{os.geteuid()}" for place in places)]


def fallback_files(library: Path) -> Iterator[Path]:
    """A name for a new run file in one place after the other, where a folder can be made. To be
    discarded if it is of no use.
    """
    first, *others = fallback_folders()
    for folder in (first, *others):
        place = folder / _key(library)
        try:
            if folder == first:  # a system's folder for temporary files is there, or is none
                folder.parent.mkdir(parents=True, exist_ok=True)
            folder.mkdir(mode=0o700, exist_ok=True)
            if not _is_private(folder):
                continue
            place.mkdir(mode=0o700, exist_ok=True)
            own = Path(tempfile.mkdtemp(dir=place))
        except OSError:
            continue
        yield own / f"run{SUFFIX}"


def discard(path: Path) -> None:
    """Remove a file of ``fallback_files``, and the folders around it once they are empty."""
    shutil.rmtree(path.parent, ignore_errors=True)
    with suppress(OSError):
        path.parents[1].rmdir()
        path.parents[2].rmdir()


def recover(library: Library, progress: Progress = unwatched) -> list[Run]:
    """Take in what was kept elsewhere while this library could not be written, and that nobody
    records. Where it holds an earlier part of such a run, that is resumed in its place.

    Raises:
        LibraryError: it still cannot be written. What is elsewhere stays there.
    """
    brought = []
    found = [path for folder in fallback_folders() for path in _found(folder / _key(library.path))]
    for count, path in enumerate(found):
        progress(count / len(found))
        if is_held(path.with_suffix(".lock")):
            continue
        try:
            run = read_run_file(path, is_own=True)
        except FileError:
            continue  # it cannot be read now; it stays, for whoever can
        try:
            with library.write() as connection:
                number, is_home = _take_in(library, connection, run)
        except (sqlite3.Error, OSError) as fault:
            raise as_library_error(library.path, fault) from fault
        if number is not None:
            brought.append(run_of(library, number))
        if is_home:
            discard(path)
    return brought


def _key(library: Path) -> str:
    return hashlib.sha256(os.fsencode(library.absolute())).hexdigest()[:16]


def _is_private(folder: Path) -> bool:
    """Whether a folder is this person's and nobody else can have put anything there."""
    found = folder.lstat()
    if sys.platform == "win32":
        return stat.S_ISDIR(found.st_mode)
    is_closed = not stat.S_IMODE(found.st_mode) & 0o077
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid() and is_closed


def _found(place: Path) -> list[Path]:
    """Run files; and, until their version 2, the libraries that they were."""
    try:
        if not stat.S_ISDIR(place.lstat().st_mode) or not _is_private(place.parent):
            return []
        folders = sorted(place.iterdir())
        names = (f"run{SUFFIX}", "library.sqlite3")
        return [path for own in folders for name in names if (path := own / name).is_file()]
    except OSError:
        return []


def _take_in(
    library: Library, connection: sqlite3.Connection, run: RunRecord
) -> tuple[int | None, bool]:
    """The number that the run has here now, if it has come; and whether all of it is here."""
    number, here = _counterpart(connection, run)
    if number is None:
        return rows.insert(connection, run), True
    if here is not None and _has_all(here, run):
        return None, True
    row = connection.execute("SELECT lock FROM runs WHERE id = ?", (number,)).fetchone()
    if is_recorded(library.path, row["lock"]):
        return None, False
    if here is not None:
        run.weights = {**here.weights, **run.weights}
        run.thin_out()
        if run.score is None and run.best_epoch == here.best_epoch:
            run.score, run.temperature = here.score, here.temperature
    rows.replace(connection, number, run)
    return number, True


def _counterpart(
    connection: sqlite3.Connection, run: RunRecord
) -> tuple[int | None, RunRecord | None]:
    """The same run here, its number and, unless it is damaged, what there is of it.

    The copy of a run, which a person can make through a file, may have gone another way since. So
    the figures of the epochs decide, and the longest part is the one.
    """
    parts: list[tuple[int, int, RunRecord | None]] = []
    for (number,) in connection.execute(
        "SELECT id FROM runs WHERE created = ? AND train_sha256 = ? ORDER BY id",
        (run.created, run.train_sha256),
    ).fetchall():
        try:
            here = rows.read(connection, number)
        except DamagedRunError:
            parts.append((-1, number, None))
            continue
        common = min(len(here.epochs), len(run.epochs))
        if here.epochs[:common] == run.epochs[:common]:
            parts.append((len(here.epochs), number, here))
    if not parts:
        return None, None
    return max(parts, key=itemgetter(0))[1:]


def _has_all(here: RunRecord, run: RunRecord) -> bool:
    """Whether a run came at least as far here."""
    if len(here.epochs) != len(run.epochs):
        return len(here.epochs) > len(run.epochs)
    return run.outcome in {None, here.outcome} and len(here.changes) >= len(run.changes)
