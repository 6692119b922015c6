"""What the ten classes of data sets in MNIST's format are called, and which set a file is of.

Nothing in the files says it; but the folders and files have names, and whoever publishes such a set
takes care that they do.
"""

from __future__ import annotations

from pathlib import Path

from mnist_desktop.learning.data.name_words import words_of
from mnist_desktop.learning.data.splits import DIGIT_NAMES

FASHION = (
    *("T-shirt", "trouser", "pullover", "dress", "coat"),
    *("sandal", "shirt", "sneaker", "bag", "ankle boot"),
)
"""Xiao, Rasul, Vollgraf 2017, "Fashion-MNIST"."""

KUZUSHIJI = tuple("おきすつなはまやれを")
"""Clanuwat et al. 2018, "Deep learning for classical Japanese literature" (KMNIST)."""

DIGIT_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")

SAYING_NOTHING = {"raw", "gzip", "data", "processed", "archive", "dataset"}
"""Folders that a set is in, but not called by."""

FASHION_WORDS, KUZUSHIJI_WORDS = {"fashion", "fashionmnist"}, {"kmnist", "kuzushiji"}

SETS = FASHION_WORDS | KUZUSHIJI_WORDS | {"mnist", "emnist", "qmnist"}
"""Words of which one is in the name of a set."""

PARTS = 4
"""Of a path, from its end, that may name a set: the last one that does is right."""


def class_names_of(path: Path) -> tuple[str, ...]:
    """The names of the labels 0 to 9, told from the names of a set's file or folder."""
    words = _words(path)
    if words & FASHION_WORDS:
        return FASHION
    return KUZUSHIJI if words & KUZUSHIJI_WORDS else DIGIT_NAMES


def lies_on_its_side(path: Path) -> bool:
    """Whether a set has rows and columns exchanged: EMNIST, as it is published."""
    return "emnist" in _words(path)


def dataset_name(path: Path) -> str:
    """What to call a set, for people: as its file or folder, or the one around it."""
    parts = [part for part in path.resolve().parts if part != path.anchor]
    return next((one for one in reversed(parts) if one.lower() not in SAYING_NOTHING), path.name)


def _words(path: Path) -> set[str]:
    """Of what names the set; none where nothing does."""
    parts = map(words_of, reversed(path.resolve().parts[-PARTS:]))
    return next((words for words in parts if words & SETS), set())
