"""From predictions to figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray

from mnist_desktop.ink.normalise import SIDE
from mnist_desktop.ink.strokes import LabelledDrawing
from mnist_desktop.learning.config import CLASSES
from mnist_desktop.learning.events import Score
from mnist_desktop.learning.network import MLP, to_input
from mnist_desktop.learning.recognizer import Recognizer
from mnist_desktop.learning.splits import Split
from mnist_desktop.progress import Progress, unwatched

CHUNK = 2000
"""Pictures read at once: 6 MB as floats."""


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


@dataclass(frozen=True)
class StrokesReadings:
    """What a recogniser makes of drawings.

    Attributes:
        texts: for each drawing, as the window would show it.
        scores: for each, 0 to 1, how sure it is.
        labels: for each, the digits it was meant as; None where it is no digit.
        images: (n, 28, 28) uint8, what the network saw of each.
    """

    texts: list[str]
    scores: list[float]
    labels: list[str | None]
    images: NDArray[np.uint8]

    @property
    def score(self) -> Score | None:
        """Over the drawings whose label is a digit or a number; None where there are none."""
        pairs = [(label, text) for label, text in self._pairs if label]
        return score(sum(label == text for label, text in pairs), len(pairs)) if pairs else None

    @property
    def confusion(self) -> NDArray[np.int64]:
        """(10, 10) counts over those whose label is one digit, and that are read as one."""
        digits = [
            (int(label), int(text))
            for label, text in self._pairs
            if label and len(label) == 1 and text.isdigit() and len(text) == 1
        ]
        return confusion(*np.array(digits, dtype=np.int64).reshape(-1, 2).T)

    @property
    def _pairs(self) -> Iterator[tuple[str | None, str]]:
        return zip(self.labels, self.texts, strict=True)


def predict(network: MLP, split: Split, progress: Progress = unwatched) -> Predictions:
    """Read all pictures of a split, without gradients and without dropout."""
    device = next(network.parameters()).device
    was_training = network.training
    network.eval()
    chunks = []
    with torch.inference_mode():
        for start in range(0, len(split), CHUNK):
            pictures = to_input(torch.from_numpy(split.images[start : start + CHUNK]), device)
            chunks.append(F.log_softmax(network(pictures), dim=1).cpu())
            progress(min(1.0, (start + CHUNK) / len(split)))
        log_probabilities = torch.cat(chunks)
        loss = F.nll_loss(log_probabilities, torch.from_numpy(split.labels).long())
    network.train(was_training)
    return Predictions(log_probabilities.exp().numpy(), split.labels, float(loss))


def read_strokes_set(
    recognizer: Recognizer,
    drawings: Sequence[LabelledDrawing],
    progress: Progress = unwatched,
) -> StrokesReadings:
    """Read labelled drawings, one by one, by the same road as the window."""
    digits = []
    for number, labelled in enumerate(drawings, start=1):
        digits.append(recognizer.read(labelled.drawing))
        progress(number / len(drawings))
    nothing = np.zeros((SIDE, SIDE), dtype=np.uint8)
    return StrokesReadings(
        texts=["" if digit is None else str(digit.digit) for digit in digits],
        scores=[0.0 if digit is None else digit.probability for digit in digits],
        labels=[labelled.digits for labelled in drawings],
        images=np.stack([nothing if digit is None else digit.image for digit in digits]),
    )


def confusion(truth: NDArray[np.integer], read: NDArray[np.integer]) -> NDArray[np.int64]:
    """(10, 10) counts: rows are the truth, columns what was read."""
    counts = np.zeros((CLASSES, CLASSES), dtype=np.int64)
    np.add.at(counts, (truth, read), 1)
    return counts


def score(correct: int, total: int) -> Score:
    """Accuracy with its 95 % interval."""
    return Score(correct / total, wilson_interval(correct, total), total)


def wilson_interval(correct: int, total: int, z: float = 1.959964) -> tuple[float, float]:
    """The score interval of a share (Wilson 1927); ``z`` = 1.96 gives 95 %.

    Unlike the normal interval it stays within 0 and 1 and is right for shares near them.
    """
    share = correct / total
    centre = share + z * z / (2 * total)
    reach = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    scale = 1 + z * z / total
    return max(0.0, (centre - reach) / scale), min(1.0, (centre + reach) / scale)
