"""What is answered when the program asks for a file, or anything else."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

from PySide6.QtWidgets import QFileDialog

from person.watch import Diary


class FileAnswers:
    """Takes the place of Qt's dialogs that ask for names of files.

    Args:
        folder: with files to open.
        out: where files are saved.
    """

    def __init__(self, folder: Path, out: Path, random: Random, diary: Diary) -> None:
        self._out = out
        self._random = random
        self._diary = diary
        self._folders = sorted(path for path in folder.rglob("*") if path.is_dir())
        self._files = sorted(path for path in folder.rglob("*") if path.is_file())

    def take_over(self) -> None:
        QFileDialog.getOpenFileName = self._open
        QFileDialog.getSaveFileName = self._save
        QFileDialog.getExistingDirectory = lambda *_args, **_options: str(
            "" if self._random.random() < 0.2 else self._random.choice(self._folders)
        )

    def any_file(self, pattern: str = "*") -> Path:
        """A file; one that was saved, too, and often one that matches, if there is one."""
        there = [*self._files, *sorted(path for path in self._out.iterdir() if path.is_file())]
        fitting = [path for path in there if any(map(path.match, pattern.split()))]
        return self._random.choice(fitting if fitting and self._random.random() < 0.8 else there)

    def _open(self, _parent: object, title: str, *more: str, **_options: object):
        (pattern,) = re.findall(r"\(([^)]*)\)", more[1].split(";;")[0])[:1] or ["*"]
        turns_back = self._random.random() < 0.2
        name = "" if turns_back else str(self.any_file(pattern))
        self._diary.note("answer", f"{title}: {name!r}")
        return name, ""

    def _save(self, _parent: object, title: str, *more: str, **_options: object):
        filters = more[1].split(";;") if len(more) > 1 else [""]
        chosen = self._random.choice(filters)
        if self._random.random() < 0.2:
            name = ""
        else:
            suggested = Path(more[0]).name or "name"
            suffix = self._random.choice(("", ".safetensors", ".pt", ".csv", ".png", ".svg"))
            stem = f"saved {self._random.randrange(20)}{suffix}"
            where = self._out if self._random.random() < 0.9 else self._out / "missing"
            name = str(where / self._random.choice((suggested, stem)))
        self._diary.note("answer", f"{title}: {name!r} {chosen}")
        return name, chosen
