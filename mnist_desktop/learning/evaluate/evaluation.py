"""From predictions to figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray

from mnist_desktop.ink import SIDE
from mnist_desktop.ink.strokes import LabelledDrawing
from mnist_desktop.learning.data.splits import Split
from mnist_desktop.learning.evaluate.calibration import area_under_roc, reliability
from mnist_desktop.learning.evaluate.measures import confusion, score
from mnist_desktop.learning.models.network import MLP, to_input
from mnist_desktop.learning.read.reading import DEFAULT_STRICTNESS, Reading
from mnist_desktop.learning.read.recognizer import Recognizer
from mnist_desktop.learning.records import Score
from mnist_desktop.progress import Progress, unwatched

CHUNK = 500
"""Pictures read at once: as floats, and with what layers make of them, they fit into a cache."""


@dataclass(frozen=True, eq=False)
class Predictions:
    """What a network makes of labelled pictures.

    Attributes:
        probabilities: (n, 10) float32.
        labels: (n,) uint8, the truth.
        loss: mean cross-entropy.
    """

    probabilities: NDArray[np.float32]
    labels: NDArray[np.uint8]
    loss: float

    @property
    def digits(self) -> NDArray[np.int64]:
        """(n,) the most probable digit of each."""
        digits: NDArray[np.int64] = self.probabilities.argmax(axis=1)
        return digits

    @property
    def score(self) -> Score:
        """How many are right."""
        return score(int((self.digits == self.labels).sum()), len(self.labels))

    @property
    def confusion(self) -> NDArray[np.int64]:
        """(10, 10) counts: rows are the truth, columns what was read."""
        return confusion(self.labels, self.digits)

    @property
    def calibration_error(self) -> float:
        """See ``Reliability.error``."""
        return reliability(self.probabilities.max(axis=1), self.digits == self.labels).error


@dataclass(frozen=True)
class StrokesReadings:
    """What a recogniser makes of drawings.

    Accuracies are of the best text, whether it is declined or not, and of whole numbers where
    the labels are numbers, with their signs and lines.

    Attributes:
        texts: for each drawing, as the window would show it, "?" where it declines.
        best_texts: for each, digits and signs, whether declined or not.
        confidences: for each, 0 to 1, how sure it is of what it is least sure of.
        labels: for each, the digits and signs it was meant as; None where it is no digit.
        writers: for each, who drew it, where that is known.
        pictures: for each, (28, 28 k) uint8, what the network saw of its k digits, side by side; an
            empty picture where there is none.
    """

    texts: list[str]
    best_texts: list[str]
    confidences: list[float]
    labels: list[str | None]
    writers: list[str | None]
    pictures: list[NDArray[np.uint8]]

    @property
    def score(self) -> Score | None:
        """Over the drawings whose label is a digit or a number; None where there are none."""
        labelled = self._labelled
        return self._score(labelled) if labelled else None

    @property
    def confusion(self) -> NDArray[np.int64]:
        """(10, 10) counts over those whose label is one digit, and that are read as one."""
        digits = [
            (int(label), int(text))
            for label, text in zip(self.labels, self.best_texts, strict=True)
            if label and len(label) == 1 and len(text) == 1
        ]
        return confusion(*np.array(digits, dtype=np.int64).reshape(-1, 2).T)

    @property
    def outside_confusion(self) -> int:
        """How many count in the score, but not in the confusion."""
        return len(self._labelled) - int(self.confusion.sum())

    @property
    def by_digit(self) -> dict[str, Score]:
        """For each digit, over the drawings that are labelled with it alone."""
        return self._scores_by(
            [label if label and len(label) == 1 else None for label in self.labels]
        )

    @property
    def by_writer_group(self) -> dict[str, Score]:
        """For each group of writers: what stands before the first "/" of their names."""
        return self._scores_by([writer and writer.partition("/")[0] for writer in self.writers])

    @property
    def calibration_error(self) -> float | None:
        """See ``Reliability.error``; None where no label is a digit."""
        labelled = self._labelled
        if not labelled:
            return None
        confidences = np.array([self.confidences[index] for index in labelled])
        return reliability(confidences, np.array(list(map(self._is_right, labelled)))).error

    @property
    def digits_told_apart(self) -> float | None:
        """Area under the ROC curve of telling digits from what is none by the score.

        None where there are only digits, or none at all.
        """
        digits = [score for score, label in self._scored if label]
        others = [score for score, label in self._scored if not label]
        return area_under_roc(np.array(digits), np.array(others)) if digits and others else None

    @property
    def kept(self) -> float | None:
        """The share that is not declined of what is read rightly; None where nothing is."""
        right = [index for index in self._labelled if self._is_right(index)]
        return float(np.mean([self.texts[index] != "?" for index in right])) if right else None

    @property
    def _labelled(self) -> list[int]:
        return [index for index, label in enumerate(self.labels) if label]

    @property
    def _scored(self) -> Iterator[tuple[float, str | None]]:
        return zip(self.confidences, self.labels, strict=True)

    def _is_right(self, index: int) -> bool:
        return self.labels[index] == self.best_texts[index]

    def _score(self, indices: Sequence[int]) -> Score:
        return score(sum(map(self._is_right, indices)), len(indices))

    def _scores_by(self, names: Sequence[str | None]) -> dict[str, Score]:
        """Sorted by name; what has no name, or no label, does not count."""
        indices: dict[str, list[int]] = {}
        for index in self._labelled:
            name = names[index]
            if name:
                indices.setdefault(name, []).append(index)
        return {name: self._score(some) for name, some in sorted(indices.items())}


def predict(
    network: MLP, split: Split, progress: Progress = unwatched, temperature: float = 1.0
) -> Predictions:
    """Read all pictures of a split, without gradients and without dropout.

    Args:
        temperature: what the scores are divided by before their softmax.
    """
    device = next(network.parameters()).device
    was_training = network.training
    network.eval()
    chunks = []
    with torch.inference_mode():
        for start in range(0, len(split), CHUNK):
            pictures = to_input(torch.from_numpy(split.pictures[start : start + CHUNK]), device)
            chunks.append(F.log_softmax(network(pictures) / temperature, dim=1).cpu())
            progress(min(1.0, (start + CHUNK) / len(split)))
        log_probabilities = torch.cat(chunks)
        loss = F.nll_loss(log_probabilities, torch.from_numpy(split.labels).long())
    network.train(was_training)
    # Weights can be so large that scores are no numbers; these say nothing.
    probabilities = log_probabilities.exp().nan_to_num()
    return Predictions(probabilities.numpy(), split.labels, float(loss))


def read_strokes_set(
    recognizer: Recognizer,
    drawings: Sequence[LabelledDrawing],
    progress: Progress = unwatched,
    strictness: float = DEFAULT_STRICTNESS,
) -> StrokesReadings:
    """Read labelled drawings, one by one, by the same road as the window."""
    readings: list[Reading] = []
    for number, labelled in enumerate(drawings, start=1):
        readings.append(recognizer.read(labelled.drawing, strictness))
        progress(number / len(drawings))
    return StrokesReadings(
        texts=[reading.text for reading in readings],
        best_texts=[reading.best_text for reading in readings],
        confidences=[reading.confidence for reading in readings],
        labels=[labelled.text for labelled in drawings],
        writers=[labelled.writer for labelled in drawings],
        pictures=[_pictures_of(reading) for reading in readings],
    )


def _pictures_of(reading: Reading) -> NDArray[np.uint8]:
    if not reading.digits:
        return np.zeros((SIDE, SIDE), dtype=np.uint8)
    return np.concatenate([digit.picture for digit in reading.digits], axis=1)
