"""What the session does with model files in the background. Here torch is imported."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from mnist_desktop.paths import DEFAULT_MODEL
from mnist_desktop.progress import Progress
from mnist_desktop.ui.session.shelf import Entry
from mnist_desktop.ui.session.work import Job

if TYPE_CHECKING:
    from mnist_desktop.learning.models.interpretation import Wish
    from mnist_desktop.learning.models.model import Model
    from mnist_desktop.learning.read.recognizer import Recognizer
    from mnist_desktop.ui.session.session import Session


def load_default(_: Progress) -> Recognizer:
    """The model that came with the program; it comes after torch, which takes seconds."""
    import_torch()
    return open_recognizer(DEFAULT_MODEL)


def open_recognizer(path: Path, wish: Wish | None = None) -> Recognizer:
    """Read with a file's model, of whose weights a person may say how they are meant."""
    from mnist_desktop.learning.models.model_file import open_model
    from mnist_desktop.learning.read.recognizer import Recognizer

    return Recognizer(open_model(path, wish))


class ModelFiles(QObject):
    """Saves models to files, and closes those that files hold."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session

    def save(self, entry: Entry, path: Path) -> Job:
        """Save a model to a file, which from then on is its own.

        The program's own model, and what reads for a person, stay what they are: the file's is one
        more.
        """
        recognizer = entry.recognizer
        return self._session.exports.write(
            path,
            lambda: _save(path, recognizer.model),
            lambda: self._on_saved(entry, recognizer, path.resolve()),
        )

    def close(self, entry: Entry) -> None:
        """Have the model of a file at hand no more. The file stays."""
        if entry not in self._session.shelf.entries:
            return  # whoever asks has not yet seen that it has gone
        self._session.shelf.remove(entry)
        if entry.path is not None:
            self._session.runs.forget_file(entry.path)

    def _on_saved(self, entry: Entry, recognizer: Recognizer, path: Path) -> None:
        if entry.path == DEFAULT_MODEL or entry.is_in_profile:  # it stays, whatever else holds it
            copy = Entry(path.stem, recognizer, path)
            self._session.shelf.add(copy)
            if self._session.shelf.current is entry and not entry.is_in_profile:
                self._session.shelf.read_with(copy)
        else:
            self._session.shelf.mark_saved(entry, path)
        self._session.runs.remember_file(path)


def _save(path: Path, model: Model) -> None:
    """Write a model to a file."""
    from mnist_desktop.learning.models.model_file import save_model

    save_model(path, model)


def import_torch() -> None:
    """Import torch and the training's modules.

    An import holds Python's global lock while the system loads a library, and torch's largest
    takes a quarter of a second, in which the window would stand still. A foreign function gives
    the lock away, so the library is loaded through one; the import then finds it loaded.
    """
    if sys.platform != "win32" and "torch" not in sys.modules:
        with suppress(OSError, AttributeError):
            _load_without_lock(
                "libtorch_cpu.dylib" if sys.platform == "darwin" else "libtorch_cpu.so"
            )
    import mnist_desktop.learning.threads
    import mnist_desktop.learning.train.training  # noqa: F401


def _load_without_lock(name: str) -> None:
    torch = importlib.util.find_spec("torch")
    if torch is None or torch.origin is None:
        return
    load = ctypes.CDLL(None).dlopen
    load.argtypes = [ctypes.c_char_p, ctypes.c_int]
    load.restype = ctypes.c_void_p
    load(os.fsencode(Path(torch.origin).parent / "lib" / name), os.RTLD_NOW)
