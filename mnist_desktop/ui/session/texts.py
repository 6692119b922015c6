"""Texts of the parts below the window, in the window's language."""

from __future__ import annotations

import time

from PySide6.QtCore import QCoreApplication

from mnist_desktop.errors import UserError
from mnist_desktop.texts import one_line

SHORT = 28
"""Characters. A name without a space cannot be wrapped, and the window would have to be as wide."""


def translated(context: str, template: str) -> str:
    """A template of the core, which knows no Qt, in the window's language."""
    return QCoreApplication.translate(context, template)


def error_text(error: UserError) -> str:
    """What an error says, in the window's language."""
    return error.text(translated)


def short(name: str) -> str:
    """A name within a sentence, or where there is little room: in one line, and not a long one."""
    return one_line(name, SHORT)


def percent(share: float, decimals: int = 0) -> str:
    """A share as in "98 %"; the languages do not agree on the space."""
    return QCoreApplication.translate("number", "{number} %").format(
        number=f"{100 * share:.{decimals}f}"
    )


def percent_sign() -> str:
    """What follows a number of per cent, with the space before it."""
    return QCoreApplication.translate("number", "{number} %").format(number="")


def duration(seconds: float) -> str:
    """As in "7 s", "3 min 20 s", "2 h 5 min"."""
    whole = max(0, round(seconds))
    if whole < 60:
        return QCoreApplication.translate("duration", "{s} s").format(s=whole)
    if whole < 3600:
        return QCoreApplication.translate("duration", "{m} min {s} s").format(
            m=whole // 60, s=whole % 60
        )
    return QCoreApplication.translate("duration", "{h} h {m} min").format(
        h=whole // 3600, m=whole % 3600 // 60
    )


def date_and_time(seconds: float) -> str:
    """Of seconds since 1970, as in "2026-11-25 20:14", which sorts as it is."""
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(seconds))
