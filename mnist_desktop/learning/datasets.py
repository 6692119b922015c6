"""Open a data set in whatever format it comes. Needs no torch."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from mnist_desktop.files import is_folder, opened
from mnist_desktop.learning.idx import IDX_NAME, find_idx, read_idx
from mnist_desktop.learning.mnist_pickle import read_mnist_pickle
from mnist_desktop.learning.npz import read_npz
from mnist_desktop.learning.splits import DatasetError, Splits
from mnist_desktop.paths import bundled
from mnist_desktop.progress import Progress, unwatched
from mnist_desktop.texts import QT_TRANSLATE_NOOP

SUFFIXES = (".gz", ".pkl", ".npz")
"""Of data set files, for a file dialog; IDX files without gzip have none of their own."""


def bundled_mnist(progress: Progress = unwatched) -> Splits:
    """MNIST, which comes with the program: 50,000, 10,000 and 10,000 pictures."""
    return _read_folder(bundled("data/mnist"), "MNIST", progress)


def open_dataset(path: Path, progress: Progress = unwatched) -> Splits:
    """The data set at ``path``, recognised by its contents.

    Args:
        path: a folder with four IDX files, or with one ``mnist.pkl.gz`` or ``.npz``; any one of
            the four files; or such a pickle or ``.npz`` itself.
        progress: may raise ``Cancelled``.

    Raises:
        DatasetError: there is none, or it is faulty; the text names the file and the fault.
    """
    with suppress(RuntimeError):  # "~somebody" who is not known here
        path = path.expanduser()
    if is_folder(path):
        return _read_folder(path, path.resolve().name, progress)
    with opened(path, DatasetError) as stream:
        beginning = stream.read(4)
    if not beginning:
        raise DatasetError(path, QT_TRANSLATE_NOOP("core", "is empty"))
    if beginning[:2] == b"PK":
        return read_npz(path, progress)
    if beginning[:2] == b"\0\0":
        if not IDX_NAME.fullmatch(path.name):
            raise DatasetError(
                path,
                QT_TRANSLATE_NOOP(
                    "core",
                    "is not called as one of MNIST's four files are, train-images-idx3-ubyte …",
                ),
            )
        return _read_folder(path.parent, path.resolve().parent.name, progress)
    if beginning[:1] in b"\x80(" or ".pkl" in path.name:
        return read_mnist_pickle(path, progress)
    raise DatasetError(
        path,
        QT_TRANSLATE_NOOP(
            "core",
            "is not a data set: IDX files, mnist.pkl.gz and .npz with x_train … can be opened",
        ),
    )


def is_dataset_folder(folder: Path) -> bool:
    """Whether a folder has the files of a data set in it, by their names. All need not be there."""
    try:
        names = [path.name for path in folder.iterdir()]
    except OSError:
        return False
    return any(
        IDX_NAME.fullmatch(name) or name.startswith("mnist.pkl") or name.endswith(".npz")
        for name in names
    )


def _read_folder(folder: Path, name: str, progress: Progress) -> Splits:
    train, test = find_idx(folder, "train"), find_idx(folder, "t10k")
    if train and test:
        return Splits.from_official(
            name,
            # MNIST has six training pictures for each test picture.
            read_idx(*train, lambda done: progress(done * 6 / 7)),
            read_idx(*test, lambda done: progress((6 + done) / 7)),
        )
    if train or test:
        raise DatasetError(
            folder,
            QT_TRANSLATE_NOOP(
                "core", "{missing}-images-idx3-ubyte and its labels are missing in it"
            ),
            missing="t10k" if train else "train",
        )
    files = [*folder.glob("mnist.pkl*"), *folder.glob("*.npz")]
    if len(files) == 1:
        return open_dataset(files[0], progress)
    raise DatasetError(
        folder,
        QT_TRANSLATE_NOOP(
            "core",
            "holds no data set: four IDX files are needed (train-images-idx3-ubyte …), gzipped "
            "or not",
        ),
    )
