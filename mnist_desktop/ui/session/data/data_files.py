"""What the session does with data sets in files, in the background.

Each imports what only it needs, so that the window need not wait for that.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mnist_desktop.files import is_folder
from mnist_desktop.progress import Progress

if TYPE_CHECKING:
    from mnist_desktop.learning.data.splits import Splits


def is_folder_of_pictures(path: Path) -> bool:
    """Whether a folder holds no data set, but may hold pictures."""
    if not is_folder(path):
        return False
    from mnist_desktop.learning.data.dataset_search import is_dataset_folder

    return not is_dataset_folder(path)


def open_dataset(path: Path, progress: Progress) -> Splits:
    """The data set of a file or a folder."""
    from mnist_desktop.learning.data import datasets

    return datasets.open_dataset(path, progress)


def several_in(fault: Exception) -> tuple[Path, tuple[str, ...]] | None:
    """Where there are several data sets, and their names, if that is what hindered opening one."""
    from mnist_desktop.learning.data.datasets import SeveralDatasetsError

    return (fault.path, fault.names) if isinstance(fault, SeveralDatasetsError) else None


def bundled_mnist(progress: Progress) -> Splits:
    """MNIST, which comes with the program."""
    from mnist_desktop.learning.data import datasets

    return datasets.bundled_mnist(progress)
