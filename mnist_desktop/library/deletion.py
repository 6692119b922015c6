"""Runs deleted, brought back, and removed for good."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable
from contextlib import closing

from mnist_desktop.library.database import Library, translated
from mnist_desktop.library.run_locks import is_recorded
from mnist_desktop.progress import Progress, unwatched


def delete(library: Library, run_ids: Iterable[int], progress: Progress = unwatched) -> list[int]:
    """Take runs out of the list, but for those that are being recorded. ``undelete`` undoes it,
    ``purge`` makes it final.

    Args:
        progress: may call it off; then none is taken out.

    Returns:
        the numbers of those that it was done to.
    """
    with library.write() as connection:
        done = _at_rest(library, connection, run_ids, "deleted IS NULL")
        connection.executemany(
            "UPDATE runs SET deleted = ? WHERE id = ?", [(time.time(), run_id) for run_id in done]
        )
        progress(1.0)
    return done


def undelete(library: Library, run_ids: Iterable[int]) -> None:
    """Put deleted runs back into the list."""
    with library.write() as connection:
        connection.executemany(
            "UPDATE runs SET deleted = NULL WHERE id = ?", [(run_id,) for run_id in run_ids]
        )


def purge(library: Library, run_ids: Iterable[int]) -> list[int]:
    """Remove runs for good, those that are still deleted and that nobody records, and make the file
    smaller by what they took.

    Returns:
        the numbers of those that are gone.
    """
    with library.write() as connection:
        gone = _at_rest(library, connection, run_ids, "deleted IS NOT NULL")
        connection.executemany("DELETE FROM runs WHERE id = ?", [(run_id,) for run_id in gone])
    with closing(library.open()) as connection, translated(library.path):
        # A step frees one page, and ``execute`` takes one step only.
        connection.executescript("PRAGMA incremental_vacuum")
    return gone


def _at_rest(
    library: Library, connection: sqlite3.Connection, run_ids: Iterable[int], condition: str
) -> list[int]:
    """Those of these runs that nobody records, and of which the condition holds."""
    found = []
    for run_id in run_ids:
        row = connection.execute(
            f"SELECT lock FROM runs WHERE id = ? AND {condition}",  # noqa: S608
            (run_id,),
        ).fetchone()
        if row and not is_recorded(library.path, row["lock"]):
            found.append(run_id)
    return found
