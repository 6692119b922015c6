"""Adam, AdamW and SGD: torch's own kernels.

The classes of ``torch.optim`` import torch's compiler when the first one is made, which takes a
second and 70 MB and holds up every thread; and with a network as small as the tutorial's, half
of their step is bookkeeping. The functions under them do neither.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import torch
from torch import Tensor
from torch.optim.adam import adam
from torch.optim.adamw import adamw
from torch.optim.sgd import sgd

from mnist_desktop.learning.config import Schedule, TrainingConfig
from mnist_desktop.learning.network import flat, gradients

BETA1, BETA2, EPSILON = 0.9, 0.999, 1e-8
"""Of Adam (Kingma and Ba 2015)."""


class Optimizer:
    """One step of the configured optimiser after the other.

    Attributes:
        parameters: what is optimised, in place, by the ``grad`` of each.
        exp_avg, exp_avg_sq: for each parameter, the running means of its gradient (for SGD, its
            momentum buffer) and of the gradient's square.
        steps: for each, how many steps there were, float32, as torch's kernels want it.
    """

    def __init__(self, config: TrainingConfig, parameters: Iterable[Tensor]) -> None:
        self.config = config
        self.parameters = list(parameters)
        self.exp_avg = [torch.zeros_like(one) for one in self.parameters]
        self.exp_avg_sq = [torch.zeros_like(one) for one in self.parameters]
        self.steps = [torch.zeros((), device=one.device) for one in self.parameters]

    @torch.no_grad()
    def step(self, learning_rate: float) -> None:
        """Move the parameters against their gradient."""
        if self.config.optimizer == "sgd":
            sgd(
                self.parameters,
                gradients(self.parameters),
                [*self.exp_avg],
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
            self.parameters,
            gradients(self.parameters),
            self.exp_avg,
            self.exp_avg_sq,
            [],
            self.steps,
            fused=True,
            lr=learning_rate,
            beta1=BETA1,
            beta2=BETA2,
            eps=EPSILON,
            weight_decay=self.config.weight_decay,
            amsgrad=False,
            maximize=False,
        )

    def zero_grad(self) -> None:
        """Forget the gradients, so that the next ones are not added to them."""
        for one in self.parameters:
            one.grad = None

    def state(self) -> dict[str, Tensor]:
        """Copies: ``exp_avg`` and ``exp_avg_sq``, (parameters,) each, and ``step``, ()."""
        return {
            "exp_avg": flat(self.exp_avg),
            "exp_avg_sq": flat(self.exp_avg_sq),
            "step": self.steps[0].clone(),
        }

    def restore(self, state: Mapping[str, Tensor]) -> None:
        """Put it back.

        Raises:
            KeyError, RuntimeError: it is of another network.
        """
        sizes = [one.numel() for one in self.parameters]
        for name, tensors in (("exp_avg", self.exp_avg), ("exp_avg_sq", self.exp_avg_sq)):
            for tensor, part in zip(tensors, state[name].split(sizes), strict=True):
                tensor.copy_(part.view_as(tensor))
        for step in self.steps:
            step.copy_(state["step"])


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
