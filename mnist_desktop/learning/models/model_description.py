"""What a model file says of its model, in JSON: there and back."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import torch
from torch import Tensor

from mnist_desktop.learning.models.model import Lesson, Measurement, Model
from mnist_desktop.learning.models.pen import pen_of
from mnist_desktop.learning.models.templates import Templates
from mnist_desktop.learning.records import Score
from mnist_desktop.learning.settings.config_json import (
    network_from_json,
    to_json,
    training_from_json,
)
from mnist_desktop.learning.settings.setting_kinds import Number, Whole
from mnist_desktop.texts import one_line

FORMAT_VERSION = 2

TRAJECTORIES = "templates.trajectories"
"""The tensor of a model's templates; their labels are in the description."""

MAX_LESSONS = 100
"""The newest that are kept: a model can be taught for years."""


def described(model: Model) -> tuple[dict[str, Any], dict[str, Tensor]]:
    """A model's description, which can be written as JSON, and its tensors by name."""
    about = {
        # Earlier versions of this program know no templates.
        "format": FORMAT_VERSION if model.templates else 1,
        "network": to_json(model.network),
        "training": to_json(model.training) if model.training else None,
        "temperature": model.temperature,
        "normalisation": model.normalisation,
        "measurements": [dataclasses.asdict(one) for one in model.measurements],
        "lessons": [dataclasses.asdict(one) for one in model.lessons[-MAX_LESSONS:]],
    }
    tensors = {name: tensor.contiguous() for name, tensor in model.state_dict.items()}
    if model.templates:
        about["templates"] = model.templates.labels.tolist()
        tensors[TRAJECTORIES] = torch.from_numpy(model.templates.trajectories)
    return about, tensors


def model_of(about: Any, tensors: dict[str, Tensor]) -> Model:
    """The model of a description and its tensors, whose shapes may be others.

    Raises:
        ConfigError, ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError:
            the description is damaged.
    """
    weights = dict(tensors)
    known = about.get("training")
    training = None if known is None else training_from_json(known)
    templates = _templates(weights.pop(TRAJECTORIES, None), about.get("templates", ()))
    return Model(
        network=network_from_json(about["network"]),
        state_dict=weights,
        training=training,
        measurements=tuple(_measurement(one) for one in about.get("measurements", ())),
        temperature=_temperature(about.get("temperature", 1.0)),
        normalisation=int(about.get("normalisation", 1)),
        lessons=tuple(_lesson(one) for one in about.get("lessons", ())),
        templates=templates,
        pen=pen_of(training),
    )


def _temperature(value: Any) -> float:
    temperature = float(value)
    Number(0.01, 100.0).check("temperature", temperature)
    return temperature


def _measurement(values: Any) -> Measurement:
    return Measurement(
        dataset=one_line(str(values["dataset"])),
        split=one_line(str(values["split"])),
        sha256=one_line(str(values["sha256"])),
        score=_score(values["score"]),
    )


def _lesson(values: Any) -> Lesson:
    before, after = (values[name] and _score(values[name]) for name in ("before", "after"))
    counts = tuple(_count(count, 0) for count in values["counts"])
    return Lesson(counts, one_line(str(values["base"])), before, after)


def _templates(trajectories: Tensor | None, labels: Any) -> Templates:
    known = np.array([_count(one, 0) for one in labels], np.int64)
    ways = Templates().trajectories if trajectories is None else trajectories.numpy()
    return Templates(ways, known)


def _score(values: Any) -> Score:
    low, high = values["interval"]
    total = _count(values["total"], 1)
    return Score(_share(values["accuracy"]), (_share(low), _share(high)), total)


def _count(value: Any, low: int) -> int:
    count = int(value)
    Whole(low, 2**53).check("count", count)
    return count


def _share(value: Any) -> float:
    share = float(value)
    Number(0.0, 1.0).check("score", share)
    return share
