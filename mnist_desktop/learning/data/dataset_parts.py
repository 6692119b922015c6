"""From the parts of somebody's data set to the three splits. Needs no torch."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal

import numpy as np

from mnist_desktop.errors import Sentence
from mnist_desktop.ink import SIDE
from mnist_desktop.learning.data.class_names import class_names_of, dataset_name, lies_on_its_side
from mnist_desktop.learning.data.name_words import words_of
from mnist_desktop.learning.data.splits import DatasetError, Split, Splits
from mnist_desktop.texts import QT_TRANSLATE_NOOP

Part = Literal["train", "validation", "test"]

PART_WORDS: dict[Part, str] = {
    "train": "train|training",
    "test": "test|testing",
    "validation": "val|valid|validation|eval|evaluation|dev",
}
"""Patterns."""

ATTACHED = "x|y|s|set|data|image|images|img|imgs|label|labels|target|targets"
"""What people write onto such a word without anything between."""

TEN_THOUSAND = re.compile("(^|[^a-z0-9])t10k([^a-z0-9]|$)")
"""The test pictures of MNIST, as it is published."""

CHUNK = 4096
"""Pictures that are changed at once, so that no second copy of all of them is in memory."""

SAMPLE = 1000
"""Pictures that are looked at to see whether ink is dark or light."""

NO_TEST = Sentence(
    QT_TRANSLATE_NOOP(
        "core",
        "It has no test pictures: the last sixth of its pictures is kept for the test, and of the "
        "others the last sixth for validation.",
    )
)
VALIDATION_TESTS = Sentence(
    QT_TRANSLATE_NOOP(
        "core",
        "It has no test pictures: its validation pictures are kept for the test, and the last "
        "sixth of its training pictures is for validation.",
    )
)
MIXED = Sentence(
    QT_TRANSLATE_NOOP("core", "Its pictures stand in the order of their labels, and were mixed.")
)
INVERTED = Sentence(
    QT_TRANSLATE_NOOP("core", "Its ink is dark on light paper, and was made light on black.")
)
TRANSPOSED = Sentence(
    QT_TRANSLATE_NOOP("core", "Its pictures lie on their side, as EMNIST’s do, and were set up.")
)


def part_of(name: str) -> Part | None:
    """Which part a file, a folder or an array is, by its name."""
    words = words_of(name)
    for part, pattern in PART_WORDS.items():
        if any(re.fullmatch(f"[xy]?({pattern})({ATTACHED})?", word) for word in words):
            return part
    return "test" if TEN_THOUSAND.search(name.lower()) else None


def assembled(path: Path, parts: Mapping[Part, Split], notes: Iterable[Sentence] = ()) -> Splits:
    """The three splits, cut from what there is, upright and with light ink on black.

    Args:
        path: of the file or folder, whose name tells which set it is.
        parts: at least one; their pictures may be changed in place.
        notes: what is to be told besides.

    Raises:
        DatasetError: there are too few pictures to be cut.
    """
    told = list(notes)
    if lies_on_its_side(path):
        told.append(TRANSPOSED)
        for split in parts.values():
            for start in range(0, len(split), CHUNK):
                chunk = split.pictures[start : start + CHUNK]
                chunk[:] = chunk.transpose(0, 2, 1)
    if _is_white(next(iter(parts.values()))):
        told.append(INVERTED)
        for split in parts.values():
            np.subtract(255, split.pictures, out=split.pictures)
    train, validation, test = _three(path, parts, told)
    names = class_names_of(path)
    return Splits(dataset_name(path), train, validation, test, names, tuple(told))


def _three(
    path: Path, parts: Mapping[Part, Split], told: list[Sentence]
) -> tuple[Split, Split, Split]:
    """Training, validation and test; what has to be said about them joins what is ``told``."""
    train, validation, test = (parts.get(part) for part in ("train", "validation", "test"))
    if train is not None and validation is not None and test is not None:
        return train, validation, test
    if train is None or (validation is None and test is None):
        whole = train or test or validation
        assert whole is not None
        told.append(NO_TEST)
        train, test = _cut(path, _mixed(whole, told))
    elif test is None:
        assert validation is not None
        told.append(VALIDATION_TESTS)
        train, test = _mixed(train, told), validation
    else:  # as MNIST itself is published, which need not be told
        train = _mixed(train, told)
    return *_cut(path, train), test


def _cut(path: Path, split: Split) -> tuple[Split, Split]:
    """All but the last sixth, and that. MNIST's are 50,000 and 10,000, as ``mnist.pkl.gz`` has."""
    if len(split) < 2:
        raise DatasetError(
            path,
            QT_TRANSLATE_NOOP(
                "core", "has one training picture only, and needs one more to test on"
            ),
        )
    kept = len(split) - max(1, len(split) // 6)
    return split.first(kept), split.some(slice(kept, None))


def _mixed(split: Split, told: list[Sentence]) -> Split:
    """In another order, if it is that of the labels: the last sixth would show a digit or two."""
    labels = split.labels
    if (labels[1:] < labels[:-1]).any() or labels[0] == labels[-1]:
        return split
    told.append(MIXED)
    return split.some(np.random.default_rng(0).permutation(len(split)))


def _is_white(split: Split) -> bool:
    """Whether most pixels at the pictures' edges are light."""
    few = split.pictures[:: max(1, len(split) // SAMPLE)]
    edges = np.concatenate([few[:, [0, SIDE - 1], :].ravel(), few[:, :, [0, SIDE - 1]].ravel()])
    return bool(np.median(edges) > 127)
