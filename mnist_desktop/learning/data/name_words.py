"""The words in the names that people give to files, folders and arrays. Needs no torch."""

from __future__ import annotations

import re

CAPITALISED = re.compile("[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
"""``XTrain`` is X and Train."""

IN_ONE_CASE = re.compile("[A-Z]+|[a-z]+")
"""``MNISTtrain`` is MNIST and train."""


def words_of(name: str) -> set[str]:
    """Whatever stands between other signs than letters, or begins in another case; in small
    letters.
    """
    found = CAPITALISED.findall(name) + IN_ONE_CASE.findall(name)
    return {word.lower() for word in found}
