"""Exceptions whose text is meant for the person at the screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path


class UserError(Exception):
    """Something a person can act on; its text is shown as it is, without a traceback.

    The text says what happened and, where it is not plain, what to do. Anything that is not a
    ``UserError`` is a fault of the program: it is logged and apologised for.

    Args:
        template: the text, with ``{names}`` for the values. Kept apart from them so that the
            window can translate it.
        values: what stands for the names.
    """

    def __init__(self, template: str, /, **values: object) -> None:
        super().__init__(template)
        self.template = template
        self.values = values

    def text(self, translate: Callable[[str], str] = str) -> str:
        """The text, its template passed through ``translate``."""
        return translate(self.template).format(**self.values)

    def __str__(self) -> str:
        return self.text()


class FileError(UserError):
    """A file or folder that cannot be used. The text begins with its name."""

    def __init__(self, path: str | Path, fault: str, /, **values: object) -> None:
        super().__init__(fault, **values)
        self.path = Path(path)

    def text(self, translate: Callable[[str], str] = str) -> str:
        """The name of the file, then its fault, passed through ``translate``."""
        return f"{self.path.name or self.path}: {super().text(translate)}"
