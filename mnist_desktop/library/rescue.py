"""Where a run is kept while its library cannot be written, and how it comes home from there.

Each such run has a library of its own, in a folder that only the person can open. It is found again
by the name of the library that it belongs to, so that no other one takes it in.
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
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from mnist_desktop.files import reason
from mnist_desktop.library.claims import is_held
from mnist_desktop.library.database import Library, LibraryError
from mnist_desktop.library.runs import Run, run_of
from mnist_desktop.library.schema import APPENDED, TABLES
from mnist_desktop.library.writing import append_rows, read_rows, thin_timeline
from mnist_desktop.paths import APP, user_folder
from mnist_desktop.progress import Progress, unwatched

TEMPORARY = ("/var/tmp", "/tmp", "/dev/shm")  # noqa: S108 - in a folder that is looked at first
"""What outlives a restart of the machine comes first. The last one is memory, which has room when
all disks are full."""

WEIGHTS = ("states", "models", "timeline")
SCORE = {"score_accuracy", "score_low", "score_high", "score_total"}
OWN_COLUMNS = {"id", "owner", "name", "note", "deleted"}
"""What a person may have changed while the rest was elsewhere, or means something in one library
only."""


@dataclass(frozen=True)
class _Kept:
    """A run that was kept elsewhere.

    Attributes:
        run: its row.
        parts: by their table, without the run's number.
    """

    run: sqlite3.Row
    parts: dict[str, list[tuple[object, ...]]]

    def values(self) -> Iterator[tuple[str, object]]:
        """By column, of the run's row."""
        return zip(self.run.keys(), self.run, strict=True)


def rescue_folders() -> list[Path]:
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


def rescue_libraries(library: Library) -> Iterator[Library]:
    """A new library in one place after the other, where a folder can be made. To be discarded if
    it is of no use.
    """
    first, *others = rescue_folders()
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
        yield Library(own / "library.sqlite3")


def discard(rescued: Library) -> None:
    """Remove a library of ``rescue_libraries``, and the folders around it once they are empty."""
    shutil.rmtree(rescued.path.parent, ignore_errors=True)
    with suppress(OSError):
        rescued.path.parents[1].rmdir()
        rescued.path.parents[2].rmdir()


def bring_home(library: Library, progress: Progress = unwatched) -> list[Run]:
    """Take in what was kept elsewhere while this library could not be written, and that nobody
    records. Where it holds an earlier part of such a run, the run goes on in its place.

    Raises:
        LibraryError: it still cannot be written. What is elsewhere stays there.
    """
    brought = []
    found = [rescued for folder in rescue_folders() for rescued in _found(folder / _key(library))]
    for count, rescued in enumerate(found):
        progress(count / len(found))
        kept = _read(rescued)
        if kept is None:
            continue
        try:
            with library.writing() as connection:
                number, is_home = _take_in(library, connection, kept)
        except (sqlite3.Error, OSError) as fault:
            raise as_library_error(library, fault) from fault
        if number is not None:
            brought.append(run_of(library, number))
        if is_home:
            discard(rescued)
    return brought


def as_library_error(library: Library, fault: Exception) -> LibraryError:
    """A fault of the library that no text was made for."""
    if isinstance(fault, LibraryError):
        return fault
    text = reason(fault) if isinstance(fault, OSError) else str(fault) or type(fault).__name__
    return LibraryError(library.path, "cannot be written: {reason}", reason=text)


def _key(library: Library) -> str:
    return hashlib.sha256(os.fsencode(library.path.absolute())).hexdigest()[:16]


def _is_private(folder: Path) -> bool:
    """Whether a folder is this person's and nobody else can have put anything there."""
    found = folder.lstat()
    if sys.platform == "win32":
        return stat.S_ISDIR(found.st_mode)
    is_closed = not stat.S_IMODE(found.st_mode) & 0o077
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid() and is_closed


def _found(place: Path) -> list[Library]:
    try:
        if not stat.S_ISDIR(place.lstat().st_mode) or not _is_private(place.parent):
            return []
        paths = sorted(own / "library.sqlite3" for own in place.iterdir())
        return [Library(path) for path in paths if path.is_file()]
    except OSError:
        return []


