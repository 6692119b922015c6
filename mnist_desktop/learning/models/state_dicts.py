"""PyTorch state dicts: the tensors of other programs' models.

``torch.save`` writes a pickle, and the numbers beside it in a zip archive, or, before torch 1.6,
behind it. Both are looked through before torch is given them, so that nothing in them can run or
fill the memory.
"""

from __future__ import annotations

import io
import warnings
import zipfile
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import torch
from torch import Tensor

from mnist_desktop.files import opened_raw, opened_zip, write_atomically
from mnist_desktop.learning.data.pickles import ForbiddenNameError, check_pickle
from mnist_desktop.learning.models.model import Model, ModelFileError
from mnist_desktop.learning.settings.config import CLASSES, PIXELS
from mnist_desktop.learning.settings.training_settings import Activation
from mnist_desktop.texts import QT_TRANSLATE_NOOP

STATE_DICT_SUFFIXES = (".pt", ".pth")
ZIP_MAGIC, PICKLE_MAGIC = b"PK\3\4", b"\x80"
OLD_PICKLES = 5
"""So many begin an old file: its magic number, version, system, content and list of tensors."""

MAX_DEPTH = 6
"""Of dicts in dicts that are looked into."""

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

OTHER_PROGRAMS = {
    b"\x89HDF": "Keras (HDF5)",
    b"\x08": "ONNX",
}
"""How files of other programs begin."""

KERAS_MEMBER = "model.weights.h5"
SCRIPT_FOLDER = "/code/"
"""What is in the archives of Keras, and of TorchScript."""


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
    for mark, program in OTHER_PROGRAMS.items():
        if beginning.startswith(mark):
            raise _of_other_program(path, program)
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


def _of_other_program(path: Path, program: str) -> ModelFileError:
    return ModelFileError(
        path,
        QT_TRANSLATE_NOOP(
            "core",
            "is a model of {program}, which cannot be opened; save its weights as .safetensors, or "
            "as a PyTorch state dict",
        ),
        program=program,
    )


def _checked_archive(path: Path) -> io.BytesIO:
    """A copy, of which torch cannot find another content than was looked at here."""
    with opened_zip(path, ModelFileError) as archive:
        members = archive.infolist()
        if any(member.filename == KERAS_MEMBER for member in members):
            raise _of_other_program(path, "Keras")
        if any(SCRIPT_FOLDER in member.filename for member in members):
            raise _of_other_program(path, "TorchScript")
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
    """The dict of tensors in what was loaded, however deep; or the whole, where each layer has a
    dict of its own.

    A checkpoint may hold tensors beside it, such as its loss or what its optimiser keeps; so the
    first is taken in which something takes pictures and something gives digits, else the first
    with a matrix, else the first.
    """
    found = list(_dicts_of_tensors(content))
    if isinstance(content, Mapping):
        found.append(StateDict(dict(_flattened(content))))
    return max((one for one in found if one.tensors), key=_likelihood, default=None)


def _dicts_of_tensors(content: object, depth: int = 0) -> Iterator[StateDict]:
    if isinstance(content, Mapping) and depth < MAX_DEPTH:
        tensors = {k: v for k, v in content.items() if isinstance(v, Tensor)}
        if all(isinstance(name, str) for name in tensors):
            yield StateDict(tensors, activation=_activation(content))
        for value in content.values():
            yield from _dicts_of_tensors(value, depth + 1)


def _flattened(content: Mapping[object, object], depth: int = 0) -> Iterator[tuple[str, Tensor]]:
    """All tensors, each by the names that lead to it."""
    for name, value in content.items():
        if isinstance(value, Tensor) and isinstance(name, str):
            yield name, value
        elif isinstance(value, Mapping) and depth < MAX_DEPTH:
            yield from ((f"{name}.{rest}", one) for rest, one in _flattened(value, depth + 1))


def _likelihood(found: StateDict) -> int:
    """2 where something takes pictures and something gives digits, 1 where there is a matrix."""
    shapes = [part.shape for part in found.tensors.values() if part.ndim == 2]
    takes_pictures = any(shape[1] == PIXELS for shape in shapes)
    gives_digits = any(shape[0] == CLASSES for shape in shapes)
    return bool(shapes) + (takes_pictures and gives_digits)


def _activation(state_dict: Mapping[str, Tensor]) -> Activation | None:
    """The one that ``export_state_dict`` has noted."""
    about = getattr(state_dict, "_metadata", None)
    own = about.get("") if isinstance(about, Mapping) else None
    noted = own.get("activation") if isinstance(own, Mapping) else None
    return next((one for one in get_args(Activation) if one == noted), None)
