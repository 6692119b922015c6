"""What the session does with model files in the background. Here torch is imported."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mnist_desktop.paths import DEFAULT_MODEL
from mnist_desktop.progress import Progress
from mnist_desktop.ui.session.torch_loading import import_torch

if TYPE_CHECKING:
    from mnist_desktop.learning.interpretation import Wish
    from mnist_desktop.learning.model import Model
    from mnist_desktop.learning.recognizer import Recognizer


def load_default(_: Progress) -> Recognizer:
    """The model that came with the program; it comes after torch, which takes seconds."""
    import_torch()
    return open_recognizer(DEFAULT_MODEL)


def open_recognizer(path: Path, wish: Wish | None = None) -> Recognizer:
    """Read with a file's model, of whose weights a person may say how they are meant."""
    from mnist_desktop.learning.model_file import open_model
    from mnist_desktop.learning.recognizer import Recognizer

    return Recognizer(open_model(path, wish))


def save(path: Path, model: Model) -> None:
    """Write a model to a file."""
    from mnist_desktop.learning.model_file import save_model

    save_model(path, model)
