"""Exceptions whose text is meant for the person at the screen."""

from __future__ import annotations

import string
from pathlib import Path
from typing import Any

from mnist_desktop.texts import Translate, one_line, untranslated

LONGEST_PATH = 5000
"""Of a path all is quoted: its end is what tells where a file is."""


class Sentence:
    """A text for people that a value can be put into, and that the window can translate.

    Args:
        template: the text, with ``{names}`` for the values. Kept apart from them so that the
            window can translate it.
        values: what stands for the names, as one line and cut short, since files can hold values of
            any length. What has a ``text`` of its own, as another ``UserError`` has, is translated
            too, and stands there whole.
    """

    def __init__(self, template: str, /, **values: object) -> None:
        self.template = template
        self.values = values

    def text(self, translate: Translate = untranslated) -> str:
        """The text, its template passed through ``translate``."""
        return _Formatter(translate).vformat(translate("core", self.template), (), self.values)

    def __str__(self) -> str:
        return self.text()


class UserError(Sentence, Exception):
    """Something a person can act on; its text is shown as it is, without a traceback.

    The text says what happened and, where it is not plain, what to do. Anything that is not a
    ``UserError`` is a fault of the program: it is logged and apologised for.
    """


class FileError(UserError):
    """A file or folder that cannot be used. The text begins with its name."""

    def __init__(self, path: str | Path, fault: str, /, **values: object) -> None:
        super().__init__(fault, **values)
        self.path = Path(path)

    def text(self, translate: Translate = untranslated) -> str:
        """The name of the file, then its fault, passed through ``translate``."""
        return translate("core", "{file}: {fault}").format(
            file=one_line(self.path.name or str(self.path)), fault=super().text(translate)
        )


class _Formatter(string.Formatter):
    def __init__(self, translate: Translate) -> None:
        self._translate = translate

    def format_field(self, value: Any, format_spec: str) -> str:
        if callable(getattr(value, "text", None)):
            return str(value.text(self._translate))
        text = str(super().format_field(value, format_spec))
        return one_line(text, LONGEST_PATH) if isinstance(value, Path) else one_line(text)
