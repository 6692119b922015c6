"""Model files: the only module that reads and writes them.

A model is a ``.safetensors`` file: the tensors, and as metadata one JSON text under the key
``mnist-desktop``. A PyTorch state dict (``.pt``, ``.pth``) and a ``.safetensors`` file without
that key open too, if their weights are a chain of fully connected layers from 784 to 10. No code
from a file is ever run.
"""

from __future__ import annotations

import dataclasses
import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import safetensors
import torch
from safetensors.torch import save as to_safetensors
from torch import Tensor

from mnist_desktop.errors import FileError
from mnist_desktop.files import opened, write_atomically
from mnist_desktop.learning.config import (
    MAX_HIDDEN_LAYERS,
    MAX_PARAMETERS,
    ConfigError,
    NetworkConfig,
    network_from_json,
    to_json,
    training_from_json,
)
from mnist_desktop.learning.layer_chain import layer_chain, natural_order
from mnist_desktop.learning.model import Measurement, Model
from mnist_desktop.learning.records import Score

METADATA_KEY = "mnist-desktop"
FORMAT_VERSION = 1
SUFFIX = ".safetensors"
OPEN_SUFFIXES = (SUFFIX, ".pt", ".pth")
ZIP_MAGIC, PICKLE_MAGIC = b"PK\3\4", b"\x80"
"""``torch.save`` writes zip archives; before torch 1.6 it wrote pickles."""

MAX_BYTES = 9 * MAX_PARAMETERS
"""The most parameters there can be, in double precision, and some room."""


class ModelFileError(FileError):
    """A model file that cannot be opened."""


def save_model(path: Path, model: Model) -> None:
    """Write a ``.safetensors`` file; an existing one is replaced only by a whole new one.

    Raises:
        FileError: it cannot be written.
    """
    about = {
        "format": FORMAT_VERSION,
        "network": to_json(model.network),
        "training": to_json(model.training) if model.training else None,
        "temperature": model.temperature,
        "normalisation": model.normalisation,
        "measurements": [dataclasses.asdict(one) for one in model.measurements],
    }
    tensors = {name: tensor.contiguous() for name, tensor in model.state_dict.items()}
    write_atomically(path, to_safetensors(tensors, {METADATA_KEY: json.dumps(about)}))


def export_state_dict(path: Path, model: Model) -> None:
    """Write the weights alone as PyTorch saves a state dict, for use in other programs.

    Raises:
        FileError: it cannot be written.
    """
    content = io.BytesIO()
    torch.save(model.state_dict, content)
    write_atomically(path, content.getvalue())


def open_model(path: Path) -> Model:
    """Read a model file of any of the kinds above.

    Raises:
        ModelFileError: it is damaged, no model, or a model of another kind; the text says which.
    """
    with opened(path, ModelFileError) as stream:
        beginning = stream.read(9)
    if not beginning:
        raise ModelFileError(path, "is empty")
    if path.stat().st_size > MAX_BYTES:
        raise ModelFileError(path, "is too large for a model that this program can use")
    if beginning[8:] == b"{":
        tensors, about = _read_safetensors(path)
    else:
        tensors, about = _read_state_dict(path, beginning), None
    weights = _checked(path, tensors)
    if about is None:
        return _recognised(path, weights)
    return _described(path, weights, about)


def _read_safetensors(path: Path) -> tuple[dict[str, Tensor], str | None]:
    try:
        with safetensors.safe_open(path, framework="pt") as content:
            tensors = {name: content.get_tensor(name) for name in content.keys()}  # noqa: SIM118
            return tensors, (content.metadata() or {}).get(METADATA_KEY)
    except (safetensors.SafetensorError, ValueError, RuntimeError, AttributeError) as fault:
        raise ModelFileError(path, "is damaged or cut short; get a whole copy") from fault
    except OSError as fault:
        raise ModelFileError(path, "cannot be read: {reason}", reason=fault) from fault


def _read_state_dict(path: Path, beginning: bytes) -> dict[str, Tensor]:
    """The tensors of a file that ``torch.save`` wrote."""
    no_model = (
        "is not a model: .safetensors files and PyTorch state dicts (.pt, .pth) can be opened"
    )
    if not beginning.startswith((ZIP_MAGIC, PICKLE_MAGIC)):
        raise ModelFileError(path, no_model)
    try:
        if beginning.startswith(ZIP_MAGIC):
            with zipfile.ZipFile(path) as archive:
                if sum(member.file_size for member in archive.infolist()) > MAX_BYTES:
                    raise ModelFileError(path, "is too large for a model that this program can use")
        with path.open("rb") as stream:  # by its name torch would judge what it is
            content = torch.load(stream, map_location="cpu", weights_only=True)
    except ModelFileError:
        raise
    except zipfile.BadZipFile as fault:
        raise ModelFileError(path, "is damaged or cut short; get a whole copy") from fault
    except Exception as fault:
        # torch raises almost anything for a file that is not its own.
        if "weights_only" in str(fault).lower() or "weights only" in str(fault).lower():
            raise ModelFileError(
                path,
                "was not opened: it holds more than weights and might run code. "
                "Save the network's state_dict() instead of the network",
            ) from fault
        raise ModelFileError(
            path, "is damaged, cut short or no model; a PyTorch file should hold a state dict"
        ) from fault
    found = _find_tensors(content)
    if found is None:
        raise ModelFileError(path, no_model)
    return found


