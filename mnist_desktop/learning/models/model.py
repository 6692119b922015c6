"""A trained network with all that is known of it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from mnist_desktop.errors import FileError
from mnist_desktop.ink.normalise import NORMALISATION_VERSION
from mnist_desktop.ink.strokes import Drawing
from mnist_desktop.learning.models.interpretation import Interpretation
from mnist_desktop.learning.models.pen import MOST_SURE, Judgement, PenNetwork
from mnist_desktop.learning.models.templates import SUPPORT, Templates
from mnist_desktop.learning.records import Score
from mnist_desktop.learning.settings.config import CLASSES, NetworkConfig, TrainingConfig

if TYPE_CHECKING:
    from torch import Tensor


class ModelFileError(FileError):
    """A model file that cannot be opened."""


@dataclass(frozen=True)
class Measurement:
    """A score and what it was measured on.

    Attributes:
        dataset: its name.
        split: "test" or "validation".
        sha256: of the split's pictures and labels.
    """

    dataset: str
    split: str
    sha256: str
    score: Score


@dataclass(frozen=True)
class Lesson:
    """What a model was taught by a person, on top of what it could.

    Attributes:
        counts: examples of each digit from 0 to 9, and then of what is no digit.
        base: ``Model.sha256`` of the model that was taught.
        before, after: the person's own that were read rightly, without having been learned from;
            None where there were too few to tell.

    Raises:
        ValueError: other counts than eleven, or one below 0.
    """

    counts: tuple[int, ...]
    base: str
    before: Score | None = None
    after: Score | None = None

    def __post_init__(self) -> None:
        if len(self.counts) != CLASSES + 1 or min(self.counts) < 0:
            raise ValueError(f"{self.counts} are not the counts of ten digits and of no digit")


@dataclass(frozen=True, eq=False)
class Model:
    """What a model file holds.

    Attributes:
        network: the shape.
        state_dict: the weights, float32 on the CPU, with the keys of ``MLP``.
        training: how it was trained, where that is known.
        measurements: its scores.
        temperature: what the scores are divided by before their softmax (``calibration``).
        normalisation: version of the road from ink to picture that it was measured with.
        lessons: what it was taught after its training, the first one first.
        interpretation: how the weights were taken, where their file does not say it.
        templates: how the pen of who taught it goes.
        pen: how people's pens go; None where that is not heard. No file has it: whoever has learned
            from people's digits hears it (``pen_of``).
    """

    network: NetworkConfig
    state_dict: dict[str, Tensor] = field(repr=False)
    training: TrainingConfig | None = None
    measurements: tuple[Measurement, ...] = ()
    temperature: float = 1.0
    normalisation: int = NORMALISATION_VERSION
    lessons: tuple[Lesson, ...] = ()
    interpretation: Interpretation | None = None
    templates: Templates = field(default_factory=Templates, repr=False)
    pen: PenNetwork | None = field(default=None, repr=False)

    @property
    def hears_pen(self) -> bool:
        """Whether the way of the pen speaks beside the network, where something is drawn."""
        return bool(self.pen or self.templates)

    def judge(self, drawings: Sequence[Drawing | None]) -> Judgement:
        """What the way the pen went says of each drawing, as one digit."""
        known = self.templates.support(drawings)
        if self.pen is None:
            return Judgement(known, np.full(len(drawings), np.inf, np.float32))
        support, odds = self.pen.judge(drawings)
        # What its writer taught is a digit, however strange.
        nearest = known.max(axis=1, initial=0) / SUPPORT
        return Judgement(support + known, odds + 2 * MOST_SURE * nearest)

    @property
    def sha256(self) -> str:
        """Of the weights' and templates' bytes, in hexadecimal: models that read alike have the
        same.
        """
        digest = hashlib.sha256()
        for tensor in self.state_dict.values():
            digest.update(tensor.contiguous().numpy().data)
        for array in (self.templates.trajectories, self.templates.labels):
            digest.update(np.ascontiguousarray(array).data)
        return digest.hexdigest()

    @property
    def test_score(self) -> Score | None:
        """The score on an official test set, where one was taken."""
        return next((one.score for one in self.measurements if one.split == "test"), None)
