"""A few pictures of a batch, and what the network says of them."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSizePolicy

from mnist_desktop.learning.settings.config import NO_DIGIT
from mnist_desktop.learning.train.events import Sample
from mnist_desktop.ui.look.fonts import tabular
from mnist_desktop.ui.session.data.specimen import Specimen
from mnist_desktop.ui.session.texts import percent
from mnist_desktop.ui.widgets.controls import named
from mnist_desktop.ui.widgets.picture_grid import PictureStrip

COLUMNS = 8


class Answer(NamedTuple):
    """What a picture is, and what the network says.

    Attributes:
        truth, said: in words.
        is_wrong: another digit than it is.
    """

    truth: str
    said: str
    is_wrong: bool


class SampleRow(PictureStrip):
    """One picture beside the other, as large as there is room for; the wrong ones have a mark and
    a colour.

    Attributes:
        answers: what stands below the pictures.
    """

    scales = (5, 4, 3, 2, 1.5, 1)
    caption_lines = 2

    def __init__(self) -> None:
        super().__init__(COLUMNS)
        named(self, "batchSample", self.tr("Pictures of the batch"))
        self.setFont(tabular(self.font()))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._labels: list[int] = []
        self.answers: list[Answer] = []
        self.show_sample(None)

    def minimumSizeHint(self) -> QSize:
        return self._size(self.scales[-1])

    def show_sample(self, sample: Sample | None) -> None:
        """Show another, or none."""
        row = max(0, self.currentIndex().row())
        self.answers = []
        if sample is not None:
            self._labels = sample.labels.tolist()
            pairs = zip(self._labels, sample.probabilities, strict=True)
            self.answers = [self._answer(label, shares) for label, shares in pairs]
        places = enumerate(self.answers)
        self.wrong = frozenset(place for place, answer in places if answer.is_wrong)
        captions = [f"{answer.truth}\n{answer.said}" for answer in self.answers]
        self.show_pictures(() if sample is None else sample.pictures, captions)
        told = "; ".join(f"{answer.truth}, {answer.said}" for answer in self.answers)
        self.setAccessibleDescription(told)
        policy = Qt.FocusPolicy
        self.setFocusPolicy(policy.StrongFocus if self.answers else policy.NoFocus)
        self.choose(min(row, len(self.answers) - 1))

    def specimen(self, row: int) -> Specimen | None:
        """A picture, distorted as the network was given it."""
        if row >= len(self.answers):
            return None
        label = self._labels[row]
        said = self.tr("no digit") if label == NO_DIGIT else str(label)
        return Specimen(self.pictures[row], said)

    def _answer(self, label: int, probabilities: NDArray[np.float32]) -> Answer:
        said, share = int(probabilities.argmax()), float(probabilities.max())
        surety = percent(share) if math.isfinite(share) else "?"
        if label == NO_DIGIT:
            return Answer(self.tr("no digit"), f"{said}  {surety}", is_wrong=False)
        truth = self.tr("is {digit}").format(digit=label)
        mark = "✓" if said == label else "✗"
        return Answer(truth, f"{mark} {said}  {surety}", is_wrong=said != label)
