"""What an evaluation has found, picture by picture."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.ink import SIDE
from mnist_desktop.learning.data.splits import DIGIT_NAMES, Pictures, Split
from mnist_desktop.learning.records import Score
from mnist_desktop.progress import Progress, share_of

if TYPE_CHECKING:
    from mnist_desktop.ink.strokes import LabelledDrawing
    from mnist_desktop.learning.read.recognizer import Recognizer

Target = Literal["test", "validation", "mine"] | Path
"""A split of the data set, what the person in use has taught, or a strokes file."""


@dataclass(frozen=True, eq=False)
class Result:
    """What is labelled with digits, and what it was read as.

    Attributes:
        model: the name of the model that read.
        recognizer: that model.
        target: what was read.
        score: how many were right; None where nothing was labelled with a digit.
        truth, read: (n,) texts, a digit or a number each; "" where nothing was read.
        confidence: (n,) how sure it was of its least sure digit, 0 to 1.
        pictures: n pictures, (28, 28 k) uint8 each: k digits side by side.
        confusion: (10, 10) counts of single digits: rows are the truth, columns what was read.
        outside_confusion: how many are not in it.
        calibration_error: by how much confidence and accuracy differ, 0 to 1.
        told_apart: area under the ROC curve of telling digits from what is labelled as none.
        kept: the share of what is read rightly that is answered.
        strictness: with which it was read.
        names: what the labels 0 to 9 stand for.

    Those from ``calibration_error`` to ``strictness`` are None where there is nothing to measure
    them on.
    """

    model: str
    recognizer: Recognizer
    target: Target
    score: Score | None
    truth: NDArray[np.str_]
    read: NDArray[np.str_]
    confidence: NDArray[np.float64]
    pictures: Pictures
    confusion: NDArray[np.int64]
    outside_confusion: int = 0
    calibration_error: float | None = None
    told_apart: float | None = None
    kept: float | None = None
    strictness: float | None = None
    names: tuple[str, ...] = DIGIT_NAMES

    def name_of(self, text: str) -> str:
        """What a digit that was meant or read stands for; any other text as it is."""
        return self.names[int(text)] if text in DIGIT_NAMES else text

    def number_and_name_of(self, text: str) -> str:
        """As in "7 Sneaker"; of a digit that stands for itself, and of any other text, that."""
        name = self.name_of(text)
        return text if name == text else f"{text} {name}"

    @property
    def right(self) -> NDArray[np.bool_]:
        """(n,) which are read as they were meant."""
        right: NDArray[np.bool_] = self.truth == self.read
        return right

    @property
    def digits(self) -> Split:
        """Those that are single digits, and were seen as one picture."""
        if isinstance(self.pictures, np.ndarray):
            return Split(self.pictures, self.truth.astype(np.uint8))
        those = [
            (picture, int(truth))
            for picture, truth in zip(self.pictures, self.truth, strict=True)
            if len(truth) == 1 and truth.isdigit() and picture.shape == (SIDE, SIDE)
        ]
        pictures = np.array([picture for picture, _ in those], dtype=np.uint8)
        labels = np.array([label for _, label in those], dtype=np.uint8)
        return Split(pictures.reshape(-1, SIDE, SIDE), labels)

    def chosen(self, cell: tuple[int, int] | None) -> NDArray[np.int64]:
        """Indices of a cell's pictures, or of all misread ones, the surest first."""
        if cell is None:
            which = ~self.right
        else:
            which = (self.truth == str(cell[0])) & (self.read == str(cell[1]))
        indices = np.flatnonzero(which)
        return indices[np.argsort(-self.confidence[indices], kind="stable")]


Named = tuple[str, "Recognizer"]
"""A model with its name."""

Load = Callable[[Progress], "Split | list[LabelledDrawing]"]
"""Fetches what is read."""


def evaluate(
    models: Sequence[Named],
    target: Target,
    load: Load,
    strictness: float,
    progress: Progress,
    *,
    names: tuple[str, ...] = DIGIT_NAMES,
) -> tuple[Result, ...]:
    """Have each model read the same.

    Args:
        strictness: of drawings, what is less sure is declined.
        names: what the labels of a split stand for.
    """
    what = load(progress)
    results = []
    for number, model in enumerate(models):
        watch = share_of(progress, number, len(models))
        if isinstance(what, Split):
            results.append(_of_split(model, target, what, names, watch))
        else:
            results.append(_of_drawings(model, target, what, strictness, watch))
    return tuple(results)


def _of_split(
    model: Named, target: Target, split: Split, names: tuple[str, ...], progress: Progress
) -> Result:
    from mnist_desktop.learning.evaluate.evaluation import predict

    name, recognizer = model
    predictions = predict(recognizer.network, split, progress, recognizer.model.temperature)
    return Result(
        model=name,
        recognizer=recognizer,
        target=target,
        score=predictions.score,
        truth=split.labels.astype(np.str_),
        read=predictions.digits.astype(np.str_),
        confidence=predictions.probabilities.max(axis=1).astype(np.float64),
        pictures=split.pictures,
        confusion=predictions.confusion,
        calibration_error=predictions.calibration_error,
        names=names,
    )


def _of_drawings(
    model: Named,
    target: Target,
    drawings: list[LabelledDrawing],
    strictness: float,
    progress: Progress,
) -> Result:
    from mnist_desktop.learning.evaluate.evaluation import read_strokes_set

    name, recognizer = model
    readings = read_strokes_set(recognizer, drawings, progress, strictness)
    labelled = [index for index, label in enumerate(readings.labels) if label]
    return Result(
        model=name,
        recognizer=recognizer,
        target=target,
        score=readings.score,
        truth=np.array([readings.labels[index] for index in labelled], dtype=np.str_),
        read=np.array([readings.best_texts[index] for index in labelled], dtype=np.str_),
        confidence=np.array([readings.confidences[index] for index in labelled], dtype=np.float64),
        pictures=[readings.pictures[index] for index in labelled],
        confusion=readings.confusion,
        outside_confusion=readings.outside_confusion,
        calibration_error=readings.calibration_error,
        told_apart=readings.digits_told_apart,
        kept=readings.kept,
        strictness=strictness,
    )


def answers_table(results: Sequence[Result]) -> tuple[list[str], Iterator[list[object]]]:
    """All that was read, picture by picture, as a header and rows for a file.

    There is nothing in it but digits and signs, with which a spreadsheet can do no harm.
    """
    header = ["index", "truth"]
    for number in range(1, len(results) + 1):
        mark = f"_{number}" if len(results) > 1 else ""
        header += [f"read{mark}", f"confidence{mark}"]
    return header, (
        [index, str(truth), *_answers(results, index)]
        for index, truth in enumerate(results[0].truth)
    )


def _answers(results: Sequence[Result], index: int) -> Iterator[object]:
    for result in results:
        yield str(result.read[index])
        yield float(result.confidence[index])
