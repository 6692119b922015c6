"""Which data sets a folder holds, by the names in it and in its folders. Needs no torch."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from mnist_desktop.files import identity, names_in, opened
from mnist_desktop.ink.photo.file import SUFFIXES as PICTURE_SUFFIXES
from mnist_desktop.learning.data.dataset_parts import Part, part_of
from mnist_desktop.learning.data.digits_csv import SUFFIXES as CSV_SUFFIXES
from mnist_desktop.learning.data.digits_csv import looks_like_digits, read_csv
from mnist_desktop.learning.data.idx import IDX_NAME, read_idx_files
from mnist_desktop.learning.data.mnist_pickle import read_mnist_pickle
from mnist_desktop.learning.data.named_arrays import LABEL_WORDS
from mnist_desktop.learning.data.npz import read_array_files, read_npz
from mnist_desktop.learning.data.picture_folders import classes_in, read_picture_folders
from mnist_desktop.learning.data.splits import DatasetError, Splits
from mnist_desktop.progress import Progress

PICKLE_NAME = re.compile(r".*\.(pkl|pickle)(\.gz)?|mnist\.pkl.*")
ARRAY_SUFFIXES = (".npz", ".npy")

IMAGE_WORDS = {"imgs", "images", "img", "image", "x", "data", "features", "pixels"}

ZIP_SUFFIX = ".zip"

MAX_DEPTH = 4
MAX_ENTRIES = 20_000
"""Of folders in one another, and of names in all of them, that are looked at."""


@dataclass(frozen=True)
class Found:
    """A data set.

    Attributes:
        path: opening it opens this set, whatever is beside it.
        files: all that it is made of.
        read: opens it.
        is_whole: False where some of its files are missing, which ``read`` then says.
    """

    path: Path
    files: tuple[Path, ...]
    read: Callable[[Progress], Splits]
    is_whole: bool = True


def find_datasets(folder: Path) -> list[Found]:
    """The data sets in a folder and in its folders.

    Those of which files are missing come only where none is whole.
    """
    found = list(_found_below(folder, depth=0, left=[MAX_ENTRIES], seen=set()))
    return [one for one in found if one.is_whole] or found


def find_beside(path: Path) -> Found | None:
    """The data set that a file is a part of; None where it is by itself."""
    names, _ = names_in(path.parent, MAX_ENTRIES)
    for found in _found_in(path.parent, names):
        if path.name in {file.name for file in found.files}:
            return found
    return None


def read_arrays(path: Path, progress: Progress) -> Splits:
    """The splits of an ``.npz`` or a pickle, whichever it is, and whatever it is called.

    Raises:
        DatasetError: it is damaged, or holds something else.
    """
    with opened(path, DatasetError) as stream:
        is_zip = stream.read(2) == b"PK"
    return read_npz(path, progress) if is_zip else read_mnist_pickle(path, progress)


def is_dataset_folder(folder: Path) -> bool:
    """Whether a folder has the files of a data set in it, by their names. All need not be there."""
    files, _ = names_in(folder, MAX_ENTRIES)
    if any(name.lower().endswith(PICTURE_SUFFIXES) for name in files):
        return any(True for _ in _found_in(folder, files))
    return bool(find_datasets(folder)) or any(name.lower().endswith(ZIP_SUFFIX) for name in files)


def _found_below(
    folder: Path, depth: int, left: list[int], seen: set[tuple[int, int] | None]
) -> Iterator[Found]:
    if (which := identity(folder)) in seen:  # a link leads back
        return
    seen.add(which)
    files, folders = names_in(folder, left[0])
    left[0] -= len(files) + len(folders)
    if classes := classes_in(folder):
        yield Found(folder, (), partial(read_picture_folders, folder, classes))
        return
    yield from _found_in(folder, files)
    if depth < MAX_DEPTH and left[0] > 0:
        for name in folders:
            if not name.startswith((".", "__")):
                yield from _found_below(folder / name, depth + 1, left, seen)


def _found_in(folder: Path, names: list[str]) -> Iterator[Found]:
    """Those whose files are in this folder itself."""
    yield from _idx_sets(folder, names)
    grouped: set[str] = set()
    for parts in _array_sets(folder, names):
        files = tuple(path for pair in parts.values() for path in pair)
        grouped |= {path.name for path in files}
        yield Found(files[0], files, partial(read_array_files, files[0], parts))
    for name in names:
        path = folder / name
        if (name.endswith(".npz") and name not in grouped) or PICKLE_NAME.fullmatch(name):
            yield Found(path, (path,), partial(read_arrays, path))
    yield from _csv_sets(folder, names)


def _idx_sets(folder: Path, names: list[str]) -> Iterator[Found]:
    by_prefix: dict[str, list[Path]] = defaultdict(list)
    for name in names:
        if matched := IDX_NAME.fullmatch(name):
            by_prefix[matched["prefix"]].append(folder / name)
    for prefix, files in by_prefix.items():
        whole = len({_idx_role(file) for file in files}) == 4
        path = files[0] if prefix or len(by_prefix) > 1 else folder
        yield Found(path, tuple(files), partial(read_idx_files, folder, prefix), is_whole=whole)


def _idx_role(file: Path) -> tuple[bool, bool]:
    """Of which part it is and what it holds, in whatever form."""
    matched = IDX_NAME.fullmatch(file.name)
    assert matched
    return matched["part"] == "train", "images" in file.name


def _array_sets(folder: Path, names: list[str]) -> Iterator[dict[Part, tuple[Path, Path]]]:
    """Pictures and labels in files of their own: ``kmnist-train-imgs.npz``, ``X_train.npy``."""
    groups: dict[str, dict[Part, dict[str, Path]]] = defaultdict(lambda: defaultdict(dict))
    for name in names:
        stem, dot, suffix = name.rpartition(".")
        part = part_of(stem)
        words = [word for word in re.split(r"[^a-z0-9]+", stem.lower()) if word]
        kinds = IMAGE_WORDS & {*words}, LABEL_WORDS & {*words}
        if f"{dot}{suffix}" in ARRAY_SUFFIXES and part and bool(kinds[0]) != bool(kinds[1]):
            rest = [word for word in words if part_of(word) is None and word not in kinds[0]]
            key = " ".join(word for word in rest if word not in kinds[1])
            groups[key][part]["images" if kinds[0] else "labels"] = folder / name
    for parts in groups.values():
        whole = {p: (o["images"], o["labels"]) for p, o in parts.items() if len(o) == 2}
        if whole:
            yield whole


def _csv_sets(folder: Path, names: list[str]) -> Iterator[Found]:
    """One set for each table, or for those that are parts of one."""
    tables = [name for name in names if name.lower().endswith(CSV_SUFFIXES)]
    tables = [name for name in tables if looks_like_digits(folder / name)]
    groups: dict[str, dict[Part, Path]] = defaultdict(dict)
    alone = []
    for name in tables:
        part = part_of(name)
        # The same name but for its part, and for a count of lines.
        key = re.sub(r"train(ing)?|test(ing)?|val(idation)?|dev|\d+", "", name.lower())
        if part is None or part in groups[key]:
            alone.append(folder / name)
        else:
            groups[key][part] = folder / name
    singles: list[dict[Part, Path]] = [{"train": path} for path in alone]
    for files in [*groups.values(), *singles]:
        if files:
            paths = tuple(files.values())
            yield Found(paths[0], paths, partial(read_csv, paths[0], files))
