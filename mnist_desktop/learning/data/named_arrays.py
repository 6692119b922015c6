"""Which of a file's arrays are pictures and which labels, and of what part. Needs no torch."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path

from mnist_desktop.errors import Sentence
from mnist_desktop.learning.data.dataset_parts import Part, part_of
from mnist_desktop.learning.data.name_words import words_of
from mnist_desktop.learning.data.splits import LABELS, PICTURES, DatasetError
from mnist_desktop.texts import QT_TRANSLATE_NOOP

IN_ORDER: dict[int, tuple[Part, ...]] = {
    1: ("train",),
    2: ("train", "test"),
    3: ("train", "validation", "test"),
}
"""The parts of so many pairs that are not named."""

LABEL_WORDS = {"y", "label", "labels", "target", "targets"}

Pairs = dict[Part, tuple[str, str]]
"""Of each part the names of the pictures and of the labels."""


def pairs_of(path: Path, shapes: Mapping[str, tuple[int, ...]]) -> Pairs:
    """The pairs of pictures and labels among arrays, by their names, or else in their order.

    Shapes tell pictures from labels, names tell the parts: ``X_train`` and ``y_train``,
    ``train_images`` and ``train_labels``, ``Train/Features`` and ``Train/Labels`` are the same.

    Args:
        path: for the text of an error.
        shapes: of all arrays of numbers.

    Raises:
        DatasetError: there is no such pair, or a part has only one of the two.
    """
    pictures = [name for name, shape in shapes.items() if len(shape) > 1 and not _is_labels(shape)]
    labels = [name for name, shape in shapes.items() if _is_labels(shape)]
    named = {part for name in (*pictures, *labels) if (part := part_of(name))}
    if not named:
        parts = IN_ORDER.get(len(pictures))
        if parts is None or len(labels) != len(pictures):
            raise DatasetError(
                path,
                QT_TRANSLATE_NOOP(
                    "core",
                    "has no pictures with labels by names that are known, as x_train, y_train, "
                    "x_test, y_test; it holds {names}",
                ),
                names=", ".join(shapes) or "–",
            )
        return dict(zip(parts, zip(pictures, labels, strict=True), strict=True))
    pairs: Pairs = {}
    for part in ("train", "validation", "test"):
        if part in named:
            own = [name for name in pictures if part_of(name) == part]
            fitting = [name for name in labels if part_of(name) == part]
            if len(fitting) > 1:
                fitting = [name for name in fitting if LABEL_WORDS & words_of(name)]
            pairs[part] = (
                _only(path, own, PICTURES, f"x_{part}"),
                _only(path, fitting, LABELS, f"y_{part}"),
            )
    return pairs


def _only(path: Path, names: list[str], what: Sentence, example: str) -> str:
    if len(names) == 1:
        return names[0]
    raise DatasetError(
        path,
        QT_TRANSLATE_NOOP(
            "core",
            "needs one array of {what} that is called as {example} or alike; it has {count}",
        ),
        what=what,
        example=example,
        count=len(names),
    )


def _is_labels(shape: tuple[int, ...]) -> bool:
    return len(shape) == 1 or (len(shape) == 2 and math.prod(shape[1:]) in (1, 10))
