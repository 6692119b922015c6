"""What a person says that pictures of a data set show: kept beside the data set, never in it."""

from __future__ import annotations

from collections.abc import Mapping

from mnist_desktop.learning.settings.config import CLASSES
from mnist_desktop.library.bounds import fitting
from mnist_desktop.library.checks import checked, whole
from mnist_desktop.library.database import Library


def read_labels(library: Library, sha256: str) -> dict[int, int]:
    """The corrected labels of a split, by the indices of their pictures.

    Args:
        sha256: of the split, as ``Split.sha256``.

    Raises:
        LibraryError: the library cannot be read, or what it holds is damaged.
    """
    with library.read() as connection, checked():
        rows = connection.execute("SELECT picture, label FROM labels WHERE split = ?", (sha256,))
        return {
            whole(row["picture"], 0, 2**63 - 1): whole(row["label"], 0, CLASSES - 1)
            for row in fitting(connection, rows)
        }


def keep_labels(library: Library, sha256: str, labels: Mapping[int, int | None]) -> None:
    """Keep corrected labels of a split, all of them or none.

    Args:
        labels: by the indices of their pictures, 0 to 9; None for what the data set itself says.

    Raises:
        LibraryError: the library cannot be written.
    """
    with library.write() as connection:
        for picture, label in labels.items():
            if label is None:
                connection.execute(
                    "DELETE FROM labels WHERE split = ? AND picture = ?", (sha256, picture)
                )
            else:
                connection.execute(
                    "INSERT OR REPLACE INTO labels (split, picture, label) VALUES (?, ?, ?)",
                    (sha256, picture, label),
                )
