"""Where to save something, and what to open."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from mnist_desktop.library.run_file import SUFFIX as RUN_SUFFIX
from mnist_desktop.texts import file_name
from mnist_desktop.ui.session.texts import short
from mnist_desktop.ui.widgets.plain_text import message_box

Kinds = dict[str, str]
"""Suffixes, each with what such a file is."""


class FileQuestions(QObject):
    """Asks for files, and remembers the folder.

    Args:
        parent: of the dialogs.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self._folder = Path.home()

    def ask_save(self, title: str, name: str, kinds: Kinds) -> Path | None:
        """Where to save something that is called this; None if the user would rather not.

        A name that ends in none of the suffixes gets one; then what is there already is asked
        about again, since the dialog could not see it.
        """
        suffixes = list(kinds)
        filters = {f"{kind} (*{suffix})": suffix for suffix, kind in kinds.items()}
        start = self._folder / f"{file_name(name)}{suffixes[0]}"
        chosen, chosen_filter = QFileDialog.getSaveFileName(
            self._parent, title, str(start), ";;".join(filters)
        )
        if not chosen:
            return None
        path = Path(chosen)
        if path.suffix.lower() not in suffixes:
            path = path.with_name(path.name + filters.get(chosen_filter, suffixes[0]))
            if path.exists() and not self._may_replace(path):
                return None
        self._folder = path.parent
        return path

    def ask_run(self) -> Path | None:
        """The file of a run; None if the user would rather not."""
        filters = f"{self.tr('Runs')} (*{RUN_SUFFIX});;{self.tr('All files')} (*)"
        name, _ = QFileDialog.getOpenFileName(
            self._parent, self.tr("Import a run"), str(self._folder), filters
        )
        if not name:
            return None
        self._folder = Path(name).parent
        return Path(name)

    def _may_replace(self, path: Path) -> bool:
        text = self.tr("{name} is there already. Replace it?").format(name=short(path.name))
        buttons = QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No
        answer = message_box(self._parent, text, buttons=buttons).exec()
        return answer == QMessageBox.StandardButton.Yes
