"""Model files: the only module that opens and saves them.

A model is a ``.safetensors`` file: the tensors, and as metadata one JSON text under the key
``mnist-desktop``. Files of other programs open too (``foreign_model``), if their weights are a
chain of fully connected layers from 784 to 10. No code from a file is ever run.
"""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Mapping
from pathlib import Path

import safetensors
import torch
from safetensors.torch import save as to_safetensors
from torch import Tensor

from mnist_desktop.errors import FileError
from mnist_desktop.files import opened_raw, write_atomically
from mnist_desktop.learning.models.foreign_model import recognised
from mnist_desktop.learning.models.interpretation import Wish
from mnist_desktop.learning.models.model import Model, ModelFileError
from mnist_desktop.learning.models.model_description import FORMAT_VERSION, described, model_of
from mnist_desktop.learning.models.state_dicts import StateDict, read_state_dict
from mnist_desktop.learning.settings.config import MAX_PARAMETERS
from mnist_desktop.learning.settings.setting_kinds import ConfigError
from mnist_desktop.paths import DEFAULT_MODEL
from mnist_desktop.texts import QT_TRANSLATE_NOOP

METADATA_KEY = "mnist-desktop"
SUFFIX = ".safetensors"

COUNTER = "num_batches_tracked"
"""Of a batch normalisation; it is no weight, and plays no part after training."""

MAX_BYTES = 9 * MAX_PARAMETERS
"""The most parameters there can be, in double precision, and some room."""

MAX_HEADER = 2**20
"""Bytes of what a ``.safetensors`` file says of itself. Reading it takes 30 times the memory."""


def save_model(path: Path, model: Model) -> None:
    """Write a ``.safetensors`` file; an existing one is replaced only by a whole new one.

    Raises:
        FileError: it cannot be written, or is the bundled model.
    """
    refuse_bundled(path)
    write_atomically(path, model_bytes(model))


def refuse_bundled(path: Path) -> None:
    """The model that comes with the program is never overwritten.

    Raises:
        FileError: the file is that model, by whatever name.
    """
    if os.path.realpath(path) == os.path.realpath(DEFAULT_MODEL):
        raise FileError(
            path,
            QT_TRANSLATE_NOOP(
                "core", "is the model that comes with the program; name another file"
            ),
        )


def model_bytes(model: Model) -> bytes:
    """What ``save_model`` writes."""
    about, tensors = described(model)
    return to_safetensors(tensors, {METADATA_KEY: json.dumps(about)})


def open_model(path: Path, wish: Wish | None = None) -> Model:
    """Read a model file of any of the kinds above.

    Args:
        wish: how the weights of a file that does not say it are meant; None to find it out.

    Raises:
        ModelFileError: it is damaged, no model, or a model of another kind; the text says which.
    """
    with opened_raw(path, ModelFileError) as stream:
        beginning = stream.read(9)
    if not beginning:
        raise ModelFileError(path, QT_TRANSLATE_NOOP("core", "is empty; get a whole copy"))
    if path.stat().st_size > MAX_BYTES:
        raise _too_large(path)
    if beginning[8:] != b"{":
        state_dict, about = read_state_dict(path), None
    elif int.from_bytes(beginning[:8], "little") > MAX_HEADER:
        raise ModelFileError(
            path, QT_TRANSLATE_NOOP("core", "is damaged or no model: its description is too long")
        )
    else:
        state_dict, about = _read_safetensors(path)
    counters = {name for name in state_dict.tensors if name.endswith(COUNTER)}
    weights = _checked(path, {k: v for k, v in state_dict.tensors.items() if k not in counters})
    if about is None:
        state_dict = dataclasses.replace(state_dict, tensors=weights)
        model = recognised(path, state_dict, wish or Wish())
        _refuse_infinite(
            path, model.state_dict
        )  # which a batch normalisation can have made of them
        return model
    if wish is not None:
        raise ModelFileError(
            path,
            QT_TRANSLATE_NOOP(
                "core", "says itself how its network reads; only of other files can it be said"
            ),
        )
    return _described(path, weights, about)


def _read_safetensors(path: Path) -> tuple[StateDict, str | None]:
    try:
        with safetensors.safe_open(path, framework="pt") as content:
            tensors = {name: content.get_tensor(name) for name in content.keys()}  # noqa: SIM118
            about = (content.metadata() or {}).get(METADATA_KEY)
    except (safetensors.SafetensorError, ValueError, RuntimeError, AttributeError) as fault:
        raise ModelFileError(
            path, QT_TRANSLATE_NOOP("core", "is damaged or cut short; get a whole copy")
        ) from fault
    except OSError as fault:
        raise ModelFileError(
            path, QT_TRANSLATE_NOOP("core", "cannot be read: {reason}"), reason=fault
        ) from fault
    return StateDict(tensors, is_ordered=False), about


def _too_large(path: Path) -> ModelFileError:
    return ModelFileError(
        path, QT_TRANSLATE_NOOP("core", "is too large for a model that this program can use")
    )


def _checked(path: Path, tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Private float32 copies, if the tensors are of finite numbers, and not too many of them."""
    for name, tensor in tensors.items():
        if tensor.layout != torch.strided or tensor.device.type != "cpu" or tensor.is_quantized:
            raise ModelFileError(
                path, QT_TRANSLATE_NOOP("core", "{name} is not a plain tensor"), name=name
            )
        if not tensor.is_floating_point():
            raise ModelFileError(
                path,
                QT_TRANSLATE_NOOP("core", "{name} is not a matrix of weights: {kind}, {shape}"),
                name=name,
                kind=tensor.dtype,
                shape=tuple(tensor.shape),
            )
    # Together: tensors of any shape can share the same few numbers in the file.
    if sum(tensor.numel() for tensor in tensors.values()) > MAX_PARAMETERS:
        raise _too_large(path)
    copies = {
        name: tensor.detach().to(torch.float32, copy=True).contiguous()
        for name, tensor in tensors.items()
    }
    _refuse_infinite(path, copies)
    return copies


def _refuse_infinite(path: Path, tensors: Mapping[str, Tensor]) -> None:
    for name, tensor in tensors.items():
        if not tensor.isfinite().all():
            raise ModelFileError(
                path,
                QT_TRANSLATE_NOOP(
                    "core",
                    "{name} holds numbers that are infinite or not numbers; its training has "
                    "diverged",
                ),
                name=name,
            )


def _described(path: Path, weights: dict[str, Tensor], text: str) -> Model:
    """The model that this program's metadata speak of."""
    try:
        about = json.loads(text)
        version = about["format"]
        if isinstance(version, int) and version > FORMAT_VERSION:
            raise ModelFileError(
                path,
                QT_TRANSLATE_NOOP(
                    "core",
                    "was made by a newer version of this program; update it to open the file",
                ),
            )
        model = model_of(about, weights)
    except (
        ConfigError,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        OverflowError,
        RecursionError,
    ) as fault:
        raise ModelFileError(
            path, QT_TRANSLATE_NOOP("core", "its description is damaged: {fault}"), fault=fault
        ) from fault
    shapes = {name: tuple(tensor.shape) for name, tensor in model.state_dict.items()}
    if shapes != model.network.shapes:
        raise ModelFileError(
            path,
            QT_TRANSLATE_NOOP(
                "core", "its weights do not have the shapes of the network {network}"
            ),
            network=model.network,
        )
    return model
