"""What the parts of a step are, and what they have come to, in words."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from mnist_desktop.learning.settings.config import CLASSES
from mnist_desktop.learning.train.events import Phase, PhaseDone
from mnist_desktop.texts import counted
from mnist_desktop.ui.plots.figures import in_figures

translate = QCoreApplication.translate

MOST_LAYERS = 4
"""That a sentence names; of more, the first two and the last."""


class Part(NamedTuple):
    """A part of a step.

    Attributes:
        name, code: what it is called, here and in the tutorial.
        unit: what its number is.
        meaning: what it does.
    """

    name: str
    code: str
    unit: str
    meaning: str


class Figures(NamedTuple):
    """What a part has come to: one number, and a sentence with all of them."""

    number: str
    sentence: str


def parts() -> dict[Phase, Part]:
    """In the order in which they are done."""
    return {
        "forward": Part(
            translate("step", "Forward"),
            "scores = network(pictures)",
            translate("step", "read rightly"),
            translate(
                "step", "The batch goes through the network, which gives each picture ten scores."
            ),
        ),
        "loss": Part(
            translate("step", "Loss"),
            "loss = loss_fn(scores, labels)",
            translate("step", "loss"),
            translate(
                "step", "How wrong the scores are, as one number. To learn is to make it smaller."
            ),
        ),
        "backward": Part(
            translate("step", "Backward"),
            "loss.backward()",
            translate("step", "gradient’s length"),
            translate(
                "step",
                "The gradient says of each weight how the loss would grow if the weight grew.",
            ),
        ),
        "step": Part(
            translate("step", "Step"),
            "optimizer.step()",
            translate("step", "weights moved"),
            translate(
                "step", "Each weight moves a little the other way, so that the loss shrinks."
            ),
        ),
        "zero grad": Part(
            translate("step", "Zero grad"),
            "optimizer.zero_grad()",
            translate("step", "gradient’s length"),
            translate(
                "step", "The gradient is forgotten, so that the next batch begins without one."
            ),
        ),
    }


def figures_of(event: PhaseDone) -> Figures:
    """What a part has come to."""
    figures = event.figures
    match event.phase:
        case "forward":
            return _of_forward(figures)
        case "loss":
            number = in_figures(figures["loss"], 4)
            sentence = translate("step", "Loss {loss}; pure guessing would be {guess:.3f}.").format(
                loss=number, guess=math.log(CLASSES)
            )
        case "backward":
            number = in_figures(figures["gradient"], 3)
            sentence = translate("step", "Gradient’s length {length}: {layers}.").format(
                length=number, layers=_by_layer(figures)
            )
        case "step":
            number = in_figures(figures["moved"])
            sentence = translate(
                "step",
                "Weights of length {length} moved by {moved} against the gradient, learning rate "
                "{rate:.2g}.",
            ).format(
                length=in_figures(figures["weights"], 3),
                moved=number,
                rate=figures["learning_rate"],
            )
        case "zero grad":
            number = in_figures(figures["gradient"])
            sentence = translate("step", "All gradients are {number} again.").format(number=number)
    return Figures(number, sentence)


def _of_forward(figures: Mapping[str, float]) -> Figures:
    whole = {name: int(value) for name, value in figures.items()}
    if whole["digits"] == whole["pictures"]:
        text = counted(
            whole["pictures"],
            translate("step", "{pictures:,} picture, {right:,} read rightly."),
            translate("step", "{pictures:,} pictures, {right:,} read rightly."),
        )
    else:
        text = counted(
            whole["pictures"],
            translate("step", "{pictures:,} picture, which is no digit."),
            translate(
                "step",
                "{pictures:,} pictures, {digits:,} of them with a digit, {right:,} read rightly.",
            ),
        )
    number = translate("step", "{right:,} of {digits:,}")
    return Figures(number.format(**whole), text.format(**whole))


def _by_layer(figures: Mapping[str, float]) -> str:
    """As in "hidden1 1.2, hidden2 0.90, out 0.80"."""
    texts = [f"{name} {in_figures(norm)}" for name, norm in figures.items() if name != "gradient"]
    if len(texts) > MOST_LAYERS:
        texts[2:-1] = ["…"]
    return ", ".join(texts)
