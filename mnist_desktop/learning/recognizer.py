"""From ink to an answer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from mnist_desktop.ink.normalise import SIDE, normalise
from mnist_desktop.ink.strokes import Drawing
from mnist_desktop.learning.model import Model
from mnist_desktop.learning.network import MLP, to_input

Box = tuple[float, float, float, float]
"""left, top, right, bottom, in the drawing's own unit."""


@dataclass(frozen=True, eq=False)
class Digit:
    """One digit that was read.

    Attributes:
        probabilities: (10,) float32, of the digits 0 to 9.
        image: (28, 28) uint8, what the network saw.
        box: where it is.
    """

    probabilities: NDArray[np.float32]
    image: NDArray[np.uint8]
    box: Box

    @property
    def digit(self) -> int:
        """The most probable one."""
        return int(self.probabilities.argmax())

    @property
    def probability(self) -> float:
        """Of that digit, 0 to 1."""
        return float(self.probabilities.max())


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
        # The first run of a network takes 60 ms, every other less than one.
        self.probabilities(np.zeros((1, SIDE, SIDE), dtype=np.uint8))

    def probabilities(self, images: NDArray[np.uint8]) -> NDArray[np.float32]:
        """(n, 28, 28) uint8 → (n, 10) float32."""
        with torch.inference_mode():
            scores = self.network(to_input(torch.from_numpy(images)))
            probabilities: NDArray[np.float32] = torch.softmax(scores, dim=1).numpy()
        return probabilities

    def read(self, drawing: Drawing) -> Digit | None:
        """The digit that a drawing shows; None where nothing is drawn."""
        if not drawing:
            return None
        image = normalise(drawing)
        points = np.concatenate([stroke.points for stroke in drawing.strokes])
        left, top = points.min(axis=0)
        right, bottom = points.max(axis=0)
        return Digit(
            self.probabilities(image[None])[0],
            image,
            (float(left), float(top), float(right), float(bottom)),
        )