def _find_tensors(content: object) -> dict[str, Tensor] | None:
    """The dict of tensors in what was loaded: itself, or, in a checkpoint, one of its values.

    A checkpoint may hold a tensor beside it, such as its loss; so one with a matrix is preferred.
    """
    found = []
    for candidate in (content, *(content.values() if isinstance(content, Mapping) else ())):
        if isinstance(candidate, Mapping):
            tensors = {k: v for k, v in candidate.items() if isinstance(v, Tensor)}
            if tensors and all(isinstance(name, str) for name in tensors):
                found.append(tensors)
    with_matrix = (one for one in found if any(tensor.ndim == 2 for tensor in one.values()))
    return next(with_matrix, found[0] if found else None)


def _checked(path: Path, tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Private float32 copies, if the tensors are of finite numbers, and not too many of them."""
    for name, tensor in tensors.items():
        if tensor.layout != torch.strided or tensor.device.type != "cpu" or tensor.is_quantized:
            raise ModelFileError(path, "{name} is not a plain tensor", name=name)
        if not tensor.is_floating_point():
            raise ModelFileError(
                path,
                "{name} is not a matrix of weights: {kind}, {shape}",
                name=name,
                kind=tensor.dtype,
                shape=tuple(tensor.shape),
            )
    # Together: tensors of any shape can share the same few numbers in the file.
    if sum(tensor.numel() for tensor in tensors.values()) > MAX_PARAMETERS:
        raise ModelFileError(path, "is too large for a model that this program can use")
    copies = {
        name: tensor.detach().to(torch.float32, copy=True).contiguous()
        for name, tensor in tensors.items()
    }
    for name, tensor in copies.items():
        if not tensor.isfinite().all():
            raise ModelFileError(
                path,
                "{name} holds numbers that are infinite or not numbers; its training has diverged",
                name=name,
            )
    return copies


def _described(path: Path, weights: dict[str, Tensor], text: str) -> Model:
    """The model that this program's metadata speak of."""
    try:
        about = json.loads(text)
        version = about["format"]
        if isinstance(version, int) and version > FORMAT_VERSION:
            raise ModelFileError(
                path, "was made by a newer version of this program; update it to open the file"
            )
        network = network_from_json(about["network"])
        training = about.get("training")
        model = Model(
            network=network,
            state_dict=weights,
            training=None if training is None else training_from_json(training),
            measurements=tuple(_measurement(one) for one in about.get("measurements", ())),
            temperature=_temperature(about.get("temperature", 1.0)),
            normalisation=int(about.get("normalisation", 1)),
        )
    except (
        ConfigError,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        OverflowError,
        RecursionError,
    ) as fault:
        raise ModelFileError(path, "its description is damaged: {fault}", fault=fault) from fault
    shapes = {name: tuple(tensor.shape) for name, tensor in weights.items()}
    wanted: dict[str, tuple[int, ...]] = {}
    for layer in network.layers:
        wanted[f"{layer.name}.weight"] = (layer.outputs, layer.inputs)
        wanted[f"{layer.name}.bias"] = (layer.outputs,)
    if shapes != wanted:
        raise ModelFileError(
            path, "its weights do not have the shapes of the network {network}", network=network
        )
    return model


def _temperature(value: Any) -> float:
    temperature = float(value)
    if not 0.01 <= temperature <= 100.0:  # which is false for what is not a number
        raise ValueError(f"temperature {temperature}")
    return temperature


def _measurement(values: Any) -> Measurement:
    score = values["score"]
    low, high = score["interval"]
    return Measurement(
        dataset=str(values["dataset"]),
        split=str(values["split"]),
        sha256=str(values["sha256"]),
        score=Score(float(score["accuracy"]), (float(low), float(high)), int(score["total"])),
    )


def _recognised(path: Path, weights: dict[str, Tensor]) -> Model:
    """The network whose weights have these shapes, ReLU between its layers."""
    matrices = (name for name, tensor in weights.items() if tensor.ndim == 2)
    names = sorted(matrices, key=natural_order)
    by_shape = {name: tuple(weights[name].shape[::-1]) for name in names}
    chain = layer_chain(by_shape) if len(names) <= MAX_HIDDEN_LAYERS + 1 else None
    if chain is None:
        raise ModelFileError(
            path, "its weights are not a chain of fully connected layers from 784 to 10"
        )
    try:
        network = NetworkConfig(hidden=tuple(by_shape[name][1] for name in chain[:-1]))
    except ConfigError as fault:
        raise ModelFileError(path, "cannot be used: {fault}", fault=fault) from fault
    state_dict = {}
    biases = [name.removesuffix("weight") + "bias" for name in chain]
    others = weights.keys() - {*chain, *biases}
    if others:
        raise ModelFileError(
            path,
            "{name} is no part of a chain of fully connected layers from 784 to 10",
            name=min(others),
        )
    for layer, name, bias_name in zip(network.layers, chain, biases, strict=True):
        bias = weights.get(bias_name, torch.zeros(layer.outputs))
        if bias.shape != (layer.outputs,):
            raise ModelFileError(path, "the bias of {name} has another width", name=name)
        state_dict[f"{layer.name}.weight"] = weights[name]
        state_dict[f"{layer.name}.bias"] = bias
    return Model(network, state_dict)
