"""Writing a model as its name's end says: for this program or for others."""

from __future__ import annotations

from pathlib import Path

from mnist_desktop.errors import FileError
from mnist_desktop.learning.models.model import Model
from mnist_desktop.learning.models.model_file import SUFFIX, save_model
from mnist_desktop.learning.models.onnx_file import ONNX_SUFFIX, export_onnx
from mnist_desktop.learning.models.state_dicts import STATE_DICT_SUFFIXES, export_state_dict
from mnist_desktop.texts import QT_TRANSLATE_NOOP

WRITERS = {
    SUFFIX: save_model,
    **dict.fromkeys(STATE_DICT_SUFFIXES, export_state_dict),
    ONNX_SUFFIX: export_onnx,
}


def export_model(path: Path, model: Model) -> None:
    """Write a model to a file.

    Raises:
        FileError: its suffix is that of no known format, or it cannot be written.
    """
    write = WRITERS.get(path.suffix.lower())
    if write is None:
        raise FileError(
            path,
            QT_TRANSLATE_NOOP("core", "can be exported as {kinds} only"),
            kinds=", ".join(WRITERS),
        )
    write(path, model)
