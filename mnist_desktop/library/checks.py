"""Values from a database that may come from anybody: what they are not, damages the run."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager

from mnist_desktop.errors import UserError
from mnist_desktop.texts import QT_TRANSLATE_NOOP

LATEST_MOMENT = 32_503_680_000.0
"""The year 3000, which every system can still say as a date. What the clock says now is no bound:
one that has lost its battery goes back by decades."""


class DamagedRunError(UserError):
    """A run's rows are not what this program writes."""

    def __init__(self) -> None:
        super().__init__(QT_TRANSLATE_NOOP("core", "The run is damaged."))


@contextmanager
def checked() -> Iterator[None]:
    """Whatever values that cannot be lead to means that the run is damaged."""
    try:
        yield
    except (ValueError, TypeError, LookupError, OverflowError, RecursionError) as fault:
        raise DamagedRunError from fault


def text(value: object) -> str:
    """The value, if it is text; else a ``DamagedRunError``."""
    if not isinstance(value, str):
        raise DamagedRunError
    return value


def content(value: object) -> bytes:
    """The value, if it is bytes; else a ``DamagedRunError``."""
    if not isinstance(value, bytes):
        raise DamagedRunError
    return value


def whole(value: object, low: int, high: int) -> int:
    """The value, if it is such a number; else a ``DamagedRunError``."""
    if not isinstance(value, int) or not low <= value <= high:
        raise DamagedRunError
    return value


def number(value: object, low: float = -math.inf, high: float = math.inf) -> float:
    """The value, if it is such a finite number; else a ``DamagedRunError``."""
    if not isinstance(value, int | float) or not low <= value <= high or not math.isfinite(value):
        raise DamagedRunError
    return float(value)


def moment(value: object) -> float:
    """The value, if it is seconds since 1970 of a time that can be; else a ``DamagedRunError``."""
    return number(value, 0.0, LATEST_MOMENT)


def share(value: object) -> float:
    """The value, if it is a number from 0 to 1; else a ``DamagedRunError``."""
    return number(value, 0.0, 1.0)