def _read(rescued: Library) -> _Kept | None:
    """None for a run that is being recorded, and where there is none that can be read."""
    try:
        with rescued.reading() as connection:
            run = connection.execute("SELECT * FROM runs").fetchone()
            if run is None or is_held(rescued.path, run["owner"]):
                return None
            return _Kept(run, _parts(connection, run["id"]))
    except (LibraryError, sqlite3.Error, OSError):
        return None


def _parts(connection: sqlite3.Connection, run_id: int) -> dict[str, list[tuple[object, ...]]]:
    parts = read_rows(connection, run_id, sys.maxsize)
    for table in WEIGHTS:
        rows = connection.execute(
            f"SELECT * FROM {table} WHERE run = ? ORDER BY epoch",  # noqa: S608
            (run_id,),
        )
        parts[table] = [tuple(row)[1:] for row in rows]
    return parts


def _take_in(
    library: Library, connection: sqlite3.Connection, kept: _Kept
) -> tuple[int | None, bool]:
    """The number that the run has here now, if it has come; and whether all of it is here."""
    here, is_whole = _counterpart(connection, kept)
    if here is None:
        return _insert(connection, kept), True
    if is_whole:
        return None, True
    if is_held(library.path, here["owner"]):
        return None, False
    _replace(connection, kept, here)
    return here["id"], True


def _counterpart(connection: sqlite3.Connection, kept: _Kept) -> tuple[sqlite3.Row | None, bool]:
    """The same run here, if it is here, and whether it is all here.

    The copy of a run, which a person can make through a file, may have gone another way since. So
    the figures of the epochs decide.
    """
    epochs, earlier = kept.parts["epochs"], None
    for here in connection.execute(
        "SELECT * FROM runs WHERE created = ? AND train_sha256 = ? ORDER BY epoch",
        (kept.run["created"], kept.run["train_sha256"]),
    ).fetchall():
        known = _parts(connection, here["id"])
        if known["epochs"][: len(epochs)] == epochs and (
            len(known["epochs"]) > len(epochs) or _has_all(here, known, kept)
        ):
            return here, True
        if epochs[: len(known["epochs"])] == known["epochs"]:
            earlier = here
    return earlier, False


def _has_all(here: sqlite3.Row, known: dict[str, list[tuple[object, ...]]], kept: _Kept) -> bool:
    """Of two that came equally far: one may have been damaged since."""
    return kept.run["outcome"] in {None, here["outcome"]} and all(
        known[table][: len(rows)] == rows
        for table, rows in kept.parts.items()
        if table != "timeline"
    )


def _insert(connection: sqlite3.Connection, kept: _Kept) -> int:
    """The number of the new run."""
    values = {name: value for name, value in kept.values() if name not in {"id", "owner"}}
    inserted = connection.execute(
        f"INSERT INTO runs ({', '.join(values)}) "  # noqa: S608
        f"VALUES ({', '.join('?' * len(values))})",
        tuple(values.values()),
    )
    assert inserted.lastrowid is not None
    _insert_parts(connection, kept, inserted.lastrowid)
    return inserted.lastrowid


def _replace(connection: sqlite3.Connection, kept: _Kept, here: sqlite3.Row) -> None:
    own = OWN_COLUMNS
    if kept.run["score_accuracy"] is None and kept.run["best_epoch"] == here["best_epoch"]:
        own |= SCORE  # of a run that was gone on with: they stayed here, with its model
    values = {name: value for name, value in kept.values() if name not in own}
    connection.execute(
        f"UPDATE runs SET {', '.join(f'{name} = ?' for name in values)} "  # noqa: S608
        "WHERE id = ?",
        (*values.values(), here["id"]),
    )
    for table in TABLES:
        if table in APPENDED or (table != "timeline" and kept.parts[table]):
            connection.execute(
                f"DELETE FROM {table} WHERE run = ?",  # noqa: S608
                (here["id"],),
            )
    _insert_parts(connection, kept, here["id"])


def _insert_parts(connection: sqlite3.Connection, kept: _Kept, number: int) -> None:
    """All that belongs to a run; the timeline joins what there is of it."""
    for epoch, _weights in kept.parts["timeline"]:
        connection.execute("DELETE FROM timeline WHERE run = ? AND epoch = ?", (number, epoch))
    for table, rows in kept.parts.items():
        append_rows(connection, table, number, rows)
    if kept.parts["timeline"]:
        epoch, weights = kept.parts["timeline"][-1]
        assert isinstance(epoch, int)
        assert isinstance(weights, bytes)
        thin_timeline(connection, number, epoch, len(weights))
