"""What an evaluation has found, picture by picture."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from mnist_desktop.ink.strokes import read_strokes
from mnist_desktop.learning.events import Score
from mnist_desktop.learning.splits import Split
from mnist_desktop.progress import Progress

if TYPE_CHECKING:
    from mnist_desktop.learning.recognizer import Recognizer

Target = Literal["test", "validation"] | Path
"""A split of the data set, or a strokes file."""


@dataclass(frozen=True, eq=False)
class Result:
    """Labelled pictures and what they were read as.

    Attributes:
        model: the name of the model that read.
        target: what was read.
        score: how many were right; None where nothing was labelled with a digit.
        truth, read: (n,) int64, digits; only what is labelled with one digit is here.
        confidence: (n,) the probability of the digit that was read.
        images: (n, 28, 28) uint8.
        confusion: (10, 10) counts: rows are the truth, columns what was read.
        calibration_error: by how much confidence and accuracy differ, 0 to 1.
        told_apart: area under the ROC curve of telling digits from what is labelled as none.
        kept: the share of what is read rightly that is answered.

    The last three are None where there is nothing to measure them on.
    """

    model: str
    target: Target
    score: Score | None
    truth: NDArray[np.int64]
    read: NDArray[np.int64]
    confidence: NDArray[np.float64]
    images: NDArray[np.uint8]
    confusion: NDArray[np.int64]
    calibration_error: float | None = None
    told_apart: float | None = None
    kept: float | None = None

    def chosen(self, cell: tuple[int, int] | None) -> NDArray[np.int64]:
        """Indices of a cell's pictures, or of all misread ones, the surest first."""
        if cell is None:
            which = self.truth != self.read
        else:
            which = (self.truth == cell[0]) & (self.read == cell[1])
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
        truth=split.labels.astype(np.int64),
        read=predictions.digits,
        confidence=predictions.probabilities.max(axis=1).astype(np.float64),
        images=split.images,
        confusion=predictions.confusion,
        calibration_error=predictions.calibration_error,
    )


def evaluate_strokes(name: str, recognizer: Recognizer, path: Path, progress: Progress) -> Result:
    """Read the drawings of a strokes file."""
    from mnist_desktop.learning.evaluation import read_strokes_set

    readings = read_strokes_set(recognizer, read_strokes(path), progress)
    pairs = zip(readings.labels, readings.best_texts, strict=True)
    single = [
        index
        for index, (label, text) in enumerate(pairs)
        if label and len(label) == 1 and len(text) == 1
    ]
    return Result(
        model=name,
        target=path,
        score=readings.score,
        truth=np.array([int(readings.labels[index] or 0) for index in single], dtype=np.int64),
        read=np.array([int(readings.best_texts[index]) for index in single], dtype=np.int64),
        confidence=np.array([readings.scores[index] for index in single]),
        images=readings.images[single],
        confusion=readings.confusion,
        calibration_error=readings.calibration_error,
        told_apart=readings.digits_told_apart,
        kept=readings.kept,
    )
