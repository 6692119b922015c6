"""Adam, AdamW and SGD: torch's own kernels without the classes around them.

The classes of ``torch.optim`` import torch's compiler when the first one is made, which takes a
second and 70 MB and holds up every thread; and with a network as small as the tutorial's, half
of their step is bookkeeping. The functions under them do neither.
"""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor
from torch.optim.adam import adam
from torch.optim.adamw import adamw
from torch.optim.sgd import sgd

from mnist_desktop.learning.config import TrainingConfig

BETA1, BETA2, EPSILON = 0.9, 0.999, 1e-8
"""Of Adam (Kingma and Ba 2015)."""


class Optimizer:
    """One step of the configured optimiser after the other.

    Attributes:
        parameters: what is optimised, in place.
        first, second: for each of them, the running mean of its gradient (for SGD, its momentum
            buffer) and of the gradient's square.
        steps: for each of them, how many steps there were, as torch's kernels want to know it.
    """

    def __init__(self, config: TrainingConfig, parameters: Iterable[Tensor]) -> None:
        self.config = config
        self.parameters = list(parameters)
        self.first = [torch.zeros_like(parameter) for parameter in self.parameters]
        self.second = [torch.zeros_like(parameter) for parameter in self.parameters]
        self.steps = [torch.zeros((), device=tensor.device) for tensor in self.parameters]

    @torch.no_grad()
    def step(self, learning_rate: float) -> None:
        """Move the parameters against their gradients."""
        gradients = [tensor.grad for tensor in self.parameters if tensor.grad is not None]
        if self.config.optimizer == "sgd":
            sgd(
                self.parameters,
                gradients,
                [*self.first],
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
            gradients,
            self.first,
            self.second,
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
        """Forget the gradients: the next backward would add to them."""
        for parameter in self.parameters:
            parameter.grad = None
