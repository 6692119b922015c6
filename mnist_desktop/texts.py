"""Texts for people: from outside, made fit to be shown; of the core, marked for translators."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Unicode's categories of what breaks a line, turns its direction around, is not seen, or is no
character at all."""

JOINERS = "\u200c\u200d"
"""Not seen either, but Persian and Indic words and many emoji need them, and they do no harm."""

LONGEST_FILE_NAME = 80

FORBIDDEN = re.compile(r'[<>:"/\\|?*]+')
"""What no file's name may hold on one system or another."""


def one_line(text: str, most: int = 200) -> str:
    """A text without line breaks, control characters and marks that turn its direction around.

    Each run of them becomes one space, and none at the ends.

    Args:
        most: characters; a longer text is cut short and ends in "…".
    """
    # Of what is far longer not all is looked through: it is cut short anyway.
    beginning = text[: 10 * most]
    marked = "".join("\n" if _is_unseen(character) else character for character in beginning)
    line = re.sub(r" *\n[ \n]*", " ", marked).strip()
    if len(line) <= most and len(beginning) == len(text):
        return line
    return f"{line[: most - 1].rstrip()}…"


def file_name(name: str) -> str:
    """What a file can be called, after the name of a run or model; without a suffix."""
    return FORBIDDEN.sub("-", one_line(name)).strip(" .-")[:LONGEST_FILE_NAME] or "run"


def natural(text: str) -> list[tuple[int, str]]:
    """Sorts "run 10" behind "run 9"."""
    # Not even a name from somebody else's file has the converter choke on its length.
    parts = re.split(r"([0-9]{1,18})", text.casefold())
    return [(int(part), "") if place % 2 else (-1, part) for place, part in enumerate(parts)]


def _is_unseen(character: str) -> bool:
    return unicodedata.category(character) in UNSEEN and character not in JOINERS


Translate = Callable[[str, str], str]
"""From a context and an English template to another language's, as Qt's ``translate`` goes."""


def untranslated(context: str, text: str) -> str:  # noqa: ARG001
    """The text itself."""
    return text


def counted(count: int, one: str, more: str) -> str:
    """The text or template that fits a count.

    English has a form for one and a form for all other counts. A language with a single form, such
    as Chinese, gives both the same translation. One with three would need Qt's own plurals.

    Args:
        one, more: both in full, as literals that Qt's tool finds, since it finds no parts.
    """
    return one if count == 1 else more


def joined(first: str, second: str, translate: Translate = untranslated) -> str:
    """Two sentences one after the other, with a space between them where the language has any."""
    return translate("core", "{first} {second}").format(first=first, second=second)


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: ARG001, N802
    """The text itself, marked so that Qt's tool for translators finds it.

    What is not ``ui`` knows no Qt, and translates nothing: its texts are templates, which the
    window passes through ``ui.session.texts.translated``. ``pyside6-lupdate`` knows this function
    by its name, as Qt’s macro of that name, and collects what stands in it.

    Args:
        context: "core", where ``translated`` looks texts up.
        text: a literal; the tool sees nothing else.
    """
    return text
