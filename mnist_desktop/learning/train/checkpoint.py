"""All that a training needs to be resumed as if it had never been interrupted."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass

import torch
from safetensors import SafetensorError
from safetensors.torch import load, save
from torch import Tensor

from mnist_desktop.errors import UserError
from mnist_desktop.learning.train.best import BestSoFar
from mnist_desktop.texts import QT_TRANSLATE_NOOP

StateDict = dict[str, Tensor]

ABOUT = "about"
"""Name of the tensor whose bytes are the numbers as JSON text: ``safetensors.torch.load`` hands on
tensors only."""

DAMAGED = QT_TRANSLATE_NOOP("core", "The saved state of the training is damaged.")


class CheckpointError(UserError):
    """A checkpoint that cannot be resumed from."""


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """A training after an epoch. Its tensors are private copies on the CPU.

    Attributes:
        epoch: how many are finished.
        best: so far.
        state_dict: the weights after the epoch.
        best_state_dict: those after the best one.
        tensors: the optimiser's ``exp_avg``, ``exp_avg_sq`` and ``step``; and the states of the
            random generators, uint8: of the ``order`` of the pictures, where they are shuffled,
            of ``distortion``, and of ``dropout``, where there is any.
    """

    epoch: int
    best: BestSoFar
    state_dict: StateDict
    best_state_dict: StateDict
    tensors: dict[str, Tensor]

    def to_bytes(self) -> bytes:
        """As ``from_bytes`` reads it, without weights: those of each epoch are kept by themselves,
        once. No code is in it.
        """
        about = json.dumps({"epoch": self.epoch, "best": asdict(self.best)}).encode()
        described = {**self.tensors, ABOUT: torch.frombuffer(bytearray(about), dtype=torch.uint8)}
        return save(described)

    @classmethod
    def from_bytes(cls, content: bytes, weights_of: Callable[[int], StateDict]) -> Checkpoint:
        """The checkpoint of ``to_bytes``.

        Args:
            weights_of: gives the weights of an epoch.

        Raises:
            CheckpointError: it is damaged.
        """
        try:
            tensors = load(content)
            about = json.loads(tensors.pop(ABOUT).numpy().tobytes())
            epoch, best = int(about["epoch"]), BestSoFar(**about["best"])
            is_sound = best.is_sound
        except (
            SafetensorError,
            KeyError,
            TypeError,
            ValueError,
            OverflowError,
            RecursionError,
        ) as fault:
            raise CheckpointError(DAMAGED) from fault
        checkpoint = cls(epoch, best, weights_of(epoch), weights_of(best.epoch), tensors)
        if not is_sound or not checkpoint._fits():
            raise CheckpointError(DAMAGED)
        return checkpoint

    def _fits(self) -> bool:
        """Whether the tensors are of the types and sizes of such a network's."""
        parameters = sum(tensor.numel() for tensor in self.state_dict.values())
        shapes = {"exp_avg": (parameters,), "exp_avg_sq": (parameters,), "step": ()}
        if not shapes.keys() <= self.tensors.keys():
            return False
        for name, tensor in self.tensors.items():
            if name not in shapes:
                if tensor.dtype != torch.uint8 or tensor.ndim != 1:
                    return False
            elif (
                tensor.shape != shapes[name]
                or tensor.dtype != torch.float32
                or not tensor.isfinite().all()
            ):
                return False
        return True
