"""From ink to an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np
import torch
from numpy.typing import NDArray

from mnist_desktop.ink import SIDE
from mnist_desktop.ink.lines import around
from mnist_desktop.ink.marks import without_marks
from mnist_desktop.ink.normalise import normalise
from mnist_desktop.ink.parts import Parts
from mnist_desktop.ink.segment import MAX_PARTS, in_lines
from mnist_desktop.ink.strokes import Drawing
from mnist_desktop.learning.models.model import Model
from mnist_desktop.learning.models.network import MLP, to_input
from mnist_desktop.learning.models.pen import heard
from mnist_desktop.learning.read.candidates import MAX_PIECES
from mnist_desktop.learning.read.lines import read_lines
from mnist_desktop.learning.read.reading import DEFAULT_STRICTNESS, Reading, box_of
from mnist_desktop.progress import Progress, unwatched

REMEMBERED = 2 * MAX_PARTS * MAX_PIECES
"""Pictures of groups of strokes: while a person draws, most stay as they were. There must be room
for all of a drawing's, since they are asked for in turn."""

TAP = 0.012
"""How far the pen may slip while it taps, as a part of the canvas's side."""

picture_of = lru_cache(maxsize=REMEMBERED)(normalise)
"""Strokes are immutable, so drawings of the same strokes have the same picture; and whoever reads,
it is the same, so the dozens that a session has share what is remembered."""


class Recognizer:
    """Reads drawings with a private copy of a model.

    Training may go on with the model's network in another thread: it has other tensors.

    Attributes:
        network: the copy, in evaluation mode.
        model: the same model, with the copy's weights.
    """

    def __init__(self, model: Model) -> None:
        self.network = MLP(model.network)
        self.network.load_state_dict(model.state_dict)
        self.network.eval()
        # Of the same tensors: what is kept by the dozen, one for each epoch, is kept once.
        self.model = replace(model, state_dict=self.network.state_dict())
        # The first run of a network takes 60 ms, every other less than one.
        self.probabilities(np.zeros((1, SIDE, SIDE), dtype=np.uint8))

    def probabilities(self, pictures: NDArray[np.uint8]) -> NDArray[np.float32]:
        """(n, 28, 28) uint8 → (n, 10) float32."""
        with torch.inference_mode():
            scores = self.network(to_input(torch.from_numpy(pictures))) / self.model.temperature
            # Weights from a file can be so large that scores are no numbers, and say nothing.
            finite = scores.nan_to_num()
            probabilities: NDArray[np.float32] = torch.softmax(finite, dim=1).numpy()
        return probabilities

    def probabilities_of(
        self, drawings: Sequence[Drawing | None], pictures: NDArray[np.uint8]
    ) -> NDArray[np.float32]:
        """(n, 10) float32 of drawings as one digit each, as far as ink was drawn, and of
        (n, 28, 28) uint8, their pictures. What they lack of 1 is that it is no digit at all.
        """
        seen, model = self.probabilities(pictures), self.model
        if not model.hears_pen:
            return seen
        probabilities, belief = heard(seen, model.judge(drawings))
        return probabilities * belief[:, None]

    def read(
        self,
        drawing: Drawing,
        strictness: float = DEFAULT_STRICTNESS,
        progress: Progress = unwatched,
    ) -> Reading:
        """The digits and signs of a drawing's lines; an empty reading where nothing is drawn.

        Args:
            strictness: it declines what it is less sure of than this, 0 (never) to 1.
            progress: see ``Lattice``.
        """
        if not drawing:
            return Reading()
        written, marks = without_marks(drawing)
        reading = self.read_lines(in_lines(written, picture_of), strictness, progress)
        reading = replace(reading, unread=(*reading.unread, *map(box_of, marks.boxes)))
        if is_mere_dot(drawing):
            return replace(reading, is_mere_dot=True).answered(strictness)
        return reading

    def read_lines(
        self,
        lines: Sequence[Parts],
        strictness: float = DEFAULT_STRICTNESS,
        progress: Progress = unwatched,
    ) -> Reading:
        """The digits and signs of lines of ink that are in parts already, from top to bottom."""
        judge = self.model.judge if self.model.hears_pen else None
        return read_lines(lines, self.probabilities, strictness, judge=judge, progress=progress)


def is_mere_dot(drawing: Drawing) -> bool:
    """Whether all ink is in one place, as a tap leaves it, whatever the pen's width.

    Only what was drawn on a canvas, which has widths, has a unit, and so may have slipped.
    """
    left, top, right, bottom = around(drawing.boxes)
    on_canvas = any(stroke.widths is not None for stroke in drawing.strokes)
    return bool(max(right - left, bottom - top) <= (TAP if on_canvas else 0.0))
