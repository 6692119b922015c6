"""Exceptions whose text is meant for the person at the screen."""

from __future__ import annotations

import string
from collections.abc import Callable
from pathlib import Path
from typing import Any

MOST_QUOTED = 200
"""So many characters of a value stand in a text. Files can hold values of any length."""


class UserError(Exception):
    """Something a person can act on; its text is shown as it is, without a traceback.

    The text says what happened and, where it is not plain, what to do. Anything that is not a
    ``UserError`` is a fault of the program: it is logged and apologised for.

    Args:
        template: the text, with ``{names}`` for the values. Kept apart from them so that the
            window can translate it.
        values: what stands for the names; see ``quoted``. What has a ``text`` of its own, as
            another ``UserError`` has, is translated too, and stands there whole.
    """

    def __init__(self, template: str, /, **values: object) -> None:
        super().__init__(template)
        self.template = template
        self.values = values

    def text(self, translate: Callable[[str], str] = str) -> str:
        """The text, its template passed through ``translate``."""
        return _Formatter(translate).vformat(translate(self.template), (), self.values)

    def __str__(self) -> str:
        return self.text()


class FileError(UserError):
    """A file or folder that cannot be used. The text begins with its name."""

    def __init__(self, path: str | Path, fault: str, /, **values: object) -> None:
        super().__init__(fault, **values)
        self.path = Path(path)

    def text(self, translate: Callable[[str], str] = str) -> str:
        """The name of the file, then its fault, passed through ``translate``."""
        return f"{quoted(self.path.name or str(self.path))}: {super().text(translate)}"


def quoted(text: str, most: int | None = MOST_QUOTED) -> str:
    """Text from outside as one line that can be shown, of at most so many characters.

    Line breaks become spaces; what else cannot be seen, such as control characters and marks that
    turn the direction of writing, is written as Python would write it.
    """
    if most is None:
        return "".join(map(_visible, text))
    line = "".join(map(_visible, text[: most + 1]))
    return line if len(line) <= most else f"{line[: most - 1]}…"


def _visible(character: str) -> str:
    if character.isprintable():
        return character
    return " " if character.isspace() else character.encode("unicode_escape").decode()


class _Formatter(string.Formatter):
    def __init__(self, translate: Callable[[str], str]) -> None:
        self._translate = translate

    def format_field(self, value: Any, format_spec: str) -> str:
        if callable(getattr(value, "text", None)):
            return str(value.text(self._translate))
        text = str(super().format_field(value, format_spec))
        # Of a path, its end is what tells where a file is.
        return quoted(text, None if isinstance(value, Path) else MOST_QUOTED)
