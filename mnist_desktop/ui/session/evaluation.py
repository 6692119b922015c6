"""What an evaluation has found, picture by picture."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.learning.records import Score
from mnist_desktop.learning.splits import Pictures, Split
from mnist_desktop.progress import Progress

if TYPE_CHECKING:
    from mnist_desktop.learning.recognizer import Recognizer

Target = Literal["test", "validation", "mine"] | Path
"""A split of the data set, what the person in use has taught, or a strokes file."""


@dataclass(frozen=True, eq=False)
class Result:
    """What is labelled with digits, and what it was read as.

    Attributes:
        model: the name of the model that read.
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

    The last four are None where there is nothing to measure them on.
    """

    model: str
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

    def chosen(self, cell: tuple[int, int] | None) -> NDArray[np.int64]:
        """Indices of a cell's pictures, or of all misread ones, the surest first."""
        if cell is None:
            which = self.truth != self.read
        else:
            which = (self.truth == str(cell[0])) & (self.read == str(cell[1]))
        indices = np.flatnonzero(which)
        return indices[np.argsort(-self.confidence[indices], kind="stable")]


def evaluate_split(
    name: str, recognizer: Recognizer, target: Target, split: Split, progress: Progress
) -> Result:
    """Read a split of the data set."""
    from mnist_desktop.learning.evaluation import predict

    predictions = predict(recognizer.network, split, progress, recognizer.model.temperature)
    return Result(
        model=name,
        target=target,
        score=predictions.score,
        truth=split.labels.astype(np.str_),
        read=predictions.digits.astype(np.str_),
        confidence=predictions.probabilities.max(axis=1).astype(np.float64),
        pictures=split.pictures,
        confusion=predictions.confusion,
        calibration_error=predictions.calibration_error,
    )


def evaluate_strokes(
    name: str, recognizer: Recognizer, path: Path, strictness: float, progress: Progress
) -> Result:
    """Read the drawings of a strokes file, declining what is less sure than ``strictness``."""
    from mnist_desktop.ink.strokes_file import read_strokes
    from mnist_desktop.learning.evaluation import read_strokes_set

    drawings = read_strokes(path, lambda _done: progress(0.0))  # the reading is what takes long
    readings = read_strokes_set(recognizer, drawings, progress, strictness)
    labelled = [index for index, label in enumerate(readings.labels) if label]
    return Result(
        model=name,
        target=path,
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
