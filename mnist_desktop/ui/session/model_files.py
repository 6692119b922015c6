"""What the session does with model files in the background. Here torch is imported."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from mnist_desktop.paths import DEFAULT_MODEL
from mnist_desktop.progress import Progress
from mnist_desktop.ui.session.exports import Exports
from mnist_desktop.ui.session.runs import Runs
from mnist_desktop.ui.session.shelf import Entry, Shelf
from mnist_desktop.ui.session.torch_loading import import_torch
from mnist_desktop.ui.session.work import Job

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


class ModelFiles(QObject):
    """Saves models to files, and closes those that files hold."""

    def __init__(self, parent: QObject, *, shelf: Shelf, runs: Runs, exports: Exports) -> None:
        super().__init__(parent)
        self._shelf = shelf
        self._runs = runs
        self._exports = exports

    def save(self, entry: Entry, path: Path) -> Job:
        """Save a model to a file, which from then on is its own.

        The program's own model, and what reads for a person, stay what they are: the file's is one
        more.
        """
        recognizer = entry.recognizer
        return self._exports.write(
            path,
            lambda: _save(path, recognizer.model),
            lambda: self._on_saved(entry, recognizer, path.resolve()),
        )

    def close(self, entry: Entry) -> None:
        """Have the model of a file at hand no more. The file stays."""
        if entry not in self._shelf.entries:
            return  # whoever asks has not yet seen that it has gone
        self._shelf.remove(entry)
        if entry.path is not None:
            self._runs.forget_file(entry.path)

    def _on_saved(self, entry: Entry, recognizer: Recognizer, path: Path) -> None:
        if entry.path == DEFAULT_MODEL or entry.is_in_profile:  # it stays, whatever else holds it
            copy = Entry(path.stem, recognizer, path)
            self._shelf.add(copy)
            if self._shelf.current is entry and not entry.is_in_profile:
                self._shelf.read_with(copy)
        else:
            self._shelf.mark_saved(entry, path)
        self._runs.remember_file(path)


def _save(path: Path, model: Model) -> None:
    """Write a model to a file."""
    from mnist_desktop.learning.model_file import save_model

    save_model(path, model)
