"""Where the files that come with the program are, and where the user's are."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

APP = "mnist-desktop"
_PACKAGE = Path(__file__).resolve().parent


def bundled(name: str) -> Path:
    """A file or folder that comes with the program, such as "data/mnist".

    In a wheel they lie inside the package, in a working copy beside it.
    """
    installed = _PACKAGE / "bundled" / name
    return installed if installed.exists() else _PACKAGE.parent / name


def user_folder() -> Path:
    """The folder for what the user makes, which may not exist yet.

    ``MNIST_DESKTOP_HOME`` overrides the system's usual place.
    """
    home = os.environ.get("MNIST_DESKTOP_HOME")
    return Path(home) if home else Path(platformdirs.user_data_dir(APP, appauthor=False))


DEFAULT_MODEL = bundled("resources/models/default.safetensors")
