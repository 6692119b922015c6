"""Adam, AdamW and SGD on one vector of weights: torch's own kernels.

The classes of ``torch.optim`` import torch's compiler when the first one is made, which takes a
second and 70 MB and holds up every thread; and with a network as small as the tutorial's, half
of their step is bookkeeping. The functions under them do neither.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.optim.adam import adam
from torch.optim.adamw import adamw
from torch.optim.sgd import sgd

from mnist_desktop.learning.settings.config import TrainingConfig
from mnist_desktop.learning.settings.training_settings import Schedule

BETA1, BETA2, EPSILON = 0.9, 0.999, 1e-8
"""Of Adam (Kingma and Ba 2015)."""


class Optimizer:
    """One step of the configured optimiser after the other.

    Attributes:
        weights: (n,) float32, what is optimised, in place.
        gradient: (n,) float32, which somebody fills before each step.
        state: ``exp_avg`` and ``exp_avg_sq``, (n,) float32, the running means of the gradient (for
            SGD, its momentum buffer) and of its square; ``step``, how many steps there were, as a
            tensor, since torch's kernels want one.
    """

    def __init__(self, config: TrainingConfig, weights: Tensor, gradient: Tensor) -> None:
        self.config = config
        self.weights = weights
        self.gradient = gradient
        self.state = {
            "exp_avg": torch.zeros_like(weights),
            "exp_avg_sq": torch.zeros_like(weights),
            "step": torch.zeros((), device=weights.device),
        }

    def step(self, learning_rate: float) -> None:
        """Move the weights against their gradient."""
        exp_avg, exp_avg_sq, steps = self.state.values()
        if self.config.optimizer == "sgd":
            sgd(
                [self.weights],
                [self.gradient],
                [exp_avg],
                fused=True,
                lr=learning_rate,
                momentum=self.config.momentum,
                weight_decay=self.config.weight_decay,
                dampening=0.0,
                nesterov=False,
                maximize=False,
            )
            return
        (adam if self.config.optimizer == "adam" else adamw)(
            [self.weights],
            [self.gradient],
            [exp_avg],
            [exp_avg_sq],
            [],
            [steps],
            fused=True,
            lr=learning_rate,
            beta1=BETA1,
            beta2=BETA2,
            eps=EPSILON,
            weight_decay=self.config.weight_decay,
            amsgrad=False,
            maximize=False,
        )


def schedule_factor(schedule: Schedule, done: float) -> float:
    """What the learning rate is multiplied by when ``done``, 0 to 1, of the run is over."""
    match schedule:
        case "constant":
            return 1.0
        case "cosine":
            return 0.5 * (1 + math.cos(math.pi * done))
        case "one_cycle":
            # Up from a 25th in the first 30 %, then down to nothing, both along a cosine.
            if done < 0.3:
                return 1 - (1 - 1 / 25) * 0.5 * (1 + math.cos(math.pi * done / 0.3))
            return 0.5 * (1 + math.cos(math.pi * (done - 0.3) / 0.7))
