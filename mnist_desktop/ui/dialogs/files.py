"""Which file to open, and where to save something."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from mnist_desktop.csv_content import SUFFIX as CSV_SUFFIX
from mnist_desktop.library.run_file import SUFFIX as RUN_SUFFIX
from mnist_desktop.texts import file_name
from mnist_desktop.ui.session.preferences import Preferences
from mnist_desktop.ui.session.texts import short
from mnist_desktop.ui.widgets.plain_text import confirmed

MODEL_SUFFIX = ".safetensors"

Kinds = dict[str, str]
"""Suffixes, each with what such a file is."""


class FileDialogs(QObject):
    """Asks for files, beginning where the last one was.

    Args:
        parent: of the dialogs.
    """

    def __init__(self, parent: QWidget, preferences: Preferences) -> None:
        super().__init__(parent)
        self._parent = parent
        self._preferences = preferences

    def ask_open(self, title: str, kind: str = "", suffixes: tuple[str, ...] = ()) -> Path | None:
        """A file that is there; None if the person would rather not.

        Args:
            kind: what files with one of these suffixes are; without any, all are shown.
        """
        name, _ = QFileDialog.getOpenFileName(
            self._parent, title, str(self._preferences.folder), self._filters(kind, suffixes)
        )
        return self._remembered(Path(name)) if name else None

    def ask_open_run(self) -> Path | None:
        """A run that somebody has exported; None if the person would rather not."""
        return self.ask_open(self.tr("Import a run"), self.tr("Runs"), (RUN_SUFFIX,))

    def ask_open_many(self, title: str, kind: str, suffixes: tuple[str, ...]) -> list[Path]:
        """Files that are there, of one kind as a rule; none if the person would rather not."""
        names, _ = QFileDialog.getOpenFileNames(
            self._parent, title, str(self._preferences.folder), self._filters(kind, suffixes)
        )
        return [self._remembered(Path(name)) for name in names]

    def ask_folder(self, title: str) -> Path | None:
        """A folder that is there; None if the person would rather not."""
        name = QFileDialog.getExistingDirectory(self._parent, title, str(self._preferences.folder))
        return self._remembered(Path(name)) if name else None

    def ask_save(
        self, title: str, name: str, kinds: Kinds, *, asks_later: bool = False
    ) -> Path | None:
        """Where to save something that is called this; None if the person would rather not.

        A name that ends in none of the suffixes gets one; then what is there already is asked
        about again, since the dialog could not see it.

        Args:
            asks_later: whoever calls it asks about what is there already.
        """
        suffixes = list(kinds)
        filters = {f"{kind} (*{suffix})": suffix for suffix, kind in kinds.items()}
        start = self._preferences.folder / f"{file_name(name)}{suffixes[0]}"
        options = QFileDialog.Option(0)
        if asks_later:
            options = QFileDialog.Option.DontConfirmOverwrite
        chosen, chosen_filter = QFileDialog.getSaveFileName(
            self._parent, title, str(start), ";;".join(filters), "", options
        )
        if not chosen:
            return None
        path = Path(chosen)
        if not path.name.lower().endswith(tuple(suffixes)):
            path = path.with_name(path.name + filters.get(chosen_filter, suffixes[0]))
            if path.exists() and not asks_later and not self.may_replace(path):
                return None
        return self._remembered(path)

    def ask_save_model(self, name: str) -> Path | None:
        """Where to save a model that is called this; None if the person would rather not."""
        title = self.tr("Save “{name}”").format(name=name)
        return self.ask_save(title, name, {MODEL_SUFFIX: self.tr("Models")})

    def _filters(self, kind: str, suffixes: tuple[str, ...]) -> str:
        # Within an f-string Qt's tool for translators would not find the text.
        all_files = self.tr("All files")
        filters = f"{all_files} (*)"
        if suffixes:
            filters = f"{kind} ({' '.join(f'*{suffix}' for suffix in suffixes)});;{filters}"
        return filters

    def ask_save_readings(self) -> Path | None:
        """Where to save what was read of many pictures; None if the person would rather not."""
        title, name = self.tr("Export what was read"), self.tr("numbers")
        return self.ask_save(title, name, {CSV_SUFFIX: self.tr("CSV tables")})

    def may_replace(self, path: Path) -> bool:
        """Ask whether a file that is there may be replaced."""
        text = self.tr("{name} is there already. Replace it?").format(name=short(path.name))
        return confirmed(self._parent, text)

    def _remembered(self, path: Path) -> Path:
        self._preferences.set("folder", path.parent)
        return path
