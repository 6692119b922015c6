"""All that a training needs to go on as if it had never been interrupted."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

import torch
from safetensors import SafetensorError
from safetensors.torch import load, save
from torch import Tensor

from mnist_desktop.errors import UserError

ABOUT = "training_state"
"""Name of the tensor whose bytes are a state's numbers as JSON text: ``safetensors.torch.load``
hands on tensors only."""


class StateError(UserError):
    """A state that cannot be gone on from."""


@dataclass(frozen=True)
class BestSoFar:
    """Which epoch is the best so far, and how long there has been no better one.

    Attributes:
        epoch: 0 where none was finished.
        accuracy, loss: its, on the validation split.
        reference: the accuracy that an epoch must improve on to count for patience.
        stale_epochs: so many in a row have not.
    """

    epoch: int = 0
    accuracy: float = -1.0
    loss: float = 0.0
    reference: float = -1.0
    stale_epochs: int = 0


@dataclass(frozen=True, eq=False)
class TrainingState:
    """A training after an epoch.

    Attributes:
        epoch: how many are finished.
        best: so far.
        tensors: private copies on the CPU: the ``weights`` and the optimiser's ``first``,
            ``second`` and ``steps``; ``best`` weights, where there are any; and the states of the
            random generators, uint8: of the ``order`` of the pictures, of ``distortion``, and of
            ``dropout``, where there is any.
    """

    epoch: int
    best: BestSoFar
    tensors: dict[str, Tensor]

    @property
    def best_state_dict(self) -> dict[str, Tensor] | None:
        """The weights of the best epoch; None where no epoch was finished."""
        kept = {
            name.removeprefix("best."): tensor
            for name, tensor in self.tensors.items()
            if name.startswith("best.")
        }
        return kept or None

    def to_bytes(self) -> bytes:
        """As ``from_bytes`` reads it. No code is in it."""
        about = json.dumps({"epoch": self.epoch, "best": asdict(self.best)}).encode()
        described = {**self.tensors, ABOUT: torch.frombuffer(bytearray(about), dtype=torch.uint8)}
        return save(described)

    @classmethod
    def from_bytes(cls, content: bytes) -> TrainingState:
        """The state of ``to_bytes``.

        Raises:
            StateError: it is damaged.
        """
        try:
            tensors = load(content)
            about = json.loads(tensors.pop(ABOUT).numpy().tobytes())
            return cls(int(about["epoch"]), BestSoFar(**about["best"]), tensors)
        except (SafetensorError, KeyError, TypeError, ValueError) as fault:
            raise StateError("The saved state of the training is damaged.") from fault
