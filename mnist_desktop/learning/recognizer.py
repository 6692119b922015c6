"""From ink to an answer."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np
import torch
from numpy.typing import NDArray

from mnist_desktop.ink.normalise import SIDE, normalise
from mnist_desktop.ink.segment import Parts, StrokeParts
from mnist_desktop.ink.strokes import Drawing
from mnist_desktop.learning.model import Model
from mnist_desktop.learning.network import MLP, to_input
from mnist_desktop.learning.reading import DEFAULT_STRICTNESS, TOO_LITTLE_INK, Reading, read_parts

REMEMBERED = 256
"""Pictures of groups of strokes: while a person draws, most stay as they were."""


class Recognizer:
    """Reads drawings with a private copy of a model.

    Training may go on with the model's network in another thread: it has other tensors.

    Attributes:
        network: the copy, in evaluation mode.
    """

    def __init__(self, model: Model) -> None:
        self.model = model
        self.network = MLP(model.network)
        self.network.load_state_dict(model.state_dict)
        self.network.eval()
        # Strokes are immutable, so drawings of the same strokes have the same picture.
        self._picture_of = lru_cache(maxsize=REMEMBERED)(normalise)
        # The first run of a network takes 60 ms, every other less than one.
        self.probabilities(np.zeros((1, SIDE, SIDE), dtype=np.uint8))

    def probabilities(self, images: NDArray[np.uint8]) -> NDArray[np.float32]:
        """(n, 28, 28) uint8 → (n, 10) float32."""
        with torch.inference_mode():
            scores = self.network(to_input(torch.from_numpy(images))) / self.model.temperature
            probabilities: NDArray[np.float32] = torch.softmax(scores, dim=1).numpy()
        return probabilities

    def read(self, drawing: Drawing, strictness: float = DEFAULT_STRICTNESS) -> Reading:
        """The digits of a drawing; an empty reading where nothing is drawn.

        Args:
            strictness: it declines what it is less sure of than this, 0 (never) to 1.
        """
        if not drawing:
            return Reading()
        reading = self.read_parts(StrokeParts(drawing, self._picture_of), strictness)
        if strictness > 0 and is_mere_dot(drawing):
            return replace(reading, declined=TOO_LITTLE_INK)
        return reading

    def read_parts(self, parts: Parts, strictness: float = DEFAULT_STRICTNESS) -> Reading:
        """The digits of ink that is in parts already."""
        return read_parts(parts, self.probabilities, strictness)


def is_mere_dot(drawing: Drawing) -> bool:
    """Whether all strokes together are no longer than the pen is wide, as a tap leaves them."""
    points = np.concatenate([stroke.points for stroke in drawing.strokes])
    pen = max(
        (float(stroke.widths.max()) for stroke in drawing.strokes if stroke.widths is not None),
        default=0.0,
    )
    return bool(np.ptp(points, axis=0).max() <= pen)
