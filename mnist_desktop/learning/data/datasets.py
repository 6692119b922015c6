"""Open a data set in whatever format it comes. Needs no torch."""

from __future__ import annotations

import dataclasses
import weakref
from contextlib import suppress
from pathlib import Path

from mnist_desktop.files import is_file, is_folder, opened
from mnist_desktop.learning.data.dataset_search import (
    ZIP_SUFFIX,
    Found,
    find_beside,
    find_datasets,
    read_arrays,
)
from mnist_desktop.learning.data.digits_csv import looks_like_digits, read_csv
from mnist_desktop.learning.data.idx import IDX_NAME, MNIST, read_idx_files
from mnist_desktop.learning.data.splits import DatasetError, Splits
from mnist_desktop.learning.data.zipped_dataset import is_npz, read_zip
from mnist_desktop.paths import bundled
from mnist_desktop.progress import Progress, unwatched
from mnist_desktop.texts import QT_TRANSLATE_NOOP

SUFFIXES = (".gz", ".pkl", ".npz", ".csv", ".zip")
"""Of data set files, for a file dialog; IDX files without gzip have none of their own."""

_in_use: weakref.WeakValueDictionary[Path, Splits] = weakref.WeakValueDictionary()

MOST_NAMED = 20
"""Of several data sets, so many are named."""


class SeveralDatasetsError(DatasetError):
    """A folder or an archive that holds more than one data set.

    Attributes:
        names: of each, by which it is opened: as a path within the folder or archive.
    """

    def __init__(self, path: Path, names: tuple[str, ...]) -> None:
        super().__init__(
            path,
            QT_TRANSLATE_NOOP(
                "core", "holds {count} data sets: {names}; name one of them, as in {example}"
            ),
            count=len(names),
            names=", ".join(names[:MOST_NAMED]) + ("…" if len(names) > MOST_NAMED else ""),
            example=path / names[0],
        )
        self.names = names


def bundled_mnist(progress: Progress = unwatched) -> Splits:
    """MNIST, which comes with the program: 50,000, 10,000 and 10,000 pictures.

    It takes 55 MB, and is the same one for all who need it as long as one of them has it.
    """
    path = bundled(MNIST)
    splits = _in_use.get(path)
    if splits is None:
        splits = dataclasses.replace(read_idx_files(path, progress=progress), name="MNIST")
        _in_use[path] = splits
    return splits


def open_dataset(path: Path, progress: Progress = unwatched) -> Splits:
    """The data set at ``path``, recognised by its contents.

    Args:
        path: a folder with a data set in it or in its folders; a file of one; a zip archive of
            one, or of several and in it the name of one.
        progress: may raise ``Cancelled``.

    Raises:
        SeveralDatasetsError: there is more than one, and none is named.
        FileError: there is none, or it is faulty; the text names the file and the fault.
    """
    with suppress(RuntimeError):  # "~somebody" who is not known here
        path = path.expanduser()
    if is_folder(path):
        return _read_folder(path, progress)
    for archive in path.parents:
        if archive.suffix.lower() == ZIP_SUFFIX and is_file(archive):
            return _read_archive(archive, path.relative_to(archive).as_posix(), progress)
    return _read_file(path, progress)


def _read_file(path: Path, progress: Progress) -> Splits:
    with opened(path, DatasetError) as stream:
        beginning = stream.read(4)
    if not beginning:
        raise DatasetError(path, QT_TRANSLATE_NOOP("core", "is empty; get a whole copy"))
    if beginning[:2] == b"\0\0" and not IDX_NAME.fullmatch(path.name):
        raise DatasetError(
            path,
            QT_TRANSLATE_NOOP(
                "core",
                "is not called as one of MNIST's four files are, train-images-idx3-ubyte …",
            ),
        )
    beside = find_beside(path)
    if beside is not None and len(beside.files) > 1:
        return beside.read(progress)
    if beginning[:2] == b"PK" and not is_npz(path):
        return _read_archive(path, "", progress)
    if beginning[:2] == b"PK" or beginning[:1] in b"\x80(" or ".pkl" in path.name:
        return read_arrays(path, progress)
    if matched := IDX_NAME.fullmatch(path.name):
        return read_idx_files(path.parent, matched["prefix"], progress)
    if looks_like_digits(path) or path.suffix.lower() == ".csv":
        return read_csv(path, {"train": path}, progress)
    raise DatasetError(
        path,
        QT_TRANSLATE_NOOP(
            "core",
            "is not a data set: IDX files, .npz, pickles and CSV with pictures and labels, folders "
            "of pictures by digit, and zip archives of these can be opened",
        ),
    )


def _read_folder(folder: Path, progress: Progress) -> Splits:
    found = find_datasets(folder)
    if len(found) == 1:
        return found[0].read(progress)
    if found:
        raise SeveralDatasetsError(folder, tuple(_name(one, folder) for one in found))
    archives = sorted(folder.glob("*.[zZ][iI][pP]"))
    if len(archives) == 1:
        return _read_archive(archives[0], "", progress)
    if archives:
        raise SeveralDatasetsError(folder, tuple(path.name for path in archives))
    raise DatasetError(
        folder,
        QT_TRANSLATE_NOOP(
            "core",
            "holds no data set: four IDX files are needed (train-images-idx3-ubyte …), gzipped "
            "or not; or .npz, a pickle, CSV, or folders of pictures by digit, 0 to 9",
        ),
    )


def _name(found: Found, folder: Path) -> str:
    name = found.path.relative_to(folder).as_posix()
    # The folder itself would ask again.
    return found.files[0].name if name == "." and found.files else name


def _read_archive(path: Path, inner: str, progress: Progress) -> Splits:
    try:
        return read_zip(path, inner, open_dataset, progress)
    except SeveralDatasetsError as fault:
        raise SeveralDatasetsError(path, fault.names) from fault
