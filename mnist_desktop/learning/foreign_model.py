"""Models of other programs: PyTorch state dicts, and how layers are recognised by their shapes.

``torch.save`` writes a pickle, and the numbers beside it in a zip archive, or, before torch 1.6,
behind it. Both are looked through before torch is given them, so that nothing in them can run or
fill the memory.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import get_args

import torch
from torch import Tensor

from mnist_desktop.files import opened_raw, opened_zip, write_atomically
from mnist_desktop.learning.config import CLASSES, PIXELS, NetworkConfig
from mnist_desktop.learning.model import Model, ModelFileError
from mnist_desktop.learning.pickles import ForbiddenNameError, check_pickle
from mnist_desktop.learning.setting_kinds import ConfigError
from mnist_desktop.learning.settings import HIDDEN_WIDTHS, Activation
from mnist_desktop.texts import QT_TRANSLATE_NOOP

STATE_DICT_SUFFIXES = (".pt", ".pth")
ZIP_MAGIC, PICKLE_MAGIC = b"PK\3\4", b"\x80"
OLD_PICKLES = 5
"""So many begin an old file: its magic number, version, system, content and list of tensors."""

NAMES = {
    "collections.Counter",
    "collections.OrderedDict",
    "torch.Size",
    "torch._utils._rebuild_parameter",
    "torch._utils._rebuild_tensor",
    "torch._utils._rebuild_tensor_v2",
    "torch.device",
    "torch.nn.parameter.Parameter",
    *(
        f"torch.{kind}Storage"
        for kind in ("BFloat16", "Bool", "Byte", "Char", "Double", "Float", "Half", "Int", "Long")
    ),
}
"""What a pickle of weights, and of what optimisers and schedules keep, may name."""

NO_MODEL = QT_TRANSLATE_NOOP(
    "core", "is not a model: .safetensors files and PyTorch state dicts (.pt, .pth) can be opened"
)


@dataclass(frozen=True)
class StateDict:
    """What another program has saved.

    Attributes:
        tensors: by name.
        is_ordered: whether they stand in the order of the layers, as in a file of PyTorch's.
        activation: between the layers; None where the file does not say.
    """

    tensors: Mapping[str, Tensor]
    is_ordered: bool = True
    activation: Activation | None = None


def export_state_dict(path: Path, model: Model) -> None:
    """Write the weights as PyTorch saves a state dict, for use in other programs.

    The last layer's are divided by the temperature, so that a softmax of what they give is what
    the model says. The activation stands where PyTorch keeps the version of each module, which
    does not hinder ``load_state_dict``; other programs have to know it.

    Raises:
        FileError: it cannot be written.
    """
    state_dict = OrderedDict(model.state_dict)
    for name in ("out.weight", "out.bias"):
        state_dict[name] = state_dict[name] / model.temperature
    about = {"version": 1, "activation": model.network.activation}
    state_dict._metadata = OrderedDict({"": about})  # type: ignore[attr-defined]  # noqa: SLF001
    content = io.BytesIO()
    torch.save(state_dict, content)
    write_atomically(path, content.getvalue())


def read_state_dict(path: Path) -> StateDict:
    """The tensors of a file that ``torch.save`` wrote, if it needs no code but torch's own.

    Raises:
        ModelFileError: it is damaged, or no such file.
    """
    with opened_raw(path, ModelFileError) as stream:
        beginning = stream.read(len(ZIP_MAGIC))
    if not beginning.startswith((ZIP_MAGIC, PICKLE_MAGIC)):
        raise ModelFileError(path, NO_MODEL)
    try:
        copy = _checked_archive(path) if beginning == ZIP_MAGIC else _checked_old_file(path)
    except EOFError as fault:
        raise ModelFileError(
            path, QT_TRANSLATE_NOOP("core", "is damaged or cut short; get a whole copy")
        ) from fault
    except ForbiddenNameError as fault:
        raise ModelFileError(
            path,
            QT_TRANSLATE_NOOP(
                "core",
                "was not opened: it holds more than weights ({name}) and might run code. "
                "Save the network's state_dict() instead of the network",
            ),
            name=fault,
        ) from fault
    except ValueError as fault:
        raise ModelFileError(
            path,
            QT_TRANSLATE_NOOP(
                "core", "holds more than weights; save the network's state_dict() alone"
            ),
        ) from fault
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of versions of pickles that it does not expect
            content = torch.load(copy, map_location="cpu", weights_only=True)
    except Exception as fault:
        # torch raises almost anything for a file that is not its own.
        raise ModelFileError(
            path,
            QT_TRANSLATE_NOOP(
                "core", "is damaged, cut short or no model; a PyTorch file should hold a state dict"
            ),
        ) from fault
    found = _find_tensors(content)
    if found is None:
        raise ModelFileError(path, NO_MODEL)
    return found


def _checked_archive(path: Path) -> io.BytesIO:
    """A copy, of which torch cannot find another content than was looked at here."""
    with opened_zip(path, ModelFileError) as archive:
        members = archive.infolist()
        if any(member.compress_type != zipfile.ZIP_STORED for member in members):
            raise ModelFileError(
                path, QT_TRANSLATE_NOOP("core", "is packed, which PyTorch's own files are not")
            )
        if sum(member.file_size for member in members) > path.stat().st_size:
            raise ModelFileError(
                path, QT_TRANSLATE_NOOP("core", "is damaged: it says it holds more than it can")
            )
        contents = {member.filename: archive.read(member) for member in members}
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w") as target:
        for name in list(contents):
            content = contents.pop(name)  # or all of it would be there three times
            if name.lower().endswith(".pkl"):
                check_pickle(io.BytesIO(content), NAMES)
            target.writestr(name, content)
    copy.seek(0)
    return copy


def _checked_old_file(path: Path) -> io.BytesIO:
    with opened_raw(path, ModelFileError) as stream:
        copy = io.BytesIO(stream.read())
        for _ in range(OLD_PICKLES):
            check_pickle(copy, NAMES)
    copy.seek(0)
    return copy


def _find_tensors(content: object) -> StateDict | None:
    """The dict of tensors in what was loaded: itself, or, in a checkpoint, one of its values.

    A checkpoint may hold a tensor beside it, such as its loss; so one with a matrix is preferred.
    """
    found = []
    for candidate in (content, *(content.values() if isinstance(content, Mapping) else ())):
        if isinstance(candidate, Mapping):
            tensors = {k: v for k, v in candidate.items() if isinstance(v, Tensor)}
            if tensors and all(isinstance(name, str) for name in tensors):
                found.append(StateDict(tensors, activation=_activation(candidate)))
    with_matrix = (one for one in found if any(part.ndim == 2 for part in one.tensors.values()))
    return next(with_matrix, found[0] if found else None)


def _activation(state_dict: Mapping[str, Tensor]) -> Activation | None:
    """The one that ``export_state_dict`` has noted."""
    about = getattr(state_dict, "_metadata", None)
    own = about.get("") if isinstance(about, Mapping) else None
    noted = own.get("activation") if isinstance(own, Mapping) else None
    return next((one for one in get_args(Activation) if one == noted), None)


def recognised(path: Path, state_dict: StateDict) -> Model:
    """The network whose weights have these shapes, ReLU between its layers if nothing else is said.

    Raises:
        ModelFileError: they are no chain of fully connected layers, or their order cannot be told.
    """
    weights = state_dict.tensors
    shapes = {name: tuple(part.shape[::-1]) for name, part in weights.items() if part.ndim == 2}
    chain = _in_order(shapes, is_ordered=state_dict.is_ordered)
    if chain is None:
        raise ModelFileError(
            path,
            QT_TRANSLATE_NOOP(
                "core", "its weights are not a chain of fully connected layers from 784 to 10"
            ),
        )
    biases = [name.removesuffix("weight") + "bias" for name in chain]
    others = weights.keys() - {*chain, *biases}
    if others:
        raise ModelFileError(
            path,
            QT_TRANSLATE_NOOP(
                "core", "{name} is no part of a chain of fully connected layers from 784 to 10"
            ),
            name=min(others),
        )
    try:
        network = NetworkConfig(
            tuple(shapes[name][1] for name in chain[:-1]), state_dict.activation or "relu"
        )
    except ConfigError as fault:
        raise ModelFileError(
            path, QT_TRANSLATE_NOOP("core", "cannot be used: {fault}"), fault=fault
        ) from fault
    layers = {}
    for layer, name, bias_name in zip(network.layers, chain, biases, strict=True):
        bias = weights.get(bias_name, torch.zeros(layer.outputs))
        if bias.shape != (layer.outputs,):
            raise ModelFileError(
                path, QT_TRANSLATE_NOOP("core", "the bias of {name} has another width"), name=name
            )
        layers[f"{layer.name}.weight"] = weights[name]
        layers[f"{layer.name}.bias"] = bias
    return Model(network, layers, is_activation_known=state_dict.activation is not None)


def _in_order(shapes: Mapping[str, tuple[int, ...]], *, is_ordered: bool) -> list[str] | None:
    """The layers, each (inputs, outputs), in the order in which they follow each other.

    That of the file, where it can have one; else that of the names, numbers in them taken as
    such; else the only one that the shapes allow.
    """
    if not 0 < len(shapes) <= HIDDEN_WIDTHS.most + 1:
        return None
    names = sorted(shapes, key=_natural_order)
    orders = [list(shapes), names] if is_ordered else [names]
    orders.append(_followed(shapes))
    return next((order for order in orders if _is_chain([shapes[name] for name in order])), None)


def _followed(shapes: Mapping[str, tuple[int, ...]]) -> list[str]:
    """From the pictures on, each layer that takes what the one before gives."""
    takers = {inputs: name for name, (inputs, _) in shapes.items()}
    order = []
    width = PIXELS
    while name := takers.pop(width, None):
        order.append(name)
        width = shapes[name][1]
    return order


def _is_chain(layers: list[tuple[int, ...]]) -> bool:
    if not layers or layers[0][0] != PIXELS or layers[-1][1] != CLASSES:
        return False
    return all(one[1] == following[0] for one, following in pairwise(layers))


def _natural_order(name: str) -> list[tuple[int, str]]:
    """Sorts "layer10" behind "layer2", and the output, however it is called, where it falls."""
    parts = re.split(r"(\d+)", name)
    numbers = [part.lstrip("0") for part in parts]
    return [
        (len(number), number) if part.isdecimal() else (-1, part)
        for part, number in zip(parts, numbers, strict=True)
    ]
