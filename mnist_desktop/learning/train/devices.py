"""Where tensors are computed with."""

from __future__ import annotations

import torch

from mnist_desktop.errors import UserError
from mnist_desktop.learning.settings.training_settings import Device
from mnist_desktop.texts import QT_TRANSLATE_NOOP


def choose_device(wanted: Device) -> torch.device:
    """The device of a name; "auto" is CUDA, else MPS, else the CPU.

    Raises:
        UserError: this machine has no such device.
    """
    there = {
        "cuda": torch.cuda.is_available(),
        "mps": torch.backends.mps.is_available(),
        "cpu": True,
    }
    if wanted == "auto":
        return torch.device(next(name for name, is_there in there.items() if is_there))
    if not there[wanted]:
        raise UserError(
            QT_TRANSLATE_NOOP(
                "core",
                "This machine has no {device} device that torch can use; choose auto or cpu.",
            ),
            device=wanted,
        )
    return torch.device(wanted)
